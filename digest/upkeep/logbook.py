"""The book of runs: what each came to, broken ones too, for the people who look after the machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from digest.errors import DigestError, TransportUnavailable
from digest.model import DayReport, Ending
from digest.model.desk import JobRun
from digest.upkeep.logs import scrubbed
from digest.wiring.newsroom import Newsroom

FAILED = "failed"
"""The ending of a run that broke off."""

AWAY = "transport away"
"""The ending of a run that broke off since no mail could leave."""

COLLECT = "digest collect"
"""What runs only to crawl: no edition comes of it."""

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
        ending = AWAY if isinstance(error, TransportUnavailable) else FAILED
        said = scrubbed(str(error))
        newsroom.database.runs.keep(
            JobRun(newsletter, "", by, started_at, clock(), ending, said, is_failed=True)
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
