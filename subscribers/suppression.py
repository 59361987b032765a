"""Suppression: beats every subscription, survives imports and the person's own erasure."""

from __future__ import annotations

from datetime import datetime

from subscribers.address import normalize
from subscribers.errors import NotAllowed
from subscribers.model import OWN_NO, Suppression, SuppressionKind
from subscribers.preferences import BY_OPERATOR, end_all
from subscribers.storage import changes, events, people, suppressions
from subscribers.storage.database import SubscriberDatabase


def suppress(
    database: SubscriberDatabase,
    address: str,
    kind: SuppressionKind,
    *,
    now: datetime,
    origin: str = "operator",
    reason: str = "",
) -> bool:
    """Send nothing more to an address, known or not; tell whether this is new.

    A complaint and an unsubscribe from all also end the subscriptions: lifting the first later must not
    bring mail back by itself. Of an erased person neither address nor reason is kept.
    `subscribers.privacy.erase` is the way to ERASED.

    Raises:
        InvalidAddress: it is none.
        ValueError: the kind is ERASED.
    """
    if kind is SuppressionKind.ERASED:
        raise ValueError("Use subscribers.privacy.erase: it deletes the person as well.")
    found = normalize(address)
    with database.writing() as connection:
        key = suppressions.hashed(database.salt(connection), found.canonical)
        kinds = {one.kind for one in suppressions.of_key(connection, key)}
        is_new = kind not in kinds
        person = people.by_canonical(connection, found.canonical)
        is_gone = person is None and SuppressionKind.ERASED in kinds
        shown = (None, origin) if is_gone else (found.canonical, origin, reason)
        suppressions.add(connection, [Suppression(key, kind, now, *shown)])
        told = changes.OF_SUPPRESSION.get(kind)
        if person is not None and is_new and told is not None:
            changes.note(connection, told, person.id, at=now, detail=BY_OPERATOR)
        if person is not None and kind in {SuppressionKind.COMPLAINT, SuppressionKind.UNSUBSCRIBED_ALL}:
            end_all(connection, person.id, at=now, reason=kind.value)
        return is_new


def lift(database: SubscriberDatabase, address: str, kind: SuppressionKind) -> bool:
    """Take a suppression away, by an operator's word; tell whether there was one.

    What the provider reported so far counts no more; subscriptions stay as they are.

    Raises:
        InvalidAddress: it is none.
        NotAllowed: it is the reader's own no; only the reader lifts it, by signing up.
    """
    found = normalize(address)
    if kind in OWN_NO:
        raise NotAllowed(found.masked, f"said so ({kind.value})", "Only the reader can sign up again.")
    with database.writing() as connection:
        key = suppressions.hashed(database.salt(connection), found.canonical)
        events.forgive(connection, key)
        return bool(suppressions.remove(connection, key, [kind]))


def suppressions_of(database: SubscriberDatabase, address: str) -> tuple[Suppression, ...]:
    """Return why an address gets no mail, the oldest first; empty where nothing bars it.

    Raises:
        InvalidAddress: it is none.
    """
    found = normalize(address)
    with database.reading() as connection:
        key = suppressions.hashed(database.salt(connection), found.canonical)
        return suppressions.of_key(connection, key)
