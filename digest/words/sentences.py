"""Sentences with places, found again where they were filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PLACE = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A message with places, as `moved “%(title)s” to place %(place)s`."""

    message: str

    def values(self, filled: str) -> dict[str, str] | None:
        """Return what stands in the places of a sentence that was filled in; None where it is another.

        Each place ends where the words after it first stand; the last ends where the sentence does.
        """
        pieces = _PLACE.split(self.message.replace("%%", "%"))
        words, names = pieces[::2], pieces[1::2]
        if not filled.startswith(words[0]) or not filled.endswith(words[-1]):
            return None
        at, found = len(words[0]), dict[str, str]()
        for index, name in enumerate(names):
            word = words[index + 1]
            is_last = index == len(names) - 1
            end = len(filled) - len(word) if is_last else filled.find(word, at)
            if end < at:
                return None
            found[name] = filled[at:end]
            at = end + len(word)
        return found if names or filled == self.message else None
