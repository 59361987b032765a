"""The transport that the settings name."""

from __future__ import annotations

import socket
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest import plugins
from digest.errors import ConfigurationError, Fault
from digest.model import ascii_domain
from digest.plugins import Group
from digest.ports import Transport
from digest.settings import kinds
from digest.settings.schema import Settings
from digest.storage.ledger.references import lasting
from digest.transports.reports import echoing
from digest.transports.reports.echoing import Echo
from digest.transports.verp import ReturnPath, Verp

if TYPE_CHECKING:
    from digest.transports.sendgrid.fence import RequestNotes
    from digest.transports.sendgrid.request import Options


def transport_of(settings: Settings, notes: RequestNotes | None = None) -> Transport:
    """Return the transport of the settings; nothing is opened before its first send, no other is loaded.

    Args:
        notes: where it keeps what lets a successor call its requests back.

    Raises:
        ConfigurationError: a file is where the outbox's folder would be.
    """
    match settings.transport:
        case kinds.OutboxSettings(path=path):
            from digest.transports.outbox import OutboxTransport

            _check_outbox(path)
            return OutboxTransport(path)
        case kinds.SmtpSettings() as smtp:
            from digest.transports.smtp.transport import SmtpTransport

            return SmtpTransport(
                smtp.host,
                smtp.effective_port,
                username=smtp.username,
                password=smtp.password.get_secret_value(),
                tls=smtp.tls,
                connections=smtp.connections,
                mails_per_connection=smtp.mails_per_connection,
                pipelining=smtp.pipelining,
                helo_name=smtp.helo_name or helo_name(settings, machine=socket.getfqdn()),
                bounce_signer=_return_path(settings),
                echoes=_echoes(settings),
            )
        case kinds.SendGridSettings() as grid:
            from digest.transports.sendgrid.transport import SendGridTransport

            return SendGridTransport(
                grid.api_key.get_secret_value(),
                region=grid.region,
                api_url=grid.api_url or "",
                subuser=grid.subuser,
                options=grid_options(grid),
                fence_ahead_s=60.0 * grid.fence_minutes,
                notes=notes,
            )
        case kinds.PluginTransportSettings() as plugin:
            make = plugins.load(Group.TRANSPORT, plugin.kind, where="transport.kind")
            return make(**plugin.options)  # type: ignore[no-any-return]  # a stranger's


def _check_outbox(path: Path) -> None:
    for one in (path / "tmp", path / "new", path / "cur", path, *path.parents):
        if _is_file(one):
            said = "it is a file" if one == path else f"{one} is a file"
            raise ConfigurationError([Fault("transport.path", f"must name a folder, and {said}")])


def _is_file(path: Path) -> bool:
    try:
        return path.exists() and not path.is_dir()
    except OSError:  # closed to us: sending will say so
        return False


def at_once(settings: Settings) -> Transport:
    """Return the transport of the settings; no fence delays this mail, no unsubscribe group bars it."""
    match settings.transport:
        case kinds.SendGridSettings() as grid:
            hasty = grid.model_copy(update={"fence_minutes": 0, "unsubscribe_group": 0})
            return transport_of(settings.model_copy(update={"transport": hasty}))
        case _:
            return transport_of(settings)


def _echoes(settings: Settings) -> tuple[Echo, ...]:
    """Return the headers by which the providers whose reports we take name a delivery."""
    hooks = settings.hooks
    told = (
        (hooks.postmark, echoing.POSTMARK),
        (hooks.mailgun, echoing.MAILGUN),
        (hooks.brevo, echoing.BREVO),
    )
    return tuple(echo for given, echo in told if given is not None)


def _return_path(settings: Settings) -> ReturnPath | None:
    verp = verp_of(settings)
    return None if verp is None else ReturnPath(verp, lasting)


def helo_name(settings: Settings, *, machine: str) -> str:
    """Return what we call ourselves to a mail server: empty for the machine's name, where it is full.

    Servers refuse a name without a dot, as machines in a container or at home have.
    """
    if "." in machine.strip(".") and not machine.endswith((".localdomain", ".local", ".arpa")):
        return ""
    domains = [urlsplit(settings.site.url).hostname or ""]
    domains += [one.sender.address.rpartition("@")[2] for one in settings.newsletters.values()]
    for domain in domains:
        name = _a_labels(domain)
        if "." in name and not name.replace(".", "").isdecimal() and ":" not in name:
            return name
    return ""


def _a_labels(domain: str) -> str:
    """Return a domain as the DNS writes it; empty where it can't be."""
    try:
        return ascii_domain(domain.strip("."))
    except UnicodeError:
        return ""


def verp_of(settings: Settings) -> Verp | None:
    """Return what makes and reads the envelope senders that bounces come back to; None for none."""
    transport = settings.transport
    if not isinstance(transport, kinds.SmtpSettings) or transport.bounces is None:
        return None
    site, bounces = settings.site, transport.bounces
    older = [secret.get_secret_value() for secret in site.older_keys.values()]
    return Verp(site.secret_key.get_secret_value(), bounces.domain, local=bounces.local, older=older)


def grid_options(given: kinds.SendGridSettings) -> Options:
    """Return what SendGrid is to do with every mail."""
    from digest.transports.sendgrid.request import Options

    return Options(
        asm_group=given.unsubscribe_group,
        sandbox=given.sandbox,
        click_tracking=given.click_tracking,
        open_tracking=given.open_tracking,
        ip_pool=given.ip_pool,
        categories=given.categories,
    )


def probe_of(settings: Settings) -> Callable[[], Coroutine[None, None, str]] | None:
    """Return what logs in to the mail server and sends nothing; None where nothing leaves.

    What it returns when called is a clause that says who answered; what it raises is the transport's own.
    """
    match settings.transport:
        case kinds.SmtpSettings() as smtp:
            from digest.transports.smtp.probing import probe

            name = smtp.helo_name or helo_name(settings, machine=socket.getfqdn())
            return partial(
                probe,
                smtp.host,
                smtp.effective_port,
                username=smtp.username,
                password=smtp.password.get_secret_value(),
                tls=smtp.tls,
                helo_name=name,
            )
        case kinds.SendGridSettings() as grid:
            from digest.transports.sendgrid.probing import probe as ask

            return partial(
                ask, grid.api_key.get_secret_value(), region=grid.region, api_url=grid.api_url or ""
            )
        case _:
            return None
