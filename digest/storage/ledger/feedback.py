"""What providers report: kept once each, and proof for deliveries that nobody was sure of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    case,
    distinct,
    func,
    literal_column,
    or_,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from digest.model import DeliveryState, EventKind, Feedback, MailEvent
from digest.storage.forgetting import IS_NOBODY, blank_nobodys
from digest.storage.ledger.references import Reference, parse
from digest.storage.ledger.settling import IS_FENCED, MAX_REASON
from digest.storage.tables import claims, deliveries, mail_events

_UNSETTLED = deliveries.c.state.in_(
    [literal_column(f"'{state}'") for state in ("planned", "sending", "uncertain", "held")]
)

_REFUSALS = frozenset({EventKind.BOUNCED, EventKind.REJECTED})

_CHUNK = 500


def record_events(connection: Connection, events: Iterable[MailEvent]) -> int:
    """Keep the events that are new, let them settle what was unsure, and return how many were new."""
    unique = {event.event_id: event for event in events}
    new: list[MailEvent] = []
    waiting = list(unique.values())
    for start in range(0, len(waiting), _CHUNK):
        new += _insert(connection, waiting[start : start + _CHUNK])
    pairs = [(reference, event) for event in new if (reference := parse(event.reference))]
    blank_nobodys(connection, {(one.edition_id, one.number): None for one, _event in pairs})
    _settle_by_proof(connection, sorted(pairs, key=lambda pair: (pair[0], pair[1].at)))
    return len(new)


def readers_of(connection: Connection, references: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return (canonical address, mailing list) of the deliveries that references of ours mean.

    Left out are those that name nobody any more.
    """
    parsed = {text: found for text in references if (found := parse(text))}
    told: dict[tuple[int, int], tuple[str, str]] = {}
    places = sorted({(one.edition_id, one.number) for one in parsed.values()})
    for start in range(0, len(places), _CHUNK):
        query = select(
            deliveries.c.edition_id, deliveries.c.number, deliveries.c.canonical, deliveries.c.mailing_list
        ).where(
            tuple_(deliveries.c.edition_id, deliveries.c.number).in_(places[start : start + _CHUNK]),
            ~IS_NOBODY,
        )
        for edition_id, number, canonical, mailing_list in connection.execute(query):
            told[edition_id, number] = canonical, mailing_list
    return {
        text: told[place] for text, one in parsed.items() if (place := (one.edition_id, one.number)) in told
    }


def feedback(connection: Connection, edition_id: int) -> Feedback:
    """Return what became of the edition's mails so far."""
    settled = connection.execute(
        select(
            func.count(),
            func.count(case((deliveries.c.state == DeliveryState.FAILED, 1))),
        ).where(
            deliveries.c.edition_id == edition_id,
            deliveries.c.attempt > 0,
            deliveries.c.state.in_((DeliveryState.SENT, DeliveryState.FAILED)),
        )
    ).one()
    return Feedback(out=settled[0], refused=settled[1], **_told(connection, edition_id))


_COUNTED = {
    "delivered": EventKind.DELIVERED,
    "bounced": EventKind.BOUNCED,
    "complained": EventKind.COMPLAINED,
    "unsubscribed": EventKind.UNSUBSCRIBED,
}


def _told(connection: Connection, edition_id: int) -> dict[str, int]:
    """Return of how many deliveries each kind of report is there, in one pass and without a GROUP BY."""
    counts = [
        func.count(distinct(mail_events.c.number)).filter(mail_events.c.kind == kind).label(name)
        for name, kind in _COUNTED.items()
    ]
    found = connection.execute(select(*counts).where(mail_events.c.edition_id == edition_id))
    return dict(found.mappings().one())


def _insert(connection: Connection, events: Sequence[MailEvent]) -> list[MailEvent]:
    """Write the events that are not there yet and return them."""
    rows = [_row(event) for event in events]
    if not rows:
        return []
    if connection.dialect.name == "postgresql":
        written = postgresql.insert(mail_events).values(rows).on_conflict_do_nothing()
        kept = set(connection.scalars(written.returning(mail_events.c.event_id)))
    else:
        kept = set(
            connection.scalars(
                sqlite.insert(mail_events)
                .values(rows)
                .on_conflict_do_nothing()
                .returning(mail_events.c.event_id)
            )
        )
    return [event for event, row in zip(events, rows, strict=True) if row["event_id"] in kept]


def _row(event: MailEvent) -> dict[str, object]:
    reference = parse(event.reference)
    return {
        "event_id": _clean(event.event_id),
        "kind": event.kind,
        "reference": _clean(event.reference),
        "edition_id": reference.edition_id if reference else None,
        "number": reference.number if reference else None,
        "at": event.at,
        "address": _clean(event.address),
        "reason": _clean(event.reason),
        "is_permanent": event.is_permanent,
        "url": _clean(event.url),
        "raw": _clean(event.raw),
    }


def _settle_by_proof(connection: Connection, pairs: Sequence[tuple[Reference, MailEvent]]) -> None:
    """Settle deliveries that are still open or held by what their provider says.

    Whatever a provider reports about a reference of ours, it had the mail: nothing may send it again.
    Only a reference whose claim we know counts: one from before a restored backup may mean another
    reader.
    """
    ids = sorted({reference.claim_id for reference, _event in pairs})
    known: set[tuple[int, int]] = set()
    for start in range(0, len(ids), _CHUNK):
        query = select(claims.c.id, claims.c.edition_id).where(claims.c.id.in_(ids[start : start + _CHUNK]))
        rows = connection.execute(query.order_by(claims.c.id).with_for_update())
        known |= {(row.id, row.edition_id) for row in rows}
    for reference, event in pairs:
        if (reference.claim_id, reference.edition_id) in known:
            _prove(connection, reference, event)


def _prove(connection: Connection, reference: Reference, event: MailEvent) -> None:
    is_refused = event.kind in _REFUSALS
    is_its_attempt = deliveries.c.attempt == reference.attempt
    values: dict[str, Any] = {
        # What is noted of a later attempt is not what this event proves.
        "provider_id": case((is_its_attempt, deliveries.c.provider_id)),
        "state": DeliveryState.FAILED if is_refused else DeliveryState.SENT,
        "reason": (_clean(event.reason)[:MAX_REASON] or event.kind.value) if is_refused else None,
    }
    connection.execute(
        update(deliveries)
        .where(
            deliveries.c.edition_id == reference.edition_id,
            deliveries.c.number == reference.number,
            deliveries.c.attempt >= reference.attempt,
            _UNSETTLED,
            _is_final(event.kind, is_its_attempt),
        )
        .values(values)
    )


def _is_final(kind: EventKind, is_its_attempt: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that nobody calls the mail back after such an event.

    Behind a fence "accepted" is true of a mail that was called back afterwards, and "rejected" may be
    said of one because it was: a delivery planned anew needs another word than those.
    """
    if kind is EventKind.ACCEPTED:
        return ~IS_FENCED
    if kind is EventKind.REJECTED:
        is_with_provider = and_(is_its_attempt, deliveries.c.state != DeliveryState.PLANNED)
        return or_(~IS_FENCED, is_with_provider)
    return true()


def _clean(text: str) -> str:
    return text.replace("\0", "")
