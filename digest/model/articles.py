"""Articles and the stories they tell."""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType
from urllib.parse import urlsplit

_HOST_VARIANT = re.compile(r"^(?:www|m|mobile|amp)\.(?=[^.]+\.[^.])")
_INDEX = re.compile(r"(?<=/)(?:index|default)\.(?:html?|php|aspx?|jsp|cfm)$", re.IGNORECASE)
_DOUBLE_SLASH = re.compile(r"/{2,}")
_AMP_LAST = re.compile(r"\.amp(\.html?)?$")
_AMP_FIRST = re.compile(r"^/amp/(?=[^/]+/[^/]+)")
_PRINTED = re.compile(r"(?:print|printable|printview|output|view)=(?:1|true|yes|print|amp)?", re.IGNORECASE)
_UUID = re.compile(r"\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?", re.IGNORECASE)

SourceKey = NewType("SourceKey", str)
"""A source's name in settings, or `kind:location`; stable from run to run."""

ArticleId = NewType("ArticleId", str)
"""What one article is stored under: 16 hex digits; see `article_id`."""

CanonicalUrl = NewType("CanonicalUrl", str)
"""An http(s) URL with tracking, fragment and host variants normalized; equal URLs, equal pages."""

Identity = NewType("Identity", str)
"""One way to recognize an article again: `url:…`, `guid:<source>|…` or `text:<digest>`."""

MOST_NAMED = 5
"""So many other publishers are named with a story."""

MOST_PIXELS = 24_000_000
MOST_ON_A_SIDE = 8_000
"""What phones still decode beside a mail."""
MOST_PICTURE_BYTES = 4_000_000
"""What a reader on a phone's data plan may be asked to load."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that belongs to an article; sizes in CSS pixels where known.

    Attributes:
        focus: where its point is, as shares of width and height; what is cropped is cropped about it.
        size_bytes: of the file, where its source says so.
    """

    url: str
    alt: str = ""
    width: int | None = None
    height: int | None = None
    credit: str = ""
    focus: tuple[float, float] = (0.5, 0.3)
    size_bytes: int | None = None

    @property
    def is_too_large(self) -> bool:
        """Tell whether it is more than a phone should load beside a mail, as far as its sizes are known."""
        sides = [side for side in (self.width, self.height) if side is not None]
        return (
            (self.size_bytes or 0) > MOST_PICTURE_BYTES
            or any(side > MOST_ON_A_SIDE for side in sides)
            or (len(sides) == 2 and sides[0] * sides[1] > MOST_PIXELS)
        )


@dataclass(frozen=True, slots=True)
class Passage:
    """A headed part of an article; `heading` is empty for the text before the first heading.

    Attributes:
        paragraphs: plain text, whitespace folded, none empty.
        level: 2 to 4, as in h2 to h4.
    """

    paragraphs: tuple[str, ...]
    heading: str = ""
    level: int = 2


