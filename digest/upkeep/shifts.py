"""A shift: one piece of work that is written down, watched, traced, and told of where it goes wrong."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime

from digest.errors import DigestError
from digest.model import DayReport
from digest.ports import Progress
from digest.upkeep import counting, heartbeats, logbook, metrics, tracing, webhooks
from digest.upkeep.alarms import ringing
from digest.upkeep.alarms.bell import Bell
from digest.wiring.newsroom import Newsroom
from subscribers.errors import SubscribersError

log = logging.getLogger(__name__)


@contextmanager
def begun(
    newsroom: Newsroom,
    newsletter: str,
    progress: Progress,
    *,
    clock: Callable[[], datetime],
    spans: tracing.Spans = tracing.NOTHING,
) -> Iterator[Progress]:
    """Yield the progress that a run of a newsletter is to tell its steps."""
    with ExitStack() as stack:
        pulse = stack.enter_context(heartbeats.at_work(newsroom, "run", newsletter=newsletter, clock=clock))
        stack.enter_context(
            spans.span("digest run", **{"digest.newsletter": newsletter, "digest.run": pulse.name})
        )
        yield stack.enter_context(spans.steps(heartbeats.Watched(progress, pulse)))


def done(
    newsroom: Newsroom,
    newsletter: str,
    by: str,
    act: Callable[[], Sequence[DayReport]],
    *,
    bell: Bell,
    clock: Callable[[], datetime],
) -> Sequence[DayReport]:
    """Do the work, write it into the book, and tell whom it concerns, however it ended.

    Raises:
        DigestError: whatever `act` raises.
    """
    try:
        return logbook.keeping(newsroom, newsletter, by, act, clock=clock)
    finally:
        look_after(newsroom, bell, now=clock())


def look_after(newsroom: Newsroom, bell: Bell, *, now: datetime) -> None:
    """Ring, count, write figures, call webhooks; what fails is logged, the day goes on."""
    try:
        ringing.ring(newsroom, bell, now=now)
        counting.count(newsroom)
        if newsroom.settings.metrics.textfile is not None:
            metrics.write(newsroom, newsroom.settings.metrics.textfile, now=now)
        webhooks.look(newsroom, now=now)
    except (DigestError, SubscribersError) as error:
        log.error("alarms could not be looked after: %s", error)  # noqa: TRY400 - its sentence says it all
