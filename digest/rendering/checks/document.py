"""A mail's HTML as a tree, with what every check asks of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree, html
from lxml.html import HtmlElement

from digest.rendering.stylesheets import Declaration, Rule, declarations, rules

_SAID = 40
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u034f\u2068\u2069\u00ad"))


def seen(text: str) -> str:
    """Return `text` as people compare it: invisible characters gone, white space folded."""
    return " ".join(text.translate(_UNSEEN).split())


@dataclass(frozen=True)
class Document:
    """The HTML part of a mail.

    Attributes:
        source: the part itself, decoded.
    """

    source: str

    @cached_property
    def root(self) -> HtmlElement:
        """Return the tree; an empty page where nothing can be read."""
        try:
            return html.document_fromstring(self.source or "<html></html>")
        except (etree.ParserError, ValueError):
            return html.document_fromstring("<html></html>")

    def all(self, *tags: str) -> Iterator[HtmlElement]:
        """Yield the elements with one of these tags, in document order; comments are no elements."""
        for element in self.root.iter(*tags):
            if isinstance(element.tag, str):
                yield element

    @cached_property
    def style_blocks(self) -> tuple[str, ...]:
        """Return the text of every style element."""
        return tuple(block.text_content() for block in self.all("style"))

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Return every rule of every style element, in order."""
        return rules("\n".join(self.style_blocks))

    @cached_property
    def texts(self) -> tuple[tuple[HtmlElement, str], ...]:
        """Return each text with the element that holds it, styles, scripts and titles left out."""
        found = []
        for element in self.all():
            if element.tag not in {"style", "script", "title"} and element.text and element.text.strip():
                found.append((element, element.text))
            parent = element.getparent()
            if parent is not None and element.tail and element.tail.strip():
                found.append((parent, element.tail))
        return tuple(found)


def inline(element: HtmlElement) -> tuple[Declaration, ...]:
    """Return what the element's style attribute declares."""
    return declarations(element.get("style") or "")


def name(element: HtmlElement) -> str:
    """Return what a screen reader calls the element: label, text, or the words for its pictures."""
    label = element.get("aria-label") or ""
    pictures = " ".join(picture.get("alt") or "" for picture in element.iter("img"))
    return seen(label or f"{element.text_content()} {pictures}")


def describe(element: HtmlElement) -> str:
    """Return the element so that it can be found: `<a class="m u"> “Unsubscribe”, line 34`."""
    marks = "".join(
        f' {key}="{value[:_SAID]}"' for key in ("class", "src", "href") if (value := element.get(key))
    )
    said = name(element)
    words = f" “{said[:_SAID]}{'…' if len(said) > _SAID else ''}”" if said else ""
    line = f", line {element.sourceline}" if element.sourceline else ""
    return f"<{element.tag}{marks}>{words}{line}"
