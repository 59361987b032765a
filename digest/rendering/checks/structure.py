"""Size, encoding and build of the HTML part."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from digest.rendering.budget import MAX_BYTES
from digest.rendering.checks.document import Document, describe
from digest.rendering.checks.findings import Finding, Level
from digest.rendering.html import MAX_STYLE_CHARACTERS

GMAIL_CLIPS_AT = 102 * 1024
"""Bytes of decoded HTML; Gmail cuts there, the unsubscribe link with it."""

MIN_PREHEADER, MAX_PREHEADER = 40, 140
"""Characters as displayed: an ideograph is as wide as two."""

_HIDDEN = re.compile(r"display\s*:\s*none")
_FILLING = re.compile("[\u2007\ufeff\u034f\u00a0\u200c\u200b\\s]+")
_LANDMARKS = ("main", "header", "footer", "nav", "aside")


def check(document: Document) -> Iterator[Finding]:
    """Yield what is wrong with size, style blocks, encoding, language, tables and headings."""
    yield from _size(document)
    yield from _styles(document)
    yield from _head(document)
    yield from _preheader(document)
    yield from _tables(document)
    yield from _headings(document)
    yield from _forbidden(document)


def latin_only(part: str, text: str) -> Iterator[Finding]:
    """Yield a finding where the part fits Latin-1: providers then label it so, and Gmail clips it."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return
    yield Finding(
        Level.WARNING,
        "charset",
        f"the {part} part",
        "has no character outside Latin-1, so that a provider may label it Latin-1 and Gmail clip it",
        "put one in, as a typographic dash or the preheader's filling",
    )


def _size(document: Document) -> Iterator[Finding]:
    size = len(document.source.encode())
    if size >= GMAIL_CLIPS_AT:
        yield Finding(
            Level.ERROR,
            "clip",
            "the HTML part",
            f"has {size:,} bytes, and Gmail cuts it off at {GMAIL_CLIPS_AT:,}",
            "shorten it: fewer items, or a lighter template",
        )
    elif size > MAX_BYTES:
        yield Finding(
            Level.WARNING,
            "size",
            "the HTML part",
            f"has {size:,} bytes of at most {MAX_BYTES:,}; tracking and longer links come on top",
            "shorten it before a provider makes Gmail clip it",
        )


def _styles(document: Document) -> Iterator[Finding]:
    for number, block in enumerate(document.style_blocks, start=1):
        if len(block) > MAX_STYLE_CHARACTERS:
            yield Finding(
                Level.ERROR,
                "style-block",
                f"style element {number}",
                f"has {len(block):,} characters, and Gmail drops it whole over {MAX_STYLE_CHARACTERS:,}",
                "split it into two elements, or shorten it",
            )
        if block.count("{") != block.count("}"):
            yield Finding(
                Level.ERROR,
                "style-block",
                f"style element {number}",
                "has braces that do not match, and Gmail drops it whole",
                "close every rule and every media condition",
            )
    for element in document.all("link"):
        if "stylesheet" in (element.get("rel") or "").lower():
            yield Finding(
                Level.ERROR,
                "style-block",
                describe(element),
                "is a style sheet elsewhere, which mail programs do not fetch",
                "write the rules into the mail",
            )


def _head(document: Document) -> Iterator[Finding]:
    def missing(element: str, problem: str, remedy: str, level: Level = Level.ERROR) -> Finding:
        return Finding(level, "document", element, problem, remedy)

    root = document.root
    if not document.source.lstrip().lower().startswith("<!doctype html>"):
        yield missing("the first line", "is no <!DOCTYPE html>", "begin with it: widths depend on it")
    for key, what in (("lang", "screen readers choose a voice by it"), ("dir", "lines run by it")):
        if not root.get(key):
            yield missing("<html>", f"has no {key} attribute", f"add it: {what}")
        inner = {one.get(key) for one in document.all("div", "table", "td")}
        if root.get(key) not in inner:
            remedy = f"repeat {key}: webmail cuts <html> off"
            yield missing("the wrapper", f"says no {key} again", remedy, Level.WARNING)
    titles = [title.text_content().strip() for title in document.all("title")]
    if not any(titles):
        yield missing("<title>", "is missing or empty", "write the subject into it")
    declared = any("utf-8" in (meta.get("charset") or "").lower() for meta in document.all("meta"))
    if not declared and "charset=utf-8" not in document.source[:2000].lower():
        yield missing("<meta charset>", "is missing", 'write <meta charset="utf-8"> first in the head')
    names = {(meta.get("name") or "").lower() for meta in document.all("meta")}
    for wanted, why in (
        ("viewport", "phones zoom out without it"),
        ("color-scheme", "dark mode is not honored without it"),
    ):
        if wanted not in names:
            yield missing(f"<meta name={wanted}>", "is missing", f"add it: {why}", Level.WARNING)


def _preheader(document: Document) -> Iterator[Finding]:
    body = document.root.find("body")
    first = next((one for one in document.all("div", "span") if one.text_content().strip()), None)
    is_hidden = first is not None and _HIDDEN.search(first.get("style") or "")
    if body is None or first is None or not is_hidden:
        yield Finding(
            Level.WARNING,
            "preheader",
            "the first text",
            "is no hidden preheader, so that the inbox shows whatever comes first",
            "begin the body with a hidden line of 40 to 140 characters",
        )
        return
    length = _displayed(_FILLING.sub(" ", first.text_content()).strip())
    if not MIN_PREHEADER <= length <= MAX_PREHEADER:
        yield Finding(
            Level.WARNING,
            "preheader",
            describe(first),
            f"has {length} characters as displayed",
            f"write {MIN_PREHEADER} to {MAX_PREHEADER}",
        )


def _displayed(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _tables(document: Document) -> Iterator[Finding]:
    for table in document.all("table"):
        if table.get("role") not in {"presentation", "none"} and not list(table.iter("th")):
            yield Finding(
                Level.ERROR,
                "tables",
                describe(table),
                "is read out as a table of data",
                'add role="presentation"',
            )
    for landmark in document.all(*_LANDMARKS):
        yield Finding(
            Level.WARNING,
            "landmarks",
            describe(landmark),
            "is a landmark, and webmail has its own around the mail",
            "use a div or a table cell",
        )


def _headings(document: Document) -> Iterator[Finding]:
    headings = list(document.all("h1", "h2", "h3", "h4", "h5", "h6"))
    if sum(one.tag == "h1" for one in headings) != 1:
        yield Finding(
            Level.WARNING, "headings", "<h1>", "is not there exactly once", "let it be the mail's name"
        )
    for before, after in pairwise(headings):
        if int(str(after.tag)[1]) - int(str(before.tag)[1]) > 1:
            yield Finding(
                Level.WARNING,
                "headings",
                describe(after),
                f"follows an <{before.tag}>: a level is left out",
                "use the next level",
            )


def _forbidden(document: Document) -> Iterator[Finding]:
    for element in document.all("script", "iframe", "object", "embed", "form", "video", "audio", "svg"):
        yield Finding(
            Level.ERROR if element.tag in {"script", "iframe", "object", "embed"} else Level.WARNING,
            "elements",
            describe(element),
            "is taken out by mail programs, or makes them distrust the mail",
            "say it with text, pictures and links",
        )
