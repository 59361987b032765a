"""Figures for Prometheus, read from the database when asked: the same at the desk and in cron's file."""

from __future__ import annotations

import contextlib
import logging
import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from digest.model import DeliveryState, Edition, EditionKey, Newsletter
from digest.selection.window import next_send
from digest.settings.unpacking import newsletters_of
from digest.upkeep import counting, heartbeats
from digest.upkeep.alarms.of_runs import RUNS_LOOKED_AT, failures_in_a_row
from digest.wiring.newsroom import Newsroom

if TYPE_CHECKING:
    from prometheus_client import Gauge
    from prometheus_client.core import Metric

log = logging.getLogger(__name__)

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_READABLE = 0o644
"""The textfile is for node_exporter, which is another user; no secret is in it."""

FIGURES: dict[str, tuple[str, tuple[str, ...]]] = {
    "digest_info": ("The version that runs.", ("version",)),
    "digest_articles": ("Articles that the last crawl read.", ("newsletter",)),
    "digest_new_articles": ("Articles of the last crawl that were new or changed.", ("newsletter",)),
    "digest_source_failures_in_a_row": (
        "Crawls in a row in which a source could not be read.",
        ("newsletter", "source"),
    ),
    "digest_edition_items": ("Items of the latest edition.", ("newsletter",)),
    "digest_edition_state": ("1 for the state of the latest edition.", ("newsletter", "state")),
    "digest_edition_deliveries": (
        "Deliveries of the latest edition by state; frozen is all of them.",
        ("newsletter", "state"),
    ),
    "digest_edition_mails_per_second": (
        "Mails a second from the latest edition's freeze to its end, or until now.",
        ("newsletter",),
    ),
    "digest_provider_mails_per_second": ("The pace that a provider was seen to take.", ("provider",)),
    "digest_last_success_timestamp_seconds": (
        "When an edition last closed that reached somebody.",
        ("newsletter",),
    ),
    "digest_last_success_age_seconds": ("How long ago that was.", ("newsletter",)),
    "digest_last_run_timestamp_seconds": ("When a run last ended, however.", ("newsletter",)),
    "digest_last_run_age_seconds": ("How long ago that was.", ("newsletter",)),
    "digest_last_crawl_timestamp_seconds": (
        "When a source of the newsletter was last read with success.",
        ("newsletter",),
    ),
    "digest_last_crawl_age_seconds": ("How long ago that was.", ("newsletter",)),
    "digest_next_send_timestamp_seconds": ("When the next edition is due.", ("newsletter",)),
    "digest_heartbeat_timestamp_seconds": (
        "When a run, a worker, a schedule or a desk was last heard of.",
        ("kind", "name", "newsletter"),
    ),
    "digest_heartbeat_age_seconds": ("How long ago that was.", ("kind", "name", "newsletter")),
    "digest_alerts_open": ("Alerts that are open.", ("kind",)),
    "digest_hook_posts_waiting": ("Posts of providers that are not judged yet.", ()),
}
"""Every gauge: what it is, and by what it is told apart; docs/operations.md lists them from here."""

COUNTERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "digest_editions_total": ("Editions that closed.", ("newsletter",)),
    "digest_deliveries_total": (
        "Deliveries of editions when they closed, by state; frozen is all of them.",
        ("newsletter", "state"),
    ),
    "digest_upkeep_failures_total": (
        "How often a part of what is looked after (alarms, counters, webhooks, figures) failed.",
        ("part",),
    ),
}
"""Every counter; they are kept in the database, so that no restart sets them back."""


def exposition(newsroom: Newsroom, *, now: datetime) -> bytes:
    """Return all figures as Prometheus reads them."""
    from prometheus_client import CollectorRegistry, Gauge, generate_latest

    registry = CollectorRegistry()
    gauges = {
        name: Gauge(name, told, labels, registry=registry) for name, (told, labels) in FIGURES.items()
    }
    figures = _Figures(newsroom, gauges, now)
    for newsletter in newsletters_of(newsroom.settings):
        figures.of_newsletter(newsletter)
    figures.of_all()
    registry.register(_Counters(newsroom))
    return generate_latest(registry)


def write(newsroom: Newsroom, path: Path, *, now: datetime) -> None:
    """Write all figures to a file, which is whole at every moment; where it can't be, that is logged."""
    content = exposition(newsroom, now=now)
    beside = ""
    try:
        descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(beside).chmod(_READABLE)
        Path(beside).replace(path)
    except OSError as error:
        log.warning("metrics.textfile can't be written: %s", error.strerror or error)
        if beside:
            with contextlib.suppress(OSError):
                Path(beside).unlink(missing_ok=True)


