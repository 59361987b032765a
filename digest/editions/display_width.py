"""How long a line looks in an inbox list."""

from __future__ import annotations

import re
import unicodedata

from digest.locales.seams import join_wrapped

_INVISIBLE = frozenset({"Mn", "Me", "Cf", "Cc", "Cs"})
_JOINER = "\u200d"


WIDE_SPACE = "\u3000"
_SPACE = re.compile(r"\s+")


def one_line(text: str) -> str:
    """Return `text` on one line: white space folded, no control characters or lone surrogates.

    A wide space stays wide: it parts the halves of a Japanese headline.
    """
    kept = (" " if c.isspace() and c != WIDE_SPACE else c for c in text)
    shown = "".join(c for c in kept if unicodedata.category(c) not in {"Cc", "Cs"})
    return _SPACE.sub(lambda found: WIDE_SPACE if WIDE_SPACE in found[0] else " ", shown).strip()


def several_lines(text: str) -> str:
    """Return `text` with its lines as `one_line` gives each, empty ones left out."""
    return "\n".join(line for line in _lines(text) if line)


def paragraphs(text: str) -> str:
    """Return `text` with its paragraphs as `one_line` gives each; empty lines part them."""
    found: list[list[str]] = [[]]
    for line in _lines(text):
        if line:
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return "\n\n".join(join_wrapped("\n".join(lines)) for lines in found if lines)


def _lines(text: str) -> list[str]:
    return [one_line(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]


def displayed(text: str) -> int:
    """Return the length in characters as displayed.

    Combining marks and invisible characters take no room, a joined emoji takes that of one, and
    what East Asian fonts draw wide counts as two: inboxes cut by width.
    """
    length, is_joined = 0, False
    for character in text:
        if character == _JOINER:
            is_joined = True
        elif unicodedata.category(character) not in _INVISIBLE:
            length += 0 if is_joined else _width(character)
            is_joined = False
    return length


def cut(text: str, limit: int) -> str:
    """Return `text` if it fits, else its longest beginning of whole words that does, and "…".

    A single word too long for the limit is cut inside.
    """
    if displayed(text) <= limit:
        return text
    kept = ""
    for at, character in enumerate(text):
        if character == " " or _width(character) > 1:
            head = text[:at].rstrip(" ,;:–—-、，；：・\u3000")
            if displayed(head) > limit - 1:
                break
            kept = head
    if kept:
        return kept + "…"
    end = max((at for at in range(len(text)) if displayed(text[:at]) <= limit - 1), default=0)
    return text[:end] + "…"


def _width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
