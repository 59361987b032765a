"""The desk's pages in letters that English has none of: what is Latin there is the newsroom's own."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import cast

import pytest
from babel.messages.catalog import Catalog as Messages
from babel.messages.pofile import write_po
from lxml import html as parser

from digest.locales.locale import parse
from digest.words.catalogs import NONE, parsed
from digest.words.tongues import Tongue, Tongues
from tests.journeys.desk import Folder
from tests.web.newsroom import EVERY_ROLE, PAGE, STORIES, Open
from tests.web.wording.catalogs import extracted
from tests.web.wording.forbidden import forbidden_in

PAGES = (
    "/desk",
    "/desk/runs",
    "/desk/look-back/morning",
    "/desk/look-back/morning/articles",
    "/desk/newsletters",
    "/desk/newsletters/new",
    "/desk/newsletters/morning",
    "/desk/newsletters/morning/sections/new",
    "/desk/newsletters/morning/sources/new",
    "/desk/newsletters/versions",
    "/desk/people",
    "/desk/people/segments",
    "/desk/people/import",
    "/desk/log",
    "/desk/team",
    "/desk/me",
    "/desk/looks",
    PAGE,
    f"{PAGE}/checks",
    f"{PAGE}/approve",
    f"{PAGE}/leave-out",
    f"{PAGE}/results",
    f"{PAGE}/correct",
)
"""The settings page is left out: it shows settings by their names to those who set them."""
WIDE = {
    ord(letter): 0xFEE0 + ord(letter)
    for letter in map(chr, range(ord("A"), ord("z") + 1))
    if letter.isalpha()
}
_KEPT = re.compile(r"(%\(\w+\)s|%%|</?\w+>)")
_WORD = re.compile(r"[A-Za-z]{3,}")
_READ_OUT = ("aria-label", "title", "placeholder", "alt", "data-label")
SIGNS = frozenset({"https", "esc", "utc", "bio"})
"""What is no language's."""
GIVEN = ("email=Mail", "Mastodon https://social.example/@you")
"""What shows how a thing is typed."""
_DATA = " or ".join(
    [*(f"self::{tag}" for tag in ("script", "style", "code", "option", "svg", "textarea")), "@dir='auto'"]
)
"""What is data: the newsroom's own words, and those of machines."""


def wide(message: str) -> str:
    """Return a message in letters that no other text here has; places and marks are kept."""
    return "".join(one if _KEPT.fullmatch(one) else one.translate(WIDE) for one in _KEPT.split(message))


def tongue() -> Tongue:
    """Return a language that says every message of the desk in wide letters, with Japanese dates."""
    messages = Messages(locale="ja")
    for one in extracted():
        if one.id:
            said = [wide(str(form)) for form in (one.id if isinstance(one.id, tuple) else (one.id,))]
            messages.add(one.id, said[-1:] if isinstance(one.id, tuple) else said[0])
    written = io.BytesIO()
    write_po(written, messages, width=0)
    return Tongue("ja", parse("ja"), parsed(written.getvalue()))


@pytest.fixture(scope="module")
def wide_tongues() -> Tongues:
    """The languages of a desk that speaks wide letters besides English."""
    return Tongues({"en": Tongue("en", parse("en"), NONE), "ja": tongue()})


def shown(page: str) -> Iterator[str]:
    """Yield what a page shows and what is read out of it, but for the mail, code and names of languages."""
    tree = parser.document_fromstring(page)
    for name in _READ_OUT:
        yield from (value for value in at(tree, f"//@{name}") if value not in GIVEN)
    yield from at(tree, f"//text()[not(ancestor::*[{_DATA}])]")


def at(tree: parser.HtmlElement, path: str) -> list[str]:
    """Return the strings at a path."""
    return [str(one) for one in cast("list[object]", tree.xpath(path))]


def own_words(folder: Folder) -> frozenset[str]:
    """Return the words that the newsroom brought: its settings' values and its stories."""
    told = [folder.config.read_text(encoding="utf-8"), *(one for row in STORIES.values() for one in row)]
    told += [path.read_text(encoding="utf-8") for path in folder.root.rglob("*.xml")]
    told += [path.read_text(encoding="utf-8") for path in folder.root.rglob("*.json")]
    return frozenset(word.casefold() for one in told for word in _WORD.findall(one))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_in_another_language_says_no_english(
    opened: Open, folder: Folder, wide_tongues: Tongues, page: str
) -> None:
    opened.desk.tongues = wide_tongues
    with opened.client(roles=sorted(EVERY_ROLE)) as client:
        client.http.headers["accept-language"] = "ja"
        told = client.get(page).text

    left = {word for one in shown(told) for word in _WORD.findall(one)}
    names = own_words(folder) | SIGNS | {"amina", "python", "httpx"}
    assert {word for word in left if word.casefold() not in names} == set()
    assert '<html lang="ja" dir="ltr"' in told


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_no_word_of_those_who_run_it(opened: Open, page: str) -> None:
    with opened.client(roles=sorted(EVERY_ROLE)) as client:
        told = client.get(page).text

    assert [(word, one) for one in shown(told) for word in forbidden_in(one)] == []


