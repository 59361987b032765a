"""News sitemaps, indexes and plain sitemaps over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import SourceKey
from digest.ports import Collected, Memory
from digest.sources.sitemap import SitemapSource, parse_sitemap
from digest.sources.web.fetching import Fetched, Fetcher
from digest.testing import check_source
from tests.sources import sites
from tests.sources.feeds import NAIROBI, NOW
from tests.sources.servers import RawServer, answer, path_of, site

SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)


@pytest.fixture(scope="module")
def fetcher() -> Iterator[Fetcher]:
    made = Fetcher(user_agent="digest-tests", allowed_hosts=("127.0.0.1",), deadline_s=5)
    yield made
    made.close()


def news(loc: str, title: str = "Ferry returns", day: str = "2026-03-04T10:30:00+03:00") -> str:
    return (
        f"<url><loc>{escape(loc)}</loc><news:news><news:publication><news:name>The Quay Courier</news:name>"
        f"<news:language>en</news:language></news:publication><news:publication_date>{day}"
        f"</news:publication_date><news:title>{escape(title)}</news:title>"
        "<news:keywords>sea, ferries</news:keywords></news:news>"
        "<image:image><image:loc>https://quay.example/boat.jpg</image:loc>"
        "<image:title>A boat</image:title></image:image></url>"
    )


def plain(loc: str, changed: str = "2026-03-04T10:30:00+03:00") -> str:
    return f"<url><loc>{escape(loc)}</loc>" + (
        f"<lastmod>{changed}</lastmod></url>" if changed else "</url>"
    )


def urlset(*entries: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {SPACES}>{"".join(entries)}</urlset>'.encode()


def index(*parts: tuple[str, str]) -> bytes:
    rows = "".join(
        f"<sitemap><loc>{loc}</loc><lastmod>{changed}</lastmod></sitemap>" for loc, changed in parts
    )
    return f"<sitemapindex {SPACES}>{rows}</sitemapindex>".encode()


def page(title: str = "Ferry returns", published: str = "2026-03-04T10:30:00+03:00") -> bytes:
    stamp = f'<meta property="article:published_time" content="{published}">' if published else ""
    body = f"<p>{sites.LEAD}</p><p>{sites.CLOSING}</p>"
    return answer(
        f"<html><head><title>{title}</title>{stamp}</head><body><article><h1>{title}</h1>{body}</article>"
        "</body></html>".encode(),
        headers={"Content-Type": "text/html; charset=utf-8"},
    )


def collect(
    server: RawServer, fetcher: Fetcher, memory: Memory | None = None, *, full_text: str = "auto"
) -> Collected:
    made = SitemapSource(
        SourceKey("quay"), f"{server.url}/map.xml", fetcher, zone=NAIROBI, full_text=full_text
    )
    return made.collect(memory or Memory(), now=NOW)


def parse(body: bytes):  # type: ignore[no-untyped-def]
    return parse_sitemap(Fetched("https://quay.example/map.xml", 200, body), "map", zone=NAIROBI, now=NOW)


def test_a_news_entry_becomes_an_article_with_its_page_s_text(fetcher: Fetcher) -> None:
    maps = {"/map.xml": answer(urlset(news("/ferry"))), "/ferry": page("The ferry returns to town")}

    with site(maps) as server:
        (found,) = collect(server, fetcher).articles

    assert (found.title, found.publisher, found.language) == ("Ferry returns", "The Quay Courier", "en")
    assert found.published == datetime(2026, 3, 4, 7, 30, tzinfo=UTC)
    assert found.tags == ("sea", "ferries")
    assert found.paragraphs[0] == sites.LEAD
    assert found.image is not None
    assert (found.image.url, found.image.alt) == ("https://quay.example/boat.jpg", "A boat")


def test_headlines_only_fetches_no_page(fetcher: Fetcher) -> None:
    with site({"/map.xml": answer(urlset(news("/ferry")))}) as server:
        found = collect(server, fetcher, full_text="feed")

    assert [one.title for one in found.articles] == ["Ferry returns"]
    assert len(server.requests) == 1


def test_an_index_leads_to_its_recent_maps_and_an_unchanged_map_is_not_read_twice(fetcher: Fetcher) -> None:
    maps = {
        "/map.xml": answer(index(("/old.xml", "2025-01-01"), ("/a.xml", "2026-03-05"), ("/b.xml", ""))),
        "/a.xml": answer(urlset(news("/ferry")), headers={"ETag": '"a"'}),
        "/b.xml": answer(urlset(news("/bridge", "Bridge opens"))),
    }
    with site(maps) as server:
        first = collect(server, fetcher, full_text="feed")
        asked = [path_of(request) for request in server.requests]
        maps["/b.xml"] = answer(urlset(news("/tower", "Tower falls")))
        second = collect(server, fetcher, first.memory, full_text="feed")

    assert asked == ["/map.xml", "/a.xml", "/b.xml"]
    assert {one.title for one in first.articles} == {"Ferry returns", "Bridge opens"}
    assert [one.title for one in second.articles] == ["Tower falls"]
    assert b'If-None-Match: "a"' in server.requests[4]


def test_an_index_that_leads_in_a_circle_ends(fetcher: Fetcher) -> None:
    maps = {
        "/map.xml": answer(index(("/map.xml", ""), ("/a.xml", ""))),
        "/a.xml": answer(index(("/map.xml", ""))),
    }

    with site(maps) as server:
        found = collect(server, fetcher)

    assert len(server.requests) == 2
    assert found.articles == ()


def test_a_plain_map_s_pages_say_title_and_date_themselves(fetcher: Fetcher) -> None:
    maps = {
        "/map.xml": answer(
            urlset(plain("/ferry"), plain("/about"), plain("/old", "2025-01-01"), plain("/gone"))
        ),
        "/ferry": page("Ferry returns"),
        "/about": page("About us", published=""),
    }
    with site(maps) as server:
        found = collect(server, fetcher, full_text="feed")

    assert [one.title for one in found.articles] == ["Ferry returns"]
    assert found.articles[0].published == datetime(2026, 3, 4, 7, 30, tzinfo=UTC)
    assert "/old" not in {path_of(request) for request in server.requests}


def test_pages_are_fetched_once(fetcher: Fetcher) -> None:
    maps = {"/map.xml": answer(urlset(plain("/ferry"))), "/ferry": page()}
    with site(maps) as server:
        first = collect(server, fetcher)
        maps["/map.xml"] = answer(urlset(plain("/ferry"), plain("/bridge")))
        maps["/bridge"] = page("Bridge opens")
        second = collect(server, fetcher, first.memory)

    assert [one.title for one in second.articles] == ["Bridge opens"]
    assert [path_of(request) for request in server.requests].count("/ferry") == 1


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<!DOCTYPE html><html></html>", "is a web page"),
        (b"<rss version='2.0'></rss>", "is <rss>"),
        (b"plain words", "is no XML"),
        (b"", "is no XML"),
    ],
)
def test_what_is_no_sitemap_says_so(body: bytes, said: str) -> None:
    failure = parse(body).failure

    assert said in failure
    assert "robots.txt" in failure


def test_a_map_of_bare_addresses_is_a_problem() -> None:
    found = parse(urlset(plain("/a", ""), plain("/b", "")))

    assert found.entries == ()
    assert "news sitemap" in found.problems[0].what


def test_an_empty_map_is_told(fetcher: Fetcher) -> None:
    with site({"/map.xml": answer(urlset())}) as server:
        found = collect(server, fetcher)

    assert "holds no articles" in found.problems[0].what


def test_a_part_that_fails_loses_no_other(fetcher: Fetcher) -> None:
    maps = {
        "/map.xml": answer(index(("/a.xml", ""), ("/b.xml", ""))),
        "/b.xml": answer(urlset(news("/bridge"))),
    }
    with site(maps) as server:
        found = collect(server, fetcher, full_text="feed")

    assert len(found.articles) == 1
    assert "404" in found.problems[0].what
    assert "parts" not in found.memory.notes


def test_entities_are_inert() -> None:
    nested = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    outside = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'

    for head in (nested, outside):
        found = parse(head + urlset(news("/ferry", "T")).replace(b">T<", b">&b;&e; T<").partition(b"?>")[2])
        assert "root:" not in str(found)
        assert "aaaaaaaaaaaaaaaaaaaaaa" not in str(found)


def test_the_source_keeps_its_promises(fetcher: Fetcher) -> None:
    with site({"/map.xml": answer(urlset(news("/a"), news("/b")))}) as server:
        check_source(
            lambda: SitemapSource(SourceKey("quay"), f"{server.url}/map.xml", fetcher, zone=NAIROBI),
            now=NOW,
        )


pieces = st.sampled_from(
    [
        "<url>",
        "</url>",
        "<loc>",
        "</loc>",
        "<lastmod>",
        "2026-03-04",
        "/a",
        "<news:news>",
        "<!--",
        "&x;",
        "é",
    ]
)


@settings(deadline=None, max_examples=100, derandomize=True)
@given(st.lists(pieces | st.text(max_size=5), max_size=12).map("".join), st.binary(max_size=40))
def test_no_bytes_raise(inner: str, tail: bytes) -> None:
    parse(f"<urlset {SPACES}>{inner}".encode("utf-8", "replace") + tail)
    parse(f"<sitemapindex {SPACES}>{inner}".encode("utf-8", "replace") + tail)
    parse(tail)
