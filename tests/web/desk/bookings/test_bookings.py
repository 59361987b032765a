"""A sponsor's block booked for days: in each draft by itself, changed with it, counted, left alone."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from PIL import Image as Pillow

from digest.day import job
from digest.model import Block, Edition, EditionKey, EditionState
from digest.model.blocks import BOOKED, Booking, DaySpan
from digest.model.desk import Role
from digest.web.public import clicking
from tests.journeys.desk import AT_SEND
from tests.web.desk.test_approving import approve
from tests.web.newsroom import KEY, PAGE, Client, Open, at_work, written
from tests.web.public.test_clicking import BROWSER, COUNTED, links
from tests.web.public.test_reading import mail_of

PLACE = "/desk/bookings/morning"
DAY = KEY.day
SAID = f"{DAY.day} {DAY:%b} {DAY.year}"
TEA = {
    "source": "Harbour Tea",
    "title": "Tea that waits for you",
    "text": "Warm **cups** at pier 3.",
    "url": "https://tea.example/harbour",
    "label": "To the menu",
    "spot": "top",
}


def book(client: Client, days: str = str(DAY), **more: str) -> httpx.Response:
    return client.post(PLACE, **{**TEA, "days": days, **more})


def change(client: Client, form: dict[str, str], number: int = 1) -> httpx.Response:
    version = client.opened.desk.newsroom.database.bookings.load(number)
    assert version is not None
    return client.post(f"{PLACE}/{number}", **{"version": str(version.version), **form})


def kept(opened: Open, number: int = 1) -> Booking:
    found = opened.desk.newsroom.database.bookings.load(number)
    assert found is not None
    return found


def booked(edition: Edition) -> list[Block]:
    return [one for one in edition.blocks if one.id.startswith(BOOKED)]


def done(answer: httpx.Response) -> str:
    assert answer.status_code == 303, html.unescape(re.sub(r"<[^>]+>", " ", answer.text))
    return httpx.URL(answer.headers["location"]).params["done"]


def test_it_is_in_the_days_draft_at_once_and_in_every_part_of_the_mail(opened: Open) -> None:
    with opened.client("bo", [Role.EDITOR]) as client:
        told = done(book(client, days="", **{"from": str(DAY), "to": str(DAY + timedelta(days=6))}))
        final = client.get(f"{PAGE}/final").text
        plain = client.get(f"{PAGE}/final", part="text").text
        listed = client.get("/desk/bookings").text
        page = client.get(f"{PLACE}/1").text

    (block,) = booked(opened.edition)
    assert (block.source, block.url) == ("Harbour Tea", TEA["url"])
    assert told == f"Kept. Changed in the draft of {SAID}."
    assert "Warm <strong>cups</strong> at pier 3." in final
    assert "Advertisement" in final
    assert "Warm cups at pier 3." in plain
    assert "Harbour Tea" in listed
    assert f"{DAY} – {DAY + timedelta(days=6)}" in page
    assert kept(opened).spans == (DaySpan(DAY, DAY + timedelta(days=6)),)
    actions = [(one.who, one.action) for one in opened.desk.audit_log.entries()][:2]
    assert actions == [("bo", "edited"), ("bo", "booked")]


def test_the_job_places_it_into_the_draft_of_each_of_its_days_and_of_no_other(opened: Open) -> None:
    with opened.client() as client:
        book(client, days=f"{DAY + timedelta(days=1)}\n{DAY + timedelta(days=3)}")
    parts = opened.desk.parts("morning")

    found = []
    for ahead in range(5):
        key = EditionKey("morning", DAY + timedelta(days=ahead))
        drafted = parts.reading.placed(replace(opened.edition, key=key, blocks=()))
        found.append(bool(booked(drafted)))

    assert found == [False, True, False, True, False]


def test_an_untouched_draft_stays_the_jobs_and_is_the_same_made_anew(opened: Open) -> None:
    with opened.client() as client:
        book(client)
    before = opened.edition

    again = job.draft(opened.desk.parts("morning"), KEY, now=opened.clock())

    assert not before.is_edited
    assert again == before


def test_a_change_goes_into_the_draft_and_leaves_what_an_editor_wrote(opened: Open) -> None:
    with opened.client() as client:
        book(client)
        (block,) = booked(opened.edition)
        client.edit("block-title", article=block.id, text="An editor's own headline")
        done(change(client, {**TEA, "text": "Cold cups.", "spot": "section port", "days": str(DAY)}))

    (block,) = booked(opened.edition)
    assert (block.title, block.text) == ("An editor's own headline", "Cold cups.")
    assert (block.spot, block.section) == ("section", "port")


def test_what_an_editor_took_out_stays_out_and_the_checks_say_so(opened: Open) -> None:
    with opened.client() as client:
        book(client)
        client.edit("block-drop", article=booked(opened.edition)[0].id)
        done(change(client, {**TEA, "text": "Cold cups.", "days": str(DAY)}))
        checks = html.unescape(client.get(f"{PAGE}/checks").text)

    assert booked(opened.edition) == []
    assert "The advertisement of Harbour Tea is booked for this day and is not in it." in checks


@pytest.mark.parametrize("how", ["taken back", "another day"])
def test_what_is_booked_no_more_goes_out_of_the_draft(opened: Open, how: str) -> None:
    with opened.client() as client:
        book(client)
        form = {"do": "end"} if how == "taken back" else {**TEA, "days": str(DAY + timedelta(days=1))}
        told = done(change(client, form))
        again = client.edit("undo")

    assert "Changed in the draft" in told
    assert again.status_code == 200, "and an editor may take it in again"
    assert len(booked(opened.edition)) == 1


def test_an_edition_that_is_approved_is_not_changed(opened: Open) -> None:
    with opened.client() as client:
        book(client)
        approve(client)
        before = opened.edition
        told = [
            done(change(client, {**TEA, "text": "Cold cups.", "days": str(DAY)})),
            done(book(client, url="https://other.example/")),
            done(change(client, {"do": "end"})),
        ]

    assert opened.edition == before
    assert opened.edition.state is EditionState.APPROVED
    assert all(f"left as it is: {SAID}" in one for one in told)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        pytest.param({"source": ""}, "Say who pays for it", id="nobody pays"),
        pytest.param({"title": "", "text": ""}, "Write a headline or a text", id="nothing to read"),
        pytest.param({"url": "javascript:alert(1)"}, "must begin with https://", id="a script"),
        pytest.param({"url": ""}, "must begin with https://", id="no address"),
        pytest.param({"url": "mailto:tea@tea.example"}, "must begin with https://", id="not counted"),
        pytest.param({"url": "https://me:word@tea.example/"}, "holds a user name", id="a password"),
        pytest.param({"url": "https://me@tea.example/x?y=a@b"}, "holds a user name", id="a user name"),
        pytest.param(
            {"text": "All [here](https://me:word@tea.example/)."}, "holds a user name", id="one in the text"
        ),
        pytest.param({"spot": "section sport"}, "can’t stand there", id="no such section"),
        pytest.param({"spot": "nowhere"}, "can’t stand there", id="no such spot"),
        pytest.param({"days": ""}, "Name a day at least", id="no day"),
        pytest.param({"days": "tomorrow"}, "is no day", id="words"),
        pytest.param({"days": "2026-02-30"}, "is no day", id="a day that is none"),
        pytest.param({"days": "2026-12-10 to 2026-12-03"}, "is no day", id="the wrong way round"),
        pytest.param({"days": "2026-11-01"}, "are over", id="over"),
        pytest.param({"days": "2030-01-01"}, "two years ahead", id="far ahead"),
        pytest.param({"days": "2026-12-01 to 2027-12-31"}, "too far apart", id="too long"),
        pytest.param({"days": "2026-12-01\n" * 101}, "100 at most", id="too many lines"),
        pytest.param({"text": "x" * 4001}, "4000 at most", id="too much text"),
        pytest.param({"text": "日本語の言葉" * 600}, "too much for one mail", id="too many bytes"),
    ],
)
def test_what_can_not_be_is_refused_at_its_field_with_all_that_was_typed(
    opened: Open, form: dict[str, str], field: str
) -> None:
    with opened.client() as client:
        answer = client.post(PLACE, **{**TEA, "days": str(DAY), **form})

    page = html.unescape(answer.text)
    assert answer.status_code == 422
    assert field in page
    assert form.get("label", TEA["label"]) in page
    assert opened.desk.newsroom.database.bookings.listed("morning") == ()
    assert opened.edition.blocks == ()


def test_a_day_has_four_at_most_and_no_two_with_one_address(opened: Open) -> None:
    with opened.client() as client:
        for number in range(4):
            done(book(client, url=f"https://tea.example/{number}"))
        full = book(client, url="https://tea.example/9")
        same = book(client, days=str(DAY + timedelta(days=1)), url="https://tea.example/1")
        clash = change(client, {**TEA, "days": str(DAY), "url": "https://tea.example/0"}, 2)

    assert (full.status_code, same.status_code, clash.status_code) == (409, 303, 409)
    assert "has 4 bookings already" in full.text
    assert "could not be told apart" in clash.text


def test_two_editors_at_one_booking_do_not_write_over_each_other(opened: Open) -> None:
    with opened.client() as client:
        book(client)
        done(change(client, {**TEA, "text": "Mine.", "days": str(DAY)}))
        stale = client.post(f"{PLACE}/1", **{**TEA, "text": "Yours.", "days": str(DAY), "version": "1"})

    assert stale.status_code == 409
    assert "somebody else has changed it" in html.unescape(stale.text)
    assert "Yours." in stale.text, "what was typed is shown again"
    assert kept(opened).block.text == "Mine."


def test_it_takes_the_role_editor_and_the_newsletter(opened: Open) -> None:
    with opened.client() as client:
        book(client)
    with opened.client("eve", [Role.APPROVER, Role.OPS, Role.MANAGER]) as client:
        codes = [book(client).status_code, change(client, {"do": "end"}).status_code]
        looks = client.get(f"{PLACE}/1").status_code
    opened.desk.newsroom.database.team.keep_newsletters("bo", frozenset({"evening"}))
    with opened.client("bo", [Role.EDITOR]) as client:
        others = [client.get(f"{PLACE}/1").status_code, book(client).status_code]
        listed = client.get("/desk/bookings").text

    assert (codes, looks) == ([403, 403], 200)
    assert others == [404, 404]
    assert "Harbour Tea" not in listed


def test_an_uploaded_picture_is_shown_and_taken_away(opened: Open) -> None:
    body = BytesIO()
    Pillow.new("RGB", (800, 400), "teal").save(body, "PNG")
    with opened.client() as client:
        book(client)
        headers = {"sec-fetch-site": "same-origin", "x-desk-token": client.token}
        nameless = client.http.post(f"{PLACE}/1/picture", content=body.getvalue(), headers=headers)
        answer = client.http.post(
            f"{PLACE}/1/picture", params={"alt": "A cup"}, content=body.getvalue(), headers=headers
        )
        (block,) = booked(opened.edition)
        page = client.get(f"{PLACE}/1").text
        done(change(client, {"do": "picture-away"}))

    assert (nameless.status_code, answer.status_code) == (422, 200)
    assert block.picture is not None
    assert block.picture.alt == "A cup"
    assert 'alt="A cup"' in page
    assert booked(opened.edition)[0].picture is None


def test_a_pictures_point_words_and_credit_are_changed_without_bringing_it_again(opened: Open) -> None:
    tall = BytesIO()
    picture = Pillow.new("RGB", (800, 1200), "teal")
    picture.paste("orange", (0, 0, 800, 500))
    picture.save(tall, "PNG")
    with opened.client() as client:
        book(client)
        headers = {"sec-fetch-site": "same-origin", "x-desk-token": client.token}
        said = {"alt": "A cup", "credit": "Ada Quay"}
        client.http.post(f"{PLACE}/1/picture", params=said, content=tall.getvalue(), headers=headers)
        (usual,) = booked(opened.edition)
        whole = whole_shown(client)
        done(change(client, {"do": "picture", "alt": "A red cup", "credit": "Bo", "x": "50", "y": "0"}))
        (upper,) = booked(opened.edition)
        done(change(client, {"do": "picture", "alt": "A red cup", "x": "50", "y": "100"}))
        (lower,) = booked(opened.edition)
        wordless = change(client, {"do": "picture", "alt": " ", "x": "50", "y": "100"})
        still_whole = whole_shown(client)

    colors = []
    for block in (usual, upper, lower):
        assert block.picture is not None
        shown = httpx.get(opened.url + urlsplit(block.picture.url).path).content
        with Pillow.open(BytesIO(shown)) as found:
            assert found.size == (800, 533)
            colors.append(found.crop((0, 0, 9, 9)).getchannel("R").tobytes()[0] > 128)
    assert usual.picture is not None
    assert upper.picture is not None
    assert usual.picture.credit == "Ada Quay"
    assert (upper.picture.alt, upper.picture.credit, upper.picture.focus) == ("A red cup", "Bo", (0.5, 0.0))
    assert colors == [True, True, False]
    assert wordless.status_code == 422
    assert whole == still_whole == (800, 1200)


def whole_shown(client: Client) -> tuple[int, int]:
    """Return the size of the picture on which an editor presses the point."""
    found = re.search(r'id="picture-shown" src="([^"]+)"', client.get(f"{PLACE}/1").text)
    assert found is not None
    with Pillow.open(BytesIO(client.http.get(found[1]).content)) as picture:
        return picture.size


def test_clicks_are_counted_for_each_booking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = written(tmp_path, newsletter="", readers=3)
    monkeypatch.chdir(tmp_path)
    folder.config.write_text(folder.config.read_text() + COUNTED)
    with at_work(folder) as opened:
        with opened.client() as client:
            book(client)
            book(client, url="https://other.example/")
        assert folder("run", "morning", now=AT_SEND).code == 0
        opened.clock.now += timedelta(hours=1)
        paths = links(mail_of(opened, "reader1@"))
        # Whoever opens all links at once is a scanner; a person opens one.
        led = {httpx.get(opened.url + path).headers["location"]: path for path in paths}
        tea = httpx.get(opened.url + led[TEA["url"]], headers=BROWSER)
        opened.clock.now += timedelta(minutes=1)
        clicking.settle(opened.desk, opened.clock())
        with opened.client() as client:
            page, other = (client.get(f"{PLACE}/{number}").text for number in (1, 2))

    assert tea.status_code == 302
    assert "How many readers followed it" in page
    assert "Monday, 23 November 2026</a></th><td>closed</td><td>1</td>" in page
    assert "<td>closed</td><td>0</td>" in other
