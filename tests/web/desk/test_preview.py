"""Whose mail the preview shows: everybody's, a group's, one reader's, with either subject."""

from __future__ import annotations

import html
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from digest.day import job
from digest.model import Variant
from digest.rendering.renderer import Renderer
from subscribers import people, preferences
from tests.web.desk.desk_page import tab
from tests.web.newsroom import PAGE, STORIES, Open

SECOND = "Boats, boats, and one ferry at midnight"


def choose(opened: Open, address: str, *, language: str = "", topics: tuple[str, ...] = ()) -> None:
    """Let a reader choose."""
    database = opened.desk.newsroom.people
    who = opened.desk.newsroom.reader(opened.edition.key, address).subscriber
    people.describe(database, who, language=language)
    preferences.choose(database, who, "morning", topics=topics)


@pytest.mark.parametrize("query", [{}, {"topics": "port"}, {"language": "fr"}, {"arm": "b"}])
def test_the_preview_of_a_choice_is_the_rendering_that_such_readers_get(
    opened: Open, query: dict[str, str]
) -> None:
    with opened.client() as client:
        client.edit("subject_b", text=SECOND)
        final = client.get(f"{PAGE}/final", **query).text

    topics = tuple(filter(None, query.get("topics", "").split("+")))
    variant = Variant(query.get("language", ""), topics, query.get("arm", ""))
    (rendered,) = job.render(opened.desk.parts("morning"), opened.edition, [variant])
    assert final == rendered.html


def test_a_reader_is_shown_the_mail_of_their_own_language_and_sections(opened: Open) -> None:
    choose(opened, "reader1@list.example", language="fr", topics=("port",))
    with opened.client() as client:
        theirs = client.get(f"{PAGE}/preview", **{"as": "reader1@list.example"}).text
        others = client.get(f"{PAGE}/preview", **{"as": "reader2@list.example"}).text
        page = client.get(PAGE).text

    assert 'lang="fr"' in theirs
    assert not any(title in theirs for title in STORIES["city"])
    assert any(title in others for title in STORIES["city"])
    assert '<option value="fr|port">1 · French, Port</option>' in page
    assert '<option value="|">4 · everything</option>' in page


def test_who_gets_no_mail_today_and_who_is_unknown_are_told_in_the_frame(opened: Open) -> None:
    with opened.client() as client:
        for item in opened.edition.sections[0].items:
            client.edit("drop", article=item.article)
        nothing = client.get(f"{PAGE}/preview", topics="port")
        nobody = client.get(f"{PAGE}/preview", **{"as": "nobody@list.example"})
        no_section = client.get(f"{PAGE}/preview", topics="sailing")
        no_language = client.get(f"{PAGE}/preview", language="tlh")

    assert "these readers get no mail" in nothing.text
    assert nobody.status_code == 404
    assert "no subscriber" in nobody.text.lower()
    for answer in (nothing, nobody):
        assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    assert (no_section.status_code, no_language.status_code) == (404, 404)


def test_a_second_subject_is_set_measured_undone_and_taken_away(opened: Open) -> None:
    with opened.client() as client:
        told = client.edit("subject_b", text="A second subject that goes on " * 3).json()
        long = client.get(f"{PAGE}/checks").text
        client.edit("undo")
        undone = opened.edition.subject_b
        client.edit("subject_b", text=SECOND)
        page = html.unescape(client.get(f"{PAGE}/approve").text)
        same = client.edit("subject_b", text=opened.edition.subject)
        client.edit("subject_b", text="")

    assert "Second subject 89 of 65 · inboxes cut it" in told["parts"]["inbox"]
    assert "The second subject has" in long
    assert undone == ""
    assert SECOND in page
    assert same.status_code == 422
    assert opened.edition.subject_b == ""


LOOKS = (
    {"mode": "desktop"},
    {"mode": "dark", "topics": "port"},
    {"mode": "plain", "language": "fr"},
    {"mode": "phone", "as": "reader1@list.example"},
)


