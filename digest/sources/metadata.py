"""What a page says about itself: JSON-LD first, then Open Graph and other meta tags, then the markup."""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

from lxml import etree

from digest.model import Image
from digest.sources.markup import plain
from digest.sources.prose import fold, sameness_key
from digest.sources.urls import names_private_host

ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|Report|Posting|LiveBlog)$")
MAX_BYLINE = 200
MIN_IMAGE_PIXELS = 100

_ARTICLE_HINT = re.compile(r"\b(?:article|entry|post|story|single)[-_]?(?:title|headline|header|heading)\b")
_NOT_NAME = re.compile(r"https?://|@|^\W*$", re.IGNORECASE)
_EMAIL = re.compile(r"\s*[<(\[]?[\w.+-]+@[\w-]+\.[\w.-]+[>)\]]?\s*")


@dataclass(frozen=True, slots=True)
class Metadata:
    """A page's word on itself; dates are raw.

    Attributes:
        canonical: what the page calls its own address; may be empty.
        body: the article's text as JSON-LD gives it; may be empty.
    """

    title: str = ""
    byline: str = ""
    published: str = ""
    updated: str = ""
    summary: str = ""
    language: str = ""
    publisher: str = ""
    canonical: str = ""
    body: str = ""
    image: Image | None = None
    tags: tuple[str, ...] = field(default=())


def read_metadata(root: etree._Element, url: str = "") -> Metadata:
    """Return what the page whose root element this is says about itself.

    Args:
        url: where the page came from; relative pictures and links are resolved against it.
    """
    linked = _linked_article(root)
    metas = _metas(root)
    publisher = _first(
        _name(linked.get("publisher")), metas.get("og:site_name"), metas.get("application-name")
    )
    return Metadata(
        title=_title(root, linked, metas, publisher),
        byline=_first(
            clean_byline(_names(linked.get("author")) or _names(linked.get("creator"))),
            *(clean_byline(metas.get(name, "")) for name in ("author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author")),
            clean_byline(_marked_up(root, "author")),
        ),
        published=_first(
            _text(linked.get("datePublished")),
            *(metas.get(name) for name in ("article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.created", "pubdate", "publishdate", "publish_date", "parsely-pub-date", "sailthru.date", "og:published_time", "publication_date")),
            _time(root),
        ),
        updated=_first(
            _text(linked.get("dateModified")),
            *(metas.get(name) for name in ("article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified", "dcterms.modified")),
        ),
        summary=plain(_first(metas.get("og:description"), metas.get("description"), _text(linked.get("description")), metas.get("twitter:description"))),
        language=_language(root, linked, metas),
        publisher=plain(publisher),
        canonical=_canonical(root, metas, url),
        body=_text(linked.get("articleBody")),
        image=_image(linked, metas, url),
        tags=_tags(linked, root),
    )  # fmt: skip


def clean_byline(raw: str) -> str:
    """Return author names without addresses, links and a leading "by"; empty where no name is left."""
    text = _EMAIL.sub(" ", plain(raw)).strip(" ,;()")
    text = re.sub(
        r"^(?:by|par|von|por|na|per|door|written by|posted by|بقلم)\s*:?\s+", "", text, flags=re.IGNORECASE
    )
    if not text or _NOT_NAME.search(text) or len(text) > MAX_BYLINE:
        return ""
    return (
        ""
        if text.casefold() in {"admin", "administrator", "webmaster", "root", "noreply", "editor"}
        else text
    )


def language_tag(raw: str) -> str:
    """Return a BCP 47 tag in lower case, or the empty string where it is none."""
    tag = raw.strip().replace("_", "-").lower().split(",")[0].split(".")[0]
    return (
        tag if re.fullmatch(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}", tag) and tag not in {"und", "xx"} else ""
    )


def usable_image(address: str, base: str, **about: object) -> Image | None:
    """Return a picture that a mail may show, or None: no data URL, private host or tracking pixel.

    Args:
        base: what a relative address is relative to.
        about: `alt`, `width`, `height`, `credit`, as raw as they come.
    """
    try:
        absolute = urljoin(base, entities.unescape(address).strip()) if address else ""
    except ValueError:
        return None
    if (
        not absolute.startswith(("http://", "https://"))
        or names_private_host(absolute)
        or len(absolute) > 2000
    ):
        return None
    width, height = _pixels(about.get("width")), _pixels(about.get("height"))
    if any(size is not None and size < MIN_IMAGE_PIXELS for size in (width, height)):
        return None
    alt, credit = plain(_text(about.get("alt"))), plain(_text(about.get("credit")))
    return Image(absolute.replace(" ", "%20"), alt, width, height, credit)


