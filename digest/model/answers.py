"""What a language model answered, and what it took."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a model read and wrote, in its own tokens."""

    read: int = 0
    written: int = 0

    @property
    def total(self) -> int:
        """Return both together."""
        return self.read + self.written

    def __add__(self, other: Tokens) -> Tokens:
        """Return the sum."""
        return Tokens(self.read + other.read, self.written + other.written)


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """A model's word on one story.

    Attributes:
        content: the answer as JSON; empty where none came (an outage, a time-out).
        refusal: why the answer is not used; empty where it is.
    """

    content: str
    refusal: str = ""
    tokens: Tokens = Tokens()
