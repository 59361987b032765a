"""A booking's block in a draft, as values: what each change of the booking does there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from digest.editions.block_changes import AddBlock, BlockChange, DropBlock, MoveBlock, WriteBlock
from digest.editions.bookings import changes, missing, with_booked
from digest.model import Block, BlockId, BlockKind, Edition, EditionKey, Spot
from digest.model.blocks import MOST_BLOCKS, Booking, DaySpan
from tests.rendering import editions

EDITION = editions.plain_edition(3)
DAY = EDITION.key.day
BLOCK = Block(BlockId(""), BlockKind.SPONSOR, title="Tea", url="https://tea.example/")
BOOKING = Booking(7, "morning", BLOCK, (DaySpan(DAY, DAY),), "amina", EDITION.window.end, 1)
OTHER_DAY = replace(BOOKING, spans=(DaySpan(DAY + timedelta(days=1), DAY + timedelta(days=1)),))
ENDED = replace(BOOKING, ended_at=EDITION.window.end)
HELD = with_booked(EDITION, [BOOKING])
NAME = BOOKING.placed.id


def test_it_is_placed_once_into_its_own_day_and_no_weeks_best() -> None:
    weekly = replace(EDITION, key=replace(EDITION.key, slot="weekly"))

    assert [one.id for one in HELD.blocks] == [NAME]
    assert with_booked(HELD, [BOOKING]) == HELD
    assert with_booked(EDITION, [OTHER_DAY, ENDED]) == EDITION
    assert with_booked(weekly, [BOOKING]) == weekly


def test_a_draft_that_is_full_takes_no_more_and_misses_it() -> None:
    full = replace(
        EDITION, blocks=tuple(Block(BlockId(str(n)), BlockKind.NOTE) for n in range(MOST_BLOCKS))
    )

    assert with_booked(full, [BOOKING]) == full
    assert missing(full, [BOOKING, OTHER_DAY, ENDED]) == (BOOKING,)


@pytest.mark.parametrize(
    ("edition", "before", "after", "expected"),
    [
        pytest.param(EDITION, None, BOOKING, (AddBlock(BOOKING.placed),), id="new"),
        pytest.param(EDITION, OTHER_DAY, BOOKING, (AddBlock(BOOKING.placed),), id="its day now"),
        pytest.param(EDITION, BOOKING, BOOKING, (), id="an editor took it out"),
        pytest.param(EDITION, None, OTHER_DAY, (), id="another day's"),
        pytest.param(HELD, BOOKING, OTHER_DAY, (DropBlock(NAME),), id="its day no more"),
        pytest.param(HELD, BOOKING, ENDED, (DropBlock(NAME),), id="taken back"),
        pytest.param(HELD, BOOKING, BOOKING, (), id="nothing changed"),
        pytest.param(
            HELD,
            BOOKING,
            replace(BOOKING, block=replace(BLOCK, title="Coffee", spot=Spot.END)),
            (WriteBlock(NAME, "title", "Coffee"), MoveBlock(NAME, Spot.END)),
            id="a text and its spot",
        ),
    ],
)
def test_a_change_alters_what_it_changed_and_nothing_else(
    edition: Edition, before: Booking | None, after: Booking, expected: tuple[BlockChange, ...]
) -> None:
    assert changes(edition, before, after) == expected


def test_a_span_has_both_its_ends() -> None:
    booking = replace(BOOKING, spans=(DaySpan(date(2026, 12, 3), date(2026, 12, 5)),))

    assert [booking.covers(date(2026, 12, day)) for day in range(2, 7)] == [False, True, True, True, False]
    assert EditionKey("morning", booking.last_day) == EditionKey("morning", date(2026, 12, 5))
