"""Sentences that tell somebody's words without a name: the one before says who it is."""

from __future__ import annotations

import re

from digest.summaries.language.speaking import is_english_speaking, is_speaking

_PRONOUN_WORDS = """
he she they it we i who er sie es ich wir man il elle ils elles on je nous él ella ellos ellas yo usted
ustedes ele ela eles elas eu lui lei loro egli essi hij zij ze han hon hun de dom hän he ona ono oni ony
ja já my on pán pani ő ők ea ei ele el αυτός αυτή αυτοί ίδιος ίδια он она оно они я мы він вона вони той
тя те o onlar kendisi dia ia beliau mereka siya niya sila nila yeye wao उन्होंने उसने इसने वह वे ने انہوں نے وہ
او وی هو هي هم הוא היא הם তিনি তারা তাঁরা ông bà ela hy sy hulle
"""
_FILLING_WORDS = """
a t ha han hat haben habe hatte ont tem heeft har je su au que che dass att at że že что що diye şeklinde
olarak ve və है थे था थी گا ہے ο η οι bahwa na and then also later again further aloud und noch weiter
auch zudem dann später weiters et encore aussi puis y e también además luego ainda também poi ancora anche
en ook nog verder och också vidare og også i a také dále także jeszcze też și și-a и а также ещё далее και
επίσης to him her them us me reporters ihm ihr ihnen
"""
_PRONOUNS = frozenset(_PRONOUN_WORDS.split())
_FILLING = frozenset(_FILLING_WORDS.split()) - {"reporters"}
_WORD = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f\u0900-\u0dff\u0e00-\u0eff])+")
_LAST_CLAUSE = re.compile(r"(?:[,،，、]|\s[–—-])\s?(?P<clause>[^,،，、–—]{1,60})$")
_OPENING = re.compile("[\"'“”„«»‘‚‹›]")
_CLOSING = re.compile(
    r"[,.!?…][”\"’'»“«‘›][,.]?\s+(?:[–—-]\s*)?(?=\w)|[”\"’'»“«‘›],?\s+(?:[–—-]\s*)?(?=\w)"
)
_NEAR = 40
_UNSPACED = re.compile(
    r"[\s、。，]*(?:(?:と|って|などと|とも)(?:し(?:た|て)|述べ|話し|語|言|訴え|強調|主張|明らか|コメント|振り返|説明|指摘|答え)"
    r"[\u3040-\u30ff\u4e00-\u9fff]{0,8}"
    r"|[他她并並又还還也]{0,3}(?:则|則)?(?:说|說|表示|称|稱|指出|强调|強調|补充|補充|认为|認為|写|寫|告诉|透露)[道说說记者記者]{0,3}"
    r"|(?:이?라고|다고|고|며|면서)\s?(?:그는\s)?(?:말|밝|전|강조|덧붙|주장|설명|지적|호소|토로|답)[가-힣]{0,5})[\s。.，、]*$"
)


def tells_nobody(own: str) -> bool:
    """Tell whether what stands beside a quotation says that somebody speaks, and not who."""
    if _UNSPACED.match(own):
        return True
    found = [word.casefold() for word in _WORD.findall(own)]
    if not any(map(is_speaking, found)):
        return False
    return all(word in _PRONOUNS or word in _FILLING or is_speaking(word) for word in found)


def says_nobody_next(sentence: str) -> bool:
    """Tell whether after a quotation a pronoun and a word of speech follow (`he said on Monday`)."""
    if not _OPENING.match(sentence):
        return False
    for mark in _CLOSING.finditer(sentence):
        found = {word.casefold() for word in _WORD.findall(sentence[mark.end() : mark.end() + _NEAR])[:2]}
        if found & _PRONOUNS and any(map(is_speaking, found)):
            return True
    return False


def ends_with_nobody(sentence: str) -> bool:
    """Tell whether a sentence ends in such a clause (`The council knew, he added.`).

    English verbs of speech are nouns as well, so there only a pronoun tells.
    """
    last = _LAST_CLAUSE.search(sentence)
    if last is None or not tells_nobody(last["clause"]):
        return False
    found = [word.casefold() for word in _WORD.findall(last["clause"])]
    return not found or any(word in _PRONOUNS for word in found) or not any(map(is_english_speaking, found))
