"""JSON Feed 1.0 and 1.1."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from digest.model import Image, Problem, SourceKey
from digest.ports import Collected, Memory
from digest.sources.crawling import Crawl, Parsed
from digest.sources.entries import Entry, Profile, each_alone, parted, place_of
from digest.sources.json_values import read_json
from digest.sources.pages.extraction import decode
from digest.sources.pages.full_pages import FullText
from digest.sources.pages.pictures import first_picture, picture_problem, usable_image
from digest.sources.text.blocks import Block, fold, read_plain
from digest.sources.text.feed_titles import publisher_of
from digest.sources.text.fields import split_tags
from digest.sources.text.markup import plain
from digest.sources.text.titles import read_title
from digest.sources.text.widgets import read_body
from digest.sources.web.fetching import Fetched, Fetcher
from digest.sources.web.urls import absolute


class JsonFeedSource:
    """A JSON Feed.

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
            parse=parse_json_feed,
            full_text=self._full_text,
            now=now,
        )
        return crawl.run(memory)


def parse_json_feed(fetched: Fetched, where: str) -> Parsed:
    """Read a JSON Feed's bytes.

    Args:
        fetched: the server's answer.
        where: what the feed is called in problems.
    """
    try:
        feed = read_json(decode(fetched.body, "utf-8").lstrip("\ufeff"), _is_feed)
    except ValueError as error:
        looks_xml = fetched.body.lstrip()[:1] == b"<"
        advice = 'set kind = "feed" for RSS and Atom' if looks_xml else "check the address"
        return Parsed(failure=f"is no JSON ({error}); {advice}")
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return Parsed(failure="is JSON, but no JSON Feed: it has no list of items; check the address")
    problems: list[Problem] = []
    makers: list[tuple[str, Callable[[str], Entry]]] = []
    home = absolute(fetched.url, _text(feed, "home_page_url"))
    base = home if home.startswith(("http://", "https://")) else fetched.url
    for number, item in enumerate(feed["items"], 1):
        name = f"{where}, item {number}"
        if isinstance(item, dict):
            makers.append((name, functools.partial(_entry, item, feed, base)))
        else:
            problems.append(Problem(name, "is no JSON object"))
    entries, broken = parted(each_alone(makers))
    following = _text(feed, "next_url")
    return Parsed(
        entries, (*problems, *broken), following=absolute(fetched.url, following) if following else ""
    )


def _is_feed(found: object) -> bool:
    return isinstance(found, dict) and isinstance(found.get("items"), list)


def _entry(item: Mapping[str, object], feed: Mapping[str, object], base: str, where: str) -> Entry:
    name = item.get("id")
    guid = str(name) if isinstance(name, (str, int, float)) and not isinstance(name, bool) else ""
    address = _text(item, "url") or _text(item, "external_url")
    home, title = base, read_title(_text(item, "title") or _figure(item, "title"), is_text=True)
    image, left_out = _picture(item, absolute(base, address))
    return Entry(
        where=where,
        url=address or (guid if guid.startswith(("http://", "https://")) else home),
        base=base,
        guid=guid or address or f"{home} {title}",
        title=title,
        place="" if address or guid.startswith(("http://", "https://")) else place_of(guid or title),
        byline=_authors(item) or _authors(feed),
        published=item.get("date_published") or item.get("date") or "",
        updated=item.get("date_modified") or "",
        summary=plain(_text(item, "summary")),
        blocks=_body(item),
        language=_text(item, "language") or _text(feed, "language"),
        tags=_tags(item),
        image=image,
        picture_problem=left_out,
        publisher=publisher_of(fold(_text(feed, "title"))),
    )


def _body(item: Mapping[str, object]) -> tuple[Block, ...]:
    if html := _text(item, "content_html"):
        return read_body(html)
    return read_plain(text) if (text := _text(item, "content_text")) else read_body(_text(item, "content"))


def _tags(item: Mapping[str, object]) -> list[str]:
    """Return the tags; some write them as one text, or as tables with a name."""
    if text := _text(item, "tags"):
        return split_tags(text)
    named = (_named(tag, "name") or _named(tag, "label") for tag in _list(item, "tags"))
    return [name for name in named if name]


def _named(thing: object, name: str) -> str:
    """Return a text that stands for itself, or in a table under a name."""
    if isinstance(thing, str):
        return thing
    return _text(thing, name) if isinstance(thing, dict) else ""


def _authors(thing: Mapping[str, object]) -> str:
    authors = [*_list(thing, "authors"), thing.get("authors"), thing.get("author")]
    names = [_named(author, "name") for author in authors]
    return ", ".join(dict.fromkeys(fold(name) for name in names if name.strip()))


def _picture(item: Mapping[str, object], base: str) -> tuple[Image | None, str]:
    """Return the item's picture, or what to tell where none of its pictures can go into a mail."""
    named: list[tuple[object, Mapping[str, object]]] = [
        (_named(item.get(name), "url"), {}) for name in ("image", "banner_image")
    ]
    named.extend(
        (each.get("url"), {**each, "alt": each.get("title"), "type": each.get("mime_type")})
        for each in _list(item, "attachments")
        if isinstance(each, dict) and _text(each, "mime_type").startswith("image/")
    )
    for address, about in named:
        if found := usable_image(address, base, about):
            return found, ""
    texts = [_text(item, "content_html")]
    if found := first_picture(texts, base):
        return found, ""
    return None, picture_problem(named, base, texts)


def _text(thing: Mapping[str, object], name: str) -> str:
    value = thing.get(name)
    return value if isinstance(value, str) else ""


def _figure(thing: Mapping[str, object], name: str) -> str:
    """Return a figure as text: `2026` is a title, too."""
    value = thing.get(name)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _list(thing: Mapping[str, object], name: str) -> list[object]:
    value = thing.get(name)
    return value if isinstance(value, list) else []
