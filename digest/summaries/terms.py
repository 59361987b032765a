"""The content words of a sentence, each with what stands before it: prepositions, an auxiliary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digest.summaries.language.attribution import PLAIN
from digest.summaries.language.limits import (
    conditions,
)
from digest.summaries.language.limits_elsewhere import (
    BINDING_TIMES,
)
from digest.summaries.language.numerals import numbers
from digest.summaries.language.relations import (
    AUXILIARIES,
    BINDING,
    COMPARING,
    COMPLEMENTS,
    OF_PLACE_AND_TIME,
    PERFECT,
    RELATIVES,
    TELLING,
    TIMES,
    prepositions,
)
from digest.summaries.language.speaking import is_speaking
from digest.summaries.language.stemming import stem
from digest.summaries.language.words import fold, idle_words, word_places, words

CLAUSE_MARK = re.compile(r"[,;:–—()]")
_ELISION = re.compile(r"([ldjmtscn]|qu|jusqu|lorsqu|puisqu|dell|nell|sull|all|dall|un)['’](?=\w\w)")
_ELIDED = {"d": "de", "n": "ne", "qu": "que", "l": "le", "s": "se", "dell": "della", "nell": "nella"}
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_MOST_WORDS = 200
"""Longer sentences are compared by their beginning: the comparison takes the product of both lengths."""


@dataclass(frozen=True, slots=True)
class Term:
    """A content word with the prepositions and the auxiliary right before it."""

    key: str
    word: str
    at: int
    start: int
    end: int
    prepositions: frozenset[str]
    is_passive: bool
    is_number: bool = False

    @property
    def may_move(self) -> bool:
        """Tell whether it may stand at another place of its clause: a time, a place, `has`."""
        return self.is_time or self.word in PERFECT or bool(self.prepositions & OF_PLACE_AND_TIME)

    @property
    def is_time(self) -> bool:
        """Tell whether it names a day, a month or a year."""
        return self.word in TIMES or bool(_YEAR.fullmatch(self.word) and self.prepositions)


def terms_of(text: str, language: str) -> tuple[list[str], list[Term]]:
    """Return the words, and the content words and numbers among them but speaking verbs."""
    folded = text.casefold()
    places = list(_parted(word_places(folded)[:_MOST_WORDS]))
    relations = prepositions(language)
    idle = (
        (idle_words(language) - TIMES - TELLING) | relations | AUXILIARIES | BINDING | conditions(language)
    )
    found: list[Term] = []
    before: list[str] = []
    for at, (word, start, end) in enumerate(places):
        values = numbers(word, language)
        if found and found[-1].at == at - 1 and CLAUSE_MARK.search(folded, found[-1].end, start):
            before = []
        if not values and (word in idle or is_speaking(word)):
            before = [*before, word] if word in idle else []
            continue
        key = f"#{min(values):g}{_unit(word)}" if values else _key(word, language)
        stands, rest = frozenset(before), before if values else []
        if word in TIMES or _YEAR.fullmatch(word):
            stands, rest = _of_time(before, relations)
        found.append(
            Term(
                key,
                word,
                at,
                start,
                end,
                stands & relations,
                bool(stands & AUXILIARIES) and not values,
                bool(values) and not _unit(word),
            )
        )
        before = rest
    return [word for word, _, _ in places], found


def _of_time(before: Sequence[str], relations: frozenset[str]) -> tuple[frozenset[str], list[str]]:
    """Return the small words that belong to a time, and those left for what stands behind it."""
    at = len(before)
    while (
        not COMPARING & set(before)
        and at
        and (before[at - 1] in BINDING_TIMES or before[at - 1] in relations)
    ):
        at -= 1
    if at < len(before):
        return frozenset(before[at:]), list(before[:at])
    return frozenset(before), list(before)


def _unit(word: str) -> str:
    """Return what a number is joined to by a hyphen (`three-week`, `34-jährige`)."""
    return "".join(re.findall(r"-([^\W\d_]+)", word))


def _parted(places: Sequence[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
    """Yield the words, French and Italian elisions as words of their own (`l'ancien`, `qu'il`)."""
    for word, start, end in places:
        if found := _ELISION.match(word):
            yield _ELIDED.get(found[1], found[1]), start, start + found.end()
            yield word[found.end() :], start + found.end(), end
        else:
            yield word, start, end


def _key(word: str, language: str) -> str:
    """Return what two forms of a word share: its stem in English, elsewhere itself, for cases tell who."""
    is_english = language[:2].lower() in {"", "en"}
    return stem(fold(word)) if is_english else word


def aligned(mine: Sequence[Term], theirs: Sequence[Term]) -> list[tuple[int, int]]:
    """Return the longest run of pairs in the same order, as places in both."""
    width = len(theirs)
    longest = [[0] * (width + 1) for _ in range(len(mine) + 1)]
    for i in range(len(mine) - 1, -1, -1):
        for j in range(width - 1, -1, -1):
            same = longest[i + 1][j + 1] + 1 if mine[i].key == theirs[j].key else 0
            longest[i][j] = max(same, longest[i + 1][j], longest[i][j + 1])
    found: list[tuple[int, int]] = []
    i = j = 0
    while i < len(mine) and j < width:
        if mine[i].key == theirs[j].key and longest[i][j] == longest[i + 1][j + 1] + 1:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif longest[i + 1][j] >= longest[i][j + 1]:
            i += 1
        else:
            j += 1
    return found


def stands_alike(mine: Term, theirs: Term) -> bool:
    """Tell whether two forms of a word stand behind the same small words; times behind the same bounds."""
    if mine.word in PERFECT:
        return True
    if mine.is_time or theirs.is_time:
        telling = BINDING_TIMES | COMPARING
        return (mine.prepositions & telling) == (theirs.prepositions & telling)
    return mine.prepositions == theirs.prepositions and mine.is_passive == theirs.is_passive


def clauses(terms: Sequence[Term], text: str) -> list[int]:
    """Return for each word the number of its clause; a phrase of time before a comma is of the next."""
    found, number = list[int](), 0
    for at, term in enumerate(terms):
        gap = text[terms[at - 1].end : term.start] if at else ""
        spelled = set(words(gap))
        is_fronted = number == 0 and all(one.may_move for one in terms[:at])
        is_marked = bool(CLAUSE_MARK.search(gap)) and not is_fronted
        number += is_marked or bool(spelled & (RELATIVES | COMPLEMENTS | PLAIN))
        found.append(number)
    return found
