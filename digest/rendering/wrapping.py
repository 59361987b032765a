"""Lines of the plain part: wrapped at 72 columns, or flowed so that programs join them again (RFC 3676)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

COLUMNS = 72
"""As terminals and old mail programs show it; an ideograph takes two."""

LINK_OPEN, LINK_CLOSE = "\x02link ", "\x03"
_LINK = re.compile("\x02link [^\x02\x03]*+\x03")
_LINK_COLUMNS = 4  # `[12]`
# What begins no line and what ends none in Chinese and Japanese (kinsoku; JIS X 4051).
_NEVER_FIRST = frozenset(
    "、。，．・：；？！ー々ゝゞヽヾ〜～）］｝〕〉》」』】〙〗〟ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ…‥”’％"
)
_NEVER_LAST = frozenset("（［｛〔〈《「『【〘〖〝“‘")
_FLAG_LETTERS = "".join(map(chr, range(0x1F1E6, 0x1F200)))
_TONES = "".join(map(chr, range(0x1F3FB, 0x1F400)))
_STUFFED = (" ", ">", "From ")
_MAY_END = "\u200b"  # what writers of Khmer and Thai put between words
_WORDS = re.compile("[^\u200b]*+\u200b|[^\u200b]++")
# Thai and Lao, Burmese, Khmer: written without spaces, each sign one column. A run that fits stays whole.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\uff61-\uff9f\u200b]")
_NEVER_ALONE = frozenset("ะาำๅๆฯະາຳໆຯຽｰ｡､｣ﾞﾟ")
_LEADING = frozenset("เแโใไເແໂໃໄ\u1039\u17d2")
_BURMESE_ENDS = frozenset("\u1039\u103a")


def wrapped(line: str) -> list[str]:
    """Return the line as lines of at most 72 columns; an address is never broken."""
    return [text.rstrip(" ") for text in _lines(line)]


def flowed(line: str) -> list[str]:
    """Return the line as lines that end with a space where they go on (`format=flowed; delsp=yes`)."""
    lines = list(_lines(line))
    soft = [f"{text} " for text in lines[:-1]]
    return [f" {text}" if text.startswith(_STUFFED) else text for text in (*soft, lines[-1].rstrip(" "))]


def _lines(line: str) -> Iterator[str]:
    """Yield the pieces; a space at which one was parted stays at its end."""
    if columns(line) <= COLUMNS:
        yield line
        return
    current, width = "", 0
    for unit in _units(line):
        taken = columns(unit.rstrip(" "))
        if current and width + taken > COLUMNS:
            yield current
            current, width = "", 0
        current += unit
        width += columns(unit)
    yield current


def _units(line: str) -> Iterator[str]:
    """Yield what may stand on a line of its own: words with the spaces behind them, single ideographs."""
    for word in re.findall(" *(?:\x02link [^\x02\x03]*+\x03|[^ ])++ *| +", line):
        if "://" in word or LINK_OPEN in word:
            yield word
        elif any(map(_is_wide, word)):
            yield from _signs(word)
        else:
            for part in _WORDS.findall(word) if _MAY_END in word else (word,):
                is_run = columns(part.rstrip(" ")) > COLUMNS and _UNSPACED.search(part)
                yield from _signs(part) if is_run else (part,)


def _signs(word: str) -> Iterator[str]:
    """Yield single ideographs, and of scripts without spaces what is about a syllable."""
    unit = ""
    for char, after in zip(word, (*word[1:], ""), strict=True):
        may_part = unit and not _joins(unit, char) and _may_part(unit[-1], char, after)
        if may_part and char not in _NEVER_FIRST and unit[-1] not in _NEVER_LAST and char != " ":
            yield unit
            unit = ""
        unit += char
    yield unit


def _may_part(before: str, char: str, after: str) -> bool:
    if _is_wide(char) or _is_wide(before) or before == _MAY_END:
        return True
    if not (_UNSPACED.match(before) and _UNSPACED.match(char)) or char == _MAY_END:
        return False
    return char not in _NEVER_ALONE and before not in _LEADING and after not in _BURMESE_ENDS


def _joins(before: str, after: str) -> bool:
    """Tell whether a sign is part of the one before it: accents, joined emoji, the halves of a flag."""
    if before[-1] in "\u200d\u2060" or unicodedata.category(after) in {"Mn", "Me", "Mc", "Cf"}:
        return True
    flags = len(before) - len(before.rstrip(_FLAG_LETTERS))
    return after in _TONES or (after in _FLAG_LETTERS and flags % 2 == 1)


def columns(text: str) -> int:
    """Return how many columns a text takes in a terminal."""
    shown = _LINK.sub("x" * _LINK_COLUMNS, text) if LINK_OPEN in text else text
    if shown.isascii():
        return len(shown)
    return sum(map(_column, shown))


def _column(char: str) -> int:
    if _is_wide(char):
        return 2
    return 0 if unicodedata.category(char) in {"Mn", "Me", "Cf"} else 1


def _is_wide(char: str) -> bool:
    return char > "\u10ff" and unicodedata.east_asian_width(char) in "WF"
