"""Who has an edition open and where in it they are: kept in memory, forgotten when a tab is silent."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from digest.model import EditionKey

SILENT_S = 25.0
"""After so long without a word from a tab nobody is there."""

MOST_TABS = 2_000
MOST_TOLD = 50
MOST_STREAMS = 100
MOST_STREAMS_OF_ONE = 6
"""Connections that stay open are a quarter of all the server lets in, and few of one person: the rest asks
again and again instead."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One tab.

    Attributes:
        where: the field it is in, by its id on the page; empty for none.
    """

    who: str
    where: str
    at: float


class Presence:
    """The tabs that lie open; safe to share between threads."""

    def __init__(self, clock_s: Callable[[], float] = time.monotonic) -> None:
        """Begin with nobody there."""
        self._clock_s = clock_s
        self._tabs: OrderedDict[tuple[EditionKey, str], Seen] = OrderedDict()
        self._streams: dict[str, int] = {}
        self.looks: dict[EditionKey, tuple[float, dict[str, object]]] = {}
        self._lock = threading.Lock()

    def saw(self, key: EditionKey, tab: str, who: str, where: str | None) -> None:
        """Note that a tab is there; `where` None for where it was."""
        with self._lock:
            before = self._tabs.pop((key, tab), None)
            place = (before.where if before else "") if where is None else where
            self._tabs[key, tab] = Seen(who, place, self._clock_s())
            while len(self._tabs) > MOST_TABS:
                self._tabs.popitem(last=False)

    def left(self, key: EditionKey, tab: str, who: str) -> None:
        """Note that a tab of somebody's is closed."""
        with self._lock:
            seen = self._tabs.get((key, tab))
            if seen and seen.who == who:
                del self._tabs[key, tab]

    def here(self, key: EditionKey) -> list[dict[str, str]]:
        """Return who is at the edition, tab by tab, those longest there first."""
        with self._lock:
            latest = self._clock_s() - SILENT_S
            for name in [name for name, seen in self._tabs.items() if seen.at < latest]:
                del self._tabs[name]
            found = sorted(
                (tab, seen.who, seen.where) for (one, tab), seen in self._tabs.items() if one == key
            )
        return [{"tab": tab, "who": who, "where": where} for tab, who, where in found[:MOST_TOLD]]

    def open_stream(self, who: str) -> bool:
        """Take one of the connections that stay open; tell whether there was one."""
        with self._lock:
            own = self._streams.get(who, 0)
            if own >= MOST_STREAMS_OF_ONE or sum(self._streams.values()) >= MOST_STREAMS:
                return False
            self._streams[who] = own + 1
            return True

    def close_stream(self, who: str) -> None:
        """Give it back."""
        with self._lock:
            own = self._streams.pop(who, 0) - 1
            if own > 0:
                self._streams[who] = own
