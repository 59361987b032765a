"""A WordPress site's REST interface."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from zoneinfo import ZoneInfo

from digest.model import Problem, SourceKey
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
FIELDS = "id,guid,link,date,date_gmt,modified,modified_gmt,status,title,excerpt,content,_links,_embedded"
EMBEDDED = "author,wp:featuredmedia,wp:term"
COLLECTION = "/wp-json/wp/v2/posts"
_GIVE_THE_SITE = "give the site's own address, or use the feed"
_WEB_PAGE = f"answered with a web page, not with posts; {_GIVE_THE_SITE}"
ADVICE = {
    400: "does not understand the question (400); is this WordPress 4.7 or newer?",
    401: "asks for a login (401): its REST interface is closed to visitors; open it, or use the feed",
    403: "refuses us (403): a plug-in may close its REST interface to visitors; use the feed instead",
    404: f"has no REST interface at {COLLECTION} (404); {_GIVE_THE_SITE}",
}
WIDEST_ZONE = timedelta(hours=15)
_STAMP = re.compile(r"(?:19[7-9]|20)\d+-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T[\d:.]+")
_READ_MORE = re.compile(r"\s?\[?\s?(?:&hellip;|…|\.\.\.)\s?\]?$")


class WordPressSource:
    """The posts of a WordPress site, newest changes first, page after page.

    Args:
        key: the source's stable name.
        url: the site's address, or that of its REST interface or of a collection in it.
        fetcher: shared with other sources.
        zone: for posts without a GMT date.
        publisher: the name readers know it by.
        language: of its articles.
        full_text: `feed`: the interface's text; `page`; or `auto`: the page where that is short.
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
        """Return the posts that are new or changed since the last crawl.

        Where the site has no `/wp-json`, its interface may still answer at `?rest_route=`.
        """
        found = self._crawl(self._url, memory, now)
        is_plain = "/wp-json" not in self._url and "rest_route" not in self._url
        said = [problem.what for problem in found.problems]
        if not (found.is_failed and is_plain and said and said[-1] in (ADVICE[404], _WEB_PAGE)):
            return found
        mark = "&" if "?" in self._url else "?"
        other = self._crawl(f"{self._url}{mark}rest_route=/wp/v2/posts", memory, now)
        return found if other.is_failed else other

    def _crawl(self, url: str, memory: Memory, now: datetime) -> Collected:
        crawl = Crawl(
            self._url,
            self._fetcher,
            self._profile,
            parse=parse_posts,
            full_text=self._full_text,
            now=now,
            asking=Asking(
                address=lambda since: posts_address(url, since),
                accept="application/json",
                advice=ADVICE,
            ),
        )
        return crawl.run(memory)


def posts_address(url: str, since: datetime) -> str:
    """Return the address of the posts changed since then, newest changes first.

    Args:
        url: of the site, of its REST interface (also as `?rest_route=/`), or of a collection in it.
        since: WordPress compares it with the site's own wall clock, whatever the zone: give a day more.
    """
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query)  # `categories[]=3` may come more than once
    lists = [(name, value) for name, value in pairs if name.endswith("]")]
    asked = {name: value for name, value in pairs if not name.endswith("]")}
    path = parts.path.rstrip("/")
    if "rest_route" in asked:
        route, path = asked["rest_route"].rstrip("/"), parts.path or "/"
        asked["rest_route"] = route if route.startswith("/wp/v2/") else "/wp/v2/posts"
    elif "/wp-json" in path:
        head, _, rest = path.partition("/wp-json")
        path = head + (f"/wp-json{rest}" if rest.startswith("/wp/v2/") else COLLECTION)
    else:
        path += COLLECTION
    asked |= {
        "status": "publish",
        "orderby": "modified",
        "order": "desc",
        "per_page": str(PER_PAGE),
        "modified_after": f"{since:%Y-%m-%dT%H:%M:%S}",
        "_embed": EMBEDDED,
        "_fields": FIELDS,
    }
    query = urlencode([*lists, *asked.items()], safe=":,/[]")
    return urlunsplit((parts.scheme, parts.netloc, path, query, ""))


def parse_posts(fetched: Fetched, where: str) -> Parsed:
    """Read one page of a collection of posts.

    Args:
        fetched: the server's answer; its X-WP-TotalPages says how many pages there are.
        where: what the source is called in problems.
    """
    try:
        posts = read_json(decode(fetched.body, "utf-8").lstrip("\ufeff"), _are_posts)
    except ValueError:
        looks_html = fetched.body.lstrip()[:1] == b"<"
        no_json = f"answered with no JSON, not with posts; {_GIVE_THE_SITE}"
        return Parsed(failure=_WEB_PAGE if looks_html else no_json)
    posts = _listed(posts)
    if not isinstance(posts, list):
        said = text_of(table_of(posts), "message")
        return Parsed(failure=f"answered with no list of posts ({fold(said)[:200] or 'another object'})")
    makers, problems = [], []
    for number, post in enumerate(posts, 1):
        if not isinstance(post, dict):
            problems.append(Problem(f"{where}, post {number}", "is no JSON object"))
        elif text_of(post, "status") in {"", "publish"} and not _is_protected(post):
            name = f"{where}, post {post.get('id', number)}"
            makers.append((name, functools.partial(_entry, post, fetched.url)))
    entries, broken = parted(each_alone(makers))
    return Parsed(entries, (*problems, *broken), following=_following(fetched))