def _linked_article(root: etree._Element) -> Mapping[str, object]:
    """Return the first article object of the page's JSON-LD."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        for thing in _things(_loads(script.text or "")):
            kinds = thing.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(name, str) and ARTICLE_TYPES.search(name) for name in names):
                return thing
    return {}


def _loads(text: str) -> object:
    text = re.sub(
        r"^\s*(?:<!\[CDATA\[|//\s*<!\[CDATA\[|<!--)|(?://\s*\]\]>|\]\]>|-->)\s*;?\s*$", "", text.strip()
    )
    for candidate in (text, re.sub(r"[\x00-\x1f]+", " ", text)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _things(value: object, depth: int = 0) -> Iterator[Mapping[str, object]]:
    if depth > 4:
        return
    if isinstance(value, list):
        for entry in value:
            yield from _things(entry, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _things(value.get(name), depth + 1)


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
    heads = [plain(_inner(head)) for head in root.iter("h1")]
    hinted = next(
        (
            plain(_inner(head))
            for head in root.iter("h1", "h2")
            if _ARTICLE_HINT.search((head.get("class") or "").lower())
        ),
        "",
    )
    named = [
        plain(text)
        for text in (
            _text(linked.get("headline")),
            metas.get("og:title", ""),
            metas.get("twitter:title", ""),
        )
    ]
    shown = next((plain(_inner(element)) for element in root.iter("title") if element.getparent() is None or element.getparent().tag == "head"), "")  # fmt: skip
    for head in heads:
        if head and any(_contains(other, head) for other in (*named, shown)):
            return head
    for candidate in (*named, hinted):
        if candidate:
            return _without_site(candidate, publisher)
    if len([head for head in heads if head]) == 1 and not shown:
        return next(head for head in heads if head)
    return _without_site(shown, publisher, is_page_title=True) or next((head for head in heads if head), "")


def _contains(whole: str, part: str) -> bool:
    return bool(whole) and f" {sameness_key(part)} " in f" {sameness_key(whole)} " and len(part.split()) > 1


def _without_site(title: str, publisher: str, *, is_page_title: bool = False) -> str:
    pieces = re.split(r"\s+[|–—·•»:-]\s+", title)
    if len(pieces) == 1:
        return title
    name = sameness_key(publisher)
    if name and sameness_key(pieces[-1]) == name:
        return title[: title.rfind(pieces[-1])].rstrip(" |–—·•»:-")
    if is_page_title and len(pieces[-1].split()) <= 4 and len(title) - len(pieces[-1]) > 20:
        return title[: title.rfind(pieces[-1])].rstrip(" |–—·•»:-")
    return title


def _inner(element: etree._Element) -> str:
    return fold(" ".join(str(text) for text in element.itertext()))


def _marked_up(root: etree._Element, name: str) -> str:
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.get("itemprop") == name or (
            element.tag == "a" and name in (element.get("rel") or "").split()
        ):
            text = element.get("content") or _inner(element)
            if text and len(text) < MAX_BYLINE:
                return text
    return ""


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
            return _joined(url, link.get("href", ""))
    return _joined(url, metas.get("og:url", ""))


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address.strip()) if address else ""
    except ValueError:
        return ""


def _image(linked: Mapping[str, object], metas: Mapping[str, str], url: str) -> Image | None:
    shared = _first(metas.get("og:image:secure_url"), metas.get("og:image"), metas.get("og:image:url"), metas.get("twitter:image"), metas.get("twitter:image:src"))  # fmt: skip
    if shared:
        found = usable_image(
            shared, url, alt=_first(metas.get("og:image:alt"), metas.get("twitter:image:alt")),
            width=metas.get("og:image:width"), height=metas.get("og:image:height"),
        )  # fmt: skip
        if found:
            return found
    pictures = linked.get("image")
    first = pictures[0] if isinstance(pictures, list) and pictures else pictures
    if isinstance(first, dict):
        return usable_image(
            _text(first.get("url")), url, alt=_first(_text(first.get("caption")), _text(first.get("name"))),
            width=first.get("width"), height=first.get("height"), credit=_text(first.get("creditText")),
        )  # fmt: skip
    return usable_image(_text(first), url)


def _tags(linked: Mapping[str, object], root: etree._Element) -> tuple[str, ...]:
    raw: list[str] = []
    for name in ("articleSection", "keywords"):
        value = linked.get(name)
        raw.extend(value if isinstance(value, list) else re.split(r"[,;]", _text(value)))
    raw.extend(
        meta.get("content") or ""
        for meta in root.iter("meta")
        if meta.get("property") in {"article:tag", "article:section"}
    )
    return unique_tags(_text(tag) for tag in raw)


def unique_tags(raw: Iterable[str]) -> tuple[str, ...]:
    """Return tags as plain text, each once whatever its case, none empty or longer than 80 characters."""
    found: dict[str, str] = {}
    for tag in raw:
        text = plain(tag)
        if text and len(text) <= 80:
            found.setdefault(text.casefold(), text)
    return tuple(found.values())


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


def _pixels(value: object) -> int | None:
    if isinstance(value, dict):
        value = value.get("value")
    match = re.fullmatch(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*", str(value)) if value is not None else None
    return int(match.group(1)) if match else None


def _first(*candidates: str | None) -> str:
    return next((candidate for candidate in candidates if candidate), "")
