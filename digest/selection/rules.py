"""The names of the rules that decide on an article; `Decision.rule` holds one of them."""

from __future__ import annotations

from enum import StrEnum


class Rule(StrEnum):
    """What decided on one article: the first four put it in, the others leave it out.

    SAME_STORY: the edition holds it as part of a story, and readers are not told of it.
    """

    PINNED = "pinned"
    RANKED = "ranked"
    ALSO_REPORTED = "also-reported"
    SAME_STORY = "same-story"
    EXCLUDED = "excluded"
    KEPT_OUT = "kept-out"
    GONE = "gone"
    ALREADY_SENT = "already-sent"
    CORRECTION_OFFERED = "correction-offered"
    AFTER_CUTOFF = "after-cutoff"
    BEFORE_WINDOW = "before-window"
    TOO_OLD = "too-old"
    UNDATED = "undated"
    MET_LATER = "met-later"
    WEIGHED_BEFORE = "weighed-before"
    SAME_PAGE = "same-page"
    TOO_MANY_A_DAY = "too-many-a-day"
    NEAR_DUPLICATE = "near-duplicate"
    NO_SECTION = "no-section"
    SECTION_MINIMUM = "section-minimum"
    SOURCE_CAP = "source-cap"
    QUOTA = "quota"
