"""What a page says about itself: JSON-LD first, then Open Graph and other meta tags, then the markup."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from digest.model import Image
from digest.sources.pages.headlines import clean_title
from digest.sources.pages.pictures import of_page, picture_problem
from digest.sources.pages.structured import LinkedData, linked_article, linked_data
from digest.sources.text.blocks import fold, sameness_key
from digest.sources.text.fields import clean_byline, language_tag, split_tags, unique_tags
from digest.sources.text.markup import plain
from digest.sources.web.urls import absolute

MAX_MARKED_UP = 200
MAX_PICTURES = 10
MAX_INNER = 10_000
"""In characters: how much of an element's text is read for a name or a date."""
MAX_CANDIDATES = 500
"""How many elements that claim to be a byline are looked at."""

BYLINE_METAS = ("author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author")
PUBLISHER_METAS = ("og:site_name", "application-name", "dc.publisher")
PUBLISHED_METAS = (
    *("article:published_time", "og:published_time", "datepublished", "date", "pubdate", "publishdate"),
    *("publish_date", "publication_date", "parsely-pub-date", "sailthru.date"),
    *("dc.date", "dc.date.issued", "dcterms.created", "dcterms.issued"),
)
UPDATED_METAS = (
    *("article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified"),
    "dcterms.modified",
)
PICTURE_NAMES = frozenset({"twitter:image", "twitter:image:src", "image", "image_src", "thumbnailurl"})
"""By name, property, itemprop or rel, after Open Graph's."""

_BYLINE_CLASS = re.compile(r"(?:^|[\s_-])(?:byline|author[-_]?name|post[-_]author|author)(?:$|[\s_-])")
_ARTICLE_HINT = re.compile(r"\b(?:article|entry|post|story|single)[-_]?(?:title|headline|header|heading)\b")


@dataclass(frozen=True, slots=True)
class Metadata:
    """A page's word on itself.

    Attributes:
        published: raw, everywhere the page says it, the likeliest first.
        updated: the same.
        canonical: what the page calls its own address; may be empty.
        body: the article's text as JSON-LD gives it; may be empty.
    """

    title: str = ""
    byline: str = ""
    published: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    summary: str = ""
    language: str = ""
    publisher: str = ""
    canonical: str = ""
    body: str = ""
    image: Image | None = None
    tags: tuple[str, ...] = field(default=())
    kind: str = ""
    is_article: bool = False
    is_free: bool | None = None
    picture_problem: str = ""


def read_metadata(
    root: etree._Element, url: str = "", scripts: Sequence[LinkedData] | None = None
) -> Metadata:
    """Return what the page whose root element this is says about itself.

    Args:
        root: of the parsed page.
        url: where the page came from; relative pictures and links are resolved against it.
        scripts: its JSON-LD, where it was read already.
    """
    linked = linked_article(linked_data(root) if scripts is None else scripts)
    metas = _metas(root)
    publisher = plain(
        _first(_name(linked.get("publisher")), *(metas.get(name, "") for name in PUBLISHER_METAS))
    )
    bylines = (
        _names(linked.get("author")),
        _names(linked.get("creator")),
        *(metas.get(name, "") for name in BYLINE_METAS),
        _marked_up(root, "author"),
        _classed_byline(root),
    )
    stamps = (
        _text(linked.get("datePublished")),
        *(metas.get(name, "") for name in PUBLISHED_METAS),
        _time(root),
    )
    updates = (_text(linked.get("dateModified")), *(metas.get(name, "") for name in UPDATED_METAS))
    summaries = (metas.get("og:description"), metas.get("description"), _text(linked.get("description")))
    pictures = _pictures(root, linked, metas)
    image = of_page(root, pictures, url)
    return Metadata(
        title=_title(root, linked, metas, publisher),
        byline=_first(*(clean_byline(raw) for raw in bylines)),
        published=tuple(dict.fromkeys(filter(None, stamps))),
        updated=tuple(dict.fromkeys(filter(None, updates))),
        summary=plain(_first(*summaries, metas.get("twitter:description"))),
        language=_language(root, linked, metas),
        publisher=publisher,
        canonical=_canonical(root, metas, url),
        body=_text(linked.get("articleBody")),
        image=image,
        picture_problem="" if image else picture_problem(pictures, url),
        tags=_tags(linked, root),
        kind=metas.get("og:type", "").lower()[:40],
        is_article=bool(linked),
        is_free=False if metas.get("article:content_tier") == "locked" else _is_free(root, linked),
    )


