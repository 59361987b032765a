"""What language models answered, kept."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from digest.model import EditionKey, ModelAnswer, Tokens


class AnswerStore(Protocol):
    """What language models answered, so that nothing is asked or paid for twice."""

    def find(self, digest: str) -> ModelAnswer | None:
        """Return the answer to the question with this digest; None where none came yet."""
        ...

    def keep(self, digest: str, edition: EditionKey, answer: ModelAnswer, *, now: datetime) -> None:
        """Keep an answer, or the lack of one; the tokens add to what the question took before."""
        ...

    def spent(self, edition: EditionKey) -> Tokens:
        """Return what all the edition's questions took together."""
        ...
