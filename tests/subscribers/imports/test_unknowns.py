"""Who said no never comes in, whatever the column is called, in any language: read, or asked about."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from subscribers.errors import MayMeanNo
from subscribers.imports.unknowns import is_of_something_else
from subscribers.storage.database import SubscriberDatabase
from tests.subscribers.imports.noes import NOES
from tests.subscribers.readers import load, mailed

CASES = [
    pytest.param(*one.split("|"), id=one.strip().replace("|", "=", 1)) for one in NOES.strip().split(";")
]


@pytest.mark.parametrize(("column", "no", "yes"), CASES)
def test_who_said_no_in_any_language_never_comes_in(
    sqlite_database: SubscriberDatabase, tmp_path: Path, column: str, no: str, yes: str
) -> None:
    text = f"email,name,{column.strip()}\nno@x.example,Ann,{no}\nyes@x.example,Bob,{yes}\n"
    with suppress(MayMeanNo):  # a question is an answer, too
        load(sqlite_database, tmp_path, text)

    assert "no@x.example" not in mailed(sqlite_database)


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        pytest.param("Zorp", ["ja", ""], id="marks and gaps"),
        pytest.param("Zorp", ["1", "0"], id="figures"),
        pytest.param("Zorp", ["✓", "✗"], id="drawn"),
        pytest.param("Zorp", ["x", "", "x"], id="crosses"),
        pytest.param("Zorp", ["2024-03-01", ""], id="days and gaps"),
        pytest.param("Zorp", ["1.3.24", ""], id="short days"),
        pytest.param("Zorp", ["0", "1710000000"], id="seconds and noughts"),
        pytest.param("Zorp", ["3 March 2024", ""], id="days in words"),
        pytest.param("Zorp", ["NULL", "2024-03-01T10:00:00Z"], id="moments"),
    ],
)
def test_a_column_that_nobody_knows_is_asked_about_where_it_marks_some_readers(
    sqlite_database: SubscriberDatabase, tmp_path: Path, column: str, cells: list[str]
) -> None:
    rows = [f"r{place}@x.example,{cell},A town\n" for place, cell in enumerate(cells)]
    with pytest.raises(MayMeanNo, match=column) as told:
        load(sqlite_database, tmp_path, f"email,{column},Where\n" + "".join(rows))

    (one,) = told.value.suspects
    assert one.cells == sum(cell not in ("", "NULL") for cell in cells)
    if one.is_guess:
        assert "=subscribed" in str(one)


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        pytest.param("Zorp", ["ja", "Nairobi"], id="other words too"),
        pytest.param("Zorp", ["2024-03-01", "2024-03-02"], id="a day for everybody"),
        pytest.param("Zorp", ["", ""], id="nothing at all"),
        pytest.param("VIP", ["yes", "no"], id="who is important"),
        pytest.param("Geburtstag", ["2001-03-01", ""], id="a birthday"),
        pytest.param("last_open_date", ["2024-03-01", ""], id="what was opened"),
        pytest.param("Orders", ["1", "0"], id="figures of a trade"),
        pytest.param("会員登録日", ["2024-03-01", ""], id="when they joined"),
    ],
)
def test_a_column_that_tells_readers_apart_by_something_else_needs_no_question(
    sqlite_database: SubscriberDatabase, tmp_path: Path, column: str, cells: list[str]
) -> None:
    rows = [f"r{place}@x.example,{cell}\n" for place, cell in enumerate(cells)]

    report = load(sqlite_database, tmp_path, f"email,{column}\n" + "".join(rows))

    assert report.added == len(cells)


@pytest.mark.parametrize(
    ("field", "cell", "counts"),
    [
        ("subscribed", "kyllä", "added"),
        ("subscribed", "ei", "ended"),
        ("subscribed", "いいえ", "ended"),
        ("subscribed", "да", "added"),
        ("disabled", "evet", "ended"),
        ("disabled", "hayır", "added"),
        ("disabled", "לא", "added"),
    ],
)
def test_yes_and_no_are_read_in_other_languages_once_somebody_said_what_a_column_is(
    sqlite_database: SubscriberDatabase, tmp_path: Path, field: str, cell: str, counts: str
) -> None:
    report = load(sqlite_database, tmp_path, f"email,Zorp\na@x.example,{cell}\n", columns={"Zorp": field})

    assert getattr(report, counts) == 1


@pytest.mark.parametrize(
    "name", ["Kontaktsperre", "Country code", "Left", "Odjava", "Ziel", "Gift card", "Framelding"]
)
def test_few_names_are_known_to_speak_of_something_else(name: str) -> None:
    assert is_of_something_else(name) is (name in {"Country code", "Gift card"})
