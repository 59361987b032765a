"""The parts a newsroom may bring its own of: sources, summarizers, transports, and who watches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable

from digest.model import (
    Article,
    ArticleId,
    Batch,
    Blurb,
    BlurbBudget,
    Delivery,
    EditionKey,
    Problem,
    Receipt,
    SourceKey,
    Story,
)


@dataclass(frozen=True, slots=True)
class Memory:
    """What a source wants to be told at its next crawl (ETag, Last-Modified, a cursor).

    Attributes:
        notes: short strings by name; the source alone knows their meaning.
        entries: by article, what its entry is known again by, so that it is not read anew. Those whose
            articles are stored no longer, or were withdrawn, are left out when it is given back.
    """

    notes: Mapping[str, str] = field(default_factory=dict)
    entries: Mapping[ArticleId, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Collected:
    """What one crawl of one source gave.

    Attributes:
        is_unchanged: the source proved that nothing is new (304).
        is_failed: nothing could be read; `problems` says why, and the memory stays as it was.
        gone: guids or URLs that the source says are withdrawn.
        known: how many more articles are there whose entries say what they said before.
    """

    articles: tuple[Article, ...] = ()
    problems: tuple[Problem, ...] = ()
    memory: Memory = field(default_factory=Memory)
    is_unchanged: bool = False
    is_failed: bool = False
    gone: tuple[str, ...] = ()
    known: int = 0


class Source(Protocol):
    """A place articles come from.

    `collect` never raises for what the outside did (a dead host, a broken feed): it reports problems
    and keeps what was good. It may be called from any thread, one call at a time.
    """

    @property
    def key(self) -> SourceKey:
        """Return the stable name."""
        ...

    @property
    def undated_count_from_first_seen(self) -> bool:
        """Tell whether undated articles of the first crawl are news (a folder) or backlog (a feed)."""
        ...

    def collect(self, memory: Memory, *, now: datetime) -> Collected:
        """Return what is there now."""
        ...


class Summarizer(Protocol):
    """Writes blurbs. Never raises for bad text; an empty blurb is an honest answer."""

    def summarize(self, story: Story, budget: BlurbBudget) -> Blurb:
        """Return a blurb within the budget, each sentence with its provenance where it has one."""
        ...


@runtime_checkable
class EditionSummarizer(Summarizer, Protocol):
    """A summarizer that keeps to a budget of its own for each edition, as one that costs money does."""

    def for_edition(self, key: EditionKey) -> Summarizer:
        """Return the summarizer that writes this edition's blurbs."""
        ...


class Transport(Protocol):
    """A way for mail to leave.

    `send` makes one attempt for each delivery of the batch and yields exactly one receipt for each,
    in any order, as soon as it is known. It never repeats a delivery that it can't prove unaccepted,
    and it never raises for one delivery. Safe to call from several threads.
    """

    @property
    def name(self) -> str:
        """Return the kind, as in settings."""
        ...

    @property
    def max_batch(self) -> int:
        """Return how many deliveries one `send` takes at most."""
        ...

    @property
    def repeats_are_safe(self) -> bool:
        """Tell whether a second `send` of the same delivery can't reach the reader twice.

        True for a folder whose file names are the deliveries; false for SMTP and SendGrid.
        """
        ...

    def send(self, batch: Batch) -> Iterator[Receipt]:
        """Yield one receipt for each delivery.

        Raises:
            TransportUnavailable: before anything left; every delivery may be planned anew.
            UnbuiltMail: the mails can't be built, for no reader's fault; nothing of those without a
                receipt has left, and they may be planned anew.
        """
        ...

    def close(self) -> None:
        """Give back connections; the transport is not used again."""
        ...


@runtime_checkable
class Overlapping(Protocol):
    """A transport that takes a batch while the one before is on its way, so that no connection waits."""

    def begin(self, batch: Batch) -> Iterator[Receipt]:
        """Hand the batch over at once, and return its receipts; else as `Transport.send`."""
        ...


@runtime_checkable
class Recalling(Protocol):
    """A transport that hands mail over some time ahead, and can call it back until shortly before.

    Before each call it commits a note beside the deliveries (`Ledger.note`), so that whoever comes
    after a killed process can ask too. A note begins with `FENCE_NOTE`.
    """

    @property
    def ahead_s(self) -> float:
        """Return how long after it was handed over a mail leaves; 0 for at once."""
        ...

    @property
    def notes_calls(self) -> bool:
        """Tell whether it notes every call in the ledger first: without a note none was made."""
        ...

    def call_back(self, note: str) -> bool:
        """Call the request back that a note speaks of, whichever process made it.

        True proves that nothing of it goes out, now or later. False: it can't be told, and never will.

        Raises:
            TransportUnavailable: the provider can't be asked now, and there is still time to.
        """
        ...


class Personalizer(Protocol):
    """Knows each reader's own values: greeting name and signed links."""

    def values(self, delivery: Delivery) -> Mapping[str, str]:
        """Return raw token values: those that `digest.rendering.tokens` documents.

        `topics` names the sections the reader chose; empty for all.
        """
        ...


class Audience(Protocol):
    """An opaque query of the subscribers package that a ledger on the same database understands.

    Its columns, all text: subscriber, address, canonical, name, mailing_list (the list the reader
    gets it by), language, timezone, topics (section keys joined by "+", sorted; empty for all).
    Only active, consented, unsuppressed subscribers, one row for each canonical address.
    """


class Suppressed(Protocol):
    """The last look: who, among some addresses, must not get mail now.

    Asked of the few of one claim each time, so that it costs by their number and not by the list's.
    """

    def __call__(self, among: Audience, /) -> Audience:
        """Return the query of those among the given ones; both have one column, canonical."""
        ...


class Progress(Protocol):
    """Someone watching long work: a bar on a terminal, lines in a log, or nobody."""

    def step(self, name: str, done: int, total: int | None = None, note: str = "") -> None:
        """Say how far the named step is; `total` None while unknown; done == total ends it."""
        ...


class Epoch(Protocol):
    """What a machine remembers of what has left, apart from the database."""

    def why_waits(self, key: EditionKey, *, due: datetime | None) -> str:
        """Return why nothing of an edition may leave before somebody's word; empty where it may."""
        ...

    def lift(self, key: EditionKey) -> None:
        """Let an edition leave, on somebody's word."""
        ...

    def noted(self, key: EditionKey) -> AbstractContextManager[None]:
        """Note that an edition begins to leave, and at its end that it ended."""
        ...
