"""Quotation marks: which of them open, which close, and which are no quotation marks at all.

What a mark does is told by what stands beside it and by what is open: “ opens in English and closes in
German, » closes in French and opens in Danish, ' is an apostrophe far more often than either.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

_UNSPACED = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_MARK = re.compile(
    rf"‹‹|››|‘‘|’’|‚‚|[“”„‟«»‹›‘‚‛「」『』〈〉《》\"＂]|<<|>>|&(?:quot|[lr]dquo|[lr]aquo|bdquo|\#34|\#x22);|(?<!\w),,(?=\w)|``|''|(?<!\w)['’]|['’](?!\w)|['’](?=[{_UNSPACED}])|(?<=[{_UNSPACED}])['’]"
)
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_FAMILIES = {
    **dict.fromkeys(("„", "“", "”", "‟", '"', "＂", ",,", "``", "''"), "double"),
    **dict.fromkeys(("‘", "’", "‚", "‛", "'"), "single"),
    **dict.fromkeys("«»", "angle"),
    **dict.fromkeys("‹›", "small angle"),
    **dict.fromkeys("「」", "corner"),
    **dict.fromkeys("『』", "white corner"),
    **dict.fromkeys("〈〉", "bracket"),
    **dict.fromkeys("《》", "double bracket"),
}
_PARTNERS = {
    "„": "“", "“": "”", "”": "“", "‟": "”", ",,": "“", "``": "''", "«": "»", "»": "«",
    "‹": "›", "›": "‹", "‘": "’", "’": "‘", "‚": "‘", "‛": "’",
    "「": "」", "」": "「", "『": "』", "』": "『",
    "〈": "〉", "〉": "〈", "《": "》", "》": "《",
}  # fmt: skip
_ORNATE = str.maketrans("❝❞〝〟〞❛❜＇´״｢｣﹁﹂﹃﹄", "“”“””‘’'’\"「」「」『』")
_HEBREW = "״"
_LONE_GRAVE = re.compile("(?<!`)`(?!`)")
_WRITTEN = {
    "<<": "«", ">>": "»", "&quot;": '"', "&#34;": '"', "&#x22;": '"', "&ldquo;": "“", "&rdquo;": "”",
    "&laquo;": "«", "&raquo;": "»", "&bdquo;": "„", "‹‹": "«", "››": "»", "‘‘": "“", "’’": "”", "‚‚": "„",
}  # fmt: skip
"""Marks that are spelled out or set twice, and what they stand for."""
_ELIDED = re.compile(
    r"\d|(?:tis|twas|twere|twill|em|til|till|cause|bout|round|neath|cos|cuz|n|s|t|k|m|r|er|ie|ne|im|ns|nen|ll|ve|re|d"
    r"|Ndrangheta|Abd|Abdul|Ali|Aisha|Umar|Uthman|Oumuamua|Iolani|Ohana|Ain)\b",
    re.IGNORECASE,
)
_OPENERS = "([{<—–―-/¿¡“„«‹‘‚「『\"'"
_ENDERS = ".,!?…;:。！？、।؟،"


@dataclass(frozen=True, slots=True)
class Mark:
    """One quotation mark of a paragraph.

    Attributes:
        can_open: a space, bracket or dash stands before it, and none after it.
        can_close: no space stands before it.
        is_first: nothing stands before it in its paragraph.
        is_decisive: it surely is a quotation mark, whatever came before.
        is_orphan: where nothing is open it closes what lost its opening mark.
        is_glued: it stands straight after a sentence, so it may belong to the next one.
    """

    at: int
    sign: str
    can_open: bool
    can_close: bool
    is_first: bool = False
    is_decisive: bool = True
    is_orphan: bool = False
    is_glued: bool = False
    opening: str = ""
    closing: str = ""
    length: int = 1

    @property
    def end(self) -> int:
        """Return the place after it."""
        return self.at + self.length

    def opens_after(self, held: str) -> bool:
        """Tell whether it opens a quotation, given the open mark of its family, if any."""
        if held:
            return False
        match self.sign:
            case "「" | "『" | "〈" | "《" | "„" | ",," | "``":
                return True
            case "」" | "』" | "〉" | "》":
                return False
            case _:
                return self.can_open

    def closes_after(self, held: str) -> bool:
        """Tell whether it closes what `held` opened; a mark that only can open is another's beginning."""
        if self.is_first and self.can_open:
            return False
        match self.sign:
            case "「" | "『" | "〈" | "《" | "„" | ",," | "``" | "‚":
                return False
            case "」" | "』" | "〉" | "》" | "»" | "›":
                return True
            case "«":
                return held == "»"
            case "‹":
                return held == "›"
            case "“":
                return not (self.can_open and (held in {"“", "``"} or not self.can_close))
            case "‘":
                return held in {"‚", "’"} and self.can_close
            case _:
                return self.can_close


def family(sign: str) -> str:
    """Return the name of the kind of marks that can close each other."""
    return _FAMILIES.get(sign, sign)


def partner(sign: str) -> str:
    """Return the mark that stands at the other end, as far as the mark itself tells."""
    return _PARTNERS.get(sign, sign)


def marks_of(paragraph: str) -> list[Mark]:
    """Return a paragraph's quotation marks; apostrophes, possessives, feet and inches are left out."""
    if "`" in paragraph:
        paragraph = _LONE_GRAVE.sub("‘", paragraph)
    plain = paragraph.translate(_ORNATE)
    found = [mark for match in _MARK.finditer(plain) if (mark := _mark(plain, match))]
    if _HEBREW in paragraph:
        found = [_as_written(mark, paragraph) for mark in found]
    singles = [mark for mark in found if family(mark.sign) == "single"]
    if not singles:
        return found
    kept = _without_apostrophes(plain, singles)
    return [mark for mark in found if family(mark.sign) != "single" or mark.at in kept]


