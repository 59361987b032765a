from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subscribers import exporting, lists, people, preferences, suppression
from subscribers.exporting import COLUMNS, escaped, export_csv, export_jsonl
from subscribers.imports.batching import ImportTerms
from subscribers.imports.importing import import_file
from subscribers.model import Evidence, Frequency, SuppressionKind
from subscribers.storage.database import SubscriberDatabase
from tests.subscribers.readers import DAY, NOW, join, load, mailed, sign_up


def _csv(database: SubscriberDatabase, *names: str) -> list[dict[str, str]]:
    out = io.StringIO(newline="")
    export_csv(database, out, lists=names)
    out.seek(0)
    return list(csv.DictReader(out))


def test_every_subscription_is_a_row_with_what_stands_against_it(database: SubscriberDatabase) -> None:
    ann = join(database, "ann@harbour.example")
    join(database, "ann@harbour.example", "evening")
    preferences.choose(database, ann, "morning", topics=["sport", "world"], frequency=Frequency.WEEKLY)
    people.tag(database, ann, ["a", "b"])
    preferences.unsubscribe(database, join(database, "bob@harbour.example"), "morning", now=NOW)
    join(database, "cid@harbour.example")
    suppression.suppress(database, "cid@harbour.example", SuppressionKind.COMPLAINT, now=NOW)
    sign_up(database, "dan@harbour.example")

    rows = sorted(_csv(database), key=lambda row: (row["email"], row["list"]))

    assert [(row["email"][:3], row["list"], row["status"]) for row in rows] == [
        ("ann", "evening", "active"),
        ("ann", "morning", "active"),
        ("bob", "morning", "unsubscribed"),
        ("cid", "morning", "complained"),
        ("dan", "morning", "pending"),
    ]
    assert (rows[1]["topics"], rows[1]["frequency"], rows[1]["tags"]) == ("sport+world", "weekly", "a,b")
    assert list(rows[0]) == list(COLUMNS)
    assert len(_csv(database, "evening")) == 1


def test_blocks_join_without_a_gap(database: SubscriberDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    from subscribers.storage import listing

    monkeypatch.setattr(listing, "_BLOCK", 2)
    monkeypatch.setattr(exporting, "_AT_ONCE", 3)
    for number in range(7):
        join(database, f"r{number}@harbour.example")

    assert sorted(row["email"] for row in _csv(database)) == [
        f"r{number}@harbour.example" for number in range(7)
    ]


@settings(deadline=None, max_examples=100, derandomize=True)
@given(st.text(max_size=20))
def test_no_cell_is_a_formula(text: str) -> None:
    assert not escaped(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_formulas_are_escaped_and_come_back_as_they_were(
    database: SubscriberDatabase, sqlite_database: SubscriberDatabase, tmp_path: Path
) -> None:
    lists.ensure(database, "morning", now=NOW)
    names = {"+ann@x.example": "=HYPERLINK(1)", "-bob@x.example": "@cid", "dan@x.example": "'=x"}
    for address, name in names.items():
        people.add(database, address, "morning", Evidence(words="by phone"), now=NOW, name=name)
    path = tmp_path / "out.csv"
    with path.open("w", newline="", encoding="utf-8") as out:
        export_csv(database, out)

    import_file(sqlite_database, path, ImportTerms("morning", NOW))

    assert "\r\n'+ann@x.example,'=HYPERLINK(1)," in path.read_bytes().decode()
    found = {address: people.show(sqlite_database, address).subscriber for address in names}
    assert {address: person and person.name for address, person in found.items()} == names


@pytest.mark.parametrize("name", ["out.csv", "out.jsonl"])
def test_an_export_imported_elsewhere_mails_the_same_readers(
    database: SubscriberDatabase, sqlite_database: SubscriberDatabase, tmp_path: Path, name: str
) -> None:
    load(
        database,
        tmp_path,
        'email,name,tags,status\n+ann@x.example,-Ann,"a,b",\nbob@x.example,,,unsubscribed\n',
    )
    preferences.pause(database, join(database, "cid@x.example"), "morning", date(2026, 12, 1))
    join(database, "dan@x.example")
    suppression.suppress(database, "dan@x.example", SuppressionKind.HARD_BOUNCE, now=NOW)
    preferences.unsubscribe(database, join(database, "eve@x.example"), "morning", now=NOW)
    sign_up(database, "eve@x.example", now=NOW + DAY)
    path = tmp_path / name
    with path.open("w", newline="", encoding="utf-8") as out:
        (export_csv if name.endswith("csv") else export_jsonl)(database, out)

    import_file(sqlite_database, path, ImportTerms("morning", NOW + DAY))

    for day in (0, 30):
        now = NOW + DAY * day
        assert mailed(sqlite_database, now=now) == mailed(database, now=now)
    assert mailed(sqlite_database, now=NOW + 30 * DAY) == {"+ann@x.example", "cid@x.example"}
    ann = people.show(sqlite_database, "+ann@x.example").subscriber
    assert ann is not None
    assert (ann.name, ann.tags) == ("-Ann", ("a", "b"))


def test_json_lines_are_objects_with_lists(database: SubscriberDatabase) -> None:
    people.tag(database, join(database, "ann@harbour.example"), ["a", "b"])
    out = io.StringIO()

    assert export_jsonl(database, out) == 1
    assert json.loads(out.getvalue())["tags"] == ["a", "b"]
