"""feedparser with bounds: what a feed repeats or lengthens beyond reason is cut before it is worked on.

feedparser itself has no bounds; docs/decisions.md says which version needed them.
"""

from __future__ import annotations

import io
import re
import sys
import xml.sax
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from xml.sax.expatreader import ExpatParser
from xml.sax.handler import feature_external_ges, feature_namespaces
from xml.sax.xmlreader import AttributesNSImpl, InputSource

import feedparser
from feedparser.api import LooseFeedParser, StrictFeedParser
from feedparser.encodings import convert_to_utf8
from feedparser.sanitizer import replace_doctype


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of a feed counts; what is beyond is left out, and the entry stays.

    Attributes:
        name: characters in a row of letters, digits, dots and hyphens: no name and no address is longer.
        named: characters of all that an author's element says.
        tags: of one entry, or of the feed.
        attributes: of one element.
        namespaces: of one feed.
        base: characters of an `xml:base`, together with those around it.
        language: characters of an `xml:lang`.
        head: bytes before the first element; a longer head is dropped, and its entities with it.
        encoding: characters of the name that a declaration gives its encoding; else UTF-8 is taken.
        character: the highest number of a character that may be written as one.
    """

    name: int = 200
    named: int = 1000
    tags: int = 500
    attributes: int = 200
    namespaces: int = 200
    base: int = 2000
    language: int = 100
    head: int = 20_000
    encoding: int = 60
    character: int = sys.maxunicode


SHIPPED = Bounds()
_GAP = re.compile(rb"\s{2,}")
_FIRST_ELEMENT = re.compile(rb"<\w")
_WIDE = {
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"<\x00\x00\x00": "utf-32-le",
    b"\x00\x00\x00<": "utf-32-be",
    b"<\x00?\x00": "utf-16-le",
    b"\x00<\x00?": "utf-16-be",
    b"Lo\xa7\x94": "cp037",
}
_BOM_16 = (b"\xff\xfe", b"\xfe\xff")
_DECLARED = re.compile(rb"encoding=[\"']([^\"'\n]*)")
_ENCODING = re.compile(rb"[ -~]*")
_NUMBER = re.compile(r"x[0-9a-f]+|[0-9]+")
_SURROGATES = range(0xD800, 0xE000)
_MAY_BE_1252 = re.compile("[\x80-\x9f]")


class _Decoded(str):
    """A text whose look-up in feedparser's table, character by character, ends where none is of it."""

    __slots__ = ()

    def translate(self, table: Any) -> str:
        """Return it with the controls of Latin-1 as what Windows has in their place."""
        return str.translate(self, table) if _MAY_BE_1252.search(self) else str(self)


