"""Corrections, over HTTP; mails are read from the outbox."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from tests.web.desk.test_approving import approve, send
from tests.web.newsroom import KEY, PAGE, SEND_TIME, Client, Open, at_work, written


def test_a_correction_reaches_those_who_got_it_and_is_logged(opened: Open) -> None:
    with opened.client() as client:
        approve(client)
        send(opened)
        got_it = opened.folder.recipients()
        item = opened.edition.items[0]
        page = client.get(f"{PAGE}/correct").text
        answer = client.post(
            f"{PAGE}/correct",
            article=item.article,
            subject="Correction: pilots",
            text="It is the second boat.",
        )
        leaving = client.get(answer.headers["location"]).text
        opened.desk.courier.look_once()
        left = client.get(answer.headers["location"]).text
        results = client.get(f"{PAGE}/results").text
        after = client.get(f"{PAGE}/correct").text

    assert f'<a href="{PAGE}~correction-1/results">5 readers got it</a>' in after
    assert "<b>5</b>" in page
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{PAGE}~correction-1/approve"
    assert "The correction goes to 5 readers now." in leaving
    assert "<b>5</b> readers who got the wrong text" in leaving
    assert f'<a href="{PAGE}/correct">' in leaving
    assert "Take the approval back" in leaving
    assert "The correction went to 5 readers." in left
    assert opened.folder.recipients() == dict.fromkeys(got_it, 2)
    assert "It is the second boat." in results


def test_the_correcting_mail_can_be_seen_before_it_goes_and_seeing_it_sends_nothing(opened: Open) -> None:
    with opened.client() as client:
        approve(client)
        send(opened)
        form = {
            "article": opened.edition.items[0].article,
            "subject": "Fix",
            "text": "It is the second boat.",
        }
        page = client.get(f"{PAGE}/correct").text
        shown = client.post(f"{PAGE}/correct", **form, step="show")
        empty = client.post(f"{PAGE}/correct", **{**form, "text": ""}, step="show")
        opened.desk.courier.look_once()
        seen = opened.desk.history.corrections(KEY)
        client.post(f"{PAGE}/correct", **form)
        opened.desk.courier.look_once()

    assert 'formtarget="mail"' in page
    assert 'name="mail"' in page
    assert (shown.status_code, "It is the second boat." in shown.text) == (200, True)
    assert "frame-ancestors 'self'" in shown.headers["content-security-policy"]
    assert (empty.status_code, "The correction’s text" in empty.text) == (422, True)
    assert seen == ()
    assert set(opened.folder.recipients().values()) == {2}


def test_with_a_hold_a_correction_tells_when_it_goes_and_can_be_canceled_until_then(tmp_path: Path) -> None:
    folder = written(tmp_path, newsletter='approval = "required"\ndeadline = "10:00"')
    config = folder.config.read_text()
    with at_work(folder) as opened, opened.client() as client:
        approve(client)
        send(opened)
        item = opened.edition.items[0]
    folder.config.write_text(f"{config}\n[dispatch]\nhold_minutes = 20\n")
    with at_work(folder) as opened:
        opened.clock.now = SEND_TIME + timedelta(hours=6)
        with opened.client() as client:
            answer = client.post(f"{PAGE}/correct", article=item.article, subject="Fix", text="Right.")
            page = client.get(answer.headers["location"]).text

    at = (SEND_TIME + timedelta(hours=6, minutes=20)).strftime("%H:%M")
    assert f"The correction goes to 5 readers at {at}. Until then it can be canceled here." in page
    assert "the deadline has passed" not in page


def test_a_correction_that_is_submitted_twice_goes_out_once(opened: Open) -> None:
    with opened.client() as client:
        corrected(opened, client, "It is the second boat.")
        item = opened.edition.items[1]
        form = {"article": item.article, "subject": "Again", "text": "It is the second boat. "}
        again = client.post(f"{PAGE}/correct", **form)
        opened.desk.courier.look_once()

    assert again.status_code == 422
    assert f"{KEY}/correction-1: it tells this correction of this story already" in again.text
    assert set(opened.folder.recipients().values()) == {2}
    assert len(opened.desk.history.corrections(KEY)) == 1


def corrected(opened: Open, client: Client, text: str) -> str:
    """Send the edition and correct its second story; return that story's headline."""
    approve(client)
    send(opened)
    item = opened.edition.items[1]
    client.post(f"{PAGE}/correct", article=item.article, subject="Correction: a story", text=text)
    opened.desk.courier.look_once()
    return item.headline


