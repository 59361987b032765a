"""Short forms that one sentence explains: `the Lake Basin Authority (LBA)`, `日本銀行(日銀)`."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BRACKETED = re.compile(r"[(（\[]([^()（）\[\]]{2,120})[)）\]]")
_LARGE = re.compile(r"(?<![^\W_])[^\W\d_][^\W_]{1,9}(?![^\W_])")
_UNCASED = re.compile(r"[\u0590-\u0dff\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,12}")
_WORD = re.compile(r"[^\W_]+")
_BEFORE = 160
"""A short form's long one stands in so many characters before it."""


def explained(sentence: str) -> Iterator[str]:
    """Yield the short forms that the sentence explains, in brackets or behind their long form."""
    for found in _BRACKETED.finditer(sentence):
        before, inside = sentence[max(0, found.start() - _BEFORE) : found.start()], found[1]
        large = [word for word in _LARGE.findall(inside) if is_large(word)]
        if large and _spells(large[-1], before):
            yield large[-1]
        elif (name := _UNCASED.findall(inside)) and _spells(name[-1], before):
            yield name[-1]
        elif (last := _LARGE.findall(before)[-1:]) and is_large(last[0]) and _spells(last[0], inside):
            yield last[0]
    for word in _LARGE.finditer(sentence):
        if is_large(word[0]) and _initials(
            word[0], sentence[max(0, word.start() - _BEFORE) : word.start()]
        ):
            yield word[0]


def stands_in(short: str, sentence: str) -> bool:
    """Tell whether the sentence uses the short form outside brackets."""
    bare = _BRACKETED.sub(" ", sentence)
    if not short[0].isascii() and not short[0].isupper():
        return short in bare
    return re.search(rf"(?<![^\W_]){re.escape(short)}(?![^\W_])", bare) is not None


def is_large(word: str) -> bool:
    """Tell whether a word has the form of an acronym: two large letters or more."""
    return sum(letter.isupper() for letter in word) > 1


def _spells(short: str, long: str) -> bool:
    """Tell whether the letters stand in the long form in order, the first one at a word's beginning."""
    letters = [letter for letter in short.casefold() if letter.isalnum()]
    text = long.casefold()
    starts = [found.start() for found in _WORD.finditer(text)]
    if not short[0].isupper():
        starts = list(range(len(text)))
    return len(_WORD.findall(text)) > 0 and any(_in_order(letters, text[at:]) for at in starts)


def _in_order(letters: list[str], text: str) -> bool:
    if not letters or text[:1] != letters[0]:
        return False
    left = iter(text)
    return len(text) > len(letters) + 1 and all(letter in left for letter in letters)


def _initials(short: str, before: str) -> bool:
    """Tell whether words right before the short form begin with its letters, small words passed over."""
    words = _WORD.findall(before)
    letters = [letter for letter in short.casefold() if letter.isalpha()]
    if len(letters) < 3:
        return False
    large = [word[0].casefold() for word in words if word[0].isupper()]
    return large[-len(letters) :] == letters
