"""The test of two subjects: some readers get one, some the other, and the rest the one that did better."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SubjectTest:
    """A test of an edition's two subjects.

    Attributes:
        percent: of the readers, who get each of the two at first; 50 or more for all of them.
        ends_at: from then on the clicks decide, where nobody did before.
        winner: the arm that the rest gets, empty for the first subject; None while undecided.
        decided_by: `clicks`, or whose word it was.
    """

    percent: int
    ends_at: datetime
    winner: str | None = None
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class ArmResult:
    """How one of the two subjects did so far.

    Attributes:
        clicked: readers who clicked at least once.
    """

    arm: str
    sent: int
    clicked: int

    @property
    def rate(self) -> float:
        """Return the share of readers who clicked."""
        return self.clicked / self.sent if self.sent else 0.0