def test_a_subject_that_was_left_alone_is_filled_in_with_the_headline(opened: Open) -> None:
    with opened.client() as client:
        approve(client)
        send(opened)
        item = opened.edition.items[1]
        form = {"article": item.article, "subject": "Correction: ", "text": "It is the second boat."}
        client.post(f"{PAGE}/correct", **form)
        (told,) = opened.desk.history.corrections(KEY)

    assert opened.desk.edition(told.told_by).subject == f"Correction: {item.headline}"


def test_the_subject_speaks_the_language_of_the_mail_whatever_the_desk_speaks(opened: Open) -> None:
    opened.desk.newsroom.database.team.keep_language("amina", "de")
    with opened.client() as client:
        approve(client)
        send(opened)
        page = client.get(f"{PAGE}/correct").text

    assert 'data-mark="Correction:"' in page
    assert 'value="Correction: "' in page


def test_a_wrong_headline_is_set_right_in_the_mail_and_on_the_web_and_stays_so(opened: Open) -> None:
    right = "A fourth boat comes instead"
    with opened.client() as client:
        approve(client)
        send(opened)
        item = opened.edition.items[1]
        form = {"article": item.article, "subject": "Correction: ", "headline": right}
        too_long = client.post(f"{PAGE}/correct", **form | {"headline": "x" * 301}, text="It is.")
        client.post(f"{PAGE}/correct", **form, text=item.blurb.text)
        opened.desk.courier.look_once()
        shown = client.get(f"{PAGE}/correct").text
        client.post(f"{PAGE}/correct", article=item.article, text="It is the second boat.")
        opened.desk.courier.look_once()
        first, second = opened.desk.history.corrections(KEY)
        page = client.get(f"/archive/morning/{KEY.day}").text

    assert too_long.status_code == 422
    assert opened.desk.edition(first.told_by).items[0].headline == right
    assert opened.desk.edition(first.told_by).subject == f"Correction: {right}"
    assert opened.desk.edition(second.told_by).items[0].headline == right
    assert f'data-headline="{right}"' in shown
    assert right in page
    assert item.headline not in page


@pytest.mark.parametrize("same", ["subject", "text"])
def test_a_correction_that_says_what_the_mail_said_is_none(opened: Open, same: str) -> None:
    with opened.client() as client:
        approve(client)
        send(opened)
        item, form = opened.edition.items[1], {"subject": "Correction: boats", "text": "It is the second."}
        form[same] = opened.edition.subject if same == "subject" else item.blurb.text
        answer = client.post(f"{PAGE}/correct", article=item.article, **form)

    assert answer.status_code == 422
    assert opened.desk.history.corrections(KEY) == ()


def test_the_web_and_the_feeds_tell_a_correction_and_not_what_was_wrong(opened: Open) -> None:
    wrong = opened.edition.items[1].blurb.text
    with opened.client() as client:
        headline = corrected(opened, client, "It is the <b>second</b> boat & not the third.")
        archived = client.get(f"/archive/morning/{KEY.day}").text
        listed = client.get("/archive/morning").text
        atom = client.get("/archive/morning/feed.xml").text
        feed = client.get("/archive/morning/feed.json").json()
    mail = opened.folder.mails()[0].get_body(("html",))
    assert mail is not None
    view = re.search(r"/v/[^\"]+", mail.get_content())
    assert view
    own = httpx.get(opened.url + view[0]).text

    right = "It is the &lt;b&gt;second&lt;/b&gt; boat &amp; not the third."
    for page in (archived, own):
        assert right in page.replace("&#38;", "&amp;").replace("&#60;", "&lt;").replace("&#62;", "&gt;")
        assert html.escape(wrong) not in page
        assert "Correction" in page
    assert headline in archived
    assert listed.count("· Correction") == 1
    assert f"Correction: {headline}: {right}" in atom
    (entry,) = [one for one in feed["items"] if one["url"].endswith(str(KEY.day))]
    assert entry["date_modified"] > entry["date_published"]
    assert f"{headline} (Correction: It is the <b>second</b> boat" in entry["content_text"]


def test_a_newsletter_by_its_name_means_its_edition_not_the_correction_that_came_after(
    opened: Open,
) -> None:
    with opened.client() as client:
        corrected(opened, client, "It is the second boat.")

    told = opened.folder("audit", "morning")
    correction = opened.folder("audit", f"morning/{KEY.day}/correction-1")

    assert told.out.startswith(f"{KEY}: closed")
    assert correction.out.startswith(f"{KEY}/correction-1: closed")
