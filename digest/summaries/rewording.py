"""True rewordings of a sentence, by rules that change no meaning, so that a statement can be held to each.

A statement is compared with its source word by word and in order. Here both are brought into like form
first: the speaker moved from the end to the front, a clause of time or cause moved, a title left out
before a name, an English passive turned round. What no rule makes alike stays refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.summaries.language.attribution import agrees, attributions, without_according
from digest.summaries.language.limits import JOINING, OF_PERSONS, THINKING
from digest.summaries.language.limits_elsewhere import SUBORDINATING
from digest.summaries.language.relations import AUXILIARIES, BINDING, COMPLEMENTS, RELATIVES, TIMES
from digest.summaries.language.speaking import attributes
from digest.summaries.language.stemming import stem
from digest.summaries.language.words import words

_MOST_PAIRS = 96
_MOST_LENGTH = 600
"""In characters; longer sentences are held as they stand."""
_CONDITION = "if|unless|wenn|falls|si|se|als|tenzij|om|ifall"
_CAUSE = (
    "after|before|because of|because|since|due to|despite|when|nachdem|bevor|weil|nach|wegen|après|avant|"
    "parce que|à cause de|lorsque|después de|tras|porque|cuando|antes de|depois de|após|quando|dopo|perché|"
    "prima di|nadat|"
    "voordat|omdat|efter att|innan|eftersom"
)
_FRONTED = re.compile(rf"(?i)^(?P<word>{_CONDITION}|{_CAUSE}) (?P<clause>[^,]{{3,}}), (?P<main>[^,].*)$")
_BEHIND = re.compile(
    rf"(?i)^(?P<main>[^,]{{3,}}),? (?P<word>{_CONDITION}|{_CAUSE}) (?P<clause>[^,]{{3,}})$"
)
_IF = re.compile(rf"(?i)^(?:{_CONDITION})$")
_BECAUSE = re.compile(
    r"(?i)^(?:because|since|due to|because of|weil|wegen|parce que|à cause de|porque|perché|omdat|"
    r"eftersom)$"
)
_ROLES = (
    "minister|president|governor|senator|mayor|director|secretary|chairman|chairwoman|spokesman|spokeswoman|"
    "chief executive|executive|leader|banker|artist|painter|writer|author|actor|actress|singer|lawyer|"
    "doctor|professor|judge|general|colonel|captain|coach|striker|ambassador|journalist|engineer|farmer|teacher|"
    "ministra|ministre|ministro|ministerin|bürgermeister|bürgermeisterin|präsident|präsidentin|kanzler|"
    "kanzlerin|maire|président|présidente|procureur|directeur|directrice|alcalde|alcaldesa|presidente|presidenta|médico|"
    "médica|gobernador|gobernadora|prefeito|prefeita|governador|sindaco|sindaca|burgemeester|premier|statsminister|"
    "borgmästare|partiledare"
)
_FORMER = "|".join(sorted(OF_PERSONS))
_PERSON = rf"(?:(?:{_FORMER}) )?(?:prime |vice |deputy |Treasury |opposition )?(?:{_ROLES})"
_NAME = r"[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+){0,2}"
_TITLED = re.compile(
    rf"(?:(?:(?:[Tt]he|[Dd]er|[Dd]ie|[Ll]e|[Ll]a|[Ee]l|[Oo]|[Ii]l|[Dd]e) )"
    rf"(?:[A-Z][a-z]+(?:ch|sh|an|ese) )?)?(?i:{_PERSON}) (?={_NAME})|"
    rf"\b(?:[Ll]['’])(?i:{_PERSON}) (?={_NAME})|"
    rf"\b(?:Dr|Mr|Mrs|Ms|Prof|Sen|Gov)\.? (?={_NAME})"
)
_NAMED = re.compile(
    rf"(?P<title>\b(?:[Tt]he|[Dd]er|[Dd]ie|[Ll]e|[Ll]a|[Ee]l|[Oo]|[Ii]l|[Dd]e) (?i:{_PERSON})) "
    rf"{_NAME}(?= [a-zß-ÿ])"
)
_PLACED = re.compile(r"\bthe (?:town|city|village|island|port) of (?=[A-Z])")
_COUNTED = re.compile(
    r"\b(?P<article>[Tt]he|[Aa]|[Dd]er|[Dd]ie|[Dd]as|[Ll]es|[Ll]os|[Ll]as|[Oo]s|[Aa]s) "
    r"(?:\d[\d.,]*(?:-[a-z]+)?|(?:two|three|four|five|six|seven|eight|nine|ten)-[a-z]+) (?=[^\W\d])"
)
_APPOSED = re.compile(rf"(?<![\w’'-])(?P<name>{_NAME}), (?P<role>the [^,]{{3,80}}), ")
_DAYS = "|".join(sorted(TIMES - {"early", "late", "year", "jahr", "année", "año", "jaar", "år"}))
_TIMED = re.compile(
    rf"(?i) (?:(?:early|late) )?(?:(?:on|in|am|im|en|em|op|på|i|le|nel) )?"
    rf"(?:{_DAYS})(?=[ ,]|$)(?! \d)"
)
_PASSIVE = re.compile(
    r"^(?P<whom>.{2,200}?) (?P<be>was|were|is|are|has been|have been) (?P<verb>[a-z]+)\b(?P<rest>.*)$"
)
_BY = re.compile(r" by (?=[a-zA-Z])")
_STOP = re.compile(r"(?= (?:in|on|at|for|of|from|with|after|before|early|late|near|to|because|when)\b|,|$)")
_ACTIVE = {
    "taken": "took", "given": "gave", "seen": "saw", "written": "wrote", "chosen": "chose",
    "stolen": "stole",
    "driven": "drove", "broken": "broke", "beaten": "beat", "hidden": "hid", "thrown": "threw",
    "drawn": "drew", "known": "knew", "torn": "tore", "worn": "wore", "sung": "sang", "begun": "began",
    "shown": "showed", "forgotten": "forgot", "bitten": "bit", "shaken": "shook", "withdrawn": "withdrew",
}  # fmt: skip


def rewordings(statement: str, source: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield pairs of statement and sentence that mean what the two given mean, 96 at most, in like form."""
    if len(statement) + len(source) > _MOST_LENGTH * 2:
        return
    seen = {(statement, source)}
    for told, said in _speakers_apart(statement, source, language):
        sources = [said, *_shortened(said)]
        sources += [_TIMED.sub("", one) for one in dict.fromkeys(sources)]
        sources += [moved for one in sources for moved in _moved(one)]
        for one in dict.fromkeys(sources):
            for other in (told, *_active(told, one, language)):
                if (other, one) not in seen and len(seen) <= _MOST_PAIRS:
                    seen.add((other, one))
                    yield other, one


