"""Porter's stemmer for English, so that ROUGE figures compare with published ones.

Source: Porter 1980, with the extensions of NLTK's default mode, which google's rouge-score uses; a
test holds it against NLTK's over a vocabulary.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

_VOWELS = frozenset("aeiou")
_IRREGULAR = {
    "skies": "sky", "dying": "die", "lying": "lie", "tying": "tie", "innings": "inning",
    "outings": "outing", "cannings": "canning", "sky": "sky", "news": "news", "inning": "inning",
    "outing": "outing", "canning": "canning", "howe": "howe", "proceed": "proceed", "exceed": "exceed",
    "succeed": "succeed",
}  # fmt: skip
_DERIVED = (
    ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"),
    ("bli", "ble"), ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"),
    ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("iveness", "ive"),
    ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"),
    ("fulli", "ful"),
)  # fmt: skip
_ADJECTIVAL = (
    ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""),
    ("ness", ""),
)  # fmt: skip
_RESIDUAL = """
al ance ence er ic able ible ant ement ment ent ion ou ism ate iti ous ive ize
"""
_ENDINGS = tuple(_RESIDUAL.split())


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the stem of a lower-case word; words of one or two letters stay as they are."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) <= 2:
        return word
    for step in (_plural, _past, _final_y, _derived, _adjectival, _residual, _final_e):
        word = step(word)
    return word[:-1] if word.endswith("ll") and _measure(word[:-1]) > 1 else word


def _plural(word: str) -> str:
    if word.endswith("ies"):
        return word[:-1] if len(word) == 4 else word[:-2]
    if word.endswith("sses"):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _past(word: str) -> str:
    if word.endswith("ied"):
        return word[:-1] if len(word) == 4 else word[:-2]
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    for ending in ("ed", "ing"):
        head = word.removesuffix(ending)
        if head != word and not all(_consonants(head)):
            return _mended(head)
    return word


def _mended(head: str) -> str:
    """Give back the `e` that `ed` or `ing` swallowed, take away the letter that they doubled."""
    if head.endswith(("at", "bl", "iz")):
        return head + "e"
    if len(head) >= 2 and head[-1] == head[-2] and _consonants(head)[-1]:
        return head if head[-1] in "lsz" else head[:-1]
    return head + "e" if _measure(head) == 1 and _is_short(head) else head


def _final_y(word: str) -> str:
    head = word[:-1]
    return head + "i" if word.endswith("y") and len(head) > 1 and _consonants(head)[-1] else word


def _derived(word: str) -> str:
    if word.endswith("alli") and _measure(word[:-4]) > 0:
        word = word[:-2]
    if word.endswith("logi") and not word.endswith(tuple(ending for ending, _ in _DERIVED)):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    return _replaced(word, _DERIVED)


def _adjectival(word: str) -> str:
    return _replaced(word, _ADJECTIVAL)


def _residual(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending):
            head = word[: -len(ending)]
            is_bound = ending == "ion" and head[-1:] not in ("s", "t")
            return head if _measure(head) > 1 and not is_bound else word
    return word


def _final_e(word: str) -> str:
    head = word.removesuffix("e")
    measure = _measure(head)
    return head if measure > 1 or (measure == 1 and not _is_short(head)) else word


def _replaced(word: str, endings: tuple[tuple[str, str], ...]) -> str:
    """Replace the first ending that fits, if a syllable stays before it."""
    for ending, other in endings:
        if word.endswith(ending):
            head = word[: -len(ending)]
            return head + other if _measure(head) > 0 else word
    return word


def _measure(text: str) -> int:
    """Return how many times a vowel is followed by a consonant: Porter's m."""
    flags = _consonants(text)
    return sum(not one and other for one, other in pairwise(flags))


def _consonants(text: str) -> list[bool]:
    flags: list[bool] = []
    for at, letter in enumerate(text):
        flags.append(letter not in _VOWELS if letter != "y" else at == 0 or not flags[-1])
    return flags


def _is_short(text: str) -> bool:
    """Tell whether the text ends in consonant, vowel, consonant other than w, x, y."""
    flags = _consonants(text)
    if len(text) == 2:
        return flags == [False, True]
    return flags[-3:] == [True, False, True] and text[-1] not in "wxy"
