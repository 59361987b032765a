"""Catalogs of gettext, read from `.po` files as they lie there."""

from __future__ import annotations

import gettext
from dataclasses import dataclass

from digest.locales import catalogs


@dataclass(frozen=True, slots=True)
class Catalog:
    """A language's words.

    Attributes:
        messages: those it has words for.
    """

    messages: frozenset[str]
    words: gettext.NullTranslations

    def has(self, message: str) -> bool:
        """Tell whether it has words for a message."""
        return message in self.messages

    def gettext(self, message: str) -> str:
        """Return its words, or the message."""
        return self.words.gettext(message)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """Return its words for a count, or the message."""
        return self.words.ngettext(singular, plural, count)


NONE = Catalog(frozenset(), gettext.NullTranslations())
"""The catalog of English: the messages are its words."""


def parsed(content: bytes) -> Catalog:
    """Return the catalog of a `.po` file."""
    return Catalog(*catalogs.read(content.decode("utf-8")))
