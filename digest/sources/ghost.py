"""A Ghost site's content interface."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from zoneinfo import ZoneInfo

from digest.model import Image, Problem, SourceKey
from digest.ports import Collected, Memory
from digest.sources.crawling import Asking, Crawl, Parsed
from digest.sources.entries import Entry, Profile, each_alone, parted
from digest.sources.json_values import items_of, read_json, table_of, text_of
from digest.sources.pages.extraction import decode
from digest.sources.pages.full_pages import FullText
from digest.sources.pages.pictures import first_picture, picture_problem, usable_image
from digest.sources.text.blocks import fold
from digest.sources.text.markup import plain
from digest.sources.text.titles import read_title
from digest.sources.text.widgets import read_body
from digest.sources.web.fetching import Fetched, Fetcher

PER_PAGE = 50
COLLECTION = "/ghost/api/content/posts/"
_GET_A_KEY = "make a content API key under Settings, Integrations, and set api_key"
_GIVE_THE_SITE = "give the address of the site, or of its admin pages"
ADVICE = {
    400: "does not understand the question (400); is this Ghost 5 or newer?",
    401: f"does not know the key (401); {_GET_A_KEY}",
    403: f"does not take the key (403); {_GET_A_KEY}",
    404: f"has no content interface at {COLLECTION} (404); {_GIVE_THE_SITE}",
}


class GhostSource:
    """The posts of a Ghost site, newest changes first, page after page.

    Args:
        key: the source's stable name.
        url: the site's address, or that of its content interface.
        api_key: of the content interface; it goes into requests only, never into logs or the database.
        fetcher: shared with other sources.
        zone: for stamps that name none.
        publisher: the name readers know it by.
        language: of its articles.
        full_text: `feed`: the interface's text; `page`; or `auto`: the page where that is short.
    """

    undated_count_from_first_seen = False

    def __init__(
        self,
        key: SourceKey,
        url: str,
        api_key: str,
        fetcher: Fetcher,
        *,
        zone: ZoneInfo,
        publisher: str = "",
        language: str = "",
        full_text: str = "auto",
    ) -> None:
        """Keep what the settings say; nothing is fetched yet."""
        self._url, self._api_key, self._fetcher = url, api_key, fetcher
        self._profile = Profile(key, zone, publisher, language)
        self._full_text = FullText(full_text)

    @property
    def key(self) -> SourceKey:
        """Return the stable name."""
        return self._profile.key

    def collect(self, memory: Memory, *, now: datetime) -> Collected:
        """Return the posts that are new or changed since the last crawl."""
        crawl = Crawl(
            self._url,
            self._fetcher,
            self._profile,
            parse=parse_posts,
            full_text=self._full_text,
            now=now,
            asking=Asking(
                address=lambda since: posts_address(self._url, self._api_key, since),
                accept="application/json",
                advice=ADVICE,
            ),
        )
        return crawl.run(memory)


def posts_address(url: str, api_key: str, since: datetime) -> str:
    """Return the address of the posts changed since then, newest changes first; it holds the key."""
    parts = urlsplit(url)
    path = parts.path.partition("/ghost")[0].rstrip("/") + COLLECTION
    asked = {
        "key": api_key,
        "limit": str(PER_PAGE),
        "include": "authors,tags",
        "formats": "html",
        "order": "updated_at desc",
        "filter": f"updated_at:>='{since.astimezone(UTC):%Y-%m-%d %H:%M:%S}'",
    }
    return urlunsplit((parts.scheme, parts.netloc, path, urlencode(asked), ""))


def parse_posts(fetched: Fetched, where: str) -> Parsed:
    """Read one page of posts.

    Args:
        fetched: the server's answer; its `meta.pagination.next` says where the posts go on.
        where: what the source is called in problems.
    """
    try:
        answer = table_of(read_json(decode(fetched.body, "utf-8").lstrip("\ufeff"), _is_answer))
    except ValueError:
        looks_html = fetched.body.lstrip()[:1] == b"<"
        what = "a web page" if looks_html else "no JSON"
        return Parsed(failure=f"answered with {what}, not with posts; {_GIVE_THE_SITE}")
    if not isinstance(answer.get("posts"), list):
        errors = [fold(text_of(table_of(one), "message")) for one in items_of(answer, "errors")]
        return Parsed(
            failure=f"answered with no list of posts ({'; '.join(errors)[:200] or 'another object'})"
        )
    makers, problems = [], []
    for number, post in enumerate(items_of(answer, "posts"), 1):
        if isinstance(post, dict):
            name = f"{where}, post {text_of(post, 'id') or number}"
            makers.append((name, functools.partial(_entry, post, fetched.url)))
        else:
            problems.append(Problem(f"{where}, post {number}", "is no JSON object"))
    entries, broken = parted(each_alone(makers))
    return Parsed(entries, (*problems, *broken), following=_following(fetched.url, answer))


def _is_answer(found: object) -> bool:
    return isinstance(found, dict) and bool({"posts", "errors"} & found.keys())


def _following(url: str, answer: Mapping[str, object]) -> str:
    paging = table_of(table_of(answer.get("meta")).get("pagination"))
    number = paging.get("next")
    if not isinstance(number, int) or isinstance(number, bool):
        return ""
    parts = urlsplit(url)
    query = urlencode({**dict(parse_qsl(parts.query)), "page": str(number)})
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def _entry(post: Mapping[str, object], base: str, where: str) -> Entry:
    html, link = text_of(post, "html"), text_of(post, "url")
    image = _image(post, link or base) or first_picture([html], link or base)
    return Entry(
        where=where,
        url=link,
        base=base,
        guid=text_of(post, "uuid") or text_of(post, "id") or link,
        title=read_title(text_of(post, "title"), is_text=True),
        byline=_authors(post),
        published=text_of(post, "published_at"),
        updated=text_of(post, "updated_at"),
        summary=plain(text_of(post, "custom_excerpt") or text_of(post, "excerpt")),
        blocks=read_body(html),
        language=text_of(post, "locale"),
        tags=list(_tags(post)),
        image=image,
        picture_problem=""
        if image
        else picture_problem([(post.get("feature_image"), {})], link or base, [html]),
        is_partial=post.get("access") is False,
    )


def _authors(post: Mapping[str, object]) -> str:
    names = [fold(text_of(table_of(author), "name")) for author in items_of(post, "authors")]
    return ", ".join(dict.fromkeys(name for name in names if name))


def _tags(post: Mapping[str, object]) -> list[str]:
    """Return the public tags; those that begin with # are the newsroom's own."""
    tags = [table_of(tag) for tag in items_of(post, "tags")]
    return [text_of(tag, "name") for tag in tags if text_of(tag, "visibility") in {"", "public"}]


def _image(post: Mapping[str, object], base: str) -> Image | None:
    about = {
        "alt": post.get("feature_image_alt"),
        "credit": plain(text_of(post, "feature_image_caption")),
    }
    return usable_image(post.get("feature_image"), base, about)
