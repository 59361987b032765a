"""What a reader chooses: topics, how often, a pause, and the ways out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta

from subscribers.errors import NotAllowed, UnknownSubscriber
from subscribers.model import (
    ChangeKind,
    ConsentMethod,
    Evidence,
    Frequency,
    Subscription,
    SubscriptionState,
    Suppression,
    SuppressionKind,
)
from subscribers.people import accept, required_person
from subscribers.storage import changes, lists, people, subscriptions, suppressions
from subscribers.storage.database import Connection, SubscriberDatabase

UNDO_FOR = timedelta(hours=1)
"""How long the page after an unsubscribe offers to take it back."""

BY_READER = "reader"
"""The end reason of an unsubscribe by the reader's own link or button."""

WITHDRAWN = "sign-up withdrawn"
"""The end reason of an unsubscribe before the confirmation."""

BY_OPERATOR = "operator"
"""What an end is told as whose reason is in words of its own."""

_NAMED = frozenset({BY_READER, "complaint", "provider", "unsubscribed_all"})
_MAX_TOPICS_CHARS = 500
_ON = frozenset({SubscriptionState.ACTIVE, SubscriptionState.PAUSED})


def choose(
    database: SubscriberDatabase,
    subscriber: str,
    mailing_list: str,
    *,
    topics: Collection[str] | None = None,
    frequency: Frequency | None = None,
) -> Subscription:
    """Change topics (section keys; empty for all) or frequency; None leaves a choice as it is.

    Raises:
        UnknownSubscriber: nobody of that id is or was on the list.
        ValueError: a topic holds "+" or is empty, or there are too many.
    """
    wanted = None if topics is None else tuple(sorted(set(topics)))
    if wanted is not None and (
        any(not topic or "+" in topic for topic in wanted) or len("+".join(wanted)) > _MAX_TOPICS_CHARS
    ):
        raise ValueError("Topics are section keys without '+', together at most 500 signs.")
    with database.writing() as connection:
        before = _subscription(connection, subscriber, mailing_list)
        after = replace(
            before,
            topics=before.topics if wanted is None else wanted,
            frequency=frequency or before.frequency,
        )
        subscriptions.save(connection, after)
        _note_choices(connection, before, after)
        return after


def pause(database: SubscriberDatabase, subscriber: str, mailing_list: str, until: date) -> Subscription:
    """Send nothing before `until`; from that day on mail comes again by itself.

    Raises:
        UnknownSubscriber: nobody of that id is or was on the list.
        NotAllowed: the subscription is not active.
    """
    return _turn(database, subscriber, mailing_list, SubscriptionState.PAUSED, until)


def resume(database: SubscriberDatabase, subscriber: str, mailing_list: str) -> Subscription:
    """End a pause now.

    Raises:
        UnknownSubscriber: nobody of that id is or was on the list.
        NotAllowed: the subscription is not paused or active.
    """
    return _turn(database, subscriber, mailing_list, SubscriptionState.ACTIVE, None)


def unsubscribe(
    database: SubscriberDatabase,
    subscriber: str,
    mailing_list: str,
    *,
    now: datetime,
    reason: str = BY_READER,
) -> bool:
    """End one subscription, and no other; tell whether it was on.

    Never fails: an erased reader's old link, or a second click, is simply done already.
    """
    return bool(leave(database, subscriber, [mailing_list], now=now, reason=reason))


def leave(
    database: SubscriberDatabase,
    subscriber: str,
    mailing_lists: Collection[str],
    *,
    now: datetime,
    reason: str = BY_READER,
) -> tuple[str, ...]:
    """End the subscriptions to all lists of a newsletter at once; return the lists that were on.

    Never fails, as `unsubscribe`. Other lists stay as they are.
    """

    def act(connection: Connection) -> tuple[str, ...]:
        left = []
        for mailing_list in sorted(set(mailing_lists)):
            before = subscriptions.find(connection, subscriber, mailing_list)
            if before is None or before.state is SubscriptionState.ENDED:
                continue
            was_on = before.state in _ON
            # A sign-up withdrawn can't be "undone" into a subscription that never was.
            end(connection, before, at=now, reason=reason if was_on else WITHDRAWN)
            left += [mailing_list] if was_on else []
        return tuple(left)

    return database.write(act)


def undo_unsubscribe(
    database: SubscriberDatabase,
    subscriber: str,
    mailing_list: str,
    evidence: Evidence,
    *,
    now: datetime,
) -> Subscription:
    """Take back an unsubscribe by the reader's own hand, within the hour; a pause of before goes on.

    Raises:
        NotAllowed: it is too late, it ended in another way, or the address is suppressed; signing up
            anew is the way.
    """
    with database.writing() as connection:
        before = subscriptions.find(connection, subscriber, mailing_list)
        if before is None:
            raise NotAllowed(subscriber, f"was not on {mailing_list}")
        if before.state in _ON:
            return before
        if not _may_be_undone(connection, database, before, now):
            raise NotAllowed(subscriber, "this can't be undone any more", "Sign up again instead.")
        return _taken_back(connection, database, before, evidence, now)


