"""Headlines as announcements: which ones bait, and how long ones may be shortened."""

from __future__ import annotations

import re

from digest.editions.display_width import cut, displayed, one_line

_KICKER = re.compile(
    r"^(?:live(?: updates?)?|watch|video|photos?|pictures|breaking(?: news)?|exclusive|updated?|just in"
    r"|en direct|direct|vidéo|exclusif|eilmeldung|exklusiv|en vivo|ao vivo|diretta|exclusivo)\s*[:|]\s*",
    re.IGNORECASE,
)
_BAIT = re.compile(
    r"\?\s*$|!|\.\.\.\s*$|…\s*$"
    r"|\byou won[’']t believe\b|\bwhat happen(?:s|ed) next\b"
    r"|\b(?:this is|here[’']s) (?:why|what|how)\b"
    r"|\bthe (?:real )?reason why\b|\bwill (?:shock|surprise|amaze)\b"
    r"|\bgoes viral\b|\bjaw-dropping\b|\bmind-blowing\b"
    r"|^\d+ (?:things|ways|reasons|facts|times|photos|tricks|secrets)\b"
    r"|\bvous n[’']allez pas croire\b|\bvoici pourquoi\b|\bno vas? a creer\b|\besto es lo que\b"
    r"|\bnon crederete\b|\becco perché\b|\bdas müssen sie\b|\bund das ist der grund\b"
    r"|\bvocê não vai acreditar\b",
    re.IGNORECASE,
)
_LOUD_WORDS = 3

_CIRCUMSTANCE = {
    "en": r"amid|after|as|ahead of|following|while",
    "fr": r"après|alors que|à la veille d[eu]|tandis que",
    "de": r"nach|während",
    "es": r"tras|mientras|después de",
    "pt": r"após|enquanto|depois de",
    "it": r"dopo|mentre",
    "nl": r"na|terwijl",
    "sw": r"baada ya|huku",
}
_LEANING_WORDS = """
only not no never even just soon shortly long well such same so known seen regarded unless until if or and
hour hours day days week weeks month months year years minute minutes
seul seulement pas peu jours ans heures nur nicht kurz erst tage jahre solo días años poco só não dias anos
giorni anni non niet kort dagen jaar tu siku miaka mara
"""
_LEANING = frozenset(_LEANING_WORDS.split())
_FEWEST_WORDS = 3


def is_bait(headline: str, language: str) -> bool:
    """Tell whether a headline teases, asks or shouts instead of saying what happened.

    A Spanish, Arabic or Chinese question counts too; `language` is there for scripts without capitals.
    """
    if _BAIT.search(headline) or headline.rstrip().endswith(("؟", "？", "！")):
        return True
    letters = [word for word in headline.split() if sum(map(str.isalpha, word)) > 3]
    is_cased = language[:2] not in {"ar", "zh", "ja", "he", "fa"}
    return is_cased and len(letters) >= _LOUD_WORDS and all(word.isupper() for word in letters)


def shorten(headline: str, limit: int, language: str) -> str:
    """Return the headline within `limit` displayed characters, without changing what it says.

    A kicker (`LIVE:`) goes first, then a last circumstance (`… amid rain`); only then words are cut
    off, and "…" shows it. An attribution or condition is never dropped.
    """
    text = _KICKER.sub("", one_line(headline))
    if displayed(text) <= limit:
        return text
    return _without_circumstance(text, limit, language) or cut(text, limit)


def _without_circumstance(text: str, limit: int, language: str) -> str:
    """Return the longest beginning that ends before a circumstance and fits; empty if none does."""
    opening = _CIRCUMSTANCE.get(language[:2])
    if not opening:
        return ""
    for match in reversed(list(re.finditer(rf",?\s+(?:{opening})\s+(?=\S+\s+\S+)", text))):
        head, tail = text[: match.start()], text[match.end() :]
        before = head.split()
        is_safe = (
            len(before) >= _FEWEST_WORDS
            and before[-1].casefold().strip(",") not in _LEANING
            and not before[-1][-1].isdigit()
            and _is_balanced(head)
            and "," not in tail
            and ":" not in tail
        )
        if is_safe and displayed(head) <= limit:
            return head
    return ""


def _is_balanced(text: str) -> bool:
    pairs = (("“", "”"), ("«", "»"), ("(", ")"))
    if text.count('"') % 2 or re.search(r"(?:^|\s)[‘'](?!.*[’'](?:\s|$))", text):
        return False
    return all(text.count(left) == text.count(right) for left, right in pairs)
