"""Saying something to the person who asks, in the language that this request is answered in.

The language is a context variable, as the request itself would be: what is said stands in every room and
below, where an argument for the language in each call would be all that one reads. Where nobody asks — a
command, the courier, the log — it is English.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from digest.words.sentences import Sentences
from digest.words.tongues import ENGLISH, Tongue, builtin

_MOST_PARTS = 8
"""Of a text that are told one by one."""
_MOST_TEXTS = 300
"""So many parts of parts of one text are looked at: a server may have written it, and of any form."""

_SPOKEN: ContextVar[Tongue | None] = ContextVar("spoken", default=None)


def spoken() -> Tongue:
    """Return the language that is spoken now."""
    return _SPOKEN.get() or builtin().of((ENGLISH,))


def speak(tongue: Tongue) -> None:
    """Speak this language from now on, as long as this request lasts."""
    _SPOKEN.set(tongue)


@contextmanager
def speaking(tongue: Tongue) -> Iterator[None]:
    """Speak this language for as long as the block lasts."""
    before = _SPOKEN.set(tongue)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def say(message: str, /, **values: object) -> str:
    """Return the words for an English message, with values in its places, as `%(name)s`."""
    return spoken().say(message, **values)


def counted(singular: str, plural: str, count: int, /, **values: object) -> str:
    """Return the words for a count, with `%(count)s` and the other values filled in."""
    return spoken().counted(singular, plural, count, **values)


def later(message: str) -> str:
    """Return the message as it is: it stands in the catalogs and is said where somebody reads it."""
    return message


def in_quotes(text: str) -> str:
    """Return a text in the quotation marks of the reader's language."""
    return say("“%(story)s”", story=text)


def number(value: float) -> str:
    """Return a number as the language that is spoken now writes it."""
    return spoken().number(value)


_KEPT = Sentences()


def lasting(message: str) -> str:
    """Return a message that is kept in English, filled in, and is said later to whoever reads it.

    Args:
        message: with places, as in `moved “%(title)s” to place %(place)s`; used with `%`.
    """
    _KEPT.add(message, message)
    return message


def instead(kept: str, said: str = "") -> str:
    """Return what the desk says, in every language, in the place of a sentence that a machine keeps.

    Args:
        kept: as it is written for those who run the machine, with places.
        said: with no other places; empty where people of the desk are told nothing.
    """
    _KEPT.add(kept, said)
    return said


def retold(kept: str) -> str:
    """Return a sentence that was kept in English in the language that is spoken now, if it is known.

    What stands in quotation marks, as a title, stays as it is. Several sentences in a row, and what
    follows an address, are told one by one; of a name with a title behind it, the name.
    """
    return _retold(kept, iter(range(_MOST_TEXTS)))


def _retold(kept: str, left: Iterator[int]) -> str:
    """Return a sentence told anew; as it is where none are left to look at."""
    if next(left, None) is None:
        return kept
    tongue = spoken()
    if not kept or tongue.catalog.has(kept):
        return kept and tongue.say(kept)
    found = _KEPT.find(kept)
    if found is None:
        return _part_by_part(kept, left)
    told = {
        name: value if is_quoted(name, found.sentence.message) else _retold(value, left)
        for name, value in found.values.items()
    }
    return tongue.say(found.said, **told) if found.said else ""


def is_quoted(place: str, message: str) -> bool:
    """Tell whether a place of a message stands in quotation marks."""
    return any(f"{begin}%({place})s{end}" in message for begin, end in ("“”", "''"))


def _part_by_part(kept: str, left: Iterator[int]) -> str:
    """Return a text with those of its parts told that are known."""
    head, colon, rest = kept.partition(": ")
    if colon and " " not in head and (told := _retold(rest, left)) != rest:
        return f"{head}: {told}"
    head, quote, quoted = kept.partition(" “")
    if quote and quoted.endswith("”") and (told := _retold(head, left)) != head:
        return f"{told} {in_quotes(quoted[:-1])}"
    for mark in (". ", "; "):
        parts = kept.split(mark, _MOST_PARTS)
        if len(parts) > 1 and (known := [_retold(one, left) for one in parts]) != parts:
            return mark.join(one for one in known if one)
    if kept.endswith(".") and (told := _retold(kept[:-1], left)) != kept[:-1]:
        return told and f"{told}."
    return kept
