"""Catalogs of gettext, read from `.po` files as they lie there."""

from __future__ import annotations

import gettext
import io
from dataclasses import dataclass

from babel.messages.catalog import Catalog as Messages
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


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


def parsed(content: bytes, language: str) -> Catalog:
    """Return the catalog of a `.po` file.

    Args:
        language: its name, as in `zh-tw`.
    """
    return compiled(read_po(io.BytesIO(content), locale=language.replace("-", "_")))


def compiled(messages: Messages) -> Catalog:
    """Return a catalog that is asked for words."""
    machine = io.BytesIO()
    write_mo(machine, messages)
    machine.seek(0)
    said = frozenset(_key(one.id) for one in messages if one.id and _is_said(one.string))
    return Catalog(said, gettext.GNUTranslations(machine))


def _key(id_: object) -> str:
    return str(id_[0]) if isinstance(id_, tuple | list) else str(id_)


def _is_said(string: object) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)
