"""Figures for Prometheus, traces, and who is at work: as a run leaves them."""

from __future__ import annotations

import os
import stat
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from prometheus_client.parser import text_string_to_metric_families

from digest.cli.exits import Exit
from digest.cli.session import Session
from digest.cli.standings import expected
from digest.dispatch import owners
from digest.model.upkeep import Heartbeat
from digest.selection.window import send_time
from digest.settings.unpacking import newsletter_of
from digest.upkeep import counting, heartbeats, metrics, tracing
from tests.journeys.desk import AT_SEND, CUTOFF, NEXT_DAY, Folder
from tests.upkeep.receiver import receiving

OPERATIONS = Path(__file__).parents[2] / "docs" / "operations.md"
SEND = datetime.fromisoformat(AT_SEND)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.chdir(tmp_path)
    return Folder(tmp_path).ready()


def test_a_run_writes_its_figures_for_node_exporter(folder: Folder) -> None:
    folder.config.write_text(folder.config.read_text() + '\n[metrics]\ntextfile = "digest.prom"\n')

    assert folder("run", "morning", now=AT_SEND).code == Exit.DONE

    path = folder.root / "digest.prom"
    found = {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(path.read_text())
        for sample in family.samples
    }
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert [one.name for one in folder.root.glob(".digest.prom*")] == []
    assert found["digest_articles", "morning"] == 4
    assert found["digest_edition_items", "morning"] == 4
    assert found["digest_edition_state", "closed", "morning"] == 1
    assert found["digest_edition_deliveries", "frozen", "morning"] == 5
    assert found["digest_edition_deliveries", "morning", "sent"] == 5
    assert found["digest_edition_deliveries", "failed", "morning"] == 0
    assert found["digest_deliveries_total", "morning", "sent"] == 5
    assert found["digest_editions_total", "morning"] == 1
    assert found["digest_source_failures_in_a_row", "folder:articles", "morning"] == 0
    assert found["digest_last_success_age_seconds", "morning"] == 0
    assert found["digest_last_crawl_timestamp_seconds", "morning"] == SEND.timestamp()
    assert found["digest_next_send_timestamp_seconds", "morning"] == SEND.timestamp() + 86_400


def counted(folder: Folder) -> dict[str, int]:
    session = Session(folder.config, as_json=False, rehearsed_now=SEND)
    with session.newsroom() as newsroom:
        return dict(counting.counters(newsroom, "morning"))


def test_each_edition_is_counted_once_when_it_closes(folder: Folder) -> None:
    folder("run", "morning", now=CUTOFF)
    drafted = counted(folder)
    for _ in range(3):
        folder("run", "morning", now=AT_SEND)
    closed = counted(folder)
    for number, name in enumerate(("tide", "mast", "rope")):
        folder.add_article(
            name, "2026-11-24T02:00:00+03:00", title=f"{name} {number}", body=f"A {name} again."
        )
    folder("run", "morning", now=NEXT_DAY)

    assert drafted == {"editions": 0, "frozen": 0, "sent": 0, "failed": 0, "held": 0, "skipped": 0}
    assert closed == drafted | {"editions": 1, "frozen": 5, "sent": 5}
    assert counted(folder) == drafted | {"editions": 2, "frozen": 10, "sent": 10}


def test_of_two_who_count_at_once_one_does(folder: Folder) -> None:
    session = Session(folder.config, as_json=False, rehearsed_now=SEND)
    with session.newsroom() as newsroom:
        alerts = newsroom.database.alerts
        first = [alerts.move("counted morning", None, now=SEND, detail="1") for _ in range(2)]
        known = alerts.milestone("counted morning")
        later = [alerts.move("counted morning", known, now=SEND, detail="2") for _ in range(2)]

    assert (first, later) == ([True, False], [True, False])


def test_a_file_that_cannot_be_written_costs_no_edition(folder: Folder) -> None:
    folder.config.write_text(folder.config.read_text() + '\n[metrics]\ntextfile = "none/digest.prom"\n')

    said = folder("run", "morning", now=AT_SEND)

    assert said.code == Exit.DONE
    assert "metrics.textfile can't be written" in said.err


def test_the_docs_list_every_figure() -> None:
    assert metrics.table() in OPERATIONS.read_text()