class _Bounded:
    """What both of feedparser's parsers are kept from; the methods are feedparser's."""

    bounds = SHIPPED
    in_media = False

    def unknown_starttag(self, tag: str, attrs: Sequence[tuple[str, str]]) -> None:
        room = {"base": self.bounds.base - len(self.baseuri), "lang": self.bounds.language}  # type: ignore[attr-defined]
        kept = [
            (name, value)
            for name, value in islice(attrs, self.bounds.attributes)
            if len(value) <= room.get(name.lower().removeprefix("xml:"), len(value))
        ]
        super().unknown_starttag(tag, kept)  # type: ignore[misc]

    def track_namespace(self, prefix: str | None, uri: str) -> None:
        if len(self.namespaces_in_use) < self.bounds.namespaces:  # type: ignore[attr-defined]
            super().track_namespace(prefix, uri)  # type: ignore[misc]

    def pop(self, element: str, strip_whitespace: int = 1) -> Any:
        pieces = self.elementstack[-1][2] if self.elementstack else None  # type: ignore[attr-defined]
        if isinstance(pieces, list):
            drop_blank_start(pieces)
        value = super().pop(element, strip_whitespace)  # type: ignore[misc]
        if element == "image" and value and self.inentry:  # type: ignore[attr-defined]
            self._get_context().setdefault("href", value)  # type: ignore[attr-defined]  # as of <image><url>
        return value

    def handle_charref(self, ref: str) -> None:
        if _is_character(ref, self.bounds.character):
            super().handle_charref(ref)  # type: ignore[misc]
        else:
            self.handle_data("\N{REPLACEMENT CHARACTER}")  # type: ignore[attr-defined]

    def _start_media_content(self, attrs: Any) -> None:
        super()._start_media_content(attrs)  # type: ignore[misc]
        self.in_media = True

    def _end_media_content(self) -> None:
        self.pop("media_content")
        self.in_media = False

    def _start_media_description(self, _attrs: Any) -> None:
        self.push("media_description", 1)  # type: ignore[attr-defined]

    def _end_media_description(self) -> None:
        self._tell_of_media("description")

    def _start_media_title(self, _attrs: Any) -> None:
        self.push("media_title", 1)  # type: ignore[attr-defined]

    def _end_media_title(self) -> None:
        self._tell_of_media("title")

    def _start_itunes_summary(self, _attrs: Any) -> None:
        self.push("itunes_summary", 1)  # type: ignore[attr-defined]  # else it takes the text's place

    def _end_itunes_summary(self) -> None:
        self.pop("itunes_summary")

    def _tell_of_media(self, name: str) -> None:
        """Keep what a picture or film says of itself with it: feedparser makes it the entry's own words."""
        value = self.pop(f"media_{name}")
        media = self._get_context().get("media_content")  # type: ignore[attr-defined]
        if value and media and self.in_media:
            media[-1].setdefault(f"own_{name}", value)

    def _add_tag(self, term: str | None, scheme: str | None, label: str | None) -> None:
        if len(self._get_context().get("tags") or ()) < self.bounds.tags:  # type: ignore[attr-defined]
            super()._add_tag(term, scheme, label)  # type: ignore[misc]

    def _save_author(self, key: str, value: str | None, prefix: str = "author") -> None:
        super()._save_author(key, value and value[: self.bounds.named], prefix)  # type: ignore[misc]

    def _sync_author_detail(self, key: str = "author") -> None:
        context = self._get_context()  # type: ignore[attr-defined]
        if isinstance(named := context.get(key), str) and len(named) > self.bounds.name:
            endless = rf"[a-zA-Z0-9_.+-]{{{self.bounds.name + 1},}}"
            context[key] = re.sub(endless, "", named)[: self.bounds.named]
        written = context.get(key)
        super()._sync_author_detail(key)  # type: ignore[misc]
        detail = (context.get(f"{key}s") or [{}])[-1]
        address = detail.get("email")
        if address and isinstance(written, str) and _is_cut(address, written):
            del detail["email"]  # four letters of a top-level domain at most, the rest went to the name
            detail["name"] = context[key] = written


class _Strict(_Bounded, StrictFeedParser):  # type: ignore[misc]  # it has no types
    @staticmethod
    def decode_entities(element: str, data: str) -> str:  # noqa: ARG004  # feedparser's arguments
        return _Decoded(data)

    def startElementNS(self, name: Any, qname: Any, attrs: Any) -> None:  # noqa: N802  # SAX's name
        if len(attrs) > self.bounds.attributes:
            kept = dict(islice(attrs.items(), self.bounds.attributes))
            attrs = AttributesNSImpl(kept, {each: attrs.getQNameByName(each) for each in kept})
        super().startElementNS(name, qname, attrs)


class _Reader(ExpatParser):
    """Gives text in as few pieces as it can: without this each `&lt;` of an entry's HTML is one."""

    def reset(self) -> None:
        super().reset()
        self._parser.buffer_text = True  # type: ignore[attr-defined]  # pyexpat's


class _Loose(_Bounded, LooseFeedParser):  # type: ignore[misc]  # it has no types
    pass


def _is_cut(address: str, written: str) -> bool:
    """Tell whether feedparser took an address to end too early, or a bracket with it."""
    after = written[written.find(address) + len(address) :][:1] if address in written else ""
    return after.isalnum() or after == "." or address.endswith("]")


@dataclass(frozen=True, slots=True)
class FeedText:
    """A feed as UTF-8, not yet parsed.

    Attributes:
        entities: those that its DOCTYPE declares.
        found: what decoding it found, as feedparser tells it.
    """

    data: bytes
    version: str
    entities: Mapping[str, str]
    found: Mapping[str, Any]


def parse(body: bytes, charset: str, bounds: Bounds = SHIPPED) -> Any:
    """Return what `feedparser.parse` would, with neither addresses resolved nor HTML changed.

    Args:
        body: the feed.
        charset: what it is beyond doubt; empty where its declaration counts.
        bounds: what is cut.
    """
    return parse_text(read_text(body, charset, bounds), bounds)


