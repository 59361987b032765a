"""Stand-ins at the ports, for tests without a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Final
from urllib.parse import quote

from digest.errors import TransportUnavailable
from digest.model import Article, Batch, Delivery, Outcome, Problem, Receipt, SourceKey
from digest.ports import Collected, Memory


@dataclass(frozen=True, slots=True)
class FakePersonalizer:
    """Makes links that name the subscriber; a `ports.Personalizer`."""

    site_url: str = "https://harbour.example"

    def values(self, delivery: Delivery) -> Mapping[str, str]:
        """Return the four token values."""
        who = quote(delivery.subscriber, safe="")
        return {
            "name": delivery.name,
            "topics": ", ".join(delivery.variant.topics),
            "unsubscribe_url": f"{self.site_url}/u/{who}?list={quote(delivery.mailing_list)}&k=1",
            "preferences_url": f"{self.site_url}/p/{who}",
            "view_url": f"{self.site_url}/v/{quote(str(delivery.edition))}/{who}",
            "click": "",
        }


@dataclass
class RecordingTransport:
    """Accepts everything and remembers it; a `ports.Transport`.

    Attributes:
        batches: as they came.
    """

    name: str = "recording"
    max_batch: int = 100
    repeats_are_safe: bool = False
    batches: list[Batch] = field(default_factory=list)
    is_closed: bool = False
    _lock: Lock = field(default_factory=Lock, repr=False)

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """Return every delivery that came, in order."""
        return tuple(delivery for batch in self.batches for delivery in batch.deliveries)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Return the address of every delivery that came, in order."""
        return tuple(delivery.address for delivery in self.deliveries)

    def send(self, batch: Batch) -> Iterator[Receipt]:
        """Remember the batch and give a SENT for each delivery."""
        with self._lock:
            self.batches.append(batch)
        for delivery in batch.deliveries:
            yield Receipt(delivery.reference, Outcome.SENT, provider_id=delivery.message_key)

    def close(self) -> None:
        """Remember that it was closed."""
        self.is_closed = True


HARBOUR: Final = SourceKey("harbour")

Answer = Outcome | Receipt | BaseException
"""What a scripted transport does with one delivery; an exception is raised in its place."""


@dataclass
class ScriptedTransport:
    """Answers as told; a `ports.Transport`.

    `answers` are used up in the order deliveries come; then `default` is asked. Whatever was answered
    SENT, or UNCERTAIN with `uncertain_arrives`, is in `arrived`: what readers got.

    Attributes:
        unavailable: so many sends at the beginning raise TransportUnavailable.
    """

    answers: list[Answer] = field(default_factory=list)
    default: Callable[[Delivery], Answer] = lambda _: Outcome.SENT
    unavailable: int = 0
    uncertain_arrives: bool = True
    name: str = "scripted"
    max_batch: int = 100
    repeats_are_safe: bool = False
    arrived: list[Delivery] = field(default_factory=list)
    attempts: list[Delivery] = field(default_factory=list)
    is_closed: bool = False
    _lock: Lock = field(default_factory=Lock, repr=False)

    def send(self, batch: Batch) -> Iterator[Receipt]:
        """Give each delivery its scripted answer."""
        with self._lock:
            if self.unavailable > 0:
                self.unavailable -= 1
                raise TransportUnavailable(self.name, "scripted")
        for delivery in batch.deliveries:
            with self._lock:
                answer = self.answers.pop(0) if self.answers else self.default(delivery)
                self.attempts.append(delivery)
            if isinstance(answer, BaseException):
                raise answer
            receipt = answer if isinstance(answer, Receipt) else Receipt(delivery.reference, answer)
            is_out = receipt.outcome is Outcome.SENT or (
                receipt.outcome is Outcome.UNCERTAIN and self.uncertain_arrives
            )
            if is_out:
                with self._lock:
                    self.arrived.append(delivery)
            yield receipt

    def close(self) -> None:
        """Remember that it was closed."""
        self.is_closed = True


@dataclass
class ListedSource:
    """Gives the articles it was made with; a `ports.Source`.

    Attributes:
        crawls: the memory that each `collect` was given.
    """

    key: SourceKey = HARBOUR
    articles: Sequence[Article] = ()
    problems: Sequence[Problem] = ()
    undated_count_from_first_seen: bool = False
    is_failed: bool = False
    crawls: list[Memory] = field(default_factory=list)

    def collect(self, memory: Memory, *, now: datetime) -> Collected:  # noqa: ARG002 - the port's
        """Return the articles, or a failed crawl."""
        self.crawls.append(memory)
        return Collected(
            articles=() if self.is_failed else tuple(self.articles),
            problems=tuple(self.problems),
            memory=Memory({"crawls": str(len(self.crawls))}),
            is_failed=self.is_failed,
        )


@dataclass
class QuietProgress:
    """Remembers the steps; a `ports.Progress`."""

    steps: list[tuple[str, int, int | None, str]] = field(default_factory=list)

    def step(self, name: str, done: int, total: int | None = None, note: str = "") -> None:
        """Remember one step."""
        self.steps.append((name, done, total, note))
