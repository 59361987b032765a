"""What is wrong in the desk's other forms is told in the language of whoever typed it, at its field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from lxml.html import fromstring

from digest.model.desk import User
from digest.web.serving.limits import RateLimit
from tests.web.newsroom import EVERY_ROLE, PAGE, Client, Open, at_work, written
from tests.web.wording.forbidden import forbidden_in

LOOKS, MORNING, NEW = "/desk/looks", "/desk/newsletters/morning", "/desk/newsletters/new"
SECTION, SOURCE = f"{MORNING}/sections/one?name=port", f"{MORNING}/sources/one?name=folder:articles"
BOOKINGS, TEAM, ME = "/desk/bookings/morning", "/desk/team/invite", "/desk/me/address"
_TOLD = "//*[contains(concat(' ', @class, ' '), ' alert ')][normalize-space()]"
_WORD, _COLOR = re.compile("[A-Za-z]{2,}"), re.compile("#[0-9a-f]{6}")
THE_SAME = frozenset({"https", "Africa", "Cairo", "ar", "en", "pt", "BR", "Harbour", "Daily", "morning"})
THE_SAME |= {"name", "site", "example", "Mastodon", "EAT", "rest", "port"}
THE_SAME |= {"brief", "broadsheet", "bulletin", "gallery", "letter", "weekly"}
"""Names and values that are the same in every language."""

WRONG_LOOKS = [
    ("accent", "red"),
    ("accent", "#12"),
    ("fill", "#٩b1c31"),
    ("ink", "#fafafa"),
    ("paper", "rgb(1,2,3)"),
    ("font", '"Georgia, serif'),
    ("font", "Georgia; color: red"),
    ("small_font", "x" * 600),
    ("web_font", "http://x.example/f.css"),
    ("logo", "javascript:alert(1)"),
    ("logo", "https://[::1"),
    ("logo_dark", "logo.png"),
    ("logo_width", "7000"),
    ("logo_width", "breit"),
    ("corner", "99"),
    ("density", "none"),
    ("footer", "\n".join("x" * 30)),
    ("social", "Mastodon"),
    ("social", "https://x.example/"),
    ("social", "\n".join(f"N{number} https://x.example/{number}" for number in range(40))),
    ("template", "tabloid"),
]
ONLY_SAVED = [
    ("logo", "https://a:b@x.example/l.png"),
    ("logo_dark", "https://x.example/l.png"),
    ("logo_height", "0"),
    ("footer", "a\x07b"),
]
"""The letter is shown in these, or as it is without them; to save them is refused."""
WRONG_PARTS = [
    (SECTION, "title", ""),
    (SECTION, "max_items", "many"),
    (SECTION, "max_items", "0"),
    (SECTION, "min_items", "50"),
    (SECTION, "match.sources", "gone"),
    (SOURCE, "section", "gone"),
    (SOURCE, "weight", "-3"),
    (SOURCE, "zone", "Mars"),
    (SOURCE, "language", "Deutsch"),
    (SOURCE, "base_url", "https://[::1"),
    (SOURCE, "full_text", "maybe"),
]
GOOD = {
    "key": "evening",
    "title": "E",
    "sender": "A <a@b.example>",
    "lists": "evening",
    "language": "en",
    "timezone": "Africa/Nairobi",
    "cutoff": "16:00",
    "send_at": "17:00",
    "section.key": "top",
    "section.title": "Top",
    "source.kind": "push",
    "source.url": "",
    "source.name": "cms",
}
WRONG_NEW = [
    ("key", ""),
    ("key", "Über"),
    ("key", "a.b"),
    ("key", "مساء"),
    ("key", "morning"),
    ("sender", "x"),
    ("timezone", "Mars"),
    ("send_at", "x"),
    ("section.key", "Über"),
    ("section.title", ""),
    ("source.kind", "sql"),
    ("source.name", "a\x07"),
]
BOOKED = {"source": "A", "title": "T", "url": "https://a.example/", "spot": "top", "days": "2026-12-03"}
WRONG_BOOKINGS = [
    ("source", ""),
    ("title", "x" * 900),
    ("url", "javascript:1"),
    ("spot", "section gone"),
    ("days", "morgen"),
    ("days", "2026-13-40"),
    ("days", "2020-01-01"),
    ("days", "2029-01-01"),
]
NO_ADDRESSES = [
    "x",
    "x＠b.example",
    "a@",
    "@b.example",
    "a@b@c.example",
    "zoë@b.example",
    f"{'a' * 300}@b.example",
    f"a@{'b' * 80}.example",
    "a b@c.example",
    '"a b"@c.example',
    "a@b.example c",
    "a@localhost",
    "a@1.2.3.4",
    "a@[1.2.3.4]",
    "a@b.invalid",
    "A <a@b.example>",
    "<a@b.example",
    "a@-b.example",
    "a@b-.example",
    "a..b@c.example",
    ".a@c.example",
    "a.@c.example",
    "a@ab--c.example",
    "a\x07@b.example",
]
WRONG_TIMES = ["", "25:00", "8 Uhr", "٠٨:١٥", "05:00", "06:04"]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    root: Path = tmp_path_factory.mktemp("wrong")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        with at_work(written(root)) as found:
            yield found


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """Open a desk at which nothing of its newsletter may be changed."""
    root: Path = tmp_path_factory.mktemp("held")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        folder = written(root)
        with folder.config.open("a") as config:
            config.write('\n[desk]\nfixed = ["newsletters.morning"]\n')
        with at_work(folder) as found:
            yield found


def shown(client: Client, path: str) -> dict[str, str]:
    """Return what a browser would send of a form as it is shown."""
    page: Any = fromstring(client.http.get(path).text)
    (form,) = (one for one in page.forms if "version" in one.fields)
    return {name: value for name, value in form.form_values() if name != "csrf"}


def posted(opened: Open, language: str, path: str, /, **form: str) -> httpx.Response:
    with opened.client() as client:
        client.http.headers["accept-language"] = language
        return client.post(path, **form)


def told(answer: httpx.Response) -> str:
    page: Any = fromstring(answer.text)
    return "\n".join(one.text_content() for one in page.xpath(_TOLD)) or page.findtext(".//pre") or ""


def expect_arabic(said: str, value: str) -> None:
    """Expect words of Arabic, and of others only those that are typed or the same everywhere."""
    words = {word for word in _WORD.findall(_COLOR.sub("", said)) if word not in value}
    assert re.search("[\u0600-\u06ff]", said), said
    assert words <= THE_SAME, words - THE_SAME


def expect_told(opened: Open, path: str, value: str, /, **form: str) -> None:
    """Expect a refusal in Arabic, another in German, and none with a word of machines."""
    answers = {language: posted(opened, language, path, **form) for language in ("ar", "de", "en")}
    said = {
        language: told(answer).replace(value if len(value) > 1 else "\0", "")
        for language, answer in answers.items()
    }

    assert {answer.status_code for answer in answers.values()} <= {409, 422}
    expect_arabic(said["ar"], value)
    assert said["de"] != said["en"]
    assert forbidden_in(said["de"]) == forbidden_in(said["en"]) == []


@pytest.mark.parametrize(("name", "value"), WRONG_LOOKS + ONLY_SAVED)
def test_a_wrong_look_is_told_at_its_field(opened: Open, name: str, value: str) -> None:
    with opened.client() as client:
        form = {**shown(client, LOOKS), name: value, "step": "save"}
    expect_told(opened, LOOKS, value, **form)

    page: Any = fromstring(posted(opened, "ar", LOOKS, **form).text)
    (field,) = page.xpath(f"//*[@name='{name}']")
    assert field.get("aria-invalid") == "true"
    assert f"wrong-{name}" in field.get("aria-describedby").split()
    expect_arabic(page.xpath(f"string(//*[@id='wrong-{name}'])").replace(value, ""), value)


@pytest.mark.parametrize(("name", "value"), WRONG_LOOKS)
def test_why_no_letter_is_shown_in_a_look_is_told(opened: Open, name: str, value: str) -> None:
    with opened.client() as client:
        form = {**shown(client, LOOKS), name: value}
    expect_told(opened, LOOKS, value, **{**form, "step": "letter"})

    tried = posted(opened, "ar", LOOKS, **{**form, "step": "try"})
    expect_arabic(told(tried).replace(value, ""), value)


@pytest.mark.parametrize(("path", "name", "value"), WRONG_PARTS)
def test_what_is_wrong_in_a_section_or_source_is_told(
    opened: Open, path: str, name: str, value: str
) -> None:
    with opened.client() as client:
        form = {**shown(client, path), name: value}
    with opened.client() as client:
        client.http.headers["accept-language"] = "ar"
        page: Any = fromstring(client.post(path, **form).text)
    assert page.xpath(f"//*[@name='{name}']/@aria-invalid") == ["true"]
    expect_told(opened, path, value, **form)


def test_the_only_source_is_not_taken_out_and_the_sentence_says_what_to_do(opened: Open) -> None:
    expect_told(opened, SOURCE, "", act="take-out")
    assert "add another first" in told(posted(opened, "en", SOURCE, act="take-out"))


@pytest.mark.parametrize(("name", "value"), WRONG_NEW)
def test_what_is_wrong_in_a_new_newsletter_is_told_at_its_field(
    opened: Open, name: str, value: str
) -> None:
    opened.desk.limits.tries = RateLimit(100, timedelta(hours=1))
    form = {**GOOD, name: value}
    form["tried"] = f"{form['source.kind']} {form['source.url']}"
    expect_told(opened, NEW, value, **form)

    page: Any = fromstring(posted(opened, "en", NEW, **form).text)
    assert "stands at each field" in page.xpath("string(//*[@role='alert'])")


@pytest.mark.parametrize(("name", "value"), WRONG_BOOKINGS)
def test_what_is_wrong_in_a_booking_is_told(opened: Open, name: str, value: str) -> None:
    expect_told(opened, BOOKINGS, value, **{**BOOKED, name: value})


def test_a_booking_that_somebody_else_changed_is_told(opened: Open) -> None:
    place = posted(opened, "ar", BOOKINGS, **BOOKED).headers["location"].partition("?")[0]
    expect_told(opened, place, "", **{**BOOKED, "title": "Z", "version": "99"})


@pytest.mark.parametrize("text", [pytest.param(one, id=ascii(one[:20])) for one in NO_ADDRESSES])
@pytest.mark.parametrize("path", [TEAM, ME])
def test_what_is_no_address_is_told(opened: Open, path: str, text: str) -> None:
    opened.desk.logins.keep_user(User("amina", EVERY_ROLE), "", now=opened.clock())
    expect_told(opened, path, text, name="neu", address=text)


@pytest.mark.parametrize("at", WRONG_TIMES)
def test_what_is_no_time_of_an_edition_is_told_without_its_key(opened: Open, at: str) -> None:
    expect_told(opened, f"{PAGE}/time", at, do="move", at=at)
    assert "morning/2026" not in told(posted(opened, "ar", f"{PAGE}/time", do="move", at=at))


@pytest.mark.parametrize(
    ("path", "form"),
    [
        (f"{PAGE}/time", {"do": "move", "at": "08:15"}),
        (LOOKS, {"newsletter": "morning", "step": "save", "accent": "#1b3c9b"}),
        (f"{MORNING}/pause", {"rests": "yes"}),
        (MORNING, {"title": "Other"}),
        (SECTION, {"title": "Other"}),
        (SECTION, {"act": "down"}),
        (SECTION, {"act": "take-out"}),
        (f"{MORNING}/sections", {"key": "more", "title": "More"}),
    ],
)
def test_what_is_held_fixed_is_told_without_the_name_of_a_setting(
    held: Open, path: str, form: dict[str, str]
) -> None:
    expect_told(held, path, "", **form)
