"""What an editor puts into a letter besides its stories: blocks, each at a spot of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NewType

from digest.model.articles import Image

BlockId = NewType("BlockId", str)

MOST_BLOCKS = 20
"""Of one edition."""
MOST_ANSWERS = 6
"""Of one question; what a mail still shows on one screen of a phone."""


class BlockKind(StrEnum):
    """What a block is; a sponsor's is always labelled as one."""

    NOTE = "note"
    QUOTATION = "quotation"
    NUMBER = "number"
    ANNOUNCEMENT = "announcement"
    SPONSOR = "sponsor"
    POLL = "poll"


class Spot(StrEnum):
    """Where in a letter blocks may stand."""

    TOP = "top"
    LEAD = "lead"
    """After the story that the mail opens with."""
    SECTION = "section"
    """After a section, which the block names."""
    END = "end"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a question; without an address it is only read."""

    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One block. Which of its texts it has, says `TEXTS`; all are as the editor typed them.

    Attributes:
        section: the key of the section it stands after, at the spot `section`.
        title: its headline; of a number the number itself, of a question the question.
        text: Markdown, of which bold, italics, links and paragraphs count.
        source: who said it, where it is from, or whom a sponsor's block is from.
        label: the words of its link.
        answers: one a line: words, then their address.
        picture: of a sponsor's block or an announcement.
    """

    id: BlockId
    kind: BlockKind
    spot: Spot = Spot.TOP
    section: str = ""
    title: str = ""
    text: str = ""
    source: str = ""
    url: str = ""
    label: str = ""
    answers: str = ""
    picture: Image | None = None

    @property
    def choices(self) -> tuple[Answer, ...]:
        """Return the answers of a question, as typed; at most `MOST_ANSWERS`."""
        lines = (line.strip() for line in self.answers.splitlines())
        return tuple(_answer(line) for line in lines if line)[:MOST_ANSWERS]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was written into it yet: no mail shows such a block."""
        written = (self.title, self.text, self.answers)
        return not self.picture and not any(text.strip() for text in written)


TEXTS: Mapping[BlockKind, tuple[str, ...]] = MappingProxyType(
    {
        BlockKind.NOTE: ("title", "text", "source"),
        BlockKind.QUOTATION: ("text", "source", "url"),
        BlockKind.NUMBER: ("title", "text", "source", "url"),
        BlockKind.ANNOUNCEMENT: ("title", "text", "url", "label"),
        BlockKind.SPONSOR: ("source", "title", "text", "url", "label"),
        BlockKind.POLL: ("title", "text", "answers"),
    }
)
"""The texts of each kind, in the order an editor writes them."""

PICTURED = frozenset({BlockKind.ANNOUNCEMENT, BlockKind.SPONSOR})
"""The kinds that may show a picture."""


@dataclass(frozen=True, slots=True)
class DaySpan:
    """Days from the first to the last, both counted in."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Booking:
    """A sponsor's block that stands in the drafts of some days of one newsletter by itself.

    Attributes:
        number: 0 before it is kept.
        version: one more with every change.
        who, at: of the last change.
        ended_at: from then on it is placed into no draft; None while it stands.
    """

    number: int
    newsletter: str
    block: Block
    spans: tuple[DaySpan, ...]
    who: str
    at: datetime
    version: int = 0
    ended_at: datetime | None = None

    def covers(self, day: date) -> bool:
        """Tell whether it is booked for that day."""
        return self.ended_at is None and any(one.first <= day <= one.last for one in self.spans)

    @property
    def last_day(self) -> date:
        """Return the last day it is booked for."""
        return max(one.last for one in self.spans)

    @property
    def placed(self) -> Block:
        """Return it as an edition's block."""
        return replace(self.block, id=BlockId(f"{BOOKED}{self.number}"))


BOOKED = "booked-"
"""What the blocks of bookings are called, before the booking's number."""


def link_name(block: Block, answer: int | None = None) -> str:
    """Return what a counted link of a block is known by; no article is called so.

    Args:
        answer: the place of the question's answer that the link stands for.
    """
    return f"block-{block.id}" + ("" if answer is None else f"-{answer}")


def links(block: Block) -> Mapping[str, str]:
    """Return where the block's own links lead, by the names they are counted by."""
    found = {link_name(block): block.url}
    found |= {link_name(block, place): one.url for place, one in enumerate(block.choices)}
    return {name: url for name, url in found.items() if url}


def _answer(line: str) -> Answer:
    words, _, last = line.rpartition(" ")
    if last.startswith(("https://", "http://", "mailto:")):
        return Answer(words.strip(" \t|:–—-") or last, last)
    return Answer(line)
