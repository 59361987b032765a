"""People by their last names: `Mutua` of whom an earlier sentence told as `Peter Mutua`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from digest.summaries.language.words import idle_words

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PARTICLES_WORDS = """
van von der den het bin ben al el ter ten zu zum af av de da di la le du dos das do y e
"""
_PARTICLES = frozenset(_PARTICLES_WORDS.split())
_FAMILY = frozenset({"van", "von", "bin", "ben", "al", "ter", "ten", "zu", "af", "av"})
"""Small words of a name that no place or body has between its two words (`Universidad de Chile`)."""
_HONORIFICS_WORDS = """
mr mrs ms miss mme mlle mm m herr frau herrn sr sra srta señor señora don doña senhor senhora dona
sig signor signora dott meneer mevrouw dhr mevr pan pani pana bay bapak ibu pak bu bw bi ndugu fru
hr господин госпожа гражданин пан пані κ κυρία encik puan cik tuan
"""
_HONORIFICS = frozenset(_HONORIFICS_WORDS.split())
_AT_PLACES_WORDS = """
in at near to from of for around outside across aus nach bei um à en au aux dans vers a hasta desde
em no na nos nas w we ze z v ve do i på till från ved til fra te uit op naar в во из на под у з із
mjini jijini katika di ke dari στην στη στο σε και and und et
"""
_AT_PLACES = frozenset(_AT_PLACES_WORDS.split())
_BEFORE_NOUNS_WORDS = """
der die das dem den des ein eine einer einem einen eines im am vom zum zur beim ins
"""
_BEFORE_NOUNS = frozenset(_BEFORE_NOUNS_WORDS.split())
_INFLECTING_WORDS = """
pl cs sk ru uk be bg sr hr sl mk fi et hu lt lv tr el
"""
_INFLECTING = frozenset(_INFLECTING_WORDS.split())
_JAPANESE = re.compile(r"([\u3400-\u9fff々]{1,3}?)(?:氏|さん|容疑者|被告|選手|監督|議員|社長|会長|教授)")
_KOREAN = re.compile(r"(?<![가-힣])([가-힣]) (?:씨|의원|대표|장관|시장|회장|감독|교수|선수)")
_SHORTEST = 3
_STEM = 4


class Name(NamedTuple):
    """A large word, and whether a first name stands before it."""

    word: str
    is_whole: bool


def names(sentence: str, language: str) -> Iterator[Name]:
    """Yield the words of a sentence that could be a last name.

    Args:
        language: a primary tag.
    """
    found = list(_WORD.finditer(sentence))
    idle = idle_words(language)
    for at, match in enumerate(found):
        word = match[0]
        if not _is_name_like(word) or word.casefold() in idle:
            continue
        if at + 1 < len(found) and _touch(sentence, match, found[at + 1]) and found[at + 1][0][0].isupper():
            following = found[at + 1][0]
            if at == 0 or not _has_first_name(sentence, found, at, language, idle) or following.isupper():
                continue
        if _has_first_name(sentence, found, at, language, idle):
            yield Name(word, is_whole=True)
        elif not at or found[at - 1][0].casefold() not in _AT_PLACES:
            yield Name(word, is_whole=False)


def is_one(one: str, other: str, language: str) -> bool:
    """Tell whether two words are one name, endings of the language passed over."""
    one, other = bare(one), bare(other)
    if one == other:
        return True
    if language not in _INFLECTING:
        return False
    least = max(_STEM, min(len(one), len(other)) - 2)
    return max(len(one), len(other)) - least <= 4 and one[:least] == other[:least]


def bare(word: str) -> str:
    """Return a name without what hangs on it behind an apostrophe (`Ouma's`, `Korkmaz'ın`)."""
    head, mark, tail = word.casefold().replace("’", "'").partition("'")
    return head if mark and len(head) >= _SHORTEST and len(tail) <= _STEM else head + mark + tail


def short_name_elsewhere(sentence: str, language: str) -> Iterator[re.Pattern[str]]:
    """Yield what finds the whole name of each person whom a Japanese or Korean sentence names short."""
    if language == "ja":
        for found in _JAPANESE.finditer(sentence):
            yield re.compile(
                rf"{found[1]}[\u3040-\u30ff\u3400-\u9fff]{{1,4}}(?:氏|さん|容疑者|被告|選手|監督|議員|社長|会長|教授|[、。（(])"
            )
    elif language == "ko":
        for found in _KOREAN.finditer(sentence):
            yield re.compile(rf"(?<![가-힣]){found[1]}[가-힣]{{1,2}}(?![가-힣]{{2}})")


def _is_name_like(word: str) -> bool:
    return word[0].isupper() and not word.isupper() and len(bare(word)) >= _SHORTEST


def _has_first_name(
    sentence: str, found: list[re.Match[str]], at: int, language: str, idle: frozenset[str]
) -> bool:
    """Tell whether a first name, an office or an initial stands before the word."""
    first = at - 1
    while (
        first >= 0
        and at - first <= 2
        and found[first][0] in _PARTICLES
        and _touch_all(sentence, found, first)
    ):
        if found[first][0] not in _FAMILY and at - first == 1 and language not in {"it", "pt"}:
            return False
        first -= 1
    if first < 0 or not _touch(sentence, found[first], found[first + 1]):
        return False
    word = found[first][0]
    if word.casefold() in _HONORIFICS or word.casefold() in idle or not word[0].isupper():
        return False
    if language == "de" and first and found[first - 1][0].casefold() in _BEFORE_NOUNS:
        return False
    return len(word) > 1 or sentence[found[first].end()] == "."


def _touch_all(sentence: str, found: list[re.Match[str]], at: int) -> bool:
    return _touch(sentence, found[at], found[at + 1])


def _touch(sentence: str, one: re.Match[str], other: re.Match[str]) -> bool:
    return sentence[one.end() : other.start()] in {" ", "\u00a0", ". ", ".\u00a0", "."}
