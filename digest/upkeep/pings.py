"""Pings: a monitor hears of each run's start and end, and misses the run that never came.

Source: healthchecks.io, "Pinging API": POST to the check's address with /start, /EXIT-CODE; `rid` ties the
two together; of a body 100 kB are kept.
"""

from __future__ import annotations

import logging
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

from digest.settings.schema import Settings
from digest.upkeep import calls
from digest.upkeep.logs import scrubbed

log = logging.getLogger(__name__)

TIMEOUT_S = 5.0
TRIES = 2
MOST_BYTES = 100_000


class Ping:
    """The pings of one run; none where the newsletter has no address for them. Never raises."""

    def __init__(self, url: str) -> None:
        """Ping below `url`; empty for nowhere."""
        self._url, self._rid = url, str(uuid4())
        self._is_over = False

    def start(self) -> None:
        """Tell that a run begins."""
        self._call("start", "")

    def end(self, code: int, body: str = "") -> None:
        """Tell how it ended, once.

        Args:
            code: the exit code; 0 is success.
            body: what it said.
        """
        if not self._is_over:
            self._is_over = True
            self._call(str(code), body)

    def _call(self, what: str, body: str) -> None:
        if not self._url:
            return
        parts = urlsplit(self._url)
        query = f"{parts.query}&rid={self._rid}" if parts.query else f"rid={self._rid}"
        url = urlunsplit((parts.scheme, parts.netloc, f"{parts.path.rstrip('/')}/{what}", query, ""))
        content = scrubbed(body).encode()[:MOST_BYTES]
        problem = ""
        for _ in range(TRIES):
            problem = calls.posted(url, content, within_s=TIMEOUT_S)
            if not problem:
                return
        log.warning("the ping did not arrive: %s", problem)


def ping_of(settings: Settings, newsletter: str) -> Ping:
    """Return the pings of a newsletter's run."""
    given = settings.newsletters.get(newsletter)
    url = given.ping.get_secret_value() if given is not None and given.ping is not None else ""
    return Ping(url)
