"""Whose words a stretch of text is: the paper's own, or those of somebody it quotes.

Quotations run over sentences and paragraphs, close with other marks than they open with, and lose marks
on the way. Every reading here errs to one side: what may be somebody's words is taken to be.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from digest.summaries.language.marks import Mark, family, marks_of, partner
from digest.summaries.language.speaker_elsewhere import tells_nobody
from digest.summaries.language.speaking import attributes, is_speaking
from digest.summaries.language.talk.dialogue import announced_at, spoken_paragraphs, talk_at

_LOOSE = re.compile(r"([\"“”«»])\s+(?=\w)")
_WORD = re.compile(r"[^\W_]+")
_UNSPACED_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]{2}")

_MARKS_FOLLOW = re.compile("[\"'“”„«»‘‚「『]")
_INTRODUCING = frozenset(":,：，،")
_COLONS = frozenset(":：")
_SPEAKER_FOLLOWS = re.compile(r"[,，،、]|\s[—–―-]")
_LOST_CHARACTERS = 500
"""A mark whose partner is lost makes no more of its paragraph doubtful than this."""
_DIRECTED = frozenset("“„«")
_NEAR = 40
_MOST_LOST = 8
"""A paragraph that loses more is all doubtful: reading it over and over would take long."""


@dataclass(slots=True)
class _Opened:
    """A quotation that is open.

    Attributes:
        opening: its mark, with the space that French sets after it.
        closing: the mark that closed it in the text; until then its usual partner.
        at: where it opened; -1 where that was in another paragraph.
    """

    sign: str
    opening: str
    closing: str
    at: int = -1
    is_closed: bool = False


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
        if loose := _LOOSE.match(text):
            if self._opened_at(start + 1) <= self._opened_at(start):
                text, start = text[loose.end() :], start + loose.end()
            elif loose[1] not in "«»":
                text = loose[1] + text[loose.end() :]
        first, last = bisect_right(self._places, start), bisect_right(self._places, end)
        within = self._borders[first:last]
        before = self._borders[first - 1].opened if first else ()
        if not within and not before:
            return text
        if any(border.is_guessed for border in within) or not self._names_speaker(start, end):
            return None
        after = within[-1].opened if within else before
        if (before or after) and not self._says_whose(start, end, before, after):
            return None
        for one in reversed(before):
            is_there = text.startswith((one.sign, one.opening.strip() or one.sign))
            text = text if is_there else one.opening + text
        for one in reversed(after):
            text = text if text.endswith(one.closing) else text + one.closing
        return text

    def _says_whose(
        self, start: int, end: int, before: Sequence[_Opened], after: Sequence[_Opened]
    ) -> bool:
        """Tell whether a sentence that holds a part of a quotation names who speaks."""
        if any(self._ends_anywhere(one) for one in after):
            return False
        is_told = self._is_attributed(start, end, after)
        return is_told and not (before and tells_nobody(self.own(start, end)))

    def _is_attributed(self, start: int, end: int, after: Sequence[_Opened]) -> bool:
        """Tell whether a sentence that holds a part of a quotation says that somebody speaks.

        By a word for it, by the colon before, or by what follows the end after a comma or dash.
        """
        if attributes(self.own(start, end)):
            return True
        if after:
            lead = self._paragraph[max(0, after[0].at - 3) : max(0, after[0].at)].rstrip()
            return lead[-1:] in _COLONS
        closed = next((at for at in self._places if start < at <= end and not self._opened_at(at)), end)
        return bool(_SPEAKER_FOLLOWS.search(self._paragraph[max(0, closed - 3) : closed + 3]))

    def _ends_anywhere(self, opened: _Opened) -> bool:
        """Tell whether a quotation that nothing closes may end before its sentence does.

        After a colon or comma it is all of the rest.
        """
        lead = self._paragraph[max(0, opened.at - 3) : max(0, opened.at)].rstrip()
        return not opened.is_closed and opened.at > 0 and lead[-1:] not in _INTRODUCING

    def _opened_at(self, at: int) -> int:
        """Return how many quotations are open at a place."""
        place = bisect_right(self._places, at)
        return len(self._borders[place - 1].opened) if place else 0

    def own(self, start: int, end: int) -> str:
        """Return what of [start, end) stands outside of quotations."""
        return " ".join(part for part, is_own in self._stretches(start, end) if is_own)

    def spoken(self, start: int, end: int) -> str:
        """Return what of [start, end) stands within quotations."""
        return " ".join(part for part, is_own in self._stretches(start, end) if not is_own)

    def _names_speaker(self, start: int, end: int) -> bool:
        """Tell whether the words outside the quotation are a clause of the paper's own."""
        outside = self.own(start, end)
        words = _WORD.findall(outside)
        return len(words) > 1 or bool(_UNSPACED_WORD.search(outside)) or any(map(is_speaking, words))

    def _stretches(self, start: int, end: int) -> Iterator[tuple[str, bool]]:
        """Yield the parts between marks, and whether they are the paper's own."""
        first, last = bisect_right(self._places, start), bisect_right(self._places, end)
        places = [start, *self._places[first:last], end]
        before = self._borders[first - 1].opened if first else ()
        states = [before, *(border.opened for border in self._borders[first:last])]
        for (begin, stop), opened in zip(pairwise(places), states, strict=True):
            yield self._paragraph[begin:stop], not opened


