from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Delivery, TokenText
from digest.testing import KEY, FakePersonalizer, a_delivery, a_letterhead, a_rendered
from digest.transports.headers import Unsendable, odd_addresses
from digest.transports.sendgrid.columns import Columns
from digest.transports.sendgrid.request import Options, build, separated
from digest.transports.sendgrid.rows import Field, RowWriter

FIELDS: tuple[Field, ...] = (
    ("%%name%%", "name", False),
    ("%%name:html%%", "name", True),
    ("%%view_url:html%%", "view_url", True),
)
UNSUBSCRIBE = ("List-Unsubscribe", TokenText.split("<%%unsubscribe_url%%>"))
SITE = "https://harbour.example/"
PLAIN = st.from_regex(r"[A-Za-z0-9 ._&=%-]{0,20}", fullmatch=True)
VALUES = st.one_of(
    PLAIN,
    st.text(max_size=20),
    st.sampled_from(
        ["%%name%%", "\\", "\\n", '"', "a,b", "O'Neil", "%", " ", "\n", "a\x7f", "é", "𝔊", "\ud800", ""]
    ),
)
ADDRESSES = st.one_of(
    st.from_regex(r"[a-z+_]{1,8}@[a-z]{1,8}\.example", fullmatch=True),
    st.sampled_from(
        ["a@b@c.example", "nobody", "@", "a@", "ö@bücher.example", "a@bücher.example", "a b@c.example"]
    ),
)
READER = st.tuples(ADDRESSES, VALUES, VALUES, VALUES, VALUES)


def the_careful_way(
    writer: RowWriter, deliveries: Sequence[Delivery], values: Sequence[Mapping[str, str]]
) -> list[Any]:
    def one(delivery: Delivery, found: Mapping[str, str]) -> Any:
        try:
            return json.loads(writer.careful(delivery, found))
        except Unsendable as error:
            return error.reason

    return [one(delivery, found) for delivery, found in zip(deliveries, values, strict=True)]


def parsed(rows: Sequence[str | Exception]) -> list[Any]:
    return [json.loads(row) if isinstance(row, str) else str(row) for row in rows]


@settings(deadline=None, max_examples=100, derandomize=True)
@given(
    readers=st.lists(READER, min_size=1, max_size=6), with_fields=st.booleans(), with_header=st.booleans()
)
def test_the_fast_way_says_what_the_careful_way_says(
    readers: list[tuple[str, str, str, str, str]], with_fields: bool, with_header: bool
) -> None:
    writer = RowWriter.of(
        FIELDS if with_fields else (), (UNSUBSCRIBE,) if with_header else (), "harbour.example"
    )
    deliveries = [
        a_delivery(number, address=address, name=name) for number, (address, name, *_) in enumerate(readers)
    ]
    values = [
        {"name": token, "view_url": view, "unsubscribe_url": SITE + url}
        for _, _, token, view, url in readers
    ]

    columns = Columns.of(deliveries, values)
    rows = writer.rows(columns)
    pieces = writer.pieces(columns)

    careful = the_careful_way(writer, deliveries, values)
    assert parsed(rows) == careful
    assert pieces is None or json.loads(f"[{''.join(pieces)}]") == careful


def test_a_token_in_a_link_stays_in_its_header() -> None:
    writer = RowWriter.of(FIELDS, (UNSUBSCRIBE,), "harbour.example")
    values = {"name": "Ann", "view_url": SITE, "unsubscribe_url": f"{SITE}%%name%%"}

    (row,) = parsed(writer.rows(Columns.of([a_delivery(1)], [values])))

    assert row["headers"]["List-Unsubscribe"] == f"<{SITE}%%name%%>"


