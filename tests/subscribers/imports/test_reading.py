from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subscribers.errors import UnreadableFile
from subscribers.imports.reading import (
    MAX_LINE_CHARS,
    MAX_ROW_LINES,
    RawRow,
    RowProblem,
    csv_rows,
    detect_delimiter,
    detect_encoding,
    open_text,
)

_TEXT = "email,name\nann@harbour.example,Zoë Brontë\nbob@harbour.example,“Bob”\n"


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
    ],
)
def test_encodings_are_found_and_read_back(encoding: str, found: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(_TEXT.encode(encoding))

    assert detect_encoding(path) == found
    with open_text(path, detect_encoding(path)) as stream:
        assert stream.read() == _TEXT


def test_a_byte_far_behind_the_start_decides_too(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"ann@harbour.example,Ann\n" * 100_000 + "zoe@harbour.example,Zoë\n".encode("cp1252"))

    assert detect_encoding(path) == "cp1252"


def test_a_few_broken_bytes_leave_good_utf8_alone(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("zoë\n".encode() * 100 + b"bro\xffken\n")

    assert detect_encoding(path) == "utf-8"


def test_a_sign_cut_by_the_block_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"x" * ((1 << 20) - 1) + "ë".encode() * 10)

    assert detect_encoding(path) == "utf-8"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"nowhere\.csv: No such file"):
        detect_encoding(tmp_path / "nowhere.csv")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_separators_are_found(delimiter: str) -> None:
    text = f'email{delimiter}name\na@x.example{delimiter}"Lee, Ann; |x"\nb@x.example{delimiter}Bob\n'

    assert detect_delimiter(io.StringIO(text)) == delimiter


def test_a_single_column_needs_no_separator() -> None:
    assert detect_delimiter(io.StringIO("email\na@x.example\n")) == ","
    assert detect_delimiter(io.StringIO("")) == ","


def test_excels_own_word_is_believed() -> None:
    text = "sep=;\nemail;name\na@x.example;A\n"

    assert detect_delimiter(io.StringIO(text)) == ";"
    assert _rows(text, ";")[0] == RawRow(2, ["email", "name"])


def _rows(text: str, delimiter: str = ",") -> list[RawRow | RowProblem]:
    return list(csv_rows(io.StringIO(text, newline=""), delimiter))


def _good(text: str) -> list[tuple[int, list[str]]]:
    return [(row.line, list(row.fields)) for row in _rows(text) if isinstance(row, RawRow)]


def _bad(text: str) -> list[int]:
    return [row.line for row in _rows(text) if isinstance(row, RowProblem)]


def test_rows_know_the_line_they_begin_on() -> None:
    text = 'email,name\r\n\r\na@x.example,"two\r\nlines"\r\nb@x.example,B\r\n'

    assert _good(text) == [
        (1, ["email", "name"]),
        (3, ["a@x.example", "two\r\nlines"]),
        (5, ["b@x.example", "B"]),
    ]


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param('a@x.example,"never closed', id="last cell"),
        pytest.param('"a@x.example,never closed', id="first cell"),
        pytest.param('a@x.example,"closed" too early"', id="too early"),
    ],
)
def test_an_unclosed_quotation_mark_costs_its_own_line_only(broken: str) -> None:
    after = "".join(f'r{number}@x.example,"R {number}"\n' for number in range(200))

    rows = _good(f"email,name\n{broken}\n{after}")

    assert _bad(f"email,name\n{broken}\n{after}") == [2]
    assert [line for line, _ in rows] == [1, *range(3, 203)]


def test_an_unclosed_quotation_mark_at_the_end_costs_the_last_line() -> None:
    assert _bad('email,name\na@x.example,A\nb@x.example,"B') == [3]


def test_stray_but_paired_quotation_marks_are_forgiven() -> None:
    rows = _good('email,name\na@x.example,"Ann "Annie" Lee"\nb@x.example,B\n')

    assert [fields[0] for _, fields in rows] == ["email", "a@x.example", "b@x.example"]


def test_a_row_of_too_many_lines_is_one_problem() -> None:
    text = 'email,name\na@x.example,"' + "\n" * MAX_ROW_LINES + '"\nb@x.example,B\n'

    assert _bad(text)[0] == 2
    assert ["b@x.example", "B"] in [fields for _, fields in _good(text)]


def test_a_line_without_end_is_one_problem_and_not_kept_in_memory() -> None:
    text = "email,name\n" + "x" * (3 * MAX_LINE_CHARS) + "\nb@x.example,B\n"

    assert _bad(text) == [2]
    assert _good(text)[-1] == (3, ["b@x.example", "B"])


_CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=8)


@settings(deadline=None, max_examples=100, derandomize=True)
@given(st.integers(2, 4).flatmap(lambda n: st.lists(st.lists(_CELLS, min_size=n, max_size=n), max_size=6)))
def test_whatever_a_csv_writer_wrote_comes_back(table: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(
        [["email", *"x" * (len(table[0]) - 1)], *table] if table else []
    )

    rows = _good(out.getvalue())

    assert [fields for _, fields in rows][1:] == table


@settings(deadline=None, max_examples=100, derandomize=True)
@given(st.text('ab@.,;"\n\r\t =', max_size=200))
def test_no_text_loses_a_line_or_fails(text: str) -> None:
    rows = _rows(text)

    assert [row.line for row in rows] == sorted({row.line for row in rows})
    assert all(row.line <= len(io.StringIO(text, newline="").readlines()) for row in rows)


MAILPOET = '"Email","First name","Global status","List"\n'


@pytest.mark.parametrize(
    ("row", "name"),
    [
        pytest.param(r'"a@x.example","Ann \"Annie\" Lee","unsubscribed",""', 'Ann "Annie" Lee', id="two"),
        pytest.param(
            r'"a@x.example","Ann \"A, B\" Lee","unsubscribed","News"', 'Ann "A, B" Lee', id="comma"
        ),
        pytest.param(r'"a@x.example","5\" man","unsubscribed","News"', '5" man', id="one"),
        pytest.param(
            r'"a@x.example","Ann \"Annie\"","unsubscribed","News"', 'Ann "Annie"', id="at the end"
        ),
        pytest.param(r'"a@x.example","\"Annie\" Lee","unsubscribed","News"', '"Annie" Lee', id="in front"),
        pytest.param(r'"a@x.example","back\","unsubscribed","News"', "back\\", id="a backslash"),
        pytest.param(r'"a@x.example","back\","unsubscribed","5\" x"', "back\\", id="both"),
        pytest.param('"a@x.example","Ann\n\\"A\\"\nLee","unsubscribed",""', 'Ann\n"A"\nLee', id="lines"),
    ],
)
def test_mailpoets_quotation_marks_cost_no_row_and_no_no(row: str, name: str) -> None:
    after = '"b@x.example","ok","subscribed","News"\n'

    rows = list(csv_rows(io.StringIO(f"{MAILPOET}{row}\n{after}", newline=""), ","))

    assert all(isinstance(one, RawRow) for one in rows), rows
    assert [list(one.fields)[:3] for one in rows if isinstance(one, RawRow)][1:] == [
        ["a@x.example", name, "unsubscribed"],
        ["b@x.example", "ok", "subscribed"],
    ]
