"""Who is at work says so, again and again, and says when the work got on."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from secrets import token_hex

from digest.dispatch import owners
from digest.errors import DigestError
from digest.model.upkeep import SILENT_AFTER, Heartbeat, Presence
from digest.ports import Progress
from digest.upkeep import logs
from digest.wiring.newsroom import Newsroom

log = logging.getLogger(__name__)

BEATS_EVERY_S = 30.0
GONE_AFTER = timedelta(minutes=15)
"""Whoever was silent for so long does not come back: beats are lost one by one, not thirty in a row."""

FORGOTTEN_AFTER = timedelta(hours=12)
"""Whoever was silent for so long was told of overnight, and is missed no more, replaced or not."""

REPLACED_AFTER = timedelta(hours=1)
"""Whoever was silent for so long beside a living one of its kind is missed no more: it was told."""

_STOPS_WITHIN_S = 5.0


def presence(beat: Heartbeat, now: datetime) -> Presence:
    """Return whether whoever should be at work is."""
    silent = now - beat.beat_at
    if silent > GONE_AFTER or owners.is_gone(beat.process):
        return Presence.GONE
    if silent > SILENT_AFTER or beat.is_ahead(now):
        return Presence.SILENT
    return Presence.STUCK if beat.is_stuck(now) else Presence.AT_WORK


def known(newsroom: Newsroom, now: datetime) -> tuple[Heartbeat, ...]:
    """Return whoever is at work or missed, by kind and start.

    Where nothing runs any more nobody forgets the dead, so they are passed by here.
    """
    beats = newsroom.database.heartbeats.listed()
    return tuple(one for one in beats if now - one.beat_at <= FORGOTTEN_AFTER)


class Pulse:
    """One who is at work; safe to share between threads."""

    def __init__(
        self,
        newsroom: Newsroom,
        kind: str,
        *,
        name: str,
        newsletter: str = "",
        clock: Callable[[], datetime],
        started_at: datetime | None = None,
    ) -> None:
        """Say nothing yet.

        Args:
            started_at: when the work began; now, where it begins with this pulse.
        """
        self._beats, self._clock = newsroom.database.heartbeats, clock
        self._kind, self.name, self._newsletter = kind, name, newsletter
        self._process = owners.this_process()
        self._moved_at = clock()
        self._started_at = started_at or self._moved_at
        self._doing = ""
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._go_on, name=f"pulse {name}", daemon=True)

    def moved(self, doing: str = "") -> None:
        """Note that the work got on; the next beat tells it."""
        self._moved_at, self._doing = self._clock(), doing or self._doing

    def start(self) -> None:
        """Beat now, and go on until `stop`."""
        self.sweep(silent=SILENT_AFTER)
        self.beat()
        self._thread.start()

    def stop(self) -> None:
        """End in order: nobody looks for whoever did."""
        self._is_over.set()
        self._thread.join(timeout=_STOPS_WITHIN_S)
        try:
            self._beats.end(self.name)
        except DigestError as error:
            log.debug("the last heartbeat was lost: %s", error)

    def beat(self) -> None:
        """Say so now; a beat that is lost does no harm."""
        try:
            self._beats.beat(
                Heartbeat(
                    name=self.name,
                    kind=self._kind,
                    process=self._process,
                    newsletter=self._newsletter,
                    started_at=self._started_at,
                    beat_at=self._clock(),
                    moved_at=self._moved_at,
                    doing=self._doing,
                )
            )
        except DigestError as error:
            log.debug("a heartbeat was lost: %s", error)

    def _go_on(self) -> None:
        while not self._is_over.wait(BEATS_EVERY_S):
            self.beat()
            self.sweep()

    def sweep(self, *, silent: timedelta = REPLACED_AFTER) -> None:
        """Forget who of this kind is gone: this one does the work.

        Args:
            silent: how long one was not heard of that is taken for gone. Of a process on another machine,
                or in another container, nothing but its silence tells.
        """
        now = self._clock()
        try:
            others = [one for one in self._beats.listed() if one.name != self.name]
            if any(now - one.beat_at > FORGOTTEN_AFTER for one in others):
                self._beats.forget(before=now - FORGOTTEN_AFTER)
            for one in others:
                is_alike = (one.kind, one.newsletter) == (self._kind, self._newsletter)
                is_silent = now - one.beat_at > silent or (silent <= SILENT_AFTER and one.is_ahead(now))
                if is_alike and (is_silent or owners.is_gone(one.process)):
                    self._beats.end(one.name)
        except DigestError as error:
            log.debug("older heartbeats stay: %s", error)


class Watched:
    """Progress that a pulse hears of, too."""

    def __init__(self, progress: Progress, pulse: Pulse) -> None:
        """Pass everything on to `progress`."""
        self._progress, self._pulse = progress, pulse

    def step(self, name: str, done: int, total: int | None = None, note: str = "") -> None:
        """Note that the work got on."""
        self._pulse.moved(name)
        self._progress.step(name, done, total, note)


@contextmanager
def at_work(
    newsroom: Newsroom, kind: str, *, newsletter: str = "", clock: Callable[[], datetime]
) -> Iterator[Pulse]:
    """Yield the pulse of a new piece of work, whose id the log lines of it tell.

    Args:
        kind: `run`, `worker` or `desk`; a schedule beats by itself, at each look.
    """
    name = token_hex(4)
    pulse = Pulse(newsroom, kind, name=name, newsletter=newsletter, clock=clock)
    # A worker is a whole process; runs are side by side in one.
    ids = logs.about(run=name, newsletter=newsletter) if kind == "run" else logs.process(worker=name)
    with ids:
        pulse.start()
        try:
            yield pulse
        finally:
            pulse.stop()
