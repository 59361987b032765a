"""Who failed is told by reason, and is sent to anew; a pause is told, and ended."""

from __future__ import annotations

import html
from datetime import timedelta

from digest.day import job
from digest.model import DeliveryState, EditionState, Outcome, Receipt
from tests.web.newsroom import KEY, PAGE, SEND_TIME, Open

FULL = "552 5.2.2 <<address>>: mailbox full"


def failed(opened: Open, count: int) -> list[str]:
    """Send the approved edition; so many of its readers fail. Return their addresses."""
    parts = opened.desk.parts("morning")
    edition = job.approve(parts, KEY, by="amina", now=opened.clock())
    opened.clock.now = SEND_TIME
    job.freeze(parts, edition, now=SEND_TIME)
    claimed = parts.ledger.claim(KEY, "me", limit=count, lease_s=60)
    parts.ledger.settle(KEY, "me", [Receipt(one.reference, Outcome.FAILED, FULL) for one in claimed])
    opened.desk.courier.look_once()
    return [one.address for one in claimed]


def test_failures_are_told_by_reason_and_sent_to_anew(opened: Open) -> None:
    who = failed(opened, 2)
    assert opened.edition.state is EditionState.CLOSED
    assert not set(who) & set(opened.folder.recipients())

    with opened.client() as client:
        page = html.unescape(client.get(f"{PAGE}/results").text)
        answer = client.post(f"{PAGE}/settle", state="failed", reason="552 5.2.2 …: mailbox full")
        opened.desk.courier.look_once()
        log = html.unescape(client.get("/desk/log").text)

    assert '2 failed</b>: <span dir="auto">552 5.2.2 …: mailbox full' in page
    assert answer.status_code < 400
    assert set(opened.folder.recipients().values()) == {1}
    assert len(opened.folder.recipients()) == 5
    assert opened.edition.state is EditionState.CLOSED
    assert "has the failed ones sent anew" in log
    assert "2 deliveries: 552 5.2.2 …: mailbox full" in log


def test_nothing_but_what_failed_or_is_held_is_sent_anew(opened: Open) -> None:
    failed(opened, 1)

    with opened.client() as client:
        answers = [client.post(f"{PAGE}/settle", state=state) for state in ("sent", "skipped", "")]

    assert [one.status_code for one in answers] == [400] * 3
    assert opened.desk.ledger.tally(KEY).sent == 4


def test_a_pause_is_told_keeps_the_courier_and_is_ended_by_a_person(opened: Open) -> None:
    parts = opened.desk.parts("morning")
    edition = job.approve(parts, KEY, by="amina", now=opened.clock())
    opened.clock.now = SEND_TIME
    job.freeze(parts, edition, now=SEND_TIME)
    parts.ledger.put_off(KEY, "554 5.7.1 Relay access denied", until=SEND_TIME + timedelta(minutes=5))

    assert opened.desk.courier.look_once() == 0
    with opened.client() as client:
        pages = [html.unescape(client.get(path).text) for path in (f"{PAGE}/results", "/desk/runs")]
        client.post(f"{PAGE}/resume", sure="yes")
    opened.desk.courier.look_once()

    assert all("Sending pauses until" in page for page in pages)
    assert all("554 5.7.1 Relay access denied" in page for page in pages)
    assert len(parts.ledger.records(KEY, [DeliveryState.SENT])) == 5
