"""What a mail's DKIM signatures cover: one click counts only where both of its headers are signed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage

from digest.rendering.checks.findings import Finding, Level

COVERED = ("List-Unsubscribe", "List-Unsubscribe-Post")
"""Source: RFC 8058, 4: a signature that covers both must be there and pass."""


def check(message: EmailMessage) -> Iterator[Finding]:
    """Yield what the signatures leave out; nothing where none is there yet, or none need cover it.

    One that covers both is enough. The From domain's own counts first, since receivers ask for it.
    """
    if not all(message[name] for name in COVERED):
        return
    signed = [_tags(str(value)) for value in message.get_all("DKIM-Signature", [])]
    if not signed:
        return
    whole = [tags for tags in signed if not _left_out(tags)]
    if not whole:
        least = min(signed, key=lambda tags: len(_left_out(tags)))
        left_out = " and ".join(_left_out(least))
        problem = (
            f"of {least.get('d', 'no domain')} does not sign {left_out}, so that one click does not count"
        )
        yield _warning(problem, f"add {left_out} to the headers your server signs: docs/dkim.md")
        return
    domain = _from_domain(message)
    if domain and not any(_is_of(tags.get("d", ""), domain) for tags in whole):
        problem = f"that signs both is of {whole[0].get('d', 'no domain')}, not of {domain}, the sender's"
        yield _warning(problem, f"let your server sign as {domain} too: docs/dkim.md")


def _warning(problem: str, remedy: str) -> Finding:
    return Finding(Level.WARNING, "headers", "DKIM-Signature", problem, remedy)


def _tags(value: str) -> dict[str, str]:
    """Return a signature's tags, white space of folding gone; of a doubled one the first.

    Source: RFC 6376, 3.2.
    """
    found: dict[str, str] = {}
    for piece in value.split(";"):
        name, mark, text = piece.partition("=")
        if mark:
            found.setdefault(name.strip(), re.sub(r"\s+", "", text))
    return found


def _left_out(tags: dict[str, str]) -> tuple[str, ...]:
    names = {name.lower() for name in tags.get("h", "").split(":")}
    return tuple(name for name in COVERED if name.lower() not in names)


def _from_domain(message: EmailMessage) -> str:
    addresses = getattr(message["From"], "addresses", ())
    return str(addresses[0].domain).lower().rstrip(".") if addresses else ""


def _is_of(signer: str, domain: str) -> bool:
    """Tell whether a signature's domain is the sender's own, or one above or below it."""
    signer = signer.lower().rstrip(".")
    return bool(signer) and (f".{domain}".endswith(f".{signer}") or f".{signer}".endswith(f".{domain}"))