@pytest.mark.parametrize(
    ("odd", "why"),
    [
        ("@", "neither part"),
        ("@b.example", "no local part"),
        ("a@", "no domain"),
        ("a", "no @"),
        ("", "nothing"),
        ("a@b@c.example", "two @"),
        ("a@b_c.example", "no sign of a domain"),
        ("a b@c.example", "a space"),
        ("a@b.example\n", "two lines"),
        ("ä@b.example", "not ASCII"),
        ("a" * 250 + "@b.example", "too long"),
    ],
)
def test_an_odd_address_is_found_among_plain_ones(odd: str, why: str) -> None:
    plain = ["a@b.example", "o'neil+news_1@b-c.example", "x@y"]

    assert odd_addresses(plain) == set(), why
    assert odd_addresses([odd, *plain]) == {0}
    assert odd_addresses([*plain, odd]) == {3}
    assert odd_addresses([plain[0], odd, odd, plain[1]]) == {1, 2}


@settings(deadline=None, max_examples=100, derandomize=True)
@given(names=st.lists(VALUES, min_size=1, max_size=4))
def test_a_name_of_its_own_in_html_is_given_up_only_where_it_makes_no_difference(names: list[str]) -> None:
    deliveries = [a_delivery(number, name=name) for number, name in enumerate(names)]
    values = list(map(FakePersonalizer().values, deliveries))
    columns = Columns.of(deliveries, values)
    rendered = a_rendered(html="<p>%%name%% %%view_url%%</p>", text="%%name%% %%view_url%%")

    def pages(same_in_html: frozenset[str]) -> list[str]:
        template = build(a_letterhead(), rendered, KEY, Options(), same_in_html=same_in_html)
        texts = [row for row in template.rows.rows(columns) if isinstance(row, str)]
        request = json.loads(b"".join(template.body(separated(texts))))
        return [filled(request["content"][1]["value"], row) for row in request["personalizations"]]

    assert pages(columns.same_in_html) == pages(frozenset())


def filled(page: str, row: Mapping[str, Any]) -> str:
    for key, value in row["substitutions"].items():
        page = page.replace(key, value)
    return page


@pytest.mark.parametrize("name", ["Ann", "", "Ann  Lee ", "O'Brien", "Zoë", 'Ann "Z"'])
def test_an_ordinary_row_is_joined(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = RowWriter.of(FIELDS, (UNSUBSCRIBE,), "harbour.example")
    deliveries = [a_delivery(1, name=name), a_delivery(2)]
    values = list(map(FakePersonalizer().values, deliveries))
    careful = the_careful_way(writer, deliveries, values)
    monkeypatch.delattr(RowWriter, "careful")

    assert parsed(writer.rows(Columns.of(deliveries, values))) == careful


def test_the_longest_plain_row_keeps_to_the_limit() -> None:
    fields = tuple((f"%%t{n}{kind}%%", f"t{n}", bool(kind)) for n in range(20) for kind in ("", ":html"))
    writer = RowWriter.of(fields, (), "harbour.example")
    values = {f"t{n}": "&" * 38 for n in range(20)}

    (row,) = parsed(writer.rows(Columns.of([a_delivery(1)], [values])))

    assert len(json.dumps(row["substitutions"], separators=(",", ":")).encode()) <= 10_000
    assert row["substitutions"]["%%t0:html%%"] == "&amp;" * 38


def test_only_the_rows_over_the_limit_are_unsendable() -> None:
    writer = RowWriter.of(FIELDS, (), "harbour.example")
    values = [{"name": "&" * 2000, "view_url": ""}, {"name": "&", "view_url": ""}]

    long, short = writer.rows(Columns.of([a_delivery(1), a_delivery(2)], values))

    assert isinstance(long, Unsendable)
    assert "10,000" in long.reason
    assert isinstance(short, str)


def test_only_the_reader_who_lacks_a_value_gets_no_row() -> None:
    writer = RowWriter.of(FIELDS, (), "harbour.example")
    deliveries = [a_delivery(1), a_delivery(2)._replace(name="Ben")]
    values = [{"name": "Ann", "view_url": SITE}, {"name": "Ben"}]

    good, bad = writer.rows(Columns.of(deliveries, values))

    assert isinstance(good, str)
    assert isinstance(bad, Unsendable)
    assert "view_url" in bad.reason
