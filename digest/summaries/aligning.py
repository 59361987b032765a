"""Whether a statement says what one source sentence says: the same words, doing the same to each other.

Every content word of the statement stands in the sentence, in the same order, after the same prepositions
and auxiliaries; only phrases of time and place may move. What denies, limits or hedges in the sentence is
in the statement too, and so is the one who says it. A true rewording may be refused; a swapped subject is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from digest.summaries.language.attribution import FINDING, is_stronger
from digest.summaries.language.limits import (
    JOINING,
    JOINING_IN,
    THINKING,
    TRIED_ON,
    WHOLE,
    conditions,
)
from digest.summaries.language.limits_elsewhere import (
    LIMITS_IN,
    SUBORDINATING,
    limits_unspaced,
)
from digest.summaries.language.numerals import numbers, parts
from digest.summaries.language.postponing import lost_time, lost_time_unspaced
from digest.summaries.language.quoting import read_quotations
from digest.summaries.language.relations import (
    BINDING,
    COMPARISONS,
    RELATIVES,
)
from digest.summaries.language.speaking import attributes
from digest.summaries.language.words import words
from digest.summaries.left_out import (
    goes_with_head,
    lost_between,
    lost_heads,
    lost_objects,
    span,
    takes_whole,
)
from digest.summaries.rewording import rewordings
from digest.summaries.terms import Term, aligned, clauses, stands_alike, terms_of

_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_UNSPACED_SHARE = 0.8
_SCORE = re.compile(r"(?<![\d.,:-])(\d{1,4}) ?[-–:] ?(\d{1,4})(?![\d.,:-]*\d)")


def unsupported(statement: str, source: str, language: str) -> str:
    """Return in a few words what the source sentence does not say of the statement; empty for nothing."""
    if _UNSPACED.search(statement):
        return next(_unsupported_unspaced(statement, source), "")
    reason = next(_reasons(statement, source, language), "")
    if not reason:
        return ""
    pairs = rewordings(statement, source, language)
    return "" if any(not any(_reasons(told, said, language)) for told, said in pairs) else reason


def _reasons(statement: str, source: str, language: str) -> Iterator[str]:
    told, terms = terms_of(statement, language)
    said, known = terms_of(source, language)
    keys = {one.key for one in known}
    yield from (f"“{one.word}” is not in it" for one in terms if one.key not in keys and not one.is_number)
    yield from _speakers(statement, source)
    if numbers(statement, language) - parts(source, language) or takes_whole(told, said, language):
        yield "its numbers are others"
    yield from (f"it does not say “{pair}”" for pair in sorted(_scores(statement) - _scores(source)))
    pairs = aligned(terms, known)
    kept = {mine for mine, _ in pairs}
    for at, term in enumerate(terms):
        if (
            at not in kept
            and term.key in keys
            and not _is_moved_whole(at, terms, known, pairs, (statement, source))
        ):
            yield f"“{term.word}” does or suffers something else in it"
    for mine, theirs in pairs:
        if not stands_alike(terms[mine], known[theirs]):
            yield f"“{terms[mine].word}” has another part in it"
    binding = BINDING | LIMITS_IN.get(language[:2].lower(), frozenset())
    first, last = span(pairs, known)
    lost = [at for at in range(first, min(last, len(said))) if said[at] in binding and said[at] not in told]
    yield from (f"it says “{said[at]}”" for at in lost if not goes_with_head(at, said, known, pairs))
    added = binding | SUBORDINATING
    yield from (f"it does not say “{word}”" for word in told if word in added and word not in said)
    yield from (f"it does not say “{word}”" for word in told if word in WHOLE and word not in said)
    yield from (f"it does not say “{word}”" for word in told if is_stronger(word) and word not in said)
    if until := lost_time(statement, source, language):
        yield f"it says “{until}”"
    outer = conditions(language) | THINKING | TRIED_ON
    yield from (f"it says “{word}”" for word in said if word in outer and word not in told)
    if FINDING & set(said) and not FINDING & set(told):
        yield "it says who found so"
    yield from lost_objects(known, pairs, source, language)
    yield from lost_heads(terms, known, pairs, said)
    joining = JOINING | RELATIVES | JOINING_IN.get(language[:2].lower(), frozenset())
    yield from lost_between(known, pairs, source.casefold(), joining)


def _is_moved_whole(
    at: int,
    terms: Sequence[Term],
    known: Sequence[Term],
    pairs: Sequence[tuple[int, int]],
    texts: tuple[str, str],
) -> bool:
    """Tell whether a word out of order is of a time or place, of the same clause there as here."""
    if not terms[at].may_move or _may_be_swapped(at, terms, texts[1]):
        return False
    kept = {there for _, there in pairs}
    mine, theirs = clauses(terms, texts[0].casefold()), clauses(known, texts[1].casefold())
    beside = {theirs[there] for here, there in pairs if mine[here] == mine[at]}
    for there, one in enumerate(known):
        if one.key != terms[at].key or not stands_alike(terms[at], one):
            continue
        before = known[there - 1] if there and there - 1 not in kept else None
        if before and not before.may_move and not before.prepositions:
            continue
        fellows = [other for place, other in enumerate(known) if theirs[place] == theirs[there]]
        if theirs[there] in beside or not beside or all(other.may_move for other in fellows):
            return True
    return False


def _may_be_swapped(at: int, terms: Sequence[Term], source: str) -> bool:
    """Tell whether a moved time or place may have changed places with another, or is compared."""
    kind = terms[at].is_time
    if not kind and COMPARISONS & set(words(source)):
        return True
    alike = [place for place, one in enumerate(terms) if one.may_move and one.is_time == kind]
    groups = sum(place - 1 not in alike for place in alike)
    return groups > 1 and not all(one.may_move for one in terms[:at])


def _scores(text: str) -> set[str]:
    """Return the pairs of figures that a dash or a colon joins: in results their order tells who."""
    return {f"{one}-{other}" for one, other in _SCORE.findall(text)}


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
    if until := lost_time_unspaced(statement, source):
        yield f"it says “{until}”"
    yield from _speakers(statement, source)


def _speakers(statement: str, source: str) -> Iterator[str]:
    if attributes(_own(source)) and not attributes(_own(statement)):
        yield "it says who says so"
