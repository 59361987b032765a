"""What is wrong is told at its field, in the language of whoever typed it, and nothing typed is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from lxml.html import fromstring

from tests.web.newsroom import Client, Open

HERE = "/desk/newsletters/morning"
TYPED = "Frühe “Ausgabe”"
_COLOR, _WORD = re.compile("#[0-9a-f]{6}"), re.compile("[A-Za-z]{2,}")
GIVEN = frozenset(
    {
        "Harbour",
        "Daily",
        "morning",
        "https",
        "Africa",
        "Cairo",
        "Nairobi",
        "ar",
        "en",
        "pt",
        "BR",
        "GMT",
        "brief",
        "broadsheet",
        "bulletin",
        "gallery",
        "letter",
        "weekly",
        "Mastodon",
    }
)
"""Names and values in a sentence that are the same in every language."""
WRONG = [
    ("sender", "nobody"),
    ("sender", "A <a@b"),
    ("sender", "A <a@b.example>, B <b@b.example>"),
    ("sender", "A < B <a@b.example>"),
    ("sender", ""),
    ("sender", "Zoë <zoë@müller.example>"),
    ("sender", f"{'x' * 1_000} <a@b.example>"),
    ("reply_to", "not an address"),
    ("reply_to", "a@b.example\r\nBcc: x@y.example"),
    ("reply_to", "a@"),
    ("lists", ""),
    ("lists", "مساء"),
    ("lists", "UPPER"),
    ("segment", "مجهول"),
    ("language", "Deutsch"),
    ("language", "xx-zz"),
    ("language", "qq"),
    ("language", "en-zz"),
    ("language", "und"),
    ("timezone", "Mars/Olympus"),
    ("timezone", "GMT+3"),
    ("timezone", "nairobi"),
    ("timezone", ""),
    ("cutoff", "25:00"),
    ("cutoff", "6 Uhr"),
    ("cutoff", ""),
    ("send_at", "06:60"),
    ("send_at", "6:30 pm"),
    ("send_at", ""),
    ("deadline", "never"),
    ("deadline", "06:30"),
    ("deadline", "06:20"),
    ("approval", "maybe"),
    ("clock", "moon"),
    ("minimum_items", "-1"),
    ("minimum_items", "three"),
    ("minimum_items", "3.5"),
    ("minimum_items", "9999999"),
    ("weekly_items", "0"),
    ("max_age_hours", "0"),
    ("theme.accent", "red"),
    ("theme.accent", "#12"),
    ("theme.ink", "#fafafa"),
    ("theme.paper", "rgb(1,2,3)"),
    ("theme.font", '"Georgia, serif'),
    ("theme.web_font", "http://x.example/font.css"),
    ("theme.logo", "javascript:alert(1)"),
    ("theme.logo", "https://a:b@x.example/l.png"),
    ("theme.logo_width", "7000"),
    ("theme.density", "none"),
    ("template", "../secret"),
    ("template", "nothing"),
]


def filled_in(client: Client, path: str) -> dict[str, str]:
    """Return what a browser would send of the form as it is shown."""
    page: Any = fromstring(client.get(path).text)
    (form,) = (one for one in page.forms if one.get("action") == path and "version" in one.fields)
    return {name: value for name, value in form.form_values() if name != "csrf"}


@pytest.mark.parametrize(
    ("name", "value"), [pytest.param(*one, id=f"{one[0]}: {one[1][:20]!a}") for one in WRONG]
)
def test_what_is_wrong_is_told_at_its_field_in_the_language_of_whoever_typed_it(
    opened: Open, name: str, value: str
) -> None:
    with opened.client() as client:
        client.http.headers["accept-language"] = "ar"
        answer = client.post(HERE, **{**filled_in(client, HERE), "title": TYPED, name: value})

    page: Any = fromstring(answer.text)
    (told,) = page.xpath(f"//*[@id='f-{name.replace('.', '-').replace('_', '-')}-problem']")
    said = (
        told.text_content().replace(value.strip(), "").replace(value.splitlines()[-1] if value else "", "")
    )
    assert answer.status_code == 422
    assert re.search("[\u0600-\u06ff]", said)
    assert {word for word in _WORD.findall(_COLOR.sub("", said)) if word not in value} <= GIVEN
    assert page.xpath("//input[@name='title']/@value") == [TYPED]
    (field,) = page.xpath(f"//*[@name='{name}']")
    if field.tag != "select":
        shown = field.get("value") if field.tag == "input" else field.text
        assert (shown or "").split() == value.split()
    # Whatever hides the field is open.
    assert all(one.get("open") is not None for one in field.iterancestors("details"))


def test_what_is_offered_is_said_and_sent_as_the_settings_have_it(opened: Open) -> None:
    with opened.client() as client:
        client.http.headers["accept-language"] = "ar"
        pages: list[Any] = [fromstring(client.get(path).text) for path in (HERE, f"{HERE}/sources/new")]
    offered = [one for page in pages for one in page.xpath("//main//form//option")]

    assert len(offered) > 20
    assert {one.get("value") for one in offered} >= {"required", "feed", "sat"}
    assert all(one.text != one.get("value") for one in offered)


def test_a_form_that_was_not_touched_changes_nothing(opened: Open) -> None:
    with opened.client() as client:
        answer = client.post(HERE, **filled_in(client, HERE))

    assert answer.headers["location"].endswith("nothing+changed")
    assert opened.desk.newsroom.database.kept_settings.version() == 0


@pytest.mark.parametrize(
    ("path", "form"),
    [
        (HERE, {}),
        (f"{HERE}/sections", {"key": "harbor", "max_items": "3", "listed": "sections"}),
    ],
    ids=["newsletter", "section"],
)
def test_a_title_of_hundreds_of_letters_is_refused_at_its_field(
    opened: Open, path: str, form: dict[str, str]
) -> None:
    with opened.client() as client:
        shown = path if path == HERE else f"{path}/new"
        page: Any = fromstring(client.get(shown).text)
        (filled,) = (one for one in page.forms if one.get("action") == path and "title" in one.fields)
        typed = {name: value for name, value in filled.form_values() if name != "csrf"} | form
        answer = client.post(path, **{**typed, "title": "Ä" * 300})
        taken = client.post(path, **{**typed, "title": "Ä" * 120})

    told: Any = fromstring(answer.text)
    assert answer.status_code == 422
    (said,) = told.xpath("//*[@id='f-title-problem']")
    assert said.text_content().strip() == "Title: has more than 120 characters: shorten it"
    assert told.xpath("//*[@name='title']/@value") == ["Ä" * 300]
    assert taken.status_code < 400
