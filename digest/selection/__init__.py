"""What the day is: the window, stories, sections, ranking, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digest.selection.selecting import select

__all__ = ["select"]


def __getattr__(name: str) -> object:
    """Return `select` when it is first asked for: whoever asks for a window alone loads no more."""
    if name == "select":
        from digest.selection.selecting import select

        return select
    raise AttributeError(name)
