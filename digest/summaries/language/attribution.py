"""Who a sentence says its words are of: the words themselves, the verb, the speaker, and when or where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digest.summaries.language.limits import JOINING
from digest.summaries.language.relations import (
    BINDING,
    COMPLEMENTS,
    OF_PLACE_AND_TIME,
    RELATIVES,
    TIMES,
    prepositions,
)
from digest.summaries.language.speaking import is_speaking

_ACCORDING = (
    r"according to|laut|zufolge|nach angaben(?: (?:der|des|von))?|selon|d['’]après|según|de acuerdo con|"
    r"segundo|de acordo com|secondo|volgens|enligt|ifølge|według|podle|podľa|по данным|по словам|за даними|"
    r"за словами|menurut|kulingana na"
)
_LED = re.compile(rf"(?i)^(?:{_ACCORDING}) (?P<speaker>[^,]{{2,80}}), (?P<body>.{{3,}})$")
_TRAILED = re.compile(rf"(?i)^(?P<body>.{{3,}}), (?:{_ACCORDING}) (?P<speaker>[^,]{{2,80}})$")
_INSIDE = re.compile(rf"(?i)(?:^|(?<= ))(?:{_ACCORDING}) ")
_LAST = re.compile(r"^(?P<body>.{3,}), (?P<said>[^,]{3,120}(?:, [^,]{2,80}, [^,]{2,40})?)$")
_THAT = re.compile(
    r"^(?:to )?(?:reporters |journalists |[aà]s? )?(?:that |dass |que |che |att |dat |at |att |, dass )?"
)
_ARTICLES = frozenset(
    [
        "the",
        "a",
        "an",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "le",
        "la",
        "les",
        "l",
        "un",
        "une",
        "el",
        "los",
        "las",
        "o",
        "os",
        "as",
        "il",
        "lo",
        "i",
        "gli",
        "de",
        "het",
        "en",
    ]
)
_AUXILIARY = frozenset(["has", "have", "had", "a", "ont", "ha", "han", "hat", "haben", "heeft", "hebben"])
_HEARERS = frozenset(["reporters", "journalists"])
_NEUTRAL = frozenset(
    """
    said says say told stated according sagte sagt sagten dit dijo dicen dice según selon disse segundo
    detto secondo zei zegt volgens aldus sade säger enligt laut powiedział řekl сказал сказала kata
    dedi alisema
    """.split()  # noqa: SIM905
)
PLAIN = _NEUTRAL | frozenset(
    """
    announced explained added noted warned reported wrote erklärte erklärt teilte schrieb ergänzte warnte
    declaró informó informa explicó señaló anunció agregó añadió afirmó informou explicou anunciou afirmou
    declarou dichiarato spiegato aggiunto annunciato indiqué déclaré expliqué ajouté annoncé affirmé meldde
    verklaarde skrev uppger
    """.split()  # noqa: SIM905
)
"""Verbs that only tell: for them a plain "said" may stand; never the other way round."""
FINDING = frozenset(
    """
    shows showed found finds zeigt ergab montre révèle muestra revela mostra toont blijkt visar
    """.split()  # noqa: SIM905
)
"""Verbs that say by whose study or report something is so."""
_MOST_LEFT_OUT = 4
_ACCORDINGLY = "according"


@dataclass(frozen=True, slots=True)
class Attribution:
    """A sentence parted into what is said and who says it; `aside` is when and where it was said."""

    body: str
    verb: str
    speaker: tuple[str, ...]
    aside: frozenset[str]


def attributions(text: str) -> Iterator[Attribution]:
    """Yield the ways to read a sentence as somebody's words; none where it is the paper's own."""
    plain = text.strip().rstrip(".")
    for form in (_LED, _TRAILED):
        if found := form.match(plain):
            speaker = tuple(found["speaker"].split())
            if not _is_clause(speaker):
                yield Attribution(found["body"], _ACCORDINGLY, speaker, frozenset())
    if (found := _LAST.match(plain)) and (read := _read(found["said"].split(), found["body"])):
        yield read
    tokens = plain.split()
    for at, token in enumerate(tokens[:14]):
        word = token.casefold().strip(",:")
        if at and (is_speaking(word) or word in FINDING):
            yield from _headed(tokens, at)
            break


def _headed(tokens: Sequence[str], at: int) -> Iterator[Attribution]:
    speaker = tokens[:at]
    while speaker and speaker[-1].casefold() in _AUXILIARY:
        speaker = speaker[:-1]
    if not speaker or _is_clause(speaker) or speaker[-1].endswith(","):
        return
    start = at + 1
    that = next((n for n in range(start, min(at + 5, len(tokens))) if tokens[n] == "that"), start)
    if tokens[at] == "told":
        start = that
    while start < len(tokens) and (_is_time(tokens[start]) or tokens[start].casefold() in _HEARERS):
        start += 1
    body = " ".join(tokens[start:])
    aside = frozenset(token.casefold() for token in tokens[at + 1 : start]) - _HEARERS
    body = _THAT.sub("", body)
    if body:
        yield Attribution(body, tokens[at].casefold().strip(",:"), tuple(speaker), aside)


def _is_time(token: str) -> bool:
    word = token.casefold().strip(",")
    return word in TIMES or word in {"on", "am", "in", "en", "op", "på"}


def _read(tokens: list[str], body: str) -> Attribution | None:
    """Read what stands behind the last comma: `SPEAKER said [on Monday]`, or `said SPEAKER [on Monday]`."""
    at = next(
        (n for n, one in enumerate(tokens) if is_speaking(one.strip(",")) or one.casefold() in FINDING),
        None,
    )
    if at is None or _is_clause(tokens):
        return None
    verb, before, after = tokens[at].casefold(), tokens[:at], tokens[at + 1 :]
    while before and before[-1].casefold() in _AUXILIARY:
        before = before[:-1]
    if before:
        return Attribution(body, verb, tuple(before), _words(after) - _HEARERS)
    end = next(
        (
            n
            for n, one in enumerate(after)
            if one.casefold() in TIMES or one.casefold() in OF_PLACE_AND_TIME
        ),
        len(after),
    )
    speaker = tuple(after[:end])
    return Attribution(body, verb, speaker, _words(after[end:]) - _HEARERS) if speaker else None


def _is_clause(tokens: Sequence[str]) -> bool:
    """Tell whether words are more than a name and a verb: they join, deny, doubt or open a clause."""
    return bool(
        _words(tokens) & (RELATIVES | COMPLEMENTS | JOINING | BINDING | {"what", "when", "after"}) - {"a"}
    )


def _words(tokens: Sequence[str]) -> frozenset[str]:
    return frozenset(token.casefold().strip(",.") for token in tokens)


def is_stronger(word: str) -> bool:
    """Tell whether a word of speech says more than that somebody said it (`admitted`, `confirmed`)."""
    return is_speaking(word) and word not in _NEUTRAL and word not in {"reports", "posted", "report"}


def agrees(told: Attribution, said: Attribution, language: str) -> bool:
    """Tell whether a statement names the sentence's speaker, by no stronger a verb, then and there."""
    is_same = told.verb == said.verb
    is_plain = told.verb in _NEUTRAL and said.verb in PLAIN
    return (
        (is_same or is_plain)
        and told.aside <= said.aside
        and _is_speaker(told.speaker, said.speaker, language)
    )


