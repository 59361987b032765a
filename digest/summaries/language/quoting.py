"""Whose words a stretch of text is: the paper's own, or those of somebody it quotes.

Quotations run over sentences and paragraphs, close with other marks than they open with, and lose marks
on the way. Every reading here errs to one side: what may be somebody's words is taken to be.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from digest.summaries.language.marks import Mark, family, marks_of, partner
from digest.summaries.language.speaking import is_speaking

_DIALOGUE = re.compile(r"\s*[—–―]\s*[^\W\d_]")
_WORD = re.compile(r"[^\W_]+")
_UNSPACED_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]{2}")


@dataclass(slots=True)
class _Opened:
    """A quotation that is open.

    Attributes:
        opening: its mark, with the space that French sets after it.
        closing: the mark that closed it in the text; until then its usual partner.
    """

    sign: str
    opening: str
    closing: str


@dataclass(frozen=True, slots=True)
class _Border:
    """A place from which on, to the next one, the same quotations are open.

    Attributes:
        is_guessed: no mark stands here; one that closes what nothing opened shows that one was lost.
    """

    at: int
    opened: tuple[_Opened, ...]
    is_guessed: bool = False


class Quotations:
    """Knows for each place of one paragraph who is being quoted there."""

    def __init__(self, paragraph: str, borders: Sequence[_Border]) -> None:
        """Keep the paragraph and where quotations open and close in it."""
        self._paragraph, self._borders = paragraph, borders
        self._places = [border.at for border in borders]

    def told(self, text: str, start: int, end: int) -> str | None:
        """Return the sentence at [start, end) with the marks that stand in its neighbors put back.

        None where it is somebody's words and does not say whose: so it can't be printed.

        Args:
            text: the sentence, tidied.
        """
        first, last = bisect_right(self._places, start), bisect_right(self._places, end)
        within = self._borders[first:last]
        before = self._borders[first - 1].opened if first else ()
        if not within and not before:
            return text
        if any(border.is_guessed for border in within) or not self._names_speaker(start, end, first, last):
            return None
        after = within[-1].opened if within else before
        for one in reversed(before):
            text = text if text.startswith(one.sign) else one.opening + text
        for one in reversed(after):
            text = text if text.endswith(one.closing) else text + one.closing
        return text

    def _names_speaker(self, start: int, end: int, first: int, last: int) -> bool:
        """Tell whether the words outside the quotation are a clause of the paper's own."""
        places = [start, *self._places[first:last], end]
        states = [
            self._borders[first - 1].opened if first else (),
            *(border.opened for border in self._borders[first:last]),
        ]
        outside = " ".join(
            self._paragraph[begin:stop]
            for (begin, stop), opened in zip(pairwise(places), states, strict=True)
            if not opened
        )
        words = _WORD.findall(outside)
        return len(words) > 1 or bool(_UNSPACED_WORD.search(outside)) or any(map(is_speaking, words))


def read_quotations(paragraphs: Sequence[str]) -> list[Quotations]:
    """Return the quotations of an article's paragraphs, those that run from one to the next included.

    A quotation that a paragraph leaves open goes on where a later one closes it before it opens another;
    else it ends with its paragraph. A paragraph that opens with a dash is one of dialogue.
    """
    found: list[Quotations] = []
    marks = [marks_of(paragraph) for paragraph in paragraphs]
    is_list = sum(bool(_DIALOGUE.match(paragraph)) for paragraph in paragraphs) * 2 > len(paragraphs)
    follows = _first_marks(marks)
    opened: tuple[_Opened, ...] = ()
    for at, paragraph in enumerate(paragraphs):
        if not opened and not is_list and _DIALOGUE.match(paragraph):
            found.append(Quotations(paragraph, [_Border(0, (_Opened("", "", ""),))]))
            continue
        borders = _borders(marks[at], opened)
        found.append(Quotations(paragraph, borders))
        left = borders[-1].opened if borders else ()
        opened = tuple(
            one
            for one in left
            if (mark := follows[at + 1].get(family(one.sign))) and mark.closes_after(one.sign)
        )
    return found


def _first_marks(marks: Sequence[Sequence[Mark]]) -> list[dict[str, Mark]]:
    """Return for each paragraph, and for the end, the first mark of each family from there on."""
    following: list[dict[str, Mark]] = [{}]
    for own in reversed(marks):
        first = dict(following[-1])
        for mark in reversed(own):
            if mark.is_decisive:
                first[family(mark.sign)] = mark
        following.append(first)
    return following[::-1]


def _borders(marks: Sequence[Mark], opened: tuple[_Opened, ...]) -> list[_Border]:
    """Return where the state changes in a paragraph that begins with `opened`."""
    borders = [_Border(0, opened)] if opened else []
    state = opened
    for mark in marks:
        held = next((at for at in range(len(state) - 1, -1, -1) if _is_same_kind(state[at], mark)), None)
        sign = state[held].sign if held is not None else ""
        if mark.opens_after(sign):
            state = (*state, _Opened(mark.sign, mark.opening, partner(mark.sign)))
            borders.append(_Border(mark.end, state))
        elif held is not None and mark.closes_after(sign):
            state[held].closing = mark.closing
            state = state[:held]
            borders.append(_Border(mark.end, state))
        elif held is None and mark.is_orphan:
            _guess(borders, mark, state)
            borders.append(_Border(mark.end, state))
    return borders


def _guess(borders: list[_Border], mark: Mark, state: tuple[_Opened, ...]) -> None:
    """Take all since the last border to be quoted: the mark that opened it is lost."""
    lost = (*state, _Opened(partner(mark.sign), partner(mark.sign) + mark.closing[:-1], mark.closing))
    borders.append(_Border(borders[-1].at if borders else 0, lost, is_guessed=bool(borders)))


def _is_same_kind(opened: _Opened, mark: Mark) -> bool:
    return family(opened.sign) == family(mark.sign)
