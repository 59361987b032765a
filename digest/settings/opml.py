"""Feed lists of other readers (OPML), as sources of a new newsletter."""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from html.entities import html5
from urllib.parse import urlsplit

from lxml import etree

from digest.errors import BadData
from digest.settings.fields import plain_location

MAX_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class ListedFeed:
    """A feed of the list.

    Attributes:
        publisher: as the list calls it; may be empty.
    """

    url: str
    publisher: str = ""

    @property
    def is_secure(self) -> bool:
        """Tell whether the settings take it: text that goes to readers must not be changed on its way."""
        return self.url.startswith("https://")


_BARE = re.compile(rb"&(?!(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]\w{1,30});)")
"""An ampersand that exporters forgot to escape, as in most addresses with a query."""


_NAMED = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([a-zA-Z][a-zA-Z0-9]{1,30});")
_START = re.compile(rb"<\?xml|<opml", re.IGNORECASE)
MAX_BEFORE = 20_000
_SCHEMES = re.compile(r"(?:feeds|itpcs?|pcasts?|podcasts?|rss|zune|overcast)://", re.IGNORECASE)
"""What programs that read feeds call https, to be asked for."""


def read(content: bytes, name: str) -> tuple[ListedFeed, ...]:
    """Return the feeds of an OPML file, each address once, in its order; folders are left out.

    Args:
        content: the file's bytes.
        name: what to call it in errors.

    Raises:
        BadData: it is no OPML, or names no feed.
    """
    if len(content) > MAX_BYTES:
        raise BadData(name, f"it is bigger than {MAX_BYTES // 1_000_000} MB", "Export the feeds alone.")
    content = _beginning_at_the_list(_in_utf8(_unpacked(content)))
    if len(content) > MAX_BYTES:
        raise BadData(name, f"it is bigger than {MAX_BYTES // 1_000_000} MB", "Export the feeds alone.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = (
            etree.fromstring(_BARE.sub(b"&amp;", _NAMED.sub(_character, content)), parser=parser)
            if content.strip()
            else None
        )
    except etree.XMLSyntaxError:
        root = None
    if root is None or etree.QName(root).localname.lower() != "opml":
        raise BadData(name, "it is no OPML", "Export your feed list as OPML from your feed reader.")
    found = {feed.url: feed for feed in reversed(list(_feeds(root)))}
    if not found:
        raise BadData(name, "it names no feed", "Export your feed list as OPML from your feed reader.")
    return tuple(reversed(found.values()))


def _unpacked(content: bytes) -> bytes:
    """Return what a packed list holds, little more of it than is read."""
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(content, MAX_BYTES + 1)
    except zlib.error:
        return content


def _in_utf8(content: bytes) -> bytes:
    """Return a list in UTF-8: what says nothing of its charset and is no UTF-8 is of Windows."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", "replace")
        return re.sub(r"^<\?xml[^>]{0,200}\?>", "", text).encode()
    if re.match(rb"\s{0,100}<\?xml[^>]{0,100}encoding", content):
        return content
    try:
        content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace").encode()
    return content


def _beginning_at_the_list(content: bytes) -> bytes:
    """Return a list without what a server said before it."""
    start = _START.search(content[:MAX_BEFORE])
    return content[start.start() :] if start else content


def _character(named: re.Match[bytes]) -> bytes:
    """Return the character that HTML has a name for and XML has none."""
    found = html5.get(named[1].decode() + ";", "")
    return found.encode("ascii", "xmlcharrefreplace") if found else named[0]


def to_toml(newsletter: str, feeds: Sequence[ListedFeed]) -> str:
    """Return the feeds as source tables of digest.toml; what the settings refuse stands in comments."""
    count: Counter[str] = Counter()
    tables = []
    for feed in feeds:
        location = plain_location(feed.url)
        count[location] += 1
        lines = [f"[[newsletters.{newsletter}.sources]]", 'kind = "feed"', f"url = {_quoted(feed.url)}"]
        if count[location] > 1:
            lines.append(f"name = {_quoted(f'feed:{location} ({count[location]})')}")
        if feed.publisher:
            lines.append(f"publisher = {_quoted(feed.publisher)}")
        if not feed.is_secure:
            lines = [
                "# Its list has it without https, which is refused; try its address with https.",
                *lines,
            ]
            lines = [lines[0], *(f"#   {line}" for line in lines[1:])]
        tables.append("\n".join(lines) + "\n")
    return "\n".join(tables)


def _feeds(root: etree._Element) -> Iterator[ListedFeed]:
    for outline in root.iter("*"):
        if etree.QName(outline).localname.lower() != "outline":
            continue
        named = {str(name).lower(): str(value) for name, value in outline.items()}
        is_feed = named.get("type", "").lower() in {"rss", "atom", "feed"}
        url = _address(named.get("xmlurl") or (named.get("url", "") if is_feed else ""))
        if url:
            called = _line(unescape(named.get("title") or named.get("text") or ""))
            yield ListedFeed(url, "" if _is_address(called) else called)


def _address(raw: str) -> str:
    """Return an http(s) address; empty where it is none."""
    url = _SCHEMES.sub("https://", raw.strip(), count=1)
    if url.lower().startswith("feed/http"):
        url = url[len("feed/") :]
    if url.lower().startswith("feed:"):
        rest = url[len("feed:") :]
        url = rest if "://" in rest else "https:" + ("" if rest.startswith("//") else "//") + rest
    try:
        parts = urlsplit(url)
        is_web = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return ""
    is_plain = url.isprintable() and not any(character.isspace() for character in url)
    return f"{parts.scheme.lower()}{url[len(parts.scheme) :]}" if is_web and is_plain else ""


def _is_address(called: str) -> bool:
    return called.lower().startswith(("http://", "https://", "feed:"))


def _line(text: str) -> str:
    return "".join(character for character in " ".join(text.split()) if character.isprintable())


def _quoted(text: str) -> str:
    """Return a TOML string; without control characters JSON writes the same."""
    return json.dumps(text, ensure_ascii=False)
