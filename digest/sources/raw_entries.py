"""Where each entry of a feed begins and ends in its bytes, found without parsing it."""

from __future__ import annotations

import re
from collections.abc import Iterable

Span = tuple[int, int]
"""From the first byte of an entry to the first one after it."""

_TELLING = re.compile(rb"<(?:(!--)|(!\[CDATA\[)|(/?)(?:[\w.-]{1,40}:)?(?:item|entry)(?=[\s>/]))")
_OPENING = re.compile(
    rb"<(?:!DOCTYPE|rss|channel|(?:\w{1,40}:)?(?:RDF|feed))(?=[\s>])[^<>]*+>", re.IGNORECASE
)


def spans_of(data: bytes) -> list[Span]:
    """Return where the outermost entries of a feed are; nothing where that can't be told.

    What a comment or a CDATA section holds is no entry. One that nothing ends, or an entry that nothing
    ends, leaves all of it untold.
    """
    found: list[Span] = []
    at = depth = begins = 0
    while (tag := _TELLING.search(data, at)) is not None:
        at = tag.end()
        if tag[1] or tag[2]:
            end = b"-->" if tag[1] else b"]]>"
            at = data.find(end, at) + len(end)
            if at < len(end):
                return []
        elif tag[3]:
            depth -= 1
            at = data.find(b">", at) + 1
            if depth < 0 or not at:
                return []
            if depth == 0:
                found.append((begins, at))
        else:
            begins = begins if depth else tag.start()
            depth += 1
    return [] if depth else found


def without(data: bytes, spans: Iterable[Span]) -> bytes:
    """Return a feed without some of its entries."""
    kept, at = [], 0
    for begins, ends in spans:
        kept.append(data[at:begins])
        at = ends
    return b"".join([*kept, data[at:]])


def openings(data: bytes, spans: Iterable[Span]) -> bytes:
    """Return the tags that a feed begins with; its entries share their languages, bases and namespaces."""
    first = next((begins for begins, _ in spans), len(data))
    return b"".join(_OPENING.findall(data, 0, first))