def test_a_change_answers_with_the_preview_of_a_mail_rendered_in_full(opened: Open) -> None:
    dice = Random(0)
    with opened.client() as client:
        for number in range(12):
            item = dice.choice(opened.edition.items)
            kind = dice.choice(("headline", "blurb", "subject", "move", "drop"))
            text = f"{number} & <so>\u00a0“on” **{dice.randrange(99)}**"
            section = dice.choice(opened.edition.sections).key
            look = dice.choice(LOOKS)
            more: dict[str, Any] = {"text": text, "section": section, "at": dice.randrange(5), "look": look}
            answer = client.edit(kind, article=item.article, **more)
            assert answer.status_code == 200, answer.text
            assert answer.json()["page"] == client.get(f"{PAGE}/preview", **look).text
            parts = opened.desk.parts("morning")
            anew = Renderer(
                opened.desk.newsroom.site, overrides=opened.desk.newsroom.settings.site.templates
            )
            whole = job.render(replace(parts, renderer=anew), opened.edition, [Variant()])[0]
            assert client.get(f"{PAGE}/final").text == whole.html


@pytest.mark.parametrize(
    "look",
    ["desktop", {}, {"mode": "text"}, {"mode": "no such"}, {"mode": "dark", "topics": "no such"}, [1]],
)
def test_a_change_whose_look_is_no_mail_in_html_is_made_all_the_same(opened: Open, look: object) -> None:
    with opened.client() as client:
        answer = client.edit("subject", text="A subject", look=look)

    assert answer.status_code == 200
    assert answer.json()["page"] is None
    assert opened.edition.subject == "A subject"


@pytest.mark.chromium
def test_whose_mail_is_shown_can_be_chosen_beside_the_draft(chromium: Browser, opened: Open) -> None:
    choose(opened, "reader1@list.example", language="fr", topics=("port",))
    away, here = STORIES["city"][2], STORIES["port"][0]
    with tab(chromium, opened) as desk:
        desk.go()
        body, now = desk.preview.locator("body"), desk.page.locator("#as-now")
        expect(body).to_contain_text(away)
        desk.page.locator(".as-whom summary").click()
        desk.page.locator("#topics input").first.check()
        expect(body).not_to_contain_text(away)
        expect(body).to_contain_text(here)
        expect(now).to_have_text("readers of Port")

        desk.page.locator("#as-everybody").click()
        expect(body).to_contain_text(away)
        desk.page.locator("#group").select_option("fr|port")
        expect(desk.preview.locator("html")).to_have_attribute("lang", "fr")
        expect(now).to_have_text("readers of French, Port")

        desk.page.locator("#as-reader input").fill("reader2@list.example")
        desk.page.locator("#as-reader button").first.click()
        expect(desk.preview.locator("html")).to_have_attribute("lang", "en")
        expect(now).to_have_text("reader2@list.example")
        desk.page.locator("#as-reader input").fill("nobody@list.example")
        desk.page.locator("#as-reader button").first.click()
        expect(body).to_contain_text("No subscriber n…@list.example.")


@pytest.mark.chromium
def test_a_second_subject_brings_its_own_preview_and_goes_with_it(chromium: Browser, opened: Open) -> None:
    with tab(chromium, opened) as desk:
        desk.go()
        desk.page.locator(".second summary").click()
        desk.page.locator("#subject_b").fill(SECOND)
        desk.settled(2)
        expect(desk.page.locator("#inbox")).to_contain_text(SECOND)
        expect(desk.page.locator("#weight")).to_contain_text("min to read")
        with desk.page.expect_request(lambda request: "arm=b" in request.url):
            desk.page.locator("#arm-b").click()
        expect(desk.page.locator("#arm-b")).to_have_attribute("aria-pressed", "true")
        desk.page.locator("#subject_b").fill("")
        desk.settled(3)
        expect(desk.page.locator("#arm-b")).to_have_count(0)
        assert "arm=" not in (desk.page.locator("iframe.shown").get_attribute("src") or "")

    assert opened.edition.subject_b == ""
