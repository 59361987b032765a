"""The transport that the settings name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest import plugins
from digest.plugins import Group
from digest.ports import Transport
from digest.settings import kinds
from digest.settings.schema import Settings
from digest.transports.verp import Verp

if TYPE_CHECKING:
    from digest.transports.sendgrid.fence import RequestNotes
    from digest.transports.sendgrid.request import Options


def transport_of(settings: Settings, notes: RequestNotes | None = None) -> Transport:
    """Return the transport of the settings; nothing is opened before its first send, no other is loaded.

    Args:
        notes: where it keeps what lets a successor call its requests back.
    """
    match settings.transport:
        case kinds.OutboxSettings(path=path):
            from digest.transports.outbox import OutboxTransport

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
                bounce_signer=verp_of(settings),
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


def at_once(settings: Settings) -> Transport:
    """Return the transport of the settings; no fence delays this mail, no unsubscribe group bars it."""
    match settings.transport:
        case kinds.SendGridSettings() as grid:
            hasty = grid.model_copy(update={"fence_minutes": 0, "unsubscribe_group": 0})
            return transport_of(settings.model_copy(update={"transport": hasty}))
        case _:
            return transport_of(settings)


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
