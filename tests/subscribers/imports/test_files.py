"""Columns, encodings and formats of the files that people bring."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from subscribers import people
from subscribers.errors import InvalidListKey, UnreadableFile
from subscribers.imports.batching import ImportTerms
from subscribers.imports.importing import import_file
from subscribers.storage.database import SubscriberDatabase
from tests.subscribers.readers import NOW, load, mailed


def test_columns_can_be_named_by_hand(database: SubscriberDatabase, tmp_path: Path) -> None:
    load(
        database,
        tmp_path,
        "Kontakt,email,Wer\nann@harbour.example,wrong@harbour.example,Ann\n",
        mapping={"email": "Kontakt", "name": "Wer"},
    )

    assert mailed(database) == {"ann@harbour.example"}


def test_a_mapping_that_fits_nothing_is_refused(database: SubscriberDatabase, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no column Kontakt"):
        load(database, tmp_path, "email\na@x.example\n", mapping={"email": "Kontakt"})
    with pytest.raises(ValueError, match="No field adress"):
        load(database, tmp_path, "email\na@x.example\n", mapping={"adress": "email"})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", "nothing in it", id="empty"),
        pytest.param("\n\n", "nothing in it", id="blank"),
        pytest.param("name,city\nAnn,Mombasa\n", "no column of it", id="no address"),
        pytest.param('"email\n', "first line", id="broken header"),
    ],
)
def test_a_file_without_rows_to_find_changes_nothing(
    database: SubscriberDatabase, tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(UnreadableFile, match=message):
        load(database, tmp_path, text)


def test_a_list_key_that_cannot_stand_in_a_link_is_refused(
    database: SubscriberDatabase, tmp_path: Path
) -> None:
    with pytest.raises(InvalidListKey, match="Morning News"):
        load(database, tmp_path, "email\na@x.example\n", "Morning News")


def test_a_bare_list_of_addresses_is_a_list(database: SubscriberDatabase, tmp_path: Path) -> None:
    report = load(database, tmp_path, "ann@harbour.example\nbob@harbour.example\n")

    assert (report.shape, report.added) == ("addresses", 2)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings_of_spreadsheets_are_read(
    database: SubscriberDatabase, tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("email;name\r\nzoe@harbour.example;Zoë Brontë\r\n".encode(encoding))

    report = import_file(database, path, ImportTerms("morning", NOW))

    person = people.show(database, "zoe@harbour.example").subscriber
    assert (report.encoding, report.delimiter) == (encoding, ";")
    assert person is not None
    assert person.name == "Zoë Brontë"


def test_broken_and_hostile_names_are_cleaned(database: SubscriberDatabase, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(
        b'email,name\na@x.example,Br\xffken\nb@x.example,"Two\nlines\x07"\n'
        b"c@x.example,N\0ul\nd@x.example," + b"x" * 999 + "\ne@x.example,Zoë\nf@x.example,Zoë\n".encode()
    )

    import_file(database, path, ImportTerms("morning", NOW))

    names = [people.show(database, f"{who}@x.example").subscriber for who in "abcde"]
    assert [person and person.name for person in names] == ["", "Two lines", "N ul", "x" * 200, "Zoë"]


def test_json_lines_are_read_row_by_row(database: SubscriberDatabase, tmp_path: Path) -> None:
    path = tmp_path / "list.jsonl"
    rows: list[object] = [
        {"email": "ann@harbour.example", "name": "Ann", "tags": ["a", "b"], "attributes": {"x": 7}},
        {"name": "Bob", "email": "bob@harbour.example", "status": "unsubscribed"},
        {"email": "cid@harbour.example", "subscribed": False},
        {"name": "nobody"},
        ["dan@harbour.example"],
        {"email": None},
        {"email": 7},
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows) + '\n{"email": \n\n')

    report = import_file(database, path, ImportTerms("morning", NOW))

    assert mailed(database) == {"ann@harbour.example"}
    assert (report.added, report.ended, report.bad) == (1, 2, 5)
    assert [problem.line for problem in report.problems] == [4, 5, 6, 7, 8]


def test_one_json_array_is_refused_with_the_remedy(database: SubscriberDatabase, tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text('[{"email": "ann@harbour.example"}]')

    with pytest.raises(UnreadableFile, match="one object a line"):
        import_file(database, path, ImportTerms("morning", NOW))
