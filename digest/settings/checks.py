"""What one value's type can't say: rules between settings, checked on the raw values.

They run on raw values so that they are reported together with the faults of single values. Each
check passes over values of the wrong type, which are reported elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from digest.errors import Fault
from digest.settings import kinds, names
from digest.settings.fields import CLOCK, closest, decoded, is_loopback, plain_location, resolved
from digest.settings.looks.theme import flat
from digest.settings.schema import DispatchSettings, NewsletterSettings, SectionSettings, SiteSettings

_DAY = 24 * 60
LATEST_MINUTES = 12 * 60
"""So long after its sending time mail may still leave, where no deadline is given."""

_HELO_NAME = re.compile(
    r"(?=.{1,255}$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"|\[(?:\d{1,3}(?:\.\d{1,3}){3}|IPv6:[0-9A-Fa-f:.]+)\]"
)

Table = Mapping[str, object]
Origin = Callable[[names.Path], str]
Looks = Callable[[Mapping[str, str], str, str, Path | None], Iterable[Fault]]
"""Says what is wrong with a theme and a template; given the newsletter's dotted name and site.templates."""


def _usual(name: str) -> object:
    return NewsletterSettings.model_fields[name].default


DEFAULT_TEMPLATE = str(NewsletterSettings.model_fields["template"].default)


def cross_faults(
    data: Table, origin: Origin, extra_kinds: Mapping[str, Collection[str]]
) -> Iterator[Fault]:
    """Yield the faults that lie between settings."""
    for path, problem in _problems(data, extra_kinds):
        yield Fault(names.dotted(path), problem, origin(path))


def look_faults(data: Table, origin: Origin, looks: Looks) -> Iterator[Fault]:
    """Yield what is wrong with each newsletter's theme and template, in the words of those who draw it."""
    folder = _table(data.get("site")).get("templates")
    try:
        overrides = resolved(folder) if isinstance(folder, str) and folder else None
    except ValueError:
        return  # told with site.templates itself
    for key, newsletter in _table(data.get("newsletters")).items():
        path: names.Path = ("newsletters", key)
        table = _table(newsletter)
        theme = flat(_table(table.get("theme")))
        where = names.dotted(path)
        for name in ("template", "weekly_template"):
            template = table.get(name, DEFAULT_TEMPLATE if name == "template" else None)
            if template is None:
                continue
            wanted = theme if name == "template" else {}
            for fault in looks(wanted, template if isinstance(template, str) else "", where, overrides):
                inside = fault.where.removeprefix(f"{where}.").split(".")
                inside = [name] if inside == ["template"] else inside
                at = (*path, *inside) if fault.where.startswith(where) else tuple(inside)
                yield replace(fault, where=names.dotted(at), origin=origin(at))


def _problems(data: Table, extra_kinds: Mapping[str, Collection[str]]) -> Iterator[tuple[names.Path, str]]:
    yield from _keys(_table(data.get("site")))
    transport = _table(data.get("transport"))
    yield from _unknown_kind(("transport",), transport, kinds.TRANSPORTS, extra_kinds.get("transports", ()))
    yield from _smtp(transport)
    yield from _sendgrid(transport)
    summaries = _table(data.get("summaries"))
    yield from _unknown_kind(("summaries",), summaries, kinds.SUMMARIES, extra_kinds.get("summarizers", ()))
    yield from _llm(summaries)
    yield from _fixed(_table(data.get("desk")))
    allowed_hosts = _words(_table(data.get("fetching")).get("allowed_hosts"))
    places: dict[str, str] = {}
    for key, newsletter in _table(data.get("newsletters")).items():
        path: names.Path = ("newsletters", key)
        table = _table(newsletter)
        yield from _times(path, table)
        yield from _in_time(key, table, data)
        yield from _reachable(path, table)
        yield from _sections(path, table)
        yield from _doubled(path, table)
        for index, source in enumerate(_tables(table.get("sources"))):
            at = (*path, "sources", index)
            yield from _unknown_kind(at, source, kinds.SOURCES, extra_kinds.get("sources", ()))
            yield from _source(at, source, table, allowed_hosts)
            yield from _same_place(at, source, places)


