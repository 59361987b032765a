"""Text with `%%name%%` places for per-recipient values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

TOKEN = re.compile(r"%%([a-z][a-z0-9_]{0,31})%%")
"""A token: two percent signs, a lower-case name, two percent signs."""


@dataclass(frozen=True, slots=True)
class TokenText:
    """A text split once at its tokens, so that one recipient's copy is a single join.

    Attributes:
        literals: the text between tokens; one more than `names`.
        names: the token at each split, in order; a name may come again.
    """

    literals: tuple[str, ...]
    names: tuple[str, ...]

    @classmethod
    def split(cls, text: str) -> TokenText:
        """Return `text` split at its tokens."""
        pieces = TOKEN.split(text)
        return cls(tuple(pieces[::2]), tuple(pieces[1::2]))

    def join(self, values: Mapping[str, str]) -> str:
        """Return the text with every token replaced.

        The caller has escaped `values` for the text's own syntax (HTML, plain text, header).

        Raises:
            KeyError: a token has no value; a half-filled mail must never leave.
        """
        pieces = [self.literals[0]]
        for name, literal in zip(self.names, self.literals[1:], strict=True):
            pieces.append(values[name])
            pieces.append(literal)
        return "".join(pieces)
