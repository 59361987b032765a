"""Which language a text is in, by its commonest words: pages name a wrong one, or none."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable

from digest.summaries.language.abbreviations import KNOWN, periods
from digest.summaries.language.periods_of_more import LANGUAGES
from digest.summaries.language.words import words

_SAME = {"no": "nb", "nn": "nb", "fil": "tl", "bs": "hr", "sr": "hr"}
_READ = 1_500
_FEWEST = 8
_MARGIN = 1.5
_LATIN_LANGUAGES = tuple(dict.fromkeys((*KNOWN, *LANGUAGES)))


@functools.cache
def _told_by() -> dict[str, list[str]]:
    """Return which languages each small word is one of; their tables are built by need."""
    found: dict[str, list[str]] = {}
    for language in _LATIN_LANGUAGES:
        for word in periods(language).starters:
            found.setdefault(word, []).append(language)
    return found


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
    if script := _by_script(joined):
        return claimed if claimed[:2].lower() in script else script[0]
    told_by = _told_by()
    known = Counter(language for word in words(joined) for language in told_by.get(word, ()))
    if not known:
        return claimed
    best = max(known, key=lambda language: known[language])
    primary = claimed.lower().replace("_", "-").split("-")[0]
    mine = known[_SAME.get(primary, primary)]
    is_clear = known[best] >= _FEWEST and known[best] > _MARGIN * mine
    return best if is_clear and best != primary else claimed


def _by_script(text: str) -> tuple[str, ...]:
    """Return the languages of an unmistakable script; the first where none of them is claimed."""
    if text.isascii():
        return ()
    letters = [letter for letter in text if letter.isalpha()]
    if sum(letter > "\u0370" for letter in letters) < len(letters) / 5 or not letters:
        return ()
    for first, last, languages in (
        ("\u3040", "\u30ff", ("ja",)),
        ("\uac00", "\ud7a3", ("ko",)),
        ("\u0600", "\u06ff", ("ar", "fa", "ur", "ps", "ug")),
        ("\u0590", "\u05ff", ("he", "iw", "yi")),
        ("\u0900", "\u097f", ("hi", "mr", "ne", "sa")),
        ("\u0980", "\u09ff", ("bn", "as")),
        ("\u0370", "\u03ff", ("el",)),
    ):
        share = 0.2 if languages == ("ja",) else 0.5
        if sum(first <= letter <= last for letter in letters) >= share * len(letters):
            return languages
    if sum("\u3400" <= letter <= "\u9fff" for letter in letters) >= len(letters) / 2:
        return ("zh", "ja", "yu")
    return ()
