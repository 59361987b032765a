"""What the day is: the window, stories, sections, ranking, and why."""

from digest.selection.selecting import select

__all__ = ["select"]
