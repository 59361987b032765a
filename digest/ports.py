"""What the stages ask of the outside, as Protocols on one page.

Built-in parts and plug-ins keep the same promises; `digest.testing` has the checks that prove them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from digest.model import (
    AlreadySent,
    Article,
    ArticleId,
    Batch,
    Blurb,
    BlurbBudget,
    Decision,
    Delivery,
    DeliveryRecord,
    DeliveryState,
    Dispatch,
    Edition,
    EditionKey,
    EditionState,
    Feedback,
    MailEvent,
    Problem,
    Receipt,
    RenderedEdition,
    SeenArticle,
    SourceKey,
    Story,
    Tally,
    Variant,
)


@dataclass(frozen=True, slots=True)
class Memory:
    """What a source wants to be told at its next crawl (ETag, Last-Modified, a cursor).

    Attributes:
        notes: short strings by name; the source alone knows their meaning.
    """

    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Collected:
    """What one crawl of one source gave.

    Attributes:
        is_unchanged: the source proved that nothing is new (304).
        is_failed: nothing could be read; `problems` says why, and the memory stays as it was.
        gone: guids or URLs that the source says are withdrawn.
    """

    articles: tuple[Article, ...] = ()
    problems: tuple[Problem, ...] = ()
    memory: Memory = field(default_factory=Memory)
    is_unchanged: bool = False
    is_failed: bool = False
    gone: tuple[str, ...] = ()


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
        """
        ...

    def close(self) -> None:
        """Give back connections; the transport is not used again."""
        ...


class Personalizer(Protocol):
    """Knows each reader's own values: greeting name and signed links."""

    def values(self, delivery: Delivery) -> Mapping[str, str]:
        """Return raw token values: `name`, `unsubscribe_url`, `preferences_url`, `view_url`."""
        ...


class Audience(Protocol):
    """An opaque query of the subscribers package that a ledger on the same database understands.

    Its columns, all text: subscriber, address, canonical, name, mailing_list (the list the reader
    gets it by), language, timezone, topics (section keys joined by "+", sorted; empty for all).
    Only active, consented, unsuppressed subscribers, one row for each canonical address.
    """


class ArticleStore(Protocol):
    """What the crawls have seen."""

    def memory(self, source: SourceKey) -> Memory | None:
        """Return what the source asked us to keep; None before its first good crawl."""
        ...

    def record(
        self,
        source: SourceKey,
        collected: Collected,
        *,
        undated_count_from_first_seen: bool,
        now: datetime,
    ) -> int:
        """Keep one crawl in one transaction and return how many articles are new or changed."""
        ...

    def seen(
        self, sources: Sequence[SourceKey], *, since: datetime, until: datetime
    ) -> tuple[SeenArticle, ...]:
        """Return articles first seen, changed or published in [since, until), by (first_seen, id)."""
        ...

    def load(self, ids: Sequence[ArticleId]) -> tuple[SeenArticle, ...]:
        """Return the stored articles among `ids`, in that order; `gone_at` tells who left since."""
        ...


class EditionStore(Protocol):
    """Drafts, approvals and the memory of what was sent."""

    def load(self, key: EditionKey) -> Edition | None:
        """Return the edition, or None."""
        ...

    def latest(self, newsletter: str) -> Edition | None:
        """Return the newsletter's newest edition by (day, slot), or None."""
        ...

    def listed(self, newsletter: str | None = None, limit: int = 20) -> tuple[Edition, ...]:
        """Return editions, newest first."""
        ...

    def save_draft(
        self,
        edition: Edition,
        decisions: Sequence[Decision],
        *,
        expected_revision: int,
        now: datetime,
    ) -> Edition:
        """Store a draft and its decisions; `expected_revision` 0 for a new one.

        Raises:
            EditionConflict: another revision is stored, or the edition is past draft.
        """
        ...

    def approve(
        self,
        key: EditionKey,
        content_hash: str,
        *,
        by: str,
        now: datetime,
        expected_revision: int | None = None,
    ) -> Edition:
        """Bind the approval to the bytes and return the approved edition; repeat is harmless.

        Args:
            expected_revision: the revision those bytes were rendered from, where the caller knows it.

        Raises:
            EditionConflict: another revision is stored, or it is approved with other bytes.
        """
        ...

    def withdraw(self, key: EditionKey, *, now: datetime) -> Edition:
        """Take an approval back: approved → draft; a draft stays one.

        Raises:
            EditionConflict: the edition is already dispatching or closed.
        """
        ...

    def advance(self, key: EditionKey, to: EditionState, *, now: datetime) -> Edition:
        """Move to dispatching or closed; a state already reached is no error.

        Raises:
            EditionConflict: there is no such step, or deliveries are still on their way.
        """
        ...

    def decisions(self, key: EditionKey) -> tuple[Decision, ...]:
        """Return the stored decisions, in order."""
        ...

    def already_sent(self, newsletter: str, *, before: EditionKey, since: datetime) -> AlreadySent:
        """Return what editions other than `before` itself hold; `recent` reaches back to `since`."""
        ...


