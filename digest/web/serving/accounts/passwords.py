"""Passwords of the desk's users, kept as argon2id hashes."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_LENGTH = 12

_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash("a password that nobody has")


def hashed(password: str) -> str:
    """Return what to keep of a password."""
    return _HASHER.hash(password)


def matches(password: str, kept: str | None) -> bool:
    """Tell whether this is the password; takes as long where there is no such user (`kept` None)."""
    try:
        _HASHER.verify(kept or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None
