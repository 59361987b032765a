"""What is kept: articles, editions, and the ledger of deliveries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from digest.model import (
    AlreadySent,
    ArticleId,
    Decision,
    DeliveryRecord,
    DeliveryState,
    Dispatch,
    Edition,
    EditionKey,
    EditionState,
    Feedback,
    LeftOut,
    MailEvent,
    Problem,
    RenderedEdition,
    SeenArticle,
    SourceKey,
    Tally,
    Variant,
)
from digest.model.desk import Change
from digest.model.repeats import Repeats
from digest.model.subject_tests import ArmResult, SubjectTest
from digest.model.waves import Wave
from digest.ports.carrying import Carrying
from digest.ports.parts import Audience, Collected, Memory
from digest.ports.pausing import Pausing
from digest.ports.unfreezing import Unfreezing

LONGEST_BOOKING_S = 30.0
"""Whoever must wait longer for their turn books nothing and asks again."""


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
        self, sources: Sequence[SourceKey], *, since: datetime, until: datetime, address: str = ""
    ) -> tuple[SeenArticle, ...]:
        """Return articles first seen, changed or published in [since, until), `address` in their URL."""
        ...

    def load(self, ids: Sequence[ArticleId]) -> tuple[SeenArticle, ...]:
        """Return the stored articles among `ids`, in that order; `gone_at` tells who left since."""
        ...

    def problems(self, sources: Sequence[SourceKey]) -> dict[SourceKey, tuple[Problem, ...]]:
        """Return what each source's last crawl that gave anything could not use."""
        ...


class EditionStore(Protocol):
    """Drafts, approvals and the memory of what was sent."""

    def load(self, key: EditionKey) -> Edition | None:
        """Return the edition, or None."""
        ...

    def latest(self, newsletter: str) -> Edition | None:
        """Return the newsletter's newest edition; no correction and no week's best; or None."""
        ...

    def left_out(self, newsletter: str) -> tuple[LeftOut, ...]:
        """Return what editors leave out of the newsletter."""
        ...

    def listed(
        self, newsletter: str | None = None, limit: int = 20, *, after: EditionKey | None = None
    ) -> tuple[Edition, ...]:
        """Return editions, newest first; with `after` only those behind it, be it there or not."""
        ...

    def save_draft(
        self,
        edition: Edition,
        decisions: Sequence[Decision],
        *,
        expected_revision: int,
        now: datetime,
        changes: Sequence[Change] = (),
    ) -> Edition:
        """Store a draft, its decisions and what its history gains; `expected_revision` 0 for a new one.

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


class Ledger(Carrying, Pausing, Unfreezing, Protocol):
    """One delivery for each reader of an edition: never twice, never lost."""

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
        canceled: str = "",
        stopped: str = "",
        waves: Sequence[Wave] = (),
        test: SubjectTest | None = None,
        repeats: Repeats | None = None,
    ) -> int:
        """In one transaction keep the bytes, one planned delivery a reader, and the state dispatching.

        A second call finds them and changes nothing. Returns how many deliveries are frozen.
        Readers of an empty rendering are planned as skipped; readers of A/B arms take turns.

        Args:
            content_hash: where given, must be the hash the edition was approved with.
            hold_until: nothing is claimed before; time to cancel.
            canary: only so many deliveries go out before `pass_canary`; 0 for all.
            canceled: where given, why nobody gets it: all are planned as skipped.
            stopped: where given, why it is stopped from the beginning.
            waves: where given, when whom, by the database's clock; each reader is in one. No two begin
                at the same time.
            test: where given and there are two arms, most readers wait for the better one.
            repeats: as the renderings were chosen by; readers get one without the stories they had.

        Raises:
            EditionConflict: the edition is not approved, or approved with other bytes; or another one
                with stories of it was frozen since `repeats` was asked for.
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

    def wanted(self, audience: Audience, repeats: Repeats | None = None) -> tuple[tuple[Variant, int], ...]:
        """Return each language and topics that readers ask for, with how many do, most first.

        Args:
            repeats: where given, told apart by the stories they had before, too.
        """
        ...

    def repeats(self, key: EditionKey, newsletters: Sequence[str], *, since: datetime) -> Repeats:
        """Return which other editions of these newsletters, frozen since then, bear stories of this one."""
        ...

    def subject_test(self, key: EditionKey) -> SubjectTest | None:
        """Return the edition's test of two subjects; None where there is none."""
        ...

    def subject_results(self, key: EditionKey) -> tuple[ArmResult, ...]:
        """Return how each subject did so far, the first one's first."""
        ...

    def choose_subject(self, key: EditionKey, arm: str, *, by: str) -> int:
        """End the test of subjects, once; return how many deliveries that frees."""
        ...

    def zones(self, audience: Audience) -> tuple[str, ...]:
        """Return the time zones readers have, each once; empty among them where some have none."""
        ...

    def rendered(self, key: EditionKey, variant: Variant) -> RenderedEdition:
        """Return the frozen bytes of one variant."""
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

    def expire(self, key: EditionKey, *, owner: str | None = None) -> int:
        """Turn sending deliveries whose lease ran out into uncertain; return how many.

        Args:
            owner: proved dead: its leases end at once, and only its.
        """
        ...

    def note(self, references: Sequence[str], note: str) -> int:
        """Commit `note` as provider_id of these attempts where still sending; return how many were."""
        ...

    def noted(self, key: EditionKey) -> Mapping[str, bool]:
        """Return the notes of uncertain deliveries: whether anything of that request is proved sent."""
        ...

    def settle_uncertain(
        self,
        key: EditionKey,
        to: DeliveryState,
        reason: str,
        *,
        max_attempts: int | None = None,
        note: str | None = None,
    ) -> int:
        """Move uncertain deliveries to held, or to planned where repeats are safe; return how many.

        Args:
            to: sent, too, where a note is given.
            reason: where empty, the one it became uncertain for stays.
            max_attempts: of those to be planned, whoever was tried so often is held instead.
            note: only those that have it; empty for those that have none, None for all.
        """
        ...

    def settle_held(
        self, key: EditionKey, to: DeliveryState, reason: str, *, subscribers: Sequence[str] = ()
    ) -> int:
        """Move held deliveries to sent, failed or planned on an operator's word; return how many.

        Where some are planned again, a closed edition is dispatching again.

        Args:
            subscribers: only these; none given means all.
        """
        ...

    def skip(self, key: EditionKey, reason: str) -> int:
        """Turn planned deliveries into skipped; return how many."""
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
        """Undo `stop`, and forget pauses."""
        ...

    def book(self, provider: str, count: int, *, per_s: float) -> float:
        """Book `count` mails with a provider, after all booked before by whomever.

        Returns in how many seconds they may go; where those are more than `LONGEST_BOOKING_S`, or
        `per_s` is 0, nothing is booked.
        """
        ...

    def pause(self, provider: str, seconds: float) -> None:
        """Let nobody send by a provider for so long from now on."""
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

    def readers_of(self, references: Iterable[str]) -> Mapping[str, tuple[str, str]]:
        """Return (canonical address, mailing list) by reference; strangers' references are left out."""
        ...

    def record_events(self, events: Iterable[MailEvent]) -> int:
        """Keep provider events, each event id once, and return how many were new."""
        ...
