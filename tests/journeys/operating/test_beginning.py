"""A new newsletter's folder: its first run has an edition, at any hour and in any zone."""

from __future__ import annotations

import shlex
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest import installing
from digest.cli.app import run
from digest.editions.assembly import assemble
from digest.model import AlreadySent, EditionKey, SeenArticle, SourceKey
from digest.ports import Memory
from digest.selection import select
from digest.selection.window import edition_day, window_for
from digest.settings import load, scaffold
from digest.settings.unpacking import newsletter_of
from digest.sources.folder import FolderSource
from tests.journeys.desk import Folder

HOURS = [datetime(2026, 11, 23, hour, 55, tzinfo=UTC) for hour in range(24)]
LATER = (timedelta(0), timedelta(hours=3))


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "Africa/Nairobi", "America/Los_Angeles"])
def test_the_first_run_has_an_edition_at_every_hour(folder: Folder, zone: str) -> None:
    for now in HOURS:
        root = folder.root / f"{now:%H}"
        assert folder("init", str(root), "--timezone", zone, now=now.isoformat()).code == 0

        for wait in LATER:
            assert first_items(root, now + wait) == ["Harbor lights to burn until midnight"]


def first_items(root: Path, now: datetime) -> list[str]:
    """Return the headlines of the draft that the first run at `now` makes."""
    letter = newsletter_of(load(root / scaffold.CONFIG, environ={}).settings, scaffold.NEWSLETTER)
    schedule = letter.schedule
    (key,) = letter.sources
    source = FolderSource(
        SourceKey(key), root / "articles", zone=schedule.zone, base_url="https://harbour.example"
    )
    found = source.collect(Memory(), now=now).articles
    seen = [SeenArticle(one, now, now, is_backlog=True) for one in found]
    day = edition_day(schedule, now)
    window = window_for(schedule, day, last_cutoff=None, now=now)
    selection = select(seen, newsletter=letter, window=window, sent=AlreadySent({}))
    return [one.headline for one in assemble(letter, EditionKey(letter.key, day), selection, {}).items]


def test_a_new_folder_sends_its_first_edition(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    now = "2026-11-23T21:55:00+00:00"
    assert folder("init", ".", "--timezone", "Pacific/Auckland", now=now).code == 0
    monkeypatch.chdir(folder.root)
    assert folder("migrate").code == 0
    people = str(folder.root / scaffold.SUBSCRIBERS)
    assert folder("subscribers", "import", people, "--list", "morning").code == 0

    assert folder("run", "morning", now=now).code == 0
    assert len(folder.mails()) == 2


@pytest.mark.parametrize("zone", ["Mars/Phobos", 'UTC"', "africa/nairobi", ""])
def test_a_zone_that_is_none_is_refused_before_anything_is_written(folder: Folder, zone: str) -> None:
    answer = folder("init", "new", "--timezone", zone)

    assert answer.code == 64
    assert "no time zone is named" in answer.err
    assert list(folder.root.iterdir()) == []


def test_lines_for_cron_make_a_folder_that_is_missing_first(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    root = folder.root / "new"

    code = run(["init", str(root), "--timezone", "Africa/Nairobi", "--cron"])

    said = capsys.readouterr()
    assert code == 0
    assert (root / scaffold.CONFIG).exists()
    assert f"cd {root} && " in said.out
    assert "Africa/Nairobi" in said.out
    assert "wrote" not in said.out, "it goes into a crontab"
    assert f"wrote {root / scaffold.CONFIG}" in said.err


def test_units_make_a_folder_that_is_missing_first(folder: Folder) -> None:
    root = folder.root / "new"

    assert run(["init", str(root), "--systemd"]) == 0

    assert (root / "systemd/digest-morning.timer").exists()


def test_lines_for_cron_leave_a_folder_of_others_alone(folder: Folder) -> None:
    root = folder.root / "home"
    root.mkdir()
    (root / "letters.txt").write_text("Mine.")

    assert run(["init", str(root), "--cron"]) == 78

    assert [one.name for one in root.iterdir()] == ["letters.txt"]


def test_what_comes_next_can_be_typed_where_the_shell_finds_no_digest(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(folder.root))

    made = folder("init", str(folder.root / "new")).out
    demo = folder("demo", str(folder.root / "demo")).out

    program = shlex.join(installing.program())
    assert f"  {program} migrate\n" in made
    assert f"  {program} explain morning" in demo


def test_what_comes_next_is_short_where_the_shell_finds_this_digest(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))

    assert "  digest migrate\n" in folder("init", str(folder.root / "new")).out