def _speakers_apart(statement: str, source: str, language: str) -> Iterator[tuple[str, str]]:
    yield statement.strip().rstrip("."), source.strip().rstrip(".")
    if bodies := without_according(statement, source):
        yield bodies
    for told in attributions(statement):
        for said in attributions(source):
            if agrees(told, said, language):
                yield told.body, said.body


def _shortened(text: str) -> Iterator[str]:
    """Yield a sentence without titles, names after titles, counts after articles, appositions."""
    without_titles = _TITLED.sub("", text)
    yield without_titles
    yield _NAMED.sub(r"\g<title>", text)
    yield _COUNTED.sub(r"\g<article> ", text)
    yield _PLACED.sub("", text)
    yield _COUNTED.sub(r"\g<article> ", without_titles)
    bare = _APPOSED.sub(r"\g<name> ", text)
    yield bare
    yield _TITLED.sub("", bare)
    yield _APPOSED.sub(r"\g<role> ", text)
    yield _TITLED.sub("", _APPOSED.sub(r"\g<role> ", text))


def _moved(text: str) -> Iterator[str]:
    """Yield a sentence with its clause of cause, time or condition at the other end."""
    if (found := _FRONTED.match(text)) and _may_move(found["main"], found["word"], found["clause"]):
        yield f"{found['main']} {found['word'].lower()} {found['clause']}"
    if (found := _BEHIND.match(text)) and _may_move(found["main"], found["word"], found["clause"]):
        yield f"{found['word']} {found['clause']}, {found['main']}"


def _may_move(main: str, word: str, clause: str) -> bool:
    """Tell whether a clause is of the whole sentence: not of what somebody says, plans or may do."""
    spelled = set(words(main)) | (set(words(clause)) & (SUBORDINATING | JOINING))
    if spelled & (RELATIVES | COMPLEMENTS | SUBORDINATING | JOINING | THINKING) or attributes(main):
        return False
    is_cause = bool(_BECAUSE.match(word)) and not spelled & {"not", "never", "no"}
    return is_cause or bool(_IF.match(word)) or not spelled & _WANTED


_WANTED = frozenset(
    """
    plans planned plan wants wanted want hopes hoped hope will would may might could should must not never
    threatens threatened promised promises refused refuses failed fails tried tries intends
    """.split()  # noqa: SIM905
)


def _active(statement: str, source: str, language: str) -> Iterator[str]:
    """Yield an English statement of the passive with its doer first, in the verb's form of the source."""
    if language[:2].lower() not in {"", "en"} or not (found := _PASSIVE.match(statement)):
        return
    verb = _finite(found["verb"], source, is_now=found["be"] in {"is", "are"})
    if not verb:
        return
    whom, rest = found["whom"], found["rest"]
    for by in _BY.finditer(rest):
        middle, behind = rest[: by.start()], rest[by.end() :]
        for stop in _STOP.finditer(behind):
            if stop.start():
                yield f"{behind[: stop.start()]} {verb} {whom}{middle}{behind[stop.start() :]}"
    before = re.split(rf"\b{verb}\b", source, maxsplit=1)[0].strip()
    if " by " not in rest and _is_doer(before):
        yield f"{before} {verb} {whom}{rest}"


def _finite(participle: str, source: str, *, is_now: bool) -> str:
    """Return the verb as the source has it as a deed: `approved`, not of `was approved`; empty for none."""
    form = _ACTIVE.get(participle, participle)
    spelled = words(source)
    for at, word in enumerate(spelled):
        is_form = stem(word) == stem(form) and word != form if is_now else word == form
        if is_form and at and spelled[at - 1] not in AUXILIARIES | {"to", "by", "of"}:
            return word
    return ""


def _is_doer(before: str) -> bool:
    """Tell whether what stands before a verb is its doer alone, who did it for certain."""
    spelled = set(words(before))
    binding = BINDING | THINKING | RELATIVES | COMPLEMENTS | SUBORDINATING | JOINING | AUXILIARIES
    return (
        bool(spelled)
        and "," not in before
        and not spelled & (binding | {"to", "has", "have", "had", "who"})
    )
