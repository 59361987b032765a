"""The test of two subjects in the ledger: who waits for its end, and what they get then.

Whoever waits is planned for a time that never comes, told apart by wave; the decision gives them their
time and their variant.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, case, func, insert, select, update

from digest.model import DeliveryState, RenderedEdition, Variant
from digest.model.subject_tests import ArmResult, SubjectTest
from digest.storage.clicks import clicks
from digest.storage.ledger.claiming import IS_PLANNED, NEVER_MS
from digest.storage.records import restored
from digest.storage.tables import deliveries, renderings, subject_tests, waves

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
        sent = select(func.count()).where(
            deliveries.c.edition_id == edition_id,
            deliveries.c.variant.in_(own),
            deliveries.c.state == DeliveryState.SENT,
        )
        found.append(ArmResult(arm, connection.scalar(sent) or 0, clicked.get(arm, 0)))
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
    values: dict[str, object] = {}
    swaps = _swaps(connection, edition_id, arm)
    if swaps:
        values["variant"] = case(swaps, value=deliveries.c.variant, else_=deliveries.c.variant)
    waiting = (
        deliveries.c.edition_id == edition_id,
        IS_PLANNED,
        deliveries.c.not_before_ms >= UNDECIDED_MS,
    )
    freed = 0
    for wave in connection.execute(select(waves).where(waves.c.edition_id == edition_id)).all():
        in_wave = deliveries.c.number.between(wave.first_number, wave.last_number)
        freed += connection.execute(
            update(deliveries).where(*waiting, in_wave).values(not_before_ms=wave.not_before_ms, **values)
        ).rowcount
    return (
        freed
        + connection.execute(update(deliveries).where(*waiting).values(not_before_ms=0, **values)).rowcount
    )


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
