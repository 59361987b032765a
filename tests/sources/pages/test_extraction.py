from __future__ import annotations

import builtins
import inspect
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from digest.sources.pages.extraction import Extracted, decode, extract
from digest.sources.pages.metadata import read_metadata
from digest.sources.text.markup import parse_page, read_element
from tests.sources import sites

NOW = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
NAIROBI = ZoneInfo("Africa/Nairobi")


URL = "https://quay.example/ferry"


def take(page: bytes | str, url: str = URL) -> Extracted:
    return extract(page, url=url, zone=NAIROBI, now=NOW)


@contextmanager
def little_stack(frames: int) -> Iterator[None]:
    """Let calls nest only so much deeper than here, so that a small text is a deep one."""
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + frames)
    try:
        yield
    finally:
        sys.setrecursionlimit(usual)


@pytest.mark.parametrize("shape", sites.SHAPES, ids=lambda shape: shape.__name__)
def test_a_page_of_any_shape_gives_its_article_and_nothing_else(shape: sites.Shape) -> None:
    found = take(shape())

    assert found.title == sites.TITLE
    assert tuple(text for passage in found.passages for text in passage.paragraphs) == sites.PARAGRAPHS
    assert tuple(passage.heading for passage in found.passages if passage.heading) == sites.HEADINGS


def test_json_ld_speaks_first() -> None:
    page = """<html lang="sw"><head><title>Short | Quay</title><meta property="og:title" content="Other">
    <script type="application/ld+json">{"@context":"https://schema.org",
    "@graph":[{"@type":"WebSite","name":"Q"},
    {"@type":["NewsArticle"],"headline":"Ferry &amp; goat","author":[{"@type":"Person","name":"Ada Kamau"},
    {"name":"Ben Otieno"}],"datePublished":"2026-03-04T09:00:00","dateModified":"2026-03-04T10:00:00Z",
    "image":{"url":"/ferry.jpg","width":1200,"height":800,"caption":"The ferry"},"inLanguage":"en-KE",
    "articleSection":"Sea","keywords":"ferry, goat",
    "publisher":{"name":"The Quay Courier"}}]}</script></head>
    <body><p>Nothing.</p></body></html>"""

    found = take(page)

    assert found.title == "Ferry & goat"
    assert found.byline == "Ada Kamau, Ben Otieno"
    assert found.published.at == datetime(2026, 3, 4, 6, 0, tzinfo=UTC)
    assert found.updated.at == datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
    assert found.image is not None
    assert (found.image.url, found.image.alt, found.image.width) == (
        "https://quay.example/ferry.jpg",
        "The ferry",
        1200,
    )
    assert (found.language, found.tags, found.publisher) == (
        "en-ke",
        ("Sea", "ferry", "goat"),
        "The Quay Courier",
    )


def test_meta_tags_serve_where_there_is_no_json_ld() -> None:
    page = """<html><head><title>The ferry returns to us - The Quay Courier</title>
    <meta name=author content="By Ada Kamau"><meta property="og:site_name" content="The Quay Courier">
    <meta property="article:published_time" content="2026-03-04">
    <meta property="og:image:alt" content="Boat">
    <meta property="og:image" content="//pictures.example/f.jpg"><meta property="og:locale" content="fr_FR">
    <meta name=description content="It &lt;b&gt;came&lt;/b&gt; back.">
    <link rel=canonical href="/ferry?utm_source=x"></head><body><h1>The Quay Courier</h1></body></html>"""

    found = take(page)

    assert found.title == "The ferry returns to us"
    assert found.byline == "Ada Kamau"
    assert found.published.on is not None
    assert found.published.on.isoformat() == "2026-03-04"
    assert found.image is not None
    assert (found.image.url, found.image.alt) == ("https://pictures.example/f.jpg", "Boat")
    assert (found.language, found.summary) == ("fr-fr", "It came back.")
    assert found.canonical == "https://quay.example/ferry?utm_source=x"


@pytest.mark.parametrize(
    "text",
    [
        *("{", "[[[", "null", '"x"', '{"@graph": {"@graph": {"@graph": 1}}}'),
        '{"@type": "NewsArticle", "headline": 7, "image": [], "author": {"name": ["x"]}}',
    ],
    ids=lambda text: text[:20],
)
def test_broken_json_ld_harms_nothing(text: str) -> None:
    page = sites.semantic().replace("</head>", f"<script type='application/ld+json'>{text}</script></head>")

    assert take(page).title == sites.TITLE


def test_a_date_that_can_not_be_read_is_told() -> None:
    found = take("<meta name=date content='soon'><p>x</p>")

    assert (found.published.at, found.published.on) == (None, None)
    assert "'soon'" in found.problems[0]