def _are_posts(found: object) -> bool:
    """Tell an answer of the interface from brackets in PHP's notices: posts, none, or a refusal."""
    found = _listed(found)
    if isinstance(found, list):
        return all(one is None or (isinstance(one, dict) and "id" in one) for one in found)
    return isinstance(found, dict) and "code" in found and "message" in found


def _listed(found: object) -> object:
    """Return a list of posts out of what plug-ins and caches make of one: wrapped, numbered, one alone."""
    if not isinstance(found, dict):
        return found
    if "id" in found and "title" in found:
        return [found]
    for name in ("posts", "data", "items"):
        if isinstance(found.get(name), list):
            return found[name]
    return list(found.values()) if found and all(name.isdecimal() for name in found) else found


def _following(fetched: Fetched) -> str:
    """Return the address of the next page, as long as there is one."""
    parts = urlsplit(fetched.url)
    pairs = parse_qsl(parts.query)
    asked = dict(pairs)
    total, page = fetched.fields.get("x-wp-totalpages", ""), asked.get("page", "1")
    if not (total.isdecimal() and page.isdecimal()) or int(page) >= int(total):
        return ""
    kept = [(name, value) for name, value in pairs if name != "page"]
    query = urlencode([*kept, ("page", str(int(page) + 1))], safe=":,/[]")
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def _is_protected(post: Mapping[str, object]) -> bool:
    """Tell whether a password keeps readers out."""
    return table_of(post.get("content")).get("protected") is True


def _entry(post: Mapping[str, object], base: str, where: str) -> Entry:
    html = _rendered(post, "content")
    embedded = table_of(post.get("_embedded"))
    guid = _rendered(post, "guid")
    link = text_of(post, "link") or (guid if guid.startswith(("http://", "https://")) else "")
    link = link or (f"/?p={post['id']}" if post.get("id") else "")
    named = [*_named_pictures(embedded), *_by_plugins(post)]
    image = next(filter(None, (usable_image(one, link or base, about) for one, about in named)), None)
    image = image or first_picture([html], link or base)
    return Entry(
        where=where,
        url=link,
        base=base,
        guid=guid or link,
        title=read_title(_rendered(post, "title")),
        byline=_authors(embedded) or text_of(table_of(post.get("yoast_head_json")), "author"),
        published=_gmt(post, "date") or text_of(post, "date"),
        updated=_gmt(post, "modified"),
        summary=_READ_MORE.sub("…", plain(_rendered(post, "excerpt"))),
        blocks=read_body(html),
        tags=list(_terms(embedded)),
        image=image,
        picture_problem="" if image else picture_problem(named, link or base, [html]),
        publisher="",
    )


def _gmt(post: Mapping[str, object], name: str) -> str:
    """Return a GMT stamp, which WordPress writes without its zone; drafts have zeros, imports odd years.

    One that is further from the site's own clock than any zone is not believed.
    """
    stamp, local = text_of(post, f"{name}_gmt").removesuffix("Z"), text_of(post, name)
    if not _STAMP.fullmatch(stamp):
        return ""
    if _STAMP.fullmatch(local):
        try:
            apart = datetime.fromisoformat(stamp) - datetime.fromisoformat(local)
        except ValueError:
            return ""
        if abs(apart) > WIDEST_ZONE:
            return ""
    return f"{stamp}Z"


def _rendered(post: Mapping[str, object], name: str) -> str:
    value = post.get(name)
    if isinstance(value, str):
        return value
    return text_of(table_of(value), "rendered") or text_of(table_of(value), "raw")


def _authors(embedded: Mapping[str, object]) -> str:
    names = [fold(text_of(table_of(author), "name")) for author in _embedded(embedded, "author")]
    return ", ".join(dict.fromkeys(name for name in names if name))


def _terms(embedded: Mapping[str, object]) -> Iterator[str]:
    """Yield categories and tags; the category that WordPress gives to posts without one is none."""
    for group in _embedded(embedded, "wp:term"):
        for term in group if isinstance(group, list) else table_of(group).values():
            known = table_of(term)
            is_default = text_of(known, "slug") == "uncategorized"
            if text_of(known, "taxonomy") in {"category", "post_tag"} and not is_default:
                yield text_of(known, "name")


def _embedded(embedded: Mapping[str, object], name: str) -> list[object]:
    """Return what is embedded; PHP writes a list that lost its first item as a table of numbers."""
    numbered = table_of(embedded.get(name))
    return list(numbered.values()) if numbered else list(items_of(embedded, name))


def _by_plugins(post: Mapping[str, object]) -> Iterator[tuple[object, Mapping[str, object]]]:
    """Yield the pictures that Yoast and Jetpack name where nothing is embedded."""
    for media in items_of(table_of(post.get("yoast_head_json")), "og_image"):
        yield table_of(media).get("url"), table_of(media)
    yield post.get("jetpack_featured_media_url"), {}


def _named_pictures(embedded: Mapping[str, object]) -> Iterator[tuple[object, Mapping[str, object]]]:
    for media in _embedded(embedded, "wp:featuredmedia"):
        known = table_of(media)
        details = table_of(known.get("media_details"))
        about = {
            "alt": known.get("alt_text"),
            "width": details.get("width"),
            "height": details.get("height"),
            "filesize": details.get("filesize"),
            "focal_point": details.get("focal_point"),
            "credit": text_of(table_of(details.get("image_meta")), "credit"),
        }
        yield known.get("source_url"), {**about, "type": known.get("mime_type")}
