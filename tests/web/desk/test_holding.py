"""The hold and its way back, over HTTP; mails are read from the outbox."""

from __future__ import annotations

import html
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from digest.day import job
from digest.model import EditionState, Outcome, Receipt
from tests.web.desk.test_approving import approve
from tests.web.newsroom import KEY, PAGE, SEND_TIME, Client, Open, at_work, written


def freeze(opened: Open, *, hold: timedelta) -> None:
    """Freeze the approved edition with a hold, on the real clock: the ledger goes by the database's."""
    parts, now = opened.desk.parts("morning"), datetime.now(UTC)
    rendered = job.render(parts, opened.edition)
    parts.ledger.freeze(
        KEY,
        rendered,
        parts.readers.audience,
        now=now,
        content_hash=opened.edition.approved_hash,
        hold_until=now + hold,
    )
    opened.clock.now = now


def test_a_cancel_in_the_hold_asks_once_more_and_brings_the_draft_back(opened: Open) -> None:
    with opened.client() as client:
        approve(client)
    freeze(opened, hold=timedelta(hours=1))
    opened.desk.courier.look_once()
    with opened.client() as client:
        page = client.get(f"{PAGE}/approve").text
        asked = html.unescape(client.post(f"{PAGE}/cancel").text)
        untouched = opened.edition.state
        back = client.post(f"{PAGE}/cancel", sure="yes")
        draft = html.unescape(client.get(back.headers["location"]).text)
        twice = client.post(f"{PAGE}/cancel", sure="yes")
    opened.clock.forward(timedelta(hours=2))
    opened.desk.courier.look_once()

    assert "Nothing has left" in page
    assert f"Nothing has left. {KEY} becomes a draft again: its approval and its 5 planned" in asked
    assert "Yes, cancel it" in asked
    assert untouched is EditionState.DISPATCHING
    assert "Canceled at the desk by amina" in draft
    assert "It goes out only when somebody approves it again" in draft
    assert (twice.status_code, opened.edition.state) == (409, EditionState.DRAFT)
    assert opened.folder.recipients() == {}
    assert opened.desk.audit_log.entries(edition=str(KEY))[0].action == "canceled, a draft again"


def test_what_came_back_is_mended_approved_anew_and_reaches_everybody_once(opened: Open) -> None:
    with opened.client() as client:
        approve(client)
        freeze(opened, hold=timedelta(hours=1))
    with opened.client() as client:
        client.post(f"{PAGE}/cancel", sure="yes")
        client.edit("subject", text="The right subject")
        approve(client)
    opened.desk.courier.look_once()

    assert opened.folder.recipients() == {f"reader{number}@list.example": 1 for number in range(5)}
    assert {mail["Subject"] for mail in opened.folder.mails()} == {"The right subject"}


def test_who_had_signed_before_the_cancel_must_sign_again(tmp_path: Path) -> None:
    with at_work(written(tmp_path), signatures=2) as opened:
        for name in ("amina", "cy"):
            with opened.client(name) as client:
                approve(client)
        state = opened.edition.state
        with opened.client("cy") as client:
            client.post(f"{PAGE}/cancel", sure="yes")
            page = approve(client)
        with_one_yes = opened.edition.state
        with opened.client("amina") as client:
            approve(client)
        with_both = opened.edition.state

    assert "Approved so far by cy." in page
    assert (state, with_one_yes, with_both) == (
        EditionState.APPROVED,
        EditionState.DRAFT,
        EditionState.APPROVED,
    )


def test_a_cancel_after_the_first_byte_says_that_the_rest_never_leaves_and_closes_it(opened: Open) -> None:
    with opened.client() as client:
        approve(client)
    freeze(opened, hold=timedelta(0))
    claimed = opened.desk.ledger.claim(KEY, "me", limit=2, lease_s=60)
    opened.desk.ledger.settle(KEY, "me", [Receipt(one.reference, Outcome.SENT) for one in claimed])
    with opened.client() as client:
        asked = client.post(f"{PAGE}/cancel").text
        client.post(f"{PAGE}/cancel", sure="yes")
    opened.desk.courier.look_once()

    assert f"2 of 5 mails of {KEY} have left, or may have. The other 3 never will" in asked
    tally = opened.desk.ledger.tally(KEY)
    assert (tally.sent, tally.skipped, opened.edition.state) == (2, 3, EditionState.CLOSED)
    assert opened.folder.recipients() == {}


