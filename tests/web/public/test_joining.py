"""Signing up by the form, the mail that asks back, and what strangers can't do or learn by it."""

from __future__ import annotations

import email
import email.policy
import html
import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest

from digest.web.public.afterwards import Job, Mailer
from digest.web.public.visit import gate_of
from digest.web.serving.limits import RateLimit
from subscribers import consent, people
from subscribers.audience import audience, count
from subscribers.model import Evidence
from subscribers.signed_links import Purpose
from tests.journeys.desk import Folder
from tests.web.newsroom import Open, at_work
from tests.web.public.test_reading import SITE, dump, states

NEW = "nuru@list.example"


@pytest.fixture
def open_folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path).ready(readers=2)


@pytest.fixture
def sent(open_folder: Folder) -> Iterator[Open]:
    with at_work(open_folder) as opened:
        yield opened


@pytest.fixture
def web(sent: Open) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=sent.url, timeout=120, headers={"accept": "text/html"}) as client:
        yield client


def settled(sent: Open) -> list[EmailMessage]:
    """Return every mail once the background is quiet."""
    gate_of(sent.desk).mailer.settle()
    return [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in (sent.folder.root / "outbox").rglob("*.eml")
    ]


def sign_up(web: httpx.Client, address: str, **more: str) -> httpx.Response:
    return web.post("/signup/morning", data={"email": address, **more})


def link(mail: EmailMessage) -> str:
    text = mail.get_body(("plain",))
    assert text is not None
    words: list[str] = text.get_content().split()
    (found,) = [word for word in words if word.startswith(SITE)]
    return found.removeprefix(SITE)


def in_audience(sent: Open) -> int:
    return count(sent.desk.newsroom.people, audience(["morning"]))


def test_a_sign_up_is_confirmed_by_the_mails_own_link_and_then_gets_the_newsletter(
    sent: Open, web: httpx.Client
) -> None:
    answer = sign_up(web, "Nuru@List.example", name="Nuru")
    (mail,) = settled(sent)
    before = in_audience(sent)
    shown = web.get(link(mail))
    waiting = states(sent.folder)["Nuru@list.example"]
    done = web.post(link(mail))

    assert answer.headers["location"] == "/signup/morning/sent"
    assert mail["To"].addresses[0].addr_spec.lower() == NEW
    assert (shown.status_code, waiting, before) == (200, "pending", 2)
    assert "You are on the list" in done.text
    assert in_audience(sent) == 3


def test_the_mail_has_two_parts_and_nothing_of_a_list(sent: Open, web: httpx.Client) -> None:
    sign_up(web, NEW)
    (mail,) = settled(sent)

    body = mail.get_body(("html",))
    assert body is not None
    assert link(mail) in body.get_content()
    assert not [name for name in mail if name.lower().startswith(("list-", "precedence"))]
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Subject"] == "Please confirm: Gazette Morning"


def test_the_words_that_were_shown_are_kept_as_proof_without_the_ip_address(
    sent: Open, web: httpx.Client
) -> None:
    shown = html.unescape(web.get("/signup/morning").text)
    sign_up(web, NEW)
    (mail,) = settled(sent)
    page = html.unescape(web.get(link(mail)).text)
    web.post(link(mail))

    proofs = people.show(sent.desk.newsroom.people, NEW).consents
    assert sorted(one.method for one in proofs) == ["double_opt_in", "form"]
    for one in proofs:
        assert one.words in (shown if one.method == "form" else page)
        assert len(one.ip_hash) == 32
    assert not any("127.0.0.1" in line for line in dump(sent.folder))


def test_everybody_gets_the_same_answer(sent: Open, web: httpx.Client) -> None:
    gone = people.show(sent.desk.newsroom.people, "reader1@list.example").subscriber
    assert gone
    token = sent.desk.newsroom.signer.preferences(gone.id)
    web.post(f"/p/{token}/leave")

    answers = [sign_up(web, who) for who in (NEW, "reader0@list.example", "reader1@list.example", NEW)]
    seen = {
        (one.status_code, one.text, tuple(v for k, v in one.headers.items() if k != "date"))
        for one in answers
    }

    assert len(seen) == 1
    asked = [mail["To"].addresses[0].addr_spec for mail in settled(sent)]
    assert sorted(asked) == [NEW, "reader1@list.example"]
    assert states(sent.folder)["reader0@list.example"] == "active"


def test_a_machine_that_fills_in_every_field_leaves_nothing(sent: Open, web: httpx.Client) -> None:
    before = dump(sent.folder)

    answer = sign_up(web, NEW, website="https://pills.example")

    assert answer.status_code == 303
    assert settled(sent) == []
    assert dump(sent.folder) == before


def test_what_is_no_address_is_told_and_typed_text_stays_text(sent: Open, web: httpx.Client) -> None:
    answer = sign_up(web, '"><script>alert(1)</script>')

    assert answer.status_code == 422
    assert "no address that mail can go to" in answer.text
    assert "<script" not in answer.text


def test_one_place_signs_up_five_times_in_ten_minutes_and_no_more(sent: Open, web: httpx.Client) -> None:
    codes = [sign_up(web, f"guest{number}@list.example").status_code for number in range(7)]
    sent.clock.forward(timedelta(minutes=11))

    assert codes == [303] * 5 + [429] * 2
    assert sign_up(web, "late@list.example").status_code == 303


