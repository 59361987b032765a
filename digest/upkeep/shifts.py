"""A shift: one piece of work that is written down, watched, traced, and told of where it goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime

from digest.model import DayReport
from digest.ports import Progress
from digest.upkeep import heartbeats, logbook, lookout, tracing
from digest.upkeep.alarms.bell import Bell
from digest.wiring.newsroom import Newsroom


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
        lookout.look_after(newsroom, bell, now=clock())