def _is_speaker(told: Sequence[str], said: Sequence[str], language: str) -> bool:
    """Tell whether two names are one's; a title before a name, or the name after a title, may go."""
    mine, theirs = _bare(told), _bare(said)
    if not mine:
        return False
    if [one.casefold() for one in mine] == [one.casefold() for one in theirs]:
        return True
    apposition = next((at for at, one in enumerate(said) if one.endswith(",")), None)
    if apposition is not None:
        return _is_speaker(told, [*said[:apposition], said[apposition].strip(",")], language)
    left_out = len(theirs) - len(mine)
    if not 0 < left_out <= _MOST_LEFT_OUT:
        return False
    if mine == theirs[left_out:]:
        dropped = theirs[:left_out]
        is_name = all(one[:1].isupper() for one in mine)
        is_head_last = language[:2].lower() in {"", "en", "de", "nl", "sv", "da", "nb"}
        return (is_name or is_head_last) and not _words(dropped) & (prepositions(language) | {"der", "des"})
    is_title = all(one[:1].islower() for one in mine)
    return (
        is_title and mine == theirs[: len(mine)] and all(one[:1].isupper() for one in theirs[len(mine) :])
    )


def _bare(tokens: Sequence[str]) -> list[str]:
    """Return a speaker's words without the article before them; the first one's case is not its own."""
    tokens = [token.strip(".") for token in tokens]
    while tokens and tokens[0].casefold() in _ARTICLES:
        tokens = tokens[1:]
    return list(tokens)


def without_according(told: str, said: str) -> tuple[str, str] | None:
    """Return both without `according to X` where both hold it of one X, wherever it stands; None else."""
    mine, theirs = _INSIDE.search(told), _INSIDE.search(said)
    if not mine or not theirs:
        return None
    here, there = told[mine.end() :].split(), said[theirs.end() :].split()
    here, there = _bare(here), _bare(there)
    speaker = 0
    for one, other in zip(here, there, strict=False):
        if one.strip(",") != other.strip(",") or one.casefold() in BINDING:
            break
        speaker += 1
        if one.endswith(",") or other.endswith(","):
            break
    if not speaker:
        return None
    bodies = (
        told[: mine.start()] + " ".join(here[speaker:]),
        said[: theirs.start()] + " ".join(there[speaker:]),
    )
    return bodies[0].strip(" ,."), bodies[1].strip(" ,.")
