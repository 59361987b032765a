"""Sentences that lean on the one before them, or say too little alone."""

from __future__ import annotations

import re

from digest.summaries.language.openers.leaning import opens_leaning
from digest.summaries.language.speaker_elsewhere import ends_with_nobody, says_nobody_next, tells_nobody
from digest.summaries.language.speaking import attributes

_DUMMY_SUBJECT = re.compile(
    r"(?:It (?:is|was|will be|has been) [\w ]{2,30}\b(?:that|to)\b|There (?:is|are|was|were)\b"
    r"|It (?:is|was|remains) (?:not|un|still|yet)[\w ]{1,30}\b(?:who|whether|why|how|what|when)\b"
    r"|(?:This|That) (?:week|month|year|morning|evening|weekend|summer|winter|spring|autumn)\b"
    r"|(?:Here|That)[’']s\b|Il (?:y a|faut|est \w+ (?:de|que))\b|Es (?:gibt|ist \w+, dass)\b)"
)
_COUNTS_BACK = re.compile(r"The (?:other|others|latter|former|same|pair)\b(?! (?:day|half|time)\b)")
_SPOKEN_TO = re.compile(
    r"\b(?:told|reminded|asked|warned|urged|accused|thanked|joined|answered|gave) "
    r"(?:him|her|them)\b(?! \w+s\b)"
)
_REPORTED = re.compile(
    r"(?<!\bich )\b(?:habe|sei(?:en)?(?! denn)|werde|könne|müsse|solle|wolle|dürfe|gebe|wisse|brauche)\b"
    r"(?! ich\b)"
)
_FIRST_PERSON = re.compile(
    r"^(?:We|My|Our|Let[’']s)\b|(?<![A-Z][a-z] )(?<!War )\bI(?:[’'](?:m|ve|d|ll))?\b(?!\.)(?= [a-z])"
)
_LARGE_I = frozenset({"it", "da", "nb", "no", "nn", "sv", "pl", "cs", "sk", "hr", "sr", "bs", "sl", "uk"})
"""Languages in which `I` opens a sentence as an article, `in` or `and`: `I sindacati hanno …`."""
_QUOTED = re.compile(
    r"“[^”]*”|\"[^\"]*\"|«[^»]*»|„[^“”]*[“”]|(?<!\w)‘[^’]*’(?!\w)|「[^」]*」|『[^』]*』"
    r"|»[^«»]*[«»]|‚[^‘]*‘|”[^“”]*”|(?<!\w)'[^']*'(?!\w)"
)
_STARTS_SMALL = re.compile(r"[a-zà-ÿа-я]{2}(?![\w.-]*[A-Z])")
_END_MARK = re.compile(r"[.!?…。！？؟।॥።։။۔](?:[\"'“”’‘»›«‹)\]」』）]|[ \u00a0\u202f]»)*$")
_OTHER_QUOTES = re.compile(r"„[^„“”]*[“”]|”[^“”]*”")
_PAIRS = (("“", "”"), ("«", "»"), ("(", ")"), ("[", "]"), ("「", "」"))
_TOLD = re.compile(
    r"(?:\w[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0dff]{0,3}){3}|[\u0900-\u0dff]{3}|[\u3040-\u9fff]"
)
_FEWEST_WORDS = 4
_FEWEST_UNSPACED = 8


def leans_back(sentence: str, language: str) -> bool:
    """Tell whether the sentence opens with a word that only the one before it explains."""
    if language.lower().startswith("en") and (_COUNTS_BACK.match(sentence) or _SPOKEN_TO.search(sentence)):
        return True
    if _lacks_speaker(sentence) or (language[:2].lower() == "de" and _is_reported(sentence)):
        return True
    if _DUMMY_SUBJECT.match(sentence):
        return False
    return opens_leaning(sentence, language.lower().replace("_", "-").split("-")[0] or "en")


def _lacks_speaker(sentence: str) -> bool:
    """Tell whether an earlier sentence names the one whose words this one tells."""
    outside = _QUOTED.sub(" ", sentence)
    if outside == sentence:
        return ends_with_nobody(sentence)
    return tells_nobody(outside) or ends_with_nobody(outside) or says_nobody_next(sentence)


def _is_reported(sentence: str) -> bool:
    """Tell whether only a verb's form says that somebody says so (`Der Rat habe davon gewusst.`)."""
    outside = _QUOTED.sub(" ", sentence)
    return bool(_REPORTED.search(outside)) and not attributes(outside)


def is_weak(sentence: str, language: str = "") -> bool:
    """Tell whether a sentence can't stand in a blurb: a question, fragment, or quotation nobody speaks.

    So is one whose quotation began or goes on elsewhere, and one in the first person outside quotes.
    """
    mark = _END_MARK.search(sentence)
    if mark is None or mark[0][0] in "?？؟" or not is_balanced(sentence):
        return True
    if _STARTS_SMALL.match(sentence):
        return True
    if len(sentence.split()) < _FEWEST_WORDS and len(sentence) < _FEWEST_UNSPACED * 2:
        return True
    outside = _QUOTED.sub(" ", sentence)
    if language[:2].lower() in _LARGE_I and outside.startswith("I "):
        outside = outside[2:]
    return not _TOLD.search(outside) or bool(_FIRST_PERSON.search(outside))


def is_balanced(text: str) -> bool:
    """Tell whether every quotation mark and bracket opened in `text` closes in it."""
    text = _OTHER_QUOTES.sub(" ", text)
    if (
        "„" in text
        or text.count('"') % 2
        or any(text.count(left) != text.count(right) for left, right in _PAIRS)
    ):
        return False
    opened = len(re.findall(r"(?<!\w)[‘'](?=\w)", text))
    closed = len(re.findall(r"(?<=[.,!?])[’'](?!\w)", text))
    return opened >= closed
