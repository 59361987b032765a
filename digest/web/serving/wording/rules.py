"""What the rules of the selection are called where people read how many articles each left out."""

from __future__ import annotations

from digest.selection.rules import Rule
from digest.words.speaking import later, say

_CALLED: dict[str, str] = {
    Rule.EXCLUDED: later("An editor took it out."),
    "dropped": later("An editor took it out."),
    Rule.KEPT_OUT: later("kept out"),
    Rule.GONE: later("its page is gone"),
    Rule.ALREADY_SENT: later("an earlier edition has it"),
    Rule.CORRECTION_OFFERED: later("an earlier edition has it, and its text has changed"),
    Rule.AFTER_CUTOFF: later("after this edition’s day"),
    Rule.BEFORE_WINDOW: later("before this edition’s day"),
    Rule.TOO_OLD: later("too old"),
    Rule.UNDATED: later("no date"),
    Rule.MET_LATER: later("read after the choice was made"),
    Rule.WEIGHED_BEFORE: later("an earlier edition left it out"),
    Rule.SAME_PAGE: later("the same page from another source"),
    Rule.TOO_MANY_A_DAY: later("more than are weighed of one source and day"),
    Rule.NEAR_DUPLICATE: later("nearly the same text as another"),
    Rule.NO_SECTION: later("no section takes it by itself"),
    Rule.SECTION_MINIMUM: later("too few for its section"),
    Rule.SOURCE_CAP: later("enough of its source"),
    Rule.QUOTA: later("its section is full"),
    Rule.SAME_STORY: later("part of another story"),
    Rule.ALSO_REPORTED: later("part of another story"),
    "weekly": later("not among the best of the week"),
    "corrected": later("it was corrected since"),
}


def rule(name: str) -> str:
    """Return what a rule is called; of one that an editor overruled, what the editor did."""
    return say(_CALLED.get(name.partition(":")[0], name.replace("-", " ")))