def test_a_run_is_at_work_while_it_runs_and_takes_up_what_a_dead_one_left(folder: Folder) -> None:
    session = Session(folder.config, as_json=False, rehearsed_now=SEND)
    with session.newsroom() as newsroom:
        beats = newsroom.database.heartbeats
        ours = owners.this_process()
        gone = ours.rpartition("/")[0] + "/1"
        beats.beat(Heartbeat("dead", "run", gone, "morning", SEND, SEND, SEND))
        beats.beat(Heartbeat("else", "run", gone, "evening", SEND, SEND, SEND))
        with heartbeats.at_work(newsroom, "run", newsletter="morning", clock=lambda: SEND) as pulse:
            during = {one.name: one.process for one in beats.listed()}
        after = [one.name for one in beats.listed()]

    assert during == {pulse.name: ours, "else": gone}
    assert after == ["else"]


@pytest.mark.parametrize(
    ("kind", "newsletter", "silent", "is_kept"),
    [
        pytest.param("worker", "", 2, True, id="one that was just heard of"),
        pytest.param("worker", "", 4, False, id="a silent one of its kind"),
        pytest.param("worker", "", -60, False, id="one of a time to come"),
        pytest.param("desk", "", 4, True, id="a silent one of another kind"),
        pytest.param("run", "evening", 4, True, id="another newsletter's"),
        pytest.param("desk", "", 60 * 49, False, id="anyone after two days"),
        pytest.param("desk", "", 60 * 13, False, id="anyone after half a day"),
    ],
)
def test_who_starts_replaces_whoever_fell_silent_in_another_container(
    folder: Folder, kind: str, newsletter: str, silent: int, *, is_kept: bool
) -> None:
    session = Session(folder.config, as_json=False, rehearsed_now=SEND)
    heard = SEND - timedelta(minutes=silent)
    with session.newsroom() as newsroom:
        beats = newsroom.database.heartbeats
        beats.beat(Heartbeat("old", kind, "elsewhere:1:2/7/8", newsletter, heard, heard, heard))
        with heartbeats.at_work(newsroom, "worker", clock=lambda: SEND):
            during = [one.name for one in beats.listed()]

    assert ("old" in during) is is_kept


@pytest.mark.parametrize(("silent", "is_kept"), [(59, True), (61, False)])
def test_a_dead_one_beside_a_living_one_is_told_for_an_hour(
    folder: Folder, silent: int, *, is_kept: bool
) -> None:
    session = Session(folder.config, as_json=False, rehearsed_now=SEND)
    heard = SEND - timedelta(minutes=silent)
    with session.newsroom() as newsroom:
        beats = newsroom.database.heartbeats
        beats.beat(Heartbeat("dead", "worker", "elsewhere:1:2/7/8", "", heard, heard, heard))
        heartbeats.Pulse(newsroom, "worker", name="alive", clock=lambda: SEND).sweep()
        left = [one.name for one in beats.listed()]

    assert left == ["dead"] * is_kept


def test_status_tells_who_is_at_work_who_is_stuck_and_the_next_send(folder: Folder) -> None:
    assert folder("run", "morning", now=AT_SEND).code == Exit.DONE
    session = Session(folder.config, as_json=False, rehearsed_now=SEND)
    with session.newsroom() as newsroom:
        alive = Heartbeat("alive", "worker", owners.this_process(), "", SEND, SEND, SEND)
        silent = Heartbeat("silent", "run", "elsewhere/1/1", "morning", SEND, SEND, SEND, "send")
        newsroom.database.heartbeats.beat(alive)
        newsroom.database.heartbeats.beat(silent)

    soon = folder("status", now=(SEND + timedelta(minutes=1)).isoformat())
    later = folder("status", now=(SEND + timedelta(minutes=5)).isoformat())
    values = folder("status", "--json", now=(SEND + timedelta(minutes=5)).isoformat()).values

    assert "morning: the next is due Tue 2026-11-24 06:30 EAT" in soon.out
    assert "worker alive: at work" in soon.out
    assert "run silent of morning: at work" in soon.out
    assert "run silent of morning: SILENT" in later.out
    assert {one["name"]: one["is_stuck"] for one in values["at_work"]} == {"alive": True, "silent": True}


