"""Addresses: checked, normalized, and folded to what makes two of them one person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

from subscribers.errors import InvalidAddress

MAX_CHARS = 254
"""The longest address SMTP carries. Source: RFC 5321 4.5.3.1.3 less the angle brackets."""

_PLAIN = re.compile(
    r"([A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*)"
    r"@((?:[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\.)+([A-Za-z]{2,63}))"
)
_PLAIN_LOCAL = re.compile(r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*")
_MAX_LOCAL = 64
_MAX_PLAIN_DOMAIN = 63
"""Addresses that email-validator takes and leaves as they are but for the domain's case.

A part of what it takes: whatever does not match goes to email-validator itself, at 27 µs instead of 2.
A domain no longer than one label may be has no label that is too long.
"""

_NEEDS_CARE = frozenset({"arpa", "invalid", "local", "localhost", "onion", "test"})
"""Top-level names email-validator refuses, with its own sentence."""


@dataclass(frozen=True, slots=True)
class EmailAddress:
    """A checked address.

    Attributes:
        address: what mail is sent to; ASCII, the domain in lower case and Punycode.
        canonical: the same, with the local part in lower case: what makes two addresses one person.
            Dots and plus tags stay: whether they matter is the mailbox provider's secret, and mail
            withheld from a second real person is the worse error.
    """

    address: str
    canonical: str

    @property
    def masked(self) -> str:
        """Return the address as logs may show it: `a…@example.org`."""
        return masked(self.address)


def normalize(text: str) -> EmailAddress:
    """Return the checked address in `text`; spaces around it don't count.

    No name server is asked.

    Raises:
        InvalidAddress: it can't be an address, or its local part isn't ASCII: most providers refuse
            those (SMTPUTF8), and one refused recipient can cost a whole batch.
    """
    return EmailAddress(*spelled(text))


def spelled(text: str) -> tuple[str, str]:
    """Return what `normalize` does as a pair (address, canonical): for a million of them.

    Raises:
        InvalidAddress: as for `normalize`.
    """
    text = text.strip()
    plain = _PLAIN.fullmatch(text)
    if plain is not None:
        local, domain, top = plain.groups()
        is_short = len(local) <= _MAX_LOCAL and len(domain) <= _MAX_PLAIN_DOMAIN
        if is_short and top.lower() not in _NEEDS_CARE:
            domain = domain.lower()
            return f"{local}@{domain}", f"{local.lower()}@{domain}"
    local, _, domain = text.rpartition("@")
    if len(local) <= _MAX_LOCAL and _PLAIN_LOCAL.fullmatch(local):
        domain = _domain(domain)
        if len(local) + 1 + len(domain) <= MAX_CHARS and domain:
            return f"{local}@{domain}", f"{local.lower()}@{domain}"
    found = checked(text)
    return found.address, found.canonical


@lru_cache(maxsize=10_000)
def _domain(text: str) -> str:
    """Return a domain in Punycode as email-validator takes it; empty where it does not."""
    try:
        return checked(f"a@{text}").address.removeprefix("a@")
    except InvalidAddress:
        return ""


def checked(text: str) -> EmailAddress:
    """Return what email-validator makes of `text`: the rule that `normalize` takes a shortcut to.

    Raises:
        InvalidAddress: as for `normalize`.
    """
    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as problem:
        raise InvalidAddress(str(problem)) from problem
    address = found.ascii_email
    if address is None or len(address) > MAX_CHARS:
        raise InvalidAddress("The email address is too long.")
    local, _, domain = address.rpartition("@")
    return EmailAddress(f"{local}@{domain.lower()}", f"{local.lower()}@{domain.lower()}")


def masked(address: str) -> str:
    """Return `address` with all but the first sign of its local part hidden."""
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}" if at else "…"
