"""Whether what providers post can be proved: a secret that was changed on one side loses every report."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from digest.errors import DigestError
from digest.storage.upkeep.alerts import SqlAlerts
from digest.wiring.newsroom import Newsroom

log = logging.getLogger(__name__)

NOTED_EVERY = timedelta(minutes=1)
"""Anybody may post anything: of one provider no more is written down than this often."""

_REFUSED, _GOOD = "posts refused of ", "post proved of "


@dataclass(frozen=True, slots=True)
class Refusals:
    """Posts of one provider that were refused, none having been good since the first.

    Attributes:
        times: how often that was noted, no more than once a minute.
        why: what was wrong with the latest, without what would be right.
    """

    since: datetime
    last: datetime
    times: int
    why: str


class Proofs:
    """Notes how a desk's posts fared; safe to share between threads."""

    def __init__(self, newsroom: Newsroom) -> None:
        """Note nothing yet; `newsroom` is its owner's."""
        self._alerts = newsroom.database.alerts
        self._noted: dict[str, datetime] = {}
        self._lock = threading.Lock()

    def good(self, provider: str, *, now: datetime) -> None:
        """Note that a post was proved and could be read."""
        if self._is_time(_GOOD + provider, now):
            _write(self._alerts, _GOOD + provider, now, "")

    def refused(self, provider: str, why: str, *, now: datetime) -> None:
        """Note that a post could not be proved, or read."""
        name = _REFUSED + provider
        if not self._is_time(name, now):
            return
        # A good one that comes after it is to be written at once.
        with self._lock:
            self._noted.pop(_GOOD + provider, None)
        known = refusals_of(self._alerts, provider)
        since, times = (known.since, known.times + 1) if known else (now, 1)
        detail = json.dumps({"since": since.isoformat(), "times": times, "why": why})
        _write(self._alerts, name, now, detail)

    def _is_time(self, name: str, now: datetime) -> bool:
        """Tell whether it is to be written; a clock that was set back says nothing, so that it is."""
        with self._lock:
            last = self._noted.get(name)
            if last is not None and timedelta(0) <= now - last < NOTED_EVERY:
                return False
            self._noted[name] = now
            return True


def refusals_of(alerts: SqlAlerts, provider: str) -> Refusals | None:
    """Return what was refused since the last good post; None where nothing was."""
    known = alerts.milestone(_REFUSED + provider)
    if known is None:
        return None
    said: Mapping[str, str | int] = json.loads(known[1])
    since = datetime.fromisoformat(str(said["since"]))
    good = alerts.milestone(_GOOD + provider)
    if good is not None and good[0] >= since:
        # After a good one all begins anew; what was refused after it is noted by the next refusal.
        return None
    return Refusals(since, known[0], int(said["times"]), str(said["why"]))


def _write(alerts: SqlAlerts, name: str, now: datetime, detail: str) -> None:
    try:
        alerts.reach(name, now=now, detail=detail)
    except DigestError as error:
        log.debug("how a post fared was not noted: %s", error)
