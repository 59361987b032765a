"""Files that come in at the desk: judged line by line, asked about, and imported only when it is meant."""

from __future__ import annotations

import re

import pytest

from digest.web.people import importing
from digest.web.people.importing import Stage, counter_of
from subscribers import people
from tests.web.newsroom import Client, Open
from tests.web.people.test_readers import folder, mailed, opened, ops, said, upload
from tests.web.public.test_reading import states

__all__ = ["folder", "opened", "ops"]


def test_an_import_tells_every_bad_line_and_changes_nothing_until_it_is_meant(
    opened: Open, ops: Client
) -> None:
    people.search(opened.desk.newsroom.people)
    before = states(opened.folder)
    text = (
        "email;status\nnew@list.example;\nbroken;\nreader1@list.example;unsubscribed\nx@y.example;maybe\n"
    )

    shown = upload(ops, text)
    untouched = states(opened.folder)
    (ticket,) = counter_of(opened.desk).waiting()
    done = ops.post(f"/desk/people/import/{ticket.key}/confirm")
    again = ops.post(f"/desk/people/import/{ticket.key}/confirm")

    assert untouched == before
    assert re.search(r"Added</dt><dd>1<", shown.text)
    assert re.search(r"Bad</dt><dd>2<", shown.text)
    assert '<tr><th scope="row">3</th>' in shown.text
    assert '<tr><th scope="row">5</th>' in shown.text
    assert (done.status_code, again.status_code) == (303, 409)
    assert states(opened.folder) == {
        **before,
        "new@list.example": "active",
        "reader1@list.example": "ended",
    }
    assert not ticket.path.exists()
    assert said(opened)[0].startswith("imported readers: list morning: 1 added, 1 unsubscribed")


@pytest.mark.parametrize(
    ("name", "ended", "suppressed"),
    [
        ("nonsubscribed_members_export_abc.csv", 1, 0),
        ("unsubscribed_members_export_abc.csv", 1, 0),
        ("cleaned_members_export_abc.csv", 0, 1),
    ],
)
def test_the_name_a_file_came_with_says_whom_it_lists(
    opened: Open, ops: Client, name: str, ended: int, suppressed: int
) -> None:
    shown = upload(ops, "Email Address,First Name,LEID,EUID\nnew@list.example,Ann,1,abc\n", name)
    (ticket,) = counter_of(opened.desk).waiting()
    ops.post(f"/desk/people/import/{ticket.key}/confirm")

    assert (report := ticket.report) is not None
    assert (report.added, report.ended, report.suppressed, report.bad) == (0, ended, suppressed, 0)
    assert (mailed(opened), "Columns not used: LEID, EUID." in shown.text) == (3, True)


def test_a_column_that_may_mean_no_is_asked_about_before_anything_is_judged(
    opened: Open, ops: Client
) -> None:
    text = "email,Opt-out date,Lead status\nnew@list.example,,hot\nold@list.example,last week,cold\n"

    asked = upload(ops, text)
    (ticket,) = counter_of(opened.desk).waiting()
    here = f"/desk/people/import/{ticket.key}"
    too_soon = ops.post(f"{here}/confirm")
    half = ops.post(f"{here}/columns", **{"field-0": "ended_at"})
    given = ops.post(f"{here}/columns", **{"field-0": "ended_at", "field-1": "-"})
    again = ops.post(f"{here}/columns", **{"field-0": "ended_at", "field-1": "-"})
    shown = ops.get(here)
    done = ops.post(f"{here}/confirm")

    assert "Opt-out date" in asked.text
    assert "1 line has something in it, the first is line 3: last week" in asked.text
    assert "2 lines have something in it, the first is line 2: hot · cold" in asked.text
    assert "(likely)" in asked.text
    assert (too_soon.status_code, half.status_code, given.status_code, again.status_code) == (
        409, 422, 303, 409,
    )  # fmt: skip
    assert re.search(r"Added</dt><dd>1<", shown.text)
    assert re.search(r"Unsubscribed</dt><dd>1<", shown.text)
    assert done.status_code == 303
    assert mailed(opened) == 4
    assert "said what columns of an import are: Opt-out date = ended_at, Lead status says nothing" in said(
        opened
    )


def test_the_form_takes_columns_that_say_nothing_beforehand(opened: Open, ops: Client) -> None:
    shown = upload(ops, "email,Lead status\nnew@list.example,hot\n", aside="lead status\n")

    assert re.search(r"Added</dt><dd>1<", shown.text)


def test_tags_for_all_may_hold_commas(opened: Open, ops: Client) -> None:
    upload(ops, "email\nnew@list.example\n", tags='"Bristol, UK", VIP')
    (ticket,) = counter_of(opened.desk).waiting()
    ops.post(f"/desk/people/import/{ticket.key}/confirm")

    found = people.show(opened.desk.newsroom.people, "new@list.example").subscriber
    assert found is not None
    assert found.tags == ("Bristol, UK", "VIP")


def test_a_file_is_thrown_away_and_three_wait_at_most(opened: Open, ops: Client) -> None:
    for _ in range(3):
        upload(ops, "email\nnew@list.example\n")
    full = upload(ops, "email\nnew@list.example\n")
    tickets = counter_of(opened.desk).waiting()
    for ticket in tickets:
        ops.post(f"/desk/people/import/{ticket.key}/drop")

    assert full.status_code == 409
    assert not any(ticket.path.exists() for ticket in tickets)
    assert counter_of(opened.desk).waiting() == ()
    assert mailed(opened) == 3


def test_a_file_that_is_no_list_is_told_by_its_own_name(ops: Client) -> None:
    shown = upload(ops, "nothing\nhere\n", "holiday.csv")

    assert "holiday.csv: no column of it can be the address" in shown.text


@pytest.mark.parametrize(
    "fields", [{"list": "UPPER"}, {"consent": ""}, {"mapping": "email"}, {"mapping": "soul=Mail"}]
)
def test_a_form_with_a_fault_keeps_no_file(opened: Open, ops: Client, fields: dict[str, str]) -> None:
    answer = upload(ops, "email\nnew@list.example\n", **fields)

    waiting = counter_of(opened.desk).waiting()
    assert answer.status_code == 422 or waiting[0].stage is Stage.FAILED
    assert mailed(opened) == 3


def test_a_file_larger_than_allowed_is_refused_as_it_comes(
    opened: Open, ops: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MOST_BYTES", 50_000)

    answer = upload(ops, "email\n" + "a@list.example\n" * 10_000)

    assert answer.status_code == 413
    assert counter_of(opened.desk).waiting() == ()
