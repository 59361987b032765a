"""How fast a server takes mail, found out from its refusals.

A server that takes so many mails a minute refuses the next ones for a while. The wait until it takes one
again, and how many it took before, tell its rate.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from digest.ports import Ledger

log = logging.getLogger(__name__)

_FIRST_WAIT_S = 1.0
_LONGEST_WAIT_S = 60.0
_LONGEST_S = 300.0
_SHARE = 0.9
"""Of the rate that was seen, to stay under it."""


class Throttle:
    """The pace of one run, shared by its workers."""

    def __init__(self, provider: str, *, ledger: Ledger, per_s: float, timer: Callable[[], float]) -> None:
        """Begin with the settings' pace, or the one that was learned in the last day where it is slower."""
        self._provider, self._ledger, self._timer = provider, ledger, timer
        learned = ledger.learned(provider)
        self.per_s = min(per_s, learned) if per_s and learned else per_s or learned
        self.is_probing = False
        self._waited_s = 0.0
        self._wait_s = _FIRST_WAIT_S
        self._since: float | None = None
        self._taken = 0
        self._lock = threading.Lock()

    @property
    def is_hopeless(self) -> bool:
        """Tell whether the server took nothing for so long that this is no rate of minutes."""
        return self._waited_s >= _LONGEST_S

    def taken(self) -> None:
        """Count a mail that was taken; after a refusal it tells the server's rate."""
        with self._lock:
            now = self._timer()
            if self.is_probing:
                self._learn(now)
            if self._since is None:
                self._since = now
            self._taken += 1

    def limited(self) -> None:
        """Wait, and then ask with a single mail; each time it is refused, twice as long."""
        with self._lock:
            self.is_probing = True
            self._ledger.pause(self._provider, self._wait_s)
            self._waited_s += self._wait_s
            self._wait_s = min(2 * self._wait_s, _LONGEST_WAIT_S)

    def _learn(self, now: float) -> None:
        if self._since is not None and self._taken and now > self._since:
            seen = _SHARE * self._taken / (now - self._since)
            self.per_s = min(seen, self.per_s) if self.per_s else seen
            self._ledger.learn(self._provider, self.per_s)
            log.warning(
                "%s takes about %.0f mails a minute: sending slows down to that. "
                "`dispatch.per_second = %.3g` keeps to it from the start",
                self._provider,
                60 * self.per_s,
                self.per_s,
            )
        self.is_probing = False
        self._wait_s, self._waited_s = _FIRST_WAIT_S, 0.0
        self._since, self._taken = None, 0
