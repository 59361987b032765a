"""Words and shingles of any language, the same on every machine."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SHINGLE = 5

# Vowel points and accents that writers leave out as they please (Latin, Greek, Cyrillic, Hebrew, Arabic).
_OPTIONAL_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]")
# In Indic and South-East Asian scripts marks are letters, which `\w` doesn't know.
_RUN = re.compile(r"[\w\u0900-\u0DFF\u0E31-\u0E4E\u0EB1-\u0ECD\u0F71-\u0FBC\u102B-\u109D\u17B4-\u17D3]+")
_ASCII_WORD = re.compile(r"[a-z0-9]{2,}|[0-9]")
_ASCII_WORDS = bytes(
    ord(chr(code).lower()) if chr(code).isascii() and chr(code).isalnum() else 32 for code in range(256)
)
"""What each byte of ASCII is in a text's words: a small letter or digit, or the space between."""
_ASCII_RUN = re.compile(r"[a-z0-9_]+")
"""As `_RUN` in a third of its time, the first without single letters."""
_BEYOND = re.compile("[^\x00-\x7f\u2013\u2014\u2018-\u201f\xab\xbb]")
# Scripts written without spaces, and Hangul, whose particles stick to the word.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+"
)


def fold(text: str) -> str:
    """Return text without case, accents, width and whitespace differences."""
    if text.isascii():
        return " ".join(text.lower().split())
    bare = _OPTIONAL_MARKS.sub("", unicodedata.normalize("NFKD", text))
    return " ".join(unicodedata.normalize("NFC", bare).casefold().split())


def words(text: str) -> list[str]:
    """Return the folded words in order; for scripts without spaces, overlapping pairs of characters.

    Single letters of spaced scripts are left out: they are initials and what an apostrophe cut off.
    """
    bare = _bare(text)
    if bare.isascii():  # as below, much sooner
        found = bare.encode("ascii").translate(_ASCII_WORDS).decode("ascii").split()
        return [word for word in found if len(word) > 1 or word.isdigit()]
    folded = fold(bare)
    if folded.isascii():
        return _ASCII_WORD.findall(folded)
    runs = _RUN.findall(folded.replace("_", " "))
    found = []
    for run in runs:
        if run.isascii():
            if len(run) > 1 or run.isdigit():
                found.append(run)
        else:
            found.extend(_pieces(run))
    return found


def _bare(text: str) -> str:
    """Return the text as ASCII where nothing but its quotation marks and dashes is not."""
    if text.isascii() or _BEYOND.search(text):
        return text
    return text.encode("ascii", "replace").decode("ascii")


def phrase(text: str) -> str:
    """Return the folded words as they are told apart for `words`, single letters kept, spaces between."""
    pieces: list[str] = []
    for run in _RUN.findall(fold(text).replace("_", " ")):
        pieces.extend(_pieces(run) or (run,))
    return " ".join(pieces)


def run_line(text: str) -> str:
    """Return the folded words, punctuation gone, one space apart."""
    folded = fold(_bare(text))
    return " ".join((_ASCII_RUN if folded.isascii() else _RUN).findall(folded))


def shingles(text: str) -> frozenset[str]:
    """Return the set of 5-character runs of the folded words; punctuation doesn't count."""
    line = run_line(text)
    if len(line) <= SHINGLE:
        return frozenset({line} if line else ())
    return frozenset({line[at : at + SHINGLE] for at in range(len(line) - SHINGLE + 1)})


@lru_cache(maxsize=65536)
def _pieces(run: str) -> tuple[str, ...]:
    if run.isascii():
        return (run,) if len(run) > 1 or run.isdigit() else ()
    pieces: list[str] = []
    at = 0
    for block in _UNSPACED.finditer(run):
        pieces.extend(word for word in (run[at : block.start()],) if len(word) > 1)
        text = block.group()
        pieces.extend(text[i : i + 2] for i in range(max(1, len(text) - 1)))
        at = block.end()
    rest = run[at:]
    pieces.extend(word for word in (rest,) if len(word) > 1)
    return tuple(pieces)