@dataclass(frozen=True, slots=True)
class Article:
    """One cleaned piece, as a source gave it.

    Attributes:
        url: canonical; what articles are told apart by.
        link: what a reader opens, where that is more than `url`: with the place in the page (`#entry-3`).
        guid: the source's own name for it, unique only within that source; may be empty.
        published: aware, UTC; None where the source gave none or an implausible one.
        published_on: set instead of `published` where the source gave a date without a time.
        updated: aware, UTC.
        label: what marks it as an advertisement, as its source wrote it; empty where nothing does.
        form: the kind of piece that its data say it is (`live`, `video`); empty where they say none.
        page_problem: why its own page's text was not taken, the end of a sentence that starts with "Its
            page"; empty where it was, or was not asked for.
        date_problem: where neither date is set because the source's can't be used: its stamp and what is
            wrong with it, the end of a sentence that starts with "Its date".
        summary: the source's own standfirst, plain text; may be empty.
        passages: the body; may be empty where only a title and summary are known.
        language: BCP 47, lower case primary tag (`en`, `pt-br`); empty where unknown.
        tags: the source's own categories, in its order.
        publisher: the name a reader knows the source by.
        source_place: where the source itself puts it, 1 the first; 0 where its order tells only dates.
    """

    source: SourceKey
    url: CanonicalUrl
    title: str
    guid: str = ""
    byline: str = ""
    published: datetime | None = None
    published_on: date | None = None
    updated: datetime | None = None
    summary: str = ""
    passages: tuple[Passage, ...] = ()
    language: str = ""
    tags: tuple[str, ...] = ()
    image: Image | None = None
    publisher: str = ""
    page_problem: str = ""
    label: str = ""
    form: str = ""
    date_problem: str = ""
    link: str = ""
    source_place: int = 0

    @property
    def address(self) -> str:
        """Return what a reader opens."""
        return self.link or self.url

    @property
    def id(self) -> ArticleId:
        """Return the key this article is stored under."""
        return article_id(self.source, self.guid or self.url)

    @property
    def voice(self) -> str:
        """Return who speaks, as readers are told: the publisher, else the host of the address."""
        return self.publisher.strip() or (urlsplit(self.url).hostname or "").removeprefix("www.")

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Return every paragraph of the body in reading order, headings left out."""
        return tuple(text for passage in self.passages for text in passage.paragraphs)

    @property
    def text(self) -> str:
        """Return the body as one string, paragraphs apart by a blank line."""
        return "\n\n".join(self.paragraphs)

    @property
    def content_hash(self) -> str:
        """Return 16 hex digits that change when title, summary or body change."""
        said = "\x1f".join((self.title, self.summary, *self.paragraphs))
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @property
    def identities(self) -> tuple[Identity, ...]:
        """Return the names by which an earlier edition may already hold this article.

        The URL counts without its scheme, a `www.`, `m.` or `amp.` and a closing slash, so that a site's
        move to https or another spelling of its name brings nothing back; then as `page_name` tells it.
        So does a guid that is an address.
        """
        host, slash, path = self.url.partition("://")[2].partition("/")
        names = [
            f"url:{_HOST_VARIANT.sub('', host)}{slash}{path}".rstrip("/"),
            f"url:{page_name(self.url)}",
        ]
        if self.guid:
            names += [f"guid:{self.source}|{self.guid}", f"guid:{self.source}|{_guid_name(self.guid)}"]
        return tuple(Identity(name) for name in dict.fromkeys(names))

    @property
    def page(self) -> Identity:
        """Return what its page is known by, however its address is spelled."""
        return Identity(f"url:{page_name(self.url)}")


def page_name(url: str) -> str:
    """Return what one page's addresses share, of those that a site gives it.

    No scheme, no `www.`, `m.` or `amp.`, no closing slash, no file that a folder opens with, no mark of AMP
    or of a printed copy, and what is asked in one order; the place in the page stays.
    """
    whole, hash_sign, place = url.partition("#")
    whole, _, query = whole.partition("?")
    host, _, path = whole.partition("://")[2].partition("/")
    path = _DOUBLE_SLASH.sub("/", _INDEX.sub("", f"/{path}")).rstrip("/")
    path = _AMP_FIRST.sub("/", _AMP_LAST.sub(r"\1", path))
    asked = [piece for piece in query.split("&") if piece and not _PRINTED.fullmatch(piece)]
    names = [piece.partition("=")[0] for piece in asked]
    asked = sorted(asked) if len(set(names)) == len(names) else asked
    told = f"?{'&'.join(asked)}" if asked else ""
    return f"{_HOST_VARIANT.sub('', host.lower())}{path}{told}{hash_sign}{place}"


def _guid_name(guid: str) -> str:
    if guid.startswith(("http://", "https://")):
        return page_name(guid.replace("&amp;", "&"))
    bare = guid[9:] if guid[:9].lower() == "urn:uuid:" else guid
    return bare.strip("{}").lower() if _UUID.fullmatch(bare) else bare


_SHARED_HOSTS = frozenset(
    {
        "news.google.com",
        "yahoo.com",
        "msn.com",
        "flipboard.com",
        "medium.com",
        "feedproxy.google.com",
        "t.co",
        "bit.ly",
        "feedburner.com",
        "apple.news",
        "smartnews.com",
        "newsbreak.com",
        "dailyhunt.in",
        "opera.news",
    }
)
"""Sites that print other publishers' articles."""
_HOMES = frozenset(
    [
        "substack.com",
        "wordpress.com",
        "blogspot.com",
        "github.io",
        "gitlab.io",
        "pages.dev",
        "netlify.app",
        "vercel.app",
        "medium.com",
        "tumblr.com",
        "ghost.io",
        "beehiiv.com",
        "weebly.com",
        "wixsite.com",
        "squarespace.com",
        "typepad.com",
        "livejournal.com",
        "over-blog.com",
        "hatenablog.com",
        "ameblo.jp",
        "naver.com",
        "tistory.com",
        "neocities.org",
        "bearblog.dev",
        "micro.blog",
        "hypotheses.org",
        "altervista.org",
        "canalblog.com",
        "jimdo.com",
        "webflow.io",
        "myshopify.com",
        "google.com",
    ]
)
"""Sites whose subdomains belong to others."""
_SECOND_LEVELS = frozenset({"co", "com", "net", "org", "gov", "go", "ac", "edu", "or", "ne", "in", "web"})
_ARTICLE = re.compile(
    r"^(?:the|der|die|das|le|la|les|el|il|lo|los|las|het|de|os|as|o|a|al)[\s-]+"
    r"|\.(?:com|org|net|co|news|info|online|tv|[a-z]{2})(?:\.[a-z]{2})?$|\s(?:online|digital)$"
    r"|[^\w\s]+"
)