def undo_leave(
    database: SubscriberDatabase,
    subscriber: str,
    mailing_lists: Collection[str],
    evidence: Evidence,
    *,
    now: datetime,
) -> tuple[str, ...]:
    """Take back what the reader's last `leave` of these lists ended; return the lists that are on again.

    A list that the reader left at another moment stays as it is; where one of them is on, none was left.

    Raises:
        NotAllowed: as `undo_unsubscribe`.
    """
    with database.writing() as connection:
        known = [
            found
            for key in sorted(set(mailing_lists))
            if (found := subscriptions.find(connection, subscriber, key)) is not None
        ]
        if any(one.state in _ON for one in known):
            return ()
        open_ = [one for one in known if _may_be_undone(connection, database, one, now)]
        last = max((one.ended_at for one in open_ if one.ended_at), default=None)
        if last is None:
            raise NotAllowed(subscriber, "this can't be undone any more", "Sign up again instead.")
        back = [one for one in open_ if one.ended_at == last]
        for one in back:
            _taken_back(connection, database, one, evidence, now)
        return tuple(one.mailing_list for one in back)


def _may_be_undone(
    connection: Connection, database: SubscriberDatabase, before: Subscription, now: datetime
) -> bool:
    person = required_person(connection, before.subscriber)
    key = suppressions.hashed(database.salt(connection), person.canonical)
    is_fresh = before.ended_at is not None and now - before.ended_at <= UNDO_FOR
    is_own = before.state is SubscriptionState.ENDED and before.end_reason == BY_READER
    is_barred = bool(suppressions.of_key(connection, key))
    return is_fresh and is_own and not is_barred and before.consented_at is not None


def _taken_back(
    connection: Connection,
    database: SubscriberDatabase,
    before: Subscription,
    evidence: Evidence,
    now: datetime,
) -> Subscription:
    return accept(
        connection,
        database.salt(connection),
        before,
        method=ConsentMethod.PREFERENCES,
        evidence=evidence,
        now=now,
        paused_until=before.paused_until,
    )


def unsubscribe_all(database: SubscriberDatabase, subscriber: str, *, now: datetime) -> bool:
    """End every subscription and suppress the address; tell whether there was anybody.

    Only the reader's own new, confirmed sign-up lifts this.
    """

    def act(connection: Connection) -> bool:
        person = people.by_id(connection, subscriber)
        if person is None:
            return False
        key = suppressions.hashed(database.salt(connection), person.canonical)
        kind = SuppressionKind.UNSUBSCRIBED_ALL
        suppressions.add(connection, [Suppression(key, kind, now, person.canonical, BY_READER)])
        end_all(connection, subscriber, at=now, reason=BY_READER)
        return True

    return database.write(act)


def end(connection: Connection, before: Subscription, *, at: datetime, reason: str) -> None:
    """Store the end of a subscription, within a transaction under way.

    A pause is kept where the reader may undo the end: it goes on then.
    """
    after = replace(before, state=SubscriptionState.ENDED, ended_at=at, end_reason=reason)
    is_pause_kept = before.state is SubscriptionState.PAUSED and reason == BY_READER
    subscriptions.save(connection, after if is_pause_kept else replace(after, paused_until=None))
    if before.state in _ON:
        detail = reason if reason in _NAMED else BY_OPERATOR
        changes.note(
            connection, ChangeKind.LEFT, before.subscriber, before.mailing_list, at=at, detail=detail
        )


def end_all(connection: Connection, subscriber: str, *, at: datetime, reason: str) -> None:
    """Store the end of every subscription that has not ended yet."""
    for before in subscriptions.of(connection, subscriber):
        if before.state is not SubscriptionState.ENDED:
            end(connection, before, at=at, reason=reason)


def close_other_lists(connection: Connection, subscriber: str, *, at: datetime) -> None:
    """Turn a no to everything, about to be lifted for one list, into a no to each list without a word."""
    known = {one.mailing_list for one in subscriptions.of(connection, subscriber)}
    for one in lists.all_lists(connection):
        if one.key not in known:
            ended = Subscription(subscriber, one.key, SubscriptionState.ENDED)
            end(connection, ended, at=at, reason=BY_READER)


def _turn(
    database: SubscriberDatabase,
    subscriber: str,
    mailing_list: str,
    state: SubscriptionState,
    until: date | None,
) -> Subscription:
    with database.writing() as connection:
        before = _subscription(connection, subscriber, mailing_list)
        if before.state not in _ON:
            raise NotAllowed(subscriber, f"is not subscribed to {mailing_list}")
        after = replace(before, state=state, paused_until=until)
        subscriptions.save(connection, after)
        _note_choices(connection, before, after)
        return after


def _note_choices(connection: Connection, before: Subscription, after: Subscription) -> None:
    """Note which choices are others now, not what they are."""
    is_other = {
        "topics": before.topics != after.topics,
        "frequency": before.frequency is not after.frequency,
        "pause": before.paused_until != after.paused_until,
    }
    what = [name for name, is_so in is_other.items() if is_so]
    if what:
        changes.note(
            connection, ChangeKind.CHANGED, after.subscriber, after.mailing_list, detail="+".join(what)
        )


def _subscription(connection: Connection, subscriber: str, mailing_list: str) -> Subscription:
    found = subscriptions.find(connection, subscriber, mailing_list)
    if found is None:
        raise UnknownSubscriber(subscriber)
    return found
