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

from digest.model import Image, Problem, SourceKey
from digest.ports import Collected, Memory
from digest.sources import feed_parser
from digest.sources.crawling import Crawl, Parsed
from digest.sources.entries import Entry, Profile, each_alone, place_of
from digest.sources.feed_parser import FeedText
from digest.sources.known_entries import KnownEntries, are_apart, raw_mark
from digest.sources.pages.extraction import decode
from digest.sources.pages.full_pages import FullText
from digest.sources.pages.pictures import first_picture, usable_image
from digest.sources.raw_entries import Span, openings, spans_of, without
from digest.sources.text.blocks import Block, count_words, fold, read_plain
from digest.sources.text.charsets import mostly_utf8
from digest.sources.text.fields import publisher_of
from digest.sources.text.markup import holds_markup, parse_page, plain
from digest.sources.text.titles import read_title
from digest.sources.text.widgets import read_body
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
_TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
_CUT_OFF = re.compile(r"(?:\[\s*(?:…|\.\.\.)\s*\]|…|\.\.\.|read more|continue reading)\W*$", re.IGNORECASE)
_MAY_BE_ADDRESS = re.compile(r"https?:|[./]", re.IGNORECASE)
IS_ATOM = "digest:is_atom"
"""The feed's own word: a title of type `text` is no HTML."""
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
"""What `_entry` reads of its feed."""
_PAGE_TYPES = {"text/html": 0, "application/xhtml+xml": 0, "": 1}
"""Which of several alternates a reader opens: the page, and before all others one of no type."""
FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml"})
TEASER_WORDS = 80
"""A description shorter than this, and alone, is a summary; a longer one is the article."""
MAX_DECLARATION = 1000
"""In bytes: how far an XML declaration's encoding is looked for."""
MAX_FEED_FIELD = 1000
"""In characters: what every entry takes over from its feed."""
MAX_CUT_OFF = 200
"""In characters: how much of a text's end may say that it goes on elsewhere."""
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
    """Where a feed's entries are: all of them, those that are parsed by number, the others' marks."""

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
        (f"{where}, entry {number}", functools.partial(_entry, each, feed, fetched.url))
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
    if (text := mostly_utf8(body)) is not None:
        body = text.encode()
    else:
        return body, "" if re.match(rb"<\?xml[^>]*encoding", body) else fetched.charset
    start = _ENCODING.sub(rb"\1", body[:MAX_DECLARATION], count=1)
    return start + body[MAX_DECLARATION:], "utf-8"


def _entry(entry: Mapping[str, Any], feed: Mapping[str, Any], base: str, where: str) -> Entry:
    get = _getter(entry)
    blocks, is_partial = _body(entry)
    is_body = not get("content") and sum(count_words(one.text) for one in blocks) >= 2 * TEASER_WORDS
    summary = "" if is_body else _plain_of(get("summary_detail"), get("summary"))
    if not get("content") and not is_body:
        is_teaser = count_words(summary) < TEASER_WORDS
        summary, blocks = (summary, ()) if is_teaser else ("", blocks)
    address = _address(entry)
    guid = str(get("id") or "")
    if address == guid and not _MAY_BE_ADDRESS.match(guid):
        address = ""  # feedparser takes any guid for the address where there is no link
    source = get("source") or {}
    home = absolute(base, _address(feed)) or base
    base = home if home.startswith(("http://", "https://")) else base
    is_text = bool(feed.get(IS_ATOM)) and _getter(get("title_detail") or {})("type") == "text/plain"
    title = read_title(str(get("title") or ""), is_text=is_text)
    return Entry(
        where=where,
        url=address or (guid if guid.startswith(("http://", "https://")) else home),
        base=base,
        place="" if address or guid.startswith(("http://", "https://")) else place_of(guid or title),
        guid=guid or address or f"{home} {title}",
        title=title,
        byline=_byline(entry, feed),
        published=get("published") or get("created") or "",
        updated=get("updated") or "",
        summary=summary,
        blocks=blocks,
        language=_language(entry, feed),
        tags=[str(_getter(tag)("term") or _getter(tag)("label") or "") for tag in get("tags") or ()],
        image=_image(entry, absolute(base, address)),
        publisher=publisher_of(plain(str(_getter(source)("title") or _getter(feed)("title") or ""))),
        is_partial=is_partial or not blocks,
    )


