"""Blurbs by a language model, where it is trusted as far as it can be checked.

Whatever goes wrong (an outage, a time-out, a cap, an answer the article does not bear out), the
article's own sentences stand in, and the editor reads why.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from digest.model import Blurb, BlurbBudget, EditionKey, ModelAnswer, Story, Tokens
from digest.ports import AnswerStore, Summarizer
from digest.summaries.prompts import Question, question, read

log = logging.getLogger(__name__)

NO_EDITION = EditionKey("", date.min)
_OUTAGES = 2
_PER_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What one question came to.

    Attributes:
        answer: as the store keeps it; empty content where no usable word came.
        is_outage: the model could not be reached, or not in time; another question would fare no better.
    """

    answer: ModelAnswer
    is_outage: bool = False


class Asker(Protocol):
    """Puts questions to a model."""

    @property
    def name(self) -> str:
        """Return provider, address and model: what answers depend on."""
        ...

    def ask(self, asked: Question, max_tokens: int) -> Asked:
        """Return the answer, or why there is none; never raises for what the model or network did.

        Args:
            max_tokens: the most that may be read and written, retries included.
        """
        ...


@dataclass(frozen=True, slots=True)
class Caps:
    """What one edition's blurbs may take.

    Attributes:
        max_cost: 0 for none; prices are for a million tokens.
    """

    max_tokens: int
    max_cost: float = 0.0
    read_price: float = 0.0
    written_price: float = 0.0

    def room(self, spent: Tokens) -> int:
        """Return how many tokens are left, by both caps; the dearer price counts for each of them."""
        room = self.max_tokens - spent.total
        dearer = max(self.read_price, self.written_price)
        if self.max_cost and dearer:
            money = self.max_cost - self.cost(spent)
            room = min(room, int(money * _PER_MILLION / dearer))
        return max(0, room)

    def cost(self, spent: Tokens) -> float:
        """Return what these tokens cost."""
        return (spent.read * self.read_price + spent.written * self.written_price) / _PER_MILLION


class LlmSummarizer:
    """Asks a model for each story, once for each text; one instance for each edition."""

    def __init__(
        self,
        asker: Asker,
        fallback: Summarizer,
        answers: AnswerStore,
        *,
        caps: Caps,
        clock: Callable[[], datetime],
        edition: EditionKey = NO_EDITION,
    ) -> None:
        """Keep the parts.

        Args:
            edition: whose caps the questions count against.
        """
        self._asker, self._fallback, self._answers = asker, fallback, answers
        self._caps, self._clock, self._edition = caps, clock, edition
        self._outages = 0

    def for_edition(self, key: EditionKey) -> LlmSummarizer:
        """Return the summarizer that counts against this edition's caps."""
        return LlmSummarizer(
            self._asker,
            self._fallback,
            self._answers,
            caps=self._caps,
            clock=self._clock,
            edition=key,
        )

    def summarize(self, story: Story, budget: BlurbBudget) -> Blurb:
        """Return the model's blurb if the article bears it out, else the article's own sentences."""
        asked = question(story, budget)
        if asked is None:
            return self._fallback.summarize(story, budget)
        answer = self._answered(asked)
        found = read(answer.content)
        reason = answer.refusal
        if not reason and found is not None:
            # Checked again, for the answer may have been kept by an older, laxer version.
            reason = " ".join(asked.faults(found))
            if not reason:
                return asked.blurb(found)
        log.info("%s: the model's blurb is not used: %s", story.lead.id, reason or "no answer")
        told = f"The article's own sentences stand for the model's: {reason or 'it gave no answer.'}"
        written = self._fallback.summarize(story, budget)
        return replace(written, warnings=(*written.warnings, told))

    def _answered(self, asked: Question) -> ModelAnswer:
        digest = asked.digest(self._asker.name)
        known = self._answers.find(digest)
        if known is not None:
            return known
        if self._outages >= _OUTAGES:
            return ModelAnswer(
                "", f"It failed {_OUTAGES} times in a row and is not asked again in this run."
            )
        room = self._caps.room(self._answers.spent(self._edition))
        # A question costs at least its own text; a token is seldom under two characters.
        if room <= len(asked.prompt) // 2:
            return ModelAnswer("", "The edition's cap on tokens or cost is reached.")
        result = self._asker.ask(asked, room)
        self._outages = self._outages + 1 if result.is_outage else 0
        self._answers.keep(digest, self._edition, result.answer, now=self._clock())
        return result.answer
