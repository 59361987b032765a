"""Sponsors' blocks that are booked for days: made, changed, placed into drafts, counted."""
