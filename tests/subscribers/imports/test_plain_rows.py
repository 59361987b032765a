from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subscribers.imports.batching import ImportTerms
from subscribers.imports.importing import import_file
from subscribers.imports.plain_rows import shortcut
from subscribers.imports.reading import RowProblem
from subscribers.imports.rows import checked
from subscribers.imports.shapes import recognize, understand
from subscribers.imports.sorting import CheckedRow, Sorter
from subscribers.storage.database import SubscriberDatabase
from tests.subscribers.readers import NOW

HEADERS = (
    ("email",),
    ("name", "email"),
    ("email", "name", "language", "status", "confirm_time"),
    ("status", "email", "locale"),
    ("Subscription_Status", "E_Mail"),
)
_TEXTS = st.one_of(st.text(max_size=12), st.sampled_from(["'=1", "  Ann  Lee ", "'", "\u202ex", "Zoë"]))
_CELLS = {
    "email": st.one_of(
        st.emails(),
        st.sampled_from(
            [
                "Ann@Bücher.example",
                " a@b.example ",
                "a@b",
                "",
                "ann..lee@b.example",
                '"x"@b.example',
                "'a@b.example",
            ]
        ),
        _TEXTS,
    ),
    "name": _TEXTS,
    "language": st.one_of(_TEXTS, st.sampled_from(["en", "pt_BR", "english?", "'en"])),
    "locale": st.sampled_from(["sw", "zh-Hant", "x", ""]),
    "status": st.one_of(
        _TEXTS,
        st.sampled_from(
            [
                "",
                "Active",
                " unsubscribed",
                "bounced",
                "pending",
                "'active",
                "paused",
                "Opt_Out",
                "non",
                "OUI",
            ]
        ),
    ),
    "confirm_time": st.one_of(
        _TEXTS,
        st.sampled_from(
            ["2026-01-02 03:04:05", "2026-02-30 03:04:05", "2026-01-02T03:04:05+03:00", "2026-01-02"]
        ),
    ),
}
_LIKE = {"E_Mail": "email", "Subscription_Status": "status"}


@st.composite
def _rows(draw: st.DrawFn) -> tuple[tuple[str, ...], list[str]]:
    header = draw(st.sampled_from(HEADERS))
    fields = [draw(_CELLS[_LIKE.get(name, name)]) for name in header]
    return header, fields[: draw(st.integers(0, len(fields)))] if draw(st.booleans()) else fields


@settings(deadline=None, max_examples=100, derandomize=True)
@given(_rows(), st.sampled_from(["list.csv", "unsubscribed_2026.csv", "cleaned.csv"]))
def test_the_short_way_says_what_the_long_way_says(
    row: tuple[tuple[str, ...], list[str]], name: str
) -> None:
    header, fields = row
    shape = recognize(header, file_name=name)
    assert shape is not None
    short = shortcut(shape)
    assert short is not None

    found = short(fields, 7)

    assert found is None or found == checked(understand(shape, fields, 7))


def test_the_rows_that_are_plain_do_take_it() -> None:
    shape = recognize(HEADERS[2])
    assert shape is not None
    short = shortcut(shape)
    assert short is not None

    found = short(["Ann@Harbour.Example", "Ann Lee", "en", "subscribed", "2026-01-02 03:04:05"], 2)

    assert found is not None
    assert CheckedRow._make(found)[:7] == (
        "ann@harbour.example", 2, "Ann@harbour.example", "active", "Ann Lee", 1767323045000, "en"
    )  # fmt: skip


@pytest.mark.parametrize(
    "header",
    [
        ["email", "tags"],
        ["email", "first name"],
        ["email", "unsub_time"],
        ["email", "status", "subscribed"],
        ["email", "opted_out"],
    ],
)
def test_columns_that_say_more_take_the_long_way(header: list[str]) -> None:
    shape = recognize(header)
    assert shape is not None
    assert shortcut(shape) is None


@settings(deadline=None, max_examples=50, derandomize=True)
@given(st.lists(st.tuples(st.text(max_size=3), st.integers(0, 50))), st.integers(1, 7))
def test_rows_come_back_sorted_and_all_of_them(given_rows: list[tuple[str, int]], run_rows: int) -> None:
    rows = [
        (text, line, text, "active", "", None, "", "", ("a", "b"), "", (), "", None)
        for text, line in given_rows
    ]
    with Sorter(run_rows) as sorter:
        for row in rows:
            sorter.add(row)

        assert [tuple(row) for row in sorter.rows()] == sorted(rows)


def test_a_file_in_any_order_is_the_same_import(
    sqlite_database: SubscriberDatabase, tmp_path: Path
) -> None:
    """Lines of one address keep their order; problems are told by line."""
    lines = [
        "b@x.example,",
        "a@x.example,",
        "b@x.example,unsubscribed",
        "broken,",
        "b@x.example,",
        "a@x.example,",
    ]
    out = io.StringIO()
    csv.writer(out).writerow(["email", "status"])
    path = tmp_path / "list.csv"
    path.write_text(out.getvalue() + "\n".join(lines) + "\n")

    rehearsed, done = (
        import_file(sqlite_database, path, ImportTerms("morning", NOW, is_dry_run=dry))
        for dry in (True, False)
    )

    assert (done.added, done.unchanged, done.ended, done.kept_out, done.bad) == (2, 1, 1, 1, 1)
    assert [one.line for one in done.problems] == [5, 6]
    assert isinstance(done.problems[0], RowProblem)
    assert (rehearsed.problems, rehearsed.rows) == (done.problems, done.rows)
