"""Whether a statement says what one source sentence says: the same words, doing the same to each other.

Every content word of the statement stands in the sentence, in the same order, after the same prepositions
and auxiliaries; only phrases of time and place may move. What denies, limits or hedges in the sentence is
in the statement too, and so is the one who says it. A true rewording may be refused; a swapped subject is.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digest.summaries.language.limits import CONDITIONS, JOINING, JOINING_IN, THINKING
from digest.summaries.language.limits_elsewhere import (
    BINDING_TIMES,
    LIMITS_IN,
    SUBORDINATING,
    limits_unspaced,
)
from digest.summaries.language.numerals import numbers, parts
from digest.summaries.language.quoting import read_quotations
from digest.summaries.language.relations import (
    AUXILIARIES,
    BINDING,
    OF_PLACE_AND_TIME,
    PARTITIVES,
    PREPOSITIONS,
    RELATIVES,
    TIMES,
)
from digest.summaries.language.speaking import attributes, is_speaking
from digest.summaries.language.stemming import stem
from digest.summaries.language.words import fold, idle_words, word_places, words

_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_UNSPACED_SHARE = 0.8
_ELISION = re.compile(r"([ldjmtscn]|qu|jusqu|lorsqu|puisqu|dell|nell|sull|all|dall|un)['’](?=\w\w)")
_ELIDED = {"d": "de", "n": "ne", "qu": "que", "l": "le", "s": "se", "dell": "della", "nell": "nella"}
_CLAUSE_MARK = re.compile(r"[,;:–—()]")
_ASIDE = re.compile(r"\s?(?:,[^,;:()–—]{1,200},|\([^()]{1,200}\)|[–—][^–—]{1,200}[–—])[^,;:()–—]{0,40}")
"""What stands between two marks, with small words before the next."""
_SCORE = re.compile(r"(?<![\d.,:-])(\d{1,4}) ?[-–:] ?(\d{1,4})(?![\d.,:-]*\d)")
_MOST_WORDS = 200
"""Longer sentences are compared by their beginning: the comparison takes the product of both lengths."""


@dataclass(frozen=True, slots=True)
class _Term:
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
        return self.word in TIMES or bool(self.prepositions & OF_PLACE_AND_TIME)


def unsupported(statement: str, source: str, language: str) -> str:
    """Return in a few words what the source sentence does not say of the statement; empty for nothing."""
    if _UNSPACED.search(statement):
        return next(_unsupported_unspaced(statement, source), "")
    return next(_reasons(statement, source, language), "")


def _reasons(statement: str, source: str, language: str) -> Iterator[str]:
    told, terms = _terms(statement, language)
    said, known = _terms(source, language)
    keys = {one.key for one in known}
    yield from (f"“{one.word}” is not in it" for one in terms if one.key not in keys and not one.is_number)
    if numbers(statement, language) - parts(source, language) or _takes_whole(told, said, language):
        yield "its numbers are others"
    yield from (f"it does not say “{pair}”" for pair in sorted(_scores(statement) - _scores(source)))
    pairs = _aligned(terms, known)
    kept = {mine for mine, _ in pairs}
    for at, term in enumerate(terms):
        if at not in kept and term.key in keys and not _is_moved_whole(term, known):
            yield f"“{term.word}” does or suffers something else in it"
    for mine, theirs in pairs:
        if not _stands_alike(terms[mine], known[theirs]):
            yield f"“{terms[mine].word}” has another part in it"
    binding = BINDING | LIMITS_IN.get(language[:2].lower(), frozenset())
    first, last = _span(pairs, known)
    yield from (f"it says “{word}”" for word in said[first:last] if word in binding and word not in told)
    yield from (f"it does not say “{word}”" for word in told if word in binding and word not in said)
    outer = CONDITIONS | THINKING
    yield from (f"it says “{word}”" for word in said if word in outer and word not in told)
    yield from _speakers(statement, source)
    yield from _lost_heads(terms, known, pairs, said)
    joining = JOINING | RELATIVES | JOINING_IN.get(language[:2].lower(), frozenset())
    yield from _lost_between(known, pairs, source.casefold(), joining)


def _terms(text: str, language: str) -> tuple[list[str], list[_Term]]:
    """Return the words, and the content words and numbers among them but speaking verbs."""
    places = list(_parted(word_places(text.casefold())[:_MOST_WORDS]))
    idle = (idle_words(language) - TIMES) | PREPOSITIONS | AUXILIARIES | BINDING | CONDITIONS
    found: list[_Term] = []
    before: list[str] = []
    for at, (word, start, end) in enumerate(places):
        values = numbers(word, language)
        if not values and (word in idle or is_speaking(word)):
            before = [*before, word] if word in idle else []
            continue
        key = f"#{min(values):g}" if values else _key(word, language)
        stands = frozenset(before)
        found.append(
            _Term(
                key,
                word,
                at,
                start,
                end,
                stands & PREPOSITIONS,
                bool(stands & AUXILIARIES) and not values,
                bool(values),
            )
        )
        before = []
    return [word for word, _, _ in places], found


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


def _aligned(mine: Sequence[_Term], theirs: Sequence[_Term]) -> list[tuple[int, int]]:
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


def _is_moved_whole(term: _Term, known: Sequence[_Term]) -> bool:
    """Tell whether a word out of order is of a phrase of time or place, there as here."""
    return term.may_move and any(one.key == term.key and _stands_alike(term, one) for one in known)


def _scores(text: str) -> set[str]:
    """Return the pairs of figures that a dash or a colon joins: in results their order tells who."""
    return {f"{one}-{other}" for one, other in _SCORE.findall(text)}


def _stands_alike(mine: _Term, theirs: _Term) -> bool:
    if mine.word in TIMES:
        return (mine.prepositions & BINDING_TIMES) == (theirs.prepositions & BINDING_TIMES)
    return mine.prepositions == theirs.prepositions and mine.is_passive == theirs.is_passive


def _takes_whole(told: Sequence[str], said: Sequence[str], language: str) -> bool:
    """Tell whether of `three of the ten` only the ten are told."""
    for at, word in enumerate(said):
        if word not in PARTITIVES or not at or not numbers(said[at - 1], language):
            continue
        whole = next((one for one in said[at + 1 : at + 3] if numbers(one, language)), None)
        if whole and whole in told and said[at - 1] not in told:
            return True
    return False


def _lost_heads(
    terms: Sequence[_Term], known: Sequence[_Term], pairs: Sequence[tuple[int, int]], said: Sequence[str]
) -> Iterator[str]:
    """Yield what the statement leaves out though the rest hangs on it: a subject, an owner, a predicate."""
    kept = {theirs for _, theirs in pairs}
    for mine, theirs in pairs:
        if _is_owner(known[theirs].word) and not _is_owner(terms[mine].word) and theirs + 1 not in kept:
            yield f"it is of something of “{known[theirs].word}”"
    if not pairs:
        return
    first, last = pairs[0][1], pairs[-1][1]
    if first and RELATIVES & set(said[known[0].at : known[first].at]):
        yield f"it says that of “{known[0].word}”"
    is_told = any(one.is_passive for one in terms)
    rest = [one for one in known[last + 1 :] if one.is_passive and not one.may_move]
    yield from (f"it goes on with “{one.word}”" for one in rest if not is_told)


def _lost_between(
    known: Sequence[_Term], pairs: Sequence[tuple[int, int]], text: str, joining: frozenset[str]
) -> Iterator[str]:
    """Yield what was left out between two words though it is no aside: another clause, another doer."""
    for (_, one), (_, other) in itertools.pairwise(pairs):
        if other == one + 1:
            continue
        gap = text[known[one].end : known[other].start]
        spelled = set(words(gap))
        is_joined = bool(spelled & joining) or bool(_CLAUSE_MARK.search(gap))
        is_anothers = known[other].is_passive and bool(spelled & SUBORDINATING)
        if (is_joined and not _is_aside(gap)) or is_anothers:
            yield f"it says more between “{known[one].word}” and “{known[other].word}”"


def _is_aside(gap: str) -> bool:
    """Tell whether all that was left out stands between two commas, dashes or brackets."""
    return bool(_ASIDE.fullmatch(gap))


def _is_owner(word: str) -> bool:
    return word.endswith(("'s", "’s", "s'", "s’"))


def _span(pairs: Sequence[tuple[int, int]], known: Sequence[_Term]) -> tuple[int, int]:
    """Return the stretch of the source's words that the statement tells, with those just before it."""
    places = [known[theirs].at for _, theirs in pairs]
    return (max(0, min(places) - 3), max(places) + 2) if places else (0, 0)


def _own(text: str) -> str:
    return read_quotations([text])[0].own(0, len(text))


def _unsupported_unspaced(statement: str, source: str) -> Iterator[str]:
    """Compare pairs of characters: a swapped subject changes those that join it to its particle."""
    mine, theirs = words(statement), set(words(source))
    left = iter([sign for sign in source if sign.isalnum()])
    is_shorter_form = all(sign in left for sign in statement if sign.isalnum())
    if not is_shorter_form or sum(one in theirs for one in mine) < _UNSPACED_SHARE * len(mine):
        yield "it says that in other words"
    lost = limits_unspaced(source) - limits_unspaced(statement)
    yield from (f"it says “{one}”" for one in sorted(lost))
    yield from _speakers(statement, source)


def _speakers(statement: str, source: str) -> Iterator[str]:
    if attributes(_own(source)) and not attributes(_own(statement)):
        yield "it says who says so"
