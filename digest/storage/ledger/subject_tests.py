"""The test of two subjects in the ledger: who waits for its end, and what they get then.

Whoever waits is planned for a time that never comes, told apart by wave; the decision gives them their
time and their variant.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from digest.model import DeliveryState, RenderedEdition, Variant
from digest.model.subject_tests import ArmResult, SubjectTest
from digest.storage import stretches as runs
from digest.storage.clicks import clicks
from digest.storage.records import restored
from digest.storage.stretches import IS_PLANNED, NEVER_MS, SIZE
from digest.storage.tables import (
    deliveries,
    renderings,
    stragglers,
    stretches,
    subject_tests,
    waves,
)

UNDECIDED_MS = NEVER_MS
"""A time that never comes; the wave's place is added to it."""


def keep(connection: Connection, edition_id: int, test: SubjectTest) -> None:
    """Write the test, undecided."""
    connection.execute(
        insert(subject_tests).values(
            edition_id=edition_id, percent=test.percent, ends_at=test.ends_at, decided_by=""
        )
    )


def load(connection: Connection, edition_id: int) -> SubjectTest | None:
    """Return the edition's test; None where there is none."""
    row = connection.execute(
        select(subject_tests).where(subject_tests.c.edition_id == edition_id)
    ).one_or_none()
    return None if row is None else SubjectTest(row.percent, row.ends_at, row.winner, row.decided_by)


def results(connection: Connection, edition_id: int) -> tuple[ArmResult, ...]:
    """Return how each arm did so far, the first subject's first."""
    numbers = {number: one.arm for number, one in _variants(connection, edition_id).items()}
    clicked = clicks(connection, edition_id).by_arm
    found = []
    for arm in sorted(set(numbers.values())):
        own = [number for number, its_arm in numbers.items() if its_arm == arm]
        sent = 0
        for table, size in ((stretches, func.sum(SIZE)), (stragglers, func.count())):
            query = select(size).where(
                table.c.edition_id == edition_id,
                table.c.variant.in_(own),
                table.c.state == DeliveryState.SENT,
            )
            sent += int(connection.scalar(query) or 0)
        found.append(ArmResult(arm, sent, clicked.get(arm, 0)))
    return tuple(found)


def choose(connection: Connection, edition_id: int, arm: str, by: str) -> int:
    """Give the rest the arm's subject, once; return how many deliveries that frees."""
    decided = connection.execute(
        update(subject_tests)
        .where(subject_tests.c.edition_id == edition_id, subject_tests.c.winner.is_(None))
        .values(winner=arm, decided_by=by)
    ).rowcount
    if not decided:
        return 0
    swaps = _swaps(connection, edition_id, arm)
    times = connection.execute(select(waves).where(waves.c.edition_id == edition_id)).all()
    waiting = connection.execute(
        select(stretches)
        .where(stretches.c.edition_id == edition_id, IS_PLANNED, stretches.c.not_before_ms >= UNDECIDED_MS)
        .order_by(stretches.c.last_number)
        .with_for_update()
    )
    freed = 0
    for old in map(runs.of_row, waiting):
        at = (one.not_before_ms for one in times if one.first_number <= old.first_number <= one.last_number)
        new = replace(old, variant=swaps.get(old.variant, old.variant), not_before_ms=next(at, 0))
        runs.rewrite(connection, [old], [new])
        if new.variant != old.variant:
            connection.execute(
                update(deliveries)
                .where(
                    deliveries.c.edition_id == edition_id,
                    deliveries.c.number.between(old.first_number, old.last_number),
                )
                .values(variant=new.variant)
            )
        freed += old.size
    return freed


def _variants(connection: Connection, edition_id: int) -> dict[int, Variant]:
    rows = connection.execute(select(renderings).where(renderings.c.edition_id == edition_id))
    name = f"a rendering of edition {edition_id}"
    return {row.variant: restored(RenderedEdition, row.content, name=name).variant for row in rows}


def _swaps(connection: Connection, edition_id: int, arm: str) -> dict[int, int]:
    """Return which variant takes which one's place: the same but for its arm."""
    found = _variants(connection, edition_id)

    def other(one: Variant) -> tuple[str, tuple[str, ...], int]:
        return one.language, one.topics, one.had

    of_arm = {other(one): number for number, one in found.items() if one.arm == arm}
    return {
        number: of_arm[other(one)]
        for number, one in found.items()
        if one.arm != arm and other(one) in of_arm
    }


def ends(test: SubjectTest, hold_until: datetime | None) -> SubjectTest:
    """Return the test, not over before the hold window is."""
    if hold_until is None or test.ends_at >= hold_until:
        return test
    return SubjectTest(test.percent, hold_until)
