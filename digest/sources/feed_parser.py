"""feedparser with bounds: what a hostile feed repeats or lengthens never costs its square in time.

feedparser itself has no bounds: an author of 300,000 digits, 100,000 categories, attributes, namespaces
or processing instructions keep it busy for minutes to hours within a feed's 10 MB.
"""

from __future__ import annotations

import io
import re
import xml.sax
from collections.abc import Sequence
from itertools import islice
from typing import Any
from xml.sax.handler import feature_external_ges, feature_namespaces
from xml.sax.xmlreader import AttributesNSImpl, InputSource

import feedparser
from feedparser.api import LooseFeedParser, StrictFeedParser
from feedparser.encodings import convert_to_utf8
from feedparser.sanitizer import replace_doctype

MAX_NAME = 200
"""In characters, of letters, digits, dots and hyphens without a gap: no name and no address is longer."""
MAX_NAMED = 1000
"""In characters: all that an author's element says."""
MAX_TAGS = 500
MAX_ATTRIBUTES = 200
MAX_NAMESPACES = 200
MAX_BASE = 2000
"""In characters: an `xml:base`, together with those around it."""
MAX_LANGUAGE = 100
MAX_HEAD = 20_000
"""In bytes: what stands before the first element. A longer head is dropped, and its entities with it."""

_ENDLESS_NAME = re.compile(rf"[a-zA-Z0-9_.+-]{{{MAX_NAME + 1},}}")
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


class _Bounds:
    """What both of feedparser's parsers are kept from; the methods are feedparser's."""

    def unknown_starttag(self, tag: str, attrs: Sequence[tuple[str, str]]) -> None:
        room = {"base": MAX_BASE - len(self.baseuri), "lang": MAX_LANGUAGE}  # type: ignore[attr-defined]
        kept = [
            (name, value)
            for name, value in islice(attrs, MAX_ATTRIBUTES)
            if len(value) <= room.get(name.lower().removeprefix("xml:"), len(value))
        ]
        super().unknown_starttag(tag, kept)  # type: ignore[misc]

    def track_namespace(self, prefix: str | None, uri: str) -> None:
        if len(self.namespaces_in_use) < MAX_NAMESPACES:  # type: ignore[attr-defined]
            super().track_namespace(prefix, uri)  # type: ignore[misc]

    def pop(self, element: str, strip_whitespace: int = 1) -> Any:
        pieces = self.elementstack[-1][2] if self.elementstack else None  # type: ignore[attr-defined]
        if isinstance(pieces, list):  # feedparser takes blank pieces off the front one at a time
            first = next((at for at, piece in enumerate(pieces) if piece.strip()), len(pieces))
            del pieces[: max(0, first - 1)]
        return super().pop(element, strip_whitespace)  # type: ignore[misc]

    def handle_charref(self, ref: str) -> None:
        try:
            super().handle_charref(ref)  # type: ignore[misc]
        except (ValueError, OverflowError):  # no character has that number
            self.handle_data("\N{REPLACEMENT CHARACTER}")  # type: ignore[attr-defined]

    def _add_tag(self, term: str | None, scheme: str | None, label: str | None) -> None:
        if len(self._get_context().get("tags") or ()) < MAX_TAGS:  # type: ignore[attr-defined]
            super()._add_tag(term, scheme, label)  # type: ignore[misc]

    def _save_author(self, key: str, value: str | None, prefix: str = "author") -> None:
        super()._save_author(key, value and value[:MAX_NAMED], prefix)  # type: ignore[misc]

    def _sync_author_detail(self, key: str = "author") -> None:
        context = self._get_context()  # type: ignore[attr-defined]
        if isinstance(named := context.get(key), str) and len(named) > MAX_NAME:
            context[key] = _ENDLESS_NAME.sub("", named)[:MAX_NAMED]
        super()._sync_author_detail(key)  # type: ignore[misc]


class _Strict(_Bounds, StrictFeedParser):  # type: ignore[misc]  # it has no types
    def startElementNS(self, name: Any, qname: Any, attrs: Any) -> None:  # noqa: N802  # SAX's name
        if len(attrs) > MAX_ATTRIBUTES:
            kept = dict(islice(attrs.items(), MAX_ATTRIBUTES))
            attrs = AttributesNSImpl(kept, {each: attrs.getQNameByName(each) for each in kept})
        super().startElementNS(name, qname, attrs)


class _Loose(_Bounds, LooseFeedParser):  # type: ignore[misc]  # it has no types
    pass


def parse(body: bytes, charset: str) -> Any:
    """Return what `feedparser.parse` would, with neither addresses resolved nor HTML changed.

    Args:
        body: the feed.
        charset: what it is beyond doubt; empty where its declaration counts.
    """
    result = feedparser.FeedParserDict(bozo=False, entries=[], feed=feedparser.FeedParserDict())
    result["version"], data, entities = replace_doctype(_as_utf8(body, charset, result))
    parser = _strictly(data, result) if result["encoding"] else None
    if parser is None:
        parser = _unresolving(_Loose("", None, "utf-8", entities))
        parser.feed(data.decode("utf-8", "replace"))
    result["feed"], result["entries"] = parser.feeddata, parser.entries
    result["version"] = result["version"] or parser.version
    return result


def _strictly(data: bytes, result: Any) -> Any:
    """Return the parser that read well-formed XML, or None, with the reason in the result."""
    parser = _unresolving(_Strict("", None, "utf-8"))
    reader = xml.sax.make_parser()  # noqa: S317  # no entity but safe ones is left in it
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


def _unresolving(parser: Any) -> Any:
    parser.resolve_relative_uris = parser.sanitize_html = False
    return parser


def _as_utf8(body: bytes, charset: str, result: Any) -> bytes:
    codec = _WIDE.get(body[:4]) or ("utf-16" if body[:2] in _BOM_16 else "")
    if codec:
        try:
            body, charset = body.decode(codec).encode(), "utf-8"
        except UnicodeError:  # feedparser finds the same, and then guesses
            charset = ""
    # without the feed's address, guids stay as they are
    headers = {"content-type": "application/xml" + (f"; charset={charset}" if charset else "")}
    body = _with_short_head(body)
    try:
        return _with_short_head(convert_to_utf8(headers, body, result))
    except ValueError:  # the declaration names an encoding that is not even a name
        result["encoding"] = "utf-8"
        return body.decode("utf-8", "replace").encode()


def _with_short_head(body: bytes) -> bytes:
    """Bound what stands before the first element: feedparser's expressions take its square or cube."""
    first = _FIRST_ELEMENT.search(body)
    start = first.start() if first else len(body)
    if start > MAX_HEAD:
        return body[start:]
    head = _GAP.sub(b"\n", body[:start])
    return head.replace(b"?>", b"?>\n", 1) + body[start:]  # its expressions end with the line
