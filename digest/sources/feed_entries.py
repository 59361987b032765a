"""An entry of RSS, Atom or RDF, as feedparser gives it, in the words that all sources share."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from typing import Any

from digest.model import ArticleKind, Image
from digest.sources.entries import Entry, place_of
from digest.sources.pages.pictures import first_picture, picture_problem, usable_image
from digest.sources.text.blocks import Block, count_words, fold, join_lines, read_plain
from digest.sources.text.feed_titles import publisher_of
from digest.sources.text.markup import Parse, holds_markup, parse_page, plain
from digest.sources.text.titles import read_title
from digest.sources.text.widgets import holds_widgets, read_body
from digest.sources.web.urls import absolute, host_of

_CUT_OFF = re.compile(r"(?:\[\s*(?:…|\.\.\.)\s*\]|…|\.\.\.|read more|continue reading)\W*$", re.IGNORECASE)
_MAY_BE_ADDRESS = re.compile(r"https?:|[./]", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif)$", re.IGNORECASE)
_VIDEO = frozenset({"mp4", "m4v", "webm", "mov"})
_RECORDING = re.compile(r"\.(mp3|m4a|aac|ogg|oga|opus|wav|flac|mp4|m4v|webm|mov)$", re.IGNORECASE)
IS_ATOM = "digest:is_atom"
"""The feed's own word: a title of type `text` is no HTML."""
_PAGE_TYPES = {"text/html": 0, "application/xhtml+xml": 0, "": 1}
"""Which of several alternates a reader opens: the page, and before all others one of no type."""
TEASER_WORDS = 80
"""A description shorter than this, and alone, is a summary; a longer one is the article."""
MAX_PUBLISHER_WORDS = 7
"""A longer name of a `<source>` is a title."""
MAX_CUT_OFF = 200
"""In characters: how much of a text's end may say that it goes on elsewhere."""


def read_feed_entry(entry: Mapping[str, Any], feed: Mapping[str, Any], base: str, where: str) -> Entry:
    """Return an entry as feedparser gave it in our words.

    Args:
        feed: what the entry takes over where it says nothing itself.
        base: what its links are resolved against.
        where: what it is called in problems.
    """
    get = getter(entry)
    parse = functools.lru_cache(maxsize=4)(parse_page)  # its text is read, and searched for pictures
    blocks, is_partial = _body(entry, parse)
    is_body = not get("content") and sum(count_words(one.text) for one in blocks) >= 2 * TEASER_WORDS
    summary = "" if is_body else _plain_of(get("summary_detail"), get("summary"), parse)
    if summary and holds_widgets(raw := str(get("summary") or "")):
        summary = join_lines([block.text for block in read_body(raw)])
    if get("summary") and not get("content") and not is_body:
        is_teaser = count_words(summary) < TEASER_WORDS
        summary, blocks = (summary, ()) if is_teaser else ("", blocks)
    address = _address(entry)
    guid = str(get("id") or "")
    if address == guid and not _MAY_BE_ADDRESS.match(guid):
        address = ""  # feedparser takes any guid for the address where there is no link
    source = get("source") or {}
    home = absolute(base, _address(feed)) or base
    base = home if home.startswith(("http://", "https://")) else base
    is_text = bool(feed.get(IS_ATOM)) and getter(get("title_detail") or {})("type") == "text/plain"
    title = read_title(str(get("title") or _of_film(entry, "title")), is_text=is_text)
    image, left_out = _picture(entry, absolute(base, address), parse)
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
        tags=[str(getter(tag)("term") or getter(tag)("label") or "") for tag in get("tags") or ()],
        image=image,
        picture_problem=left_out,
        publisher=_publisher(source, title, home) or publisher_of(plain(str(getter(feed)("title") or ""))),
        is_partial=is_partial or not blocks,
        form=_form(entry, address),
    )