@pytest.mark.parametrize(
    "page", [b"", b"   ", b"<html></html>", b"\x00\x01\x02", b"\xff\xfe", b"<!-- only -->", b"<p></p>"]
)
def test_a_page_without_text_is_a_problem_and_no_crash(page: bytes) -> None:
    found = take(page)

    assert found.passages == ()
    assert found.problems


def test_depth_costs_no_stack() -> None:
    linked = '{"@graph": ' * 40 + '{"@type": "NewsArticle", "headline": "Ferry"}' + "}" * 40
    head = f"<head><title>Ferry</title><script type='application/ld+json'>{linked}</script></head>"
    page = parse_page(f"<html>{head}<body>{'<div>' * 200}deep{'</div>' * 200}</body></html>")
    assert page is not None

    with little_stack(30):
        blocks, metadata = read_element(page), read_metadata(page, URL)

    assert [block.text for block in blocks] == ["deep"]
    assert metadata.title == "Ferry"


def test_size_costs_nothing() -> None:
    wide = "<html><body>" + f"<p>{sites.LEAD}</p>" * 2_000

    assert take(wide).passages


@pytest.mark.parametrize(
    ("page", "charset", "text"),
    [
        pytest.param("café".encode(), "", "café", id="utf-8"),
        pytest.param("café".encode(), "iso-8859-1", "café", id="the server is wrong"),
        pytest.param("café".encode("latin-1"), "iso-8859-1", "café", id="the server is right"),
        pytest.param("café".encode("cp1252"), "", "café", id="nobody says"),
        pytest.param("\ufeffcafé".encode("utf-16"), "", "café", id="byte order mark"),
        pytest.param(b"\xef\xbb\xbfcaf\xc3\xa9", "latin-1", "café", id="utf-8 mark"),
        pytest.param(b'<meta charset="windows-1251">' + "паром".encode("cp1251"), "", "паром", id="meta"),
        pytest.param(b'<meta charset="nonsense">' + b"caf\xe9", "", "café", id="meta is nonsense"),
        pytest.param("паром".encode("koi8-r"), "koi8-r", "паром", id="koi8-r"),
        pytest.param(b"\x81\x8d\x8f", "", "\ufffd\ufffd\ufffd", id="no charset fits"),
    ],
)
def test_bytes_become_text(page: bytes, charset: str, text: str) -> None:
    assert decode(page, charset).endswith(text)


def test_without_the_extra_the_page_s_own_marks_serve_and_it_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: object) -> object:
        if name == "trafilatura":
            raise ImportError(name)
        return real(name, *rest)  # type: ignore[arg-type]

    monkeypatch.delitem(sys.modules, "trafilatura", raising=False)
    monkeypatch.setattr(builtins, "__import__", missing)

    found = take(sites.semantic())

    assert tuple(text for passage in found.passages for text in passage.paragraphs) == sites.PARAGRAPHS
    assert any("[extraction]" in problem for problem in found.problems)


def test_hidden_text_and_scripts_are_no_text() -> None:
    hidden = "<p hidden>ignore this</p><p style='display: none'>secret</p><script>alert(1)</script>"
    page = sites.plain_divs().replace("<body>", f"<body>{hidden}")

    found = take(page)

    assert tuple(text for passage in found.passages for text in passage.paragraphs) == sites.PARAGRAPHS


def test_markup_in_text_stays_text() -> None:
    found = take(sites.plain_divs().replace("one goat", "one &lt;script&gt;goat&lt;/script&gt;"))

    assert found.passages[0].paragraphs[0].endswith("one <script>goat</script>.")


@pytest.mark.parametrize("name", ["byline", "AuthoR", "post-Author", "ByLine large"])
def test_a_byline_is_known_by_its_class_in_any_case(name: str) -> None:
    page = sites.plain_divs().replace("<body>", f'<body><p class="{name}">By Ada Kamau</p>')

    assert take(page).byline == "Ada Kamau"


def test_bare_text_beside_a_long_archive_is_found_without_the_archive() -> None:
    months = "".join(
        f'<li><a href="/{year}/{month}">Harbour month {month} of {year} <span>({month})</span></a></li>'
        for year in range(2006, 2026)
        for month in range(1, 13)
    )
    text = " ".join(sites.PARAGRAPHS)
    page = (
        f"<html><head><title>{sites.TITLE}</title></head><body><div class=col-3><ul>{months}</ul></div>"
        f"<div class=col-9><p class=titulo>{sites.TITLE}</p><small><b>05/10/2025</b></small><br><br>"
        f'<img src="/boat.jpg">{text}<br><br></div></body></html>'
    )

    found = " ".join(text for passage in take(page).passages for text in passage.paragraphs)

    assert sites.PARAGRAPHS[0] in found
    assert "Harbour month" not in found
