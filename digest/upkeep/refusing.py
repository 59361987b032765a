"""What the other commands refuse before they do anything, found without doing it: for `config` and `check`.

`digest desk` refuses a little more than `digest run` does: that is found too, whichever of them is meant to
run on this machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from types import MappingProxyType

from digest import plugins
from digest.errors import ConfigurationError, Fault, MissingExtra
from digest.plugins import Group
from digest.settings import kinds
from digest.settings.origins import located
from digest.settings.schema import Settings
from digest.settings.source_kinds import PluginSourceSettings, SqlSettings
from digest.settings.unpacking import newsletter_of, newsletters_of, site_of, user_agent_of
from digest.sources import sql
from digest.sources.web.fetching import Fetcher
from digest.storage.database import check_url
from digest.transports.sendgrid.events import EventVerifier
from digest.upkeep import tracing
from digest.upkeep.alarms.bell import bell_of
from digest.wiring import summarizers
from digest.wiring.newsroom import check_looks, database_url
from digest.wiring.segments import segments_of
from digest.wiring.sources import source_of
from digest.wiring.surroundings import check_surroundings
from digest.wiring.transport import transport_of

NOWHERE: Mapping[str, str] = MappingProxyType({})


def check(settings: Settings, origins: Mapping[str, str] = NOWHERE) -> None:
    """Return if a run would begin, and the desk would open. A plug-in is loaded, and makes nothing.

    Args:
        origins: where each setting stands, by dotted name, for the faults to tell.

    Raises:
        ConfigurationError: with every fault there is, a missing extra too.
    """
    faults = tuple(fault for where, act in _beginnings(settings) for fault in _faults(where, act))
    if faults:
        raise ConfigurationError(located(dict.fromkeys(faults), origins))


def _beginnings(settings: Settings) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what a run or the desk begins with, each with the setting that a missing extra is told of."""
    yield "environment", partial(check_surroundings, settings)
    yield "newsletters", partial(check_looks, settings)
    yield "site.templates", partial(_templates, settings)
    yield "segments", partial(segments_of, settings)
    yield "database.url", partial(check_url, database_url(settings))
    if settings.database.direct_url is not None:
        yield "database.direct_url", partial(_direct, settings.database.direct_url.get_secret_value())
    yield "summaries", partial(summarizers.ready, settings)
    yield "transport", partial(_transport, settings)
    for key in settings.newsletters:
        yield f"newsletters.{key}.sources", partial(_sources, settings, key)
    yield "desk.alerts", partial(bell_of, settings)
    yield "tracing.endpoint", partial(tracing.require, settings)
    if settings.desk.sendgrid_key:
        yield "desk.sendgrid_key", partial(EventVerifier, settings.desk.sendgrid_key)
    if settings.desk.oidc is not None:
        yield "desk.oidc", _log_in


def _faults(where: str, act: Callable[[], object]) -> tuple[Fault, ...]:
    try:
        act()
    except ConfigurationError as error:
        return error.faults
    except MissingExtra as missing:
        return (Fault(where, str(missing).rstrip(".")),)
    return ()


def _direct(url: str) -> None:
    try:
        check_url(url)
    except ConfigurationError as error:
        raise ConfigurationError(
            [replace(one, where="database.direct_url") for one in error.faults]
        ) from error


def _templates(settings: Settings) -> None:
    if settings.site.templates is None:
        return
    from digest.rendering.checks import trial  # with jinja2 and premailer: only for a site's own ones

    try:
        check_looks(settings)
    except ConfigurationError:
        return  # told by it
    found = trial.faults(newsletters_of(settings), site_of(settings), settings.site.templates)
    if found:
        raise ConfigurationError(found)


def _log_in() -> None:
    if find_spec("joserfc") is None:
        raise MissingExtra("desk.oidc", "oidc")


def _transport(settings: Settings) -> None:
    given = settings.transport
    if isinstance(given, kinds.PluginTransportSettings):
        plugins.load(Group.TRANSPORT, given.kind, where="transport.kind")
        return
    with closing(transport_of(settings)):
        pass


def _sources(settings: Settings, key: str) -> None:
    newsletter, site = newsletter_of(settings, key), site_of(settings)
    faults: list[Fault] = []
    try:
        opened = Fetcher(user_agent=user_agent_of(settings))
    except OSError:
        return  # told of the environment, which names certificates that are none
    with closing(opened) as fetcher:
        for given in settings.newsletters[key].sources:
            if isinstance(given, PluginSourceSettings):
                where = f"sources.{given.key}"
                act: Callable[[], object] = partial(plugins.load, Group.SOURCE, given.kind, where=where)
            else:
                act = partial(source_of, given, newsletter, site, fetcher)
            faults += _faults(f"newsletters.{key}.sources", act)
            if isinstance(given, SqlSettings) and (
                said := sql.doubt(given.url.get_secret_value(), given.query)
            ):
                faults.append(Fault(f"newsletters.{key}.sources", f"{given.key} {said}"))
    if faults:
        raise ConfigurationError(faults)
