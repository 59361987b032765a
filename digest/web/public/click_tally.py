"""Clicks between the request that made them and the database: held a moment, judged, then counted.

Nothing here outlives the process. Who clicked is a keyed hash of network and browser under a key made
when the process began; it serves to tell a scanner from readers and to count a reader once, and is never
written down.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from digest.model import EditionKey
from digest.model.clicks import BURST, StoryCount, is_burst

Write = Callable[[EditionKey, Iterable[StoryCount]], object]

MOST_WAITING = 100_000
MOST_REMEMBERED = 200_000
MOST_EDITIONS = 32


@dataclass(frozen=True, slots=True)
class Click:
    """One request for a story's link that no program admits to.

    Attributes:
        who: of `ClickTally.visitor`; the same for the same network and browser.
    """

    edition: EditionKey
    url: str
    arm: str
    who: str
    at: datetime


class ClickTally:
    """What was clicked lately; safe to share between threads."""

    def __init__(self) -> None:
        """Begin with nothing, and with a new key for visitors."""
        self._salt = secrets.token_bytes(32)
        self._lock = threading.Lock()
        self._settling = threading.Lock()
        self._waiting: list[Click] = []
        self._scanned: defaultdict[EditionKey, int] = defaultdict(int)
        self._scanners: OrderedDict[str, None] = OrderedDict()
        self._counted: OrderedDict[tuple[str, EditionKey, str], None] = OrderedDict()
        self._lately: defaultdict[str, list[tuple[datetime, str]]] = defaultdict(list)
        self._later: list[Callable[[], object]] = []
        self._targets: OrderedDict[EditionKey, dict[str, str]] = OrderedDict()

    def visitor(self, network: str, agent: str) -> str:
        """Return a name for whoever asks, good for this process's life only."""
        told = f"{network}\n{agent}".encode()
        return hashlib.blake2b(told, key=self._salt, digest_size=12).hexdigest()

    def targets(self, key: EditionKey, find: Callable[[], dict[str, str]]) -> dict[str, str]:
        """Return an edition's links by name; those of the last few editions are kept."""
        with self._lock:
            found = self._targets.get(key)
        if found is None:
            found = find()
            with self._lock:
                self._targets[key] = found
                while len(self._targets) > MOST_EDITIONS:
                    self._targets.popitem(last=False)
        return found

    def note(self, click: Click) -> None:
        """Take a click in; past a hundred thousand waiting ones it is lost."""
        with self._lock:
            if len(self._waiting) < MOST_WAITING:
                self._waiting.append(click)

    def leave_out(self, key: EditionKey) -> None:
        """Count a click that a program made."""
        with self._lock:
            self._scanned[key] += 1

    def do_later(self, act: Callable[[], object]) -> None:
        """Do something at the next look: no reader waits for a write."""
        with self._lock:
            if len(self._later) < MOST_WAITING:
                self._later.append(act)

    def settle(self, write: Write, now: datetime, *, is_end: bool = False) -> int:
        """Judge what is old enough to be judged and write the counts; return how many clicks counted.

        Args:
            is_end: the young ones too: nobody comes to judge them later.
        """
        with self._settling:  # who comes second finds written what the first has taken
            return self._settled(write, now, is_end=is_end)

    def _settled(self, write: Write, now: datetime, *, is_end: bool) -> int:
        with self._lock:
            ripe = [one for one in self._waiting if is_end or now - one.at > BURST]
            self._waiting = [] if is_end else [one for one in self._waiting if now - one.at <= BURST]
            acts, self._later = self._later, []
            counts = self._judged(ripe)
            for key, scanned in self._scanned.items():
                counts[key].append(StoryCount("", scanners=scanned))
            self._scanned.clear()
            self._forget(now)
        for act in acts:
            act()
        for key, found in counts.items():
            write(key, found)
        return sum(one.readers for found in counts.values() for one in found if one.url)

    def _judged(self, ripe: list[Click]) -> defaultdict[EditionKey, list[StoryCount]]:
        counts: defaultdict[EditionKey, list[StoryCount]] = defaultdict(list)
        for one in sorted(ripe, key=lambda click: click.at):
            self._lately[one.who].append((one.at, f"{one.edition} {one.url}"))
        for who in {one.who for one in ripe}:
            if is_burst(sorted(self._lately[who])):
                self._scanners[who] = None
        while len(self._scanners) > MOST_REMEMBERED:
            self._scanners.popitem(last=False)
        for one in ripe:
            if one.who in self._scanners:
                self._scanned[one.edition] += 1
                continue
            for url in (one.url, ""):
                if self._is_first(one.who, one.edition, url):
                    counts[one.edition].append(StoryCount(url, one.arm, readers=1))
        return counts

    def _is_first(self, who: str, key: EditionKey, url: str) -> bool:
        name = (who, key, url)
        if name in self._counted:
            return False
        self._counted[name] = None
        while len(self._counted) > MOST_REMEMBERED:
            self._counted.popitem(last=False)
        return True

    def _forget(self, now: datetime) -> None:
        for who in list(self._lately):
            young = [one for one in self._lately[who] if now - one[0] <= 2 * BURST]
            if young:
                self._lately[who] = young
            else:
                del self._lately[who]
