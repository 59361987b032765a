"""Words as they are searched: the same for every language and on both databases, without a stemmer.

Letters are folded (case, accents, vowel marks of Arabic and Hebrew, forms of width). Scripts that put no
spaces between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) are taken two letters at a time.
A search finds words that begin with what was typed, in other spellings too (`spellings`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from digest.storage.searching.spellings import MOST_WAYS, inflected, spellings

MOST_TOKENS = 16_000
"""Of one text: PostgreSQL numbers no more of them."""
LONGEST_TOKEN = 40
LONGEST_SEARCH = 100
MOST_WORDS = 6

_INVISIBLE = frozenset([0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF, 0x0640])
_LETTERS = str.maketrans(
    {
        "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t",
        "æ": "ae", "œ": "oe", "þ": "th", "ی": "ي", "ى": "ي", "ک": "ك", "ة": "ه", "ٱ": "ا",
    }
)  # fmt: skip
_PLAIN = bytes(
    ord(chr(code).lower()) if chr(code).isascii() and chr(code).isalnum() else 32 for code in range(256)
)
"""The same as what a search sees in each sign, for the bytes of ASCII."""
_APART = "“”‘’–—…«»„\xa0"
"""What else good typography holds; a search sees the space between words in each."""
_MARKS = '"„“”‟«»‹›「」『』〝〞〟'
_QUOTED = re.compile(f"(?<![^\\W_])[{_MARKS}]([^{_MARKS}]{{0,{LONGEST_SEARCH}}})[{_MARKS}](?![^\\W_])")
"""Words in quotation marks of any language; what stands in a word (`צה"ל`) is none."""
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670]")
_UNSPACED = (
    "\u0e00-\u0e4f\u0e80-\u0ecf\u1000-\u103f\u1780-\u17d3\u3005\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_PARTS = re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}]+")


class _Folding(dict[int, str]):
    """What a search sees in each sign: a plain letter or digit, nothing, or a space between words."""

    def __missing__(self, code: int) -> str:
        self[code] = seen = _seen(chr(code))
        return seen


def _seen(sign: str) -> str:
    if ord(sign) in _INVISIBLE:
        return ""
    apart = _ACCENTS.sub("", unicodedata.normalize("NFKD", sign.casefold()))
    plain = unicodedata.normalize("NFC", apart).casefold().translate(_LETTERS)
    return "".join(
        str(unicodedata.decimal(one, one)) if unicodedata.category(one)[0] in "LNM" else " "
        for one in plain
    )


_FOLDING = _Folding()


@dataclass(frozen=True, slots=True)
class Way:
    """A way to say one thing sought.

    Attributes:
        tokens: side by side.
        may_go_on: a longer word that begins with the last of them will do, too.
    """

    tokens: tuple[str, ...]
    may_go_on: bool = True


@dataclass(frozen=True, slots=True)
class Sought:
    """A search, taken apart.

    Attributes:
        phrases: all must be there, each in one of its ways, which are never none.
    """

    phrases: tuple[tuple[Way, ...], ...]

    def __bool__(self) -> bool:
        """Tell whether anything is sought."""
        return bool(self.phrases)

    def is_said_by(self, *texts: str) -> bool:
        """Tell whether a text says it; the database's own answer for what it holds."""
        tokens = tokens_of(texts)
        known = frozenset(tokens)
        return all(_is_in(ways, tokens, known) for ways in self.phrases)


def sought(wanted: str) -> Sought:
    """Return what a search is for, bounded in length, in number and in ways to write it.

    Words in quotation marks are sought side by side and whole; a mark without its other one is none.
    """
    text = unicodedata.normalize("NFKC", wanted[:LONGEST_SEARCH].replace("´", "'"))[:LONGEST_SEARCH]
    phrases: list[tuple[Way, ...]] = []
    for at, part in enumerate(_QUOTED.split(text)):
        if at % 2:
            phrases.append(_quoted(part))
        else:
            for word in part.split():
                phrases += _ways(word)
    return Sought(tuple(dict.fromkeys(filter(None, phrases)))[:MOST_WORDS])


