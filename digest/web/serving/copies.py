"""Copies of sent editions: the frozen bytes, and what stands in them where no reader is meant."""

from __future__ import annotations

from html import escape

from digest.errors import UnknownEdition
from digest.model import EditionKey, RenderedEdition, TokenText, Variant
from digest.web.serving.state import Desk

NOBODYS = frozenset({"name", "topics", "click"})
"""The tokens that stand for nothing where no reader is meant."""


def frozen(desk: Desk, key: EditionKey, variant: Variant) -> RenderedEdition:
    """Return the bytes that were sent; of a variant that nobody got, the default's.

    Raises:
        UnknownEdition: nothing of it was sent.
    """
    if not desk.history.is_published(key, now=desk.clock()):
        raise UnknownEdition(str(key))
    try:
        return desk.ledger.rendered(key, variant)
    except LookupError:
        return desk.ledger.rendered(key, Variant())


def anybodys(text: str, list_page: str, *, is_html: bool) -> str:
    """Return a sent text as anybody may see it: no name, and the list's page for every personal link."""
    found = TokenText.split(text)
    page = escape(list_page) if is_html else list_page
    return found.join({name: "" if name in NOBODYS else page for name in found.names})
