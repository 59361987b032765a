"""What a correction says where nobody said it, and whether it says anything new."""

from __future__ import annotations

from digest.model import Edition, Item, StoryLabel
from digest.rendering.phrases import phrases

LONGEST_LINE = 300
"""Characters of a subject or a headline."""


def mark_of(edition: Edition) -> str:
    """Return what the subject of a correcting mail begins with, in the language of the mail."""
    return f"{phrases(edition.language).label(StoryLabel.CORRECTION)}:"


def subject_of(edition: Edition, headline: str) -> str:
    """Return the subject that a correction has where nobody gives it one."""
    return f"{mark_of(edition)} {headline}"[:LONGEST_LINE]


def is_old_subject(edition: Edition, subject: str) -> bool:
    """Tell whether a subject is that of the wrong mail, which nobody would take for a correction."""
    return " ".join(subject.split()) == edition.subject


def says_nothing_new(item: Item, text: str, headline: str) -> bool:
    """Tell whether a story, as it was told last, says the same already; `job` tells it of a correction."""
    is_mailed = item.label is not StoryLabel.CORRECTION
    return is_mailed and text.strip() == item.blurb.text.strip() and headline in {"", item.headline}
