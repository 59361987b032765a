"""Looks are tried on the letter, told in numbers and words, and stored nowhere."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, expect

from digest.model.desk import Role
from digest.rendering.theme import NAMES, derive
from digest.settings.looks.theme import ThemeSettings
from digest.settings.unpacking import theme_of
from digest.web.desk.looks import trying
from digest.web.desk.looks.example import example
from tests.rendering import editions
from tests.rendering.samples import BRAND
from tests.web.desk.desk_page import tab
from tests.web.newsroom import DRAFTED, STORIES, Open

ADDRESS = "/desk/looks"


def test_the_form_has_every_look_that_the_schema_has(opened: Open) -> None:
    with opened.client() as client:
        page = client.get(ADDRESS).text

    for name in NAMES:
        assert f'name="{name}"' in page
    assert "<option selected>broadsheet</option>" in page
    assert "<option>gallery</option>" in page


def test_the_letter_is_shown_in_what_was_sent_and_nothing_is_stored(opened: Open) -> None:
    before = dict(opened.desk.newsletters["morning"].theme)
    with opened.client() as client:
        light = client.post(
            ADDRESS, newsletter="morning", template="gallery", step="letter", fill="#ff8300"
        )
        dark = client.post(ADDRESS, newsletter="morning", step="letter", scheme="dark", accent="#0b5563")
        again = client.get(ADDRESS).text

    assert "sandbox" in light.headers["content-security-policy"]
    assert "#ff8300" in light.text
    assert STORIES["port"][0] in light.text or STORIES["city"][0] in light.text
    assert "%%" not in light.text
    assert "@media all" in dark.text
    assert "#ff8300" not in again
    assert dict(opened.desk.newsletters["morning"].theme) == before


def test_what_can_be_read_is_told_in_numbers_and_words_with_the_lines_to_copy(opened: Open) -> None:
    with opened.client() as client:
        good = client.post(ADDRESS, newsletter="morning", template="letter", step="told", accent="#ff8300")
        bad = client.post(ADDRESS, newsletter="morning", step="told", ink="#e8a0a0", template="tabloid")

    assert "data-is-whole" in good.text
    assert "reads very well" in good.text
    assert "#ff8300 as text is" in good.text
    assert "frames buttons and bands" in good.text
    assert "template = &#34;letter&#34;" in good.text
    assert "data-is-whole" not in bad.text
    assert "the nearest color that is not: #" in bad.text
    assert "there is no such template" in bad.text


@pytest.mark.parametrize(
    "form", [{"template": "../../etc/passwd"}, {"template": "\x00"}, {"font": "a" * 5000}]
)
def test_what_is_no_template_or_font_is_a_sentence(opened: Open, form: dict[str, str]) -> None:
    with opened.client() as client:
        told = client.post(ADDRESS, newsletter="morning", step="told", **form)
        letter = client.post(ADDRESS, newsletter="morning", step="letter", **form)

    assert (told.status_code, letter.status_code) == (200, 422)
    assert 'class="alert"' in told.text


def test_it_takes_the_role_manager_and_a_newsletter_that_is_there(opened: Open) -> None:
    with opened.client("olga", roles=[Role.EDITOR]) as client:
        assert client.get(ADDRESS).status_code == 403
        assert client.post(ADDRESS, newsletter="morning", step="told").status_code == 403
    with opened.client() as client:
        assert client.get(ADDRESS, newsletter="evening").status_code == 404


def test_the_lines_to_copy_are_toml_that_says_the_same() -> None:
    given = {**BRAND, "font": "O'Hara Text, serif", "text_links": "end"}

    lines = tomllib.loads(trying.as_toml("morning", "gallery", given))

    table = lines["newsletters"]["morning"]
    assert table["template"] == "gallery"
    assert theme_of(ThemeSettings.model_validate(table["theme"])) == given


def test_without_an_edition_an_example_is_shown() -> None:
    shown = example(editions.newsletter(), editions.SITE, now=DRAFTED)

    assert len(shown.items) == 6
    assert {section.key for section in shown.sections} == {"town", "coast"}
    one = replace(editions.newsletter(), sections=editions.newsletter().sections[:1])
    assert len(example(one, editions.SITE, now=DRAFTED).items) == 6


def test_every_text_has_a_number_and_a_word() -> None:
    rows = list(trying.legibility(derive(BRAND)))

    assert len(rows) == 8
    assert {row.where for row in rows} == {"light", "dark"}
    assert all(row.word.startswith("reads") for row in rows)


@pytest.mark.chromium
def test_the_letter_follows_the_form(chromium: Browser, opened: Open) -> None:
    with tab(chromium, opened) as desk:
        desk.go(ADDRESS)
        page = desk.page
        letter = page.frame_locator("iframe[name=letter]")
        expect(letter.locator("h1")).to_be_visible()
        page.locator("select[name=template]").select_option("letter")
        expect(letter.locator(".greeting")).to_contain_text("Hello Amina")

        page.locator("input[name=ink]").fill("#e8a0a0")
        expect(page.locator("#told .alert")).to_contain_text("the nearest color that is not")
        expect(letter.locator(".greeting")).to_be_visible()

        page.get_by_label("As wide as a phone").check()
        expect(page.locator("#frames")).to_have_attribute("data-mode", "phone")
