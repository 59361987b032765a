"""What servers refused, at our call or in a report afterwards, told to subscribers by its verdict.

A server that knows its mailboxes refuses at our call and sends no bounce. The deliveries hold its words:
they are read before each freeze and after each run, and told to subscribers under ids that never change,
so that a crash anywhere costs nothing and a repeat counts nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from digest.model import EventKind, MailEvent, Verdict
from digest.storage.database import Database
from digest.storage.ledger.refusals import SentEdition
from digest.wiring import doubts
from subscribers.feedback import FeedbackEvent, FeedbackKind, record
from subscribers.storage.database import SubscriberDatabase

log = logging.getLogger(__name__)

_NOT_THE_READERS = (Verdict.POLICY, Verdict.OURS)


@dataclass(slots=True)
class Counted:
    """How many refusals there were of each verdict, and the words of the first; no address in them."""

    counts: dict[Verdict, int] = field(default_factory=dict)
    examples: dict[Verdict, str] = field(default_factory=dict)

    def add(self, event: MailEvent) -> None:
        """Count a refusal; an event that is none is passed over."""
        verdict = verdict_of(event)
        if verdict is not None:
            self.counts[verdict] = self.counts.get(verdict, 0) + 1
            self.examples.setdefault(verdict, event.reason)

    def take_over(self, other: Counted) -> None:
        """Count what `other` counted."""
        for verdict, count in other.counts.items():
            self.counts[verdict] = self.counts.get(verdict, 0) + count
            self.examples.setdefault(verdict, other.examples[verdict])

    def warn(self, where: str) -> None:
        """Tell the operator what was refused for a reason that is not the readers'."""
        for verdict in _NOT_THE_READERS:
            if verdict in self.counts:
                log.warning(
                    "%s: %d refusals are not the readers' fault (%s), such as: %s",
                    where,
                    self.counts[verdict],
                    verdict,
                    self.examples[verdict],
                )


@dataclass(frozen=True, slots=True)
class Hearing:
    """What one look at refusals gave: how many were new, and all that were looked at by verdict."""

    new: int = 0
    counted: Counted = field(default_factory=Counted)
    doubted: tuple[str, ...] = ()


def verdict_of(event: MailEvent) -> Verdict | None:
    """Return what an event says of the mailbox; None where nothing was refused.

    Who reports a bounce and does not judge it (a transport of another package) is taken at its word
    where it calls the bounce permanent, else judged by its words.
    """
    if event.verdict is not None or event.kind is not EventKind.BOUNCED:
        return event.verdict
    return Verdict.DEAD if event.is_permanent else with_verdict(event).verdict


def with_verdict(event: MailEvent) -> MailEvent:
    """Return a refusal at our own call with what its words say of the mailbox."""
    from digest.transports.judging.judge import judged  # a quarter second, where something was refused

    verdict = judged(event.reason, domain=event.address.rpartition("@")[2])
    return replace(event, verdict=verdict, is_permanent=verdict is Verdict.DEAD)


def hear(database: Database, people: SubscriberDatabase, *, now: datetime) -> Hearing:
    """Take in what servers refused since the last time.

    Raises:
        DatabaseUnavailable: the ledger can't be read now.
        SubscribersError: nor can the subscribers be written; the next call goes on.
    """
    new, all_of_them, doubted = 0, Counted(), []
    for edition in database.refusals.unheard():
        counted = Counted()
        for event in _refused(database, edition):
            counted.add(event)
        dead = counted.counts.get(Verdict.DEAD, 0) + counted.counts.get(Verdict.UNREACHABLE, 0)
        is_doubted = doubts.is_doubted(database, people, edition, refused=dead, now=now)
        if is_doubted:
            doubted.append(str(edition.edition))
        events = (event for event in _refused(database, edition) if not (is_doubted and is_of_death(event)))
        if any(verdict.counts for verdict in counted.counts):
            new += record(people, _told(events), now=now).new
        if edition.closed_at is not None:
            counted.warn(str(edition.edition))
        database.refusals.heard(edition, now=now)
        all_of_them.take_over(counted)
    return Hearing(new, all_of_them, tuple(doubted))


def believe(
    database: Database, people: SubscriberDatabase, edition: SentEdition, *, by: str, now: datetime
) -> int:
    """Take in what was doubted of an edition, now that somebody looked; return how many events are new."""
    doubts.believe(database, edition, by=by, now=now)
    new = record(people, _told(_refused(database, edition)), now=now).new
    reported = database.refusals.reported_dead(edition)
    return new + record(people, _reported(database, reported), now=now).new


def is_of_death(event: MailEvent) -> bool:
    """Tell whether a relay without its table would say it."""
    return verdict_of(event) in (Verdict.DEAD, Verdict.UNREACHABLE)


def counts(event: MailEvent) -> bool:
    """Tell whether a refusal is held against its reader at all."""
    verdict = verdict_of(event)
    return verdict is not None and verdict.counts


def _refused(database: Database, edition: SentEdition) -> Iterator[MailEvent]:
    return map(with_verdict, database.refusals.of(edition))


def _told(events: Iterable[MailEvent]) -> Iterator[FeedbackEvent]:
    for event in events:
        if counts(event):
            yield FeedbackEvent(
                event_id=event.event_id,
                kind=FeedbackKind.BOUNCED,
                address=event.address,
                at=event.at,
                is_permanent=event.is_permanent,
                reason=event.reason,
            )


def _reported(database: Database, events: Iterable[MailEvent]) -> Iterator[FeedbackEvent]:
    """Yield reports as events about the readers they mean, who are known by their own references."""
    for event in events:
        meant = database.ledger.readers_of([event.reference])
        if event.reference in meant:
            yield from _told([replace(event, address=meant[event.reference][0])])
