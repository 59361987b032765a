"""Versions of settings: added one by one, read as of any, never altered."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.errors import SettingsMoved
from digest.storage.database import Database, migrate, open_database
from digest.storage.desk.kept_settings import kept_in

NOW = datetime(2026, 12, 2, 6, tzinfo=UTC)
TITLE, TIME = ("newsletters", "morning", "title"), ("newsletters", "morning", "send_at")


def opened(folder: Path) -> Database:
    url = f"sqlite:///{folder / 'digest.db'}"
    migrate(url)
    return open_database(url)


def said(database: Database, changes: dict[tuple[str, ...], str | None], based_on: int) -> int:
    return database.kept_settings.keep(changes, based_on=based_on, who="ana", said="s", now=NOW)


def test_a_version_is_read_as_it_was_whatever_came_after(tmp_path: Path) -> None:
    database = opened(tmp_path)

    said(database, {TITLE: '"A"', TIME: '"06:00"'}, 0)
    said(database, {TITLE: '"B"'}, 1)
    said(database, {TIME: None}, 2)

    def values(as_of: int | None) -> dict[tuple[str, ...], str]:
        kept = database.kept_settings.read(as_of=as_of)
        return {place: one.json for place, one in kept.values.items()}

    assert [values(number) for number in (0, 1, 2, 3, None)] == [
        {},
        {TITLE: '"A"', TIME: '"06:00"'},
        {TITLE: '"B"', TIME: '"06:00"'},
        {TITLE: '"B"'},
        {TITLE: '"B"'},
    ]
    database.close()


def test_a_change_that_was_judged_with_an_older_version_is_refused(tmp_path: Path) -> None:
    database = opened(tmp_path)
    said(database, {TITLE: '"A"'}, 0)

    with pytest.raises(SettingsMoved):
        said(database, {TIME: '"06:00"'}, 0)

    assert database.kept_settings.version() == 1
    database.close()


def test_each_change_is_listed_and_logged_before_and_after(tmp_path: Path) -> None:
    database = opened(tmp_path)
    said(database, {TITLE: '"A"'}, 0)
    said(database, {TITLE: '"B"'}, 1)

    newest, first = database.kept_settings.listed()

    assert [(one.before, one.after) for one in (*newest.changes, *first.changes)] == [
        ('"A"', '"B"'),
        (None, '"A"'),
    ]
    (entry, _) = database.audit_log.entries()
    assert entry.who == "ana"
    assert 'morning.title: "A" → "B"' in entry.detail
    database.close()


def test_a_database_that_is_not_there_says_nothing_and_is_not_made(tmp_path: Path) -> None:
    assert kept_in(f"sqlite:///{tmp_path / 'none.db'}") is None
    assert not (tmp_path / "none.db").exists()


def test_a_database_of_an_older_version_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "old.db").touch()

    assert kept_in(f"sqlite:///{tmp_path / 'old.db'}") is None


def test_a_file_that_is_no_database_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "no.db").write_text("this is a letter, and not a short one at that" * 30)

    assert kept_in(f"sqlite:///{tmp_path / 'no.db'}") is None
