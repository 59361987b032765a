"""RSS, Atom and RDF feeds through feedparser; dates, text and addresses are read by us."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import feedparser
from lxml import etree

from digest.model import Problem, SourceKey
from digest.ports import Collected, Memory
from digest.sources import feed_parser
from digest.sources.crawling import Crawl, Parsed
from digest.sources.entries import Entry, Profile, each_alone
from digest.sources.feed_entries import IS_ATOM, read_feed_entry
from digest.sources.feed_parser import FeedText
from digest.sources.known_entries import KnownEntries, are_apart, raw_mark
from digest.sources.pages.extraction import decode
from digest.sources.pages.full_pages import FullText
from digest.sources.raw_entries import Span, openings, spans_of, without
from digest.sources.text.blocks import fold
from digest.sources.text.charsets import codec_of, mostly_utf8, read_charset
from digest.sources.text.guessing import guessed
from digest.sources.text.markup import parse_page
from digest.sources.web.decoding import unpacked
from digest.sources.web.fetching import Fetched, Fetcher
from digest.sources.web.urls import absolute

_BEFORE_PROLOG = re.compile(rb"^(?:\xef\xbb\xbf)?(?>(?:\s|(?><!--.*?-->))*)(?=<\?xml|<[a-zA-Z])", re.DOTALL)
_ROOT = re.compile(rb"<(?:rss|channel|(?:\w+:)?(?:RDF|feed))\b", re.IGNORECASE)
_START = re.compile(rb"<(?:\?xml|!DOCTYPE|rss|channel|(?:\w+:)?(?:RDF|feed))\b", re.IGNORECASE)
_PAGE = re.compile(
    rb"(?>(?:<\?xml[^>]*>|(?><!--.*?-->)|\s)*)<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_ENCODING = re.compile(
    rb"(<\?xml(?:[^<>\s]++|\s++(?!encoding))*+)\s++encoding\s*=\s*(?:\"[^\"]*\"|'[^']*')", re.IGNORECASE
)
_NAMED = re.compile(rb"<\?xml[^<>]*?\sencoding\s*=\s*[\"']([\w.:+-]{1,60})[\"']", re.IGNORECASE)
_TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
_TAKEN_OVER = (
    "title",
    "link",
    "links",
    "feedburner_origlink",
    "language",
    "author",
    "author_detail",
    "publisher",
    IS_ATOM,
)
"""What entries take over from their feed."""
FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml"})
MAX_DECLARATION = 1000
"""In bytes: how far an XML declaration's encoding is looked for."""
MAX_FEED_FIELD = 1000
"""In characters: what every entry takes over from its feed."""
MAX_JUNK_BYTES = 20_000
"""How far a feed's beginning is searched behind warnings and comments that a server put before it."""


class FeedSource:
    """An RSS, Atom or RDF feed.

    Args:
        key: the source's stable name.
        url: http or https.
        fetcher: shared with other sources.
        zone: for stamps that name none.
        publisher: the feed's own title where empty.
        language: where the feed names none.
        full_text: `feed`, `page`, or `auto`: the page where the feed gives only a short summary.
    """

    undated_count_from_first_seen = False

    def __init__(
        self,
        key: SourceKey,
        url: str,
        fetcher: Fetcher,
        *,
        zone: ZoneInfo,
        publisher: str = "",
        language: str = "",
        full_text: str = "auto",
    ) -> None:
        self._url, self._fetcher = url, fetcher
        self._profile = Profile(key, zone, publisher, language)
        self._full_text = FullText(full_text)

    @property
    def key(self) -> SourceKey:
        """Return the stable name."""
        return self._profile.key

    def collect(self, memory: Memory, *, now: datetime) -> Collected:
        """Return what the feed holds now."""
        crawl = Crawl(
            self._url,
            self._fetcher,
            self._profile,
            parse=parse_feed,
            parse_new=parse_new,
            full_text=self._full_text,
            now=now,
        )
        return crawl.run(memory)


def parse_feed(fetched: Fetched, where: str) -> Parsed:
    """Read a feed's bytes.

    Args:
        fetched: the server's answer.
        where: what the feed is called in problems.
    """
    return parse_new(fetched, where, KnownEntries({}))


def parse_new(fetched: Fetched, where: str, known: KnownEntries) -> Parsed:
    """Read a feed's bytes, all but the entries that are known; see `parse_feed`."""
    fetched = replace(fetched, body=unpacked(fetched.body))
    if problem := _no_feed(fetched):
        return Parsed(failure=problem)
    text = feed_parser.read_text(*_tidied(fetched))
    spans = spans_of(text.data)
    marks = [known.raw(text.data[begins:ends]) for begins, ends in spans]
    if any(marks):
        old = [span for span, mark in zip(spans, marks, strict=True) if mark]
        new = [(at, span) for at, (span, mark) in enumerate(zip(spans, marks, strict=True), 1) if not mark]
        rest = replace(text, data=without(text.data, old))
        met = tuple(mark for mark in marks if mark)
        if (parsed := _parsed(rest, fetched, where, _Places(text.data, spans, new, met))) is not None:
            return parsed
    every = _Places(text.data, spans, list(enumerate(spans, 1)))
    return _parsed(text, fetched, where, every) or Parsed(failure="can't be read")


