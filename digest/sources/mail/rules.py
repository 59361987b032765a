"""Which mails of a box a source takes: by sender, list and subject."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from digest.sources.mail.letters import Envelope
from digest.sources.text.blocks import sameness_key


@dataclass(frozen=True, slots=True)
class Rules:
    """What a mail must fit, where a rule is given: one of each kind that is.

    Attributes:
        senders: addresses, or domains with everything below them (`agency.example`, `@agency.example`).
        lists: List-Ids; a mailing list's own name for itself.
        subjects: words or phrases of the subject, whatever their case and accents.
    """

    senders: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()

    def take(self, envelope: Envelope) -> bool:
        """Tell whether the source takes a mail."""
        return (
            (not self.senders or _is_from(envelope.addresses, self.senders))
            and (not self.lists or envelope.list_id in {name.strip("<> ").lower() for name in self.lists})
            and (not self.subjects or _is_about(envelope.subject, self.subjects))
        )


def _is_from(addresses: Iterable[str], senders: Iterable[str]) -> bool:
    for address in addresses:
        domain = address.rpartition("@")[2]
        for sender in senders:
            rule = sender.strip().lower()
            if "@" in rule.lstrip("@"):
                if address == rule:
                    return True
            elif domain == (name := rule.lstrip("@.*")) or domain.endswith(f".{name}"):
                return True
    return False


def _is_about(subject: str, phrases: Iterable[str]) -> bool:
    said = f" {sameness_key(subject)} "
    keys = [sameness_key(phrase) for phrase in phrases]
    return any(key and (f" {key} " in said or (not key.isascii() and key in said)) for key in keys)