def test_today_counts_to_the_holds_end_and_then_says_who_canceled(opened: Open) -> None:
    parts, ends = opened.desk.parts("morning"), SEND_TIME + timedelta(hours=1)

    def today(client: Client) -> str:
        page = html.unescape(client.get("/desk").text)
        return page.partition('<p class="verdict">')[2].partition("</ol>")[0]

    with opened.client() as client:
        approve(client)
        opened.clock.now = SEND_TIME
        parts.ledger.freeze(
            KEY, job.render(parts, opened.edition), parts.readers.audience, now=SEND_TIME, hold_until=ends
        )
        in_the_hold = today(client)
        client.post(f"{PAGE}/cancel", sure="yes")
        canceled = today(client)
        opened.clock.forward(timedelta(hours=20))
    with opened.client() as client:
        next_day = client.get("/desk").text

    assert "Held back; nothing has left yet" in in_the_hold
    assert f'<time datetime="{ends.astimezone(UTC).isoformat()}" data-countdown>' in in_the_hold
    assert "the hold ends and it goes out" in in_the_hold
    assert "Sending" not in in_the_hold.partition("<ol")[0]
    assert "Draft again, canceled at the desk by amina" in canceled
    assert "nobody has approved it" in canceled
    assert "Sending<span" not in canceled
    assert "draft, not sent" in next_day


def test_in_the_hold_nothing_is_due_and_after_it_all_goes_out(opened: Open) -> None:
    with opened.client() as client:
        approve(client)
    freeze(opened, hold=timedelta(seconds=1))
    in_the_hold = opened.desk.due(opened.clock())
    opened.clock.forward(timedelta(seconds=2))
    opened.desk.courier.look_once()

    assert in_the_hold == []
    assert opened.folder.recipients() == {f"reader{number}@list.example": 1 for number in range(5)}


def test_what_is_held_back_or_was_canceled_is_not_in_the_archive(opened: Open) -> None:
    with opened.client() as client:
        approve(client)
    freeze(opened, hold=timedelta(hours=1))

    def seen() -> tuple[int, bool]:
        page = httpx.get(f"{opened.url}/archive/morning/{KEY.day}")
        feed = httpx.get(f"{opened.url}/archive/morning/feed.json").json()
        return page.status_code, bool(feed["items"])

    in_the_hold = seen()
    opened.clock.forward(timedelta(hours=1))
    after_it = seen()
    opened.desk.ledger.cancel(KEY, "the lead is wrong")
    canceled = seen()
    opened.desk.courier.look_once()

    assert in_the_hold == (404, False)
    assert after_it == (200, True)
    assert canceled == (404, False)
    assert (seen(), opened.edition.state) == ((404, False), EditionState.CLOSED)


def test_no_correction_is_sent_while_the_wrong_text_is_still_leaving(opened: Open) -> None:
    with opened.client() as client:
        approve(client)
    freeze(opened, hold=timedelta(hours=1))
    with opened.client() as client:
        page = client.get(f"{PAGE}/correct").text
        form = {"article": opened.edition.items[0].article, "subject": "Correction", "text": "Right."}
        refused = client.post(f"{PAGE}/correct", **form)
        opened.desk.ledger.cancel(KEY, "canceled by amina")
        canceled = client.get(f"{PAGE}/correct").text

    told = "5 mails of it have not left yet"
    assert told in page
    assert "disabled>Send the correction" in page
    assert (refused.status_code, refused.text.count(told)) == (422, 1)
    assert opened.desk.history.corrections(KEY) == ()
    assert told not in canceled
    assert "disabled>Send the correction to 0" in canceled
