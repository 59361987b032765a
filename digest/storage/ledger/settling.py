"""How a claimed delivery ends, and the ways on from uncertain and held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    SmallInteger,
    Text,
    Update,
    and_,
    bindparam,
    func,
    literal_column,
    select,
    update,
)

from digest.model import FENCE_NOTE, DeliveryState, EditionState, Outcome, Receipt
from digest.storage.columns import now_ms
from digest.storage.forgetting import IS_NOBODY
from digest.storage.ledger.claiming import IS_PLANNED, IS_SENDING, close_if_done
from digest.storage.ledger.references import Reference, parse
from digest.storage.tables import claims, deliveries, dispatches, editions

IS_UNCERTAIN = deliveries.c.state == literal_column("'uncertain'")
IS_HELD = deliveries.c.state == literal_column("'held'")
IS_FENCED = func.coalesce(deliveries.c.provider_id, "").like(f"{FENCE_NOTE}%")

_FINAL = {
    Outcome.SENT: DeliveryState.SENT,
    Outcome.FAILED: DeliveryState.FAILED,
    Outcome.UNCERTAIN: DeliveryState.UNCERTAIN,
}

MAX_REASON = 500
"""Characters kept of a provider's text."""

_CHUNK = 1000
_TOGETHER = 8
"""So many of a kind are worth a statement of their own."""

_Kind = tuple[int, int, Outcome, str, str]
"""Claim, attempt, outcome, reason and provider's id."""

if TYPE_CHECKING:
    from digest.storage.columns import AnyRow


def settle(connection: Connection, edition_id: int, owner: str, receipts: Iterable[Receipt]) -> int:
    """Write outcomes, each guarded by (owner, reference, sending), and return how many were ours."""
    ours = _ours(connection, edition_id, owner, {one.reference: one for one in receipts})
    alike = _alike(ours.pairs)
    total = sum(_end_together(connection, edition_id, *each) for each in alike.items())
    ended, again = [], []
    for reference, receipt in ours.pairs:
        if _kind(reference, receipt) in alike:
            continue
        row: dict[str, object] = {
            "its_number": reference.number,
            "its_attempt": reference.attempt,
            "its_claim": reference.claim_id,
            "its_reason": _text(receipt.reason, MAX_REASON),
        }
        if receipt.outcome is Outcome.AGAIN:
            again.append(row | {"its_wait_ms": int(receipt.retry_after_s * 1000)})
        else:
            provider_id = _text(receipt.provider_id, MAX_REASON)
            ended.append(row | {"its_state": _FINAL[receipt.outcome], "its_provider_id": provider_id})
    if ended:
        statement = _guarded(edition_id).values(
            state=bindparam("its_state"),
            reason=bindparam("its_reason", type_=Text()),
            provider_id=func.coalesce(bindparam("its_provider_id", type_=Text()), deliveries.c.provider_id),
        )
        total += connection.execute(statement, ended).rowcount
    if again:
        statement = _guarded(edition_id).values(
            state=DeliveryState.PLANNED,
            reason=bindparam("its_reason", type_=Text()),
            not_before_ms=now_ms() + bindparam("its_wait_ms", type_=BigInteger()),
        )
        total += connection.execute(statement, again).rowcount
    ours.close_done(connection)
    return total


def _kind(reference: Reference, receipt: Receipt) -> _Kind:
    return reference.claim_id, reference.attempt, receipt.outcome, receipt.reason, receipt.provider_id


def _alike(pairs: Sequence[tuple[Reference, Receipt]]) -> dict[_Kind, list[int]]:
    """Return the numbers of deliveries that ended all alike, as those of one accepted request do."""
    numbers: defaultdict[_Kind, list[int]] = defaultdict(list)
    for reference, receipt in pairs:
        if receipt.outcome is not Outcome.AGAIN:
            numbers[_kind(reference, receipt)].append(reference.number)
    return {kind: found for kind, found in numbers.items() if len(found) >= _TOGETHER}


def _end_together(connection: Connection, edition_id: int, kind: _Kind, numbers: list[int]) -> int:
    """Write one outcome to many deliveries in one statement, with the guard of each."""
    claim_id, attempt, outcome, reason, provider_id = kind
    return connection.execute(
        update(deliveries)
        .where(
            deliveries.c.edition_id == edition_id,
            deliveries.c.number.in_(numbers),
            deliveries.c.attempt == attempt,
            deliveries.c.claim_id == claim_id,
            IS_SENDING,
        )
        .values(
            state=_FINAL[outcome],
            reason=_text(reason, MAX_REASON),
            provider_id=_text(provider_id, MAX_REASON) or deliveries.c.provider_id,
        )
    ).rowcount


def release(connection: Connection, edition_id: int, owner: str, references: Sequence[str]) -> int:
    """Put sending deliveries back to planned as if never tried and return how many were ours."""
    ours = _ours(connection, edition_id, owner, dict.fromkeys(references))
    rows = [
        {"its_number": one.number, "its_attempt": one.attempt, "its_claim": one.claim_id}
        for one, _nothing in ours.pairs
    ]
    if not rows:
        return 0
    statement = _guarded(edition_id).values(
        state=DeliveryState.PLANNED, attempt=deliveries.c.attempt - 1, claim_id=None
    )
    total = connection.execute(statement, rows).rowcount
    ours.close_done(connection)
    return total


