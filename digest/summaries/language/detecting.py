"""Which language a text is in, by its commonest words and its letters: pages name a wrong one, or none."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable

from digest.summaries.language.abbreviations import KNOWN, periods
from digest.summaries.language.periods_of_more import LANGUAGES
from digest.summaries.language.small_words import LETTERS, SMALL_WORDS

_SAME = {"no": "nb", "nn": "nb", "fil": "tl", "bs": "hr", "iw": "he", "in": "id", "cnr": "hr", "sh": "hr"}
_WORD = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f\u064b-\u065f\u0900-\u0dff\u200c])+")
_READ = 1_500
_LEAST = 3.0
_LEAST_FOR_A_NEIGHBOR = 1.0
_MARGIN = 1.5
_NEIGHBORS = (
    frozenset(("nl", "af")), frozenset(("da", "nb", "sv")), frozenset(("es", "pt", "gl", "ca")),
    frozenset(("id", "ms")), frozenset(("cs", "sk")), frozenset(("hr", "sl")), frozenset(("tr", "az")),
    frozenset(("ru", "uk", "be", "bg", "mk", "sr")), frozenset(("fi", "et")), frozenset(("lt", "lv")),
    frozenset(("fa", "ur", "ar")), frozenset(("hi", "mr", "ne")),
)  # fmt: skip
"""Languages that share most small words: only those that they don't share tell them apart."""
_MOST_TIMES = 6
"""A word or letter that comes oftener tells no more."""


@functools.cache
def _told_by() -> dict[str, tuple[str, ...]]:
    """Return which languages each small word is one of; their tables are built by need."""
    found: dict[str, dict[str, None]] = {}
    for language in dict.fromkeys((*SMALL_WORDS, *KNOWN, *LANGUAGES)):
        for word in {*SMALL_WORDS.get(language, ()), *periods(language).starters}:
            found.setdefault(word, {})[language] = None
    return {word: tuple(languages) for word, languages in found.items()}


def language_of(texts: Iterable[str], claimed: str) -> str:
    """Return the claimed tag, or another where the text has clearly more of that one's small words.

    Args:
        texts: paragraphs; the first 1,500 characters are read.
        claimed: BCP 47; may be empty.
    """
    read, length = list[str](), 0
    for text in texts:
        read.append(text[: _READ - length])
        length += len(read[-1])
        if length >= _READ:
            break
    joined = " ".join(read)
    primary = claimed.lower().replace("_", "-").split("-")[0]
    mine = _SAME.get(primary, primary)
    if script := _by_script(joined):
        if len(script) == 1:
            return claimed if mine == script[0] else script[0]
        if not {*script} & SMALL_WORDS.keys():
            return claimed if mine in script else script[0]
    found = _weights(joined)
    weights = {one: found.get(one, 0.0) for one in script or found}
    if not weights:
        return claimed
    best = max(weights, key=lambda language: weights[language])
    if best == mine or (mine, best) == ("sr", "hr"):  # one language in two scripts
        return claimed
    is_of_another_script = bool(script) and mine not in script
    return best if is_of_another_script or _is_clear(weights, best, mine) else claimed


def _weights(text: str) -> dict[str, float]:
    """Return how much of the text speaks for each language: a word counts less the more of them know it."""
    told_by = _told_by()
    found: dict[str, float] = {}
    for word, times in Counter(_WORD.findall(text.lower())).items():
        languages = told_by.get(word, ())
        for language in languages:
            found[language] = found.get(language, 0.0) + min(times, _MOST_TIMES) / len(languages)
    small = text.lower()
    for language, letters in LETTERS.items():
        many = sum(small.count(letter) for letter in letters)
        if many and language in found:
            found[language] += min(many / 2, _MOST_TIMES)
    return found


def _is_clear(weights: dict[str, float], best: str, claimed: str) -> bool:
    """Tell whether the text is clearly in another language than the claimed one."""
    is_near = any({best, claimed} <= pair for pair in _NEIGHBORS)
    least = _LEAST_FOR_A_NEIGHBOR if is_near else _LEAST
    mine = weights.get(claimed, 0.0)
    return weights[best] - mine >= least and weights[best] > _MARGIN * mine


def _by_script(text: str) -> tuple[str, ...]:
    """Return the languages of a script that few share; the first is meant where nothing else tells."""
    if text.isascii():
        return ()
    letters = [letter for letter in text if letter.isalpha()]
    if sum(letter > "\u0370" for letter in letters) < len(letters) / 5 or not letters:
        return ()
    for first, last, languages in (
        ("\u3040", "\u30ff", ("ja",)),
        ("\uac00", "\ud7a3", ("ko",)),
        ("\u0600", "\u06ff", ("ar", "fa", "ur", "ps", "ug", "ckb", "sd")),
        ("\u0590", "\u05ff", ("he", "yi")),
        ("\u0900", "\u097f", ("hi", "mr", "ne", "sa")),
        ("\u0980", "\u09ff", ("bn", "as")),
        ("\u0a00", "\u0a7f", ("pa",)),
        ("\u0a80", "\u0aff", ("gu",)),
        ("\u0b00", "\u0b7f", ("or",)),
        ("\u0b80", "\u0bff", ("ta",)),
        ("\u0c00", "\u0c7f", ("te",)),
        ("\u0c80", "\u0cff", ("kn",)),
        ("\u0d00", "\u0d7f", ("ml",)),
        ("\u0d80", "\u0dff", ("si",)),
        ("\u0e00", "\u0e7f", ("th",)),
        ("\u0e80", "\u0eff", ("lo",)),
        ("\u1000", "\u109f", ("my",)),
        ("\u1780", "\u17ff", ("km",)),
        ("\u10a0", "\u10ff", ("ka",)),
        ("\u0530", "\u058f", ("hy",)),
        ("\u1200", "\u137f", ("am", "ti")),
        ("\u0370", "\u03ff", ("el",)),
    ):
        share = 0.2 if languages == ("ja",) else 0.5
        if sum(first <= letter <= last for letter in letters) >= share * len(letters):
            return languages
    if sum("\u3400" <= letter <= "\u9fff" for letter in letters) >= len(letters) / 2:
        return ("zh", "ja", "yue")
    if sum("\u0400" <= letter <= "\u04ff" for letter in letters) >= len(letters) / 2:
        return ("ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "mn", "tg")
    return ()
