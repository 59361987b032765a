"""Saying something to the person who asks, in the language that this request is answered in.

The language is a context variable, as the request itself would be: what is said stands in every room and
below, where an argument for the language in each call would be all that one reads. Where nobody asks — a
command, the courier, the log — it is English.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from digest.words.sentences import Sentence
from digest.words.tongues import ENGLISH, Tongue, builtin

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


def number(value: float) -> str:
    """Return a number as the language that is spoken now writes it."""
    return spoken().number(value)


_LASTING: dict[str, Sentence] = {}


def lasting(message: str) -> str:
    """Return a message that is kept in English, filled in, and is said later to whoever reads it.

    Args:
        message: with places, as in `moved “%(title)s” to place %(place)s`; used with `%`.
    """
    _LASTING[message] = Sentence(message)
    return message


def retold(kept: str) -> str:
    """Return a sentence that was kept in English in the language that is spoken now, if it is known.

    What stands in quotation marks, as a title, stays as it is.
    """
    tongue = spoken()
    if tongue.language == ENGLISH or not kept:
        return kept
    if tongue.catalog.has(kept):
        return tongue.say(kept)
    for sentence in _LASTING.values():
        values = sentence.values(kept)
        if values is not None:
            told = {
                name: value if f"“%({name})s”" in sentence.message else retold(value)
                for name, value in values.items()
            }
            return tongue.say(sentence.message, **told)
    return kept
