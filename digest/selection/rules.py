"""The names of the rules that decide on an article; `Decision.rule` holds one of them."""

from __future__ import annotations

from enum import StrEnum


class Rule(StrEnum):
    """What decided on one article: the first three put it in, the others leave it out."""

    PINNED = "pinned"
    RANKED = "ranked"
    ALSO_REPORTED = "also-reported"
    EXCLUDED = "excluded"
    GONE = "gone"
    ALREADY_SENT = "already-sent"
    CORRECTION_OFFERED = "correction-offered"
    AFTER_CUTOFF = "after-cutoff"
    BEFORE_WINDOW = "before-window"
    TOO_OLD = "too-old"
    UNDATED = "undated"
    WEIGHED_BEFORE = "weighed-before"
    SAME_PAGE = "same-page"
    NEAR_DUPLICATE = "near-duplicate"
    NO_SECTION = "no-section"
    SECTION_MINIMUM = "section-minimum"
    SOURCE_CAP = "source-cap"
    QUOTA = "quota"