def _as_written(mark: Mark, paragraph: str) -> Mark:
    """Return the mark with the sign of Hebrew, which looks the same at both ends, where that is its own."""
    is_hebrew = paragraph[mark.at] == _HEBREW
    return replace(mark, opening=_HEBREW, closing=_HEBREW) if is_hebrew else mark


def _mark(paragraph: str, match: re.Match[str]) -> Mark | None:
    at, sign = match.start(), _WRITTEN.get(match[0], match[0])
    length = len(match[0])
    before, after = paragraph[at - 1 : at], paragraph[match.end() : match.end() + 1]
    is_unspaced = bool(_IS_UNSPACED.search(before + after))
    is_free_left = not before or before.isspace() or before in _OPENERS
    is_free_right = not after or after.isspace()
    closing = before + match[0] if sign in {"»", "›"} and before.isspace() else match[0]
    opening = match[0] + after if sign in {"«", "‹"} and after.isspace() else match[0]
    is_first = not paragraph[:at].strip() if at < 8 else False
    if sign in {'"', "＂", "''"}:
        straight = _straight(at, sign, before, after, is_unspaced=is_unspaced, is_first=is_first)
        return straight and replace(straight, opening=match[0], closing=match[0], length=length)
    can_open = is_free_left and not is_free_right
    can_close = bool(before) and not before.isspace()
    is_orphan = can_close and not can_open
    match sign:
        case "«" | "‹":  # French puts a space after it
            is_orphan = can_close and not after.isalnum() and not (after.isspace() and is_free_left)
            can_open = not is_orphan
        case "»" | "›":
            can_open, can_close = can_open or is_first, not is_first  # a French speech that goes on
            is_orphan = not can_open
        case "“":
            is_orphan = can_close and not is_free_left and not after.isalnum() and not is_unspaced
            can_open = can_open or (not is_orphan and not is_free_right)
        case "”" | "‟":
            is_orphan, can_close = not can_open and not before.isdigit(), can_close or is_free_right
        case "「" | "『" | "〈" | "《" | "„" | ",," | "``" | "‘" | "’" | "‚" | "‛" | "'":
            is_orphan = False
        case _:
            is_orphan = not is_first
    is_decisive = can_open or not before.isdigit()
    return Mark(
        at,
        sign,
        can_open,
        can_close,
        is_first,
        is_decisive,
        is_orphan,
        opening=opening,
        closing=closing,
        length=length,
    )


def _straight(
    at: int, sign: str, before: str, after: str, *, is_unspaced: bool, is_first: bool
) -> Mark | None:
    """Return a straight mark; None for inches, and for the mark inside words of Hebrew."""
    is_between = before.isalnum() and after.isalnum()
    if is_unspaced and is_between:
        return Mark(at, sign, can_open=True, can_close=True, is_first=is_first, opening=sign, closing=sign)
    if is_between:
        return None
    is_free_left = not before or before.isspace() or before in _OPENERS
    is_free_right = not after or after.isspace()
    can_open = (is_free_left and not is_free_right) or (before in _ENDERS and after.isalnum())
    can_close = not is_free_left or (is_free_right and not is_first) or before in "\"'”’—–-"
    if before.isspace() and is_free_right:
        can_open = True
    is_inch = before.isdigit() and not can_open
    return Mark(
        at,
        sign,
        can_open,
        can_close,
        is_first,
        is_decisive=not is_inch,
        is_orphan=can_close and not can_open and not is_inch,
        is_glued=before in ".!?" and is_free_right,
        opening=sign,
        closing=sign,
    )


def _without_apostrophes(paragraph: str, singles: Sequence[Mark]) -> set[int]:
    """Return the places of the single marks that quote."""
    kept: set[int] = set()
    has_closer = has_sure_closer = False
    for mark in reversed(singles):
        before, after = paragraph[mark.at - 1 : mark.at], paragraph[mark.end : mark.end + 1]
        if mark.can_open and mark.sign != "‚" and not before.isalnum():
            if _opens(paragraph, mark, has_closer=has_closer):
                kept.add(mark.at)
                has_closer = has_sure_closer = False
            continue
        is_glued = after.isalnum() and not _IS_UNSPACED.match(after)
        if mark.sign == "‚":
            if mark.can_open or _IS_UNSPACED.match(after):
                kept.add(mark.at)
                has_closer = has_sure_closer = False
        elif mark.can_close and not is_glued:
            is_sure = before in _ENDERS or before in '”"»' or (bool(after) and after in ",.;:!?)")
            is_possessive = before in "sSn" and after.isspace() and has_sure_closer
            if not is_possessive and not (before.isdigit() and not has_closer and not is_sure):
                kept.add(mark.at)
                has_closer = True
                has_sure_closer = has_sure_closer or is_sure
    return kept


def _opens(paragraph: str, mark: Mark, *, has_closer: bool) -> bool:
    """Tell whether a single mark before a word opens a quotation rather than shortens the word."""
    if _ELIDED.match(paragraph, mark.end):
        return False
    if has_closer or mark.sign == "‘":
        return True
    lead = paragraph[max(0, mark.at - 2) : mark.at].rstrip()
    return mark.sign == "'" and (not lead or lead[-1] in ':,“"«„')
