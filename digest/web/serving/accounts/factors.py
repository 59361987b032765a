"""The second factor: codes of an authenticator (RFC 6238), each once, and recovery codes for a lost one."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from digest.storage.desk.team import SqlTeam

STEP_S = 30
DRIFT = 1
"""So many steps a clock may be early or late."""
CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_secret() -> str:
    """Return the secret that an authenticator is given."""
    import pyotp

    return pyotp.random_base32()


def address_of(secret: str, name: str, site: str) -> str:
    """Return the address that an authenticator reads from a picture."""
    import pyotp

    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=site)


def picture_of(address: str) -> str:
    """Return the address as an SVG, made here: no other host learns of it."""
    import segno

    return segno.make(address, error="m").svg_inline(scale=5, border=4, dark="#000", light="#fff")


def step_of(secret: str, code: str, *, now: datetime) -> int | None:
    """Return the step that a code is of; None where it is of none that is near."""
    import pyotp

    typed = "".join(code.split())
    if len(typed) != 6 or not typed.isascii() or not typed.isdecimal():
        return None
    known = pyotp.TOTP(secret)
    for drift in range(-DRIFT, DRIFT + 1):
        if known.verify(typed, for_time=now + timedelta(seconds=drift * STEP_S)):
            return int(now.timestamp()) // STEP_S + drift
    return None


def takes(team: SqlTeam, name: str, code: str, *, now: datetime) -> bool:
    """Take a code of the user's second factor, or a recovery code; False where it is neither."""
    secret = team.factor(name)
    step = step_of(secret, code, now=now) if secret else None
    if step is not None:
        return team.spend_step(name, step)
    return team.spend_code(name, normalized(code))


def new_codes() -> tuple[str, ...]:
    """Return recovery codes: 49 bits each, easy to type."""
    return tuple("".join(secrets.choice(_LETTERS) for _ in range(10)) for _ in range(CODES))


def normalized(code: str) -> str:
    """Return a recovery code as it is kept, however it was typed."""
    return "".join(code.split()).replace("-", "").lower()[:40]
