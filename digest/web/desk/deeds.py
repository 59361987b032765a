"""What editors do, as an edition's history keeps it: in English, and told in the reader's language."""

from __future__ import annotations

from digest.words.speaking import lasting

MOVED_WITHIN = lasting("moved “%(story)s” to place %(place)s of %(section)s")
MOVED = lasting("moved “%(story)s” to %(section)s")
PINNED = lasting("pinned “%(story)s”")
UNPINNED = lasting("unpinned “%(story)s”")
DROPPED = lasting("dropped “%(story)s”")
TOOK_BACK = lasting("took “%(story)s” back")
REWROTE_HEADLINE = lasting("rewrote the headline of “%(story)s”")
REWROTE_BLURB = lasting("rewrote the blurb of “%(story)s”")
TOOK_HEADLINE_BACK = lasting("took the headline of “%(story)s” back")
TOOK_BLURB_BACK = lasting("took the blurb of “%(story)s” back")
SET_SUBJECT = lasting("set the subject “%(text)s”")
SET_SECOND_SUBJECT = lasting("set the second subject “%(text)s”")
TOOK_SECOND_SUBJECT_AWAY = lasting("took the second subject away")
SET_PREHEADER = lasting("set the preheader “%(text)s”")
TOOK_UP_AGAIN = lasting("took “%(story)s” up again in %(section)s")
WROTE_BY_HAND = lasting("wrote “%(story)s” into %(section)s")
ADDED = lasting("added “%(story)s” to %(section)s")

ADDED_BLOCK = lasting("added a block: %(block)s")
TOOK_BLOCK_OUT = lasting("took out: %(block)s")
TOOK_BLOCK_BACK = lasting("took back: %(block)s")
WROTE_IN_BLOCK = lasting("wrote: %(block)s")
MOVED_BLOCK = lasting("moved: %(block)s")

CHOSE_PICTURE = lasting("chose a picture for %(what)s")
TOOK_PICTURE_AWAY = lasting("took the picture of %(what)s away")

ANEW = lasting("a new draft was made")
APPROVED = lasting("it was approved")
UNDID = lasting("undid: %(deed)s")
DID_AGAIN = lasting("did again: %(deed)s")
STOPPED = lasting("stopped at the desk by %(who)s")
CANCELED = lasting("canceled at the desk by %(who)s")
CANCELED_BY = lasting("canceled by %(who)s")

MADE_NEWSLETTER = lasting("made the newsletter “%(key)s”")
CHANGED_NEWSLETTER = lasting("changed the newsletter “%(key)s”")
PAUSED_NEWSLETTER = lasting("paused the newsletter “%(key)s”")
RESUMED_NEWSLETTER = lasting("let the newsletter “%(key)s” go on")
ADDED_PART = {
    "sections": lasting("added the section “%(name)s” to “%(key)s”"),
    "sources": lasting("added the source “%(name)s” to “%(key)s”"),
}
TOOK_PART_OUT = {
    "sections": lasting("took the section “%(name)s” out of “%(key)s”"),
    "sources": lasting("took the source “%(name)s” out of “%(key)s”"),
}
CHANGED_PART = lasting("changed “%(name)s” of “%(key)s”")
MOVED_PART = lasting("changed the place of “%(name)s” in “%(key)s”")
MOVED_TIME = lasting("moved the time of “%(key)s” to %(at)s")
MOVED_TIME_BACK = lasting("moved the time of “%(key)s” back to %(at)s")
BACK_TO_VERSION = lasting("back to version %(number)s")
"""As `digest.upkeep.changing` writes it, which knows no catalog."""
