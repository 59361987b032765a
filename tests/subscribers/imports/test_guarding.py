"""Columns that may say no and that nobody understands stop an import; rows out of shape are refused."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subscribers import people
from subscribers.errors import MayMeanNo, UnreadableFile
from subscribers.imports.batching import ImportTerms
from subscribers.imports.guarding import meant_by
from subscribers.imports.importing import import_file
from subscribers.imports.reading import RawRow, RowProblem
from subscribers.imports.rows import table_rows
from subscribers.imports.shapes import FIELDS, recognize
from subscribers.imports.sorting import CheckedRow
from subscribers.storage.database import SubscriberDatabase
from tests.subscribers.imports.column_names import HARMLESS, MAY_MEAN_NO
from tests.subscribers.readers import NOW, load, mailed

NAMES = [pytest.param(name, id=f"{tongue}: {name}") for tongue, names in MAY_MEAN_NO.items()
         for name in names.split("|")]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_may_mean_no_is_known_in_many_languages(name: str) -> None:
    assert meant_by(name) in FIELDS


@pytest.mark.parametrize("name", HARMLESS.split("|"))
def test_a_name_that_says_nothing_of_mail_stops_nobody(name: str) -> None:
    assert meant_by(name) == ""


@pytest.mark.parametrize("name", ["Opted out of emails?", "Bounce reason", "Kundenstatus", "Einwilligung"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_an_import_stops_says_why_and_changes_nothing(
    sqlite_database: SubscriberDatabase, tmp_path: Path, name: str, separator: str
) -> None:
    rows = [["email", "name", name], ["a@x.example", "Ann", "yes"], ["b@x.example", "Bob", ""]]
    text = "".join(separator.join(row) + "\n" for row in rows)

    with pytest.raises(MayMeanNo) as told:
        load(sqlite_database, tmp_path, text)

    (suspect,) = told.value.suspects
    assert (suspect.column, suspect.cells, suspect.first, suspect.samples) == (name, 1, 2, ("yes",))
    assert f"--column {shlex.quote(f'{name}={suspect.field}')}" in str(told.value)
    assert f"--ignore-column {shlex.quote(name)}" in str(told.value)
    assert people.search(sqlite_database) == ()


def test_what_the_refusal_says_to_type_lets_the_import_through(
    sqlite_database: SubscriberDatabase, tmp_path: Path
) -> None:
    text = "email,Opt-Out = when?,Lead status\na@x.example,2024-01-01,new\nb@x.example,,new\n"
    with pytest.raises(MayMeanNo) as told:
        load(sqlite_database, tmp_path, text)
    first, second = told.value.suspects

    report = load(
        sqlite_database,
        tmp_path,
        text,
        columns={first.column: first.field},
        ignored=(second.column,),
    )

    assert (first.field, report.added, report.ended) == ("disabled", 1, 1)
    assert mailed(sqlite_database) == {"b@x.example"}


@pytest.mark.parametrize(
    ("field", "cell", "counts"),
    [
        ("status", "Unsubscribed", "ended"),
        ("status", "who knows", "bad"),
        ("subscribed", "", "bad"),
        ("subscribed", "no", "ended"),
        ("subscribed", "1.0", "added"),
        ("confirmed", "", "bad"),
        ("confirmed", "0", "bad"),
        ("confirmed", "yes", "added"),
        ("disabled", "0.0", "added"),
        ("disabled", "-1", "ended"),
        ("bounced", "x", "suppressed"),
        ("blocked", "true", "suppressed"),
        ("complained", "yes", "suppressed"),
        ("ended_at", "last week", "ended"),
        ("ended_at", "0000-00-00 00:00:00", "added"),
        ("bounced_at", "NULL", "added"),
        ("blocked_at", "by hand", "suppressed"),
        ("complained_at", "2024-01-01", "suppressed"),
        ("suppressions", "hard_bounce|new reason", "suppressed"),
        ("status", "-1", "bad"),
    ],
)
def test_a_column_is_what_somebody_said_it_is(
    sqlite_database: SubscriberDatabase, tmp_path: Path, field: str, cell: str, counts: str
) -> None:
    text = f'email,Opt-out info\na@x.example,"{cell}"\n'

    report = load(sqlite_database, tmp_path, text, columns={"opt-out INFO": field})

    assert getattr(report, counts) == 1


def test_several_columns_may_be_one_field_and_each_is_judged(
    sqlite_database: SubscriberDatabase, tmp_path: Path
) -> None:
    text = "email,Bounce A,Bounce B,status\na@x.example,,yes,active\nb@x.example,no,no,active\n"

    load(sqlite_database, tmp_path, text, columns={"Bounce A": "bounced", "Bounce B": "bounced"})

    assert mailed(sqlite_database) == {"b@x.example"}


def test_naming_one_status_column_does_not_deafen_us_to_another(
    sqlite_database: SubscriberDatabase, tmp_path: Path
) -> None:
    text = "email,Status,Mine\na@x.example,unsubscribed,active\n"

    report = load(sqlite_database, tmp_path, text, mapping={"status": "Mine"})

    assert report.ended == 1


@pytest.mark.parametrize(
    ("terms", "problem"),
    [
        ({"ignored": ("Nothing",)}, "no column Nothing"),
        ({"columns": {"Nothing": "status"}}, "no column Nothing"),
        ({"columns": {"x": "soul"}}, "No field soul"),
        ({"columns": {"x": "status"}, "ignored": ("X",)}, "choose one"),
    ],
)
def test_words_about_columns_that_fit_nothing_are_refused(
    sqlite_database: SubscriberDatabase, tmp_path: Path, terms: dict[str, Any], problem: str
) -> None:
    with pytest.raises(ValueError, match=problem):
        load(sqlite_database, tmp_path, "email,x\na@x.example,1\n", **terms)


def test_a_column_without_a_name_is_said_by_its_place(
    sqlite_database: SubscriberDatabase, tmp_path: Path
) -> None:
    text = "a@x.example,no\nb@x.example,yes\n"

    load(sqlite_database, tmp_path, text, columns={"column 2": "subscribed"})

    assert mailed(sqlite_database) == {"b@x.example"}


def test_samples_hold_no_address(sqlite_database: SubscriberDatabase, tmp_path: Path) -> None:
    with pytest.raises(MayMeanNo) as told:
        load(sqlite_database, tmp_path, "email,Blocked by\na@x.example,eve@x.example\n")

    assert "eve@" not in str(told.value)


@pytest.mark.parametrize(
    ("header", "row"),
    [
        pytest.param("email,company,name,unsubscribed", "x@a.example,Acme, Inc.,,yes", id="one too many"),
        pytest.param("email,company,name,unsubscribed", "x@a.example,Acme, Inc.,Ann,yes,", id="two"),
        pytest.param("email,name,status", "x@a.example,Lee, Ann,unsubscribed", id="the quick path"),
        pytest.param("email;name;status", "x@a.example;Lee; Ann;unsubscribed", id="semicolons"),
        pytest.param("email\tname\tstatus", "x@a.example\tLee\tAnn\tunsubscribed", id="tabs"),
        pytest.param("email,name", "x@a.example,Lee,unsubscribed", id="under no column at all"),
        pytest.param("email,name,unsubscribed", "x@a.example,yes", id="cut off"),
        pytest.param("email,status,name", "x@a.example", id="all but the address cut off"),
        pytest.param("email,status,name,city", "x@a.example,,unsubscribed", id="one too few before it"),
        pytest.param("email,name,unsubscribed", 'x@a.example,"Ann\nLee",Acme,yes', id="over two lines"),
    ],
)
def test_a_row_out_of_shape_is_refused_by_its_line(
    sqlite_database: SubscriberDatabase, tmp_path: Path, header: str, row: str
) -> None:
    separator = next(sign for sign in "\t;," if sign in header)
    good = separator.join(["b@x.example", *[""] * header.count(separator)])

    report = load(sqlite_database, tmp_path, f"{header}\n{good}\n{row}\n{good}\n")

    assert report.problems[0].line == 3
    assert mailed(sqlite_database) == {"b@x.example"}


@pytest.mark.parametrize(
    ("text", "added"),
    [
        pytest.param("email,name\na@x.example,Ann,,\n", 1, id="empty cells too many"),
        pytest.param("email,status,city\na@x.example,active\n", 1, id="only a city cut off"),
        pytest.param('email,name,status\na@x.example,"Ann\n\nLee",active\n', 1, id="over three lines"),
        pytest.param("email,status,\na@x.example,active,\n", 1, id="a header that ends with a comma"),
    ],
)
def test_a_row_that_loses_nothing_is_kept(
    sqlite_database: SubscriberDatabase, tmp_path: Path, text: str, added: int
) -> None:
    assert load(sqlite_database, tmp_path, text).added == added


def _json(database: SubscriberDatabase, folder: Path, rows: list[object], **terms: object) -> object:
    path = folder / "list.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows))
    return import_file(database, path, ImportTerms("morning", NOW, **terms))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param({"optOutDate": None}, id="a key of its own"),
        pytest.param({"marketing": {"emailOptIn": False}}, id="inside an object"),
        pytest.param({"lists": [{"name": "news", "membershipStatus": "removed"}]}, id="inside a list"),
        pytest.param({"x": "unsubscribed"}, id="by what stands there"),
    ],
)
def test_json_lines_stop_at_a_key_that_may_mean_no(
    sqlite_database: SubscriberDatabase, tmp_path: Path, row: dict[str, object]
) -> None:
    with pytest.raises(MayMeanNo) as told:
        _json(sqlite_database, tmp_path, [{"email": "a@x.example"}, {"email": "b@x.example", **row}])
    assert mailed(sqlite_database) == set()

    _json(
        sqlite_database,
        tmp_path,
        [{"email": "a@x.example"}, {"email": "b@x.example", **row}],
        ignored=tuple(one.column for one in told.value.suspects),
    )
    assert mailed(sqlite_database) == {"a@x.example", "b@x.example"}


def test_a_status_inside_an_object_is_read(sqlite_database: SubscriberDatabase, tmp_path: Path) -> None:
    rows: list[object] = [{"email": "a@x.example", "subscription": {"status": "unsubscribed"}}]

    _json(sqlite_database, tmp_path, rows)

    assert people.show(sqlite_database, "a@x.example").subscriptions[0].state == "ended"


def test_a_key_that_no_line_has_is_refused(sqlite_database: SubscriberDatabase, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no column Nothing"):
        _json(sqlite_database, tmp_path, [{"email": "a@x.example"}], ignored=("Nothing",))


@pytest.mark.parametrize(
    ("name", "ended", "suppressed"),
    [
        ("news-unsubscribed.csv", 1, 0),
        ("export_bounced_2026.csv", 0, 1),
        ("news-marked-as-spam.csv", 0, 1),
        ("suppressed_profiles.csv", 0, 1),
        ("optouts.csv", 1, 0),
        ("subscribed_and_unsubscribed.csv", 0, 0),
        ("not unsubscribed.csv", 0, 0),
        ("spamfree-list.csv", 0, 0),
    ],
)
def test_a_file_that_is_all_no_may_say_so_by_its_name_alone(
    sqlite_database: SubscriberDatabase, tmp_path: Path, name: str, ended: int, suppressed: int
) -> None:
    path = tmp_path / name
    path.write_text("Email\na@x.example\n")

    report = import_file(sqlite_database, path, ImportTerms("morning", NOW))

    assert (report.ended, report.suppressed) == (ended, suppressed)


COLUMNS = {
    "status": ["active", "unsubscribed", "bounced", "pending", "", "who knows"],
    "unsubscribed": ["", "yes", "no", "2024-01-01", "perhaps"],
    "Subscribed": ["yes", "no", "", "2024-01-01"],
    "unsubscribed_at": ["", "2024-01-01", "NULL"],
    "name": ["Ann", "", "Lee, Ann"],
    "city": ["Bristol", ""],
}


@st.composite
def _tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]], list[int], list[int]]:
    names = draw(st.lists(st.sampled_from(sorted(COLUMNS)), unique=True, min_size=1, max_size=5))
    rows = draw(
        st.lists(
            st.tuples(st.sampled_from("abc"), *(st.sampled_from(COLUMNS[name]) for name in names)),
            min_size=1,
            max_size=6,
        )
    )
    table = [[f"{who}@x.example", *cells] for who, *cells in rows]
    header = ["email", *names]
    return (
        header,
        table,
        draw(st.permutations(range(len(header)))),
        draw(st.permutations(range(len(table)))),
    )


def _yeses(header: list[str], table: list[list[str]]) -> set[str]:
    """Return who would be mailed: no word on them that is no clear yes."""
    shape = recognize(header)
    assert shape is not None
    raw = (RawRow(line, cells) for line, cells in enumerate(table, start=2))
    said: dict[str, set[str]] = {}
    for row in table_rows(shape, None, raw, "list.csv"):
        if not isinstance(row, RowProblem):
            one = CheckedRow._make(row)
            said.setdefault(one.canonical, set()).add(one.status)
    return {who for who, words in said.items() if words == {"active"}}


@settings(deadline=None, max_examples=150, derandomize=True)
@given(_tables(), st.booleans())
def test_no_order_of_columns_or_rows_turns_a_no_into_a_yes(
    table: tuple[list[str], list[list[str]], list[int], list[int]], is_cut: bool
) -> None:
    header, rows, columns, lines = table
    before = _yeses(header, rows)

    turned = [[rows[line][place] for place in columns] for line in lines]
    after = _yeses([header[place] for place in columns], turned)

    assert after == before
    if is_cut:  # a row that lost its last cell never says more than it did whole
        cut = [row[:-1] for row in turned]
        assert _yeses([header[place] for place in columns], cut) <= before
