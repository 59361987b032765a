"""`digest check`, as an operator calls it before the first edition and after."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.cli.exits import Exit
from tests.journeys.desk import AT_SEND, Folder


def test_a_newsroom_in_order_has_no_faults(folder: Folder) -> None:
    folder.ready()

    said = folder("check", "--no-dns", "--json")

    assert said.code == Exit.DONE
    assert (said.values["checked"], said.values["errors"], said.values["warnings"]) == (
        "the configuration",
        0,
        0,
    )
    assert said.values["notes"] > 3


def test_a_database_without_tables_is_told_with_the_command(folder: Folder) -> None:
    folder.write()

    said = folder("check", "--no-dns")

    assert said.code == Exit.BAD_DATA
    assert "run `digest migrate`" in said.out


def test_the_mail_of_an_edition_is_checked_as_it_would_leave(folder: Folder) -> None:
    folder.ready()
    folder("run", "morning", "--until", "draft", now=AT_SEND)

    said = folder("check", "morning", "--no-dns", "--no-spam", "--notes")

    assert said.code == Exit.DONE
    assert "morning/2026-11-23: 0 errors, 0 warnings" in said.out
    assert "note [support]" in said.out


def test_a_mail_in_a_file_is_checked_without_any_configuration(folder: Folder) -> None:
    folder.ready()
    folder("run", "morning", now=AT_SEND)
    mail = next((folder.root / "outbox").rglob("*.eml"))
    spoilt = folder.root / "spoilt.eml"
    spoilt.write_bytes(mail.read_bytes().replace(b"List-Unsubscribe:", b"X-Was:"))
    folder.config.unlink()

    assert folder("check", str(mail), "--no-spam").code == Exit.DONE
    said = folder("check", str(spoilt), "--no-spam")

    assert said.code == Exit.BAD_DATA
    assert "error [headers] List-Unsubscribe: is missing" in said.out


def test_a_page_in_a_file_is_checked(folder: Folder, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<!DOCTYPE html><html><body><img src='/a.png'><a href='javascript:x'>x</a></body></html>"
    )

    said = folder("check", str(page))

    assert said.code == Exit.BAD_DATA
    assert "has no alt text" in said.out
    assert "javascript: address" in said.out


def test_a_file_that_is_not_there_is_named(folder: Folder) -> None:
    said = folder("check", "gone.eml")

    assert said.code == Exit.BAD_DATA
    assert "gone.eml: there is no such file" in said.err


@pytest.mark.parametrize("command", [("status",), ("run", "morning"), ("check", "--no-dns")])
def test_a_bad_theme_stops_every_command_with_all_faults(folder: Folder, command: tuple[str, ...]) -> None:
    folder.ready()
    look = 'template = "tabloid"\ntheme = { accent = "#ffee00", ink = "#dddddd" }'
    folder.write(newsletter=look)

    said = folder(*command)

    assert said.code == Exit.CONFIGURATION
    assert "newsletters.morning.theme.ink" in said.err
    assert "newsletters.morning.template" in said.err
    assert "the nearest that passes is #" in said.err


def test_a_folder_that_mail_goes_to_needs_no_records(folder: Folder) -> None:
    folder.ready()

    said = folder("check", "--json")

    assert said.code == Exit.DONE
    assert [one for one in said.values["findings"] if one["check"] == "dns"] == []
