"""What providers report, turned into suppressions and ends; idempotent, and in any order.

What becomes of an address is a function of the set of events stored for it, so neither repeats nor the
order of arrival matter. Times are the events' own, no later than now.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice

from subscribers.address import EmailAddress, normalize
from subscribers.errors import InvalidAddress
from subscribers.model import Subscription, SubscriptionState, Suppression, SuppressionKind
from subscribers.people import stored
from subscribers.preferences import close_other_lists, end, end_all
from subscribers.storage import changes, lists, people, subscriptions, suppressions
from subscribers.storage import events as rows
from subscribers.storage.database import Connection, SubscriberDatabase

BATCH_EVENTS = 1_000
"""Events in one transaction."""

SOFT_BOUNCES = "soft bounces"
HARD_BOUNCE = "hard bounce"
PROVIDER = "provider"


class FeedbackKind(StrEnum):
    """What a provider can say of an address; other reports are none of our business."""

    BOUNCED = "bounced"
    COMPLAINED = "complained"
    UNSUBSCRIBED = "unsubscribed"
    DELIVERED = "delivered"
    CLICKED = "clicked"


_PROOFS = frozenset({FeedbackKind.DELIVERED, FeedbackKind.CLICKED})


@dataclass(frozen=True, slots=True)
class FeedbackEvent:
    """One report about one address.

    Attributes:
        event_id: the provider's own, with the provider's name before it; once stored, it is done.
        mailing_list: for UNSUBSCRIBED: the list meant; empty for all.
        is_permanent: for BOUNCED: the address will never work.
        reason: the provider's words; cleared when the person is erased.
    """

    event_id: str
    kind: FeedbackKind
    address: str
    at: datetime
    mailing_list: str = ""
    is_permanent: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SoftBounceRule:
    """When soft bounces count as a dead address.

    Attributes:
        count: at least so many since the last proof of delivery,
        days: on at least so many days,
        within: all in a span no longer than this.
    """

    count: int = 5
    days: int = 3
    within: timedelta = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class FeedbackReport:
    """How many events were new, seen before, or about something that is no address."""

    new: int
    repeated: int
    unusable: int


def record(
    database: SubscriberDatabase,
    events: Iterable[FeedbackEvent],
    *,
    now: datetime,
    rule: SoftBounceRule = SoftBounceRule(),
) -> FeedbackReport:
    """Take in provider reports; a report taken in before changes nothing."""
    new = repeated = unusable = 0
    source = iter(events)
    while batch := list(islice(source, BATCH_EVENTS)):
        told: list[tuple[EmailAddress, FeedbackEvent]] = []
        for event in batch:
            try:
                told.append((normalize(event.address), replace(event, at=min(event.at, now))))
            except InvalidAddress:
                unusable += 1
        with database.writing() as connection:
            salt = database.salt(connection)
            proofs = [(address, event) for address, event in told if event.kind in _PROOFS]
            new += len(proofs)
            _take_proofs(connection, salt, proofs, rule)
            for address, event in told:
                if event.kind not in _PROOFS:
                    is_new = _Case(connection, salt, address).take(event, rule, now)
                    new, repeated = new + is_new, repeated + (not is_new)
    return FeedbackReport(new, repeated, unusable)


def take_back(
    database: SubscriberDatabase, event_ids: Iterable[str], *, rule: SoftBounceRule = SoftBounceRule()
) -> int:
    """Undo what hard bounces led to that are not believed any more; return how many addresses are free.

    The events are forgotten, so that they can be taken in later after all. What an operator lifted
    stays lifted, and an address that other hard bounces speak of stays suppressed.
    """
    freed = 0
    source = iter(event_ids)
    while batch := list(islice(source, BATCH_EVENTS)):
        with database.writing() as connection:
            for key in rows.take_back(connection, batch, HARD_BOUNCE):
                freed += _weigh_again(connection, key, rule)
    return freed


def _weigh_again(connection: Connection, key: str, rule: SoftBounceRule) -> bool:
    """Lift a provider's hard bounce that no event speaks of any more; tell whether there was one."""
    counted = rows.counted(connection, key)
    if any(kind == HARD_BOUNCE for kind, _ in counted):
        return False
    every = suppressions.of_key(connection, key)
    barred = [one for one in every if one.kind is SuppressionKind.HARD_BOUNCE]
    if not any(one.origin == PROVIDER for one in barred):
        return False
    suppressions.remove(connection, key, [SuppressionKind.HARD_BOUNCE])
    soft = [at for kind, at in counted if kind == FeedbackKind.BOUNCED.value]
    since = dead_since(soft, rule)
    if since is not None:
        canonical = barred[0].canonical
        again = Suppression(key, SuppressionKind.HARD_BOUNCE, since, canonical, SOFT_BOUNCES, "")
        suppressions.add(connection, [again])
    return since is None


def _take_proofs(
    connection: Connection,
    salt: bytes,
    proofs: Sequence[tuple[EmailAddress, FeedbackEvent]],
    rule: SoftBounceRule,
) -> None:
    """Move the proofs that addresses work forward; look again only at those that ever bounced."""
    people.saw(connection, [(address.canonical, event.at) for address, event in proofs])
    clicks = [(address, event) for address, event in proofs if event.kind is FeedbackKind.CLICKED]
    people.saw_click(connection, [(address.canonical, event.at) for address, event in clicks])
    keys = {suppressions.hashed(salt, address.canonical): address for address, _ in proofs}
    for key in rows.keys_with_events(connection, keys):
        _Case(connection, salt, keys[key]).weigh_bounces(rule)


