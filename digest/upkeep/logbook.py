"""The book of runs: what each came to, broken ones too, for the people who look after the machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from digest.errors import DigestError
from digest.model import DayReport, Ending
from digest.model.desk import JobRun
from digest.wiring.newsroom import Newsroom

FAILED = "failed"
"""The ending of a run that broke off."""

NOT_DONE = frozenset({Ending.STOPPED, Ending.MISSED, Ending.NO_READERS, Ending.SOURCES_DOWN})
"""Endings that are marked like a broken one: somebody has to look."""


def keeping(
    newsroom: Newsroom,
    newsletter: str,
    by: str,
    act: Callable[[], Sequence[DayReport]],
    *,
    clock: Callable[[], datetime],
) -> Sequence[DayReport]:
    """Do the work and return its reports, each written into the book; so is what it broke off by.

    Args:
        by: what runs it, as people call it.

    Raises:
        DigestError: whatever `act` raises.
    """
    started_at = clock()
    try:
        reports = act()
    except DigestError as error:
        newsroom.database.runs.keep(
            JobRun(newsletter, "", by, started_at, clock(), FAILED, str(error), is_failed=True)
        )
        raise
    for report in reports:
        newsroom.database.runs.keep(
            JobRun(
                newsletter=newsletter,
                edition=str(report.key),
                by=by,
                started_at=started_at,
                ended_at=clock(),
                ending=report.ending.value,
                note=report.note,
                is_failed=report.ending in NOT_DONE,
                crawl=report.crawl,
            )
        )
    return reports
