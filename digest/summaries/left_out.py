"""What a statement leaves out of its sentence though the rest hangs on it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from digest.summaries.language.limits import (
    OF_PERSONS,
)
from digest.summaries.language.limits_elsewhere import (
    SUBORDINATING,
)
from digest.summaries.language.numerals import numbers
from digest.summaries.language.relations import (
    AGAINST,
    ARTICLES,
    COMPLEMENTS,
    PARTITIVES,
    PERFECT,
    RELATIVES,
    TELLING,
)
from digest.summaries.language.words import words
from digest.summaries.terms import CLAUSE_MARK, Term

_ASIDE = re.compile(r"\s?(?:,[^,;:()–—]{1,200},|\([^()]{1,200}\)|[–—][^–—]{1,200}[–—])[^,;:()–—]{0,40}")
"""What stands between two marks, with small words before the next."""
_OBJECT_BEHIND = frozenset({"", "en", "de", "fr", "es", "pt", "it", "nl", "sv", "da", "nb"})
"""Languages in which what is done to something stands right before it."""


def goes_with_head(
    at: int, said: Sequence[str], known: Sequence[Term], pairs: Sequence[tuple[int, int]]
) -> bool:
    """Tell whether a word left out (`former`) belongs to one that is left out too (`minister`)."""
    if said[at] not in OF_PERSONS:
        return False
    head = next((place for place, one in enumerate(known) if one.at > at), None)
    return head is not None and head not in {theirs for _, theirs in pairs}


def takes_whole(told: Sequence[str], said: Sequence[str], language: str) -> bool:
    """Tell whether of `three of the ten` only the ten are told."""
    for at, word in enumerate(said):
        if word not in PARTITIVES or not at or not numbers(said[at - 1], language):
            continue
        whole = next((one for one in said[at + 1 : at + 3] if numbers(one, language)), None)
        if whole and whole in told and said[at - 1] not in told:
            return True
    return False


def lost_heads(
    terms: Sequence[Term], known: Sequence[Term], pairs: Sequence[tuple[int, int]], said: Sequence[str]
) -> Iterator[str]:
    """Yield what the statement leaves out though the rest hangs on it: a subject, an owner, a predicate."""
    kept = {theirs for _, theirs in pairs}
    for mine, theirs in pairs:
        if _is_owner(known[theirs].word) and not _is_owner(terms[mine].word) and theirs + 1 not in kept:
            yield f"it is of something of “{known[theirs].word}”"
    if not pairs:
        return
    yield from _lost_owners(terms, known, pairs)
    first, last = pairs[0][1], pairs[-1][1]
    if first and RELATIVES & set(said[known[0].at : known[first].at]):
        yield f"it says that of “{known[0].word}”"
    if first and COMPLEMENTS & set(said[known[first - 1].at : known[first].at]):
        yield f"it says that after “{known[first - 1].word}”"
    is_told = any(one.is_passive for one in terms)
    rest = [one for one in known[last + 1 :] if one.is_passive and not one.may_move]
    yield from (f"it goes on with “{one.word}”" for one in rest if not is_told)


def _lost_owners(
    terms: Sequence[Term], known: Sequence[Term], pairs: Sequence[tuple[int, int]]
) -> Iterator[str]:
    """Yield who is told of, where only whom he belongs to is named; and the lost half of a result."""
    mine, first = pairs[0]
    at = first
    while at and known[at].start == known[at - 1].end + 1:
        at -= 1
    if at < first and known[at].prepositions and not terms[mine].prepositions:
        yield f"it says that of another than “{known[first].word}”"
    kept = {theirs for _, theirs in pairs}
    for at, one in enumerate(known):
        before = [place for place in range(max(0, at - 2), at) if place in kept and known[place].is_number]
        if one.is_number and at not in kept and before and one.prepositions & AGAINST:
            yield f"it says “{one.word}” beside “{known[before[-1]].word}”"


def lost_objects(
    known: Sequence[Term], pairs: Sequence[tuple[int, int]], source: str, language: str
) -> Iterator[str]:
    """Yield what stood right behind a word and is left out, when a phrase or nothing follows in its place.

    `Close its ward in May` is not `close in May`. Numbers, times and names may go.
    """
    if language[:2].lower() not in _OBJECT_BEHIND:
        return
    text = source if len(source) == len(source.casefold()) else source.casefold()
    articles = ARTICLES.get(language[:2].lower(), ARTICLES["en"])
    ends = [*(theirs for _, theirs in pairs)]
    for one, other in itertools.zip_longest(ends, ends[1:]):
        if one + 1 >= len(known) or other == one + 1:
            continue
        lost, head = known[one + 1], known[one]
        gap = text[head.end : lost.start]
        if set(words(gap)) - articles or CLAUSE_MARK.search(gap):
            continue
        if head.is_number or known[one - 1].is_number or lost.word in TELLING or lost.word.endswith("ed"):
            continue
        if (
            lost.is_number
            or lost.is_time
            or head.word in PERFECT
            or text[lost.start].isupper()
            or text[head.start].isupper()
        ):
            continue
        if other is None or known[other].prepositions:
            yield f"it says “{head.word} {lost.word}”"


def lost_between(
    known: Sequence[Term], pairs: Sequence[tuple[int, int]], text: str, joining: frozenset[str]
) -> Iterator[str]:
    """Yield what was left out between two words though it is no aside: another clause, another doer."""
    for (_, one), (_, other) in itertools.pairwise(pairs):
        if other == one + 1:
            continue
        gap = text[known[one].end : known[other].start]
        spelled = set(words(gap))
        is_joined = bool(spelled & joining) or bool(CLAUSE_MARK.search(gap))
        is_anothers = not known[other].may_move and bool(spelled & SUBORDINATING)
        is_aside = _is_aside(gap) and not _goes_on(known[one + 1 : other], gap, known[one].end)
        if (is_joined and not is_aside) or is_anothers:
            yield f"it says more between “{known[one].word}” and “{known[other].word}”"


def _is_aside(gap: str) -> bool:
    """Tell whether all that was left out stands between two commas, dashes or brackets."""
    return bool(_ASIDE.fullmatch(gap))


def _goes_on(left_out: Sequence[Term], gap: str, start: int) -> bool:
    """Tell whether a word left out stands behind the aside: then what follows is another's."""
    end = start + max(map(gap.rfind, ",)–—"))
    return any(one.start > end for one in left_out)


def _is_owner(word: str) -> bool:
    return word.endswith(("'s", "’s", "s'", "s’"))


def span(pairs: Sequence[tuple[int, int]], known: Sequence[Term]) -> tuple[int, int]:
    """Return the stretch of the source's words that the statement tells, with those just before it."""
    places = [known[theirs].at for _, theirs in pairs]
    if not places:
        return 0, 0
    before = [one.at for one in known if one.at < min(places) and not one.is_number]
    return max(0, min(min(places) - 3, max(before, default=-1) + 1)), max(places) + 2
