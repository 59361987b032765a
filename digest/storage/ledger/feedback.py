"""What providers report: kept once each, and proof for deliveries that nobody was sure of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
    update,
)

from digest.model import FENCE_NOTE, DeliveryState, EditionKey, EventKind, Feedback, MailEvent
from digest.storage import stretches as runs
from digest.storage.columns import at_places, insert_into
from digest.storage.forgetting import IS_NOBODY, blank_nobodys
from digest.storage.ledger.references import Reference, parse
from digest.storage.ledger.settling import IS_FENCED, MAX_REASON
from digest.storage.stretches import IS_SENT, SIZE
from digest.storage.tables import claims, deliveries, editions, mail_events, stragglers, stretches

_UNSETTLED = stragglers.c.state.in_(
    [literal_column(f"'{state}'") for state in ("planned", "sending", "uncertain", "held")]
)

_REFUSALS = frozenset({EventKind.BOUNCED, EventKind.REJECTED})

_CHUNK = 500


def record_events(connection: Connection, events: Iterable[MailEvent]) -> int:
    """Keep the events that are new, let them settle what was unsure, and return how many were new."""
    unique = {event.event_id: event for event in events}
    known = _known(connection, (event.reference for event in unique.values()))
    new: list[MailEvent] = []
    waiting = list(unique.values())
    for start in range(0, len(waiting), _CHUNK):
        new += _insert(connection, waiting[start : start + _CHUNK], known)
    pairs = [(known[event.reference], event) for event in new if event.reference in known]
    blank_nobodys(connection, {(one.edition_id, one.number): None for one, _event in pairs})
    _settle_by_proof(connection, sorted(pairs, key=lambda pair: (pair[0], pair[1].at)))
    return len(new)


def readers_of(connection: Connection, references: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return (canonical address, mailing list) of the deliveries that references of ours mean.

    Left out are those that name nobody any more.
    """
    parsed = _known(connection, references)
    told: dict[tuple[int, int], tuple[str, str]] = {}
    for these in at_places(deliveries, ((one.edition_id, one.number) for one in parsed.values())):
        query = select(
            deliveries.c.edition_id, deliveries.c.number, deliveries.c.canonical, deliveries.c.mailing_list
        ).where(these, ~IS_NOBODY)
        for edition_id, number, canonical, mailing_list in connection.execute(query):
            told[edition_id, number] = canonical, mailing_list
    return {
        text: told[place] for text, one in parsed.items() if (place := (one.edition_id, one.number)) in told
    }


def _known(connection: Connection, references: Iterable[str]) -> dict[str, Reference]:
    """Return what references of ours mean; one of a delivery only where it is still that reader's."""
    parsed = {text: found for text in references if (found := parse(text))}
    lasting = {text: one for text, one in parsed.items() if one.is_lasting}
    readers: dict[tuple[int, int], tuple[EditionKey, str]] = {}
    for place in at_places(deliveries, ((one.edition_id, one.number) for one in lasting.values())):
        query = (
            select(
                deliveries.c.edition_id,
                deliveries.c.number,
                deliveries.c.subscriber,
                editions.c.newsletter,
                editions.c.day,
                editions.c.slot,
            )
            .join(editions, editions.c.id == deliveries.c.edition_id)
            .where(place)
        )
        for row in connection.execute(query):
            key = EditionKey(row.newsletter, row.day, row.slot)
            readers[row.edition_id, row.number] = key, row.subscriber
    for text, one in lasting.items():
        reader = readers.get((one.edition_id, one.number))
        if reader is None or not one.is_of(*reader):
            del parsed[text]
    return parsed


def feedback(connection: Connection, edition_id: int) -> Feedback:
    """Return what became of the edition's mails so far."""
    taken = connection.scalar(select(func.sum(SIZE)).where(stretches.c.edition_id == edition_id, IS_SENT))
    settled = connection.execute(
        select(
            func.count(),
            func.count(case((stragglers.c.state == DeliveryState.FAILED, 1))),
        ).where(
            stragglers.c.edition_id == edition_id,
            stragglers.c.attempt > 0,
            stragglers.c.state.in_((DeliveryState.SENT, DeliveryState.FAILED)),
        )
    ).one()
    out = int(taken or 0) + settled[0]
    return Feedback(out=out, refused=settled[1], **_told(connection, edition_id))


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


def _insert(
    connection: Connection, events: Sequence[MailEvent], known: Mapping[str, Reference]
) -> list[MailEvent]:
    """Write the events that are not there yet and return them."""
    rows = [_row(event, known.get(event.reference)) for event in events]
    if not rows:
        return []
    written = insert_into(mail_events, connection.dialect.name).values(rows).on_conflict_do_nothing()
    kept = set(connection.scalars(written.returning(mail_events.c.event_id)))
    return [event for event, row in zip(events, rows, strict=True) if row["event_id"] in kept]


