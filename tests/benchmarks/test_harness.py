"""What the benchmarks say of a race is what happened in it."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import pytest

from benchmarks.dispatching import read
from benchmarks.harness import spending
from benchmarks.harness.builds import THIS, from_history
from benchmarks.harness.newsrooms import NEWSLETTER, make
from benchmarks.harness.servers import Databases
from benchmarks.harness.spending import Spent
from benchmarks.harness.trials import Trial, report


def trial(name: str, *laps: Spent, mails: int = 100, faster: float = 0.0, lighter: float = 0.0) -> Trial:
    coming = iter(laps)
    found = Trial(name, mails, lambda: next(coming), faster=faster, lighter=lighter)
    for _ in laps:
        found.run()
    return found


def test_rates_are_compared_by_mails_and_round_by_round() -> None:
    ours = trial("ours", Spent(1, 0.2, 50), Spent(2, 0.2, 50), Spent(10, 0.2, 50))
    few = trial("few", Spent(1, 0.1, 0), Spent(1, 0.1, 0), Spent(1, 0.1, 0), mails=10)

    assert ours.times_faster(few) == 5.0
    assert ours.times_lighter(few) == pytest.approx(5.0)


def test_a_servers_processor_time_counts_where_both_sides_have_one() -> None:
    ours = trial("ours", Spent(1, 0.2, 50, server_s=0.2))

    assert ours.times_lighter_with_server(trial("theirs", Spent(1, 0.4, 0, server_s=1.6))) == 5.0
    assert ours.times_lighter_with_server(trial("no server", Spent(1, 0.4, 0))) == 0.0


def test_a_sender_whose_processor_time_nobody_knows_has_no_ratio() -> None:
    assert trial("ours", Spent(1, 0.2, 50)).times_lighter(trial("theirs", Spent(1, 0.0, 0))) == 0.0


@pytest.mark.parametrize(
    ("ours", "faster", "lighter", "is_met"),
    [
        pytest.param(Spent(1, 0.1, 100), 2.0, 3.0, True, id="all met"),
        pytest.param(Spent(2, 0.1, 100), 2.0, 3.0, False, id="too slow"),
        pytest.param(Spent(1, 0.5, 100), 2.0, 3.0, False, id="too much processor time"),
        pytest.param(Spent(1, 0.1, 161), 2.0, 3.0, False, id="too much memory"),
        pytest.param(Spent(9, 0.9, 100), 0.0, 0.0, True, id="no target"),
    ],
)
def test_a_race_is_met_when_every_target_is(
    ours: Spent, faster: float, lighter: float, *, is_met: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs = trial("theirs", Spent(2, 0.3, 0), faster=faster, lighter=lighter)

    assert report([trial("ours", ours), theirs]) is is_met
    assert ("MISSED" in capsys.readouterr().out) is not is_met


def test_what_a_command_spends_is_its_own() -> None:
    spent = spending.run(
        [sys.executable, "-c", "import time; held = bytearray(90_000_000); time.sleep(0.5)"]
    )

    assert spent.wall_s >= 0.5
    assert spent.peak_mib > 85 or not Path("/proc/self/status").exists()


def test_a_command_that_fails_ends_the_race() -> None:
    with pytest.raises(SystemExit, match="ends with 3"):
        spending.run([sys.executable, "-c", "raise SystemExit(3)"])


def test_a_copied_database_is_one_of_its_own(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    with Databases() as databases:
        url = databases.create(here)
        with sqlite3.connect(here / "digest.db") as first:
            first.execute("CREATE TABLE one (id)")
        first.close()

        copied = databases.copy(url, there)

    assert copied == f"sqlite:///{there / 'digest.db'}"
    second = sqlite3.connect(there / "digest.db")
    assert second.execute("SELECT count(*) FROM one").fetchone() == (0,)
    second.close()


def test_a_race_is_of_what_ships_where_nothing_else_is_asked_for() -> None:
    given = read([])

    assert (given.readers, given.claims, given.url) == (50_000, 32, "")
    assert read(["--claims", "500"]).claims == 500


def test_a_build_that_is_not_in_the_history_is_told() -> None:
    with pytest.raises(SystemExit, match="can't be had"), from_history("0" * 40):
        pass


@pytest.mark.slow
def test_a_newsroom_of_the_benchmarks_can_be_sent(tmp_path: Path) -> None:
    room = make(THIS, tmp_path / "room", readers=20)

    room.digest("run", NEWSLETTER, "--until", "approve")
    room.digest("dispatch", NEWSLETTER)

    assert (
        len(list((room.folder / "outbox").rglob("*.eml"))) == 18
    )  # one of 500 is suppressed, one has left
