"""The public archive: a page for each edition that is no mail, its search, its months and its feeds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import httpx
import pytest

from digest.day import job
from digest.model import Image
from digest.web.public.archive import sheet, ways
from digest.web.public.places import month_of
from digest.web.public.structured import block
from digest.web.public.visit import gate_of
from digest.web.serving.limits import RateLimit
from tests.journeys.desk import AT_SEND, Folder
from tests.web.newsroom import KEY, SEND_TIME, STORIES, Open, at_work, written

SITE = "https://gazette.example"
ARCHIVE = "/archive/morning"
PUBLIC = f"{ARCHIVE}/{KEY.day}"
BAIT = "</script><script>document.title='owned'</script><img src=x onerror=alert(1)>\"' & é"
PICTURE = "https://h.example/p.jpg?w=1&h=2"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def sent(sent_folder: Path) -> Iterator[Open]:
    with at_work(Folder(sent_folder)) as opened:
        yield opened


def page(opened: Open, path: str, **query: str) -> str:
    answer = httpx.get(opened.url + path, params=query or None, timeout=120)
    assert answer.status_code == 200, path
    return answer.text


class Shape(HTMLParser):
    """The elements of a page, and what its block of data holds."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.data = ""
        self._is_data = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._is_data = tag == "script"

    def handle_endtag(self, tag: str) -> None:
        self._is_data = False

    def handle_data(self, data: str) -> None:
        self.data += data if self._is_data else ""

    def of(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def meta(self, name: str) -> str:
        (found,) = [
            one["content"] for one in self.of("meta") if name in (one.get("property"), one.get("name"))
        ]
        return found


def test_the_public_copy_says_nothing_that_a_mail_says_to_its_reader(sent: Open) -> None:
    shown = page(sent, PUBLIC)

    for word in (
        "Unsubscribe",
        "Preferences",
        "View on the web",
        "You get this mail",
        "Forward to a friend",
    ):
        assert word not in shown
    assert "%%" not in shown
    assert 'href="/signup/morning"' in shown


def test_the_public_copy_has_every_story_and_the_landmarks_of_a_page(sent: Open) -> None:
    text = page(sent, PUBLIC)
    shown = Shape(text)

    assert [
        len(shown.of(tag)) for tag in ("header", "nav", "main", "article", "aside", "footer", "h1")
    ] == [1] * 7
    headlines = [title for titles in STORIES.values() for title in titles]
    assert [title for title in headlines if title not in unescape(text)] == []
    assert len([one for one in shown.of("section") if "story" in one["class"].split()]) == len(headlines)


def test_no_script_of_anybodys_is_on_a_public_page(sent: Open) -> None:
    for path in (ARCHIVE, PUBLIC):
        answer = httpx.get(sent.url + path)
        policy = answer.headers["content-security-policy"]

        assert {one.get("type") for one in Shape(answer.text).of("script")} == {"application/ld+json"}
        assert "script-src" not in policy
        assert "default-src 'none'" in policy
        assert "img-src 'self' https:" in policy
        assert " style=" not in answer.text


def test_the_public_copy_tells_machines_what_it_is(sent: Open) -> None:
    shown = Shape(page(sent, PUBLIC))
    facts = json.loads(shown.data)

    assert shown.meta("og:title") == sent.edition.subject
    assert shown.meta("og:url") == SITE + PUBLIC
    assert shown.meta("og:type") == "article"
    assert [one["href"] for one in shown.of("link") if one["rel"] == "canonical"] == [SITE + PUBLIC]
    assert facts["@type"] == "NewsArticle"
    assert facts["headline"] == sent.edition.subject
    assert facts["hasPart"]["numberOfItems"] == len(sent.edition.items)
    ids = {one["id"] for one in shown.of("section")}
    assert {one["url"].partition("#")[2] for one in facts["hasPart"]["itemListElement"]} == ids


def test_the_archive_tells_machines_its_editions(sent: Open) -> None:
    facts = json.loads(Shape(page(sent, ARCHIVE)).data)

    assert facts["@type"] == "CollectionPage"
    assert [one["url"] for one in facts["mainEntity"]["itemListElement"]] == [SITE + PUBLIC]


@pytest.mark.parametrize("text", ["</script>", "<!--<script>", "&amp;", "\u2028", 'a"b\\c'])
def test_a_block_of_data_can_neither_end_nor_change_what_it_says(text: str) -> None:
    said = str(block({"headline": text}))

    assert not set("<>&\u2028\u2029") & set(said)
    assert json.loads(said)["headline"] == text


@pytest.mark.parametrize(
    ("wanted", "is_found"),
    [
        pytest.param("ferry", True, id="a word"),
        pytest.param("FERRY midnight", True, id="words of one story"),
        pytest.param("midn", True, id="a beginning"),
        pytest.param("“ferry”, (midnight)!", True, id="signs around words"),
        pytest.param("ferry almond", False, id="words of two stories"),
        pytest.param("zeppelin", False, id="nowhere"),
        pytest.param("provenance", False, id="stored, but not said"),
        pytest.param("sentences", False, id="a name of the stored form"),
        pytest.param("100%", False, id="a sign of LIKE"),
        pytest.param("f_rry", False, id="another"),
        pytest.param('zq\x00zx \\ "', False, id="nonsense"),
    ],
)
def test_the_archive_is_searched_for_what_readers_see(sent: Open, wanted: str, is_found: bool) -> None:
    shown = page(sent, ARCHIVE, q=wanted)

    assert (f'href="{PUBLIC}"' in shown) is is_found
    assert ("Nothing was found." in shown) is not is_found
    assert '<meta name="robots" content="noindex">' in shown


def test_a_search_that_says_nothing_lists_the_archive(sent: Open) -> None:
    assert f'href="{PUBLIC}"' in page(sent, ARCHIVE, q="  ")


def test_who_searches_too_often_is_told_to_wait(sent: Open) -> None:
    gate, before = gate_of(sent.desk), gate_of(sent.desk).searches
    gate.searches = RateLimit(2, timedelta(minutes=1))
    try:
        codes = [httpx.get(sent.url + ARCHIVE, params={"q": "ferry"}).status_code for _ in range(3)]
        listed = httpx.get(sent.url + ARCHIVE).status_code
    finally:
        gate.searches = before

    assert (codes, listed) == ([200, 200, 429], 200)


@pytest.mark.parametrize(
    ("month", "is_there"),
    [("2026-11", True), ("2026-10", False), ("2026-12", False), ("2025-11", False), ("9999-12", False)],
)
def test_a_month_has_its_own_editions(sent: Open, month: str, is_there: bool) -> None:
    shown = page(sent, ARCHIVE, month=month)

    assert (f'href="{PUBLIC}"' in shown) is is_there
    assert f'href="{ARCHIVE}?month=2026-11"' in shown


@pytest.mark.parametrize("text", ["2026-13", "0000-01", "2026-1", "٢٠٢٦-١١", "2026-11-01", "'", ""])
def test_what_is_no_month_is_none(sent: Open, text: str) -> None:
    assert month_of(text) is None
    assert f'href="{PUBLIC}"' in page(sent, ARCHIVE, month=text)


def test_months_are_told_by_their_first_day() -> None:
    assert month_of("2026-11") == date(2026, 11, 1)


def test_a_page_is_shared_by_plain_links_that_carry_it_whole() -> None:
    found = ways("https://h.example/a?b=c&d", "Fish & “chips” 100%\n#1")

    assert found[0].url == (
        "mailto:?subject=Fish%20%26%20%E2%80%9Cchips%E2%80%9D%20100%25%0A%231"
        "&body=https%3A%2F%2Fh.example%2Fa%3Fb%3Dc%26d"
    )
    assert all(one.url.startswith("https://") and one.name for one in found[1:])


def test_feeds_have_every_story_whole(sent: Open) -> None:
    feed = httpx.get(f"{sent.url}{ARCHIVE}/feed.json").json()
    root = ET.fromstring(page(sent, f"{ARCHIVE}/feed.xml"))
    content = root.findtext(f"{ATOM}entry/{ATOM}content") or ""

    assert content == feed["items"][0]["content_html"]
    for item in sent.edition.items:
        assert item.headline in unescape(content)
        assert item.blurb.text in unescape(content)
        assert f'href="{item.url}"' in content


def test_pages_have_the_newsletters_colors(sent: Open) -> None:
    answer = httpx.get(f"{sent.url}{ARCHIVE}/look.css")
    theme = sent.desk.newsroom.renderer.theme(sent.desk.newsletters["morning"])

    assert answer.headers["content-type"].startswith("text/css")
    assert answer.text == sheet(theme)
    assert f"--accent: {theme.light.accent};" in answer.text
    assert f"--accent: {theme.dark.accent};" in answer.text
    assert f'href="{ARCHIVE}/look.css"' in page(sent, PUBLIC)


@pytest.mark.parametrize(
    "path", ["/archive/evening/look.css", "/archive/evening/feed.xml", "/archive/x?q=a"]
)
def test_a_newsletter_that_is_not_there_has_no_pages(sent: Open, path: str) -> None:
    assert httpx.get(sent.url + path).status_code == 404


def test_a_page_of_a_language_that_pages_do_not_speak_is_english_around_its_own(tmp_path: Path) -> None:
    folder = Folder(tmp_path).ready(readers=1, newsletter='language = "fa"')
    assert folder("run", "morning", now=AT_SEND).code == 0
    with at_work(folder) as opened:
        shown, listed = page(opened, PUBLIC), page(opened, ARCHIVE)

    for text in (shown, listed):
        assert '<html lang="en" dir="ltr">' in text
        assert '<span lang="en"' not in text
    assert '<article lang="fa" dir="rtl">' in shown
    assert '<h1 lang="fa" dir="rtl">' in listed
    assert "Sign up" in shown


def test_logo_and_hostile_text_are_shown_and_inert(tmp_path: Path) -> None:
    theme = '[newsletters.morning.theme]\nlogo = "https://h.example/l.png?a=1&b=\'2"\naccent = "#0b5d4b"\n'
    folder = written(tmp_path, readers=1)
    folder.config.write_text(f"{folder.config.read_text()}\n{theme}")
    with at_work(folder) as opened:
        spoil(opened)
        shown, listed, found = page(opened, PUBLIC), page(opened, ARCHIVE), page(opened, ARCHIVE, q=BAIT)
        feed = httpx.get(f"{opened.url}{ARCHIVE}/feed.json").json()
        root = ET.fromstring(page(opened, f"{ARCHIVE}/feed.xml"))
        colors = page(opened, f"{ARCHIVE}/look.css")

    assert "#0b5d4b" in colors
    for text in (shown, listed, found):
        shape = Shape(text)
        assert json.loads(shape.data)["@context"] == "https://schema.org"
        assert len(shape.of("script")) == 1
        assert {one["class"] for one in shape.of("img")} <= {"logo", "picture"}
        assert not [one for _, one in shape.elements if {"onerror", "onload"} & set(one)]
        assert not [one for one in shape.of("a") if one["href"].startswith("javascript:")]
    machine = Shape(shown)
    assert BAIT in machine.meta("og:title")
    assert machine.meta("og:image") == PICTURE
    assert json.loads(machine.data)["image"][0] == PICTURE
    assert json.loads(machine.data)["publisher"]["logo"]["url"].startswith("https://h.example/l.png?a=1&b=")
    for content in (feed["items"][0]["content_html"], root.findtext(f"{ATOM}entry/{ATOM}content") or ""):
        shape = Shape(content)
        assert shape.of("script") == []
        assert {one["src"] for one in shape.of("img")} == {PICTURE}
        assert not [one for _, one in shape.elements if "onerror" in one or "href" in one]


def spoil(opened: Open) -> None:
    """Send an edition whose every text and address is bait."""
    edition = opened.edition
    image = Image(PICTURE, alt=f"Alt {BAIT}", width=1200, height=675, credit=BAIT)
    sections = tuple(
        replace(
            section,
            title=f"Part {BAIT}",
            intro=BAIT,
            items=tuple(
                replace(
                    one,
                    headline=f"{one.headline} {BAIT}",
                    url="javascript:alert(1)",
                    byline=BAIT,
                    image=image,
                )
                for one in section.items
            ),
        )
        for section in edition.sections
    )
    bad = replace(edition, subject=f"Subject {BAIT}", preheader=BAIT, sections=sections)
    opened.desk.editions.save_draft(bad, (), expected_revision=edition.revision, now=opened.clock())
    job.approve(opened.desk.parts("morning"), KEY, by="amina", now=opened.clock())
    opened.clock.now = SEND_TIME
    opened.desk.courier.look_once()
