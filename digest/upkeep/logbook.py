"""The book of runs: what each came to, broken ones too, for the people who look after the machine."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from digest.errors import DigestError, TransportUnavailable
from digest.model import DayReport, Ending
from digest.model.desk import JobRun
from digest.upkeep.logs import scrubbed
from digest.wiring.newsroom import Newsroom
from subscribers.errors import SubscribersError

log = logging.getLogger(__name__)

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

    A fault of ours, or of a part that a third party brought, is written down as well: the alert tells it.

    Raises:
        DigestError: whatever `act` raises.
    """
    started_at = clock()
    try:
        reports = act()
    except Exception as error:
        ending = AWAY if isinstance(error, TransportUnavailable) else FAILED
        broken = JobRun(newsletter, "", by, started_at, clock(), ending, _told(error), is_failed=True)
        try:
            newsroom.database.runs.keep(broken)
        except DigestError as away:
            log.warning("a run that broke off could not be written down: %s", away)
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


def _told(error: Exception) -> str:
    if isinstance(error, DigestError | SubscribersError):
        return scrubbed(str(error))
    return f"A fault of the program ({type(error).__name__}): the log of that run shows where."
