"""People: found, added by an operator, described; everything stored of one in one value."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from subscribers.address import EmailAddress, masked, normalize
from subscribers.errors import NotAllowed, UnknownSubscriber
from subscribers.imports.shapes import clean
from subscribers.imports.verdicts import Verdict, judge
from subscribers.imports.words import ImportedStatus
from subscribers.lists import required
from subscribers.model import (
    ChangeKind,
    Consent,
    ConsentMethod,
    Evidence,
    Subscriber,
    Subscription,
    SubscriptionState,
    Suppression,
)
from subscribers.storage import changes, subscriptions, suppressions
from subscribers.storage import people as rows
from subscribers.storage.database import Connection, Ids, SubscriberDatabase


@dataclass(frozen=True, slots=True)
class Person:
    """One address and what is stored of it; `subscriber` is None where only a suppression is left."""

    subscriber: Subscriber | None
    subscriptions: tuple[Subscription, ...] = ()
    consents: tuple[Consent, ...] = ()
    suppressions: tuple[Suppression, ...] = ()


def show(database: SubscriberDatabase, address: str) -> Person:
    """Return what is stored of an address.

    Raises:
        InvalidAddress: it is none.
        UnknownSubscriber: nothing is stored of it.
    """
    found = normalize(address)
    with database.reading() as connection:
        subscriber = rows.by_canonical(connection, found.canonical)
        key = suppressions.hashed(database.salt(connection), found.canonical)
        barred = suppressions.of_key(connection, key)
        if subscriber is None:
            if not barred:
                raise UnknownSubscriber(found.masked)
            return Person(None, suppressions=barred)
        return Person(
            subscriber,
            subscriptions.of(connection, subscriber.id),
            subscriptions.consents_of(connection, subscriber.id),
            barred,
        )


def get(database: SubscriberDatabase, subscriber: str) -> Subscriber:
    """Return the person of an id.

    Raises:
        UnknownSubscriber: there is none.
    """
    with database.reading() as connection:
        return required_person(connection, subscriber)


def search(
    database: SubscriberDatabase, text: str = "", *, after: str = "", limit: int = 50
) -> tuple[Subscriber, ...]:
    """Return people whose address or name holds `text`, by id; `after` is the last page's last id."""
    with database.reading() as connection:
        return rows.page(connection, text=text, after=after, limit=limit)


def add(
    database: SubscriberDatabase,
    address: str,
    mailing_list: str,
    evidence: Evidence,
    *,
    now: datetime,
    name: str = "",
    language: str = "",
) -> Subscription:
    """Put a reader on a list by an operator's word, with the operator's evidence of consent.

    Someone there already stays as is.

    Raises:
        InvalidAddress: the address can't be used.
        UnknownList: there is no such list.
        NotAllowed: the reader said no before; only the reader can change that, by signing up.
    """
    found = normalize(address)
    with database.writing() as connection:
        required(connection, mailing_list)
        salt = database.salt(connection)
        key = suppressions.hashed(salt, found.canonical)
        kinds = {one.kind for one in suppressions.of_key(connection, key)}
        person = rows.by_canonical(connection, found.canonical)
        before = person and subscriptions.find(connection, person.id, mailing_list)
        verdict = judge(
            ImportedStatus.ACTIVE,
            before.state if before else None,
            has_said_no=bool(before and before.ended_at),
            kinds=kinds,
        )
        if verdict is Verdict.IS_SUPPRESSED:
            raise NotAllowed(found.masked, f"is suppressed ({', '.join(sorted(kinds))})")
        if verdict is Verdict.SAID_NO:
            raise NotAllowed(
                found.masked, f"unsubscribed from {mailing_list}", "Only the reader can sign up again."
            )
        if verdict is Verdict.KEEP and before:
            return before
        if person is None:
            person = stored(connection, key, found, now=now, name=name, language=language)
        waiting = before or Subscription(person.id, mailing_list, SubscriptionState.PENDING)
        return accept(connection, salt, waiting, method=ConsentMethod.OPERATOR, evidence=evidence, now=now)


def describe(
    database: SubscriberDatabase,
    subscriber: str,
    *,
    name: str | None = None,
    language: str | None = None,
    timezone: str | None = None,
    tags: Collection[str] | None = None,
) -> None:
    """Change what is stored of a person, all of it or nothing; None leaves a value as it is.

    Args:
        tags: exactly these from now on.

    Raises:
        UnknownSubscriber: there is none.
    """
    given = {"name": name, "language": language, "timezone": timezone}
    values = {field: clean(value) for field, value in given.items() if value is not None}
    with database.writing() as connection:
        required_person(connection, subscriber)
        if values:
            rows.describe(connection, subscriber, values)
        what = [*values, *([] if tags is None else ["tags"])]
        if what:
            changes.note(connection, ChangeKind.CHANGED, subscriber, detail="+".join(what))
        if tags is not None:
            cleaned = (clean(one)[:100].strip() for one in tags)
            rows.set_tags(connection, subscriber, [one for one in cleaned if one])


def tag(database: SubscriberDatabase, subscriber: str, tags: Collection[str]) -> None:
    """Give a person exactly these tags.

    Raises:
        UnknownSubscriber: there is none.
    """
    describe(database, subscriber, tags=tags)


def required_person(connection: Connection, subscriber: str) -> Subscriber:
    """Return the person of an id, within a transaction under way.

    Raises:
        UnknownSubscriber: there is none.
    """
    found = rows.by_id(connection, subscriber)
    if found is None:
        raise UnknownSubscriber(masked(subscriber) if "@" in subscriber else subscriber)
    return found


def stored(
    connection: Connection,
    key: str,
    address: EmailAddress,
    *,
    now: datetime,
    name: str = "",
    language: str = "",
) -> Subscriber:
    """Return the person of an address, stored now if new; `key` is the address's hash."""
    person = rows.by_canonical(connection, address.canonical)
    if person is None:
        person = Subscriber(
            id=Ids(now).take(),
            address=address.address,
            canonical=address.canonical,
            name=clean(name),
            language=clean(language)[:35],
            timezone="",
            created_at=now,
        )
        rows.add(connection, key, person)
    return person


def accept(
    connection: Connection,
    salt: bytes,
    before: Subscription,
    *,
    method: ConsentMethod,
    evidence: Evidence,
    now: datetime,
    paused_until: date | None = None,
) -> Subscription:
    """Make a subscription active and keep the consent; the caller has judged that it may be.

    Args:
        paused_until: of a pause that goes on; None for none.
    """
    at = min(evidence.at, now) if evidence.at else now
    state = SubscriptionState.ACTIVE if paused_until is None else SubscriptionState.PAUSED
    after = replace(before, state=state, consented_at=at, ended_at=None, end_reason="")
    after = replace(after, paused_until=paused_until)
    subscriptions.save(connection, after)
    keep_consent(connection, salt, after, method=method, evidence=evidence, at=at)
    changes.note(
        connection, ChangeKind.JOINED, after.subscriber, after.mailing_list, at=now, detail=method.value
    )
    return after


def keep_consent(
    connection: Connection,
    salt: bytes,
    on: Subscription,
    *,
    method: ConsentMethod,
    evidence: Evidence,
    at: datetime,
) -> None:
    """Store the proof of a yes; the reader's IP address only as a keyed hash."""
    ip_hash = suppressions.hashed(salt, f"ip {evidence.ip}") if evidence.ip else ""
    subscriptions.add_consent(
        connection,
        Consent(on.subscriber, on.mailing_list, at, method, evidence.words, evidence.source, ip_hash),
    )
