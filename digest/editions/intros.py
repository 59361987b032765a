"""A section's opening line, made of its headlines alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digest.editions.display_width import one_line
from digest.model import Edition, Newsletter

MAX_WORDS = 25
_FEWEST_ITEMS = 2
_UNSPACED_PER_WORD = 2


def introduced(edition: Edition, newsletter: Newsletter) -> Edition:
    """Return the edition as readers see it: with its sections' opening lines where it wants them.

    They are made when the mail is, so that no line tells of an item that an editor has dropped.
    """
    if not newsletter.section_intros:
        return edition
    sections = (
        replace(section, intro=introduce([item.headline for item in section.items]))
        for section in edition.sections
    )
    return replace(edition, sections=tuple(sections))


def introduce(headlines: Sequence[str], *, max_words: int = MAX_WORDS) -> str:
    """Return a section's opening line: its items' headlines, whole, as many as fit.

    It says nothing that a headline does not; empty where fewer than two fit.
    """
    told: list[str] = []
    room = max_words
    for headline in headlines:
        text = one_line(headline).rstrip(".;。")
        words = max(len(text.split()), sum(map(_is_unspaced, text)) // _UNSPACED_PER_WORD)
        if text and text not in told and words <= room:
            told.append(text)
            room -= words
    if len(told) < _FEWEST_ITEMS:
        return ""
    if any(map(_is_unspaced, told[0])):
        return "；".join(told) + "。"
    ends_itself = told[-1][-1] in "?!…؟"
    return ("؛ " if _is_arabic(told[0]) else "; ").join(told) + ("" if ends_itself else ".")


def _is_unspaced(letter: str) -> bool:
    return "\u3040" <= letter <= "\u30ff" or "\u3400" <= letter <= "\u9fff"


def _is_arabic(text: str) -> bool:
    return any("\u0600" <= letter <= "\u06ff" for letter in text)
