"""`digest evaluate` and `digest train`, with and without a newsletter around them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from digest.cli.exits import Exit
from digest.editions.revisions import RewriteBlurb, apply, editor_blurb
from digest.model import EditionKey
from digest.storage.database import open_database
from digest.summaries.learning.samples import Sample, edited_blurbs
from tests.journeys.desk import AT_SEND, Folder
from tests.summaries.learning.publishers import samples, takes_any, takes_the_fourth

KEY = EditionKey("morning", date(2026, 11, 23))
BARE = """
[summaries]
max_sentences = 1
"""


def write(path: Path, given: Sequence[Sample]) -> Path:
    rows = [
        {
            "id": one.name,
            "title": one.articles[0].title,
            "text": one.articles[0].text,
            "reference": one.references[0],
        }
        for one in given
    ]
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return path


@pytest.fixture
def alone(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A folder of a newsletter that allows one sentence, without a database yet."""
    folder.write(more=BARE)
    return folder


def test_three_ways_to_write_stand_side_by_side(alone: Folder, tmp_path: Path) -> None:
    data = write(tmp_path / "blurbs.jsonl", samples(12, takes_the_fourth))
    assert alone("migrate").code == Exit.DONE

    said = alone("evaluate", str(data))
    values = alone("evaluate", str(data), "--json").values

    assert said.code == Exit.DONE
    lines = {line.split()[0]: line for line in said.out.splitlines() if line}
    assert {"lead", "ours", "oracle", "95", "p"} <= set(lines)
    assert values["oracle"]["one"] > values["ours"]["one"]
    assert values["samples"] == 12
    assert values["stemmed"]


def test_stemming_can_be_left_out(alone: Folder, tmp_path: Path) -> None:
    assert alone("migrate").code == Exit.DONE
    data = write(tmp_path / "blurbs.jsonl", samples(8, takes_the_fourth))

    stemmed = alone("evaluate", str(data), "--json").values
    plain = alone("evaluate", str(data), "--json", "--no-stem").values

    assert plain["ours"]["one"] <= stemmed["ours"]["one"]
    assert not plain["stemmed"]


def test_bad_lines_are_named_and_a_file_without_good_ones_is_bad_data(
    alone: Folder, tmp_path: Path
) -> None:
    assert alone("migrate").code == Exit.DONE
    data = tmp_path / "blurbs.jsonl"
    data.write_text("{broken\n")

    said = alone("evaluate", str(data))

    assert said.code == Exit.BAD_DATA
    assert "no sample" in said.err


def test_what_gains_is_written_and_used_by_the_next_run(alone: Folder, tmp_path: Path) -> None:
    data = write(tmp_path / "blurbs.jsonl", samples(80, takes_the_fourth))

    said = alone("train", str(data), "--out", str(tmp_path / "weights.json"), "--json")

    assert said.values["gain"]["p"] < 0.05
    assert said.values["written"] == str(tmp_path / "weights.json")
    alone.config.write_text(alone.config.read_text() + 'weights = "weights.json"\n')
    assert alone("migrate").code == Exit.DONE
    gain = alone("evaluate", str(data), "--json").values["rouge_1"]["mean"]
    assert gain > 0.1


def test_what_gains_nothing_is_not_written_and_the_numbers_are_told(alone: Folder, tmp_path: Path) -> None:
    data = write(tmp_path / "blurbs.jsonl", samples(60, takes_any))

    said = alone("train", str(data), "--out", str(tmp_path / "weights.json"))

    assert said.code == Exit.DONE
    assert "Not written" in said.out
    assert "p = " in said.out
    assert not (tmp_path / "weights.json").exists()


def test_training_needs_something_to_learn_from(alone: Folder) -> None:
    assert alone("train").code == Exit.USAGE


def test_the_desk_s_own_blurbs_are_learned_from(folder: Folder) -> None:
    folder.ready()
    folder("collect", "morning", now=AT_SEND)
    folder("draft", "morning", now=AT_SEND)
    database = open_database(f"sqlite:///{folder.root}/digest.db")
    edition = database.editions.load(KEY)
    assert edition is not None
    written = RewriteBlurb(edition.items[0].article, editor_blurb("A third boat shortens the wait."))
    now = datetime(2026, 11, 23, 4, tzinfo=UTC)
    database.editions.save_draft(apply(written, edition), (), expected_revision=edition.revision, now=now)

    found = list(edited_blurbs(database.editions, database.articles))
    said = folder("train", "--desk")

    database.close()
    assert [one.references for one in found] == [("A third boat shortens the wait.",)]
    assert found[0].articles[0].id == edition.items[0].article
    assert said.code == Exit.BAD_DATA
    assert "1 articles" in said.err
