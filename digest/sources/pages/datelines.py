"""Lines that say when, and nothing else."""

from __future__ import annotations

import re

from digest.sources.dates.words import month_names, without_accents
from digest.sources.text.blocks import SENTENCE_END, Block

_LETTERS = re.compile(r"[^\W\d_]+")
_DATE_SIGNS = re.compile(r"[\d\s.,/:+–-]*")
DATELINE_MAX_CHARACTERS = 100
_DATELINE_WORDS = (12, 12, 5, 5)
"""How long the words of a dateline may be, each in its turn: `Friday, 4 March 2026, 10:30 am EST`."""
_SHORT_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2}(?:\d\d)?")
_PARTS = re.compile(r"(?<!\s)\s(?:[-–—|•·]\s)")
_LABELED = re.compile(r"[^\W\d_][^:：]{1,30}[:：]\s?\S.{0,60}")
IMPRINT_MAX_CHARACTERS = 200


def _is_imprint(block: Block) -> bool:
    """Tell whether a line is a date and labels with their values, apart by dashes or strokes."""
    if len(block.text) > IMPRINT_MAX_CHARACTERS or SENTENCE_END.search(block.text):
        return False
    parts = _PARTS.split(block.text)
    dates = [part for part in parts if _SHORT_DATE.search(part) and _is_little_but_a_date(part)]
    labels = [part for part in parts if _LABELED.fullmatch(part)]
    return bool(dates and labels) and len(dates) + len(labels) == len(parts)


def is_dateline(block: Block) -> bool:
    """Tell whether a short line is little but a date: digits, a few words, no sentence."""
    if _SHORT_DATE.fullmatch(block.text) or _is_imprint(block):
        return True
    if len(block.text) > DATELINE_MAX_CHARACTERS:
        return False
    spelled = block.text.split()
    if len(spelled) > 9 or SENTENCE_END.search(block.text) or block.is_heading:
        return False
    names = month_names("")
    has_month = any(
        word in names for word in re.findall(r"[^\W\d_]+", without_accents(block.text.casefold()))
    )
    says_when = has_month or bool(re.search(r"\b(?:19|20)\d\d\b", block.text))
    return says_when and bool(re.search(r"\d", block.text)) and _is_little_but_a_date(block.text)


def _is_little_but_a_date(text: str) -> bool:
    """Tell whether a line is digits and their signs, and few words among them, the last ones short."""
    room = iter(_DATELINE_WORDS)
    has_room = all(any(len(word) <= most for most in room) for word in _LETTERS.findall(text))
    return has_room and bool(_DATE_SIGNS.fullmatch(_LETTERS.sub("", text)))