@pytest.mark.parametrize(
    ("process", "silent", "still", "told"),
    [
        pytest.param("elsewhere/1/1", 1, 1, "at work", id="heard of"),
        pytest.param("elsewhere/1/1", 1, 21, "stuck", id="heard of, and moves nothing"),
        pytest.param("elsewhere/1/1", 4, 4, "silent", id="not heard of for some minutes"),
        pytest.param("elsewhere/1/1", 16, 16, "gone", id="not heard of for long"),
        pytest.param("elsewhere/1/1", -14, -14, "at work", id="by a clock that is a little ahead"),
        pytest.param("elsewhere/1/1", -60, -60, "silent", id="the clock went back, and it died before"),
        pytest.param("", 1, 1, "gone", id="its process is proved to be no more"),
        pytest.param("elsewhere/1/1", 60 * 11, 60 * 11, "gone", id="in the morning after"),
        pytest.param("elsewhere/1/1", 60 * 13, 60 * 13, None, id="left, though nobody came"),
    ],
)
def test_whoever_died_is_told_as_gone_and_leaves_after_half_a_day(
    folder: Folder, process: str, silent: int, still: int, told: str | None
) -> None:
    heard, moved = SEND - timedelta(minutes=silent), SEND - timedelta(minutes=still)
    of = process or owners.this_process().rpartition("/")[0] + "/1"
    with Session(folder.config, as_json=False, rehearsed_now=SEND).newsroom() as newsroom:
        newsroom.database.heartbeats.beat(Heartbeat("w1", "run", of, "morning", moved, heard, moved))

    values = folder("status", "--json", now=SEND.isoformat()).values["at_work"]
    lines = folder("status", now=SEND.isoformat()).out

    assert [one["presence"] for one in values] == ([told] if told else [])
    assert ("run w1 of morning" in lines) is bool(told)
    assert (f": {told}".upper() in lines) is (told not in {"at work", None})


@pytest.mark.parametrize(
    ("runs", "asked", "code", "went_out"),
    [
        pytest.param([], CUTOFF, Exit.DONE, False, id="not yet time"),
        pytest.param([], AT_SEND, Exit.UNFINISHED, False, id="no run at all, and none before"),
        pytest.param([CUTOFF], AT_SEND, Exit.UNFINISHED, False, id="drafted only"),
        pytest.param([AT_SEND], AT_SEND, Exit.DONE, True, id="sent"),
        pytest.param([AT_SEND], NEXT_DAY, Exit.UNFINISHED, False, id="yesterday's is not today's"),
    ],
)
def test_whether_todays_edition_went_out_is_an_exit_code(
    folder: Folder, runs: list[str], asked: str, code: Exit, *, went_out: bool
) -> None:
    for now in runs:
        folder("run", "morning", now=now)

    said = folder("status", "--expect", "morning", "--json", now=asked)

    assert said.code == code
    assert said.values["went_out"] is went_out
    assert said.values["is_well"] is (code == Exit.DONE)


@pytest.mark.parametrize(
    ("newsletter", "runs", "asked", "code", "day"),
    [
        pytest.param('approval = "required"', ["23T06:00"], "23T09:59", 10, 23, id="may be approved"),
        pytest.param('approval = "required"', ["23T06:00"], "23T10:00", 14, 23, id="too late for it"),
        pytest.param("", ["23T06:00"], "23T09:59", 75, 23, id="approved, and nothing ran"),
        pytest.param("", ["23T06:00"], "23T10:00", 14, 23, id="approved, and its time is over"),
        pytest.param("", ["23T06:30"], "23T23:50", 0, 23, id="sent"),
        pytest.param("", ["23T06:30"], "24T12:00", 14, 24, id="no run today"),
        pytest.param("evening", ["23T06:30"], "23T21:59", 0, 23, id="before an evening's cutoff"),
        pytest.param("evening", ["23T06:30"], "23T22:10", 0, 23, id="behind it, and today's is out"),
        pytest.param("evening", ["23T06:30"], "24T22:10", 14, 24, id="behind it, and today's is not"),
        pytest.param("evening", ["23T06:30"], "25T00:10", 0, 25, id="a new day"),
        pytest.param('weekdays = ["mon"]', ["23T06:30"], "24T12:00", 0, 24, id="none of its days"),
    ],
)
def test_whether_it_went_out_is_true_at_each_moment(
    folder: Folder, newsletter: str, runs: list[str], asked: str, code: int, day: int
) -> None:
    text = folder.config.read_text().replace('cutoff = "06:00"', 'cutoff = "06:00"\ndeadline = "10:00"')
    if newsletter == "evening":
        text, newsletter = text.replace('cutoff = "06:00"', 'cutoff = "22:00"'), ""
        text = text.replace("minimum_items = 3", "minimum_items = 1")
        folder.add_article("early", "2026-11-22T12:00:00+03:00")
    folder.config.write_text(text.replace('deadline = "10:00"', f'deadline = "10:00"\n{newsletter}'))
    for now in runs:
        folder("run", "morning", now=f"2026-11-{now}:00+03:00")

    said = folder("status", "--expect", "morning", "--json", now=f"2026-11-{asked}:00+03:00")

    assert (said.code, said.values["edition"]) == (code, f"morning/2026-11-{day}")


