"""What sponsors booked, in the draft of its day: placed, changed and taken out again."""

from __future__ import annotations

from collections.abc import Iterable

from digest.editions.block_changes import (
    AddBlock,
    BlockChange,
    DropBlock,
    MoveBlock,
    SetBlockPicture,
    WriteBlock,
    text_of,
)
from digest.model import Edition
from digest.model.blocks import MOST_BLOCKS, TEXTS, Block, Booking


def with_booked(edition: Edition, bookings: Iterable[Booking]) -> Edition:
    """Return the day's edition with what was booked for it; a week's best has none of it."""
    for one in bookings:
        is_in = any(block.id == one.placed.id for block in edition.blocks)
        if not edition.key.slot and one.covers(edition.key.day) and not is_in and _has_room(edition):
            edition = AddBlock(one.placed).change(edition)
    return edition


def missing(edition: Edition, bookings: Iterable[Booking]) -> tuple[Booking, ...]:
    """Return what was booked for the day's edition and is not in it."""
    held = {block.id for block in edition.blocks}
    return tuple(
        one
        for one in bookings
        if not edition.key.slot and one.covers(edition.key.day) and one.placed.id not in held
    )


def changes(edition: Edition, before: Booking | None, after: Booking) -> tuple[BlockChange, ...]:
    """Return what a changed booking alters in a draft.

    What an editor took out stays out, and a text that the booking did not change stays as it was written.

    Args:
        before: the booking as it was; None for a new one.
    """
    day = edition.key.day
    was, is_now = before is not None and before.covers(day), after.covers(day)
    held = next((block for block in edition.blocks if block.id == after.placed.id), None)
    if edition.key.slot:
        return ()
    if held is None:
        return (AddBlock(after.placed),) if is_now and not was else ()
    if not is_now:
        return (DropBlock(held.id),)
    return _altered(held, before.block if before else held, after.block)


def _altered(held: Block, before: Block, after: Block) -> tuple[BlockChange, ...]:
    found: list[BlockChange] = [
        WriteBlock(held.id, name, text_of(after, name))
        for name in TEXTS[after.kind]
        if text_of(before, name) != text_of(after, name)
    ]
    if before.picture != after.picture:
        found.append(SetBlockPicture(held.id, after.picture))
    if (before.spot, before.section) != (after.spot, after.section):
        found.append(MoveBlock(held.id, after.spot, after.section))
    return tuple(found)


def _has_room(edition: Edition) -> bool:
    return len(edition.blocks) < MOST_BLOCKS
