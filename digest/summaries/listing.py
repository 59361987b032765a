"""Lines that open a list, and its items: neither says anything without the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.summaries.language.speaking import attributes
from digest.summaries.language.words import count_words

_COLON = (":", "\uff1a")
_LEAD_IN = re.compile(r"(?<=[.!?\u3002])\s{0,3}[^.!?\u3002“”„\"«»「」]{1,120}[:\uff1a]\s*$")
_OPENING = "“„\"«»「『‘'‚"
_ENDED = re.compile(r"[.!?\u3002\uff01\uff1f…][”\"’»)\]]*$")
_SIGN = re.compile(r"\s*(?:[•⁃‣▪◦*–-]\s|\(?(?:\d{1,2}|[a-z])[.)]\s)")
ITEM_WORDS = 20
"""So long is an item at most that ends like a sentence."""


def without_lead_in(body: str) -> str:
    """Return a paragraph without the line at its end that opens a list (`… in Tarn. Bring:`)."""
    if not body.rstrip().endswith(_COLON):
        return body
    found = _LEAD_IN.search(body[-130:])
    return body[: len(body) - min(len(body), 130) + found.start()] if found else body


def listed(bodies: Sequence[str]) -> frozenset[int]:
    """Return which paragraphs open a list, as a whole, or are its items."""
    found: set[int] = set()
    for at, body in enumerate(bodies):
        following = bodies[at + 1 :]
        if at in found or not body.rstrip().endswith(_COLON) or (following and not _is_item(following[0])):
            continue
        if without_lead_in(body) == body:
            found.add(at)
        must_end = bool(following) and bool(_ENDED.search(following[0].rstrip()))
        has_signs = bool(following) and bool(_SIGN.match(following[0]))
        for place, item in enumerate(following, at + 1):
            is_of_it = _is_item(item) and bool(_SIGN.match(item)) == has_signs
            if not is_of_it or (not must_end and _ENDED.search(item.rstrip())):
                break
            found.add(place)
    return frozenset(found)


def _is_item(body: str) -> bool:
    text = body.strip()
    is_short = bool(text) and text[0] not in _OPENING and count_words(text) <= ITEM_WORDS
    return is_short and not (_ENDED.search(text) and attributes(text))
