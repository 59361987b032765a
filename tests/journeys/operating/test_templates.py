"""A newsroom makes a template of its own, and is told what it forgot."""

from __future__ import annotations

import pytest

from digest.cli.exits import Exit
from tests.journeys.desk import Folder


@pytest.fixture
def own(folder: Folder) -> Folder:
    folder.ready()
    (folder.root / "looks").mkdir()
    text = folder.config.read_text(encoding="utf-8")
    folder.config.write_text(text.replace("[site]\n", '[site]\ntemplates = "looks"\n', 1), encoding="utf-8")
    return folder


def test_a_working_copy_passes_the_checks_and_can_be_used(own: Folder) -> None:
    said = own("templates", "new", "harbour", "--from", "brief", "--json")
    text = own.config.read_text(encoding="utf-8")
    own.config.write_text(
        text.replace("[newsletters.morning]\n", '[newsletters.morning]\ntemplate = "harbour"\n', 1),
        encoding="utf-8",
    )

    assert said.code == Exit.DONE
    assert sorted(path.name for path in (own.root / "looks").iterdir()) == [
        "harbour.html",
        "harbour.subject.txt",
        "harbour.txt",
    ]
    checked = own("check", "--no-dns", "--json")
    assert (checked.code, checked.values["warnings"]) == (Exit.DONE, 0)
    listed = own("templates", "list")
    assert f"harbour: {own.root / 'looks' / 'harbour.html'}; used by morning" in listed.out
    assert "broadsheet: built-in" in listed.out


def test_nothing_is_overwritten(own: Folder) -> None:
    (own.root / "looks" / "harbour.txt").write_text("mine", encoding="utf-8")

    said = own("templates", "new", "harbour")

    assert said.code == Exit.BAD_DATA
    assert "it is there already" in said.err
    assert [path.name for path in (own.root / "looks").iterdir()] == ["harbour.txt"]


def test_a_newsletter_may_have_its_own(own: Folder) -> None:
    said = own("templates", "new", "broadsheet", "--newsletter", "morning")
    blocks = own("templates", "blocks", "broadsheet", "--newsletter", "morning", "--json")

    mine = own.root / "looks" / "newsletters" / "morning"
    assert said.code == Exit.DONE
    assert {one["html"] for one in blocks.values["blocks"]} == {str(mine / "broadsheet.html")}
    assert {one["text"] for one in blocks.values["blocks"]} == {str(mine / "broadsheet.txt")}
    assert own("templates", "new", "x", "--newsletter", "nobody").code == Exit.BAD_DATA


def test_without_a_folder_the_setting_is_named(folder: Folder) -> None:
    folder.ready()

    said = folder("templates", "new", "harbour")

    assert said.code == Exit.BAD_DATA
    assert 'templates = "templates" in [site]' in said.err


@pytest.mark.parametrize("arguments", [("check", "--no-dns"), ("config",), ("doctor",)], ids=" ".join)
def test_a_block_of_one_part_alone_is_told_by_every_command_that_looks(
    own: Folder, arguments: tuple[str, ...]
) -> None:
    page = own.root / "looks" / "broadsheet.html"
    page.write_text(
        '{% extends "builtin/broadsheet.html" %}\n'
        "{% block footer %}{{ super() }}<tr><td>Goodbye</td></tr>{% endblock %}"
    )

    said = own(*arguments)

    told = f"warning [templates] {page}:2: the block 'footer' is written anew"
    assert told in (said.err if arguments == ("config",) else said.out)
