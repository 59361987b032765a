"""News sitemaps, and the indexes that lead to them."""

from __future__ import annotations

import functools
import re
import zlib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from html.entities import html5
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from lxml import etree

from digest.model import Image, Problem, SourceKey
from digest.ports import Collected, Memory
from digest.sources.crawling import Crawl, Parsed
from digest.sources.dates import reading as dates
from digest.sources.entries import Entry, Profile, each_alone, parted
from digest.sources.pages.full_pages import PAGE_MAX_AGE, FullText
from digest.sources.pages.pictures import picture_problem, usable_image
from digest.sources.text.blocks import fold
from digest.sources.text.charsets import mostly_utf8
from digest.sources.text.fields import split_tags
from digest.sources.text.guessing import guessed
from digest.sources.text.titles import read_title
from digest.sources.web.decoding import Unzip
from digest.sources.web.fetching import Fetched, Fetcher
from digest.sources.web.urls import absolute

MAX_ENTRIES = 1000
"""The news protocol's own bound for one map; of a longer one the newest are read."""
MAX_UNPACKED = 50_000_000
"""In bytes: the protocol's own bound for one map."""
_FIRST_MOMENT = "0001"


class SitemapSource:
    """A news sitemap, an index of sitemaps, or a plain sitemap whose entries bear the day they changed.

    A map says little but addresses, so the articles' own pages are read, also where `full_text` is
    `feed` and the map gives no title. A page without a publication date is no article.

    Args:
        key: the source's stable name.
        url: http or https.
        fetcher: shared with other sources.
        zone: for stamps that name none.
        publisher: the map's own name for it where empty.
        language: where the map names none.
        full_text: `page` and `auto` read every article's page; `feed` takes headlines only.
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
        """Keep what the settings say; nothing is fetched yet."""
        self._url, self._fetcher = url, fetcher
        self._profile = Profile(key, zone, publisher, language)
        self._full_text = FullText(full_text)

    @property
    def key(self) -> SourceKey:
        """Return the stable name."""
        return self._profile.key

    def collect(self, memory: Memory, *, now: datetime) -> Collected:
        """Return what the map names now."""

        def parse(fetched: Fetched, where: str) -> Parsed:
            return parse_sitemap(fetched, where, zone=self._profile.zone, now=now)

        crawl = Crawl(
            self._url, self._fetcher, self._profile, parse=parse, full_text=self._full_text, now=now
        )
        return crawl.run(memory)


def parse_sitemap(fetched: Fetched, where: str, *, zone: ZoneInfo, now: datetime) -> Parsed:
    """Read one map or one index.

    Args:
        fetched: the server's answer.
        where: what the map is called in problems.
        zone: for stamps that name none.
        now: what changed more than a week before is left out.
    """
    root = _root(fetched.body)
    if root is None or _name(root) not in {"urlset", "sitemapindex"}:
        kind = (
            "a web page" if re.match(rb"\s*<(?:!doctype\s+html|html)", fetched.body, re.IGNORECASE) else ""
        )
        what = kind or (f"<{_name(root)}>" if root is not None else "no XML")
        return Parsed(failure=f"is {what}, not a sitemap; robots.txt of the site names its sitemaps")

    def is_recent(stamp: str) -> bool:
        reading = dates.read(stamp, zone=zone, now=now) if stamp else dates.NOTHING
        if reading.at is not None:
            return reading.at >= now - PAGE_MAX_AGE
        return reading.on is None or reading.on >= (now - PAGE_MAX_AGE).date()

    if _name(root) == "sitemapindex":
        parts = [(_text(part, "loc"), _text(part, "lastmod")) for part in _children(root, "sitemap")]
        recent = [loc for loc, changed in parts if loc and is_recent(changed)]
        return Parsed(parts=tuple(absolute(fetched.url, loc) for loc in recent), is_index=True)
    makers: list[tuple[str, Callable[[str], Entry]]] = []
    undated = 0
    for number, page in enumerate(_newest_first(root), 1):
        news = _child(page, "news")
        changed = _text(page, "lastmod")
        if news is None and not changed:
            undated += 1
        elif news is not None or is_recent(changed):
            makers.append((f"{where}, page {number}", functools.partial(_entry, page, news, fetched.url)))
    entries, broken = parted(each_alone(makers))
    problems = list(broken)
    if undated and not makers:
        what = f"names {undated} pages without news and without lastmod: which are new can't be told"
        problems.append(Problem(where, f"{what}; give the address of its news sitemap"))
    return Parsed(entries, tuple(problems))


def _newest_first(root: etree._Element) -> list[etree._Element]:
    """Return the pages that a crawl reads; stamps of one map are written alike, so text sorts them."""
    pages = [page for page in _children(root, "url") if _text(page, "loc")]

    def stamp(page: etree._Element) -> str:
        news = _child(page, "news")
        return (_text(news, "publication_date") if news is not None else "") or _text(page, "lastmod")

    return sorted(pages, key=lambda page: stamp(page) or _FIRST_MOMENT, reverse=True)[:MAX_ENTRIES]


def _entry(page: etree._Element, news: etree._Element | None, base: str, where: str) -> Entry:
    loc = _text(page, "loc")
    named: list[tuple[object, Mapping[str, object]]] = [
        (_text(image, "loc"), {}) for image in _children(page, "image")
    ]
    left_out = "" if _image(page, base) else picture_problem(named, base)
    if news is None:
        return Entry(
            where=where,
            url=loc,
            base=base,
            guid=loc,
            title=_from_address(loc),
            updated=_text(page, "lastmod"),
            image=_image(page, base),
            picture_problem=left_out,
            needs_page=True,
        )
    publication = _child(news, "publication")
    title = read_title(_text(news, "title"))
    return Entry(
        where=where,
        url=loc,
        base=base,
        guid=loc,
        title=title or _from_address(loc),
        published=_text(news, "publication_date"),
        updated=_text(page, "lastmod"),
        language=_text(publication, "language") if publication is not None else "",
        publisher=_text(publication, "name") if publication is not None else "",
        tags=split_tags(_text(news, "keywords")),
        image=_image(page, base),
        picture_problem=left_out,
        needs_page=not title,
    )


def _image(page: etree._Element, base: str) -> Image | None:
    for image in _children(page, "image"):
        about = {"alt": _text(image, "title") or _text(image, "caption")}
        if found := usable_image(_text(image, "loc"), base, about):
            return found
    return None


def _from_address(url: str) -> str:
    """Return the words of an address's last part: a title until the page gives its own."""
    name = PurePosixPath(unquote(urlsplit(url).path)).stem
    words = fold(re.sub(r"[-_+]+", " ", name))
    return words[:1].upper() + words[1:]


