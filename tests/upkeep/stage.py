"""A newsroom whose mail server is dead, and every kind of trouble that may come over it."""

from __future__ import annotations

import base64
import contextlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from digest.cli.exits import Exit
from digest.cli.session import Session
from digest.day import job
from digest.day.parts import DayParts
from digest.model import DEADLINE_PASSED, DeliveryState, EditionKey, Outcome, Receipt
from digest.model.desk import JobRun
from digest.model.upkeep import AlertKind, Heartbeat
from digest.rendering.checks import records
from digest.upkeep import logbook
from digest.upkeep.alarms import ringing
from digest.upkeep.alarms.bell import bell_of
from digest.upkeep.proofs import Proofs
from digest.web.serving.state import NobodyWatches
from digest.wiring.newsroom import Newsroom
from tests.journeys.desk import Folder
from tests.upkeep.receiver import Receiver

SECRET = "whsec_" + base64.b64encode(b"a key of thirty-two bytes, or so").decode()
DEAD = 'kind = "smtp"\nhost = "127.0.0.1"\nport = 1\ntls = "none"'
HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)
CUTOFF = datetime.fromisoformat("2026-11-23T06:00:00+03:00")
SEND = CUTOFF + 30 * MINUTE
DEADLINE = CUTOFF + 4 * HOUR
KEY = EditionKey("morning", SEND.date())


@dataclass
class World:
    """The machine and the net, as a test has them."""

    used: int = 50
    files: int = 0
    ends: datetime | str | None = SEND + 90 * DAY
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    is_deaf: bool = False

    def disk(self, path: Path) -> tuple[int, int]:
        return self.used, 100 - self.used

    def inodes(self, path: Path) -> tuple[int, int]:
        return (self.files, 100 - self.files) if self.files else (0, 0)

    def certificate_ends(self, host: str, port: int) -> datetime | str | None:
        return self.ends

    def resolver(self) -> records.Resolver | None:
        return None if self.is_deaf else self

    def txt(self, name: str) -> tuple[str, ...]:
        return self.names.get(name, ())


@dataclass
class Stage:
    """A newsroom whose mail server is dead, and whoever is told."""

    folder: Folder
    receiver: Receiver
    world: World = field(default_factory=World)

    @contextlib.contextmanager
    def newsroom(self, now: datetime) -> Iterator[Newsroom]:
        with Session(self.folder.config, as_json=False, rehearsed_now=now).newsroom() as newsroom:
            yield newsroom

    @contextlib.contextmanager
    def parts(self, now: datetime) -> Iterator[DayParts]:
        with self.newsroom(now) as newsroom:
            yield newsroom.parts("morning", progress=NobodyWatches(), clock=lambda: now)

    def ring(self, now: datetime) -> None:
        with self.newsroom(now) as newsroom:
            ringing.ring(newsroom, bell_of(newsroom.settings), now=now, outside=self.world)

    def run(self, now: datetime, *more: str) -> int:
        return self.folder("run", "morning", *more, now=now.isoformat()).code

    def configure(self, old: str, new: str) -> None:
        text = self.folder.config.read_text()
        assert old in text
        self.folder.config.write_text(text.replace(old, new))

    def frozen(self, settle: Callable[[DayParts], object]) -> None:
        """Freeze the day's edition, have its deliveries settled, and close it where all are."""
        with self.parts(SEND) as parts:
            job.collect(parts, now=SEND)
            job.draft(parts, KEY, now=SEND)
            edition = job.approve(parts, KEY, by="amina", now=SEND)
            job.freeze(parts, edition, now=SEND)
            settle(parts)
            job.close(parts, KEY, now=SEND)


def settled(parts: DayParts, outcome: Outcome, *, count: int = 1, others: bool = True) -> None:
    """Settle `count` deliveries so, and the others as sent."""
    claimed = parts.ledger.claim(KEY, "test", limit=5, lease_s=60)
    receipts = [Receipt(one.reference, outcome, "no such box") for one in claimed[:count]]
    rest = [Receipt(one.reference, Outcome.SENT) for one in claimed[count:]]
    parts.ledger.settle(KEY, "test", [*receipts, *rest] if others else receipts)


def unapproved(stage: Stage) -> datetime:
    stage.configure("minimum_items = 3", 'minimum_items = 3\napproval = "required"')
    assert stage.run(CUTOFF) == Exit.WAITING_FOR_APPROVAL
    return DEADLINE - 20 * MINUTE


def not_sent(stage: Stage) -> datetime:
    unapproved(stage)
    return DEADLINE + MINUTE


def without_an_edition(stage: Stage) -> datetime:
    shutil.rmtree(stage.folder.root / "articles")
    (stage.folder.root / "articles").mkdir()
    assert stage.run(SEND) == Exit.NOTHING_TO_SEND
    return DEADLINE + MINUTE


def reached_nobody(stage: Stage) -> datetime:
    stage.frozen(lambda parts: parts.ledger.skip(KEY, f"{DEADLINE_PASSED} has passed"))
    return SEND + HOUR


def no_readers(stage: Stage) -> datetime:
    stage.configure('lists = ["morning"]', 'lists = ["renamed"]')
    assert stage.run(SEND) == Exit.NO_READERS
    return SEND + MINUTE


def some_were_late(stage: Stage) -> datetime:
    def settle(parts: DayParts) -> None:
        claimed = parts.ledger.claim(KEY, "test", limit=3, lease_s=60)
        parts.ledger.settle(KEY, "test", [Receipt(one.reference, Outcome.SENT) for one in claimed])
        parts.ledger.skip(KEY, f"{DEADLINE_PASSED} has passed")

    stage.frozen(settle)
    return SEND + HOUR