class Ledger(Protocol):
    """One delivery for each reader of an edition: never twice, never lost (design.md §3)."""

    def freeze(
        self,
        key: EditionKey,
        rendered: Sequence[RenderedEdition],
        audience: Audience,
        *,
        now: datetime,
        content_hash: str = "",
        hold_until: datetime | None = None,
        canary: int = 0,
    ) -> int:
        """In one transaction keep the bytes, one planned delivery a reader, and the state dispatching.

        A second call finds them and changes nothing. Returns how many deliveries are frozen.
        Readers of an empty rendering are planned as skipped; readers of A/B arms take turns.

        Args:
            content_hash: where given, must be the hash the edition was approved with.
            hold_until: nothing is claimed before; time to cancel.
            canary: only so many deliveries go out before `pass_canary`; 0 for all.

        Raises:
            EditionConflict: the edition is not approved, or approved with other bytes.
        """
        ...

    def frozen_at(self, key: EditionKey) -> datetime:
        """Return the `now` of the edition's freeze: the Date of all its mails.

        Raises:
            UnknownEdition: it is not frozen.
        """
        ...

    def count(self, audience: Audience) -> int:
        """Return how many readers the query gives."""
        ...

    def wanted(self, audience: Audience) -> tuple[tuple[Variant, int], ...]:
        """Return each language and topics that readers ask for, with how many do, most first."""
        ...

    def rendered(self, key: EditionKey, variant: Variant) -> RenderedEdition:
        """Return the frozen bytes of one variant."""
        ...

    def claim(
        self,
        key: EditionKey,
        owner: str,
        *,
        limit: int,
        lease_s: float,
        suppressed: Audience | None = None,
    ) -> tuple[Delivery, ...]:
        """Commit planned → sending for up to `limit` deliveries of one variant, and return them.

        The lease is on the database's clock. Empty when nothing is planned, due and free to go.

        Args:
            suppressed: one column, canonical: whoever it gives is skipped, not sent to.
        """
        ...

    def renew(self, key: EditionKey, owner: str, *, lease_s: float) -> int:
        """Lengthen the owner's leases that have not run out; return how many."""
        ...

    def release(self, key: EditionKey, owner: str, references: Sequence[str]) -> int:
        """Take a claim back before anything left: planned as if never tried; return how many were ours."""
        ...

    def due_in(self, key: EditionKey) -> float | None:
        """Return in how many seconds there is something to do again; None for nothing ever.

        Something is a planned delivery coming due or a lease running out; 0 for now.
        """
        ...

    def owners(self, key: EditionKey) -> tuple[str, ...]:
        """Return who holds leases on deliveries of the edition, each once."""
        ...

    def settle(self, key: EditionKey, owner: str, receipts: Iterable[Receipt]) -> int:
        """Write outcomes, each guarded by (owner, reference, sending); return how many were ours."""
        ...

    def expire(self, key: EditionKey, *, owner: str | None = None) -> int:
        """Turn sending deliveries whose lease ran out into uncertain; return how many.

        Args:
            owner: proved dead: its leases end at once, and only its.
        """
        ...

    def settle_uncertain(
        self, key: EditionKey, to: DeliveryState, reason: str, *, max_attempts: int | None = None
    ) -> int:
        """Move every uncertain delivery to held, or to planned where repeats are safe; return how many.

        Args:
            reason: where empty, the one it became uncertain for stays.
            max_attempts: of those to be planned, whoever was tried so often is held instead.
        """
        ...

    def settle_held(
        self, key: EditionKey, to: DeliveryState, reason: str, *, subscribers: Sequence[str] = ()
    ) -> int:
        """Move held deliveries to sent, failed or planned on an operator's word; return how many.

        Args:
            subscribers: only these; none given means all.
        """
        ...

    def skip(self, key: EditionKey, reason: str, *, suppressed: Audience | None = None) -> int:
        """Turn planned deliveries into skipped: all, or those whose canonical address the query gives.

        `suppressed` has one column, canonical. Returns how many.
        """
        ...

    def dispatch(self, key: EditionKey) -> Dispatch | None:
        """Return the run of sending, None before the freeze."""
        ...

    def canary_out(self, key: EditionKey, *, now: datetime) -> bool:
        """Note when the whole canary slice was out; tell whether it is."""
        ...

    def pass_canary(self, key: EditionKey) -> None:
        """Let the rest go out."""
        ...

    def stop(self, key: EditionKey, reason: str) -> None:
        """Let nobody claim any more until `resume`; what is with a provider stays there."""
        ...

    def resume(self, key: EditionKey) -> None:
        """Undo `stop`."""
        ...

    def cancel(self, key: EditionKey, reason: str) -> int:
        """Skip what is planned, now and whenever something is planned again; return how many."""
        ...

    def tally(self, key: EditionKey) -> Tally:
        """Return the counts by state."""
        ...

    def records(
        self, key: EditionKey, states: Sequence[DeliveryState], *, limit: int | None = None
    ) -> tuple[DeliveryRecord, ...]:
        """Return the deliveries in these states, in the order of the freeze."""
        ...

    def feedback(self, key: EditionKey) -> Feedback:
        """Return what became of the mails so far."""
        ...

    def record_events(self, events: Iterable[MailEvent]) -> int:
        """Keep provider events, each event id once, and return how many were new."""
        ...


class Progress(Protocol):
    """Someone watching long work: a bar on a terminal, lines in a log, or nobody."""

    def step(self, name: str, done: int, total: int | None = None, note: str = "") -> None:
        """Say how far the named step is; `total` None while unknown; done == total ends it."""
        ...