def _keys(site: Table) -> Iterator[tuple[names.Path, str]]:
    present = site.get("key_id", SiteSettings.model_fields["key_id"].default)
    if isinstance(present, str) and present in _table(site.get("older_keys")):
        yield (
            ("site", "older_keys", present),
            f"site.key_id is '{present}' too: give the new secret key an id of its own",
        )


def _fixed(desk: Table) -> Iterator[tuple[names.Path, str]]:
    """Refuse what holds nothing fixed: a slip there would open what was meant to be closed."""
    for name in _words(desk.get("fixed")):
        steps = name.split(".")
        at = ("desk", "fixed")
        if steps[0] not in {"newsletters", "segments"}:
            yield at, f"'{name}' is never changed at the desk: only newsletters and segments are"
        elif not all(steps):
            yield at, f"'{name}' has a '.' too many"
        elif (
            steps[0] == "newsletters" and len(steps) > 2 and steps[2] not in NewsletterSettings.model_fields
        ):
            near = closest(steps[2], list(NewsletterSettings.model_fields))
            yield at, f"'{name}': a newsletter has no setting '{steps[2]}'{near}"
        elif len(steps) > 3 and steps[2] in {"sections", "sources"}:
            yield at, f"'{name}': {steps[2]} are held fixed as a whole: newsletters.{steps[1]}.{steps[2]}"


def _unknown_kind(
    path: names.Path, table: Table, known: Collection[str], extra: Collection[str]
) -> Iterator[tuple[names.Path, str]]:
    kind = table.get("kind")
    allowed = [*known, *(name for name in extra if name not in known)]
    if isinstance(kind, str) and kind and kind not in allowed:
        yield (
            (*path, "kind"),
            f"no kind is named '{kind}'{closest(kind, allowed)} (allowed: {', '.join(allowed)})",
        )


def _llm(summaries: Table) -> Iterator[tuple[names.Path, str]]:
    if summaries.get("kind") != "llm" or not decoded(summaries.get("max_cost", 0)):
        return
    if not (decoded(summaries.get("read_price", 0)) or decoded(summaries.get("written_price", 0))):
        yield ("summaries", "max_cost"), "needs read_price and written_price, or nothing is ever spent"


def _smtp(transport: Table) -> Iterator[tuple[names.Path, str]]:
    if transport.get("kind") != "smtp":
        return
    username, password = transport.get("username"), transport.get("password")
    if username and not password:
        yield ("transport", "password"), "is missing, though there is a username"
    if password and not username:
        yield ("transport", "username"), "is missing, though there is a password"
    helo = transport.get("helo_name")
    if isinstance(helo, str) and helo and not _HELO_NAME.fullmatch(helo):
        yield (
            ("transport", "helo_name"),
            f"{helo!r} is no full host name (mail.example.org) and no address in brackets ([192.0.2.1])",
        )
    host = transport.get("host")
    if password and transport.get("tls") == "none" and isinstance(host, str) and not is_loopback(host):
        yield ("transport", "tls"), "must not be 'none': the password would travel in clear text"


def _sendgrid(transport: Table) -> Iterator[tuple[names.Path, str]]:
    minutes = decoded(transport.get("fence_minutes"))
    if transport.get("kind") == "sendgrid" and isinstance(minutes, int) and 0 < minutes < 15:
        yield ("transport", "fence_minutes"), f"must be 0, or 15 and more, not {minutes}"
    subuser = transport.get("subuser")
    if transport.get("kind") == "sendgrid" and isinstance(subuser, str) and not subuser.isascii():
        yield ("transport", "subuser"), "holds signs that a header can't"
    labels = transport.get("categories")
    if transport.get("kind") == "sendgrid" and isinstance(labels, list | tuple):
        for label in labels:
            if len(str(label)) > 255:
                yield ("transport", "categories"), f"{str(label)[:40]!r}… is longer than 255 characters"
    key = transport.get("api_key")
    if (
        transport.get("kind") == "sendgrid"
        and isinstance(key, str)
        and (not key.isascii() or " " in key or not key)
    ):
        yield ("transport", "api_key"), "is empty or holds odd characters"