@pytest.mark.parametrize(
    ("zone", "day", "there_is_one"),
    [
        pytest.param("Europe/Berlin", "2026-03-29", True, id="23 hours"),
        pytest.param("America/New_York", "2026-11-01", True, id="25 hours"),
        pytest.param("Australia/Lord_Howe", "2026-10-04", True, id="23.5 hours"),
        pytest.param("Australia/Lord_Howe", "2026-04-05", True, id="24.5 hours"),
        pytest.param("Africa/Casablanca", "2026-02-15", True, id="Ramadan begins"),
        pytest.param("Africa/Cairo", "2026-04-24", True, id="no midnight"),
        pytest.param("Pacific/Apia", "2011-12-30", False, id="a day that never was"),
    ],
)
def test_each_newsletter_is_due_on_its_own_clock_on_odd_days_too(
    folder: Folder, zone: str, day: str, *, there_is_one: bool
) -> None:
    text = folder.config.read_text().replace('"06:30"', '"02:30"\ndeadline = "10:00"')
    of_its_own = text[text.index("[newsletters.morning]") :].replace(
        "newsletters.morning", "newsletters.far"
    )
    own = f"\n{of_its_own.replace('Africa/Nairobi', zone)}".replace('cutoff = "06:00"', 'cutoff = "02:15"')
    folder.config.write_text(text.replace('cutoff = "06:00"', 'cutoff = "02:15"') + own)
    begins = datetime.combine(date.fromisoformat(day), time(), ZoneInfo(zone)).astimezone(UTC)
    wrong, asked = list[str](), set[str]()

    with Session(folder.config, as_json=False, rehearsed_now=begins).newsroom() as newsroom:
        for step in range(-12, 40):
            now = begins + timedelta(minutes=45 * step)
            for name in ("morning", "far"):
                said = expected(newsroom, name, now)
                schedule = newsletter_of(newsroom.settings, name).schedule
                asked |= {str(said.key.day)} if name == "far" else set()
                is_due = now >= send_time(schedule, said.key.day)
                is_its_day = said.key.day == now.astimezone(schedule.zone).date()
                if is_due != (said.code != Exit.DONE) or not is_its_day:
                    wrong.append(f"{said.key} at {now}: {said.code}")

    assert wrong == []
    assert (day in asked) == there_is_one


def test_an_edition_nobody_got_did_not_go_out(folder: Folder) -> None:
    folder("run", "morning", now=CUTOFF)
    folder("run", "morning", "--until", "approve", now=AT_SEND)
    folder("dispatch", "morning", "--cancel", "--for-good", "--yes", now=AT_SEND)

    assert folder("status", "--expect", "morning", now=AT_SEND).code == Exit.MISSED
    assert folder("status", "--expect", "evening", now=AT_SEND).code == Exit.CONFIGURATION


def test_a_run_and_its_steps_are_traced(folder: Folder) -> None:
    with receiving() as collector:
        endpoint = f"{collector.url}/v1/traces"
        folder.config.write_text(folder.config.read_text() + f'\n[tracing]\nendpoint = "{endpoint}"\n')
        assert folder("run", "morning", now=AT_SEND).code == Exit.DONE
        tracing.flush()

    sent = b"".join(one.body for one in collector.got)
    assert set(collector.paths) == {"/v1/traces"}
    for words in (b"newsroom-digest", b"digest run", b"digest.newsletter", b"morning", b"collect"):
        assert words in sent
    assert b"@list.example" not in sent


def test_what_a_command_writes_is_private(folder: Folder) -> None:
    before = os.umask(0o022)
    try:
        assert folder("init", "fresh").code == 0
        assert folder("run", "morning", now=AT_SEND).code == 0
        assert folder("preview", "morning", now=AT_SEND).code == 0
        after = os.umask(0o022)
    finally:
        os.umask(before)

    made = [folder.root / "fresh", folder.root / "outbox", folder.root / "preview"]
    paths = [path for top in made for path in (top, *top.rglob("*"))]
    paths += list(folder.root.glob("digest.db*"))
    modes = {oct(stat.S_IMODE(path.stat().st_mode)) for path in paths}
    assert len(paths) > 10
    assert modes == {"0o600", "0o700"}
    assert after == 0o022
