"""How a claimed delivery ends, and the ways on from uncertain and held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
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
    exists,
    func,
    literal_column,
    select,
    update,
)

from digest.model import FENCE_NOTE, DeliveryState, EditionState, Outcome, Receipt
from digest.storage import stretches as runs
from digest.storage.columns import now_ms
from digest.storage.editions import AT_PLACE
from digest.storage.forgetting import IS_NOBODY
from digest.storage.ledger import leases
from digest.storage.ledger.claiming import IS_PLANNED, IS_SENDING
from digest.storage.ledger.leases import close_if_done
from digest.storage.ledger.references import Reference, parse
from digest.storage.prepared import Prepared
from digest.storage.stretches import Stretch
from digest.storage.tables import claims, deliveries, dispatches, editions, stragglers, stretches

IS_UNCERTAIN = stragglers.c.state == literal_column("'uncertain'")
IS_HELD = stragglers.c.state == literal_column("'held'")
IS_FENCED = func.coalesce(stragglers.c.provider_id, "").like(f"{FENCE_NOTE}%")

_FINAL = {
    Outcome.SENT: DeliveryState.SENT,
    Outcome.FAILED: DeliveryState.FAILED,
    Outcome.UNCERTAIN: DeliveryState.UNCERTAIN,
    Outcome.AGAIN: DeliveryState.PLANNED,
}

MAX_REASON = 500
"""Characters kept of a provider's text."""

_CHUNK = 1000

if TYPE_CHECKING:
    from digest.storage.columns import AnyRow


def settle(connection: Connection, edition_id: int, owner: str, receipts: Iterable[Receipt]) -> int:
    """Write outcomes, each guarded by (owner, reference, sending), and return how many were ours."""
    by_reference = _parsed({one.reference: one for one in receipts}, edition_id)
    total = 0
    for whole, numbers in leases.held(connection, edition_id, list(by_reference), owner=owner):
        total += len(numbers)
        own = [Reference(edition_id, number, 1, whole.claim_id or 0) for number in numbers]
        _settle_stretch(connection, whole, [(one, by_reference.pop(one)) for one in own])
    if by_reference:
        total += _settle_stragglers(connection, edition_id, owner, by_reference)
    return total


def settle_whole(
    connection: Connection, place: dict[str, object], owner: str, receipts: Sequence[Receipt]
) -> int:
    """Settle a claim of which everybody was taken, by one statement; return how many that were.

    0 where they are no such claim, or it does not stand like that any more: then nothing is written.

    Args:
        place: names the edition.
    """
    provider_ids = {one.provider_id for one in receipts}
    if len(provider_ids) != 1 or any(one.outcome is not Outcome.SENT or one.reason for one in receipts):
        return 0
    known = {one for receipt in receipts if (one := parse(receipt.reference))}
    if len({(one.edition_id, one.attempt, one.claim_id) for one in known}) != 1:
        return 0
    first, last = min(known), max(known)
    size = last.number - first.number + 1
    if first.attempt != 1 or len(known) != size:
        return 0
    # Only the very row is written: whoever cut it, or waits to, finds or leaves another one.
    its = {
        "its_edition": first.edition_id,
        "its_first": first.number,
        "its_last": last.number,
        "its_claim": first.claim_id,
        "its_owner": owner,
        "its_provider_id": _text(provider_ids.pop(), MAX_REASON),
    }
    return size if _TAKEN_WHOLE.count(connection, place | its) else 0


_TAKEN_WHOLE = Prepared(
    update(stretches)
    .where(
        stretches.c.edition_id == bindparam("its_edition"),
        stretches.c.last_number == bindparam("its_last"),
        stretches.c.first_number == bindparam("its_first"),
        stretches.c.claim_id == bindparam("its_claim"),
        stretches.c.owner == bindparam("its_owner"),
        runs.IS_SENDING,
        stretches.c.edition_id == select(editions.c.id).where(AT_PLACE).scalar_subquery(),
    )
    .values(
        state=DeliveryState.SENT,
        owner=None,
        lease_until_ms=None,
        provider_id=func.coalesce(bindparam("its_provider_id", type_=Text()), stretches.c.provider_id),
    )
)


