"""Shorter sentences that say the same: only what carries no fact of its own is taken out.

Attributions, conditions, negations, numbers and time stay, whatever the budget.
"""

from __future__ import annotations

import re

from digest.summaries.language.words import count_words

_CONNECTIVE = re.compile(
    r"(?:Meanwhile|Moreover|Furthermore|In addition|Additionally|However|Nevertheless|Nonetheless|Also"
    r"|Besides|Likewise|Similarly|Indeed|In fact|Of course|Interestingly|Notably|Par ailleurs|En outre"
    r"|De plus|Cependant|Toutefois|Además|Por otra parte|Sin embargo|Asimismo|Além disso|No entanto"
    r"|Inoltre|Tuttavia|Bovendien|Aidha|Hata hivyo|Vilevile|Zaidi ya hayo|Кроме того|Между тем|Впрочем"
    r"),\s+(?=\w)"
    r"|(?:ومع ذلك|إلى ذلك|من جهة أخرى|من ناحية أخرى)،\s+(?=\w)|(?:此外|另外|与此同时|一方|また)[，、](?=\w)"
)
_CONJUNCTION = re.compile(r"(?:But|And|So)\s+(?=[a-z])")
_POINTER = re.compile(
    r"\s*[(\[](?:pictured|above|below|left|right|centre|center|inset"
    r"|see (?:picture|photo|video|above|below)"
    r"|file (?:photo|picture)|photo|picture|video|sic|click|link)\b[^()\[\]]{0,40}[)\]]",
    re.IGNORECASE,
)
_HASHTAGS = re.compile(r"(?:\s+#\w+){2,}$")
_ACRONYM = re.compile(r"(?<=\w)\s\([A-Z][A-Za-z]{0,2}[A-Z]{1,4}s?\)(?=[\s,.;])")
_ASIDE = re.compile(
    r"(?<=[\w”’\"]), (?:who|which|whose) [^,;:\"“”()–—]{4,90}, "
    r"(?=(?:said|says|told|was|is|were|are|has|had|have|will|would|can|could|may|did|does|added|also"
    r"|[a-z]{3,}ed)\b)"
)
_BINDING = re.compile(
    r"\b(?:not|n[o’']t|no|never|only|if|unless|except|denie[sd]|alleged\w*|accused|claim\w*)\b"
)
_LONG_WORDS = 26


def trim(sentence: str, rest: str = "") -> str:
    """Return the sentence without its connective, hashtags, pointers to pictures and, if long, asides.

    An aside (`, who is 39,`) goes only from a long sentence, between two commas, before its verb,
    and only where it neither denies, limits nor accuses. A short form in brackets stays where the rest
    needs it.

    Args:
        rest: what may be printed beside the sentence.
    """
    text = _HASHTAGS.sub("", _POINTER.sub("", sentence))
    for opening in (_CONNECTIVE, _CONJUNCTION):
        text = _without_opening(text, opening)
    if count_words(text) > _LONG_WORDS:
        text = _ACRONYM.sub(lambda found: found[0] if _is_used(found[0], rest) else "", text)
        text = _ASIDE.sub(lambda found: found[0] if _BINDING.search(found[0]) else " ", text)
    return text if count_words(text) > 3 else sentence


def _is_used(bracketed: str, rest: str) -> bool:
    """Tell whether a short form stands in the rest outside the brackets that explain it."""
    short = bracketed.strip(" ()")
    return rest.count(short) > rest.count(f"({short})")


def _without_opening(text: str, opening: re.Pattern[str]) -> str:
    found = opening.match(text)
    return text[found.end()].upper() + text[found.end() + 1 :] if found else text