class _Case:
    """One address that events are about, within a transaction."""

    def __init__(self, connection: Connection, salt: bytes, address: EmailAddress) -> None:
        self._connection = connection
        self._address = address
        self._key = suppressions.hashed(salt, address.canonical)
        self._person = people.by_canonical(connection, address.canonical)

    def take(self, event: FeedbackEvent, rule: SoftBounceRule, now: datetime) -> bool:
        """Apply one event; tell whether it was new."""
        is_erased = self._is_erased()
        is_new = rows.add(
            self._connection,
            event_id=event.event_id,
            key=self._key,
            kind=HARD_BOUNCE if event.is_permanent and _is_bounce(event) else event.kind.value,
            at=event.at,
            mailing_list=event.mailing_list,
            reason="" if is_erased else event.reason,
        )
        if is_new:
            match event.kind:
                case FeedbackKind.BOUNCED:
                    self.weigh_bounces(rule)
                case FeedbackKind.COMPLAINED:
                    self._complain(event)
                case _:
                    self._unsubscribe(event, now)
        return is_new

    def weigh_bounces(self, rule: SoftBounceRule) -> None:
        """Suppress what the stored bounces prove dead; take a verdict of soft ones back if disproved."""
        counted = rows.counted(self._connection, self._key)
        hard = [at for kind, at in counted if kind == HARD_BOUNCE]
        soft = [at for kind, at in counted if kind == FeedbackKind.BOUNCED.value]
        if self._person is not None and self._person.delivered_at is not None:
            soft = [at for at in soft if at > self._person.delivered_at]
        if hard:
            self._lift_soft()
            self._bar(SuppressionKind.HARD_BOUNCE, hard[0], PROVIDER)
        elif (since := dead_since(soft, rule)) is not None:
            self._bar(SuppressionKind.HARD_BOUNCE, since, SOFT_BOUNCES)
        else:
            self._lift_soft()

    def _complain(self, event: FeedbackEvent) -> None:
        self._bar(SuppressionKind.COMPLAINT, event.at, PROVIDER, event.reason)
        if self._person is not None:
            end_all(self._connection, self._person.id, at=event.at, reason="complaint")

    def _unsubscribe(self, event: FeedbackEvent, now: datetime) -> None:
        """End what the reader's own hand has not confirmed since."""
        if self._is_erased() and self._person is None:
            return
        key = event.mailing_list
        if key and lists.find(self._connection, key) is not None:
            person = stored(self._connection, self._key, self._address, now=now)
            before = subscriptions.find(self._connection, person.id, key)
            self._end(before or Subscription(person.id, key, SubscriptionState.ENDED), event.at)
            return
        is_confirmed_since = False
        if self._person is not None:
            for before in subscriptions.of(self._connection, self._person.id):
                is_confirmed_since |= not self._end(before, event.at)
        if is_confirmed_since and self._person is not None:
            close_other_lists(self._connection, self._person.id, at=event.at)
        else:
            self._bar(SuppressionKind.UNSUBSCRIBED_ALL, event.at, PROVIDER, event.reason)

    def _end(self, before: Subscription, at: datetime) -> bool:
        """End one subscription as of `at`; False where the reader said yes to it later."""
        own = subscriptions.own_yes(self._connection, before.subscriber, before.mailing_list)
        if own is not None and own > at:
            return False
        latest = max(at, before.ended_at or at)
        is_asked_since = (
            before.state is SubscriptionState.PENDING
            and before.requested_at is not None
            and before.requested_at > at
        )
        if is_asked_since:
            subscriptions.save(self._connection, replace(before, ended_at=latest, end_reason=PROVIDER))
        else:
            end(self._connection, before, at=latest, reason=PROVIDER)
        return True

    def _bar(self, kind: SuppressionKind, at: datetime, origin: str, reason: str = "") -> None:
        hidden = self._person is None and self._is_erased()
        canonical = None if hidden else self._address.canonical
        words = "" if hidden else reason
        self._note(kind, at)
        suppressions.add(self._connection, [Suppression(self._key, kind, at, canonical, origin, words)])

    def _note(self, kind: SuppressionKind, at: datetime) -> None:
        """Note that a reader's address is dead, or a complaint, where that is new."""
        told = changes.OF_SUPPRESSION.get(kind)
        if self._person is None or told is None or not changes.are_asked_for(self._connection):
            return
        if all(one.kind is not kind for one in suppressions.of_key(self._connection, self._key)):
            changes.note(self._connection, told, self._person.id, at=at, detail=PROVIDER)

    def _lift_soft(self) -> None:
        for one in suppressions.of_key(self._connection, self._key):
            if one.kind is SuppressionKind.HARD_BOUNCE and one.origin == SOFT_BOUNCES:
                suppressions.remove(self._connection, self._key, [one.kind])

    def _is_erased(self) -> bool:
        barred = suppressions.of_key(self._connection, self._key)
        return any(one.kind is SuppressionKind.ERASED for one in barred)


def dead_since(soft: Sequence[datetime], rule: SoftBounceRule) -> datetime | None:
    """Return the bounce that completes the rule; None while an address may still live.

    Args:
        soft: the times of the soft bounces since the last proof of delivery, ascending.
    """
    for last, at in enumerate(soft):
        window = [other for other in soft[: last + 1] if at - other <= rule.within]
        if len(window) >= rule.count and len({other.date() for other in window}) >= rule.days:
            return at
    return None


def _is_bounce(event: FeedbackEvent) -> bool:
    return event.kind is FeedbackKind.BOUNCED
