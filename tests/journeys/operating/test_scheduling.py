"""Called by cron's bare shell, by systemd, or by `digest schedule` alone: each edition goes out once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from digest.cli.exits import Exit
from digest.cli.interrupts import endings
from digest.cli.services.schedule import Turns
from digest.cli.session import Session
from tests.journeys.desk import AT_SEND, NEXT_DAY, Folder
from tests.journeys.sending.test_killed import LATER

BEFORE = "2026-11-23T02:00:00+03:00"


@pytest.fixture
def ready(folder: Folder) -> Folder:
    return folder.ready(readers=3)


def add_later(folder: Folder) -> None:
    for number, title in enumerate(LATER):
        folder.add_article(
            f"later{number}", "2026-11-23T12:00:00+03:00", title=title, body=f"{title} today."
        )


def crontab(folder: Folder) -> list[str]:
    lines = folder("init", str(folder.root), "--cron").out.splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_the_printed_lines_run_in_an_empty_environment_and_say_nothing(ready: Folder) -> None:
    """By the real clock there is nothing of 2026-11-23 to send: that it runs is what counts."""
    lines = crontab(ready)

    for line in lines:
        command = line.split(None, 5)[5].replace(r"\%", "%")
        done = subprocess.run(
            ["/usr/bin/env", "-i", "/bin/sh", "-c", command],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert "not found" not in done.stderr
        assert done.returncode in (Exit.DONE, Exit.NOTHING_TO_SEND), done.stderr
        if done.returncode == Exit.DONE:
            assert (done.stdout, done.stderr) == ("", "")
    assert [line.rpartition("digest ")[2] for line in lines] == ["-q run morning", "-q collect morning"]


def test_lines_are_printed_and_units_written_beside_a_folder_that_stays_as_it_is(ready: Folder) -> None:
    before = ready.config.read_bytes()

    said = ready("init", str(ready.root), "--systemd", "--json")

    assert {Path(name).name for name in said.values["files"]} == {
        "digest-morning.service",
        "digest-morning.timer",
        "digest-morning-collect.service",
        "digest-morning-collect.timer",
        "digest-desk.service",
    }
    assert all(Path(name).read_text().startswith("[Unit]\n") for name in said.values["files"])
    assert ready.config.read_bytes() == before


def test_a_quiet_crawl_speaks_only_where_somebody_must_act(ready: Folder) -> None:
    well = ready("-q", "collect", "morning", now=AT_SEND)
    for article in (ready.root / "articles").iterdir():
        article.unlink()
    (ready.root / "articles").rmdir()
    broken = ready("-q", "collect", "morning", now=AT_SEND)

    assert (well.code, well.out) == (Exit.DONE, "")
    assert broken.code == Exit.SOURCES_DOWN
    assert "articles" in broken.out + broken.err


def test_a_schedule_does_the_day_when_it_is_due_and_once(ready: Folder) -> None:
    early = ready("schedule", "--once", now=BEFORE)
    nobody = ready.mails()
    due = ready("schedule", "--once", now=AT_SEND)
    again = ready("schedule", "--once", now=AT_SEND)
    beside = ready("run", "morning", now=AT_SEND)

    assert (early.code, due.code, again.code, beside.code) == (0, 0, 0, 0)
    assert nobody == []
    assert len(ready.mails()) == 3


def test_a_schedule_is_at_work_from_its_first_look_until_it_ends(ready: Folder) -> None:
    session = Session(ready.config, as_json=False, rehearsed_now=datetime.fromisoformat(BEFORE))
    with ThreadPoolExecutor(1) as threads, closing(Turns(session, crawl_every=timedelta())) as turns:
        turns.look(threads)
        turns.look(threads)
        during = ready("status", "--json", now=BEFORE).values["at_work"]
        shown = ready("status", now=BEFORE).out
    after = ready("status", "--json", now=BEFORE).values["at_work"]

    assert [(one["kind"], one["is_stuck"]) for one in during] == [("schedule", False)]
    assert f"schedule {during[0]['name']}: at work since" in shown
    assert after == []


def test_a_schedule_crawls_between_the_days(ready: Folder) -> None:
    ready("schedule", "--once", now=BEFORE)
    for article in (ready.root / "articles").iterdir():
        article.unlink()

    ready("schedule", "--once", "--crawl-every", "0", now=AT_SEND)

    assert len(ready.mails()) == 3


def test_a_schedule_goes_on_from_day_to_day(ready: Folder) -> None:
    ready("schedule", "--once", now=AT_SEND)
    add_later(ready)
    ready("schedule", "--once", now=NEXT_DAY)

    assert len(ready.mails()) == 6


def test_a_schedule_waits_for_its_database_and_ends_when_it_is_told(folder: Folder) -> None:
    """Started before anybody migrated: a container whose database comes up later."""
    folder.write()
    process = subprocess.Popen(
        [sys.executable, "-m", "digest", "schedule", "--config", str(folder.config)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={"PATH": os.environ["PATH"], "HOME": str(folder.root)},
    )
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        while "looking again every" not in line and process.poll() is None:
            line = process.stderr.readline()
        assert "digest migrate" in line
        time.sleep(0.2)
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        assert process.wait(240) == 0
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("ended_by", [signal.SIGTERM, signal.SIGHUP], ids=lambda one: one.name)
def test_a_schedule_that_sends_ends_when_it_is_told(ready: Folder, ended_by: signal.Signals) -> None:
    """What is on its way asks for the end itself, and the process still ends after it."""
    session = """
