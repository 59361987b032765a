"""Comments: beside their story, by whom and when, resolved; in no mail, and no reason to approve anew."""

from __future__ import annotations

import html
import re

import httpx
import pytest
from playwright.sync_api import Browser, expect

from digest.model import EditionState
from digest.model.desk import Role
from tests.web.desk.desk_page import tab
from tests.web.desk.test_approving import approve, send
from tests.web.newsroom import KEY, PAGE, Client, Open

WORDS = "Is the third boat really a boat? <b>Ask</b> her."


def story(opened: Open, number: int = 0) -> str:
    return str(opened.edition.items[number].article)


def say(client: Client, opened: Open, text: str = WORDS, about: str = "") -> httpx.Response:
    return client.post(f"{PAGE}/comments", about=about or story(opened), text=text)


def test_whoever_may_look_says_something_and_everybody_sees_it(opened: Open) -> None:
    before = opened.edition
    with opened.client("eve", []) as client:
        answer = say(client, opened)
    with opened.client() as client:
        page = html.unescape(client.get(PAGE).text)
        checks = html.unescape(client.get(f"{PAGE}/checks").text)

    assert answer.status_code == 303
    assert answer.headers["location"].endswith(f"#talk-{story(opened)}")
    assert WORDS in page
    assert "&lt;b&gt;Ask" in opened_page(opened), "it is shown as typed"
    assert re.search(r"<b>eve</b>, Mon 23 Nov, 06:05", page)
    assert f"“{opened.edition.items[0].headline}”: Open comments: 1" in checks
    assert opened.edition == before, "it is no change of the edition"
    entry = opened.desk.audit_log.entries(edition=str(KEY))[0]
    assert (entry.who, entry.action) == ("eve", "commented")
    assert "third boat really" not in entry.detail


def opened_page(opened: Open) -> str:
    with opened.client() as client:
        return client.get(PAGE).text


def test_it_is_resolved_and_opened_again_with_names(opened: Open) -> None:
    with opened.client() as client:
        say(client, opened)
        (one,) = opened.desk.newsroom.database.talks.comments(KEY)
        resolved = client.post(f"{PAGE}/comments/{one.number}")
        page = client.get(PAGE).text
        checks = html.unescape(client.get(f"{PAGE}/checks").text)
        client.post(f"{PAGE}/comments/{one.number}")
        client.post(f"{PAGE}/comments/{one.number}", do="again")

    assert resolved.status_code == 303
    assert "resolved by amina, Mon 23 Nov, 06:05" in page
    assert "Open comments:" not in checks
    (again,) = opened.desk.newsroom.database.talks.comments(KEY)
    assert again.is_open
    actions = [entry.action for entry in opened.desk.audit_log.entries(edition=str(KEY))]
    assert actions[:3] == ["opened a comment again", "resolved a comment", "commented"]


def test_no_mail_has_it_and_an_approval_stands(opened: Open) -> None:
    with opened.client() as client:
        approve(client)
        say(client, opened)
    state = opened.edition.state
    send(opened)

    assert state is EditionState.APPROVED
    mails = opened.folder.mails()
    assert len(mails) == 5
    assert all("really a boat" not in mail.as_string() for mail in mails)


def test_a_comment_on_a_story_that_went_out_of_the_edition_is_still_seen(opened: Open) -> None:
    with opened.client() as client:
        about = story(opened)
        say(client, opened)
        client.edit("drop", article=about)
        page = client.get(PAGE).text
        late = say(client, opened, "And another", about)

    assert "Comments on stories that are out" in page
    assert "Is the third boat really" in page
    assert late.status_code == 409


@pytest.mark.parametrize(
    ("form", "code"),
    [
        pytest.param({"text": ""}, 422, id="nothing"),
        pytest.param({"text": " \r\n\t "}, 422, id="nothing but space"),
        pytest.param({"text": "x" * 2001}, 422, id="too much"),
        pytest.param({"about": "0" * 16, "text": "x"}, 409, id="another story"),
        pytest.param({"about": "", "text": "x"}, 409, id="no story"),
    ],
)
def test_what_is_no_comment_is_not_kept(opened: Open, form: dict[str, str], code: int) -> None:
    with opened.client() as client:
        given = {"about": story(opened), **form}

        assert client.post(f"{PAGE}/comments", **given).status_code == code

    assert opened.desk.newsroom.database.talks.comments(KEY) == ()


def test_one_that_is_sent_twice_is_kept_once_and_a_strangers_number_is_unknown(opened: Open) -> None:
    with opened.client() as client:
        say(client, opened)
        say(client, opened)

        assert client.post(f"{PAGE}/comments/999").status_code == 404

    assert len(opened.desk.newsroom.database.talks.comments(KEY)) == 1


def test_who_works_on_other_newsletters_says_nothing_here(opened: Open) -> None:
    opened.desk.newsroom.database.team.keep_newsletters("bo", frozenset({"evening"}))
    with opened.client("bo", [Role.EDITOR]) as client:
        assert say(client, opened).status_code == 404


@pytest.mark.chromium
def test_what_is_typed_stays_while_the_page_is_rendered_anew(chromium: Browser, opened: Open) -> None:
    about = story(opened)
    with tab(chromium, opened) as desk:
        desk.go()
        talk = desk.page.locator(f"#talk-{about}")
        talk.locator("summary").click()
        field = desk.page.locator(f"#say-{about}")
        field.fill("Half a thought")
        desk.page.locator(f"#drop-{story(opened, 1)}").click()
        expect(desk.page.locator("#tray")).to_contain_text("Dropped")
        expect(field).to_have_value("Half a thought")
        desk.page.reload()
        expect(field).to_have_value("Half a thought")
        talk.get_by_role("button", name="Say it").click()
        expect(talk.locator("li")).to_contain_text("Half a thought")
        expect(field).to_have_value("")
        with opened.client("cy") as client:
            say(client, opened, "From another desk", about)
        expect(talk.locator("li").nth(1)).to_contain_text("From another desk")
