"""The test of an edition's two subjects: how it is planned, and what makes it tell nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from digest.day.parts import DayParts
from digest.model import Edition
from digest.model.subject_tests import SubjectTest
from digest.rendering.checks.findings import Finding, Level

FEWEST_READERS = 10
"""Readers of a subject below which a single click is most of its rate."""

HALVES = 50
"""Percent of the readers for each subject, so that nobody waits for the test's end."""


def percent(parts: DayParts) -> int:
    """Return to how many percent of the readers each subject goes.

    Nobody waits for a decision that nothing can bring about: without clicks to count, and with no word
    of an operator to wait for, half of the readers get each.
    """
    testing = parts.subject_testing
    return testing.percent if testing.counts_clicks or testing.awaits_word else HALVES


def planned(
    parts: DayParts, edition: Edition, *, latest: datetime | None, now: datetime
) -> SubjectTest | None:
    """Return the test of two subjects; it leaves half of the time until the deadline to the rest.

    Args:
        latest: from when on nothing of the edition leaves; None for no such time.
    """
    if not edition.subject_b:
        return None
    ends = now + parts.subject_testing.lasts
    if latest is not None:
        ends = min(ends, max(now, now + (latest - now) / 2))
    return SubjectTest(percent(parts), ends)


def doubts(parts: DayParts, edition: Edition) -> Iterator[Finding]:
    """Yield why a test of the edition's subjects would tell nothing; nothing where there is no test.

    Args:
        parts: with the readers of this very edition.
    """
    if not edition.subject_b:
        return
    if not parts.subject_testing.counts_clicks and parts.subject_testing.awaits_word:
        problem = "waits for a word (`digest dispatch --winner`), for no clicks are counted"
        yield _doubt(problem, "give yours in time, or the first subject wins")
    elif not parts.subject_testing.counts_clicks:
        problem = "decides nothing, for no clicks are counted: half of the readers get each, at once"
        yield _doubt(problem, 'set `clicks.count`, or `subject_test_by = "operator"`, or leave it out')
        return
    readers = parts.ledger.count(parts.readers.audience) * percent(parts) // 100
    if readers < FEWEST_READERS:
        problem = f"shows each subject to {readers} of the readers, too few to tell"
        yield _doubt(problem, "raise `subject_test_percent`, or leave the second subject out")


def _doubt(problem: str, remedy: str) -> Finding:
    return Finding(Level.WARNING, "subjects", "The test of two subjects", problem, remedy)
