"""Subject and preheader: what the reader sees before opening, proposed from the top stories."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from digest.editions.display_width import cut, displayed, one_line
from digest.editions.headlines import is_bait, shorten
from digest.locales.locale import UnknownLocale, parse
from digest.locales.seams import ends_wide
from digest.locales.writing import written
from digest.model import Item, Section

MAX_SUBJECT = 65
"""Displayed characters; phones show about 40 of them, desktops about 70."""

MIN_PREHEADER, MAX_PREHEADER = 40, 130
"""Displayed characters; below the minimum an inbox fills up with the mail's first words."""

_CHOICE = 5
_SEPARATOR = " · "
_PAIR = "; "
_ECHO = 0.5
_TERM = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]{2}|[^\W_]{3,}")


@dataclass(frozen=True, slots=True)
class Proposal:
    """One way to announce an edition; the two lines never say the same."""

    subject: str
    preheader: str


def propose(
    sections: Sequence[Section], *, title: str, day: date, language: str
) -> tuple[Proposal, Proposal, Proposal]:
    """Return three different proposals, best first.

    The first is the top story, the second two stories or the next one, the third the newsletter's
    name and day. A headline in another language, or one that baits, announces the edition only
    where nothing else can. `title` is the newsletter's.
    """
    items = sorted((item for section in sections for item in section.items), key=lambda item: item.rank)
    front = _front(items, language)
    masthead = _masthead(title, _dated(day, language))
    subjects = [
        *_told(front, title, language),
        masthead,
        _masthead(title, day.isoformat()),
        day.isoformat(),
    ]
    if len(front) > 1:
        subjects.insert(2, masthead)
    first, second, third = (
        Proposal(subject, preheader(subject, front, fallback=masthead, language=language))
        for subject in list(dict.fromkeys(filter(displayed, subjects)))[:3]
    )
    return first, second, third


def preheader(subject: str, items: Iterable[Item], *, fallback: str, language: str) -> str:
    """Return the line an inbox shows after `subject`: the next headlines, none that the subject tells.

    Whole headlines as long as they fit, then, if the line is still short, the first blurb sentence
    that says something new, then `fallback`. The items come best first.
    """
    items = tuple(items)
    pieces: list[str] = []
    texts = [item.headline for item in items]
    texts += [item.blurb.sentences[0].told for item in items[:_CHOICE] if item.blurb.sentences]
    for at, text in enumerate(texts):
        line = _SEPARATOR.join(pieces)
        if at >= len(items) and displayed(line) >= MIN_PREHEADER:
            break
        room = MAX_PREHEADER - displayed(line) - (len(_SEPARATOR) if pieces else 0)
        is_whole = bool(pieces) or at >= len(items)  # a sentence cut may lose its speaker
        piece = one_line(text) if is_whole else shorten(text, room, language)
        if (
            piece
            and displayed(piece) <= room
            and not any(echoes(piece, told) for told in (subject, *pieces))
        ):
            pieces.append(piece)
    if not pieces and not echoes(fallback, subject):
        pieces.append(fallback)
    return _SEPARATOR.join(pieces)


def echoes(text: str, other: str) -> bool:
    """Tell whether half of the shorter text's words are in the other one too."""
    mine, theirs = _terms(text), _terms(other)
    smaller = min(len(mine), len(theirs))
    return smaller > 0 and len(mine & theirs) / smaller >= _ECHO


def _front(items: list[Item], language: str) -> list[Item]:
    """Return the items, those fit to announce the edition first among the best few."""

    def is_unfit(item: Item) -> bool:
        is_foreign = bool(item.language) and item.language[:2] != language[:2]
        return is_foreign or is_bait(item.headline, language)

    named = [item for item in items if displayed(one_line(item.headline))]
    best = named[:_CHOICE]
    return sorted(best, key=is_unfit) + named[_CHOICE:]


def _told(front: Sequence[Item], title: str, language: str) -> list[str]:
    """Return the subjects that tell a story: the best one's, the second's, the best one's named."""
    if not front:
        return []
    best = front[0].headline
    colon = "：" if ends_wide(title) else ": "
    named = shorten(f"{one_line(title)}{colon}{one_line(best)}", MAX_SUBJECT, language)
    return [shorten(best, MAX_SUBJECT, language), _second(front, language), named]


def _second(front: Sequence[Item], language: str) -> str:
    """Return two headlines in one line where they fit whole, else the second story's."""
    first, *rest = (one_line(item.headline) for item in front[:_CHOICE])
    for other in rest:
        pair = f"{first}{'；' if ends_wide(first) else _PAIR}{other}"
        if displayed(pair) <= MAX_SUBJECT and not echoes(first, other):
            return pair
    return shorten(rest[0], MAX_SUBJECT, language) if rest else ""


def _masthead(title: str, dated: str) -> str:
    name = cut(one_line(title), MAX_SUBJECT - displayed(dated) - len(_SEPARATOR))
    return f"{name}{_SEPARATOR}{dated}"


def _dated(day: date, language: str) -> str:
    """Return the day and month as the language writes them."""
    try:
        locale = parse(language or "en")
    except UnknownLocale:
        locale = parse("en")
    return written("MMMMd", day, locale)


def _terms(text: str) -> set[str]:
    return {match[0].casefold() for match in _TERM.finditer(text)}