def _row(event: MailEvent, reference: Reference | None) -> dict[str, object]:
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
    reader. One of a delivery, of no attempt, was looked at already.
    """
    found = _unsettled(connection, [reference for reference, _event in pairs])
    asked = [(one, event) for one, event in pairs if (one.edition_id, one.number) in found]
    if not asked:
        return
    ids = {one.claim_id for one, _event in asked if not one.is_lasting}
    ids.update(found[one.edition_id, one.number] for one, _event in asked)
    runs.lock(connection, ids)
    known: set[tuple[int, int]] = set()
    ordered = sorted(ids)
    for start in range(0, len(ordered), _CHUNK):
        query = select(claims.c.id, claims.c.edition_id).where(
            claims.c.id.in_(ordered[start : start + _CHUNK])
        )
        rows = connection.execute(query.order_by(claims.c.id).with_for_update())
        known |= {(row.id, row.edition_id) for row in rows}
    for reference, event in asked:
        is_known = reference.is_lasting or (reference.claim_id, reference.edition_id) in known
        if not _prove_sending(connection, reference, event, is_known=is_known) and is_known:
            _prove(connection, reference, event)


def _unsettled(connection: Connection, references: Sequence[Reference]) -> dict[tuple[int, int], int]:
    """Return which of these deliveries are open or held, and by which claim they are, or were last."""
    places = sorted({(one.edition_id, one.number) for one in references})
    found: dict[tuple[int, int], int] = {}
    for place in at_places(stragglers, places):
        query = select(stragglers.c.edition_id, stragglers.c.number, stragglers.c.claim_id)
        for row in connection.execute(query.where(place, _UNSETTLED)):
            found[row.edition_id, row.number] = row.claim_id or 0
    for edition_id in {edition_id for edition_id, _number in places}:
        sending = select(stretches.c.first_number, stretches.c.last_number, stretches.c.claim_id).where(
            stretches.c.edition_id == edition_id, runs.IS_SENDING
        )
        for first, last, claim_id in connection.execute(sending):
            found |= {
                (its_edition, number): claim_id
                for its_edition, number in places
                if its_edition == edition_id and first <= number <= last
            }
    return found


def _prove_sending(
    connection: Connection, reference: Reference, event: MailEvent, *, is_known: bool
) -> bool:
    """Settle a delivery that lies in a stretch on its way; tell whether it lies in one."""
    place = {"edition": reference.edition_id, "first": reference.number, "last": reference.number}
    row = connection.execute(runs.SENDING_BETWEEN, place).one_or_none()
    if row is None:
        return False
    whole = runs.of_row(row)
    is_its_attempt = reference.claim_id == whole.claim_id and not reference.is_lasting
    if reference.attempt > 1 or not (is_known or is_its_attempt):
        return True
    is_refused = event.kind in _REFUSALS
    is_fenced = (whole.provider_id or "").startswith(FENCE_NOTE)
    is_first = reference.attempt == 1
    if is_fenced and (
        event.kind is EventKind.ACCEPTED or (event.kind is EventKind.REJECTED and not is_first)
    ):
        return True
    reason = (_clean(event.reason)[:MAX_REASON] or event.kind.value) if is_refused else None
    state = DeliveryState.FAILED if is_refused else DeliveryState.SENT
    provider_id = whole.provider_id if is_first else None
    one = runs.straggler(whole, reference.number, state=state, reason=reason, provider_id=provider_id)
    runs.rewrite(connection, [whole], runs.parts(whole, {reference.number: None}))
    runs.add(connection, [one], whole)
    return True


def _prove(connection: Connection, reference: Reference, event: MailEvent) -> None:
    is_refused = event.kind in _REFUSALS
    is_its_attempt = stragglers.c.attempt == reference.attempt
    values: dict[str, Any] = {
        # What is noted of a later attempt is not what this event proves.
        "provider_id": case((is_its_attempt, stragglers.c.provider_id)),
        "state": DeliveryState.FAILED if is_refused else DeliveryState.SENT,
        "reason": (_clean(event.reason)[:MAX_REASON] or event.kind.value) if is_refused else None,
    }
    connection.execute(
        update(stragglers)
        .where(
            stragglers.c.edition_id == reference.edition_id,
            stragglers.c.number == reference.number,
            # Of no attempt: of some attempt, then, and nobody was told of before the first.
            stragglers.c.attempt >= max(reference.attempt, 1),
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
        is_with_provider = and_(is_its_attempt, stragglers.c.state != DeliveryState.PLANNED)
        return or_(~IS_FENCED, is_with_provider)
    return true()


def _clean(text: str) -> str:
    return text.replace("\0", "")
