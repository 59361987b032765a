"""Other people's text, made fit to stand in a mail."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from digest.rendering.tokens import disarm, disarm_url

_WORDS_PER_MINUTE = 230
_TALLEST_STACK = 4  # vocalized Hebrew and Vietnamese need three
_SPACE = re.compile(r"\s+")
_WIDE_SPACE = "\u3000"
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_WIDE = re.compile("[\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff]")
_URL_UNSAFE = re.compile(r"[\s\"'<>\\^`|\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Signs that Unicode counts as letters or marks, and that show nothing."""
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


class Href(str):
    """An address that a template prints as it is: checked."""

    __slots__ = ()


def clean(text: str, limit: int) -> str:
    """Return `text` on one line of at most `limit` characters, harmless in every part of a mail.

    Whitespace is folded, control characters, direction controls and towers of accents go, tokens
    are disarmed, and a cut shows an ellipsis.
    """
    seen = _UNSEEN.sub("", text)
    folded = _unstacked(_SPACE.sub(_one_space if _WIDE_SPACE in seen else " ", seen).strip())
    if len(folded) > limit:
        folded = folded[: limit - 1].rstrip() + "…"
    return disarm(folded)


def is_visible(text: str) -> bool:
    """Tell whether any sign of a text leaves ink: spaces, controls, joiners and fillers do not."""
    return any(unicodedata.category(sign)[0] not in "CZ" and sign not in _BLANK for sign in text)


def _one_space(found: re.Match[str]) -> str:
    """Return the space for a run of them: a wide one stays wide, for it parts Japanese headlines."""
    return _WIDE_SPACE if _WIDE_SPACE in found[0] else " "


def _unstacked(text: str) -> str:
    """Return `text` with towers of combining marks cut down; they would stand on other stories."""
    if text.isascii() or not any(map(unicodedata.combining, text)):
        return text
    height, kept = 0, []
    for char in text:
        height = height + 1 if unicodedata.combining(char) else 0
        if height <= _TALLEST_STACK:
            kept.append(char)
    return "".join(kept)


def href(url: str) -> Href:
    """Return `url` if a reader may safely follow it, else an empty one.

    Only absolute http(s) and mailto addresses pass; what would end an attribute or a line is escaped.
    """
    stripped = url.strip()
    try:
        parts = urlsplit(stripped)
    except ValueError:
        return Href()
    if not (parts.scheme in {"http", "https"} and parts.netloc) and parts.scheme != "mailto":
        return Href()
    return Href(disarm_url(_URL_UNSAFE.sub(_escaped, stripped)))


def holds_login(url: str) -> bool:
    """Tell whether an address holds a user name or a password, which every reader of it would have."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    return "@" in parts.netloc and parts.scheme in {"http", "https"}


def _escaped(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found.group().encode("utf-8", "replace"))


def text_direction(text: str) -> str:
    """Return `ltr` or `rtl` by the first letter that has a direction; empty where none has."""
    kinds = (unicodedata.bidirectional(char) for char in text)
    return next(("ltr" if kind == "L" else "rtl" for kind in kinds if kind in {"L", "R", "AL"}), "")


def reading_direction(text: str, usual: str) -> str:
    """Return which way a text reads: `usual` is its language's.

    A text of a language from right to left that begins with a foreign name, a sum or an address still reads
    that way, and one without any word of it does not; one of the other kind does where most of it does.
    """
    words = [text_direction(word) for word in text.split() if "://" not in word and "@" not in word]
    from_right, from_left = words.count("rtl"), words.count("ltr")
    if not (from_right or from_left):
        return usual
    return "rtl" if from_right > (0 if usual == "rtl" else from_left) else "ltr"


def isolated(text: str, direction: str) -> str:
    """Return `text` so that it can't reorder a line which runs in `direction`.

    Only a text with letters of the other direction needs the two isolating characters.
    """
    if direction == "ltr" and text.isascii():
        return text
    other = {"R", "AL"} if direction == "ltr" else {"L"}
    if any(unicodedata.bidirectional(char) in other for char in text):
        return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"
    return text


def count_words(text: str) -> int:
    """Return how many words `text` has; two ideographs count as one."""
    wide = len(_WIDE.findall(text))
    return len(_WIDE.sub(" ", text).split()) + (wide + 1) // 2


def minutes(words: int) -> int:
    """Return how long `words` take to read, in whole minutes, at least one."""
    return max(1, round(words / _WORDS_PER_MINUTE))
