"""Sentences with places, found again where they were filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_PLACE = re.compile(r"%\((\w+)\)s")
_START = 4
"""By so many characters of its start a sentence is found at once."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A message with places, as `moved “%(title)s” to place %(place)s`."""

    message: str

    def values(self, filled: str) -> dict[str, str] | None:
        """Return what stands in the places of a sentence that was filled in; None where it is another.

        Each place ends where the words after it first stand; the last ends where the sentence does.
        """
        words, names = _pieces(self.message)
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


@lru_cache(maxsize=2048)
def _pieces(message: str) -> tuple[list[str], list[str]]:
    """Return the words between the places of a message, and the places' names."""
    pieces = _PLACE.split(message.replace("%%", "%"))
    return pieces[::2], pieces[1::2]


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence that was found again.

    Attributes:
        said: the message that is told in its place; empty for none at all.
    """

    sentence: Sentence
    said: str
    values: dict[str, str]


class Sentences:
    """Many sentences; of those that fit a text the one with the most words of its own counts."""

    def __init__(self) -> None:
        """Begin with none."""
        self._all: dict[str, tuple[Sentence, str]] = {}
        self._by_start: dict[str, list[tuple[Sentence, str]]] = {}

    def add(self, message: str, said: str) -> None:
        """Take a sentence; one that is known says this from now on."""
        self._all[message] = (Sentence(message), said)
        self._by_start.clear()

    def find(self, filled: str) -> Match | None:
        """Return the sentence that a text is, with its values."""
        start = filled[:_START]
        known = self._by_start.get(start)
        if known is None:
            known = [one for one in self._all.values() if _may_begin(one[0], start)]
            known.sort(key=lambda one: -sum(map(len, _pieces(one[0].message)[0])))
            if len(self._by_start) < len(self._all):
                self._by_start[start] = known
        for sentence, said in known:
            values = sentence.values(filled)
            if values is not None:
                return Match(sentence, said, values)
        return None


def _may_begin(sentence: Sentence, start: str) -> bool:
    first = _pieces(sentence.message)[0][0]
    return first.startswith(start) or start.startswith(first)
