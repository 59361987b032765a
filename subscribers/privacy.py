"""A person's rights: everything stored, in one JSON object; erasure; and what time takes away."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from subscribers.address import normalize
from subscribers.errors import UnknownSubscriber
from subscribers.model import ChangeKind, Suppression, SuppressionKind
from subscribers.people import show
from subscribers.preferences import end
from subscribers.storage import changes, events, people, subscriptions, suppressions
from subscribers.storage.database import Connection, SubscriberDatabase

GRACE = timedelta(days=3)
"""How long an erased address stays readable, in its suppression alone.

An edition may have been frozen with it just before: the last look before sending must still find it.
"""


_RETENTION = "retention"


@dataclass(frozen=True, slots=True)
class Retention:
    """How long what is no longer needed is kept; None for ever.

    Attributes:
        pending: a sign-up nobody confirmed.
        events: a provider's report that no suppression rests on.
        ended: a person whose every subscription ended; what then stays is a hash, so that no import
            brings them back.
    """

    pending: timedelta = timedelta(days=30)
    events: timedelta = timedelta(days=180)
    ended: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What a retention run took away."""

    pending: int
    events: int
    people: int
    addresses: int


def everything(database: SubscriberDatabase, address: str) -> dict[str, object]:
    """Return all that is stored of an address, as JSON can hold it.

    Raises:
        InvalidAddress: it is none.
        UnknownSubscriber: nothing is stored of it.
    """
    found = normalize(address)
    with database.reading() as connection:
        key = suppressions.hashed(database.salt(connection), found.canonical)
        reported = events.of_key(connection, key)
    try:
        person = show(database, address)
    except UnknownSubscriber:
        if not reported:
            raise
        return {"events": [_plain(dict(event)) for event in reported]}
    told = {
        "subscriber": None if person.subscriber is None else asdict(person.subscriber),
        "subscriptions": [asdict(one) for one in person.subscriptions],
        "consents": [asdict(one) for one in person.consents],
        "suppressions": [asdict(one) for one in person.suppressions],
        "events": [dict(event) for event in reported],
    }
    plain = _plain(told)
    assert isinstance(plain, dict)
    return plain


def erase(database: SubscriberDatabase, address: str, *, now: datetime, grace: timedelta = GRACE) -> bool:
    """Delete a person; what stays is a keyed hash that keeps imports from bringing them back.

    Works for an address never stored, too. The address itself stays readable in the suppression for
    `grace`, until `retain` runs. Returns whether a person was stored.

    Raises:
        InvalidAddress: it is none.
    """
    found = normalize(address)
    with database.writing() as connection:
        key = suppressions.hashed(database.salt(connection), found.canonical)
        person = people.by_canonical(connection, found.canonical)
        kind = SuppressionKind.ERASED
        suppressions.remove(connection, key, [kind])
        suppressions.add(connection, [Suppression(key, kind, now, found.canonical, "reader")])
        if person is not None:
            people.remove(connection, person.id)
            changes.note(connection, ChangeKind.LEFT, person.id, at=now, detail="erased")
        suppressions.forget_after(connection, key, now + grace)
        suppressions.blank(connection, key)
        events.blank(connection, key)
        suppressions.forget_due(connection, now)
        return person is not None


def erased_lately(database: SubscriberDatabase) -> tuple[tuple[str, datetime], ...]:
    """Return the erased addresses that are still readable, each with when `retain` may forget it."""
    with database.reading() as connection:
        return suppressions.erased(connection)


def retain(database: SubscriberDatabase, *, now: datetime, retention: Retention = Retention()) -> Forgotten:
    """Take away what is kept no longer; the daily run calls it."""
    with database.writing() as connection:
        salt = database.salt(connection)
        if not changes.are_asked_for(connection):
            changes.clear(connection)
        pending = _forget_pending(connection, salt, now - retention.pending, now)
        gone = 0
        if retention.ended is not None:
            for subscriber in subscriptions.people_gone_since(connection, now - retention.ended):
                _forget_person(connection, salt, subscriber, now)
                gone += 1
        reported = events.forget_before(connection, now - retention.events)
        addresses = suppressions.forget_due(connection, now)
        return Forgotten(pending, reported, gone, addresses)


def _forget_pending(connection: Connection, salt: bytes, before: datetime, now: datetime) -> int:
    """Take unconfirmed sign-ups back; an earlier no stays one, and who was a mere hash is one again."""
    stale = subscriptions.stale_requests(connection, before)
    for one in stale:
        if one.ended_at is not None:
            end(connection, one, at=one.ended_at, reason=one.end_reason)
            continue
        subscriptions.remove(connection, one.subscriber, one.mailing_list)
        person = people.by_id(connection, one.subscriber)
        if person is None or subscriptions.of(connection, one.subscriber):
            continue
        people.remove(connection, one.subscriber)
        key = suppressions.hashed(salt, person.canonical)
        if any(
            barred.kind is SuppressionKind.ERASED or barred.origin == _RETENTION
            for barred in suppressions.of_key(connection, key)
        ):
            suppressions.forget_after(connection, key, now)
    return len(stale)


def _forget_person(connection: Connection, salt: bytes, subscriber: str, now: datetime) -> None:
    person = people.by_id(connection, subscriber)
    if person is None:
        return
    key = suppressions.hashed(salt, person.canonical)
    kind = SuppressionKind.UNSUBSCRIBED_ALL
    suppressions.add(connection, [Suppression(key, kind, now, person.canonical, _RETENTION)])
    people.remove(connection, subscriber)
    suppressions.forget_after(connection, key, now)


def _plain(value: object) -> object:
    match value:
        case dict():
            return {str(name): _plain(part) for name, part in value.items()}
        case list() | tuple():
            return [_plain(part) for part in value]
        case datetime() | date():
            return value.isoformat()
        case Enum():
            return value.value
        case _:
            return value