def read_quotations(paragraphs: Sequence[str], whole: Sequence[str] = ()) -> list[Quotations]:
    """Return the quotations of an article's paragraphs, those that run from one to the next included.

    A quotation that a paragraph leaves open goes on where a later one closes it before it opens another;
    else it ends with its paragraph. Dialogue and turns of an interview are speech without marks.

    Args:
        whole: the same paragraphs as they were before a dateline or a speaker's name was taken off.
    """
    found: list[Quotations] = []
    marks = [marks_of(paragraph) for paragraph in paragraphs]
    spoken = spoken_paragraphs(whole or paragraphs)
    follows = _first_marks(marks)
    opened: tuple[_Opened, ...] = ()
    for at, paragraph in enumerate(paragraphs):
        if not opened and at in spoken:
            found.append(Quotations(paragraph, [_Border(0, (_Opened("", "", ""),))]))
            continue
        told = whole[at] if whole else paragraph
        borders = _announced(_borders(marks[at], opened), paragraph, told, is_first=at == 0)
        left = tuple(one for one in borders[-1].opened if one.sign) if borders else ()
        opened = tuple(replace(one, at=-1) for one in left if _goes_on(one, follows[at + 1]))
        for _ in range(_MOST_LOST):
            if opened or not left or not 0 <= left[0].at < len(paragraph) - _LOST_CHARACTERS:
                break
            borders = _without_end(borders, marks[at], left[0].at + _LOST_CHARACTERS)
            left = borders[-1].opened
        found.append(Quotations(paragraph, borders))
    return found


def _announced(borders: list[_Border], paragraph: str, whole: str, *, is_first: bool) -> list[_Border]:
    """Return the borders with those of words without marks: what a colon announces, and talk."""
    talk = talk_at(whole)
    if talk is not None:
        talk = max(0, talk - (len(whole) - len(paragraph)))
    for at in (announced_at(paragraph, is_first=is_first), talk):
        if at is not None and not _MARKS_FOLLOW.match(paragraph, at) and not _state(borders, at):
            borders = _spoken_from(borders, at, paragraph)
    return borders


def _spoken_from(borders: list[_Border], at: int, paragraph: str) -> list[_Border]:
    end = at + _LOST_CHARACTERS
    spoken = _Opened("", "", "", at)
    before = [border for border in borders if border.at < at]
    within = [replace(one, opened=(spoken, *one.opened)) for one in borders if at <= one.at < end]
    after = [border for border in borders if border.at >= end]
    last = [_Border(end, _state(borders, end), is_guessed=True)] if end < len(paragraph) else []
    return [*before, _Border(at, (spoken,)), *within, *last, *after]


