"""Transports, readers' values and clocks for the tests of dispatch."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from digest.errors import TransportUnavailable
from digest.model import Batch, Delivery, Letterhead, Mailbox, Outcome, Receipt
from tests.storage.samples import NOW

LETTERHEAD = Letterhead(
    Mailbox("Harbour", "morning@harbour.example"), "morning.harbour.example", NOW, "harbour.example"
)


class Names:
    """A personalizer."""

    def values(self, delivery: Delivery) -> Mapping[str, str]:
        link = f"https://harbour.example/u/{delivery.subscriber}"
        return {"name": delivery.name, "unsubscribe_url": link, "preferences_url": link, "view_url": link}


@dataclass
class Clock:
    """A present that moves only when somebody sleeps, or is told to."""

    at: datetime = NOW
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.at

    def timer(self) -> float:
        return (self.at - NOW).total_seconds()

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += timedelta(seconds=seconds)


def always_sent(delivery: Delivery) -> Receipt:
    return Receipt(delivery.reference, Outcome.SENT)


@dataclass
class Script:
    """A transport in memory that answers as it is told to and counts what readers got."""

    answer: Callable[[Delivery], Receipt | None] = always_sent
    max_batch: int = 1000
    repeats_are_safe: bool = False
    name: str = "script"
    got: Counter[str] = field(default_factory=Counter)
    batches: list[Batch] = field(default_factory=list)

    def send(self, batch: Batch) -> Iterator[Receipt]:
        self.batches.append(batch)
        for delivery in batch.deliveries:
            receipt = self.answer(delivery)
            if receipt is None or receipt.outcome in {Outcome.SENT, Outcome.UNCERTAIN}:
                self.got[delivery.subscriber] += 1
            if receipt is not None:
                yield receipt

    def close(self) -> None:
        pass


@dataclass
class Down:
    """A transport that is not there."""

    max_batch: int = 1000
    repeats_are_safe: bool = False
    name: str = "down"

    def send(self, batch: Batch) -> Iterator[Receipt]:
        raise TransportUnavailable(self.name, "connection refused")

    def close(self) -> None:
        pass


@dataclass
class Letters:
    """A folder with a file for each delivery: a repeat overwrites the same file."""

    path: Path
    pause_s: float = 0.0
    max_batch: int = 1000
    repeats_are_safe: bool = True
    name: str = "letters"

    def send(self, batch: Batch) -> Iterator[Receipt]:
        for delivery in batch.deliveries:
            time.sleep(self.pause_s)
            unfinished = self.path / f".{delivery.reference}"
            unfinished.write_text(delivery.address)
            unfinished.replace(self.path / delivery.message_key)
            yield always_sent(delivery)

    def got(self) -> Counter[str]:
        return Counter(one.read_text() for one in self.path.iterdir() if not one.name.startswith("."))

    def close(self) -> None:
        pass


@dataclass
class Wire:
    """A line written for each mail, whoever got it before: what SMTP is like."""

    path: Path
    pause_s: float = 0.0
    max_batch: int = 1000
    repeats_are_safe: bool = False
    name: str = "wire"

    def send(self, batch: Batch) -> Iterator[Receipt]:
        line = os.open(self.path / "wire", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        try:
            for delivery in batch.deliveries:
                time.sleep(self.pause_s)
                os.write(line, f"{delivery.address} {delivery.reference}\n".encode())
                yield always_sent(delivery)
        finally:
            os.close(line)

    def lines(self) -> list[tuple[str, str]]:
        path = self.path / "wire"
        lines = path.read_text().splitlines() if path.exists() else []
        return [(address, reference) for address, reference in map(str.split, lines)]

    def got(self) -> Counter[str]:
        return Counter(address for address, _reference in self.lines())

    def close(self) -> None:
        pass
