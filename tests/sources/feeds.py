"""Feeds to read: small ones, built entry by entry."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from zoneinfo import ZoneInfo

from digest.model import Article, SourceKey
from digest.sources.crawling import Parsed
from digest.sources.entries import Profile, Read, read_entry
from digest.sources.feed import parse_feed
from digest.sources.web.fetching import Fetched

NOW = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
NAIROBI = ZoneInfo("Africa/Nairobi")
PROFILE = Profile(SourceKey("quay"), NAIROBI)
URL = "https://quay.example/feed.xml"


def rss(
    *items: str, channel: str = "<title>The Quay Courier</title>", head: str = '<?xml version="1.0"?>'
) -> bytes:
    names = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"'  # noqa: E501
    return f'{head}<rss version="2.0" {names}><channel>{channel}{"".join(items)}</channel></rss>'.encode()


def item(**fields: str) -> str:
    """Return an RSS item; `content` and `date` are escaped and named as RSS has them."""
    named = {
        "link": "https://quay.example/ferry",
        "title": "Ferry returns",
        "pubDate": "Wed, 04 Mar 2026 10:30:00 EAT",
    }
    named |= fields
    body = named.pop("content", "")
    more = named.pop("more", "")
    inner = "".join(
        f"<{name}>{escape(value, quote=False)}</{name}>" for name, value in named.items() if value
    )
    if body:
        inner += f"<content:encoded><![CDATA[{body}]]></content:encoded>"
    return f"<item>{inner}{more}</item>"


def parsed(body: bytes, content_type: str = "application/rss+xml", charset: str = "") -> Parsed:
    return parse_feed(Fetched(URL, 200, body, content_type, charset), "feed.xml")


def reads(body: bytes, profile: Profile = PROFILE) -> list[Read]:
    return [read_entry(entry, profile, now=NOW) for entry in parsed(body).entries]


def articles(body: bytes, profile: Profile = PROFILE) -> list[Article]:
    return [read.article for read in reads(body, profile) if read.article]


def article(body: bytes) -> Article:
    (only,) = articles(body)
    return only
