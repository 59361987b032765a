"""What `digest run` refuses, `digest config` and `digest check` refuse too, in the same words."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from digest.cli.exits import Exit
from digest.plugins import Group
from tests.journeys.desk import AT_SEND, FILE, OUTBOX, Folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "odd.json").write_text("{}")
    (tmp_path / "notes.db").write_text("No database, but a shopping list of some length. " * 100)
    for group, name, code in (
        (Group.TRANSPORT, "owl", "raise RuntimeError('no license')"),
        (Group.SOURCE, "mole", "make = 7"),
        (Group.SUMMARIZER, "parrot", "import no_such_module_at_all"),
    ):
        info = tmp_path / name / f"{name}-1.2.dist-info"
        info.mkdir(parents=True)
        (tmp_path / name / f"{name}_module.py").write_text(f"{code}\n")
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n")
        (info / "entry_points.txt").write_text(f"[{group}]\n{name} = {name}_module:make\n")
        monkeypatch.delitem(sys.modules, f"{name}_module", raising=False)
        monkeypatch.syspath_prepend(str(tmp_path / name))
    return Folder(tmp_path).ready(readers=2)


SOURCE = 'kind = "folder"\npath = "articles"'


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        pytest.param(OUTBOX, 'kind = "owl"', "transport.kind", id="transport of a plug-in"),
        pytest.param(SOURCE, 'kind = "mole"\nname = "hill"', "sources.hill", id="source of a plug-in"),
        pytest.param(
            "[database]", '[summaries]\nkind = "parrot"\n[database]', "summaries.kind", id="blurbs"
        ),
        pytest.param(
            "[database]",
            '[summaries]\nkind = "extractive"\nweights = "gone.json"\n[database]',
            "gone.json",
            id="weights that are not there",
        ),
        pytest.param(
            "[database]",
            '[summaries]\nkind = "extractive"\nweights = "odd.json"\n[database]',
            "odd.json",
            id="weights of another kind",
        ),
        pytest.param(
            "[database]",
            '[summaries]\nkind = "llm"\nprovider = "abacus"\nmodel = "m"\n[database]',
            "summaries.provider",
            id="a provider that nobody knows",
        ),
        pytest.param(
            "minimum_items = 3",
            'minimum_items = 3\nsegment = "gone"',
            "newsletters.morning.segment",
            id="no such segment",
        ),
        pytest.param("[database]", "[segments.odd]\nodd = 1\n[database]", "segments.odd", id="segment"),
        pytest.param(FILE, 'url = "sqlite:///notes.db"', "database.url", id="a file that is no database"),
        pytest.param(FILE, 'url = "mysql://host/name"', "database.url", id="a database of another kind"),
        pytest.param(
            "[database]", '[desk]\nalerts = ["nobody"]\n[database]', "desk.alerts", id="no address"
        ),
    ],
)
def test_what_a_run_refuses_is_refused_by_config_and_check(
    folder: Folder, old: str, new: str, where: str
) -> None:
    text = folder.config.read_text()
    assert old in text
    folder.config.write_text(text.replace(old, new, 1))

    said = [
        folder("run", "morning", now=AT_SEND),
        folder("config"),
        folder("config", "--json"),
        folder("check", "--no-dns"),
    ]

    assert [one.code for one in said] == [Exit.CONFIGURATION] * 4
    assert all(where in one.err for one in said)


def test_all_faults_are_told_at_once(folder: Folder) -> None:
    text = folder.config.read_text().replace(OUTBOX, 'kind = "owl"')
    folder.config.write_text(
        text.replace("[database]", '[summaries]\nkind = "extractive"\nweights = "gone.json"\n[database]')
    )

    said = folder("config")

    assert said.code == Exit.CONFIGURATION
    assert "2 faults" in said.err


def test_a_configuration_is_shown_before_there_is_a_database(folder: Folder) -> None:
    (folder.root / "digest.db").unlink()

    assert folder("config").code == Exit.DONE
    assert not (folder.root / "digest.db").exists()