import os, sys
ending = int(sys.argv.pop())
from digest.cli.app import main
from digest.cli.services import schedule
from digest.dispatch.shutdown import STOPPING

class Turns(schedule.Turns):
    def look(self, threads):
        assert not STOPPING.is_asked, "it looked again"

    def begin(self, threads, *, is_once):
        with STOPPING.sending():
            os.kill(os.getpid(), ending)

schedule.Turns = Turns
schedule.LOOK_S = 0.1
main()
"""
    done = subprocess.run(
        [sys.executable, "-c", session, "schedule", "--config", str(ready.config), str(int(ended_by))],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )

    assert "finishing what is on its way" in done.stderr
    assert done.returncode == Exit.DONE, done.stderr


def test_an_ignored_hangup_stays_ignored() -> None:
    """As under nohup, whose process is to outlive its terminal."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        assert signal.SIGHUP not in endings()
    finally:
        signal.signal(signal.SIGHUP, before)


@pytest.mark.parametrize("moved_by", [timedelta(days=-400), timedelta(hours=-1), timedelta(hours=2)])
def test_a_clock_that_was_set_does_not_stop_the_crawls(folder: Folder, moved_by: timedelta) -> None:
    then = datetime.fromisoformat(BEFORE)
    turns = Turns(Session(folder.config, as_json=False, rehearsed_now=then), crawl_every=timedelta(hours=1))
    turns._done_at["morning"] = then

    assert not turns._is_time("morning", timedelta(hours=1), then + timedelta(minutes=5))
    assert turns._is_time("morning", timedelta(hours=1), then + moved_by)


SLEPT_UNTIL = "2026-11-24T11:10:00+03:00"


@pytest.fixture
def until_six(folder: Folder) -> Folder:
    return folder.ready(readers=3, newsletter='deadline = "18:00"')


def test_an_edition_that_the_machine_slept_through_goes_out_before_its_deadline(until_six: Folder) -> None:
    until_six("schedule", "--once", now=AT_SEND)
    add_later(until_six)

    until_six("schedule", "--once", now=SLEPT_UNTIL)
    until_six("schedule", "--once", now=SLEPT_UNTIL)

    assert len(until_six.mails()) == 6


def test_sources_that_were_down_all_morning_are_read_again_until_the_deadline(until_six: Folder) -> None:
    until_six("schedule", "--once", now=AT_SEND)
    articles = until_six.root / "articles"
    articles.rename(until_six.root / "away")
    until_six("schedule", "--once", now="2026-11-24T06:30:00+03:00")
    (until_six.root / "away").rename(articles)
    add_later(until_six)

    until_six("schedule", "--once", now=SLEPT_UNTIL)

    assert len(until_six.mails()) == 6


def test_a_quiet_day_that_was_looked_at_is_not_looked_at_all_day(until_six: Folder) -> None:
    until_six("schedule", "--once", now=AT_SEND)
    until_six("schedule", "--once", now=NEXT_DAY)
    add_later(until_six)

    until_six("schedule", "--once", now=SLEPT_UNTIL)

    assert len(until_six.mails()) == 3


def test_after_its_deadline_nothing_is_made_up_for(until_six: Folder) -> None:
    until_six("schedule", "--once", now=AT_SEND)
    add_later(until_six)

    until_six("schedule", "--once", now="2026-11-24T19:00:00+03:00")

    assert len(until_six.mails()) == 3
