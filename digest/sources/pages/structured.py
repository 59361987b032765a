"""What a page's JSON-LD says of its article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from lxml import etree

ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|Report|Posting|LiveBlog)$")


def linked_article(root: etree._Element) -> Mapping[str, object]:
    """Return the first article object of the page's JSON-LD; empty where there is none."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        for thing in _things(_loads(script.text or "")):
            kinds = thing.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(ARTICLE_TYPES.search(name) for name in names if isinstance(name, str)):
                return thing
    return {}


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
