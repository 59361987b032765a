"""Catalogs of gettext, read from translators' `.po` files as they lie there: no build step, no binary."""

from __future__ import annotations

import ast
import gettext
import io
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

_MAGIC = 0x950412DE
_HEAD = 28


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
    said = {_key(one): one for one in _entries(content.decode().splitlines()) if one.is_said}
    pairs = {key: _forms(one) for key, one in said.items()}
    words = gettext.GNUTranslations(io.BytesIO(_compiled(pairs)))
    return Catalog(frozenset(one.texts["msgid"] for key, one in said.items() if key), words)


@dataclass(slots=True)
class _Entry:
    """A message as its lines are read."""

    texts: dict[str, str] = field(default_factory=dict)
    is_fuzzy: bool = False

    @property
    def is_said(self) -> bool:
        """Tell whether every form has its words, and a translator stands by them."""
        forms = [text for key, text in self.texts.items() if key.startswith("msgstr")]
        is_head = not self.texts.get("msgid")
        return bool(forms) and all(forms) and (is_head or not self.is_fuzzy)


def _entries(lines: Iterable[str]) -> Iterator[_Entry]:
    entry, last = _Entry(), ""
    for line in (*lines, ""):
        if line.startswith("#"):
            # What begins with #~ was a message once.
            entry.is_fuzzy |= line.startswith("#,") and "fuzzy" in line
        elif line.startswith('"'):
            entry.texts[last] += ast.literal_eval(line)
        elif line.strip():
            last, _, said = line.partition(" ")
            entry.texts[last] = ast.literal_eval(said)
        elif entry.texts:
            yield entry
            entry = _Entry()


def _key(entry: _Entry) -> str:
    texts = entry.texts
    return "\0".join(texts[name] for name in ("msgid", "msgid_plural") if name in texts)


def _forms(entry: _Entry) -> str:
    return "\0".join(text for name, text in sorted(entry.texts.items()) if name.startswith("msgstr"))


def _compiled(pairs: Mapping[str, str]) -> bytes:
    """Return the file that `msgfmt` would make of them, which is what the standard library reads."""
    keys = sorted(pairs, key=str.encode)
    texts = [key.encode() for key in keys] + [pairs[key].encode() for key in keys]
    at, table = _HEAD + 8 * len(texts), list[int]()
    for text in texts:
        table += (len(text), at)
        at += len(text) + 1
    head = struct.pack("<7I", _MAGIC, 0, len(keys), _HEAD, _HEAD + 8 * len(keys), 0, 0)
    return head + struct.pack(f"<{len(table)}I", *table) + b"".join(text + b"\0" for text in texts)