def table() -> str:
    """Return the figures as docs/operations.md lists them."""
    rows = "\n".join(
        f"| `{name}` | {', '.join(f'`{label}`' for label in labels) or '–'} | {told} |"
        for name, (told, labels) in (FIGURES | COUNTERS).items()
    )
    return f"| figure | labels | what it is |\n|---|---|---|\n{rows}\n"


class _Counters:
    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom

    def collect(self) -> Iterator[Metric]:
        """Yield each counter, as the registry asks."""
        from prometheus_client.core import CounterMetricFamily

        editions, deliveries, failures = (
            CounterMetricFamily(name, told, labels=labels) for name, (told, labels) in COUNTERS.items()
        )
        for key in self._newsroom.settings.newsletters:
            counted = counting.counters(self._newsroom, key)
            editions.add_metric([key], counted["editions"])
            for state in counting.STATES:
                deliveries.add_metric([key, state], counted[state])
        for part, count in counting.failures(self._newsroom).items():
            failures.add_metric([part], count)
        yield from (editions, deliveries, failures)


class _Figures:
    def __init__(self, newsroom: Newsroom, gauges: dict[str, Gauge], now: datetime) -> None:
        self._newsroom, self._gauges, self._now = newsroom, gauges, now
        self._crawled = newsroom.database.results.crawled()

    def of_newsletter(self, newsletter: Newsletter) -> None:
        key, database = newsletter.key, self._newsroom.database
        runs = database.runs.listed(newsletter=key, limit=RUNS_LOOKED_AT)
        crawl = next((one.crawl for one in runs if one.crawl is not None), None)
        if crawl is not None:
            self._set("digest_articles", crawl.articles, key)
            self._set("digest_new_articles", crawl.new_or_changed, key)
        for source, count in failures_in_a_row(newsletter, runs).items():
            self._set("digest_source_failures_in_a_row", count, key, source)
        edition = database.editions.latest(key)
        if edition is not None:
            self._of_edition(edition)
        read = [self._crawled[one].last_at for one in newsletter.sources if one in self._crawled]
        self._at("digest_last_crawl", max(read, default=None), key)
        self._at("digest_last_run", max((one.ended_at for one in runs), default=None), key)
        self._at("digest_last_success", database.results.last_sent_at(key), key)
        due = next_send(newsletter.schedule, self._now)
        if due is not None:
            self._set("digest_next_send_timestamp_seconds", due.timestamp(), key)

    def of_all(self) -> None:
        from importlib.metadata import version

        database = self._newsroom.database
        self._set("digest_info", 1, version("newsroom-digest"))
        for provider, pace in database.results.paces().items():
            self._set("digest_provider_mails_per_second", pace, provider)
        for beat in heartbeats.known(self._newsroom, self._now):
            self._at("digest_heartbeat", beat.beat_at, beat.kind, beat.name, beat.newsletter)
        for alert in database.alerts.opened():
            self._gauges["digest_alerts_open"].labels(alert.trouble.kind.value).inc()
        self._set("digest_hook_posts_waiting", database.hook_posts.count())

    def _of_edition(self, edition: Edition) -> None:
        key = edition.key.newsletter
        self._set("digest_edition_items", len(edition.items), key)
        self._set("digest_edition_state", 1, key, edition.state.value)
        tally = self._newsroom.database.ledger.tally(edition.key)
        self._set("digest_edition_deliveries", tally.frozen, key, "frozen")
        for state in DeliveryState:
            self._set("digest_edition_deliveries", getattr(tally, state.value), key, state.value)
        self._pace(edition.key, tally.sent)

    def _pace(self, key: EditionKey, sent: int) -> None:
        database = self._newsroom.database
        dispatch = database.ledger.dispatch(key)
        if dispatch is None:
            return
        ended = database.results.timeline(key).closed_at or self._now
        lasted_s = max(1.0, (ended - dispatch.frozen_at).total_seconds())
        self._set("digest_edition_mails_per_second", round(sent / lasted_s, 3), key.newsletter)

    def _at(self, name: str, at: datetime | None, *labels: str) -> None:
        if at is not None:
            self._set(f"{name}_timestamp_seconds", at.timestamp(), *labels)
            self._set(f"{name}_age_seconds", max(0.0, (self._now - at).total_seconds()), *labels)

    def _set(self, name: str, value: float, *labels: str) -> None:
        gauge = self._gauges[name]
        (gauge.labels(*labels) if labels else gauge).set(value)
