"""What a page's JSON-LD says: the article, and what else the page is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from lxml import etree

ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|Report|Posting|LiveBlog)$")
MAX_TYPES = 20
FORMS = MappingProxyType(
    {
        "LiveBlogPosting": "Live blog",
        "JobPosting": "Job offer",
        "Quiz": "Quiz",
        "Offer": "Deal",
        "VideoObject": "Video",
        "VideoGallery": "Video",
        "PodcastEpisode": "Podcast",
        "AudioObject": "Audio",
        "RadioEpisode": "Podcast",
        "ImageGallery": "Photo gallery",
        "MediaGallery": "Photo gallery",
        "video": "Video",
        "music": "Audio",
    }
)
"""What pages are that are no stories, by their types in schema.org and Open Graph."""
ADVERTISED = "AdvertiserContentArticle"


def linked_article(root: etree._Element) -> tuple[Mapping[str, object], tuple[str, ...]]:
    """Return the first article object of the page's JSON-LD and its types; without one, all types."""
    types: list[str] = []
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        for thing in _things(_loads(script.text or "")):
            kinds = thing.get("@type")
            names = [
                name for name in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(name, str)
            ]
            if any(map(ARTICLE_TYPES.search, names)):
                return thing, tuple(names)
            types += names[:MAX_TYPES]
    return {}, tuple(types[:MAX_TYPES])


def forms_of(types: Sequence[str], metas: Mapping[str, str]) -> tuple[str, ...]:
    """Return what the page is where it is no story, by its structured data, as tags say it."""
    told = [FORMS[name] for name in types if name in FORMS]
    started = metas.get("og:type", "").lower().partition(".")[0]
    return tuple(dict.fromkeys([*told, *([FORMS[started]] if started in FORMS else ())]))


def _loads(text: str) -> object:
    text = re.sub(
        r"^\s*(?:<!\[CDATA\[|//\s*<!\[CDATA\[|<!--)|(?://\s*\]\]>|\]\]>|-->)\s*(?:;\s*)?$", "", text.strip()
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