def _quoted(text: str) -> tuple[Way, ...]:
    """Return the ways to write the words that stand in quotation marks, side by side as they are."""
    ways: list[Way] = []
    for one in spellings(text.casefold()):
        *_, last = list(_runs(one.text)) or [""]
        is_unspaced = bool(_IS_UNSPACED.match(last))
        tokens = tokens_of([one.text])
        # The last sign of such a script stands alone where a text ends, and in a pair where it goes on.
        tokens = tokens[:-1] if is_unspaced and len(last) > 1 else tokens
        if tokens:
            ways.append(Way(tokens, is_unspaced))
    return tuple(dict.fromkeys(ways))


def _ways(word: str) -> list[tuple[Way, ...]]:
    """Return what a word typed without spaces asks for: one thing, or one for each script in it."""
    runs = list(_runs(word))
    if any(map(_IS_UNSPACED.match, runs)):
        found: list[tuple[Way, ...]] = []
        for is_unspaced, group in groupby(runs, key=lambda run: bool(_IS_UNSPACED.match(run))):
            if is_unspaced:
                found += [(Way(tuple(_pairs(run))),) for run in group]
            else:
                found.append((Way(tuple(run[:LONGEST_TOKEN] for run in group)),))
        return found
    ways: list[Way] = []
    for one in spellings(word.casefold()):
        tokens = tuple(run[:LONGEST_TOKEN] for run in _runs(one.text))
        if len(tokens) == 1:
            ways += [Way((each.text,), one.may_go_on and each.may_go_on) for each in inflected(tokens[0])]
        elif tokens:
            ways.append(Way(tokens, one.may_go_on))
    return [tuple(dict.fromkeys(ways))[:MOST_WAYS]]


def tokens_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the tokens of texts in order, as they are kept."""
    said = tuple(texts)
    whole = _plain_runs("\n".join(said))
    if whole is not None and max(map(len, whole), default=0) <= LONGEST_TOKEN:
        return tuple(whole[:MOST_TOKENS])  # as below, in a fifth of its time
    found: list[str] = []
    for text in said:
        for run in _plain_runs(text) or _runs(text):
            if not run.isascii() and _IS_UNSPACED.match(run):
                found += [*_pairs(run), *(run[-1:] if len(run) > 1 else "")]
            else:
                found.append(run[:LONGEST_TOKEN])
        if len(found) >= MOST_TOKENS:
            break
    return tuple(found[:MOST_TOKENS])


def _plain_runs(text: str) -> list[str] | None:
    """Return a text's words as `_runs` yields them, much sooner; None where its letters are not ASCII's."""
    if not text.isascii():
        for mark in _APART:
            text = text.replace(mark, " ")
        if not text.isascii():
            return None
    return text.encode("ascii").translate(_PLAIN).decode("ascii").split()


def _runs(text: str) -> Iterator[str]:
    """Yield words, and stretches of scripts without spaces, folded."""
    for word in unicodedata.normalize("NFKC", text).translate(_FOLDING).split():
        if word.isascii():
            yield word
        else:
            yield from _PARTS.findall(word)


def _pairs(run: str) -> Sequence[str]:
    if len(run) == 1:
        return (run,)
    return [run[at : at + 2] for at in range(len(run) - 1)]


def _is_in(ways: Sequence[Way], tokens: tuple[str, ...], known: frozenset[str]) -> bool:
    begun = tuple(way.tokens[0] for way in ways if len(way.tokens) == 1 and way.may_go_on)
    if begun and any(token.startswith(begun) for token in known):
        return True
    return any(
        _stands_at(way, tokens, at)
        for way in ways
        if known.issuperset(way.tokens[:-1] if way.may_go_on else way.tokens)
        for at in range(len(tokens) - len(way.tokens) + 1)
    )


def _stands_at(way: Way, tokens: tuple[str, ...], at: int) -> bool:
    *whole, last = way.tokens
    end = at + len(whole)
    is_last = tokens[end].startswith(last) if way.may_go_on else tokens[end] == last
    return is_last and tokens[at:end] == tuple(whole)