def _settle_stretch(
    connection: Connection, whole: Stretch, pairs: Sequence[tuple[Reference, Receipt]]
) -> None:
    """Write what became of some of a stretch: whoever was taken stays in one, anybody else leaves it."""
    values: dict[int, Stretch | None] = {}
    apart = []
    now = None
    taken: dict[str | None, Stretch] = {}
    for reference, receipt in pairs:
        provider_id = _text(receipt.provider_id, MAX_REASON) or whole.provider_id
        reason = _text(receipt.reason, MAX_REASON)
        if receipt.outcome is Outcome.SENT and reason is None:
            if provider_id not in taken:
                taken[provider_id] = replace(
                    whole,
                    state=DeliveryState.SENT,
                    owner=None,
                    lease_until_ms=None,
                    provider_id=provider_id,
                )
            values[reference.number] = taken[provider_id]
            continue
        values[reference.number] = None
        row = runs.straggler(
            whole,
            reference.number,
            state=_FINAL[receipt.outcome],
            reason=reason,
            provider_id=whole.provider_id if receipt.outcome is Outcome.AGAIN else provider_id,
        )
        if receipt.outcome is Outcome.AGAIN:
            now = now if now is not None else int(connection.scalar(select(now_ms())) or 0)
            row["not_before_ms"] = now + int(receipt.retry_after_s * 1000)
        apart.append(row)
    runs.rewrite(connection, [whole], runs.parts(whole, values))
    runs.add(connection, apart, whole)


