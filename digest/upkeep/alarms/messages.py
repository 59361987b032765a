"""What an alert says: a subject, a text, and the same for programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from digest.model.upkeep import Alert, AlertKind
from digest.upkeep.logs import scrubbed

SUBJECTS = {
    AlertKind.UNAPPROVED: "Not approved yet",
    AlertKind.NOTHING_SENT: "Not sent",
    AlertKind.REACHED_NOBODY: "Hardly anybody reached",
    AlertKind.NO_READERS: "Nobody to send to",
    AlertKind.SKIPPED: "Too late for some",
    AlertKind.FAILED: "Deliveries failed",
    AlertKind.HELD: "Deliveries are held",
    AlertKind.STOPPED: "Stopped",
    AlertKind.TRANSPORT_AWAY: "No mail can leave",
    AlertKind.RUN_FAILED: "A run broke off",
    AlertKind.RUN_STUCK: "Stuck",
    AlertKind.NO_RUN: "No run",
    AlertKind.SOURCE_DEAD: "A source is dead",
    AlertKind.BOUNCE_BOX_UNREAD: "The bounce box is unread",
    AlertKind.FEEDBACK_REFUSED: "Reports are refused",
    AlertKind.DISK_FULL: "The disk is nearly full",
    AlertKind.CERTIFICATE: "A certificate ends",
    AlertKind.DNS_RECORD: "A DNS record is gone",
    AlertKind.DATABASE_AWAY: "The database is away",
    AlertKind.TEST: "A test",
}
"""What a mail about each kind is called, before what it is about."""

_LONGEST_SUBJECT = 120


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to somebody of the desk.

    Attributes:
        name: one for each letter, so that whoever gets it twice can tell.
        newsletter: whose sender it bears; empty for any.
        page: the address in its text that is to be followed; empty for none.
        invites: what the link to that page says.
    """

    name: str
    subject: str
    text: str
    at: datetime
    newsletter: str = ""
    page: str = ""
    invites: str = "See it at the desk"


@dataclass(frozen=True, slots=True)
class Message:
    """An alert, or its end, ready to be told.

    Attributes:
        name: one for each alert and each end, so that whoever gets it twice can tell.
        page: where the desk shows it; empty for none.
    """

    name: str
    alert: Alert
    page: str
    at: datetime

    @property
    def subject(self) -> str:
        """Return one line."""
        trouble = self.alert.trouble
        what = f"{SUBJECTS[trouble.kind]}: {trouble.about}"
        return scrubbed(f"All well again: {what}" if self.alert.is_over else what)[:_LONGEST_SUBJECT]

    @property
    def said(self) -> str:
        """Return what is wrong, or what became of it."""
        return scrubbed(self.alert.well if self.alert.is_over else self.alert.trouble.said)

    @property
    def text(self) -> str:
        """Return the whole as plain text."""
        remedy = "" if self.alert.is_over else f"What to do: {scrubbed(self.alert.trouble.remedy)}"
        return "\n\n".join(filter(None, (self.said, remedy, self.page))) + "\n"

    @property
    def letter(self) -> Letter:
        """Return it as a mail."""
        newsletter = self.alert.trouble.newsletter
        return Letter(self.name, self.subject, self.text, self.at, newsletter, self.page)

    @property
    def values(self) -> dict[str, object]:
        """Return it as programs read it."""
        trouble = self.alert.trouble
        return {
            "type": "alert.closed" if self.alert.is_over else "alert.opened",
            "timestamp": self.at.astimezone(UTC).isoformat(),
            "data": {
                "id": self.alert.number,
                "kind": trouble.kind.value,
                "about": scrubbed(trouble.about),
                "newsletter": trouble.newsletter,
                "subject": self.subject,
                "said": self.said,
                "what_to_do": "" if self.alert.is_over else scrubbed(trouble.remedy),
                "since": self.alert.opened_at.astimezone(UTC).isoformat(),
                "page": self.page,
            },
        }


def message_of(alert: Alert, *, url: str, now: datetime) -> Message:
    """Return an alert's message.

    Args:
        url: where the desk is; empty for no link.
    """
    about = alert.trouble.about
    newsletter, _, number = about.partition("/")
    page = ""
    if url:
        is_of_edition = newsletter == alert.trouble.newsletter and number[:4].isdecimal()
        path = f"editions/{newsletter}/{number.replace('/', '~')}" if is_of_edition else "runs"
        page = f"{url}/desk/{path}"
    end = "closed" if alert.is_over else "opened"
    stamp = int(alert.opened_at.timestamp())
    return Message(f"alert-{alert.number}-{stamp}-{end}", alert, page, now)