def test_one_mailbox_is_asked_once_an_hour(sent: Open, web: httpx.Client) -> None:
    for _ in range(3):
        sign_up(web, NEW)
        sign_up(web, NEW.upper())
        sent.clock.forward(timedelta(minutes=15))
    once = len(settled(sent))
    sent.clock.forward(timedelta(minutes=20))
    sign_up(web, NEW)

    assert once == 1
    assert len(settled(sent)) == 2


def test_a_mailbox_with_many_tags_is_asked_as_one(sent: Open, web: httpx.Client) -> None:
    gate_of(sent.desk).sign_ups = RateLimit(1000, timedelta(hours=1))

    codes = [sign_up(web, f"nuru+{number}@list.example").status_code for number in range(20)]

    assert codes == [303] * 20
    assert len(settled(sent)) == 4


def test_all_together_are_asked_so_often_and_no_more(sent: Open, web: httpx.Client) -> None:
    gate_of(sent.desk).sign_ups = RateLimit(1000, timedelta(hours=1))
    gate_of(sent.desk).all_mails = RateLimit(6, timedelta(hours=1))

    codes = [sign_up(web, f"reader-{number}@list{number}.example").status_code for number in range(9)]
    asked = len(settled(sent))
    sent.clock.forward(timedelta(hours=2))
    later = sign_up(web, "later@list.example").status_code

    assert codes == [303] * 6 + [503] * 3
    assert (asked, later) == (6, 303)


def test_confirm_links_that_are_cut_forged_swapped_expired_or_overtaken_do_nothing(
    sent: Open, web: httpx.Client
) -> None:
    sign_up(web, NEW)
    first = link(settled(sent)[0])
    sent.clock.forward(timedelta(hours=2))
    sign_up(web, NEW)
    second = next(found for mail in settled(sent) if (found := link(mail)) != first)
    claim = sent.desk.newsroom.signer.read(second.removeprefix("/c/"), Purpose.CONFIRM, now=sent.clock())
    other = sent.desk.newsroom.signer.unsubscribe(claim.subscriber, "morning")
    bad = [first, second[:-1], second[:-4] + "abcd", f"/c/{other}", "/c/x"]

    answers = [web.post(path) for path in bad]
    sent.clock.forward(timedelta(days=8))
    answers.append(web.post(second))

    assert {one.status_code for one in answers} == {404}
    assert len({one.text for one in answers}) == 1
    assert in_audience(sent) == 2


def test_a_used_confirm_link_brings_nobody_back_who_unsubscribed_since(
    sent: Open, web: httpx.Client
) -> None:
    sign_up(web, NEW)
    path = link(settled(sent)[0])
    web.post(path)
    again = web.post(path)
    who = people.show(sent.desk.newsroom.people, NEW).subscriber
    assert who
    web.post(f"/u/{sent.desk.newsroom.signer.unsubscribe(who.id, 'morning')}")

    after = web.post(path)

    assert again.status_code == 200
    assert after.status_code == 404
    assert states(sent.folder)[NEW] == "ended"


def test_looking_at_any_page_changes_nothing(sent: Open, web: httpx.Client) -> None:
    signer, database = sent.desk.newsroom.signer, sent.desk.newsroom.people
    asked = consent.sign_up(database, NEW, "morning", Evidence(), now=sent.clock())
    assert asked.requested_at
    token = signer.confirm(asked.subscriber, "morning", requested_at=asked.requested_at, now=sent.clock())
    preferences = signer.preferences(asked.subscriber)
    paths = [f"/signup/morning{rest}" for rest in ("", "/sent", "/embed", "?email=x@list.example")]
    paths += [f"/c/{token}", f"/p/{preferences}", f"/p/{preferences}?done=saved"]
    paths += [f"/p/{preferences}/leave", f"/u/{signer.unsubscribe(asked.subscriber, 'morning')}"]
    before = dump(sent.folder)

    answers = [web.request(method, path) for path in paths for method in ("GET", "HEAD")]

    assert {one.status_code for one in answers} == {200, 405}
    assert settled(sent) == []
    assert dump(sent.folder) == before


@pytest.mark.parametrize("path", ["", "/sent", "/embed"])
def test_a_list_that_no_newsletter_sends_to_has_no_form(web: httpx.Client, path: str) -> None:
    assert web.get(f"/signup/other{path}").status_code == 404


def test_the_snippet_is_a_form_that_works_from_any_site(sent: Open, web: httpx.Client) -> None:
    page = html.unescape(web.get("/signup/morning/embed").text)
    action = re.search(rf'<form action="{re.escape(SITE)}([^"]+)" method="post"', page)
    assert action

    elsewhere = {"origin": "https://elsewhere.example", "sec-fetch-site": "cross-site"}
    answer = web.post(action[1], data={"email": NEW, "website": ""}, headers=elsewhere)

    assert answer.status_code == 303
    assert len(settled(sent)) == 1


def test_a_job_is_tried_three_times_and_the_next_one_still_done() -> None:
    mailer = Mailer(wait_s=0)
    tries: list[str] = []

    def job(name: str, *, is_done: bool) -> Job:
        def try_it() -> bool:
            tries.append(name)
            return is_done

        return try_it

    mailer.post(job("first", is_done=False))
    mailer.post(job("second", is_done=True))
    mailer.settle()
    mailer.close()

    assert tries == ["first", "first", "first", "second"]
