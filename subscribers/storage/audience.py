"""Who gets an edition, as one query that a ledger on the same database can insert from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    true,
    type_coerce,
    union,
)
from sqlalchemy.sql.selectable import FromClause

from subscribers.model import Frequency, SubscriptionState
from subscribers.segments import (
    AllOf,
    AnyOf,
    ClickedSince,
    HasTag,
    HasTopic,
    InLanguage,
    Not,
    OnList,
    Segment,
    SignedUpSince,
)
from subscribers.storage.tables import subscriber_tags, subscribers, subscriptions, suppressions

AudienceQuery = Select[Any]
"""A query for a ledger on the same database; to everyone else it is opaque."""


def select_audience(
    lists: Sequence[str], *, now: datetime | None, frequency: Frequency, segment: Segment | None
) -> AudienceQuery:
    """Return the readers of `lists`; one on several gets it by the first named."""
    keys = list(dict.fromkeys(lists))
    person, on = subscribers.c, subscriptions.c
    wanted: list[ColumnElement[bool]] = [
        on.mailing_list.in_(keys),
        _is_due(subscriptions, now),
        on.frequency == frequency.value,
        ~exists().where(suppressions.c.canonical == person.canonical),
    ]
    if len(keys) > 1:
        wanted.append(~_gets_it_by_an_earlier_list(keys, now, frequency))
    if segment is not None:
        wanted.append(_condition(segment))
    return (
        select(
            person.id.label("subscriber"),
            person.address,
            person.canonical,
            person.name,
            on.mailing_list,
            person.language,
            person.timezone,
            type_coerce(on.topics, String).label("topics"),
        )
        .select_from(subscriptions.join(subscribers, person.id == on.subscriber))
        .where(*wanted)
    )


def select_suppressed(
    lists: Sequence[str], *, now: datetime | None, among: AudienceQuery | None = None
) -> AudienceQuery:
    """Return the canonical addresses that must not get mail of `lists` now (none named: of any list).

    Those suppressed, and those stored without a subscription that is due: unsubscribed, paused or
    never confirmed.

    Args:
        among: a query of canonical addresses, the only ones asked about; None for all that are stored.
    """
    person, on = subscribers.c, subscriptions.c
    asked = among if among is not None else _everyone()
    # Materialized: else PostgreSQL may begin at the other end and read the whole list for 32 keys.
    keys = asked.cte("asked").prefix_with("MATERIALIZED", dialect="postgresql")
    (key,) = keys.c
    due = (
        select(literal(1))
        .select_from(subscribers.join(subscriptions, person.id == on.subscriber))
        .where(person.canonical == key, _is_due(subscriptions, now))
    )
    if lists:
        due = due.where(on.mailing_list.in_(list(lists)))
    is_stored = _is_there(select(literal(1)).where(person.canonical == key))
    is_suppressed = _is_there(select(literal(1)).where(suppressions.c.canonical == key))
    return select(key.label("canonical")).where(or_(is_suppressed, and_(is_stored, ~_is_there(due))))


def _is_there(rows: Select[Any]) -> ColumnElement[bool]:
    """Tell whether there is a row, by looking it up for each key.

    Not EXISTS: PostgreSQL turns that into a join or a hash over the whole table wherever it takes the
    keys for many (152 ms for 500 of 500,000 readers; so 13), and before it has analyzed fresh tables it
    compared everyone with everyone (100,000 readers, 472 s).
    """
    return rows.limit(1).scalar_subquery().is_not(None)


def _everyone() -> AudienceQuery:
    told = suppressions.c.canonical
    return select(union(select(subscribers.c.canonical), select(told).where(told.is_not(None))).subquery())


def count(connection: Connection, query: AudienceQuery) -> int:
    """Return how many rows the query gives."""
    return connection.scalar(select(func.count()).select_from(query.subquery())) or 0


def ids(connection: Connection, query: AudienceQuery, *, limit: int | None = None) -> Sequence[str]:
    """Return the readers that the query gives, by their ids and in their order."""
    table = query.subquery()
    return connection.scalars(select(table.c.subscriber).order_by(table.c.subscriber).limit(limit)).all()


def _is_due(table: FromClause, now: datetime | None) -> ColumnElement[bool]:
    """Tell whether a subscription may get mail: consented, and active or past its pause."""
    today: ColumnElement[str] = (
        func.substr(cast(func.current_timestamp(), String), 1, 10)
        if now is None
        else literal(now.astimezone(UTC).date().isoformat())
    )
    is_back = and_(
        table.c.state == SubscriptionState.PAUSED.value,
        type_coerce(table.c.paused_until, String) <= today,
    )
    return and_(
        or_(table.c.state == SubscriptionState.ACTIVE.value, is_back), table.c.consented_at.is_not(None)
    )


def _gets_it_by_an_earlier_list(
    keys: Sequence[str], now: datetime | None, frequency: Frequency
) -> ColumnElement[bool]:
    other = subscriptions.alias("other")
    rank = {key: place for place, key in enumerate(keys)}
    return exists().where(
        other.c.subscriber == subscriptions.c.subscriber,
        other.c.mailing_list.in_(keys),
        case(rank, value=other.c.mailing_list) < case(rank, value=subscriptions.c.mailing_list),
        other.c.frequency == frequency.value,
        _is_due(other, now),
    )


def _condition(segment: Segment) -> ColumnElement[bool]:
    match segment:
        case AllOf(parts):
            return and_(true(), *(_condition(part) for part in parts))
        case AnyOf(parts):
            return or_(false(), *(_condition(part) for part in parts))
        case Not(part):
            return not_(_condition(part))
        case OnList() | HasTopic() | HasTag():
            return _membership(segment)
        case _:
            return _trait(segment)


def _membership(segment: OnList | HasTopic | HasTag) -> ColumnElement[bool]:
    match segment:
        case HasTopic(topic):
            topics = type_coerce(subscriptions.c.topics, String)
            return or_(topics == "", ("+" + topics + "+").contains(f"+{topic}+", autoescape=True))
        case HasTag(tag):
            return exists().where(
                subscriber_tags.c.tag == tag, subscriber_tags.c.subscriber == subscribers.c.id
            )
        case OnList(mailing_list):
            other = subscriptions.alias("also")
            return exists().where(
                other.c.mailing_list == mailing_list,
                other.c.subscriber == subscribers.c.id,
                other.c.state.in_([SubscriptionState.ACTIVE.value, SubscriptionState.PAUSED.value]),
            )


def _trait(segment: InLanguage | SignedUpSince | ClickedSince) -> ColumnElement[bool]:
    match segment:
        case InLanguage(language):
            spoken, wanted = func.lower(subscribers.c.language), language.lower()
            return or_(spoken == wanted, spoken.startswith(wanted + "-", autoescape=True))
        case SignedUpSince(at):
            return subscribers.c.created_at >= at
        case ClickedSince(at):
            return func.coalesce(subscribers.c.clicked_at >= at, false())
