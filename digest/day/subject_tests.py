"""The test of an edition's two subjects: how it is planned, and what makes it tell nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from digest.day.parts import House
from digest.model import Edition
from digest.model.subject_tests import SubjectTest
from digest.rendering.checks.findings import Finding, Level

FEWEST_READERS = 10
"""Readers of a subject below which a single click is most of its rate."""

HALVES = 50
"""Percent of the readers for each subject, so that nobody waits for the test's end."""


def percent(house: House) -> int:
    """Return to how many percent of the readers each subject goes.

    Nobody waits for a decision that nothing can bring about: without clicks to count, and with no word
    of an operator to wait for, half of the readers get each.
    """
    return house.test_percent if house.counts_clicks or house.awaits_word else HALVES


def planned(
    house: House, edition: Edition, *, latest: datetime | None, now: datetime
) -> SubjectTest | None:
    """Return the test of two subjects; it leaves half of the time until the deadline to the rest.

    Args:
        latest: from when on nothing of the edition leaves; None for no such time.
    """
    if not edition.subject_b:
        return None
    ends = now + house.test_for
    if latest is not None:
        ends = min(ends, max(now, now + (latest - now) / 2))
    return SubjectTest(percent(house), ends)


def doubts(house: House, edition: Edition) -> Iterator[Finding]:
    """Yield why a test of the edition's subjects would tell nothing; nothing where there is no test.

    Args:
        house: with the readers of this very edition.
    """
    if not edition.subject_b:
        return
    if not house.counts_clicks and house.awaits_word:
        problem = "waits for a word (`digest dispatch --winner`), for no clicks are counted"
        yield _doubt(problem, "give yours in time, or the first subject wins")
    elif not house.counts_clicks:
        problem = "decides nothing, for no clicks are counted: half of the readers get each, at once"
        yield _doubt(problem, 'set `clicks.count`, or `subject_test_by = "operator"`, or leave it out')
        return
    readers = house.ledger.count(house.audience) * percent(house) // 100
    if readers < FEWEST_READERS:
        problem = f"shows each subject to {readers} of the readers, too few to tell"
        yield _doubt(problem, "raise `subject_test_percent`, or leave the second subject out")


def _doubt(problem: str, remedy: str) -> Finding:
    return Finding(Level.WARNING, "subjects", "The test of two subjects", problem, remedy)
