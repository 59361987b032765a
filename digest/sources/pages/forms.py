"""What form of piece a page says it is, in structured data: a live blog, a video, a job ad."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from digest.model import ArticleKind
from digest.sources.pages.structured import LinkedData, linked_data

OWN: Mapping[str, ArticleKind] = {
    "liveblogposting": ArticleKind.LIVE,
    "advertisercontentarticle": ArticleKind.AD,
    "jobposting": ArticleKind.JOB,
    "podcastepisode": ArticleKind.AUDIO,
    "radioepisode": ArticleKind.AUDIO,
    "quiz": ArticleKind.QUIZ,
    "imagegallery": ArticleKind.GALLERY,
    "mediagallery": ArticleKind.GALLERY,
}
"""Types of schema.org that say what the page is, whatever else is on it."""
ALONE: Mapping[str, ArticleKind] = {
    "videoobject": ArticleKind.VIDEO,
    "tvepisode": ArticleKind.VIDEO,
    "audioobject": ArticleKind.AUDIO,
}
"""Types that an article holds, too: they count where the page is no article."""
_ARTICLES = ("article", "blogposting", "reportage")
MAX_SCRIPTS = 20
MAX_SCRIPT = 500_000
MAX_THINGS = 200


def form_of(root: etree._Element, linked: Sequence[LinkedData] | None = None) -> str:
    """Return the kind that a page says it is; empty where it says none.

    Args:
        root: of the page.
        linked: its JSON-LD, where it was read already.
    """
    types = list(_types(root, linked_data(root) if linked is None else linked))
    own = next((OWN[one] for one in types if one in OWN), None)
    if own is not None:
        return own.value
    is_article = any(one.endswith(_ARTICLES) for one in types)
    if is_article:
        return ""
    alone = next((ALONE[one] for one in types if one in ALONE), None)
    if alone is not None:
        return alone.value
    for meta in root.iter("meta"):
        if (meta.get("property") or meta.get("name") or "").lower() == "og:type":
            return (
                ArticleKind.VIDEO.value if (meta.get("content") or "").lower().startswith("video") else ""
            )
    return ""


def _types(root: etree._Element, linked: Sequence[LinkedData]) -> Iterator[str]:
    """Yield the types of the things that a page describes at the top of its JSON-LD or microdata."""
    for number, script in enumerate(linked):
        if number >= MAX_SCRIPTS or len(script.text) > MAX_SCRIPT:
            break
        for thing in _things(script.value) if script.is_plain else ():
            named = thing.get("@type")
            for one in named if isinstance(named, list) else [named]:
                if isinstance(one, str):
                    yield one.rpartition("/")[2].lower()
    for element in root.iter("body", "main", "article", "html"):
        if named := element.get("itemtype"):
            yield named.rstrip("/").rpartition("/")[2].lower()


def _things(found: object) -> Iterator[Mapping[str, object]]:
    listed = found if isinstance(found, list) else [found]
    for thing in listed[:MAX_THINGS]:
        if not isinstance(thing, dict):
            continue
        yield thing
        for name in ("@graph", "mainEntity"):
            inner = thing.get(name)
            for one in (inner if isinstance(inner, list) else [inner])[:MAX_THINGS]:
                if isinstance(one, dict):
                    yield one