def test_the_browsers_language_is_spoken_until_somebody_chooses_one(
    opened: Open, wide_tongues: Tongues
) -> None:
    opened.desk.tongues = wide_tongues
    with opened.client() as client:
        client.http.headers["accept-language"] = "tlh, ja;q=0.8, en;q=0.5"
        by_browser = client.get("/desk/me").text
        client.post("/desk/me/language", language="en")
        chosen = client.get("/desk/me").text
        with opened.client() as again:
            kept = again.get("/desk/me").text
        client.post("/desk/me/language", language="")
        back = client.get("/desk/me").text

    assert [lang(one) for one in (by_browser, chosen, kept, back)] == ["ja", "en", "en", "ja"]
    assert '<option value="en" lang="en" dir="auto" selected>English</option>' in chosen


def lang(page: str) -> str:
    return page.partition('<html lang="')[2].partition('"')[0]


def test_a_language_that_is_not_spoken_is_not_kept(opened: Open) -> None:
    with opened.client() as client:
        answer = client.post("/desk/me/language", language="tlh")

    assert answer.status_code == 400
    assert opened.desk.logins.find("amina")[0].language == ""  # type: ignore[index]  # she is there


def test_what_went_wrong_is_told_in_the_language_that_was_chosen(
    opened: Open, wide_tongues: Tongues
) -> None:
    opened.desk.tongues = wide_tongues
    with opened.client(roles=()) as client:
        client.post("/desk/me/language", language="ja")
        refused = client.get("/desk/editions/nothing/2026-11-23")
        problem = client.http.post(
            f"{PAGE}/edits", json={"kind": "none"}, headers={"sec-fetch-site": "same-origin"}
        )

    assert wide("There is no such page") in refused.text
    assert problem.json()["problem"] == wide("The page is from an earlier login. Load it again.")


def test_a_language_from_right_to_left_says_so(opened: Open) -> None:
    opened.desk.tongues = Tongues({one: Tongue(one, parse(one), NONE) for one in ("en", "ar")})
    with opened.client() as client:
        page = client.http.get("/desk", headers={"accept-language": "ar-EG", "accept": "text/html"}).text

    assert '<html lang="ar" dir="rtl"' in page


def test_the_history_is_told_in_the_readers_language(opened: Open, wide_tongues: Tongues) -> None:
    opened.desk.tongues = wide_tongues
    with opened.client() as client:
        client.edit("subject", text="語")
        client.http.headers["accept-language"] = "ja"
        page = client.get(PAGE).text

    assert wide("set the subject “%(text)s”") % {"text": "語"} in page


def test_the_scripts_get_their_words_by_the_page(opened: Open, wide_tongues: Tongues) -> None:
    opened.desk.tongues = wide_tongues
    with opened.client() as client:
        english = client.get(PAGE).text
        client.http.headers["accept-language"] = "ja"
        other = client.get(PAGE).text

    assert 'id="words"' not in english
    assert wide("Logged in as %(name)s.") in other.partition('id="words">')[2].partition("</script>")[0]


@pytest.mark.parametrize(("language", "marks"), [("en", "“”"), ("fr", "« »"), ("de", "„“"), ("ar", "«»")])
def test_a_block_is_named_as_it_is_read_in_the_readers_own_quotation_marks(
    opened: Open, language: str, marks: str
) -> None:
    begin, end = (marks[:-1], marks[-1]) if " " not in marks else ("« ", " »")
    with opened.client() as client:
        client.edit("block-add", block="sponsor", spot="top", section="")
        block = opened.edition.blocks[-1].id
        client.edit("block-text", article=block, text="**Tea** from [the quay](https://tea.example/)")
        client.http.headers["accept-language"] = language
        told = client.get(f"{PAGE}/checks").text

    said = told.translate({0xA0: " ", 0x202F: " ", 0x2068: "", 0x2069: ""})
    assert f"{begin}Tea from the quay{end}" in said


def test_settings_tell_where_they_come_from_in_the_readers_language(opened: Open) -> None:
    with opened.client() as client:
        client.http.headers["accept-language"] = "fr"
        told = client.get("/desk/settings").text

    assert "digest.toml, ligne 2" in told
    assert "tel que livré" in told
    assert "default</span>" not in told


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("/desk", 'href="/desk" aria-current="page"'),
        ("/desk/people", 'href="/desk/people" aria-current="page"'),
        ("/desk/people/import", 'href="/desk/people" aria-current="true"'),
        ("/desk/look-back/morning", 'href="/desk/look-back" aria-current="true"'),
        ("/desk/newsletters/morning", 'href="/desk/newsletters" aria-current="true"'),
    ],
)
def test_the_ways_tell_which_of_them_one_is_in(opened: Open, path: str, marked: str) -> None:
    with opened.client(roles=sorted(EVERY_ROLE)) as client:
        ways = client.get(path).text.partition("<nav")[2].partition("</nav>")[0]

    assert ways.count("aria-current") == 1
    assert marked in ways
