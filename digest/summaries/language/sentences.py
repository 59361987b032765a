"""Where sentences begin and end inside one paragraph.

A paragraph's end always ends a sentence, so callers hand over one paragraph at a time: splitting a
whole body at once is what makes general splitters lose one paragraph end in eight.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from digest.summaries.language.abbreviations import Periods, periods
from digest.summaries.language.titles import (
    CURRENCIES,
    MAYBE_TITLES,
    SPELLED_TITLES,
    TITLES,
    is_caseless_short,
    is_rank,
    looks_shortened,
)


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch [start, end) of code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the stretch of `text`."""
        return text[self.start : self.end]


_CLOSERS = "\"'”’»›)\\]"
_OPENERS = "\"'“‘„‚«‹(\\[¿¡—–"
_CANDIDATE = re.compile(
    rf"""
      (?P<mark>(?:[.](?:[ ][.])+|[.!?…؟۔।॥።։။]+|(?<=[α-ωάέήίόύώ]);(?=\s+[«“"]?[Α-ΩΆΈΉΊΌΎΏ]))
      )(?P<close>(?:[{_CLOSERS}]|[ \u00a0\u202f]»(?=[\s,.;]|$))*)
      (?=\s|$|[A-ZÀ-ÞА-Я“‘„«•⁃]|["'(][A-ZÀ-ÞА-Я])
    | (?P<wide>[。！？｡]+[…]*)(?P<wide_close>[」』｣”’）】》〉"]*)
    | (?P<bullet>[ ](?=[•⁃‣▪][ ]?\w))
    | (?P<item>[ ](?=(?:\d{{1,2}}|[a-z])(?:\.\)|\)|\.)[ ]))
    """,
    re.VERBOSE,
)
_SPACE = re.compile(r"\s*")
_LAST_TOKEN = re.compile(r"\S+$")
_FIRST_TOKEN = re.compile(r"\S*")
_NEXT_WORD = re.compile(rf"[{_OPENERS}]*([^\W\d_]+(?:['’-][^\W\d_]+)*)?")
_OPENING = re.compile(rf"[{_OPENERS}]*")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-)+[^\W\d_]$")
"""Names of two words by their first letters: `J.-P. Sartre`."""
_ROMAN = re.compile(r"[IVXLC]{2,}$")
_LIST_MARKER = re.compile(r"[•⁃‣▪]?\s*(?:\d{1,2}|[A-Za-z])[.)]*$")
_ITEM_START = re.compile(r"[•⁃‣▪]?\s*(\d{1,2}|[a-z])(\.\)|\)|\.)\s")
_SPEAKER = re.compile(r"(?:[A-ZÀ-ÞА-Я][\w.'’-]*\s+){1,4}([^\W\d_]+)\b")
_CLOCK = frozenset({"a.m", "p.m"})
_DAY_OR_ZONE = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b|[A-Z]{2,4}\b"
    r"|(?:Jan|Feb|Mar|Apr|May|June|July|Aug|Sep|Oct|Nov|Dec)|Eastern|Pacific|Central|Greenwich|Local"
)
_ELIDED = re.compile(r"^(?:l|d|qu|dell|all|nell|sull|dall|un|quell)['’]")
_SAID_AFTER = re.compile(
    r"[^。！？“”「」]{1,40}(?:说|表示|称|道|指出|介绍|透露|强调|认为|說|稱|認為|指出)[。，]"
)
_TITLE = 40
_TITLE_GOES_ON = re.compile(rf"[“‘][^“”‘]{{1,{_TITLE}}}[.!?][”’] [a-zà-ÿ]")
_INITIAL = re.compile(r"[^\W\d_]\.")
_JAPANESE_PARTICLE = re.compile(r"[とのがはをにでもへや、，と]")
_CURRENCY_SIGNS = "$€£¥₦₹₵₱₺₽₴₫₩฿₪¢₲₡₮₭"
_SPELLED = 3
"""Short words all in capitals are spelled: `MD`, `SEP`."""
_SHOUTING_WORDS = "yahoo yum jeopardy joomla oh hello mamma oklahoma okay wham aloha panic smash"
_FIRM_WORDS = """
inc corp co ltd llc plc ag gmbh sa group brands holdings media japan productions entertainment
records studios foods games calcutta dolly mia at news mail finance sports auctions kids island
disco
"""
_NAMES_THAT_SHOUT = frozenset(_SHOUTING_WORDS.split())
_FIRMS = frozenset(_FIRM_WORDS.split())
_SURE_FIRMS = frozenset(("inc", "corp", "ltd", "llc", "plc", "gmbh", "brands"))
"""What follows an exclamation mark that belongs to a name: `Yahoo! Inc.`, `Oh! Calcutta!`."""
_URDU_LETTER_WORDS = """
اے بی سی ڈی ای ایف جی ایچ آئی جے کے ایل ایم این او پی کیو آر ایس ٹی یو وی ڈبلیو ایکس وائی زیڈ
"""
_URDU_LETTERS = frozenset(_URDU_LETTER_WORDS.split())
"""The names of Latin letters, as initials are written in Urdu."""
_GEORGIAN = ("\u10d0", "\u10ff")
_GLUED = re.compile(r"[a-zà-ÿа-я]{2}$")
_DOMAIN_END = re.compile(r"(?:Com|Org|Net|Co|Tv|Io|Js|NET|COM|ORG)\b")


