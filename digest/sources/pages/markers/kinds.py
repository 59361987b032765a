"""The kinds of phrases that stand around an article."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Markers:
    """The phrases of one language.

    All but `shares` are regular expressions over a block's key (see `prose.sameness_key`): words only,
    lower case, one space apart, no punctuation, no vowel marks on Arabic.

    Attributes:
        comments: a comment box or list starts here; the whole block.
        related: a list of other articles starts here; the whole block.
        lines: furniture of one line that ends no sentence, dropped wherever it stands; the whole block.
        sentences: the same, but may end like a sentence, so they must be unmistakable.
        shares: words that a share row is made of; a block of nothing else is one.
        bylines: how a line with the author's name begins.
        cookies: found anywhere in a consent text.
        about: found in a sentence of the closing text, where the publisher speaks of itself or to its
            reader; `^` is the sentence's start, where a call must stand.
        about_traits: what such a text says as well; alone it counts with the publisher as the subject.
        about_facts: what is said of any company, too: counts only with the publisher as the subject.
        about_headings: a heading over such a text; the whole block.
    """

    comments: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    shares: frozenset[str] = frozenset()
    bylines: tuple[str, ...] = ()
    cookies: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    about_traits: tuple[str, ...] = ()
    about_facts: tuple[str, ...] = ()
    about_headings: tuple[str, ...] = ()


def phrases(text: str) -> tuple[str, ...]:
    """Return the expressions of a text, one a line."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