def _times(path: names.Path, table: Table) -> Iterator[tuple[names.Path, str]]:
    """Refuse a deadline that the next edition's day would already have overtaken.

    As in selection.window: a cutoff later on the clock than send_at is that of the evening before, and
    a deadline not later than send_at is that of the day after.
    """
    cutoff, send_at, deadline = (_minutes(table.get(name)) for name in ("cutoff", "send_at", "deadline"))
    if cutoff is None or send_at is None or deadline is None:
        return
    if deadline == send_at:
        yield (
            (*path, "deadline"),
            f"{table['deadline']} is the time of send_at itself: nothing could be sent",
        )
    elif (deadline - send_at) % _DAY > ((cutoff - send_at) % _DAY or _DAY):
        yield (
            (*path, "deadline"),
            f"{table['deadline']} after send_at at {table['send_at']} is past the next edition's cutoff "
            f"at {table['cutoff']}",
        )


def _sections(path: names.Path, table: Table) -> Iterator[tuple[names.Path, str]]:
    sections = _tables(table.get("sections"))
    counts = Counter(str(section.get("key")) for section in sections)
    seen: set[str] = set()
    source_names = [source_name(source) for source in _tables(table.get("sources"))]
    for index, section in enumerate(sections):
        at = (*path, "sections", index)
        key = str(section.get("key"))
        if counts[key] > 1 and key in seen:
            yield (*at, "key"), f"'{key}' is the key of {counts[key]} sections; each needs its own"
        seen.add(key)
        low, high = decoded(section.get("min_items")), decoded(section.get("max_items", 5))
        if isinstance(low, int) and isinstance(high, int) and low > high:
            yield (*at, "min_items"), f"{low} is more than max_items, which is {high}"
        for name in _words(_table(section.get("match")).get("sources")):
            if name not in source_names:
                near = closest(name, source_names)
                yield (*at, "match", "sources"), f"no source of this newsletter is named '{name}'{near}"


def _source(
    path: names.Path, source: Table, newsletter: Table, allowed_hosts: Collection[str]
) -> Iterator[tuple[names.Path, str]]:
    section = source.get("section")
    keys = [str(each.get("key")) for each in _tables(newsletter.get("sections"))]
    if isinstance(section, str) and section not in keys:
        known = ", ".join(dict.fromkeys(keys)) or "none"
        yield (
            (*path, "section"),
            f"no section has the key '{section}'{closest(section, keys)} (sections: {known})",
        )
    url = source.get("url")
    if isinstance(url, str) and url.startswith("http://"):
        try:
            host = urlsplit(url).hostname or ""
        except ValueError:
            return
        if not is_loopback(host) and host not in allowed_hosts:
            yield (
                (*path, "url"),
                "is plain http, whose text can be changed on its way: write https://, or, where there is "
                f"none, name '{host}' in fetching.allowed_hosts",
            )
    query = source.get("query")
    if source.get("kind") == "sql" and isinstance(query, str):
        missing = [name for name in (":since", ":until") if name not in query]
        if missing or not query.lstrip().lower().startswith(("select", "with")):
            yield (*path, "query"), "must be a SELECT that uses the parameters :since and :until"


def _doubled(path: names.Path, table: Table) -> Iterator[tuple[names.Path, str]]:
    first: dict[str, int] = {}
    for index, source in enumerate(_tables(table.get("sources"))):
        name = source_name(source)
        if name and first.setdefault(name, index) != index:
            yield (
                (*path, "sources", index),
                f"'{name}' is already sources[{first[name]}] of this newsletter",
            )


