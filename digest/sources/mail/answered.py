"""What mail programs set below an answer, and above what they hand on."""

from __future__ import annotations

from lxml import etree

from digest.sources.text.blocks import count_words

FEWEST_OWN_WORDS = 20
"""A mail of fewer words of its own around another one only hands it on."""
_HEADS = frozenset({"gmail_attr", "moz-cite-prefix", "moz-email-headers-table", "yahoo-quoted-begin"})
_QUOTES = frozenset({"gmail_quote", "yahoo_quoted", "protonmail_quote", "zmail_extra", "tutanota_quote"})


def drop_answered(root: etree._Element) -> None:
    """Drop what a mail answers, and the heads of mails that programs write; what is handed on stays."""
    for element in _named(root, _HEADS):
        _drop(element)
    quotes = [
        one
        for one in root.iter("blockquote", "div")
        if (one.get("type") == "cite" or not _QUOTES.isdisjoint((one.get("class") or "").split()))
        and (one.tag == "blockquote" or one.find(".//blockquote") is not None)
    ]
    outer = [one for one in quotes if not any(each in quotes for each in one.iterancestors())]
    own = _words(root) - sum(map(_words, outer))
    if outer and own >= FEWEST_OWN_WORDS:
        for element in outer:
            _drop(element)


def _named(root: etree._Element, names: frozenset[str]) -> list[etree._Element]:
    return [one for one in root.iter("*") if not names.isdisjoint((one.get("class") or "").split())]


def _words(element: etree._Element) -> int:
    return count_words(" ".join(str(text) for text in element.itertext()))


def _drop(element: etree._Element) -> None:
    if element.getparent() is not None:
        element.drop_tree()  # type: ignore[attr-defined]  # lxml.html's
