"""The byte budget: whole items give way by rank until the mail is small enough.

Templates are rendered and inlined once, with every item between comments; what does not fit is cut out
of the finished HTML. Inlining is the slow step (measured: 112 ms for 60 stories), so no attempt repeats it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from digest.errors import TemplateFault

MAX_BYTES = 80_000
"""Of the 102 kB at which Gmail clips; the rest is for longer links, tracking and line endings."""

CONTENTS = Markup("<!--contents-->")
MORE_LINE = Markup("<!--more-line-->")
MORE_OPEN, MORE_CLOSE = Markup("<!--more-->"), Markup("<!--/more-->")
SECTION_CLOSE, ITEM_CLOSE = Markup("<!--/section-->"), Markup("<!--/item-->")

_MARK = re.compile(r"<!--(/?)(item|section|more)(?: (\d+))?-->")


@dataclass(frozen=True, slots=True)
class Lines:
    """What the mail says of its own length, for a given choice of items."""

    contents: str
    more: str


@dataclass(frozen=True, slots=True)
class Fitted:
    """A mail within the budget.

    Attributes:
        dropped: the numbers of the items that gave way, in reading order.
    """

    html: str
    dropped: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    item: int | None
    section: int | None
    is_more: bool


def item_open(number: int) -> Markup:
    """Return the mark before an item."""
    return Markup("<!--item {}-->").format(number)


def section_open(number: int) -> Markup:
    """Return the mark before a section's heading."""
    return Markup("<!--section {}-->").format(number)


def fit(
    marked: str,
    ranks: Mapping[int, int],
    describe: Callable[[frozenset[int]], Lines],
    *,
    template: str,
    max_bytes: int = MAX_BYTES,
) -> Fitted:
    """Return the marked HTML without its marks, and without the items that don't fit.

    An item that alone is too large goes first, then the worst ranks. A section without items loses its
    heading, and where nothing gave way the line about more stories goes too.

    Args:
        ranks: of every item, by number.
        describe: gives the lines for the items that stay.

    Raises:
        TemplateFault: an item has no marks, or the frame alone is over the budget.
    """
    pieces = _split(marked)
    sizes = _sizes(pieces)
    unmarked = sorted(ranks.keys() - sizes.keys())
    if unmarked:
        raise TemplateFault(template, f"item {unmarked[0]} is not in the mail; leave its block in the loop")
    frame = len(_compose(pieces, frozenset(), describe(frozenset()), is_whole=not ranks).encode())
    if frame > max_bytes:
        raise TemplateFault(
            template, f"the mail without any item has {frame} bytes of at most {max_bytes}; shorten it"
        )
    kept = sorted(
        (number for number in ranks if frame + sizes[number] <= max_bytes),
        key=lambda number: (ranks[number], number),
    )
    while True:
        chosen = frozenset(kept)
        html = _compose(pieces, chosen, describe(chosen), is_whole=len(kept) == len(ranks))
        if len(html.encode()) <= max_bytes:
            return Fitted(html, tuple(sorted(ranks.keys() - chosen)))
        kept.pop()


def _split(marked: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    item = section = None
    is_more = False
    start = 0
    for mark in _MARK.finditer(marked):
        pieces.append(_Piece(marked[start : mark.start()], item, section, is_more))
        start = mark.end()
        closes, kind, number = mark.groups()
        opened = None if closes else int(number or 0)
        if kind == "item":
            item = opened
        elif kind == "section":
            section = opened
        else:
            is_more = not closes
    pieces.append(_Piece(marked[start:], None, None, is_more=False))
    return pieces


def _sizes(pieces: Iterable[_Piece]) -> dict[int, int]:
    sizes: dict[int, int] = {}
    for piece in pieces:
        if piece.item is not None:
            sizes[piece.item] = sizes.get(piece.item, 0) + len(piece.text.encode())
    return sizes


def _compose(pieces: Iterable[_Piece], kept: frozenset[int], lines: Lines, *, is_whole: bool) -> str:
    pieces = list(pieces)
    alive = {piece.section for piece in pieces if piece.item in kept}
    text = "".join(piece.text for piece in pieces if _stays(piece, kept, alive, is_whole=is_whole))
    return text.replace(CONTENTS, escape(lines.contents)).replace(MORE_LINE, escape(lines.more))


def _stays(piece: _Piece, kept: frozenset[int], alive: set[int | None], *, is_whole: bool) -> bool:
    if piece.is_more:
        return not is_whole
    if piece.item is not None:
        return piece.item in kept
    return piece.section is None or piece.section in alive
