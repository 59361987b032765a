"""What the page asks of an edition's blocks, as changes: add, write, move, take out, take back."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from digest.editions.block_changes import (
    AddBlock,
    DropBlock,
    MoveBlock,
    WriteBlock,
    block_of,
    text_of,
)
from digest.editions.display_width import one_line, paragraphs, several_lines
from digest.editions.stored_changes import restored
from digest.errors import BadData, EditionConflict
from digest.model import Block, BlockId, BlockKind, Edition, Spot
from digest.model.blocks import TEXTS
from digest.model.desk import ChangeState
from digest.rendering.letter.blocks import weight
from digest.rendering.letter.richtext import Rich, rich
from digest.web.desk import deeds
from digest.web.desk.commands import Command, Subject, place_in
from digest.words.speaking import in_quotes, later, say

MOST_BYTES = 32_000
"""Of all blocks of a mail together; what is left of its budget is the stories'."""

_NAME_LENGTH = 60
"""Of a block's name, in characters."""

LONGEST: Mapping[str, int] = {
    "title": 300,
    "text": 4_000,
    "source": 300,
    "url": 2_000,
    "label": 100,
    "answers": 3_000,
}
SEVERAL_LINES = frozenset({"text", "answers"})
_FOLDED = {"text": paragraphs, "answers": several_lines}

NAMES: Mapping[BlockKind, str] = {
    BlockKind.NOTE: later("Note"),
    BlockKind.QUOTATION: later("Quotation"),
    BlockKind.NUMBER: later("Number of the day"),
    BlockKind.ANNOUNCEMENT: later("Announcement"),
    BlockKind.SPONSOR: later("Advertisement"),
    BlockKind.POLL: later("Question"),
}
"""What each kind is called at the desk."""

TEXT_KINDS = frozenset(f"block-{name}" for name in LONGEST)
"""The changes of one text."""


def read(sent: Mapping[str, Any], subject: Subject) -> Command:
    """Return the change of a block that the page asks for.

    Raises:
        BadData: it asks for nothing that can be done; says why.
    """
    kind = str(sent.get("kind"))
    try:
        if kind in TEXT_KINDS:
            return _write(kind.removeprefix("block-"), sent, subject)
        return _COMMANDS[kind](sent, subject)
    except EditionConflict as error:
        raise BadData(
            say("The block"), say("it is not in the edition any more"), say("Load the page again.")
        ) from error


def value_of(edition: Edition, sent: Mapping[str, Any]) -> str:
    """Return what is stored in the text that a change was for; empty where the block is gone."""
    name = str(sent.get("kind")).removeprefix("block-")
    found = next((one for one in edition.blocks if one.id == sent.get("article")), None)
    return text_of(found, name) if found else ""


def said(block: Block) -> str:
    """Return a block's name for the history: its kind, and its first words."""
    words = _first_words(block)
    return f"{NAMES[block.kind]} “{words}”" if words else NAMES[block.kind]


def called(block: Block) -> str:
    """Return a block's name for the one who asks: its kind, and its first words."""
    words = _first_words(block)
    return f"{say(NAMES[block.kind])} {in_quotes(words)}" if words else say(NAMES[block.kind])


def _first_words(block: Block) -> str:
    """Return the beginning of what the block says, as it is read: marks of bold and links left out."""
    text = rich(block.text, _NAME_LENGTH)
    words = text.markup.striptags() if isinstance(text, Rich) else text
    return one_line(block.title or words or block.source)[:_NAME_LENGTH]


def named_links(block: Block) -> Mapping[str, str]:
    """Return where the block's links lead, each with its name for people: an answer by its words."""
    found = {block.url: called(block)} if block.url else {}
    for one in block.choices:
        if one.url:
            found.setdefault(one.url, f"{called(block)}: {one.words}")
    return found


def _add(sent: Mapping[str, Any], subject: Subject) -> Command:
    try:
        kind = BlockKind(str(sent.get("block")))
    except ValueError as error:
        raise BadData(
            say("The block"), say("it is of no known kind"), say("Load the page again.")
        ) from error
    spot, section = _spot(sent, subject)
    block = Block(BlockId(secrets.token_hex(8)), kind, spot, section)
    return Command(AddBlock(block), deeds.ADDED_BLOCK % {"block": NAMES[kind]})


def _drop(sent: Mapping[str, Any], subject: Subject) -> Command:
    block = block_of(subject.edition, _name(sent))
    return Command(DropBlock(block.id), deeds.TOOK_BLOCK_OUT % {"block": said(block)})


