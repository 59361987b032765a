"""A page's HTML to an article's parts: title, byline, dates, picture, language and headed passages."""

from __future__ import annotations

import codecs
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from types import MappingProxyType
from zoneinfo import ZoneInfo

from lxml import etree
from lxml import html as lxml_html

from digest.errors import MissingExtra, TookTooLong
from digest.model import ArticleKind, Image, Passage
from digest.sources.dates import reading as dates
from digest.sources.pages.alignment import word_runs
from digest.sources.pages.cleaning import clean, is_marker
from digest.sources.pages.forms import form_of
from digest.sources.pages.labels import label_of
from digest.sources.pages.layout import completed
from digest.sources.pages.markers.cards import drop_cards
from digest.sources.pages.metadata import Metadata, read_metadata
from digest.sources.pages.offers import stops_at_offer
from digest.sources.pages.structured import linked_data
from digest.sources.text.blocks import (
    Block,
    count_words,
    fold,
    looks_like_heading,
    mark_headings,
    read_plain,
    to_passages,
    words,
)
from digest.sources.text.bounds import bounded
from digest.sources.text.charsets import read_charset
from digest.sources.text.markup import parse_page, read_element, read_html, read_placed
from digest.sources.text.opening import keep_times, open_preformatted
from digest.sources.text.patience import WORK, Clock, check, patience
from digest.sources.web.decoding import unpacked

MIN_WORDS = 25
"""Less than this from the extractor is no article: the page's own marks are asked instead."""

MAX_HEADINGS_IN_A_ROW = 2
"""More of them without text between are a list of teasers."""

MIN_PARAGRAPHS = 3
SHORT_BODY_CHARACTERS = 1_000
MIN_SHARE = 0.2
"""What trafilatura's fast mode gave is believed from so many paragraphs on, and, if it is short, from such
a share of the page's text on: 6 of 84 pages are asked twice, which F1 .980 is owed to; fast alone has .975.

Source: benchmarks/extraction.py; docs/measurements.md.
"""
AD_LABEL = "Advertisement"
"""Of a page that says it is one in its data alone."""
MIN_TOLD_WORDS = 80
TOLD_SHARE = 0.6
"""Where less of what structured data tells was found, another extractor is asked, or that text taken."""
MAX_PAGE = 5_000_000  # bytes
MAX_ELEMENTS = 40_000
"""The extractor's time grows with them; no article's page had a third of it."""
TOO_LONG = "the page is too long to be an article's"
TOO_SLOW = "the page takes too long to read; it was left out"
UNREAD = words("script style noscript")