def _publisher(source: Mapping[str, Any], title: str, home: str) -> str:
    """Return the publisher that an entry's `<source>` names; empty where it names none.

    Forums put a thread's title there, blogs a part of themselves: a publisher has a site of its own, and
    a short name that is not the entry's.
    """
    name = publisher_of(plain(str(getter(source)("title") or "")))
    links = [str(getter(link)("href") or "") for link in getter(source)("links") or ()]
    address = str(getter(source)("href") or getter(source)("url") or next(filter(None, links), ""))
    host = host_of(address)
    if not name or len(name.split()) > MAX_PUBLISHER_WORDS or not (host or getter(source)("id")):
        return ""
    is_part = bool(host) and host == host_of(home)
    is_title = name.casefold() in title.casefold() or title.casefold() in name.casefold()
    return "" if is_part or (title and is_title and len(name.split()) > 2) else name


def getter(entry: Mapping[str, Any]) -> Any:
    """Return plain access: feedparser's own guesses `updated` from `published`, with a warning."""
    return functools.partial(dict.get, entry) if isinstance(entry, dict) else _nothing


def _nothing(_name: str) -> None:
    return None


def _address(entry: Mapping[str, Any]) -> str:
    """Return where an entry's page is: of several alternates the HTML one, in its own language."""
    get = getter(entry)
    if original := get("feedburner_origlink") or get("pheedo_origlink"):
        return str(original)
    own = str(get("language") or getter(get("title_detail") or {})("language") or "").lower()[:2]
    found: list[tuple[tuple[int, bool], str]] = []
    for link in get("links") or ():
        part = getter(link)
        relation = str(part("rel") or "alternate").lower().rpartition("/")[2]
        kind = str(part("type") or "").partition(";")[0].strip().lower()
        if relation == "alternate" and part("href") and not kind.startswith(("image/", "audio/", "video/")):
            language = str(part("hreflang") or "").lower()[:2]
            is_other = bool(language) and language != own
            found.append(((_PAGE_TYPES.get(kind, 2), is_other), str(part("href"))))
    return min(found, key=lambda one: one[0])[1] if found else str(get("link") or "")


