"""Whoever is at work looks, now and then, whether all is well: each part by itself.

What one part meets keeps no other from its turn: it is logged, and counted for the figures.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime

from digest.errors import DigestError
from digest.upkeep import counting, metrics
from digest.upkeep.alarms import of_the_database, ringing
from digest.upkeep.alarms.bell import Bell
from digest.upkeep.webhooks import looking as webhooks
from digest.wiring.away import as_ours
from digest.wiring.newsroom import Newsroom
from subscribers.errors import SubscribersError

log = logging.getLogger(__name__)

_ENDS_WITHIN_S = 30.0


def look_after(newsroom: Newsroom, bell: Bell, *, now: datetime) -> None:
    """Ring, count, call webhooks, write figures; never raises, whatever one of them meets."""
    parts: Mapping[str, Callable[[], object]] = {
        "alarms": lambda: _ring(newsroom, bell, now),
        "counters": lambda: counting.count(newsroom),
        "webhooks": lambda: webhooks.look(newsroom, url=bell.url, now=now),
        # The last one, so that it tells of the others.
        "figures": lambda: _write(newsroom, now),
    }
    for part, act in parts.items():
        try:
            act()
        except of_the_database.GONE as error:
            log.error("%s could not be looked after: %s", part, error)  # noqa: TRY400 - its sentence says it
            of_the_database.away(newsroom.loaded, str(as_ours(error)), now=now)
        except (DigestError, SubscribersError) as error:
            log.error("%s could not be looked after: %s", part, error)  # noqa: TRY400 - its sentence says it
        except Exception:
            log.exception("%s could not be looked after", part)
        else:
            continue
        _count(newsroom, part, now)


class Lookout:
    """Looks on a thread of its own: who sends never waits for a receiver that is slow."""

    def __init__(self, newsroom: Newsroom, bell: Bell) -> None:
        """Begin asleep; `newsroom` is its owner's, who closes it after `stop`."""
        self._newsroom, self._bell = newsroom, bell
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def look(self, now: datetime) -> bool:
        """Begin a look; False where the last one is still at it."""
        with self._lock:
            if self._thread is not None and self._thread.is_alive():
                log.debug("the last look after alarms is not over yet")
                return False
            self._thread = threading.Thread(target=self._look, args=(now,), name="lookout", daemon=True)
            self._thread.start()
            return True

    def stop(self) -> None:
        """Wait for the look that is under way; every call in it ends in time."""
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join(timeout=_ENDS_WITHIN_S)

    def _look(self, now: datetime) -> None:
        look_after(self._newsroom, self._bell, now=now)


def _ring(newsroom: Newsroom, bell: Bell, now: datetime) -> None:
    ringing.ring(newsroom, bell, now=now)
    of_the_database.back(newsroom.loaded, now=now)


def _write(newsroom: Newsroom, now: datetime) -> None:
    path = newsroom.settings.metrics.textfile
    if path is not None:
        metrics.write(newsroom, path, now=now)


def _count(newsroom: Newsroom, part: str, now: datetime) -> None:
    try:
        counting.failed(newsroom, part, now=now)
    except (DigestError, SubscribersError) as error:
        log.warning("that %s failed was not counted: %s", part, error)