XML_TO_HTML = MappingProxyType(
    {"item": "li", "list": "ul", "quote": "blockquote", "cell": "td", "row": "tr", "lb": "br", "hi": "b"}
)

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HEADING_LEVEL = re.compile(r"[1-6]")


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a page holds.

    Attributes:
        published: what `dates.read` made of the page's stamp; empty where it has none.
        canonical: what the page calls its own address, absolute; may be empty.
        problems: sentences without the page's name.
        form: the kind of piece that its structured data say it is; see `Article.form`.
        kind: what it calls itself in Open Graph (`article`, `website`); may be empty.
        is_article: its structured data says that it is an article.
        picture_problem: what to tell where none of the pictures it names can go into a mail.
        label: what marks it as an advertisement, as it is written.
        stops_at_offer: see `digest.sources.pages.offers`.
        is_free: what its structured data says of reading it; None where it says nothing.
    """

    title: str = ""
    byline: str = ""
    published: dates.Reading = dates.NOTHING
    updated: dates.Reading = dates.NOTHING
    summary: str = ""
    language: str = ""
    publisher: str = ""
    canonical: str = ""
    image: Image | None = None
    tags: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    problems: tuple[str, ...] = ()
    kind: str = ""
    form: str = ""
    is_article: bool = False
    is_free: bool | None = None
    label: str = ""
    stops_at_offer: bool = False
    picture_problem: str = ""


def extract(
    page: bytes | str,
    *,
    url: str = "",
    charset: str = "",
    zone: ZoneInfo,
    now: datetime,
    title: str = "",
    clock: Clock = WORK,
) -> Extracted:
    """Take an article out of its page.

    Args:
        page: bytes as fetched, or text.
        url: where it came from; relative links are resolved against it.
        charset: as the server named it; the page's own marks can overrule it.
        zone: for stamps that name none.
        now: bounds the dates that can be believed.
        title: as known from elsewhere; used where the page names none.
        clock: what counts the time that it may take; the extractor's own is one step, bounded by length.
    """
    if len(page) > MAX_PAGE:
        return Extracted(title=title, problems=(TOO_LONG,))
    try:
        with patience(clock):
            return _extract(page, url=url, charset=charset, zone=zone, now=now, title=title)
    except TookTooLong:
        return Extracted(title=title, problems=(TOO_SLOW,))


def _extract(
    page: bytes | str, *, url: str, charset: str, zone: ZoneInfo, now: datetime, title: str
) -> Extracted:
    root = parse_page(page if isinstance(page, str) else decode(page, charset), url)
    if root is None:
        return Extracted(title=title, problems=("the page is empty",))
    if sum(1 for _ in islice(root.iter(), MAX_ELEMENTS + 1)) > MAX_ELEMENTS:
        return Extracted(title=title, problems=(TOO_LONG,))
    linked = linked_data(root)
    metadata, form = read_metadata(root, url, linked), form_of(root, linked)
    check()
    open_preformatted(root)
    keep_times(root)
    drop_cards(root, is_marker=is_marker)
    problems: list[str] = []
    try:
        blocks = _found(root, url, metadata)
    except MissingExtra as error:
        blocks = ()
        problems.append(str(error))
    if _words(blocks) < MIN_WORDS:
        blocks = max((blocks, *_marked_articles(root, metadata)), key=_words)
    check()
    blocks = mark_headings(bounded(blocks)[0])
    metadata = replace(metadata, title=metadata.title or title or _first_heading(blocks))
    if blocks and blocks[0].level == 1:  # the page's headline, even where its other titles differ
        blocks = blocks[1:]
    label = label_of(metadata.title, blocks) or (AD_LABEL if form == ArticleKind.AD else "")
    cleaned = clean(
        blocks,
        title=metadata.title,
        byline=metadata.byline,
        publisher=metadata.publisher,
        summary=metadata.summary,
    )
    if not cleaned:
        problems.append("no article text could be found in the page")
    found = _assembled(metadata, cleaned, problems, zone=zone, now=now)
    return replace(found, label=label, form=form, stops_at_offer=stops_at_offer(blocks, cleaned))


def decode(page: bytes, charset: str = "") -> str:
    """Return the page's text: byte order mark, UTF-8 but for a few bytes, its own mark, the server's."""
    if name := next((name for mark, name in _BOMS if page.startswith(mark)), ""):
        return page.decode(name, errors="replace")
    page = unpacked(page)
    own = _META_CHARSET.search(page[:4096]) or _XML_CHARSET.search(page[:200])
    return read_charset(page, own.group(1).decode("ascii") if own else "", charset)


def _assembled(
    metadata: Metadata, blocks: Sequence[Block], problems: list[str], *, zone: ZoneInfo, now: datetime
) -> Extracted:
    published, updated = (
        _read_stamp(name, raws, problems, zone=zone, now=now, language=metadata.language)
        for name, raws in (("publication", metadata.published), ("update", metadata.updated))
    )
    return Extracted(
        title=metadata.title,
        byline=metadata.byline,
        published=published,
        updated=updated,
        summary=metadata.summary,
        language=metadata.language,
        publisher=metadata.publisher,
        canonical=metadata.canonical,
        image=metadata.image,
        tags=metadata.tags,
        passages=to_passages(blocks),
        problems=tuple(problems),
        kind=metadata.kind,
        is_article=metadata.is_article,
        is_free=metadata.is_free,
        picture_problem=metadata.picture_problem,
    )


def _read_stamp(
    name: str, raws: Sequence[str], problems: list[str], *, zone: ZoneInfo, now: datetime, language: str
) -> dates.Reading:
    """Return the first stamp that can be read and believed; where none can, the first is a problem."""
    readings = [dates.read(raw, zone=zone, now=now, language=language) for raw in raws]
    for reading in readings:
        if reading.at is not None or reading.on is not None:
            return reading
    if readings:
        problems.append(f"the {name} date {raws[0][:60]!r} {readings[0].problem}")
    return readings[0] if readings else dates.NOTHING


def _found(root: lxml_html.HtmlElement, url: str, metadata: Metadata) -> tuple[Block, ...]:
    """Return what was found in the page, held against the text that its structured data tells, if any.

    Raises:
        MissingExtra: the extractor is not installed.
    """
    placed = read_placed(root)
    found = _completed(_extracted(root, url), placed)
    check()
    if metadata.is_free is False or count_words(metadata.body) < MIN_TOLD_WORDS:
        return found
    told = tuple(_told(metadata))
    if _covers(found, told) >= TOLD_SHARE:
        return told if len(found) == 1 < len(told) else found  # the extractor took it from there, unparted
    thorough = _completed(_extracted(root, url, is_thorough=True), placed)
    return max((found, thorough, told), key=lambda blocks: _covers(blocks, told))


def _completed(
    blocks: tuple[Block, ...], placed: Sequence[tuple[Block, etree._Element]]
) -> tuple[Block, ...]:
    headed = _with_headings(blocks, [block for block, _ in placed])
    return completed(headed, placed, is_marker=is_marker)


def _told(metadata: Metadata) -> tuple[Block, ...]:
    """Return the article's text as JSON-LD gives it."""
    return read_html(metadata.body) if "<p" in metadata.body else read_plain(metadata.body)


