"""The checks for plug-in authors must see what they say they see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

import pytest

from digest.errors import TransportUnavailable
from digest.model import Batch, Blurb, BlurbBudget, BlurbSentence, Outcome, Receipt, Story
from digest.ports import Collected, Memory
from digest.testing import (
    NOW,
    ContractBroken,
    ListedSource,
    RecordingTransport,
    ScriptedTransport,
    a_batch,
    an_article,
    an_edition,
    check_source,
    check_summarizer,
    check_transport,
)
from digest.transports.headers import Unsendable
from digest.transports.mime import build


@dataclass
class Honest:
    """A transport that keeps its promises, by the least code; faults are switched on."""

    forgets: bool = False
    doubles: bool = False
    raises: bool = False
    tells_addresses: bool = False
    sends_twice: bool = False
    name: str = "honest"
    max_batch: int = 10
    repeats_are_safe: bool = False
    arrived: list[str] = field(default_factory=list)

    def send(self, batch: Batch) -> Iterator[Receipt]:
        for index, (delivery, values) in enumerate(zip(batch.deliveries, batch.values, strict=True)):
            template = build(batch.letterhead, batch.rendered, delivery.edition)
            if self.forgets and index == 1:
                continue
            try:
                template.join(delivery, values)
            except Unsendable as error:
                if self.raises:
                    raise
                reason = delivery.address if self.tells_addresses else error.reason
                yield Receipt(delivery.reference, Outcome.FAILED, reason or "?")
                continue
            self.arrived.extend([delivery.address] * (2 if self.sends_twice else 1))
            yield Receipt(delivery.reference, Outcome.SENT)
            if self.doubles:
                yield Receipt(delivery.reference, Outcome.SENT)

    def close(self) -> None:
        """Nothing is open."""


def test_an_honest_transport_passes() -> None:
    honest = Honest()

    check_transport(lambda: honest, arrived=lambda: honest.arrived)


@pytest.mark.parametrize(
    ("faulty", "says"),
    [
        (Honest(forgets=True), "1 missing, 0 too many"),
        (Honest(doubles=True), "0 missing, 3 too many"),
        (Honest(sends_twice=True), "0 missing"),
        (Honest(name=""), "`name` is empty"),
        (Honest(max_batch=0), "`max_batch`"),
    ],
)
def test_a_broken_promise_of_a_transport_is_named(faulty: Honest, says: str) -> None:
    with pytest.raises(ContractBroken, match=says):
        check_transport(lambda: faulty, arrived=lambda: faulty.arrived)


def test_a_transport_that_sends_half_filled_mails_is_caught() -> None:
    with pytest.raises(ContractBroken, match="open token"):
        check_transport(RecordingTransport)


def test_a_transport_that_raises_for_one_delivery_is_not_quiet() -> None:
    with pytest.raises(Unsendable):
        check_transport(lambda: Honest(raises=True))


@dataclass
class FaultySource(ListedSource):
    """Repeats itself on the second crawl."""

    def collect(self, memory: Memory, *, now: datetime) -> Collected:
        collected = ListedSource.collect(self, memory, now=now)
        return replace(collected, articles=collected.articles * 2) if memory.notes else collected


def test_a_good_source_passes_and_a_faulty_one_is_named() -> None:
    check_source(lambda: ListedSource(articles=[an_article()]))

    with pytest.raises(ContractBroken, match="comes twice"):
        check_source(lambda: FaultySource(articles=[an_article()]))
    with pytest.raises(ContractBroken, match="naive"):
        check_source(lambda: ListedSource(articles=[an_article(published=NOW.replace(tzinfo=None))]))
    with pytest.raises(ContractBroken, match="no reason"):
        check_source(lambda: ListedSource(is_failed=True))


@dataclass
class Wordy:
    """Gives so many words whatever the budget."""

    words: int

    def summarize(self, story: Story, budget: BlurbBudget) -> Blurb:
        return Blurb((BlurbSentence(" ".join(["word"] * self.words)),))


def test_a_summarizer_past_its_budget_is_named() -> None:
    check_summarizer(lambda: Wordy(60))

    with pytest.raises(ContractBroken, match="too many words"):
        check_summarizer(lambda: Wordy(61))
    with pytest.raises(ContractBroken, match="empty sentence"):
        check_summarizer(lambda: Wordy(0))


def test_a_scripted_transport_answers_as_told_and_knows_what_arrived() -> None:
    batch = a_batch(count=4)
    answers: list[Outcome | Receipt | BaseException] = [Outcome.AGAIN, Outcome.UNCERTAIN, Outcome.FAILED]
    transport = ScriptedTransport(answers=answers, unavailable=1)

    with pytest.raises(TransportUnavailable):
        list(transport.send(batch))
    outcomes = [receipt.outcome for receipt in transport.send(batch)]

    assert outcomes == [Outcome.AGAIN, Outcome.UNCERTAIN, Outcome.FAILED, Outcome.SENT]
    assert transport.arrived == [batch.deliveries[1], batch.deliveries[3]]


def test_builders_give_whole_nouns() -> None:
    edition = an_edition()

    assert [item.rank for item in edition.items] == [0, 1, 2]
    assert len({delivery.message_key for delivery in a_batch(count=3).deliveries}) == 3
