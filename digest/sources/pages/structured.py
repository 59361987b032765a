"""What a page's JSON-LD says of its article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|Report|Posting|LiveBlog)$")

MAX_NAMED = 20
"""Pictures of one article that are looked up."""


@dataclass(frozen=True, slots=True)
class LinkedData:
    """One script of JSON-LD, parsed once for all who read it.

    Attributes:
        value: what it holds, however it is wrapped; None where it can't be read.
        is_plain: nothing had to be taken off it first.
    """

    text: str
    value: object
    is_plain: bool


def linked_data(root: etree._Element) -> tuple[LinkedData, ...]:
    """Return the page's scripts of JSON-LD, in order."""
    scripts = (one for one in root.iter("script") if "ld+json" in (one.get("type") or "").lower())
    return tuple(_read(script.text or "") for script in scripts)


def linked_article(scripts: Iterable[LinkedData]) -> Mapping[str, object]:
    """Return the first article object of the page's JSON-LD; empty where there is none.

    A picture that it names by `@id` alone is given as the page's data has it elsewhere.
    """
    things = [thing for script in scripts for thing in _things(script.value)]
    for thing in things:
        kinds = thing.get("@type")
        names = kinds if isinstance(kinds, list) else [kinds]
        if any(ARTICLE_TYPES.search(name) for name in names if isinstance(name, str)):
            return {**thing, "image": _resolved(thing.get("image"), things)} if "image" in thing else thing
    return {}


def _resolved(value: object, things: Iterable[Mapping[str, object]]) -> object:
    if isinstance(value, list):
        return [_resolved(one, things) for one in value[:MAX_NAMED]]
    if not isinstance(value, dict) or not isinstance(value.get("@id"), str) or "url" in value:
        return value
    return next((thing for thing in things if thing.get("@id") == value["@id"] and len(thing) > 1), value)


def _read(text: str) -> LinkedData:
    try:
        return LinkedData(text, json.loads(text), is_plain=True)
    except (ValueError, RecursionError):
        return LinkedData(text, _loads(text), is_plain=False)


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
