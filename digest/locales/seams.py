"""What stands where two lines or sentences of one text meet: a space, or nothing in Chinese, Japanese."""

from __future__ import annotations

import re

WIDE = (
    "\u2e80-\u2fff\u3001-\u312f\u31a0-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff9f\uffe0-\uffe6"
    "\U0001b000-\U0001b16f\U0001f200-\U0001f2ff\U00020000-\U0003ffff"
)
"""Of a class of a pattern: ideographs, kana and the marks that bring their own space. Hangul is not among
them: Korean parts its words by spaces. Nor is U+3000, a space itself."""
_ONE_WIDE = re.compile(f"[{WIDE}]")
WIDE_SPACE = "\u3000"
_HANGUL = re.compile("[\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\uac00-\ud7ff]")
_LETTERS_OF_WIDE = re.compile("[\u3041-\u30ff\u3105-\u312f\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_SPACED = re.compile(f"[{WIDE}] [A-Za-z0-9]|[A-Za-z0-9] [{WIDE}]")
"""Who puts a space between wide and Latin letters means it at a line's end, too."""
_MARKS = "“”‘’\"'—–―…‥·・•()[]{}*_~`<>«»‹›\u200b\u2060\ufe0e\ufe0f"
"""What stands beside any script, and belongs to the letters behind it."""
_BEFORE_HANGUL = re.compile(r"(?<=[^\w\s*~])(\*{1,3}|~~)(?=[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3])")
_AFTER_HANGUL = re.compile(r"(?<=[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3])(\*{1,3}|~~)(?=[^\w\s*~])")
FILL = "\u303f"
"""A sign of Chinese and Japanese that texts do not have: beside it emphasis is read as they need it."""
_READ = 12
"""So many characters beside a seam are looked at: marks, and the letter that they belong to."""
_SIDE = 120
"""And so many say whether the text is Korean."""
_LINE_END = re.compile(r"(?<![ \t\r])[ \t\r]*+\n[ \t\r\n]*+")


def is_korean(text: str) -> bool:
    """Tell whether a text has at least as many letters of Hangul as of Chinese and Japanese."""
    hangul = len(_HANGUL.findall(text))
    return hangul > 0 and hangul >= len(_LETTERS_OF_WIDE.findall(text))


def filled(markdown: str) -> str:
    """Return Markdown with a FILL where Korean stands beside stars and brackets, to be taken out again.

    Korean puts particles right behind a closing bracket, but parts words by spaces: cjk_friendly knows
    Chinese and Japanese alone, and would join its wrapped lines.
    """
    text = markdown.replace(FILL, "")
    return _AFTER_HANGUL.sub(rf"{FILL}\1", _BEFORE_HANGUL.sub(rf"\1{FILL}", text))


def join_wrapped(text: str, line_end: re.Pattern[str] = _LINE_END) -> str:
    """Return the text with its lines as one, as its script joins them.

    Args:
        line_end: what is found where a line ends, with the white space around it.
    """
    if _has_spaces(text):
        return line_end.sub(" ", text)
    is_spaced = _SPACED.search(text) is not None

    def between(found: re.Match[str]) -> str:
        start, end = found.span()
        return _between(text[max(0, start - _READ) : start], text[end : end + _READ], is_spaced=is_spaced)

    return line_end.sub(between, text)


def joint(before: str, after: str, whole: str) -> str:
    """Return what stands between the end of a line and the next one in a text."""
    if _has_spaces(whole):
        return " "
    return _between(before[-_READ:], after[:_READ], is_spaced=_SPACED.search(whole) is not None)


def _has_spaces(text: str) -> bool:
    return text.isascii() or not _ONE_WIDE.search(text) or is_korean(text)


def seam(before: str, after: str) -> str:
    """Return what stands between two sentences of one text: nothing beside Chinese and Japanese."""
    before, after = before[-_SIDE:].rstrip(), after[:_SIDE].lstrip()
    if (before + after).isascii() or is_korean(before + after):
        return " "
    last, first = before.rstrip(_MARKS)[-1:], after.lstrip(_MARKS)[:1]
    return "" if _ONE_WIDE.match(last) or _ONE_WIDE.match(first) else " "


def ends_wide(text: str) -> bool:
    """Tell whether a sentence ends as Chinese and Japanese do, so that wide brackets stand behind it."""
    return bool(_ONE_WIDE.match(text.rstrip(_MARKS)[-1:])) and not is_korean(text[-_SIDE:])


def _between(before: str, after: str, *, is_spaced: bool) -> str:
    last, first = before.rstrip(_MARKS)[-1:], after.lstrip(_MARKS)[:1]
    kinds = {_kind(last), _kind(first)}
    if "" in kinds or (_HANGUL.match(last) and _HANGUL.match(first)):
        return " "
    if kinds == {"wide"}:
        return ""
    return " " if is_spaced or "wide" not in kinds else ""


def _kind(letter: str) -> str:
    """Return whether a letter is wide, one that may stand beside such without a space, or neither."""
    if not letter or letter in ".,;:!?\u3000" or letter.isspace():
        return ""
    return "wide" if _ONE_WIDE.match(letter) else "other"
