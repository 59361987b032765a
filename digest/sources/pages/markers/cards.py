"""Cards within a text: a picture and a title that lead to another article."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from lxml import etree

from digest.sources.pages.markers.inlines import is_lead
from digest.sources.text.blocks import Block, fold

MOST_LINKS = 400
"""So many links of a page are looked at."""
MOST_CHARACTERS = 400
HEIGHT = 4
"""So far above its link a card begins."""
_KEPT = frozenset({"article", "main", "body", "html", "p", "section"})
_HEADINGS = ("h2", "h3", "h4", "h5", "h6", "img", "picture")


def drop_cards(root: etree._Element, *, is_marker: Callable[[Block], bool]) -> None:
    """Take out of a page what is a label and links with a heading or picture in them, and no more.

    Args:
        root: changed.
        is_marker: tells whether a line says that other articles follow.
    """
    links = islice((link for link in root.iter("a") if link.get("href")), MOST_LINKS)
    shown = [link for link in links if next(link.iter(*_HEADINGS), None) is not None or _is_headed(link)]
    for link in shown:
        card = _card(link, is_marker)
        parent = None if card is None else card.getparent()
        if card is not None and parent is not None:
            card.drop_tree()  # type: ignore[attr-defined]  # lxml.html's


def _is_headed(link: etree._Element) -> bool:
    parent = link.getparent()
    return parent is not None and str(parent.tag) in _HEADINGS


def _card(link: etree._Element, is_marker: Callable[[Block], bool]) -> etree._Element | None:
    """Return the smallest element around a link that has a label and nothing but links besides."""
    each: etree._Element | None = link
    for _ in range(HEIGHT):
        if each is None or str(each.tag) in _KEPT:
            return None
        texts = [text for one in each.itertext() if (text := fold(str(one)))]
        if sum(map(len, texts)) > MOST_CHARACTERS:
            return None
        if len(texts) > 1 and _says_more(texts[0], is_marker) and _unlinked(each) <= _length(texts[0]):
            return each
        each = each.getparent()
    return None


def _says_more(text: str, is_marker: Callable[[Block], bool]) -> bool:
    return is_lead(text) or is_marker(Block(text))


def _unlinked(element: etree._Element) -> int:
    """Return how many characters of an element's text are not a link's."""
    linked = [link for link in element.iter("a") if link.get("href")]
    return _length(*map(str, element.itertext())) - _length(
        *(str(text) for link in linked for text in link.itertext())
    )


def _length(*texts: str) -> int:
    return sum(len("".join(text.split())) for text in texts)