def _state(borders: Sequence[_Border], at: int) -> tuple[_Opened, ...]:
    return next((border.opened for border in reversed(borders) if border.at <= at), ())


def _without_end(borders: list[_Border], marks: Sequence[Mark], end: int) -> list[_Border]:
    """Return the borders where a quotation that nothing closes is taken to end at `end`."""
    before = [border for border in borders if border.at < end]
    after = _borders([mark for mark in marks if mark.at >= end], ())
    return [*before, _Border(end, (), is_guessed=True), *after]


def _goes_on(opened: _Opened, follows: dict[str, Mark]) -> bool:
    """Tell whether a quotation that its paragraph leaves open is closed by the next mark of its family."""
    mark = follows.get(family(opened.sign))
    return mark is not None and mark.closes_after(opened.sign)


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
    for place, mark in enumerate(marks):
        held = next((at for at in range(len(state) - 1, -1, -1) if _is_same_kind(state[at], mark)), None)
        sign = state[held].sign if held is not None else ""
        if mark.opens_after(sign) or (held is None and _opens_glued(marks, place)):
            state = (*state, _Opened(mark.sign, mark.opening, partner(mark.sign), mark.at))
            borders.append(_Border(mark.end, state))
        elif held is not None and mark.closes_after(sign):
            state[held].closing, state[held].is_closed = mark.closing, True
            state = state[:held]
            borders.append(_Border(mark.end, state))
        elif held is not None and mark.can_open and not mark.can_close:
            state = _nested(borders, state, held, mark) or _reopened(borders, state, held, mark)
        elif held is None and mark.is_orphan:
            _guess(borders, mark, state)
            borders.append(_Border(mark.end, state))
    return borders


def _opens_glued(marks: Sequence[Mark], place: int) -> bool:
    """Tell whether a straight mark on the wrong side of its space (`said." We left," he`) opens.

    The next one tells, where it can only close.
    """
    if not marks[place].is_glued:
        return False
    following = next(
        (mark for mark in marks[place + 1 : place + 4] if mark.sign == marks[place].sign), None
    )
    return following is not None and following.is_orphan and not following.is_glued


def _nested(
    borders: list[_Border], state: tuple[_Opened, ...], held: int, mark: Mark
) -> tuple[_Opened, ...]:
    """Return the state after a mark that opens again near the open one: a word set in the same marks."""
    if mark.sign not in _DIRECTED or not 0 <= mark.at - state[held].at <= _NEAR or state[held].at < 0:
        return ()
    state = (*state, _Opened(mark.sign, mark.opening, partner(mark.sign), mark.at))
    borders.append(_Border(mark.end, state))
    return state


def _reopened(
    borders: list[_Border], state: tuple[_Opened, ...], held: int, mark: Mark
) -> tuple[_Opened, ...]:
    """Return the state after a mark that opens where its family is open: the one that closed it is lost."""
    if state[held].at < 0 or mark.at - state[held].at <= _LOST_CHARACTERS:
        return state
    borders.append(_Border(state[held].at + _LOST_CHARACTERS, state[:held], is_guessed=True))
    state = (*state[:held], _Opened(mark.sign, mark.opening, partner(mark.sign), mark.at))
    borders.append(_Border(mark.end, state))
    return state


def _guess(borders: list[_Border], mark: Mark, state: tuple[_Opened, ...]) -> None:
    """Take what stands before, but not farther than the last border, to be quoted: its mark is lost."""
    lost = (*state, _Opened(partner(mark.sign), partner(mark.sign) + mark.closing[:-1], mark.closing))
    begin = max(borders[-1].at if borders else 0, mark.at - _LOST_CHARACTERS)
    borders.append(_Border(begin, lost, is_guessed=begin > 0))


def _is_same_kind(opened: _Opened, mark: Mark) -> bool:
    return family(opened.sign) == family(mark.sign)
