"""Readers described and segments saved at the desk; consent stays what the reader said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.model.desk import Role
from subscribers import people
from tests.journeys.desk import Folder
from tests.web.newsroom import Client, Open, at_work

WHO = "reader0@list.example"


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    with at_work(Folder(tmp_path).ready(readers=3)) as desk:
        yield desk


@pytest.fixture
def ops(opened: Open) -> Iterator[Client]:
    with opened.client("olu", [Role.OPS]) as client:
        yield client


def stored(opened: Open) -> people.Person:
    return people.show(opened.desk.newsroom.people, WHO)


def here(opened: Open) -> str:
    person = stored(opened).subscriber
    assert person is not None
    return f"/desk/people/one/{person.id}"


def test_a_reader_is_described_and_says_no_less_and_no_more(opened: Open, ops: Client) -> None:
    before = stored(opened)
    form = {"name": "Rehema", "language": "sw", "timezone": "Africa/Nairobi", "tags": 'VIP, "Lamu, Kenya"'}

    answer = ops.post(f"{here(opened)}/describe", **form)

    after = stored(opened)
    assert answer.status_code == 303
    assert after.subscriber is not None
    assert (after.subscriber.name, after.subscriber.language) == ("Rehema", "sw")
    assert sorted(after.subscriber.tags) == ["Lamu, Kenya", "VIP"]
    assert (after.subscriptions, after.consents, after.suppressions) == (
        before.subscriptions,
        before.consents,
        before.suppressions,
    )
    entry = opened.desk.audit_log.entries()[0]
    assert (entry.who, entry.action) == ("olu", "described a reader")
    assert "Rehema" not in entry.detail


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"language": "not a language"}, "is no language code"),
        ({"timezone": "Lamu/Island"}, "no time zone is named"),
        ({}, "nothing was changed"),
        ({"tags": "x" * 20_001}, "too many tags"),
    ],
)
def test_what_no_reader_can_be_is_refused_whole(
    opened: Open, ops: Client, form: dict[str, str], says: str
) -> None:
    before = stored(opened)
    person = before.subscriber
    assert person is not None
    same = {"name": person.name, "language": person.language, "timezone": person.timezone, "tags": ""}

    answer = ops.post(f"{here(opened)}/describe", **(same | form))

    assert answer.status_code == 409
    assert says in answer.text
    assert stored(opened) == before


def test_a_saved_segment_is_counted_listed_exported_and_taken_away(opened: Open, ops: Client) -> None:
    ops.post(f"{here(opened)}/describe", name="Rehema", language="sw", timezone="", tags="")

    assert ops.post("/desk/people/segments", name="swahili", language="sw").status_code == 303

    shown = ops.get("/desk/people/segments").text
    assert "1 reader now" in shown
    assert "Rehema" in ops.post("/desk/people/segments/swahili/readers").text
    taken = ops.post("/desk/people/export", list="morning", kind="jsonl", segment="swahili").text
    (line,) = taken.splitlines()
    assert WHO in line
    assert opened.folder("subscribers", "segments", "--json").values["segments"]["swahili"] == 1

    ops.post("/desk/people/segments/swahili/forget")
    assert dict(opened.desk.newsroom.segments) == {}


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"name": "Not A Name", "language": "sw"}, "is a short one"),
        ({"name": "x", "since": "yesterday"}, "A day is written"),
    ],
)
def test_a_segment_that_can_not_be_is_not_saved(
    opened: Open, ops: Client, form: dict[str, str], says: str
) -> None:
    answer = ops.post("/desk/people/segments", **form)

    assert answer.status_code == 422
    assert says in answer.text
    assert opened.desk.newsroom.database.kept_settings.version() == 0


def test_a_segment_that_a_newsletter_goes_to_stays(opened: Open, ops: Client) -> None:
    ops.post("/desk/people/segments", name="swahili", language="sw")
    with opened.client("mana", [Role.MANAGER]) as manager:
        manager.post("/desk/newsletters/morning", version="1", segment="swahili")

    answer = ops.post("/desk/people/segments/swahili/forget")

    assert answer.status_code == 422
    assert "there is no segment" in answer.text
    assert "swahili" in opened.desk.newsroom.segments
