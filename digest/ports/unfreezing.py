"""The ledger's way back from a freeze."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from digest.model import Edition, EditionKey


class Unfreezing(Protocol):
    """As long as nobody was handed anything, an edition can be a draft again."""

    def has_begun(self, key: EditionKey) -> bool:
        """Tell whether anything of the edition may have left; false before the freeze."""
        ...

    def take_back(self, key: EditionKey, told: str, *, by: str, now: datetime) -> Edition | None:
        """Make an approved or frozen edition of which nothing can have left a draft again.

        All in one transaction: its freeze and approval are as if they had never been, and `told` stands
        in it. A claim of the same instant comes before it or after it, never between.

        Returns:
            The draft; None where something may have left, or it does not wait: then nothing was done.
        """
        ...
