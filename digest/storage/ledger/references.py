"""The reference of one attempt: opaque to everyone else, and for us the way straight to its delivery.

`12-4711-1-9x3kq0zt5c`: edition, number, attempt, claim. Lower case and short, so that it survives in a
header, in a provider's fields and in the left half of an address.

`12-4711-0-9x3kq0zt5c` means the delivery whatever the attempt, for the envelope sender: servers that keep
strangers waiting know them by it, and would begin anew with another one. In the claim's place stands what
only this reader's delivery has, since a restored backup may give the number to another.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from typing import NamedTuple

from digest.model import Delivery, EditionKey, message_keys

CLAIM_BITS = 48
NO_ATTEMPT = 0

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_REFERENCE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})-([0-9]{1,5})-([0-9a-z]{1,10})")


class Reference(NamedTuple):
    """What a reference says, in the order that rows are locked in."""

    edition_id: int
    number: int
    attempt: int
    claim_id: int

    @property
    def is_lasting(self) -> bool:
        """Tell whether it means a delivery and none of its attempts."""
        return self.attempt == NO_ATTEMPT

    def is_of(self, edition: EditionKey, subscriber: str) -> bool:
        """Tell whether a lasting reference means this reader's delivery."""
        return self.claim_id == _check(message_keys(edition)(subscriber))

    def __str__(self) -> str:
        """Return the text that travels."""
        return f"{self.edition_id}-{self.number}-{self.attempt}-{_base36(self.claim_id)}"


def of_claim(edition_id: int, claim_id: int) -> Callable[[int, int], str]:
    """Return what writes the references of one claim, given number and attempt."""
    claim = _base36(claim_id)
    return lambda number, attempt: f"{edition_id}-{number}-{attempt}-{claim}"


def lasting(delivery: Delivery) -> str:
    """Return what means a delivery at every attempt and by every claim; its own reference if not ours."""
    own = parse(delivery.reference)
    if own is None:
        return delivery.reference
    return str(Reference(own.edition_id, own.number, NO_ATTEMPT, _check(delivery.message_key)))


def parse(text: str) -> Reference | None:
    """Return what `text` refers to, or None where it is no reference of ours."""
    match = _REFERENCE.fullmatch(text)
    if match is None:
        return None
    edition_id, number, attempt, claim = match.groups()
    claim_id = int(claim, 36)
    if claim_id >> CLAIM_BITS:
        return None
    return Reference(int(edition_id), int(number), int(attempt), claim_id)


def fresh_claim_id() -> int:
    """Return a number that no claim ever had, nor will have after a backup is restored."""
    return secrets.randbits(CLAIM_BITS)


def _check(message_key: str) -> int:
    return int(message_key[: CLAIM_BITS // 4], 16)


def _base36(number: int) -> str:
    text = ""
    while True:
        number, digit = divmod(number, 36)
        text = _DIGITS[digit] + text
        if not number:
            return text
