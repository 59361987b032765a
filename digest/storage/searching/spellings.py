"""Other ways to write what a search asks for: what is kept stays as it was told, the question is widened.

German and the languages of the north write a letter or two in its place (`Müller`, `Mueller`; `Århus`,
`Aarhus`), Serbian and Croatian `đ` or `dj`; Arabic and Hebrew write article, conjunction and preposition in
one with their word. A way that says less than what was typed finds whole words alone where it is short:
`fuer` finds `für` and not `Furche`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product
from typing import NamedTuple

MOST_WAYS = 24
"""To write one word; the first of them are those nearest to what was typed."""
_MOST_SPELLINGS = 16
_LONG = 5
"""Letters from which a shortened spelling may go on."""
_LONG_STEM = 4

_TWO_LETTERS = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "đ": "dj"}
_ONE_LETTER = {"ae": "a", "oe": "o", "ue": "u", "aa": "a", "dj": "d"}
# No umlaut stands in `neue`, `Bauer`, `que` and `coeur`.
_DOUBTFUL = re.compile("([äöüåøđ]|ae|oe(?!u)|(?<![aeq])ue|aa|dj)")
_JOINTS = re.compile("(?<=[^\\W_])(?:(['’‘ʼʻ`´])|[-‐‑])(?=[^\\W_])")

_ARABIC = re.compile("[\u0620-\u064a]{2,}")
_ARABIC_ARTICLE = re.compile("[وف]?(?:[بك]?ال|لل)(?=.{3})")
_ARABIC_BEFORE: tuple[str, ...] = (
    "",
    "ال",
    "و",
    "وال",
    "ب",
    "بال",
    "ل",
    "لل",
    "ف",
    "فال",
    "كال",
    "وبال",
    "ولل",
)
_HEBREW = re.compile("[\u05d0-\u05ea]{3,}")
_HEBREW_ARTICLE = re.compile("[ושמכ]?ה(?=.{4})")
_HEBREW_BEFORE: tuple[str, ...] = ("", "ה", "ו", "וה", "ב", "ל", "מ", "ש", "שה", "כ", "וב", "ול", "ומ")


class Spelling(NamedTuple):
    """A way to write a word.

    Attributes:
        may_go_on: a longer word that begins so is found, too.
    """

    text: str
    may_go_on: bool = True


def spellings(word: str) -> list[Spelling]:
    """Return ways to write a word with umlauts, double letters, hyphens and apostrophes, as typed first.

    Args:
        word: in small letters, accents in one with theirs (NFKC).
    """
    parted = _JOINTS.sub(lambda found: "'" if found[1] else "-", word)
    found = list(_with_other_letters(parted))
    if _JOINTS.search(parted):
        found += islice(_with_other_letters(_JOINTS.sub("", parted), is_short=True), 4)
        # An apostrophe that counts as a letter, as Ukrainian and Hawaiian text often has it.
        lettered = _JOINTS.sub(lambda found: "ʼ" if found[1] else "-", parted)
        if lettered != parted:
            found.append(Spelling(lettered))
    return list(dict.fromkeys(found))[:MOST_WAYS]


def inflected(token: str) -> list[Spelling]:
    """Return a folded Arabic or Hebrew word with and without what is written in one before it."""
    if _ARABIC.fullmatch(token):
        is_apart = token.startswith("و") and len(token) > _LONG
        article = _ARABIC_ARTICLE.match(token)
        stem = token[article.end() :] if article else token[is_apart:]
        before = _ARABIC_BEFORE
        more = [f"ل{token}"] if article else []
    elif _HEBREW.fullmatch(token):
        article = _HEBREW_ARTICLE.match(token)
        stem, before, more = token[article.end() if article else 0 :], _HEBREW_BEFORE, []
    else:
        return [Spelling(token)]
    if len(stem) < 3:
        # So short a word is half of many others: with its article alone.
        before = tuple(one for one in before if one.endswith("ال") or one == "لل")
    found = [token, *(one + stem for one in before), *more]
    return [
        Spelling(one, one == token or len(stem) >= _LONG_STEM or one[: -len(stem)].endswith(("ال", "لل")))
        for one in dict.fromkeys(found)
    ][:MOST_WAYS]


def _with_other_letters(word: str, *, is_short: bool = False) -> Iterator[Spelling]:
    """Yield a word with each doubtful letter in either way; `is_short` where it lost a sign already."""
    parts = _DOUBTFUL.split(word)
    choices = [
        (part, _TWO_LETTERS.get(part) or _ONE_LETTER[part]) if at % 2 else (part,)
        for at, part in enumerate(parts)
    ]
    every = tuple(choice[-1] for choice in choices)
    for told in [*islice(product(*choices), _MOST_SPELLINGS - 1), every]:
        text = "".join(told)
        ends_short = not parts[-1] and len(parts) > 1 and told[-2] in "aoud" and told[-2] != parts[-2]
        if ends_short and parts[-2] != "aa" and len(text) < _LONG_STEM:
            continue  # `Joe`, `true` and `due` are no `jo`, `tru` and `du`
        lost = is_short or len(text) < len(word)
        yield Spelling(text, not lost or (len(_last_of(text)) >= _LONG and not ends_short))


def _last_of(text: str) -> str:
    return re.split("[-']", text)[-1]
