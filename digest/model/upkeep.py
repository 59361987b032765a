"""Upkeep's nouns: who lives, and what somebody must be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

SILENT_AFTER = timedelta(minutes=3)
"""Whoever was not heard of for so long is taken for stuck: they beat four times as often."""

AHEAD = timedelta(minutes=15)
"""Clocks of machines are as far apart at most; more is no time at which anybody was heard of."""

STILL_AFTER = timedelta(minutes=20)
"""Work that lives, but moved nothing for so long, is stuck."""

BOUNCE_BOX_READ = "bounce box read"
"""The milestone that a look into the bounce box leaves."""


class AlertKind(StrEnum):
    """What an alert is about; receivers may sort by it."""

    UNAPPROVED = "unapproved"
    NOTHING_SENT = "nothing-sent"
    REACHED_NOBODY = "reached-nobody"
    NO_READERS = "no-readers"
    SKIPPED = "skipped"
    FAILED = "failed"
    HELD = "held"
    STOPPED = "stopped"
    TRANSPORT_AWAY = "transport-away"
    RUN_FAILED = "run-failed"
    RUN_STUCK = "run-stuck"
    NO_RUN = "no-run"
    SOURCE_DEAD = "source-dead"
    BOUNCE_BOX_UNREAD = "bounce-box-unread"
    FEEDBACK_REFUSED = "feedback-refused"
    DISK_FULL = "disk-full"
    CERTIFICATE = "certificate"
    DNS_RECORD = "dns-record"
    DATABASE_AWAY = "database-away"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something wrong, as one look found it.

    Attributes:
        about: what it is about, unique within its kind: an edition, a source, a disk.
        newsletter: empty where it is about none.
        said: what is wrong, a sentence without any reader's address.
        remedy: what to do, a sentence.
    """

    kind: AlertKind
    about: str
    said: str
    remedy: str
    newsletter: str = ""


@dataclass(frozen=True, slots=True)
class Alert:
    """A trouble that somebody is told, once.

    Attributes:
        well: what became of it, a sentence; empty while it is open, or where nothing is to be told.
        told, told_well: the channels that have the alert, and its end.
    """

    number: int
    trouble: Trouble
    opened_at: datetime
    closed_at: datetime | None = None
    well: str = ""
    told: frozenset[str] = frozenset()
    told_well: frozenset[str] = frozenset()

    @property
    def is_over(self) -> bool:
        """Tell whether the trouble is no more."""
        return self.closed_at is not None


class Presence(StrEnum):
    """Whether a process or job that should be at work is."""

    AT_WORK = "at work"
    STUCK = "stuck"
    """It lives, but its work does not get on."""
    SILENT = "silent"
    """Nobody heard of it; it may be gone."""
    GONE = "gone"
    """It ended without a word."""


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """A process or job at work.

    Attributes:
        name: its own; of a run, the run's id.
        kind: `run`, `worker`, `desk`, `schedule`.
        process: as the ledger's claims name it.
        beat_at, moved_at: when it was last heard of, and when its work last got on.
        doing: the step it is at.
    """

    name: str
    kind: str
    process: str
    newsletter: str
    started_at: datetime
    beat_at: datetime
    moved_at: datetime
    doing: str = ""

    def is_stuck(self, now: datetime) -> bool:
        """Tell whether it was silent, or moved nothing, for too long; a worker may have nothing to do."""
        is_still = self.kind == "run" and now - self.moved_at > STILL_AFTER
        return now - self.beat_at > SILENT_AFTER or is_still or self.is_ahead(now)

    def is_ahead(self, now: datetime) -> bool:
        """Tell whether it was heard of at a time to come: a clock went back, or is another one.

        Whoever lives beats again within half a minute, by the clock as it is then.
        """
        return self.beat_at - now > AHEAD


@dataclass(frozen=True, slots=True)
class WebhookEvent:
    """Something that a program is told.

    Attributes:
        hook: the webhook's key.
        name: what tells it from all others, however often it is told.
        about: the edition.
        next_at: when it is tried; None once it is told, given up, or older than the webhook.
        number: of its row; 0 before it has one.
    """

    hook: str
    name: str
    kind: str
    about: str
    body: bytes
    made_at: datetime
    next_at: datetime | None
    told_at: datetime | None = None
    tries: int = 0
    problem: str = ""
    number: int = 0