def _covers(blocks: Sequence[Block], told: Sequence[Block]) -> float:
    """Return the share of the words told, by runs of a few, that the blocks have."""
    found = {run for block in blocks for run in word_runs(block.key)}
    runs = [run for block in told for run in word_runs(block.key)]
    return sum(run in found for run in runs) / len(runs) if runs else 1.0


def _extracted(root: lxml_html.HtmlElement, url: str, *, is_thorough: bool = False) -> tuple[Block, ...]:
    """Ask trafilatura, whose XML keeps the headings: fast first, with its rivals where that is doubtful.

    Raises:
        MissingExtra: it is not installed.
    """
    try:
        import trafilatura
    except ImportError as error:
        raise MissingExtra("Finding the article in a page", "extraction") from error
    ask = functools.partial(
        trafilatura.bare_extraction,  # works on a copy of the tree
        root,
        url=url or None,
        include_comments=False,
        include_tables=True,
        include_formatting=True,
        with_metadata=False,
    )
    body = None if is_thorough else getattr(ask(fast=True), "body", None)
    if is_thorough or _is_doubtful(body, root):
        body = getattr(ask(fast=False), "body", None)
    return () if body is None else _blocks_of_xml(body)


def _is_doubtful(body: etree._Element | None, root: etree._Element) -> bool:
    """Tell whether another extractor should look, too: few paragraphs, or little of a long page.

    What trafilatura falls back to when it finds nothing is all text in one paragraph.
    """
    if body is None or sum(1 for _ in body.iter("p")) < MIN_PARAGRAPHS:
        return True
    length = sum(len(text) for text in body.itertext())
    return length < SHORT_BODY_CHARACTERS and length < MIN_SHARE * sum(
        len(text)
        for element in root.iter()
        if element.tag not in UNREAD
        for text in (element.text, element.tail)
        if text and not text.isspace()
    )


def _blocks_of_xml(body: etree._Element) -> tuple[Block, ...]:
    """Read trafilatura's own XML by the names that HTML has for the same."""
    for element in list(body.iter("*")):
        tag = str(element.tag)
        if tag == "head":
            level = _HEADING_LEVEL.search(element.get("rend") or "")
            element.tag = f"h{level.group() if level else 2}"
        elif tag == "p" and _is_bold_line(element):
            element.tag = "h3"
        else:
            element.tag = XML_TO_HTML.get(tag, tag)
    return read_element(body)


def _text_of(element: etree._Element) -> str:
    return fold("".join(str(text) for text in element.itertext()))


def _is_bold_line(element: etree._Element) -> bool:
    """Tell whether a paragraph is one short run of bold: a heading in all but name."""
    children = list(element)
    if len(children) != 1 or children[0].tag != "hi" or "#b" not in (children[0].get("rend") or ""):
        return False
    is_alone = not (element.text or "").strip() and not (children[0].tail or "").strip()
    return is_alone and looks_like_heading(_text_of(element))


def _with_headings(blocks: tuple[Block, ...], shown: Sequence[Block]) -> tuple[Block, ...]:
    """Put back the headings that the page shows right above a paragraph, where the extractor lost all.

    Where it kept some, what it left out are mostly teasers and widgets (measured).
    """
    if any(block.is_heading for block in blocks):
        return blocks
    above: dict[str, list[Block]] = {}
    pending: list[Block] = []
    for block in shown:
        if block.is_heading:
            pending += [block] if block.key not in {other.key for other in pending} else []
            continue
        if 0 < len(pending) <= MAX_HEADINGS_IN_A_ROW:
            above.setdefault(block.key, pending)
        pending = []
    restored: list[Block] = []
    for block in blocks:
        restored.extend(heading for heading in above.pop(block.key, ()) if heading.level > 1)
        restored.append(block)
    return tuple(restored)


def _first_heading(blocks: Sequence[Block]) -> str:
    return blocks[0].text if blocks and blocks[0].is_heading else ""


def _marked_articles(root: lxml_html.HtmlElement, metadata: Metadata) -> Iterator[tuple[Block, ...]]:
    """Yield what the page itself marks as its article, for want of anything better."""
    if count_words(metadata.body) >= MIN_WORDS:
        yield _told(metadata)
    bodies = [each for each in root.iter("*") if "articleBody" in (each.get("itemprop") or "").split()]
    articles = list(root.iter("article"))
    for found in (bodies, articles, list(root.iter("main"))):
        if len(found) == 1:
            yield read_element(found[0])
    if not articles:
        body = next(iter(root.iter("body")), None)
        if body is not None and not any(
            True for _ in root.iter("nav", "aside", "header", "footer", "form")
        ):
            yield read_element(body)


def _words(blocks: Sequence[Block]) -> int:
    return sum(count_words(block.text) for block in blocks if not block.is_heading)
