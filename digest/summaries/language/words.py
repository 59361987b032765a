"""Words: how many a text has, and which of them carry its meaning."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from digest.summaries.language.abbreviations import periods

_SIGN = (
    r"(?:[^\W_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u0e31\u0e34-\u0e4e"
    r"\u200c\u200d])"
)
"""A letter or figure, or what is written above, below or beside one (vowels of Hindi and Arabic)."""
_WORD = re.compile(rf"[^\W_]{_SIGN}*(?:['’.,-]{_SIGN}+)*")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_UNSPACED_PER_WORD = 2

_ENGLISH_IDLE = """
be been being am as into than then them us me him so such very just more most only own same too up out
off down again further any because until against having doing said says say mr mrs ms
"""
_FUNCTION_WORDS = frozenset(_ENGLISH_IDLE.split())


def count_words(text: str) -> int:
    """Return the length in words; two characters of Chinese or Japanese count as one word."""
    unspaced = len(_UNSPACED.findall(text))
    if not unspaced:
        return len(text.split())
    rest = _UNSPACED.sub(" ", text)
    spaced = sum(1 for token in rest.split() if _WORD.search(token))
    return spaced + -(-unspaced // _UNSPACED_PER_WORD)


def words(text: str) -> list[str]:
    """Return the words, case folded; Chinese and Japanese as overlapping pairs of characters."""
    tokens = _WORD.findall(text.casefold())
    if not _UNSPACED.search(text):
        return tokens
    found: list[str] = []
    for token in tokens:
        if _UNSPACED.search(token):
            found.extend(token[at : at + 2] for at in range(max(1, len(token) - 1)))
        else:
            found.append(token)
    return found


def word_places(text: str) -> list[tuple[str, int, int]]:
    """Return the words of a case-folded text of a spaced script with where each begins and ends in it."""
    return [(found[0], found.start(), found.end()) for found in _WORD.finditer(text)]


def content_words(text: str, language: str) -> set[str]:
    """Return the words that say something: no articles, pronouns or auxiliaries, endings folded."""
    idle = idle_words(language)
    return {fold(word) for word in words(text) if word not in idle}


def recurrence(texts: Iterable[str], language: str) -> Counter[str]:
    """Return how often each content word stands in the texts."""
    idle = idle_words(language)
    return Counter(fold(word) for text in texts for word in words(text) if word not in idle)


def fold(word: str) -> str:
    """Return a word without its plural or possessive ending, good enough to compare by."""
    if len(word) <= 3 or word[-1] != "s":
        return word
    if word[-2] in "'’":
        return word[:-2]
    return word[:-2] if word[-2] == "e" else word[:-1]


@lru_cache(maxsize=64)
def idle_words(language: str) -> frozenset[str]:
    """Return the words of a language that say nothing alone."""
    return periods(language).starters | (_FUNCTION_WORDS if language[:2] in {"", "en"} else frozenset())