def read_text(body: bytes, charset: str, bounds: Bounds = SHIPPED) -> FeedText:
    """Return the feed as UTF-8; see `parse`."""
    found = feedparser.FeedParserDict(bozo=False)
    version, data, entities = replace_doctype(_as_utf8(body, charset, found, bounds))
    return FeedText(data, version, entities, found)


def parse_text(text: FeedText, bounds: Bounds = SHIPPED) -> Any:
    """Return what `feedparser.parse` would; see `parse`."""
    result = feedparser.FeedParserDict(text.found, entries=[], feed=feedparser.FeedParserDict())
    result["version"] = text.version
    parser = _strictly(text.data, result, bounds) if result["encoding"] else None
    if parser is None:
        parser = _within(bounds, _Loose("", None, "utf-8", text.entities))
        parser.feed(text.data.decode("utf-8", "replace"))
    result["feed"], result["entries"] = parser.feeddata, parser.entries
    result["version"] = result["version"] or parser.version
    return result


def drop_blank_start(pieces: list[Any]) -> None:
    """Take the blank pieces that a text begins with off at once, all but the last of them."""
    first = next((at for at, piece in enumerate(pieces) if piece.strip()), len(pieces))
    del pieces[: max(0, first - 1)]


def short_head(body: bytes, most: int) -> bytes:
    """Return a feed with little before its first element: a break for each gap, nothing where it is long.

    Args:
        body: the feed.
        most: bytes; with a longer head all of it goes.
    """
    first = _FIRST_ELEMENT.search(body)
    start = first.start() if first else len(body)
    if start > most:
        return body[start:]
    head = _GAP.sub(b"\n", body[:start])
    return head.replace(b"?>", b"?>\n", 1) + body[start:]  # the declaration is looked for in one line


def _strictly(data: bytes, result: Any, bounds: Bounds) -> Any:
    """Return the parser that read well-formed XML, or None, with the reason in the result."""
    parser = _within(bounds, _Strict("", None, "utf-8"))
    reader = _Reader()  # no entity but safe ones is left in it
    reader.setFeature(feature_namespaces, 1)
    reader.setFeature(feature_external_ges, 0)
    reader.setContentHandler(parser)
    reader.setErrorHandler(parser)
    source = InputSource()
    source.setByteStream(io.BytesIO(data))
    try:
        reader.parse(source)
    except xml.sax.SAXException as error:
        result["bozo"], result["bozo_exception"] = True, parser.exc or error
        return None
    return parser


def _within(bounds: Bounds, parser: Any) -> Any:
    parser.bounds = bounds
    parser.resolve_relative_uris = parser.sanitize_html = False
    return parser


def _as_utf8(body: bytes, charset: str, result: Any, bounds: Bounds) -> bytes:
    codec = _WIDE.get(body[:4]) or ("utf-16" if body[:2] in _BOM_16 else "")
    if codec:
        try:
            body, charset = body.decode(codec).encode(), "utf-8"
        except UnicodeError:  # feedparser finds the same, and then guesses
            charset = ""
    # without the feed's address, guids stay as they are
    headers = {"content-type": "application/xml" + (f"; charset={charset}" if charset else "")}
    body = short_head(body, bounds.head)
    try:
        if charset or _may_declare_an_encoding(body, bounds.encoding):
            return short_head(convert_to_utf8(headers, body, result), bounds.head)
    except ValueError:  # a name that Python knows, but of no encoding of texts
        pass
    result["encoding"] = "utf-8"
    return body.decode("utf-8", "replace").encode()


def _may_declare_an_encoding(body: bytes, most: int) -> bool:
    """Tell whether all that the first line calls an encoding could be the name of one."""
    names = _DECLARED.findall(body.partition(b"\n")[0]) if body.startswith(b"<?") else []
    return all(len(name) <= most and _ENCODING.fullmatch(name) for name in names)


def _is_character(ref: str, highest: int) -> bool:
    """Tell whether `65` or `x41`, as written between `&#` and `;`, is the number of a character."""
    written = ref.lower()
    digits = written.removeprefix("x").lstrip("0")
    if not _NUMBER.fullmatch(written) or len(digits) > len(str(sys.maxunicode)):
        return False
    number = int(digits or "0", 16 if written.startswith("x") else 10)
    return number <= highest and number not in _SURROGATES