def _settle_stragglers(
    connection: Connection, edition_id: int, owner: str, by_reference: dict[Reference, Receipt]
) -> int:
    ours = _ours(connection, edition_id, owner, by_reference)
    ended, again = [], []
    for reference, receipt in ours.pairs:
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
    total = 0
    if ended:
        statement = _guarded(edition_id).values(
            state=bindparam("its_state"),
            reason=bindparam("its_reason", type_=Text()),
            provider_id=func.coalesce(bindparam("its_provider_id", type_=Text()), stragglers.c.provider_id),
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


def release(connection: Connection, edition_id: int, owner: str, references: Sequence[str]) -> int:
    """Put sending deliveries back to planned as if never tried and return how many were ours."""
    known: dict[Reference, Any] = _parsed(dict.fromkeys(references), edition_id)
    total = 0
    for whole, numbers in leases.held(connection, edition_id, list(known), owner=owner):
        back = Stretch(
            edition_id, 0, 0, whole.variant, not_before_ms=whole.not_before_ms, state=DeliveryState.PLANNED
        )
        runs.keep_claim(connection, whole)
        runs.rewrite(connection, [whole], runs.parts(whole, dict.fromkeys(numbers, back)))
        total += len(numbers)
        for number in numbers:
            known.pop(Reference(edition_id, number, 1, whole.claim_id or 0))
    ours = _ours(connection, edition_id, owner, known) if known else None
    if ours is None or not ours.pairs:
        return total
    rows = [
        {"its_number": one.number, "its_attempt": one.attempt, "its_claim": one.claim_id}
        for one, _nothing in ours.pairs
    ]
    statement = _guarded(edition_id).values(
        state=DeliveryState.PLANNED, attempt=stragglers.c.attempt - 1, claim_id=None
    )
    total += connection.execute(statement, rows).rowcount
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
    own = and_(stragglers.c.edition_id == edition_id, IS_UNCERTAIN)
    if note is not None:
        own = and_(own, stragglers.c.provider_id == note if note else ~IS_FENCED)
    if to is DeliveryState.SENT:
        return connection.execute(update(stragglers).where(own).values(state=to, reason=None)).rowcount
    total = 0
    if to is DeliveryState.PLANNED and max_attempts is not None:
        worn = f"uncertain after {max_attempts} attempts"
        total += _move(connection, DeliveryState.HELD, worn, own, stragglers.c.attempt >= max_attempts)
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
    own = and_(stragglers.c.edition_id == edition_id, IS_HELD)
    if to is DeliveryState.PLANNED:
        own = and_(own, reader(~IS_NOBODY))
    if subscribers:
        chunks = (subscribers[start : start + _CHUNK] for start in range(0, len(subscribers), _CHUNK))
        moved = sum(
            _move(connection, to, reason, own, reader(deliveries.c.subscriber.in_(chunk)))
            for chunk in chunks
        )
    else:
        moved = _move(connection, to, reason, own)
    if moved and to is DeliveryState.PLANNED:
        reopen(connection, edition_id)
    return moved


def reopen(connection: Connection, edition_id: int) -> None:
    """Let a closed edition be dispatching again: something of it was planned anew."""
    connection.execute(
        update(editions)
        .where(editions.c.id == edition_id, editions.c.state == EditionState.CLOSED)
        .values(state=EditionState.DISPATCHING, closed_at=None, reached_nobody=False)
    )
    connection.execute(
        update(dispatches).where(dispatches.c.edition_id == edition_id).values(refusals_heard_at=None)
    )


def skip(connection: Connection, edition_id: int, reason: str) -> int:
    """Turn planned deliveries into skipped and return how many.

    Stragglers that a claim holds at this moment are that claim's: they are passed by, never waited for.
    A planned stretch is waited for: what its claim leaves of it is skipped.
    """
    planned = and_(stretches.c.edition_id == edition_id, runs.IS_PLANNED)
    # In one order, whoever else takes several: two orders would be a deadlock.
    connection.execute(
        select(stretches.c.last_number).where(planned).order_by(stretches.c.last_number).with_for_update()
    ).all()
    skipped = connection.execute(
        update(stretches)
        .where(planned)
        .values(state=DeliveryState.SKIPPED, reason=reason[:MAX_REASON])
        .returning(stretches.c.first_number, stretches.c.last_number)
    )
    total: int = sum(last - first + 1 for first, last in skipped)
    chosen = select(stragglers.c.number).where(stragglers.c.edition_id == edition_id, IS_PLANNED)
    free = chosen.with_for_update(skip_locked=True, of=stragglers)
    return (
        total
        + connection.execute(
            update(stragglers)
            .where(stragglers.c.edition_id == edition_id, stragglers.c.number.in_(free))
            .values(state=DeliveryState.SKIPPED, reason=reason[:MAX_REASON])
        ).rowcount
    )


class _Ours:
    """The references that are this owner's, in the order rows are locked, with their claims locked."""

    def __init__(self, pairs: list[tuple[Reference, Any]], held: Sequence[AnyRow]) -> None:
        self.pairs = pairs
        self._held = held

    def close_done(self, connection: Connection) -> None:
        for one in self._held:
            close_if_done(connection, one)


def reader(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return a condition on the delivery of a straggler, as one on the straggler."""
    return (
        exists()
        .where(
            deliveries.c.edition_id == stragglers.c.edition_id,
            deliveries.c.number == stragglers.c.number,
            condition,
        )
        .correlate(stragglers)
    )


def _parsed(by_text: dict[str, Any], edition_id: int) -> dict[Reference, Any]:
    known = {one: value for text, value in by_text.items() if (one := parse(text))}
    return {one: value for one, value in known.items() if one.edition_id == edition_id}


def _ours(connection: Connection, edition_id: int, owner: str, known: dict[Reference, Any]) -> _Ours:
    ids = {reference.claim_id for reference in known}
    held = connection.execute(
        select(claims)
        .where(claims.c.id.in_(ids), claims.c.owner == owner, claims.c.edition_id == edition_id)
        .order_by(claims.c.id)
        .with_for_update()
    ).all()
    mine = {row.id for row in held}
    pairs = [(reference, known[reference]) for reference in sorted(known) if reference.claim_id in mine]
    return _Ours(pairs, held)


def _guarded(edition_id: int) -> Update:
    return update(stragglers).where(
        stragglers.c.edition_id == edition_id,
        stragglers.c.number == bindparam("its_number"),
        stragglers.c.attempt == bindparam("its_attempt", type_=SmallInteger()),
        stragglers.c.claim_id == bindparam("its_claim"),
        IS_SENDING,
    )


def _move(connection: Connection, to: DeliveryState, reason: str, *conditions: ColumnElement[bool]) -> int:
    return connection.execute(
        update(stragglers)
        .where(*conditions)
        .values(state=to, reason=reason[:MAX_REASON] or stragglers.c.reason, not_before_ms=0)
    ).rowcount


def _text(text: str, limit: int) -> str | None:
    # PostgreSQL refuses NUL in text, and a provider may say anything.
    return text.replace("\0", "")[:limit] or None
