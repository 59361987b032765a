"""What the DNS says of our senders, kept for a while: a page must not wait for it each time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from digest.errors import MissingExtra
from digest.model import Newsletter
from digest.rendering.checks import records
from digest.rendering.checks.findings import Finding, merged
from digest.settings.schema import Settings
from digest.wiring import sender_dns

KEPT_FOR = timedelta(minutes=10)
TIMEOUT_S = 2.0
"""For each answer; what does not come is a warning, never an error."""


def system_resolver() -> records.Resolver | None:
    """Return the machine's resolver; None where its library is not installed."""
    try:
        return records.DnsResolver(timeout_s=TIMEOUT_S)
    except MissingExtra:
        return None


class SenderRecords:
    """The findings about each sender's domain; safe to share between threads."""

    def __init__(
        self, settings: Settings, resolver: Callable[[], records.Resolver | None] = system_resolver
    ) -> None:
        """Look nothing up yet."""
        self._settings, self._resolver = settings, resolver
        self._known: dict[str, tuple[datetime, tuple[Finding, ...]]] = {}
        self._lock = threading.Lock()

    def findings(self, newsletter: Newsletter, *, now: datetime) -> tuple[Finding, ...]:
        """Return what is wrong with the newsletter's sender; nothing where mail does not leave here."""
        if not sender_dns.leaves(self._settings):
            return ()
        domain = sender_dns.domain_of(newsletter)
        with self._lock:
            known = self._known.get(domain)
        if known is not None and now - known[0] < KEPT_FOR:
            return known[1]
        resolver = self._resolver()
        if resolver is None:
            return ()
        found = merged(sender_dns.findings(self._settings, domain, resolver))
        with self._lock:
            self._known[domain] = now, found
        return found