def split(paragraph: str, language: str) -> list[Span]:
    """Return the sentences of one paragraph, in order, without the white space between them.

    Args:
        paragraph: plain text; white space may be anything.
        language: BCP 47; English rules where empty or unknown.
    """
    return list(walk(paragraph, language))


def walk(paragraph: str, language: str) -> Iterator[Span]:
    """Yield what `split` returns, so that who needs only the first sentences pays for no more."""
    table = periods(language)
    start = _skip_space(paragraph, 0)
    for candidate in _CANDIDATE.finditer(paragraph):
        if candidate.end() <= start:
            continue
        end = _boundary(paragraph, start, candidate, table)
        if end is None:
            continue
        yield Span(start, end)
        start = _skip_space(paragraph, end)
    end = len(paragraph.rstrip())
    if start < end:
        yield Span(start, end)


def _skip_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _boundary(text: str, start: int, candidate: re.Match[str], table: Periods) -> int | None:
    """Return where the sentence that began at `start` ends, or None if the candidate ends none."""
    if candidate["wide"]:
        return _wide_boundary(text, start, candidate)
    if candidate["bullet"]:
        return candidate.start()
    if candidate["item"]:
        return candidate.start() if _is_next_item(text, start, candidate.end()) else None
    end = candidate.end()
    follows = _skip_space(text, end)
    if follows >= len(text):
        return None
    if _is_in_title(text, start, candidate.start()):
        return None
    quote = _opening_quote(text, candidate)
    if quote is not None:
        end, follows = quote, quote
    if _ends(text, start, candidate, follows, table):
        return end
    return None


def _is_in_title(text: str, start: int, at: int) -> bool:
    """Tell whether a mark stands in a short quotation within a sentence (`“Go. Now.” signs`)."""
    opening = max(text.rfind("“", start, at), text.rfind("‘", start, at))
    if opening < 0 or at - opening > _TITLE:
        return False
    found = _TITLE_GOES_ON.match(text, opening)
    return found is not None and found.end() > at


def _wide_boundary(text: str, start: int, candidate: re.Match[str]) -> int | None:
    if _is_open(text[start : candidate.end()]):
        return None
    if candidate["wide_close"] and (
        _JAPANESE_PARTICLE.match(text, candidate.end()) or _SAID_AFTER.match(text, candidate.end())
    ):
        return None
    return candidate.end() if text[candidate.end() :].strip() else None


def _is_open(text: str) -> bool:
    """Tell whether a corner bracket or title mark is still open at the end of `text`."""
    return any(
        text.count(left) > text.count(right)
        for left, right in ("「」", "『』", "｢｣", "《》", "〈〉", "（）")
    )


def _is_next_item(text: str, start: int, at: int) -> bool:
    """Tell whether a list marker at `at` continues the list that the sentence at `start` belongs to."""
    this, following = _ITEM_START.match(text, start), _ITEM_START.match(text, at)
    if not this or not following or this[2] != following[2]:
        return False
    if this[1].isdigit() and following[1].isdigit():
        return int(following[1]) == int(this[1]) + 1
    return not this[1].isdigit() and not following[1].isdigit() and ord(following[1]) == ord(this[1]) + 1


def _opening_quote(text: str, candidate: re.Match[str]) -> int | None:
    """Return where a straight quote glued to this sentence in truth opens the next one.

    Text that lost its spacing (`said." It is`) has it on the wrong side; the parity of the quotes
    before it tells.
    """
    if candidate["close"] != '"' or text[: candidate.end()].count('"') % 2 == 0:
        return None
    following = text[candidate.end() : candidate.end() + 2]
    return candidate.end() - 1 if following[:1] == " " and following[1:].isupper() else None