def is_same_voice(one: Article, other: Article) -> bool:
    """Tell whether two articles are one publisher's: by its name, or by the site both stand on.

    A site is a domain with all that stands below it, but for homes of many and for aggregators.
    """
    if _spoken_name(one) == _spoken_name(other):
        return True
    site = _site(one)
    return bool(site) and site == _site(other) and site not in _SHARED_HOSTS


def distinct_voices(articles: Sequence[Article]) -> tuple[Article, ...]:
    """Return the first article of each publisher, in order."""
    found: list[Article] = []
    for article in articles:
        if not any(is_same_voice(article, known) for known in found):
            found.append(article)
    return tuple(found)


def _spoken_name(article: Article) -> str:
    """Return the publisher's name as it compares: without case, accents, article, ending and signs."""
    name = unicodedata.normalize("NFKD", article.voice.casefold())
    bare = "".join(sign for sign in name if not unicodedata.combining(sign)).strip()
    return " ".join(_ARTICLE.sub(" ", bare).split()) or bare


def _site(article: Article) -> str:
    """Return the domain that its owner registered, as far as its form tells; a whole host else."""
    host = _HOST_VARIANT.sub("", (urlsplit(article.url).hostname or "").casefold())
    labels = host.split(".")
    if len(labels) < 3 or host in _SHARED_HOSTS or labels[-1].isdigit() or ":" in host:
        return host
    is_deep = len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVELS
    site = ".".join(labels[-3:] if is_deep else labels[-2:])
    return host if site in _HOMES else site


@dataclass(frozen=True, slots=True)
class SeenArticle:
    """An article with what our own clock knows of it.

    Attributes:
        first_seen: when a crawl of ours first met it; aware, UTC.
        changed_at: when its `content_hash` last changed under our eyes; equals `first_seen` at first.
        is_backlog: it was met on its source's first crawl ever: old and undated things look new there.
        gone_at: when its page answered 404 or 410, or the source withdrew it.
    """

    article: Article
    first_seen: datetime
    changed_at: datetime
    is_backlog: bool = False
    gone_at: datetime | None = None


class StoryLabel(StrEnum):
    """Why a story that readers know comes back."""

    NONE = ""
    UPDATE = "update"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class Story:
    """Articles about one event: one leads, the others are "also reported by", best first."""

    lead: Article
    others: tuple[Article, ...] = ()
    label: StoryLabel = StoryLabel.NONE
    score: float = 0.0

    @property
    def articles(self) -> tuple[Article, ...]:
        """Return the lead, then the others."""
        return (self.lead, *self.others)

    @property
    def named(self) -> tuple[Article, ...]:
        """Return the others that readers are told of: one of each other publisher, MOST_NAMED at most."""
        voices = {self.lead.voice.casefold(): self.lead}
        for article in self.others:
            voices.setdefault(article.voice.casefold(), article)
        return tuple(voices.values())[1 : MOST_NAMED + 1]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one piece of input; recorded, never fatal to the edition.

    Attributes:
        where: the feed, file, row or entry (`feed.xml, entry 3`).
        what: one sentence a person can act on.
    """

    where: str
    what: str

    def __str__(self) -> str:
        """Return one line."""
        return f"{self.where}: {self.what}"


@functools.lru_cache(maxsize=16_384)
def article_id(source: SourceKey, name: str) -> ArticleId:
    """Return the stable key of the thing that `source` calls `name` (its guid, else its URL)."""
    return ArticleId(hashlib.sha256(f"{source}\n{name}".encode()).hexdigest()[:16])


@dataclass(frozen=True, slots=True)
class Pushed:
    """An article that was pushed, as it came.

    Attributes:
        name: the pusher's own id.
        body: a JSON object.
        is_gone: it was withdrawn since.
    """

    name: str
    body: bytes
    is_gone: bool = False