def _is_free(root: etree._Element, linked: Mapping[str, object]) -> bool | None:
    """Return what JSON-LD or microdata says of free reading; what a part of the page says counts, too."""
    said = [linked.get("isAccessibleForFree")]
    parts = linked.get("hasPart")
    listed = parts if isinstance(parts, list) else [parts]
    said.extend(part.get("isAccessibleForFree") for part in listed if isinstance(part, dict))
    marked = (one for one in root.iter("meta", "span") if one.get("itemprop") == "isAccessibleForFree")
    said.extend(one.get("content") or one.text for one in islice(marked, 5))
    words = {str(value).strip().lower().rpartition("/")[2] for value in said if value is not None}
    if words & {"false", "no", "0"}:
        return False
    return True if words & {"true", "yes", "1"} else None


def _metas(root: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        content = (meta.get("content") or "").strip()
        if name and content:
            found.setdefault(name, content)
    return found


def _title(
    root: etree._Element, linked: Mapping[str, object], metas: Mapping[str, str], publisher: str
) -> str:
    """Return the h1 that other titles confirm, else the best of those titles."""
    heads = [text for head in root.iter("h1") if (text := plain(_inner(head)))]
    named = [
        text
        for raw in (
            _text(linked.get("headline")),
            metas.get("og:title", ""),
            metas.get("twitter:title", ""),
        )
        if (text := plain(raw))
    ]
    titles = (element for element in root.iter("title") if next(element.iterancestors("svg"), None) is None)
    shown = next((plain(_inner(element)) for element in titles), "")
    for head in heads:
        if sameness_key(head) != sameness_key(publisher) and any(
            _contains(other, head) for other in (*named, shown)
        ):
            return head
    if named:
        return _without_site(named[0], publisher)
    hinted = (
        head for head in root.iter("h1", "h2") if _ARTICLE_HINT.search((head.get("class") or "").lower())
    )
    for element in hinted:
        return plain(_inner(element))
    if shown and not (len(heads) == 1 and sameness_key(shown) == sameness_key(publisher)):
        return _without_site(shown, publisher, is_page_title=True)
    return heads[0] if heads else ""


def _contains(whole: str, part: str) -> bool:
    return bool(whole) and f" {sameness_key(part)} " in f" {sameness_key(whole)} " and len(part.split()) > 1


def _without_site(title: str, publisher: str, *, is_page_title: bool = False) -> str:
    if (bare := clean_title(title, publisher)) != title:
        return bare
    pieces = re.split(r"(?<!\s)\s+[|–—·•»:-]\s+", title)
    if (
        len(pieces) > 1
        and is_page_title
        and len(pieces[-1].split()) <= 4
        and len(title) - len(pieces[-1]) > 20
    ):
        return title[: title.rfind(pieces[-1])].rstrip(" |–—·•»:-")
    return title


def _inner(element: etree._Element) -> str:
    """Return the beginning of an element's text: nested elements would each read all of a long page."""
    pieces, room = [], MAX_INNER
    for text in element.itertext():
        pieces.append(str(text)[:room])
        room -= len(pieces[-1])
        if room <= 0:
            break
    return fold(" ".join(pieces))


def _marked_up(root: etree._Element, name: str) -> str:
    """Return the text of the first element that is marked as the property."""
    marked = (
        element
        for element in root.iter("*")
        if element.get("itemprop") == name
        or (element.tag == "a" and name in (element.get("rel") or "").split())
    )
    for element in islice(marked, MAX_CANDIDATES):
        text = element.get("content") or _inner(element)
        if text and len(text) < MAX_MARKED_UP and not _is_of_comment(element):
            return text
    return ""


def _classed_byline(root: etree._Element) -> str:
    """Return the short text of the first element whose class calls it a byline, if names are in it."""
    classed = (
        element
        for element in root.iter("p", "span", "div", "a", "address", "li")
        if _is_byline_class((element.get("class") or "").lower())
    )
    for element in islice(classed, MAX_CANDIDATES):
        if _is_of_comment(element):
            continue
        text = clean_byline(_inner(element))
        spelled = text.split()
        if 0 < len(spelled) <= 8 and all(not word[0].islower() or word == "and" for word in spelled):
            return text
    return ""


def _is_byline_class(name: str) -> bool:
    # most hold neither word: an expression tried on each took half the time of all metadata
    return ("author" in name or "byline" in name) and bool(_BYLINE_CLASS.search(name))


def _is_of_comment(element: etree._Element) -> bool:
    """Tell whether an element belongs to a reader's comment or to the form for one."""
    return any(
        each.tag == "form" or "comment" in f"{each.get('class')} {each.get('id')}".lower()
        for each in (element, *element.iterancestors())
        if each.tag != "body"
    )


def _time(root: etree._Element) -> str:
    """Return the stamp of an element that claims to be the publication date."""
    for element in root.iter("time", "span", "abbr", "meta"):
        claims = element.get("itemprop") == "datePublished" or element.get("pubdate") is not None
        if claims:
            return element.get("datetime") or element.get("content") or _inner(element)
    times = [element for element in root.iter("time") if element.get("datetime")]
    return times[0].get("datetime", "") if len(times) == 1 else ""


def _language(root: etree._Element, linked: Mapping[str, object], metas: Mapping[str, str]) -> str:
    page = next((element for element in root.iter("html")), root)
    for raw in (
        _text(linked.get("inLanguage")),
        page.get("lang") or "",
        metas.get("og:locale", ""),
        metas.get("language", ""),
    ):
        if tag := language_tag(raw):
            return tag
    return ""


def _canonical(root: etree._Element, metas: Mapping[str, str], url: str) -> str:
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            return absolute(url, link.get("href", ""))
    return absolute(url, metas["og:url"]) if metas.get("og:url") else ""


def _pictures(
    root: etree._Element, linked: Mapping[str, object], metas: Mapping[str, str]
) -> list[tuple[object, Mapping[str, object]]]:
    """Return the pictures that a page names for whoever shows it elsewhere, with what it says of each."""
    found = _graph_pictures(root)
    alt = _first(metas.get("og:image:alt"), metas.get("twitter:image:alt"))
    for each in (*root.iter("meta"), *root.iter("link")):
        names = {(each.get(name) or "").strip().lower() for name in ("property", "name", "itemprop", "rel")}
        if not names.isdisjoint(PICTURE_NAMES):
            found.append((each.get("content") or each.get("href"), {"alt": alt}))
    for name in ("image", "thumbnailUrl"):
        pictures = linked.get(name)
        for one in (pictures if isinstance(pictures, list) else [pictures])[:MAX_PICTURES]:
            known = one if isinstance(one, dict) else {"url": one}
            about = {"alt": known.get("caption") or known.get("name"), "credit": known.get("creditText")}
            found.append((known.get("url") or known.get("contentUrl"), {**about, **known}))
    return found[: 3 * MAX_PICTURES]


def _graph_pictures(root: etree._Element) -> list[tuple[object, Mapping[str, object]]]:
    """Return the pictures of Open Graph, each with what the tags after it say of it."""
    pictures: list[dict[str, str]] = []
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").strip().lower()
        content = meta.get("content") or ""
        if name in {"og:image", "og:image:url"}:
            if not pictures or pictures[-1].get("url", content) != content:
                pictures.append({})
            pictures[-1]["url"] = content
        elif name.startswith("og:image:"):
            if not pictures:
                pictures.append({})
            pictures[-1][name.removeprefix("og:image:")] = content
    found: list[tuple[object, Mapping[str, object]]] = []
    for each in pictures[:MAX_PICTURES]:
        found += [(each[name], each) for name in ("secure_url", "url") if each.get(name)]
    return found


def _tags(linked: Mapping[str, object], root: etree._Element) -> tuple[str, ...]:
    raw: list[str] = []
    for name in ("articleSection", "keywords"):
        value = linked.get(name)
        raw.extend(value if isinstance(value, list) else split_tags(_text(value)))
    named = {"article:tag", "article:section"}
    raw.extend(meta.get("content") or "" for meta in root.iter("meta") if meta.get("property") in named)
    return unique_tags(_text(tag) for tag in raw)


def _names(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(name for entry in value if (name := _name(entry))))
    return _name(value)


def _name(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("name")
    return fold(value) if isinstance(value, str) else ""


def _text(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or ""
    return value if isinstance(value, str) else ""


def _first(*candidates: str | None) -> str:
    return next((candidate for candidate in candidates if candidate), "")
