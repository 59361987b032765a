"""kill -9 at any moment, then run again: every reader one mail, and the audit adds up."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from digest.cli.exits import Exit
from digest.transports.smtp.transport import SmtpTransport
from tests.journeys.desk import AT_SEND, NEXT_DAY, Folder
from tests.processes.forking import command, ended
from tests.transports.smtp.server import listening

KILLS = 50
READERS = 25
MANY = 300
LATER = ("Tram drivers vote on a new shift plan", "Old lighthouse opens to visitors", "Bakers win a prize")


class CountingSink:
    """A mail server that accepts everything and remembers for whom."""

    def __init__(self) -> None:
        self.accepted: Counter[str] = Counter()
        self.senders: dict[str, str] = {}

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.accepted.update(envelope.rcpt_tos)
        self.senders |= dict.fromkeys(envelope.rcpt_tos, envelope.mail_from or "")
        return "250 kept"


@pytest.fixture
def sink() -> Iterator[tuple[CountingSink, int]]:
    handler = CountingSink()
    with listening(handler) as port:
        yield handler, port


def a_run(config: Path) -> ForkServerProcess:
    """Start `digest run morning` in a process that can be killed."""
    return command(config, "run", "morning", now=AT_SEND)


def killed_after(config: Path, delay_s: float) -> bool:
    """Kill a run after `delay_s`; tell whether it was still running."""
    process = a_run(config)
    process.join(delay_s)
    was_running = process.is_alive()
    if was_running and process.pid is not None:
        os.kill(process.pid, signal.SIGKILL)
    ended(process)
    return was_running


def finished(config: Path) -> int:
    """Run to the end, however many runs that takes; return the last exit code."""
    code: int | None = None
    for _ in range(5):
        code = ended(a_run(config))
        if code != Exit.UNFINISHED:
            break
    assert code is not None
    return code


def full_run_s(folder: Folder) -> float:
    """Return how long an unharmed run takes here and now: what delays are drawn from, never asserted."""
    begun = time.monotonic()
    assert finished(folder.config) == Exit.DONE
    return time.monotonic() - begun


@pytest.mark.slow
def test_fifty_kills_at_random_moments_lose_nobody_and_double_nobody(tmp_path: Path) -> None:
    pattern = random.Random(20261123)
    for name in ("warm", "measured"):
        (tmp_path / name).mkdir()
    full_run_s(Folder(tmp_path / "warm").ready(readers=READERS))
    span_s = full_run_s(Folder(tmp_path / "measured").ready(readers=READERS))
    kills = 0
    for number in range(KILLS):
        if kills >= KILLS:
            break
        room = tmp_path / f"day{number}"
        room.mkdir()
        folder = Folder(room).ready(readers=READERS)
        # Later runs find work done and end sooner: short delays are drawn more often.
        while kills < KILLS and killed_after(folder.config, span_s * pattern.random() ** 1.5):
            kills += 1

        assert finished(folder.config) == Exit.DONE

        assert folder.recipients() == {f"reader{n}@list.example": 1 for n in range(READERS)}
        audit = folder("audit", "morning", "--json").values
        assert audit["is_settled"]
        assert audit["tally"]["sent"] == READERS
    assert kills >= KILLS


@pytest.mark.slow
def test_killed_while_sending_by_smtp_only_what_was_in_flight_is_held(
    tmp_path: Path, sink: tuple[CountingSink, int]
) -> None:
    handler, port = sink
    transport = f'kind = "smtp"\nhost = "127.0.0.1"\nport = {port}\ntls = "none"'
    folder = Folder(tmp_path).ready(readers=MANY, transport=transport)
    kills = 0
    while kills < 4 and len(handler.accepted) < MANY:
        process = a_run(folder.config)
        waits_for = len(handler.accepted) + 30
        while process.is_alive() and len(handler.accepted) < waits_for:
            process.join(0.01)
        if process.is_alive() and process.pid is not None:
            os.kill(process.pid, signal.SIGKILL)
            kills += 1
        ended(process)

    code = finished(folder.config)

    tally = folder("audit", "morning", "--json").values["tally"]
    assert kills
    assert max(handler.accepted.values()) == 1
    assert tally["adds_up"]
    assert tally["sent"] + tally["held"] == MANY
    assert tally["held"] <= kills * SmtpTransport.max_batch
    assert len(handler.accepted) >= tally["sent"]
    assert code == (Exit.CLOSED_WITH_FAULTS if tally["held"] else Exit.DONE)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
def test_a_run_that_is_asked_to_end_holds_nobody_and_the_next_one_goes_on(
    tmp_path: Path, sink: tuple[CountingSink, int], number: signal.Signals
) -> None:
    handler, port = sink
    transport = f'kind = "smtp"\nhost = "127.0.0.1"\nport = {port}\ntls = "none"'
    folder = Folder(tmp_path).ready(readers=1200, transport=transport)
    process = a_run(folder.config)
    while process.is_alive() and len(handler.accepted) < 30:
        process.join(0.01)

    assert process.pid is not None
    os.kill(process.pid, number)
    ended(process)

    between = folder("audit", "morning", "--json").values["tally"]
    assert process.exitcode == Exit.UNFINISHED
    assert 0 < between["sent"] < 1200
    assert between["planned"] == 1200 - between["sent"]
    assert len(handler.accepted) == between["sent"]
    assert finished(folder.config) == Exit.DONE
    assert set(handler.accepted.values()) == {1}
    assert len(handler.accepted) == 1200


def test_five_runs_at_once_send_each_subscriber_one_mail(folder: Folder, either_url: str) -> None:
    folder.ready(readers=READERS, database=either_url)

    runs = [a_run(folder.config) for _ in range(5)]
    for process in runs:
        ended(process)

    assert {process.exitcode for process in runs} <= {Exit.DONE, Exit.UNFINISHED}
    assert Exit.DONE in {process.exitcode for process in runs}
    assert folder.recipients() == {f"reader{n}@list.example": 1 for n in range(READERS)}
    assert folder("audit", "morning", "--json").values["is_settled"]


def test_overlapping_runs_reach_each_reader_once_by_smtp(
    folder: Folder, sink: tuple[CountingSink, int]
) -> None:
    handler, port = sink
    transport = f'kind = "smtp"\nhost = "127.0.0.1"\nport = {port}\ntls = "none"'
    folder.ready(readers=READERS, transport=transport)

    runs = [a_run(folder.config) for _ in range(3)]
    for process in runs:
        ended(process)

    assert handler.accepted == {f"reader{n}@list.example": 1 for n in range(READERS)}


def test_a_machine_that_was_down_all_day_sends_no_morning_edition_at_night(
    folder: Folder, sink: tuple[CountingSink, int]
) -> None:
    handler, port = sink
    transport = f'kind = "smtp"\nhost = "127.0.0.1"\nport = {port}\ntls = "none"'
    folder.ready(readers=READERS, transport=transport)

    late = folder("run", "morning", "--json", now="2026-11-23T21:40:00+03:00")
    reached = dict(handler.accepted)
    for number, title in enumerate(LATER):
        folder.add_article(
            f"later{number}", "2026-11-23T12:00:00+03:00", title=title, body=f"{title} today."
        )
    following = folder("run", "morning", "--json", now=NEXT_DAY)

    assert reached == {}
    assert late.values["tally"]["skipped"] == READERS
    assert (
        late.values["note"] == f"sent 0 of {READERS}; {READERS} skipped: digest audit morning/2026-11-23"
        f" (the deadline had passed for {READERS})"
    )
    assert "the deadline 2026-11-23T15:30:00+00:00 had passed" in folder("audit", "morning/2026-11-23").out
    assert following.code == Exit.DONE
    assert handler.accepted == {f"reader{n}@list.example": 1 for n in range(READERS)}
