"""Quotations that run over several sentences: each sentence alone gets its marks back.

`"We lost all. Nobody asked us," she said.` is two sentences; the second alone, with the mark that the
first one holds, is `"Nobody asked us," she said.` Only where a paragraph's marks leave one reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_MARK = re.compile(r"[“”\"]")
_STRAIGHT = '"'


class Quotations:
    """Knows for each place of one paragraph whether somebody is being quoted there."""

    def __init__(self, paragraph: str) -> None:
        """Read the paragraph's marks; those of inches and other strays are passed over."""
        # NOTE: in German “ closes; its „ “ pairs are left as they are.
        has_marks = "„" not in paragraph and ('"' in paragraph or "“" in paragraph)
        self._borders = tuple(_borders(paragraph)) if has_marks else ()
        self._closing = "”" if "“" in paragraph else _STRAIGHT
        self._opening = "“" if "“" in paragraph else _STRAIGHT

    def is_inside(self, at: int) -> bool:
        """Tell whether the place just before `at` is within a quotation."""
        inside = False
        for place, opens in self._borders:
            if place >= at:
                break
            inside = opens
        return inside

    def completed(self, text: str, start: int, end: int) -> str:
        """Return the sentence at [start, end), if it has one mark of a pair, with the other one."""
        if len(_MARK.findall(text)) != 1:
            return text
        begins, ends = self.is_inside(start), self.is_inside(end)
        if begins and not ends:
            return self._opening + text
        if ends and not begins:
            return text + self._closing
        return text

    def is_spoken(self, start: int, end: int) -> bool:
        """Tell whether the whole of [start, end) is somebody's words, and only the context says whose.

        Known by curly marks alone: straight ones are lost too often to tell by what is missing.
        """
        if self._closing == _STRAIGHT:
            return False
        crossed = any(start <= place < end for place, _ in self._borders)
        return not crossed and self.is_inside(start)


def _borders(paragraph: str) -> Iterator[tuple[int, bool]]:
    """Yield where quotations open and close."""
    inside = False
    for match in _MARK.finditer(paragraph):
        at = match.start()
        before, after = paragraph[at - 1 : at], paragraph[at + 1 : at + 2]
        if match[0] == _STRAIGHT:
            opens = (not before or before.isspace() or before in "([—–-‘'") and bool(after.strip())
            closes = bool(before.strip()) and not after.isalnum()
            if not inside and closes and before.isdigit():
                continue
            opens = (opens or not inside) and not (inside and closes)
        else:
            opens = match[0] == "“"
        if opens != inside:
            inside = opens
            yield at, inside
