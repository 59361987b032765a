"""Long words, given places to break where they could not fit the narrowest phone, and nowhere else.

A finished page says by its own styles how large each text is and how wide its column can get. A run of
letters that is wider is hyphenated by its language's dictionary, by as few soft hyphens as make it fit;
an address gets `<wbr>`, which shows nothing and is copied by nobody.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape, unescape
from typing import TYPE_CHECKING

from digest.rendering.stylesheets import declarations
from digest.rendering.tags import TAG, VOID, read

if TYPE_CHECKING:
    import pyphen

NARROWEST = 320
"""CSS pixels of the narrowest phone."""

SOFT_HYPHEN = "\u00ad"
WORD_BREAK = "<wbr>"
ROOM_FOR_A_HYPHEN = 0.4  # em
_SIGNS = frozenset("/.?&=_:,;+@#")
# Latin, Greek and Cyrillic part words by a hyphen; Arabic and Indic scripts do not.
_HYPHENATED = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff]{4}")
_SYLLABLE = re.compile(
    r"[^aeiouyäöüåæøа-яё\W\d][aeiouyäöüåæø]|[бвгджзклмнпрстфхцчшщ][аеёиоуыэюя]", re.IGNORECASE
)
_LONG = re.compile(r"[^\s\u00ad\u200b]{9,}")
_WORD = re.compile(r"[^\W\d_]{5,}")
_SIZE = re.compile(r"(\d+(?:\.\d+)?)px")
# Scripts that are written without spaces break by themselves, as do wide characters and emoji.
_BREAKS_ITSELF = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\uff60"
    "\U0001f000-\U0003ffff"
)
_PART = re.compile(
    rf"[{_BREAKS_ITSELF}]+|(?:[^{_BREAKS_ITSELF}\-\u2010\u2013\u2014]+[\-\u2010\u2013\u2014]*|[\-\u2010\u2013\u2014]+)"
)
_ITSELF = re.compile(rf"[{_BREAKS_ITSELF}]")

# Widths in em of a bold serif, the widest of the usual fonts; a client's own may be narrower.
_NARROW = frozenset("iljtfrI.,;:'|!()[]{}`/\\-\u2019\u2018 ")
_BROAD = frozenset(
    "mwMW@%\u2014\u2026&QOGDNH\u0416\u0428\u0429\u042e\u0436\u0448\u0449\u044e\u00c6\u00e6\u0152\u0153"
)

# Letters of other scripts are wider: bold Noto Serif as Chromium measures it, four of five letters.
_WIDER = (
    (0x0530, 0x058F, 0.84),  # Armenian
    (0x0B00, 0x0B7F, 0.82),  # Oriya
    (0x0B80, 0x0BFF, 1.3),  # Tamil
    (0x0C00, 0x0CFF, 0.94),  # Telugu, Kannada
    (0x0D00, 0x0D7F, 1.35),  # Malayalam
    (0x0D80, 0x0DFF, 1.2),  # Sinhala
    (0x1200, 0x139F, 0.84),  # Ethiopic
    (0x13A0, 0x18AF, 0.9),  # Cherokee, Canadian syllables, Mongolian
    (0x2100, 0x2BFF, 0.95),  # arrows, signs and numbers in circles
    (0xA500, 0xA63F, 0.9),  # Vai
    (0xFB50, 0xFDEF, 1.2),  # ligatures of Arabic
    (0xFDF0, 0xFDFF, 7.3),  # whole sentences in one letter
    (0x1D400, 0x1D7FF, 0.92),  # letters of formulas
)
_FIRST_WIDER = chr(_WIDER[0][0])


@dataclass(frozen=True, slots=True)
class _Place:
    """What a tag and those around it say of a text in it."""

    tag: str
    size: float
    room: float
    language: str
    is_hidden: bool
    is_large: bool
    spacing: float


def fitted(html: str) -> str:
    """Return the page with breaks in every run of its texts that could not fit."""
    pieces: list[str] = []
    places = [_Place("", 16.0, NARROWEST, "en", is_hidden=False, is_large=False, spacing=0.0)]
    start = 0
    for found in TAG.finditer(html):
        text = html[start : found.start()]
        pieces.append(_text(text, places[-1]) if len(text) > 8 and _LONG.search(text) else text)
        pieces.append(found[0])
        start = found.end()
        name = (found["name"] or "").lower()
        if found["close"]:
            _leave(places, name)
        elif name and name not in VOID and not found["rest"].endswith("/"):
            places.append(_place(name, found["rest"], places[-1]))
    pieces.append(html[start:])
    return "".join(pieces)


def _leave(places: list[_Place], name: str) -> None:
    for at in range(len(places) - 1, 0, -1):
        if places[at].tag == name:
            del places[at:]
            return


def _place(name: str, rest: str, around: _Place) -> _Place:
    if "style=" not in rest and "lang=" not in rest:
        return replace(around, tag=name)
    size, taken, is_hidden, is_large, spacing = _looks(rest)
    return _Place(
        name,
        size or around.size,
        around.room - taken,
        _language(rest) or around.language,
        is_hidden=around.is_hidden or is_hidden,
        is_large=around.is_large or is_large,
        spacing=around.spacing if spacing is None else spacing,
    )


@lru_cache(maxsize=1024)
def _looks(rest: str) -> tuple[float, float, bool, bool, float | None]:
    size, taken, is_hidden, is_large, spacing = 0.0, 0.0, False, False, None
    for one in declarations(read("x", rest).attributes.get("style", "")):
        if one.name in {"font", "font-size"} and (found := _SIZE.search(one.value)):
            size = float(found[1])
        elif one.name == "padding":
            sides = _pixels(one.value)
            taken += (
                (sides[1] + sides[-1 if len(sides) == 4 else 1]) if len(sides) > 1 else 2 * sum(sides[:1])
            )
        elif one.name in {"padding-left", "padding-right"}:
            taken += sum(_pixels(one.value)[:1])
        elif one.name == "display":
            is_hidden = one.value == "none"
        elif one.name == "text-transform":
            is_large = one.value == "uppercase"
        elif one.name == "letter-spacing" and (found := _SIZE.search(one.value)):
            spacing = float(found[1])
    return size, taken, is_hidden, is_large, spacing


def _pixels(value: str) -> list[float]:
    return [
        float(part.removesuffix("px")) if re.fullmatch(r"[\d.]+(?:px)?", part) else 0.0
        for part in value.split()
    ]


def _language(rest: str) -> str:
    return read("x", rest).attributes.get("lang", "") if "lang=" in rest else ""


def _text(text: str, place: _Place) -> str:
    if place.is_hidden or "%%" in text:
        return text
    room = max(place.room, 60.0) / place.size

    def each(found: re.Match[str]) -> str:
        run = unescape(found[0])
        if all(_width(part, place) <= room for part in _PART.findall(run)):
            return found[0]
        return "".join(_broken(part, room, place) for part in _PART.findall(run))

    return _LONG.sub(each, text)


def _broken(part: str, room: float, place: _Place) -> str:
    """Return the part with as few breaks as let it fit, escaped."""
    if _ITSELF.match(part) or _width(part, place) <= room:
        return escape(part, quote=False)
    points = _hyphens(part, place.language)
    pieces: list[str] = []
    start = 0
    while _width(part[start:], place) > room:
        at = _last_that_fits(part, start, points, room - ROOM_FOR_A_HYPHEN, place)
        mark = SOFT_HYPHEN
        if at <= start:
            at, mark = _cut(part, start, room - ROOM_FOR_A_HYPHEN, place)
        if at >= len(part):
            break
        pieces.append(escape(part[start:at], quote=False) + mark)
        start = at
    return "".join((*pieces, escape(part[start:], quote=False)))


def _last_that_fits(part: str, start: int, points: list[int], room: float, place: _Place) -> int:
    fitting = (at for at in points if at > start and _width(part[start:at], place) <= room)
    return max(fitting, default=start)


def _cut(part: str, start: int, room: float, place: _Place) -> tuple[int, str]:
    """Return where a part that no dictionary knows has to be cut, and the mark of it.

    After a sign such as `/` where one is near; within a word before a consonant and its vowel, with a
    hyphen where the script has one. No mark loses its letter.
    """
    at = start + 1
    while at < len(part) and _width(part[start : at + 1], place) <= room:
        at += 1
    signs = [cut + 1 for cut in range(start + (at - start) // 2, at) if part[cut] in _SIGNS]
    if signs:
        return signs[-1], WORD_BREAK
    while at < len(part) and _joins(part[at - 1], part[at]):
        at += 1
    around = part[at - 2 : at + 2]
    if not _HYPHENATED.fullmatch(around):
        return at, WORD_BREAK
    syllables = (cut for cut in range(at, max(start + 2, at - 4), -1) if _SYLLABLE.match(part, cut))
    return next(syllables, at), SOFT_HYPHEN


def _joins(before: str, after: str) -> bool:
    return (
        before in "\u200d\u2060%{"
        or after in "\u200d\u2060\ufe0e\ufe0f"
        or unicodedata.category(after)[0] == "M"
    )


def _hyphens(part: str, language: str) -> list[int]:
    dictionary = _dictionary(language)
    if dictionary is None or "://" in part or "@" in part:
        return []
    return [found.start() + at for found in _WORD.finditer(part) for at in dictionary.positions(found[0])]


@lru_cache(maxsize=64)
def _dictionary(language: str) -> pyphen.Pyphen | None:
    """Return the hyphenation dictionary of a language; None where there is none."""
    import pyphen  # it lists its dictionaries: only where a word is too long

    name = _ALSO.get(language.lower(), language.replace("-", "_"))
    known = pyphen.language_fallback(name)
    return pyphen.Pyphen(lang=known) if known else None


_ALSO = {"no": "nb", "pt": "pt_PT", "en": "en_US"}


def _width(text: str, place: _Place) -> float:
    """Return about how wide a text is, in em; never less than it is in the usual fonts."""
    width = _em(text.upper() if place.is_large else text)
    return width + len(text) * place.spacing / place.size


@lru_cache(maxsize=8192)
def _em(text: str) -> float:
    return sum(map(_em_of, text))


@lru_cache(maxsize=4096)
def _em_of(char: str) -> float:
    if char in _NARROW:
        return 0.42
    if char in _BROAD:
        return 1.05 if char in "MW@%\u2014\u2026\u0429\u0428\u042e\u0416" else 0.92
    kind = unicodedata.category(char)
    if kind in {"Mn", "Me", "Cf"}:
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.0
    if char >= _FIRST_WIDER:
        for first, last, width in _WIDER:
            if first <= ord(char) <= last:
                return width
    return 0.8 if kind == "Lu" else 0.64