_START = re.compile(rb"<(?:\?xml|[\w.-]{0,40}:?(?:urlset|sitemapindex))\b", re.IGNORECASE)
_DECLARATION = re.compile(rb"^<\?xml[^<>]{0,300}\?>")
_WIDE_MARKS = frozenset({b"\xff\xfe", b"\xfe\xff"})
MOST_PACKINGS = 2
"""A `.gz` of a server that packs once more on its way."""
MAX_JUNK_BYTES = 20_000


_AMPERSAND = re.compile(r"&(?:#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|(?P<name>\w{1,31});)?")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})


def _with_entities(text: str) -> str:
    """Return XML whose ampersands and entities any parser knows; what CDATA holds is left as it is."""
    first, *others = text.split("<![CDATA[")
    parts = [_AMPERSAND.sub(_entity, first)]
    for other in others:
        inside, end, after = other.partition("]]>")
        parts += ["<![CDATA[", inside, end, _AMPERSAND.sub(_entity, after)]
    return "".join(parts)


def _entity(found: re.Match[str]) -> str:
    """Return what XML makes of an ampersand that scripts left bare, or of an entity of HTML."""
    if found[0] == "&":
        return "&amp;"
    if found["name"] is None or found["name"] in _OF_XML:
        return found[0]
    return html5.get(f"{found['name']};", f"&amp;{found[0][1:]}")


def _root(body: bytes) -> etree._Element | None:
    for _ in range(MOST_PACKINGS):
        if body.startswith(b"\x1f\x8b"):  # `.xml.gz`, served as it is
            try:
                body = Unzip().feed(body, MAX_UNPACKED)
            except zlib.error:
                return None
    if body[:2] not in _WIDE_MARKS:
        found = _START.search(body[:MAX_JUNK_BYTES])
        body = body[found.start() :] if found else body
        if (text := mostly_utf8(body)) is None and (codec := guessed(body)):
            text = body.decode(codec, "replace")
        body = body if text is None else _DECLARATION.sub(b"", _with_entities(text).encode())
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        return etree.fromstring(body.lstrip(), parser=parser) if body.strip() else None
    except etree.XMLSyntaxError:
        return None


def _name(element: etree._Element) -> str:
    """Return the local name in small letters; a prefix that nothing declares is cut off too."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def _children(element: etree._Element, name: str) -> Iterable[etree._Element]:
    """Yield children by local name: the prefixes and namespaces in use are many."""
    return (child for child in element.iterchildren("*") if _name(child) == name)


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next(iter(_children(element, name)), None)


def _text(element: etree._Element, name: str) -> str:
    child = _child(element, name)
    return fold(child.text or "") if child is not None else ""
