from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subscribers import people, tagging
from subscribers.exporting import export_csv, export_jsonl
from subscribers.imports.batching import ImportTerms
from subscribers.imports.importing import import_file
from subscribers.storage.database import SubscriberDatabase
from tests.subscribers.readers import DAY, NOW, join, load

PLACES = ("Bristol, UK", 'say "hi"', "a;b")


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        pytest.param('["Bristol, UK"]', ["Bristol, UK"], id="a JSON list"),
        pytest.param('"Bristol, UK",VIP', ["Bristol, UK", "VIP"], id="quoted"),
        pytest.param('"VIP","Blog"', ["VIP", "Blog"], id="Mailchimp"),
        pytest.param("VIP; Blog ,, x", ["VIP", "Blog", "x"], id="plain"),
        pytest.param('"open, b', ['"open', "b"], id="a quotation mark that is never closed"),
        pytest.param("[x, y]", ["[x", "y]"], id="brackets that are no JSON"),
    ],
)
def test_a_tag_in_quotation_marks_is_one(text: str, tags: list[str]) -> None:
    assert tagging.split(text) == tags


@given(st.lists(st.text(min_size=1, max_size=20).map(str.strip).filter(bool), max_size=6))
def test_tags_come_back_as_they_were(tags: list[str]) -> None:
    assert tagging.split(tagging.joined(tags)) == tags


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_a_tag_with_a_comma_survives_export_and_import(
    sqlite_database: SubscriberDatabase, tmp_path: Path, ending: str
) -> None:
    who = join(sqlite_database, "ann@harbour.example")
    people.tag(sqlite_database, who, PLACES)
    path = tmp_path / f"out.{ending}"
    with path.open("w", encoding="utf-8", newline="") as out:
        (export_csv if ending == "csv" else export_jsonl)(sqlite_database, out)
    people.tag(sqlite_database, who, [])

    import_file(sqlite_database, path, ImportTerms("morning", NOW + DAY))

    found = people.show(sqlite_database, "ann@harbour.example").subscriber
    assert found is not None
    assert set(found.tags) == set(PLACES)


def test_a_json_list_in_a_cell_is_a_list_of_tags(
    sqlite_database: SubscriberDatabase, tmp_path: Path
) -> None:
    load(sqlite_database, tmp_path, 'email,tags\nann@x.example,"[""Bristol, UK"", ""VIP""]"\n')

    found = people.show(sqlite_database, "ann@x.example").subscriber
    assert found is not None
    assert found.tags == ("Bristol, UK", "VIP")