def _write(name: str, sent: Mapping[str, Any], subject: Subject) -> Command:
    block = block_of(subject.edition, _name(sent))
    if name not in TEXTS[block.kind]:
        raise BadData(say("The block"), say("it has no such text"), say("Load the page again."))
    typed, most = sent.get("text"), LONGEST[name]
    if not isinstance(typed, str):
        raise BadData(say("The change"), say("text is missing"), say("Load the page again."))
    if len(typed) > most:
        raise BadData(
            say("The text"),
            say("it has %(count)s characters, %(most)s at most", count=len(typed), most=most),
            say("Shorten it."),
        )
    text = _FOLDED.get(name, one_line)(typed)
    change = WriteBlock(block.id, name, text)
    found = weight(change.change(subject.edition).blocks)
    if found > MOST_BYTES and len(text) > len(text_of(block, name)):
        raise BadData(
            say("The blocks"),
            say(
                "they take %(found)s kB of the mail, %(most_bytes)s at most, and no story fits",
                found=found // 1000,
                most_bytes=MOST_BYTES // 1000,
            ),
            say("Shorten one, or take one out."),
        )
    return Command(change, deeds.WROTE_IN_BLOCK % {"block": said(block)}, f"block-{name} {block.id}")


def _move(sent: Mapping[str, Any], subject: Subject) -> Command:
    edition = subject.edition
    block = block_of(edition, _name(sent))
    if sent.get("way") in {"up", "down"}:
        change = _nudged(block, subject, is_up=sent["way"] == "up")
    else:
        spot, section = _spot(sent, subject)
        behind = sent.get("behind")
        at = _behind(block, edition, (spot, section), behind) if isinstance(behind, str) else None
        change = (
            MoveBlock(block.id, spot, section) if at is None else MoveBlock(block.id, spot, section, at)
        )
    return Command(change, deeds.MOVED_BLOCK % {"block": said(block)})


def _behind(block: Block, edition: Edition, there: tuple[Spot, str], behind: str) -> int | None:
    """Return the index right behind a block of a spot, before all of the spot for an empty name.

    None, for the spot's end, where that block stands elsewhere by now: somebody else may have moved it.
    """
    others = [one for one in edition.blocks if one.id != block.id]
    mates = [at for at, one in enumerate(others) if (one.spot, one.section) == there]
    if not behind:
        return mates[0] if mates else None
    return next((at + 1 for at in mates if others[at].id == behind), None)


def _nudged(block: Block, subject: Subject, *, is_up: bool) -> MoveBlock:
    """Return the move past the neighbor at the same spot, or on to the next spot."""
    others = [one for one in subject.edition.blocks if one.id != block.id]
    here = (block.spot, block.section)
    mates = [one for one in subject.edition.blocks if (one.spot, one.section) == here]
    at = mates.index(block)
    if is_up and at > 0:
        return MoveBlock(block.id, *here, others.index(mates[at - 1]))
    if not is_up and at + 1 < len(mates):
        return MoveBlock(block.id, *here, others.index(mates[at + 1]) + 1)
    spots = spots_of(subject)
    place = spots.index(here) if here in spots else len(spots) - 1
    there = spots[max(0, place - 1)] if is_up else spots[min(len(spots) - 1, place + 1)]
    if is_up:
        return MoveBlock(block.id, *there)
    first = next((one for one in others if (one.spot, one.section) == there), None)
    return MoveBlock(block.id, *there, others.index(first) if first else len(others))


def spots_of(subject: Subject) -> list[tuple[Spot, str]]:
    """Return where blocks can stand, in the mail's order."""
    keys = [rule.key for rule in subject.newsletter.sections]
    keys += [section.key for section in subject.edition.sections if section.key not in keys]
    return [
        (Spot.TOP, ""),
        (Spot.LEAD, ""),
        *((Spot.SECTION, key) for key in keys),
        (Spot.END, ""),
    ]


def restoring(sent: Mapping[str, Any], subject: Subject) -> Command | None:
    """Return the change that takes a block back which was taken out; None where it is about none."""
    name = sent.get("article")
    for change in reversed(subject.changes):
        if change.state is not ChangeState.DONE:
            continue
        backward = restored(change.backward)
        if isinstance(backward, AddBlock) and backward.block.id == name:
            return Command(backward, deeds.TOOK_BLOCK_BACK % {"block": said(backward.block)})
    return None


def _spot(sent: Mapping[str, Any], subject: Subject) -> tuple[Spot, str]:
    try:
        spot = Spot(str(sent.get("spot")))
    except ValueError as error:
        raise BadData(say("The block"), say("it can’t stand there"), say("Load the page again.")) from error
    section = str(sent.get("section", "")) if spot is Spot.SECTION else ""
    if spot is Spot.SECTION:
        place_in(subject, section, 0)
    return spot, section


def _name(sent: Mapping[str, Any]) -> BlockId:
    return BlockId(str(sent.get("article", "")))


_COMMANDS: dict[str, Callable[[Mapping[str, Any], Subject], Command]] = {
    "block-add": _add,
    "block-drop": _drop,
    "block-move": _move,
}

KINDS = TEXT_KINDS | _COMMANDS.keys()
"""Every change of blocks that the page can ask for."""