def some_failed(stage: Stage) -> datetime:
    stage.frozen(lambda parts: settled(parts, Outcome.FAILED))
    return SEND + HOUR


def some_are_held(stage: Stage) -> datetime:
    def settle(parts: DayParts) -> None:
        settled(parts, Outcome.UNCERTAIN)
        parts.ledger.settle_uncertain(KEY, DeliveryState.HELD, "nobody knows")

    stage.frozen(settle)
    return SEND + HOUR


def stopped(stage: Stage) -> datetime:
    stage.frozen(lambda parts: parts.ledger.stop(KEY, "6 of 100 complained"))
    return SEND + HOUR


def transport_away(stage: Stage) -> datetime:
    """The run tells it itself: its mail server is dead."""
    assert stage.run(SEND) == Exit.UNAVAILABLE
    return SEND + MINUTE


def run_failed(stage: Stage) -> datetime:
    with stage.newsroom(SEND) as newsroom:
        newsroom.database.runs.keep(
            JobRun("morning", "", "digest run", SEND, SEND, logbook.FAILED, "A template is broken.", True)
        )
    return SEND + MINUTE


def run_stuck(stage: Stage) -> datetime:
    with stage.newsroom(SEND) as newsroom:
        newsroom.database.heartbeats.beat(
            Heartbeat("a1b2", "run", "elsewhere/1/2", "morning", SEND, SEND, SEND, "send")
        )
    return SEND + 10 * MINUTE


def no_run(stage: Stage) -> datetime:
    with stage.newsroom(SEND) as newsroom:
        before = SEND - DAY
        newsroom.database.runs.keep(JobRun("morning", "", "digest run", before, before, "done"))
        newsroom.database.runs.keep(JobRun("morning", "", logbook.COLLECT, SEND, SEND, "done"))
    return SEND + 31 * MINUTE


def source_dead(stage: Stage) -> datetime:
    shutil.rmtree(stage.folder.root / "articles")
    for number in range(3):
        assert stage.run(CUTOFF + MINUTE * number) == Exit.SOURCES_DOWN
    return CUTOFF + 4 * MINUTE


def bounce_box_unread(stage: Stage) -> datetime:
    stage.configure(DEAD, f'{DEAD}\nbounces = {{ domain = "b.gazette.example", path = "bounces" }}')
    with stage.newsroom(SEND) as newsroom:
        newsroom.database.runs.keep(JobRun("morning", "", "digest run", CUTOFF, SEND + DAY, "done"))
    stage.frozen(lambda parts: settled(parts, Outcome.SENT))
    return SEND + 26 * HOUR


def feedback_refused(stage: Stage) -> datetime:
    stage.configure("[alerts]", '[hooks.mailgun]\nsigning_key = "changed"\n[alerts]')
    with stage.newsroom(SEND) as newsroom:
        proofs = Proofs(newsroom)
        for minutes in (0, 5, 15, 35):
            proofs.refused(
                "mailgun", "Mailgun's webhook: its signature is not good.", now=SEND + MINUTE * minutes
            )
    return SEND + 36 * MINUTE


def disk_full(stage: Stage) -> datetime:
    stage.world.used = 96
    return SEND


def certificate_ends(stage: Stage) -> datetime:
    stage.configure("https://gazette.example", "https://www.gazette.press")
    stage.world.ends = SEND + 3 * DAY
    return SEND


def record_gone(stage: Stage) -> datetime:
    stage.configure("morning@gazette.example", "morning@gazette.press")
    stage.world.names = {
        "gazette.press": ("v=spf1 mx -all",),
        "mail._domainkey.gazette.press": ("v=DKIM1; p=MIGf",),
    }
    stage.ring(SEND)
    stage.world.names["gazette.press"] = ("something-else=1",)
    return SEND + 6 * HOUR


CASES = [
    pytest.param(unapproved, AlertKind.UNAPPROVED, id="unapproved before the deadline"),
    pytest.param(not_sent, AlertKind.NOTHING_SENT, id="not sent"),
    pytest.param(without_an_edition, AlertKind.NOTHING_SENT, id="no edition at all"),
    pytest.param(reached_nobody, AlertKind.REACHED_NOBODY, id="reached nobody"),
    pytest.param(no_readers, AlertKind.NO_READERS, id="no readers"),
    pytest.param(some_were_late, AlertKind.SKIPPED, id="skipped"),
    pytest.param(some_failed, AlertKind.FAILED, id="failed"),
    pytest.param(some_are_held, AlertKind.HELD, id="held"),
    pytest.param(stopped, AlertKind.STOPPED, id="stopped"),
    pytest.param(transport_away, AlertKind.TRANSPORT_AWAY, id="transport away"),
    pytest.param(run_failed, AlertKind.RUN_FAILED, id="run failed"),
    pytest.param(run_stuck, AlertKind.RUN_STUCK, id="run stuck"),
    pytest.param(no_run, AlertKind.NO_RUN, id="no run"),
    pytest.param(source_dead, AlertKind.SOURCE_DEAD, id="source dead"),
    pytest.param(bounce_box_unread, AlertKind.BOUNCE_BOX_UNREAD, id="bounce box unread"),
    pytest.param(feedback_refused, AlertKind.FEEDBACK_REFUSED, id="reports refused"),
    pytest.param(disk_full, AlertKind.DISK_FULL, id="disk full"),
    pytest.param(certificate_ends, AlertKind.CERTIFICATE, id="certificate"),
    pytest.param(record_gone, AlertKind.DNS_RECORD, id="DNS record"),
]