def _same_place(
    path: names.Path, source: Table, places: dict[str, str]
) -> Iterator[tuple[names.Path, str]]:
    """Refuse one name for two places: their articles would be taken for each other's."""
    name = source_name(source)
    place = f"{source.get('kind')} {source.get('url') or source.get('path') or ''}"
    if name and places.setdefault(name, place) != place:
        yield (*path, "name"), f"'{name}' is already the name of another source; each needs its own"


def source_name(source: Table) -> str:
    """Return the name a source has, or gets from its kind and location."""
    name = source.get("name")
    if isinstance(name, str) and name:
        return name
    where = source.get("url") or source.get("path")
    return f"{source.get('kind')}:{plain_location(str(where))}" if where else str(source.get("kind") or "")


def _in_time(newsletter: str, table: Table, data: Table) -> Iterator[tuple[names.Path, str]]:
    """Refuse what lasts until the deadline: nothing of the edition, or not all of it, could ever leave."""
    transport, dispatch = _table(data.get("transport")), _table(data.get("dispatch"))
    left = _time_left(table, is_mailed=transport.get("kind") != "outbox")
    hold, canary, share, fence = (
        decoded(one)
        for one in (
            dispatch.get("hold_minutes", 0),
            dispatch.get("canary", 0),
            dispatch.get("canary_percent", 0),
            transport.get("fence_minutes", 0) if transport.get("kind") == "sendgrid" else 0,
        )
    )
    if left is None or not isinstance(hold, int):
        return
    of_whom = f"the deadline of {newsletter}, {left} minutes after its send_at"
    if hold >= left:
        yield ("dispatch", "hold_minutes"), f"lasts until {of_whom}"
        return
    if isinstance(fence, int) and fence and hold + fence >= left:
        yield ("transport", "fence_minutes"), f"hands mail over at or after {of_whom}: nothing could leave"
    wait = decoded(dispatch.get("canary_wait_minutes", DispatchSettings().canary_wait_minutes))
    if (canary or share) and isinstance(wait, int) and hold + wait >= left:
        problem = f"ends at or after {of_whom}: the rest could never leave"
        yield ("dispatch", "canary_wait_minutes"), problem


def _time_left(table: Table, *, is_mailed: bool) -> int | None:
    """Return how many minutes lie between send_at and the deadline; None where there is none.

    As in unpacking: where none is given, mail has one all the same.
    """
    send_at, cutoff, given = _minutes(table.get("send_at")), _minutes(table.get("cutoff")), None
    if "deadline" in table:
        given = _minutes(table["deadline"])
        return None if given is None or send_at is None else (given - send_at) % _DAY or None
    if not is_mailed or send_at is None or cutoff is None:
        return None
    return min(LATEST_MINUTES, (cutoff - send_at) % _DAY or _DAY)


def _reachable(path: names.Path, table: Table) -> Iterator[tuple[names.Path, str]]:
    """Refuse a minimum that the sections could never come up to."""
    least = decoded(table.get("minimum_items", _usual("minimum_items")))
    most = [
        decoded(one.get("max_items", SectionSettings.model_fields["max_items"].default))
        for one in _tables(table.get("sections"))
    ]
    counts = [one for one in most if isinstance(one, int)]
    if not isinstance(least, int) or not counts or len(counts) < len(most):
        return
    if least > sum(counts):
        problem = (
            f"{least} is more than its sections hold together, {sum(counts)}: no edition would be made"
        )
        yield (*path, "minimum_items"), problem


def _minutes(value: object) -> int | None:
    found = CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    return int(found[1]) * 60 + int(found[2]) if found else None


def _table(value: object) -> Table:
    return value if isinstance(value, Mapping) else {}


def _tables(value: object) -> list[Table]:
    return [_table(each) for each in value] if isinstance(value, list) else []


def _words(value: object) -> list[str]:
    if isinstance(value, str):
        return [part.strip() for part in value.split(",")]
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
