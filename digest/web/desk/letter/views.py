"""What the edition page shows of the blocks, and where one can be put."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest.editions.block_changes import text_of
from digest.model import Block, BlockKind, Edition, Spot
from digest.model.blocks import PICTURED, TEXTS
from digest.web.desk.letter.blocks import LONGEST, NAMES, SEVERAL_LINES
from digest.words.speaking import later, say

LABELS: Mapping[str, str] = {
    "title": later("Headline"),
    "text": later("Text"),
    "source": later("Signed by"),
    "url": later("Address"),
    "label": later("Words of the link"),
    "answers": later("Answers, one a line: words, then their address"),
}
OWN_LABELS: Mapping[tuple[BlockKind, str], str] = {
    (BlockKind.QUOTATION, "text"): later("Quotation, with its marks"),
    (BlockKind.QUOTATION, "source"): later("Who said it"),
    (BlockKind.NUMBER, "title"): later("Number"),
    (BlockKind.NUMBER, "text"): later("What it says"),
    (BlockKind.NUMBER, "source"): later("Where it is from"),
    (BlockKind.SPONSOR, "source"): later("Who pays for it"),
    (BlockKind.POLL, "title"): later("Question"),
}


@dataclass(frozen=True, slots=True)
class TextView:
    """One text of a block as a field."""

    name: str
    label: str
    value: str
    most: int
    is_long: bool
    is_rich: bool


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block as the page shows it."""

    block: Block
    name: str
    texts: tuple[TextView, ...]
    is_pictured: bool


@dataclass(frozen=True, slots=True)
class SpotView:
    """A spot where blocks can stand, with those that do.

    Attributes:
        id: `top`, `lead`, `end`, or `section` with the section's key.
        said: the spot in words: "at the top", "after Politics".
    """

    id: str
    spot: Spot
    section: str
    said: str
    blocks: tuple[BlockView, ...]


def spots(edition: Edition, sections: Sequence[tuple[str, str]]) -> dict[str, SpotView]:
    """Return every spot of the page by its id, in the mail's order.

    Args:
        sections: key and title of each that the page shows; a block of another stands at the end.
    """
    known = {key for key, _ in sections}
    places = [(Spot.TOP, "", say("at the top")), (Spot.LEAD, "", say("after the lead"))]
    places += [(Spot.SECTION, key, say("after %(section)s", section=title)) for key, title in sections]
    places.append((Spot.END, "", say("at the end")))
    found: dict[tuple[Spot, str], list[BlockView]] = {}
    for block in edition.blocks:
        is_lost = block.spot is Spot.SECTION and block.section not in known
        where = (Spot.END, "") if is_lost else (block.spot, block.section)
        found.setdefault(where, []).append(_view(block))
    return {
        _id(spot, section): SpotView(
            _id(spot, section), spot, section, said, tuple(found.get((spot, section), ()))
        )
        for spot, section, said in places
    }


def _id(spot: Spot, section: str) -> str:
    return f"section {section}" if spot is Spot.SECTION else spot.value


def _view(block: Block) -> BlockView:
    return BlockView(
        block,
        say(NAMES[block.kind]),
        tuple(
            TextView(
                name,
                say(OWN_LABELS.get((block.kind, name), LABELS[name])),
                text_of(block, name),
                LONGEST[name],
                name in SEVERAL_LINES,
                name == "text",
            )
            for name in TEXTS[block.kind]
        ),
        block.kind in PICTURED,
    )
