"""Addresses, titles, lists and bytes that servers write wrongly are read as they mean them."""

# what they write, line for line
from __future__ import annotations

import gzip
import json

import pytest

from digest.settings import opml
from digest.sources.sitemap import parse_sitemap
from digest.sources.text.charsets import mostly_utf8
from digest.sources.text.titles import read_title
from digest.sources.web.fetching import Fetched
from digest.sources.web.urls import canonical
from digest.sources.wordpress import parse_posts
from tests.sources.feeds import NAIROBI, NOW, article, articles, item, rss

LINKS = [
    "https://news.google.com/url?url=https://quay.example/a",
    "https://www.google.com/url?rct=j&amp;sa=t&amp;url=https://quay.example/a&amp;ct=ga",
    "https://out.reddit.com/t3_x?url=https%3A%2F%2Fquay.example%2Fa&token=x",
    "https://vk.com/away.php?to=https%3A%2F%2Fquay.example%2Fa",
    "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fquay.example%2Fa&data=x",
    "https://duckduckgo.com/l/?uddg=https%3A%2F%2Fquay.example%2Fa",
    "https://slack-redir.net/link?url=https%3A%2F%2Fquay.example%2Fa",
    "http://https://quay.example/a",
    "https:/quay.example/a",
]


@pytest.mark.parametrize("link", LINKS)
def test_a_link_leads_to_its_page(link: str) -> None:
    assert canonical(link, "https://news.example/") == "https://quay.example/a"


def test_a_host_without_its_scheme_is_no_page_of_the_feed_s() -> None:
    assert article(rss(item(link="www.harbor.example/a"))).url == "https://www.harbor.example/a"


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("How &lt;br&gt; works", "How <br> works"),
        ("Use &lt;img&gt; and &lt;picture&gt;", "Use <img> and <picture>"),
        ("Line&lt;br&gt;two", "Line two"),
        ("Line <br> two", "Line two"),
        ("<!-- 3 --> Fish &amp chips", "Fish & chips"),
        ("<![CDATA[Hafen]]> offen", "Hafen offen"),
        ("Prices &lt;$10", "Prices <$10"),
    ],
)
def test_a_title_says_what_it_says(raw: str, wanted: str) -> None:
    assert read_title(raw) == wanted


@pytest.mark.parametrize("text", ["The port’s open, the town’s council said.", "Port 🚢 open 🚢 again"])
def test_one_broken_sign_among_few_is_one(text: str) -> None:
    body = text.encode()
    cut = body.index(0xE2) if 0xE2 in body else body.index(0xF0)

    assert (mostly_utf8(body[:cut] + body[cut + 1 :]) or "").endswith(text[-12:])


@pytest.mark.parametrize("charset", ["cp1252", "mac_roman"])
def test_few_letters_of_another_charset_are_no_broken_utf8(charset: str) -> None:
    assert mostly_utf8("Le port, fermé depuis l’été, a rouvert.".encode(charset)) is None


URLS = b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://quay.example/a</loc><lastmod>2026-03-05</lastmod></url></urlset>'


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(gzip.compress(URLS)),
        b"<br />\n<b>Warning</b>: x<br />\n" + URLS,
        b'<?xml version="1.0" encoding="UTF-16"?>' + URLS,
        gzip.compress(b"\n\n<!-- x -->" + URLS),
    ],
    ids=["packed twice", "behind a warning", "by a wrong name", "behind a comment"],
)
def test_a_sitemap_is_read_however_it_is_served(body: bytes) -> None:
    found = parse_sitemap(Fetched("https://quay.example/x.xml.gz", 200, body), "x", zone=NAIROBI, now=NOW)

    assert [one.url for one in found.entries] == ["https://quay.example/a"]


@pytest.mark.parametrize(
    "body",
    [
        b'<OPML><BODY><OUTLINE xmlUrl="https://quay.example/f?a=1&b=2"/></BODY></OPML>',
        b'<opml><body><outline type="rss" url="https://quay.example/f?a=1&b=2"/></body></opml>',
    ],
)
def test_a_feed_list_is_read_whatever_its_case(body: bytes) -> None:
    assert [one.url for one in opml.read(body, "x")] == ["https://quay.example/f?a=1&b=2"]


POST = {
    "id": 1,
    "link": "https://quay.example/a",
    "title": {"rendered": "T"},
    "date": "2026-03-04T10:30:00",
}


@pytest.mark.parametrize("before", ["[]\n", "Deprecated: x([]) in /a.php on line 3\n", "null\n"])
def test_empty_brackets_of_a_notice_are_not_the_answer(before: str) -> None:
    body = before + json.dumps([POST | {"date_gmt": "2026-03-04T07:30:00Z"}])

    (entry,) = parse_posts(Fetched("https://quay.example/x", 200, body.encode()), "x").entries

    assert entry.published == "2026-03-04T07:30:00Z"


@pytest.mark.parametrize(
    ("name", "form"), [("1.mp3", "audio"), ("1.m4a?x=1", "audio"), ("1.mp4", "video"), ("1.pdf", "")]
)
def test_a_recording_without_a_type_is_known_by_its_name(name: str, form: str) -> None:
    enclosed = f'<enclosure url="https://cdn.example/{name}"/>'

    (found,) = articles(rss(item(link="", more=enclosed)))

    assert found.form == form
