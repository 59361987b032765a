"""Numbers as figures or words, in one form to compare them by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_UNITS = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "de": "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince",
    "pt": "zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze",
    "it": "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici",
    "nl": "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf",
    "sw": "sifuri moja mbili tatu nne tano sita saba nane tisa kumi",
}
_TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "fr": "vingt trente quarante cinquante soixante",
}
_SCALES = {
    "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 10**9, "trillion": 10**12,
    "m": 1_000_000, "mn": 1_000_000, "bn": 10**9, "k": 1_000, "dozen": 12, "millions": 1_000_000,
    "lakh": 100_000, "crore": 10**7, "cent": 100, "mille": 1_000, "millionen": 1_000_000, "mio": 1_000_000,
    "milliard": 10**9, "milliards": 10**9, "milliarden": 10**9, "mrd": 10**9, "tausend": 1_000,
    "mil": 1_000, "millón": 1_000_000, "millones": 1_000_000, "milhão": 1_000_000, "milhões": 1_000_000,
    "mila": 1_000, "milione": 1_000_000, "milioni": 1_000_000, "miljoen": 1_000_000, "miljard": 10**9,
    "duizend": 1_000, "elfu": 1_000, "hundert": 100,
}  # fmt: skip
_ORDINAL_NAMES = "first second third fourth fifth sixth seventh eighth ninth tenth"
_FIGURE = r"\d+(?:[.,'’\u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d+[.,]\d+|\d+"
_TOKEN = re.compile(
    rf"(?P<figure>{_FIGURE})(?P<suffix>(?:st|nd|rd|th)\b|(?:bn|mn|m|k)\b)?|(?P<word>[^\W\d_]+)"
)
_GROUPED = re.compile(r"\d{1,3}(?:[.,'’\u00a0\u202f]\d{3})+$")
_AND = frozenset({"and", "et", "und", "y", "e", "en"})


def numbers(text: str, language: str) -> set[float]:
    """Return every number of the text, in figures or words: `1,000`, `one thousand` and `1k` are 1000."""
    return {_value(run) for run in _runs(text, language)}


def parts(text: str, language: str) -> set[float]:
    """Return the numbers with those they are made of: `1.5 million` gives 1.5 and 1000000 too."""
    return {value for run in _runs(text, language) for value in (_value(run), *run)}


def _runs(text: str, language: str) -> Iterator[list[float]]:
    """Yield each number as the figures, words and scales it is written with."""
    run: list[float] = []
    end = 0
    names = _names(language[:2])
    lowered = text.lower()
    for match in _TOKEN.finditer(lowered):
        word = match["word"] or ""
        value = _figure(match["figure"]) if match["figure"] else names.get(word)
        scale = _SCALES.get(match["suffix"] or word)
        is_apart = bool(lowered[end : match.start()].strip(" -\u00a0\u202f"))
        end = match.end()
        if run and not is_apart:
            if value is None and scale is not None:
                run.append(scale)
                continue
            if value is None and word in _AND and run[-1] >= 100:
                continue
        if run and (is_apart or value is None or match["figure"] or not _continues(run, value)):
            yield run
            run = []
        if value is not None:
            run += [value] if scale is None else [value, scale]
    if run:
        yield run


def _continues(run: list[float], value: float) -> bool:
    """Tell whether a number word goes on with the number before it (`twenty` `five`)."""
    return run[-1] >= 100 or (run[-1] % 10 == 0 and 20 <= run[-1] < 100 and value < 20)


def _figure(text: str) -> float:
    """Return the value of figures, a group of three after a mark read as thousands."""
    if _GROUPED.match(text):
        return float(re.sub(r"\D", "", text))
    whole, mark, part = re.match(r"(.*?)(?:([.,])(\d+))?$", text).groups()  # type: ignore[union-attr]  # always matches
    return float(re.sub(r"\D", "", whole) + ("." + part if mark else ""))


def _value(run: list[float]) -> float:
    """Return the value of figures, words and scales that make one number."""
    total, group = 0.0, 0.0
    for value in run:
        if value >= 1_000 and group:
            total, group = total + group * value, 0.0
        elif value in {100.0, 12.0} and 0 < group < 100:
            group *= value
        else:
            group += value
    return total + group


@lru_cache(maxsize=32)
def _names(language: str) -> dict[str, float]:
    """Return number words of a language with their values, `one` and its like left out as articles."""
    names = {word: float(at) for at, word in enumerate(_UNITS.get(language, _UNITS["en"]).split())}
    for at, word in enumerate(_TENS.get(language, "").split()):
        names[word] = 20.0 + 10 * at
    if language in {"en", ""}:
        names |= {word: float(at) for at, word in enumerate(_ORDINAL_NAMES.split(), 1)}
    return names