def _plain_of(detail: Mapping[str, Any] | None, value: Any, parse: Parse) -> str:
    """Return a text construct as one plain line."""
    text = str(value or "")
    kind = str(getter(detail)("type") or "") if detail else ""
    if (
        kind == "text/plain"
        and "<" in text
        and not re.search(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>", text)
    ):
        return fold(text)
    return plain(text, parse)


def _body(entry: Mapping[str, Any], parse: Parse) -> tuple[tuple[Block, ...], bool]:
    """Return the entry's own text, the longest where it has several, and whether it is cut off."""
    get = getter(entry)
    candidates = [
        (str(getter(part)("value") or ""), str(getter(part)("type") or "")) for part in get("content") or ()
    ]
    if not candidates and (summary := get("summary")):
        candidates = [(str(summary), str(getter(get("summary_detail") or {})("type") or ""))]
    if not candidates:
        candidates = [(_of_film(entry, "description") or str(get("itunes_summary") or ""), "")]
    readable = [
        pair for pair in candidates if "html" in pair[1] or pair[1].startswith("text/") or not pair[1]
    ]
    if not readable:
        return (), False
    text, _ = max(readable, key=lambda pair: len(pair[0]))
    blocks = read_body(text, parse) if holds_markup(text) else read_plain(text)
    return blocks, bool(blocks) and bool(_CUT_OFF.search(blocks[-1].text[-MAX_CUT_OFF:]))


def _of_film(entry: Mapping[str, Any], name: str) -> str:
    """Return what a film or sound says of itself: it is what the entry is about, a picture is not."""
    get = getter(entry)
    if not (get("media_content") or get("media_thumbnail")):
        return str(get(f"media_{name}") or "")
    for each in get("media_content") or ():
        kind = f"{getter(each)('type') or ''}{getter(each)('medium') or ''}"
        if kind and "image" not in kind:
            return str(getter(each)(f"own_{name}") or get(f"media_{name}") or "")
    return ""


def _byline(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> str:
    get = getter(entry)
    names = [str(getter(author)("name") or "") for author in get("authors") or () if author]
    named = ", ".join(dict.fromkeys(fold(name) for name in names if name.strip()))
    return (
        named
        or str(get("author") or "")
        or str(getter(feed)("author") or "" if _is_one_author(feed) else "")
    )


def _is_one_author(feed: Mapping[str, Any]) -> bool:
    """Tell whether the feed's author stands for its entries, as in Atom."""
    return bool(getter(feed)("author_detail")) and not getter(feed)("publisher")


def _language(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> str:
    get = getter(entry)
    for detail in (*(get("content") or ()), get("summary_detail"), get("title_detail")):
        if detail and (language := getter(detail)("language")):
            return str(language)
    return str(get("language") or getter(feed)("language") or "")


def _picture(entry: Mapping[str, Any], base: str, parse: Parse) -> tuple[Image | None, str]:
    """Return the entry's picture, or what to tell where none of its pictures can go into a mail.

    Media elements, the widest first; enclosures; those of its text.
    """
    get = getter(entry)
    parts = (*(get("content") or ()), get("summary_detail") or {"value": get("summary")})
    named = list(_named_pictures(entry))
    for address, about in named:
        if found := usable_image(address, base, about):
            return found, ""
    texts = [str(getter(part)("value") or "") for part in parts]
    for part, text in zip(parts, texts, strict=True):
        own = absolute(base, str(getter(part)("base") or "")) or base  # an `xml:base` of its own
        if found := first_picture([text], own, parse):
            return found, ""
    return None, picture_problem(named, base, texts)


def _named_pictures(entry: Mapping[str, Any]) -> Iterator[tuple[object, Mapping[str, object]]]:
    get = getter(entry)
    media = [*(get("media_content") or ()), *(get("media_thumbnail") or ())]
    has_own = any(getter(each)("own_description") for each in media) or _of_film(entry, "description")
    alt = "" if has_own else plain(str(get("media_description") or ""))
    for each in sorted(media, key=_width, reverse=True):
        part = getter(each)
        kind = f"{part('type') or ''}{part('medium') or ''}"
        if kind and "image" not in kind:
            continue
        about = {name: part(name) for name in ("width", "height", "type", "filesize")}
        own = plain(str(part("own_description") or "")) or alt
        yield part("url"), {**about, "alt": own}
    for link in get("links") or ():
        part = getter(link)
        kind = str(part("type") or "")
        is_named = not kind and bool(_PICTURE.search(str(part("href") or "").partition("?")[0]))
        if part("rel") == "enclosure" and (kind.startswith("image/") or is_named):
            yield part("href"), {"alt": alt, "type": part("type"), "length": part("length")}
    for address in (get("href"), getter(get("image") or {})("href")):  # <image> of an item, and of iTunes
        if address:
            yield str(address).strip(), {"alt": alt}


def _form(entry: Mapping[str, Any], address: str) -> str:
    """Return what kind of piece an entry's enclosures make it, where it is an episode or has no page."""
    get = getter(entry)
    enclosed = [getter(link) for link in get("links") or () if getter(link)("rel") == "enclosure"]
    kinds = [str(part("type") or "") or _kind_of(str(part("href") or "")) for part in enclosed]
    is_episode = bool(get("itunes_duration") or get("itunes_episode")) or not address
    for start, kind in (("audio/", ArticleKind.AUDIO), ("video/", ArticleKind.VIDEO)):
        if is_episode and any(one.startswith(start) for one in kinds):
            return kind.value
    return ""


def _kind_of(address: str) -> str:
    """Return what an enclosure is by its address, for want of a type."""
    found = _RECORDING.search(address.partition("?")[0])
    return "" if found is None else ("video/" if found[1].lower() in _VIDEO else "audio/")


def _width(media: Mapping[str, Any]) -> int:
    width = str(getter(media)("width") or "")
    return int(width) if width.isascii() and width.isdigit() and len(width) < 6 else 0