@dataclass(frozen=True, slots=True)
class _Places:
    """Where a feed's entries are: all, the numbered ones that are parsed, the marks of the others."""

    data: bytes
    spans: Sequence[Span]
    parsed: Sequence[tuple[int, Span]]
    known: tuple[str, ...] = ()


def _parsed(text: FeedText, fetched: Fetched, where: str, places: _Places) -> Parsed | None:
    """Read a feed's text; None where its known entries can't be told apart from the others."""
    found = feed_parser.parse_text(text)
    if not found.get("version") and not found.entries:
        reason = fold(str(found.get("bozo_exception") or "no feed element in it"))
        return Parsed(failure=f"is no RSS, Atom or RDF feed ({reason[:200]}); check the address")
    problems = []
    if found.get("bozo") and isinstance(found.get("bozo_exception"), Exception):
        error = found["bozo_exception"]
        if not isinstance(error, (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)):
            problems.append(
                Problem(
                    where, f"is not well-formed ({fold(str(error))[:200]}); what could be read was kept"
                )
            )
    feed = {
        name: value[:MAX_FEED_FIELD] if isinstance(value, str) else value
        for name, value in found.feed.items()
    }
    feed[IS_ATOM] = str(found.get("version") or "").startswith("atom")
    is_told = not problems and len(found.entries) == len(places.parsed)
    if places.known and not is_told:
        return None
    numbers = [number for number, _ in places.parsed] if is_told else range(1, len(found.entries) + 1)
    made = each_alone(
        (f"{where}, entry {number}", functools.partial(read_feed_entry, each, feed, fetched.url))
        for number, each in zip(numbers, found.entries, strict=True)
    )
    problems.extend(one for one in made if isinstance(one, Problem))
    entries = tuple(one for one in made if isinstance(one, Entry))
    head = _head(feed, text, places, fetched.url)
    if places.known and (len(entries) < len(made) or not are_apart(entries, places.known, head)):
        return None
    if is_told and len(entries) == len(made):
        raw = (places.data[begins:ends] for _, (begins, ends) in places.parsed)
        entries = tuple(
            replace(entry, mark=raw_mark(entry, content, head))
            for entry, content in zip(entries, raw, strict=True)
        )
    return Parsed(entries, tuple(problems), gone=_withdrawn(fetched.body), known=places.known)


def _head(feed: Mapping[str, Any], text: FeedText, places: _Places, url: str) -> str:
    """Return all that entries take over from their feed, as one text."""
    named = {name: feed.get(name) for name in _TAKEN_OVER}
    entities = sorted(text.entities.items())
    return repr((url, openings(places.data, places.spans), named, entities))


def _no_feed(fetched: Fetched) -> str:
    """Return why this can't be a feed, with the address of a feed that a page names."""
    start = fetched.body[:MAX_JUNK_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        return "is empty"
    if start[:1] in {b"{", b"["}:
        return 'is JSON, not XML; set kind = "jsonfeed" if it is a JSON Feed'
    if not _PAGE.match(start) or _ROOT.search(start):
        return ""
    root = parse_page(decode(fetched.body, fetched.charset))
    for link in root.iter("link") if root is not None else ():
        address = link.get("href")
        if address and (link.get("type") or "").lower() in FEED_TYPES:
            return f"is a web page, not a feed; it names a feed at {absolute(fetched.url, address)}"
    return "is a web page, not a feed; look for the feed's own address"


def _tidied(fetched: Fetched) -> tuple[bytes, str]:
    """Drop what stands before the feed, and tell the charset where it is beyond doubt."""
    body = fetched.body
    if body[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return body, ""
    body = _BEFORE_PROLOG.sub(b"", body, count=1)
    if not _START.match(body) and (found := _START.search(body[:MAX_JUNK_BYTES])):
        body = body[found.start() :]
    if (text := mostly_utf8(body)) is None:
        named = _NAMED.match(body[:MAX_DECLARATION])
        names = (named[1].decode("ascii", "replace") if named else "", fetched.charset)
        if not any(map(codec_of, names)) and not guessed(body):
            return body, ""
        text = read_charset(body, *names)
    body = text.encode()
    start = _ENCODING.sub(rb"\1", body[:MAX_DECLARATION], count=1)
    return start + body[MAX_DECLARATION:], "utf-8"


def _withdrawn(body: bytes) -> tuple[str, ...]:
    """Return what Atom tombstones name (RFC 6721)."""
    if b"deleted-entry" not in body:
        return ()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    root = etree.fromstring(body, parser=parser)
    return (
        ()
        if root is None
        else tuple(each.get("ref") or "" for each in root.iter(_TOMBSTONE) if each.get("ref"))
    )
