"""UTF-8 with a few cut bytes is UTF-8: one broken letter costs itself, not the whole text."""

from __future__ import annotations

GOOD_FOR_EACH_BAD = 4
"""Letters beyond ASCII for each broken one; in another charset nearly all of them would be broken."""
_BROKEN = "\N{REPLACEMENT CHARACTER}"


def mostly_utf8(body: bytes) -> str | None:
    """Return the text where the bytes are UTF-8, or all of them but a few; None where they are not."""
    text = body.decode("utf-8", "replace")
    bad = text.count(_BROKEN) - body.count(_BROKEN.encode())
    if bad <= 0:
        return text
    good = sum(len(piece) for piece in text.split(_BROKEN)) - sum(map(_ascii_count, text.split(_BROKEN)))
    return text if good >= GOOD_FOR_EACH_BAD * bad else None


def _ascii_count(text: str) -> int:
    return len(text.encode("ascii", "ignore"))