def _getter(entry: Mapping[str, Any]) -> Any:
    """Return plain access: feedparser's own guesses `updated` from `published`, with a warning."""
    return lambda name: dict.get(entry, name) if isinstance(entry, dict) else None


def _address(entry: Mapping[str, Any]) -> str:
    get = _getter(entry)
    if original := get("feedburner_origlink"):
        return str(original)
    found: list[tuple[int, str]] = []
    for link in get("links") or ():
        if _getter(link)("rel") in {"alternate", None} and _getter(link)("href"):
            kind = str(_getter(link)("type") or "")
            if not kind.startswith(("image/", "audio/", "video/")):
                found.append(
                    (_PAGE_TYPES.get(kind.partition(";")[0].lower(), 2), str(_getter(link)("href")))
                )
    return min(found, key=lambda one: one[0])[1] if found else str(get("link") or "")


def _plain_of(detail: Mapping[str, Any] | None, value: Any) -> str:
    """Return a text construct as one plain line."""
    text = str(value or "")
    kind = str(_getter(detail)("type") or "") if detail else ""
    if (
        kind == "text/plain"
        and "<" in text
        and not re.search(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>", text)
    ):
        return fold(text)
    return plain(text)


def _body(entry: Mapping[str, Any]) -> tuple[tuple[Block, ...], bool]:
    """Return the entry's own text, the longest where it has several, and whether it is cut off."""
    get = _getter(entry)
    candidates = [
        (str(_getter(part)("value") or ""), str(_getter(part)("type") or ""))
        for part in get("content") or ()
    ]
    if not candidates and (summary := get("summary")):
        candidates = [(str(summary), str(_getter(get("summary_detail") or {})("type") or ""))]
    readable = [
        pair for pair in candidates if "html" in pair[1] or pair[1].startswith("text/") or not pair[1]
    ]
    if not readable:
        return (), False
    text, _ = max(readable, key=lambda pair: len(pair[0]))
    blocks = read_body(text) if holds_markup(text) else read_plain(text)
    return blocks, bool(blocks) and bool(_CUT_OFF.search(blocks[-1].text[-MAX_CUT_OFF:]))


def _byline(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> str:
    get = _getter(entry)
    names = [str(_getter(author)("name") or "") for author in get("authors") or () if author]
    if any(name.count("(") != name.count(")") for name in names):
        return str(get("author") or "")  # feedparser takes four letters of a top-level domain at most
    named = ", ".join(dict.fromkeys(fold(name) for name in names if name.strip()))
    return (
        named
        or str(get("author") or "")
        or str(_getter(feed)("author") or "" if _is_one_author(feed) else "")
    )


def _is_one_author(feed: Mapping[str, Any]) -> bool:
    """Tell whether the feed's author stands for its entries, as in Atom."""
    return bool(_getter(feed)("author_detail")) and not _getter(feed)("publisher")


def _language(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> str:
    get = _getter(entry)
    for detail in (*(get("content") or ()), get("summary_detail"), get("title_detail")):
        if detail and (language := _getter(detail)("language")):
            return str(language)
    return str(get("language") or _getter(feed)("language") or "")


def _image(entry: Mapping[str, Any], base: str) -> Image | None:
    """Return the entry's picture: media elements, the widest first; enclosures; the first of its text."""
    get = _getter(entry)
    alt = str(get("media_description") or get("media_title") or "")
    media = [*(get("media_content") or ()), *(get("media_thumbnail") or ())]
    for each in sorted(media, key=_width, reverse=True):
        part = _getter(each)
        kind = f"{part('type') or ''}{part('medium') or ''}"
        if kind and "image" not in kind:
            continue
        about = {"alt": alt, "width": part("width"), "height": part("height")}
        if found := usable_image(part("url"), base, about):
            return found
    for link in get("links") or ():
        part = _getter(link)
        is_image = part("rel") == "enclosure" and str(part("type") or "").startswith("image/")
        if is_image and (found := usable_image(part("href"), base, {"alt": alt})):
            return found
    texts = [str(_getter(part)("value") or "") for part in get("content") or ()]
    return first_picture([*texts, str(get("summary") or "")], base)


def _width(media: Mapping[str, Any]) -> int:
    width = str(_getter(media)("width") or "")
    return int(width) if width.isascii() and width.isdigit() and len(width) < 6 else 0


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
