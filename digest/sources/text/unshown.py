"""Parts of a page that it keeps from readers' eyes: words for screen readers, and what styles hide."""

from __future__ import annotations

import functools
import re

from lxml import etree
from lxml import html as lxml_html

_MOST = 3_000
"""No article hides more; each that goes copies the text behind it."""
_LONGEST = 300
"""In characters: longer parts are articles that a script shows, not words for screen readers."""

_HINTS = (
    b"hidden", b"hide", b"invisible", b"screen", b"sr", b"assistive", b"a11y", b"accessib", b"audible",
    b"wai-", b"display", b"visibility", b"clip", b"-999", b"font-size", b"reader", b"skip", b"vh",
    b"d-none", b"<template",
)  # fmt: skip
"""One of these is in every page that hides words, in small letters."""
_SIGNS = (b"class", b"style", b"hidden", b"<template")
"""And one of these: without one nothing below is found."""
_NAMED = re.compile(
    r"visuallyhid|hid(?:den|e)visually|screenreader|sronly|srtext|showforsr|accessib(?:ly|le|ility)hid"
    r"|a11y(?:hid|only|text|txt)|assistivetext|textassistive|elementinvisible|waihid|forscreenreader"
    r"|readersonlytext|skip(?:to)?link|skiptocontent"
)
"""In a class's name, in small letters without hyphens: frameworks' words for screen readers only."""
_INLINE_NAMES = frozenset(
    {
        "sr", "vh", "offscreen", "off-screen", "invisible", "hidden", "hide", "is-hidden", "u-hidden",
        "d-none", "display-none", "audible", "reader-only", "uk-hidden", "visibility-hidden", "u-hide",
    }
)  # fmt: skip
"""Names that also stand on parts that a script shows later: believed on a few words within a line only."""
_INLINE = frozenset({"span", "a", "b", "i", "em", "strong", "small", "label", "sup", "sub", "abbr", "font"})
_SHOWN_ELSEWHERE = re.compile(
    r":(?:block|inline|flex|grid|table|visible|contents)|\bd-\w{2,3}-(?!none)|\bvisible-\w{2}\b"
)
"""On one kind of screen only."""
_NAMES_APART = str.maketrans("", "", "-_")
_HIDDEN_STYLE = re.compile(
    r"display:none|visibility:hidden|clip:rect\((?:0|1px)|clip-path:inset\((?:50|100)%"
    r"|(?:left|top|text-indent):-\d{3}|font-size:0(?:px|em|pt)?(?:;|!|$)|mso-hide:all"
)
_TEMPLATES = "//template[not(@shadowrootmode)]"
"""What a script would show; one with a root of its own is shown at once."""
_ANY_NAME = "//*[@class or @style or @hidden or @aria-hidden]"


def is_hidden(element: etree._Element) -> bool:
    """Tell whether the page itself keeps the element from readers, however long it is."""
    if not element.keys():
        return False
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = element.get("style")
    return style is not None and bool(re.search(r"display:none|visibility:hidden", _squeezed(style)))


def drop_unshown(root: lxml_html.HtmlElement, small: bytes) -> None:
    """Take short hidden parts, and what waits for a script, out of the tree.

    Args:
        root: of a page or a fragment.
        small: its source in small letters; most hides nothing.
    """
    if not any(sign in small for sign in _SIGNS) or not any(hint in small for hint in _HINTS):
        return
    for element in root.xpath(_TEMPLATES)[:_MOST]:
        if element.getparent() is not None:
            element.drop_tree()
    named = root.xpath(_ANY_NAME)
    for element in [one for one in named if one.get("aria-hidden") == "true" and _is_seen(one)]:
        del element.attrib["aria-hidden"]
    for element in [one for one in named if _is_unshown(one)][:_MOST]:
        is_there = element.getparent() is not None and element.tag not in {"html", "body"}
        if is_there and len(element.text_content()) <= _LONGEST:
            element.drop_tree()


def _is_unshown(element: lxml_html.HtmlElement) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if (style := element.get("style")) and _HIDDEN_STYLE.search(_squeezed(style)):
        return True
    names = element.get("class")
    return bool(names) and _is_name_of_hidden(names, is_inline=str(element.tag) in _INLINE)


def _is_seen(element: lxml_html.HtmlElement) -> bool:
    """Tell whether what screen readers skip is for eyes: an initial, a picture, what is told twice."""
    text = element.text_content().strip()
    if not any(map(str.isalnum, text)):
        return element.tag == "a" and next(element.iter("img"), None) is not None
    if len(text) == 1 and (element.tail or "")[:1].islower():
        return True
    after, before = element.getnext(), element.getprevious()
    beside = [after] if after is not None and not (element.tail or "").strip() else []
    beside += [before] if before is not None and not (before.tail or "").strip() else []
    return any(
        _is_name_of_hidden(other.get("class") or "", is_inline=False)
        and any(map(str.isalnum, other.text_content()))
        for other in beside
    )


@functools.lru_cache(maxsize=4096)
def _is_name_of_hidden(names: str, *, is_inline: bool) -> bool:
    tokens = [name for name in names.lower().split() if ":" not in name and "not-" not in name]
    if any(_NAMED.search(name.translate(_NAMES_APART)) for name in tokens):
        return True
    is_named = is_inline and not _INLINE_NAMES.isdisjoint(tokens)
    return is_named and not _SHOWN_ELSEWHERE.search(names.lower())


def _squeezed(style: str) -> str:
    return "".join(style.lower().split())