def _ends(text: str, start: int, candidate: re.Match[str], follows: int, table: Periods) -> bool:
    """Tell whether the candidate's mark ends a sentence, given what follows at `follows`."""
    mark, at = candidate["mark"], candidate.start()
    if not _can_start(text, follows):
        return False
    word_match = _NEXT_WORD.match(text, follows)
    following = (word_match[1] or "").lower() if word_match else ""
    is_starter = following in table.starters and not _INITIAL.match(text, follows)
    if follows == candidate.end() and not _is_glued_boundary(text, candidate):
        return False
    if len(mark) > 1 and not mark.strip(". "):
        is_pause = mark == ". . ." and text[at - 1 : at] == " "
        return not is_pause and text[at - 1 : at] != "["
    if mark == "!" and following in _FIRMS and not candidate["close"]:
        named = _token_before(text, start, at).lower()
        if named in _NAMES_THAT_SHOUT or following in _SURE_FIRMS:
            return False
    if mark == "۔" and _token_before(text, start, at) in _URDU_LETTERS:
        return False
    if mark != ".":
        return not (candidate["close"] and not is_starter and _names_speaker(text, follows, table))
    return _period_ends(text, start, candidate, follows, table, is_starter=is_starter)


def _can_start(text: str, at: int) -> bool:
    """Tell whether a sentence may begin at `at`: anything but a lower-case word or a joining mark."""
    match = _OPENING.match(text, at)
    first = text[match.end() : match.end() + 2] if match else ""
    if not first or first[0] in ",;:&)%/":
        return False
    if first[0].islower() and not _GEORGIAN[0] <= first[0] <= _GEORGIAN[1]:
        return len(first) == 2 and first[0] in "ie" and first[1].isupper()
    return True


def _is_glued_boundary(text: str, candidate: re.Match[str]) -> bool:
    """Tell whether a mark with no space after it ends a sentence (`end.Next`), unlike `Booking.Com`."""
    if _DOMAIN_END.match(text, candidate.end()) or _is_in_address(text, candidate):
        return False
    before = text[max(0, candidate.start() - 2) : candidate.start()]
    after = text[candidate.end() : candidate.end() + 2]
    if before[-1:].isdigit():
        return (
            after[:1].isupper()
            and after[1:].islower()
            and "," in text[candidate.start() - 4 : candidate.start()]
        )
    return bool(_GLUED.search(before)) and not after.isupper()


def _is_in_address(text: str, candidate: re.Match[str]) -> bool:
    head = _LAST_TOKEN.search(text, max(0, candidate.start() - 80), candidate.start())
    tail = _FIRST_TOKEN.match(text, candidate.end())
    return any(sign in (head[0] if head else "") + (tail[0] if tail else "") for sign in ("@", "/"))


def _names_speaker(text: str, at: int, table: Periods) -> bool:
    speaker = _SPEAKER.match(text, at)
    return speaker is not None and speaker[1].lower() in table.speaking


def _period_ends(
    text: str, start: int, candidate: re.Match[str], follows: int, table: Periods, *, is_starter: bool
) -> bool:
    """Tell whether one period ends a sentence rather than an abbreviation, initial or ordinal."""
    token = _token_before(text, start, candidate.start())
    key = token.lower()
    if not token or _LIST_MARKER.fullmatch(text[start : candidate.start()].strip()):
        return not token
    if key in table.leading or _ELIDED.sub("", key) in table.leading:
        return False
    if (
        candidate["close"] == ")"
        and text[max(0, candidate.start() - len(token) - 1)] == "("
        and not is_starter
    ):
        return False  # Lt. Gen. (retd.) Singh
    last = key.rpartition("-")[2]
    is_large = token[:1].isupper() and not (token.isupper() and len(token) <= _SPELLED)
    if (is_large and last in TITLES) or is_caseless_short(token, text):
        return False
    is_numbered = (
        key in table.numbered
        or _ELIDED.sub("", key) in table.numbered
        or key.endswith(table.tails)
        or (token[:1].isupper() and key in CURRENCIES)
    )
    if text[follows].isdigit() and (is_numbered or token[-1] in _CURRENCY_SIGNS):
        return False
    if key in _CLOCK:
        stands_first = 1 < len(text[start : candidate.start()].split()) <= 3 and text[start].isalpha()
        return not stands_first and not _DAY_OR_ZONE.match(text, follows)
    is_spelled_out = len(token) > 2 and token.isalpha() and token.isupper()
    if (key in table.ambiguous and not is_spelled_out) or _DOTTED.fullmatch(token):
        return is_starter or text[follows] in '"“„«‘'
    is_initial = (len(token) == 1 and token.isalpha()) or bool(_INITIALS.match(token))
    is_ordinal = table.has_ordinals and ((token.isdigit() and len(token) <= 2) or bool(_ROMAN.match(token)))
    is_title = (is_large and last in MAYBE_TITLES) or token in SPELLED_TITLES or is_rank(token)
    is_shortened = not candidate["close"] and looks_shortened(token, text, candidate.start())
    return is_starter or not (is_initial or is_ordinal or is_title or is_shortened)


def _token_before(text: str, start: int, at: int) -> str:
    """Return the word that a period at `at` closes, without brackets and quotes around it."""
    token = _LAST_TOKEN.search(text, max(start, at - 40), at)
    return token[0].strip("\"'“”‘’„«»()[]¿¡—–-") if token else ""