def settle_uncertain(
    connection: Connection,
    edition_id: int,
    to: DeliveryState,
    reason: str,
    *,
    max_attempts: int | None,
    note: str | None,
) -> int:
    """Move uncertain deliveries to held, planned or, with a note, sent, and return how many."""
    if to not in {DeliveryState.HELD, DeliveryState.PLANNED} and not (note and to is DeliveryState.SENT):
        raise ValueError(f"an uncertain delivery becomes held or planned, not {to}")
    own = and_(deliveries.c.edition_id == edition_id, IS_UNCERTAIN)
    if note is not None:
        own = and_(own, deliveries.c.provider_id == note if note else ~IS_FENCED)
    if to is DeliveryState.SENT:
        return connection.execute(update(deliveries).where(own).values(state=to, reason=None)).rowcount
    total = 0
    if to is DeliveryState.PLANNED and max_attempts is not None:
        worn = f"uncertain after {max_attempts} attempts"
        total += _move(connection, DeliveryState.HELD, worn, own, deliveries.c.attempt >= max_attempts)
    return total + _move(connection, to, reason, own)


def settle_held(
    connection: Connection,
    edition_id: int,
    to: DeliveryState,
    reason: str,
    *,
    subscribers: Sequence[str],
) -> int:
    """Move held deliveries where an operator says and return how many; planned ones reopen the edition."""
    if to not in {DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.PLANNED}:
        raise ValueError(f"a held delivery becomes sent, failed or planned, not {to}")
    own = and_(deliveries.c.edition_id == edition_id, IS_HELD)
    if to is DeliveryState.PLANNED:
        own = and_(own, ~IS_NOBODY)
    if subscribers:
        chunks = (subscribers[start : start + _CHUNK] for start in range(0, len(subscribers), _CHUNK))
        moved = sum(
            _move(connection, to, reason, own, deliveries.c.subscriber.in_(chunk)) for chunk in chunks
        )
    else:
        moved = _move(connection, to, reason, own)
    if moved and to is DeliveryState.PLANNED:
        connection.execute(
            update(editions)
            .where(editions.c.id == edition_id, editions.c.state == EditionState.CLOSED)
            .values(state=EditionState.DISPATCHING, closed_at=None, reached_nobody=False)
        )
        connection.execute(
            update(dispatches).where(dispatches.c.edition_id == edition_id).values(refusals_heard_at=None)
        )
    return moved


def skip(connection: Connection, edition_id: int, reason: str) -> int:
    """Turn planned deliveries into skipped and return how many.

    Rows that a claim holds at this moment are that claim's: they are passed by, never waited for.
    """
    chosen = select(deliveries.c.number).where(deliveries.c.edition_id == edition_id, IS_PLANNED)
    free = chosen.with_for_update(skip_locked=True, of=deliveries)
    return connection.execute(
        update(deliveries)
        .where(deliveries.c.edition_id == edition_id, deliveries.c.number.in_(free))
        .values(state=DeliveryState.SKIPPED, reason=reason[:MAX_REASON])
    ).rowcount


class _Ours:
    """The references that are this owner's, in the order rows are locked, with their claims locked."""

    def __init__(self, pairs: list[tuple[Reference, Any]], held: Sequence[AnyRow]) -> None:
        self.pairs = pairs
        self._held = held

    def close_done(self, connection: Connection) -> None:
        for one in self._held:
            close_if_done(connection, one)


def _ours(connection: Connection, edition_id: int, owner: str, by_reference: dict[str, Any]) -> _Ours:
    known = {reference: value for text, value in by_reference.items() if (reference := parse(text))}
    ids = {reference.claim_id for reference in known}
    held = connection.execute(
        select(claims)
        .where(claims.c.id.in_(ids), claims.c.owner == owner, claims.c.edition_id == edition_id)
        .order_by(claims.c.id)
        .with_for_update()
    ).all()
    mine = {row.id for row in held}
    pairs = [
        (reference, known[reference])
        for reference in sorted(known)
        if reference.claim_id in mine and reference.edition_id == edition_id
    ]
    return _Ours(pairs, held)


def _guarded(edition_id: int) -> Update:
    return update(deliveries).where(
        deliveries.c.edition_id == edition_id,
        deliveries.c.number == bindparam("its_number"),
        deliveries.c.attempt == bindparam("its_attempt", type_=SmallInteger()),
        deliveries.c.claim_id == bindparam("its_claim"),
        IS_SENDING,
    )


def _move(connection: Connection, to: DeliveryState, reason: str, *conditions: ColumnElement[bool]) -> int:
    return connection.execute(
        update(deliveries)
        .where(*conditions)
        .values(state=to, reason=reason[:MAX_REASON] or deliveries.c.reason, not_before_ms=0)
    ).rowcount


def _text(text: str, limit: int) -> str | None:
    # PostgreSQL refuses NUL in text, and a provider may say anything.
    return text.replace("\0", "")[:limit] or None
