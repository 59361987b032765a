"""Results: lists as they grew, two subjects, complaints beside their lines, and how fast mail leaves."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.day import job
from digest.model import DeliveryState, EditionKey, EventKind, MailEvent, Tally
from digest.web.desk.charts import curve
from digest.web.serving.speed import Speed
from subscribers import growth, preferences
from tests.web.newsroom import DRAFTED, KEY, PAGE, SEND_TIME, Open, at_work, written


def send(opened: Open) -> None:
    """Send what is approved."""
    job.approve(opened.desk.parts("morning"), KEY, by="amina", now=opened.clock())
    opened.clock.now = SEND_TIME
    opened.desk.courier.look_once()


def test_two_subjects_are_set_side_by_side_with_who_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = written(tmp_path, newsletter="subject_test_percent = 50", readers=6)
    with at_work(folder) as opened:
        with opened.client() as client:
            client.edit("subject_b", text="Boats & a <b>ferry</b>")
        send(opened)
        reference = opened.desk.ledger.records(KEY, [DeliveryState.SENT])[0].reference
        url, at = opened.edition.items[0].url, SEND_TIME + timedelta(minutes=9)
        opened.desk.ledger.record_events([MailEvent("c1", EventKind.CLICKED, reference, at, url=url)])
        with opened.client() as client:
            page = client.get(f"{PAGE}/results").text

    assert "Half of the readers got each." in page
    assert "Boats &amp; a &lt;b&gt;ferry&lt;/b&gt;" in page
    cells = re.findall(r'<td role="cell" data-label="(\w+)">([^<]*)</td>', page)
    assert sorted((cells[:3], cells[3:])) == [
        [("Sent", "3"), ("Clicked", "0"), ("Share", "0.0 %")],
        [("Sent", "3"), ("Clicked", "1"), ("Share", "33.3 %")],
    ]


def test_complaints_stand_beside_the_lines_of_mailbox_providers(opened: Open) -> None:
    send(opened)
    record = opened.desk.ledger.records(KEY, [DeliveryState.SENT])[0]
    opened.desk.ledger.record_events([MailEvent("s", EventKind.COMPLAINED, record.reference, SEND_TIME)])
    with opened.client() as client:
        page = client.get(f"{PAGE}/results").text

    assert page.count('class="limit"') == 2
    assert "0.1 %" in page
    assert "0.3 %" in page
    assert "<td>20.00</td>" in page
    assert "open rate" not in page.lower()


def test_a_list_has_the_size_of_those_who_had_begun_and_not_ended(opened: Open) -> None:
    people, now = opened.desk.newsroom.people, datetime.now(UTC)
    who = opened.desk.newsroom.reader(KEY, "reader1@list.example").subscriber
    preferences.unsubscribe(people, who, "morning", now=now + timedelta(days=1))

    at = [now + timedelta(days=days) for days in (-9, 0.5, 2)]
    assert growth.sizes(people, ["morning"], at) == (0, 5, 4)
    assert growth.sizes(people, ["evening"], at) == (0, 0, 0)
    assert growth.sizes(people, ["morning"], []) == ()


def test_pace_is_what_was_seen_in_the_last_minute() -> None:
    speed, key = Speed(), EditionKey("morning", KEY.day)

    def look(second: int, sent: int) -> float | None:
        tally = Tally(planned=1_000 - sent, sent=sent)
        found = speed.look(key, tally, now=DRAFTED + timedelta(seconds=second))
        return None if found is None else found.per_minute

    assert look(0, 0) is None
    assert look(10, 100) == pytest.approx(600)
    assert look(65, 155) == pytest.approx(60)
    found = speed.look(key, Tally(planned=800, sent=200), now=DRAFTED + timedelta(seconds=75))
    assert found is not None
    assert found.left_s == pytest.approx(800 / (45 / 10))
    assert speed.look(key, Tally(planned=800, sent=200), now=DRAFTED + timedelta(seconds=200)) is None


def test_a_curve_holds_all_values_and_lines_in_one_picture() -> None:
    drawn = curve([("a", 0.0), ("b", 0.02)], [("0.1 %", 0.1), ("0.3 %", 0.3)])

    assert all(0 <= one.height <= 100 for one in (*drawn.dots, *drawn.lines))
    assert drawn.lines[1].height > drawn.lines[0].height > drawn.dots[1].height
    assert curve([("a", 0.0)]).dots[0].height == 0
    assert curve([("a", 20.0)], [("0.3 %", 0.3)], most=0.9).dots[0].height == 100
