from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import TokenText
from digest.testing import FakePersonalizer, a_delivery
from digest.transports.headers import Unsendable
from digest.transports.sendgrid_rows import Field, RowWriter

FIELDS: tuple[Field, ...] = (
    ("%%name%%", "name", False),
    ("%%name:html%%", "name", True),
    ("%%view_url:html%%", "view_url", True),
)
UNSUBSCRIBE = ("List-Unsubscribe", TokenText.split("<%%unsubscribe_url%%>"))
PLAIN = st.from_regex(r"[A-Za-z0-9 ._&=%-]{0,20}", fullmatch=True)
VALUES = st.one_of(
    PLAIN, st.text(max_size=20), st.sampled_from(["%%name%%", "\\", '"', "a,b", "O'Neil", "%"])
)


@settings(deadline=None, max_examples=100, derandomize=True)
@given(name=VALUES, view=VALUES, url=VALUES, with_fields=st.booleans(), with_header=st.booleans())
def test_the_fast_way_says_what_the_careful_way_says(
    name: str, view: str, url: str, with_fields: bool, with_header: bool
) -> None:
    writer = RowWriter.of(
        FIELDS if with_fields else (), (UNSUBSCRIBE,) if with_header else (), "harbour.example"
    )
    delivery = a_delivery(1, name=name)
    values = {"name": name, "view_url": view, "unsubscribe_url": "https://harbour.example/" + url}

    assert json.loads(writer.row(delivery, values)) == json.loads(writer.careful(delivery, values))


@pytest.mark.parametrize("name", ["Ann", "", "Ann  Lee "])
def test_an_ordinary_row_is_joined(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = RowWriter.of(FIELDS, (UNSUBSCRIBE,), "harbour.example")
    delivery = a_delivery(1, name=name)
    values = FakePersonalizer().values(delivery)
    careful = json.loads(writer.careful(delivery, values))
    monkeypatch.delattr(RowWriter, "careful")

    assert json.loads(writer.row(delivery, values)) == careful


def test_the_longest_plain_row_keeps_to_the_limit() -> None:
    fields = tuple((f"%%t{n}{kind}%%", f"t{n}", bool(kind)) for n in range(20) for kind in ("", ":html"))
    writer = RowWriter.of(fields, (), "harbour.example")
    values = {f"t{n}": "&" * 64 for n in range(20)}

    row = json.loads(writer.row(a_delivery(1), values))

    assert len(json.dumps(row["substitutions"], separators=(",", ":")).encode()) <= 10_000
    assert row["substitutions"]["%%t0:html%%"] == "&amp;" * 64


def test_values_over_the_limit_are_unsendable() -> None:
    writer = RowWriter.of(FIELDS, (), "harbour.example")

    with pytest.raises(Unsendable, match="10,000"):
        writer.row(a_delivery(1), {"name": "&" * 2000, "view_url": ""})
