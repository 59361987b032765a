"""Translators' files (gettext's `.po`), read when they are wanted: no build step, no binary to keep."""

from __future__ import annotations

import ast
import gettext
import io
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

_MAGIC = 0x950412DE
_HEAD = 28


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


def read(text: str) -> tuple[frozenset[str], gettext.NullTranslations]:
    """Return the messages that a `.po` file has words for, and the words."""
    said = {_key(one): one for one in _entries(text.splitlines()) if one.is_said}
    pairs = {key: _forms(one) for key, one in said.items()}
    words = gettext.GNUTranslations(io.BytesIO(_compiled(pairs)))
    return frozenset(one.texts["msgid"] for key, one in said.items() if key), words


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
