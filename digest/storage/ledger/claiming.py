"""Claims and their leases: who may send which deliveries now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Select,
    and_,
    exists,
    func,
    insert,
    literal_column,
    select,
    update,
)

from digest.model import Delivery, DeliveryState, EditionKey, Variant
from digest.storage.columns import now_ms
from digest.storage.ledger.references import fresh_claim_id, of_claim
from digest.storage.ledger.waves import skip_late
from digest.storage.tables import claims, deliveries

MAX_CLAIM = 10_000
"""Deliveries in one claim at most: they are named one by one in its statements."""

# NOTE: literals, not parameters: only so do both databases use the index on planned deliveries.
IS_PLANNED = deliveries.c.state == literal_column("'planned'")
IS_SENDING = deliveries.c.state == literal_column("'sending'")

NEVER_MS = 1 << 52
"""From here on a delivery's time is none: it waits for a decision, not for the clock."""

_IS_OPEN = literal_column("claim.is_open", Boolean)

SUPPRESSED = "suppressed or unsubscribed since the edition was frozen"

if TYPE_CHECKING:
    from digest.ports import Suppressed
    from digest.storage.columns import AnyRow


def claim(
    connection: Connection,
    key: EditionKey,
    dispatch: AnyRow,
    owner: str,
    *,
    limit: int,
    lease_s: float,
    suppressed: Suppressed | None,
    variants: dict[int, Variant],
    note: str,
    ahead_s: float,
) -> tuple[Delivery, ...] | None:
    """Return what is now the owner's; None when nothing is due, () when all that was due was skipped."""
    edition_id = dispatch.edition_id
    first = connection.execute(next_due(dispatch, limit)).all()
    if not first:
        return None
    head = first[0].variant
    numbers = sorted(row.number for row in first if row.variant == head)
    late = skip_late(connection, edition_id, numbers, ahead_s=ahead_s)
    numbers = [number for number in numbers if number not in late]
    if not numbers:
        return ()
    if suppressed is not None:
        gone = _skip_suppressed(connection, edition_id, numbers, suppressed)
        numbers = [number for number in numbers if number not in gone]
        if not numbers:
            return ()
    claim_id = fresh_claim_id()
    connection.execute(
        insert(claims).values(
            id=claim_id,
            edition_id=edition_id,
            owner=owner,
            lease_until_ms=now_ms() + int(lease_s * 1000),
            first_number=numbers[0],
            last_number=numbers[-1],
            is_open=True,
        )
    )
    reference = of_claim(edition_id, claim_id)
    return tuple(
        Delivery(
            edition=key,
            subscriber=row.subscriber,
            address=row.address,
            name=row.name,
            variant=variants[head],
            attempt=row.attempt,
            reference=reference(row.number, row.attempt),
            mailing_list=row.mailing_list,
        )
        for row in _sending(connection, edition_id, claim_id, numbers, note)
    )


def next_due(dispatch: AnyRow, limit: int) -> Select[Any]:
    """Return the query for the deliveries that are to go next: number and variant.

    The order is the index's, word for word, and no variant is asked for: SQLite would take it out of
    the order and sort a million rows. What is due together mostly is of one variant anyway.
    """
    return (
        select(deliveries.c.number, deliveries.c.variant)
        .where(_due(dispatch))
        .order_by(deliveries.c.not_before_ms, deliveries.c.variant, deliveries.c.number)
        .limit(min(limit, MAX_CLAIM))
        .with_for_update(skip_locked=True)
    )


def renew(connection: Connection, edition_id: int, owner: str, *, lease_s: float) -> int:
    """Lengthen the owner's leases that have not run out and return how many."""
    return connection.execute(
        update(claims)
        .where(_open(edition_id), claims.c.owner == owner, claims.c.lease_until_ms > now_ms())
        .values(lease_until_ms=now_ms() + int(lease_s * 1000))
    ).rowcount


def expire(connection: Connection, edition_id: int, *, owner: str | None) -> int:
    """Turn what is sending under a dead lease into uncertain and return how many."""
    is_dead = claims.c.lease_until_ms <= now_ms() if owner is None else claims.c.owner == owner
    dead = connection.execute(
        select(claims).where(_open(edition_id), is_dead).order_by(claims.c.id).with_for_update()
    ).all()
    total = 0
    for one in dead:
        total += connection.execute(
            update(deliveries)
            .where(
                deliveries.c.edition_id == edition_id,
                deliveries.c.number.between(one.first_number, one.last_number),
                deliveries.c.claim_id == one.id,
                IS_SENDING,
            )
            .values(
                state=DeliveryState.UNCERTAIN,
                reason=f"{one.owner} died or stalled while sending; nobody knows whether it was accepted",
            )
        ).rowcount
    if dead:
        ids = [one.id for one in dead]
        connection.execute(update(claims).where(claims.c.id.in_(ids)).values(is_open=False))
    return total


def close_if_done(connection: Connection, claim: AnyRow) -> None:
    """Mark a claim closed when none of its deliveries is sending any more."""
    still = exists().where(
        deliveries.c.edition_id == claim.edition_id,
        deliveries.c.number.between(claim.first_number, claim.last_number),
        deliveries.c.claim_id == claim.id,
        IS_SENDING,
    )
    connection.execute(update(claims).where(claims.c.id == claim.id, ~still).values(is_open=False))


def due_in(connection: Connection, dispatch: AnyRow) -> float | None:
    """Return in how many seconds a planned delivery comes due or a lease runs out; None for never."""
    edition_id = dispatch.edition_id
    planned = select(func.min(deliveries.c.not_before_ms)).where(_free(dispatch))
    lease = select(func.min(claims.c.lease_until_ms)).where(_open(edition_id))
    row = connection.execute(select(planned.scalar_subquery(), lease.scalar_subquery(), now_ms())).one()
    moments = [int(moment) for moment in row[:2] if moment is not None]
    return max(0, min(moments) - int(row[2])) / 1000 if moments else None


def is_canary_out(connection: Connection, dispatch: AnyRow) -> bool:
    """Tell whether every delivery of the canary slice has ended, but for those that wait for a decision."""
    still = exists().where(
        deliveries.c.edition_id == dispatch.edition_id,
        deliveries.c.number <= dispatch.canary,
        deliveries.c.state.in_((DeliveryState.PLANNED, DeliveryState.SENDING)),
        deliveries.c.not_before_ms < NEVER_MS,
    )
    return not connection.scalar(select(still))


def owners(connection: Connection, edition_id: int) -> tuple[str, ...]:
    """Return who holds leases, each once."""
    query = select(claims.c.owner).where(_open(edition_id)).distinct().order_by(claims.c.owner)
    return tuple(connection.scalars(query))


def _open(edition_id: int) -> ColumnElement[bool]:
    return and_(claims.c.edition_id == edition_id, _IS_OPEN)


def _free(dispatch: AnyRow) -> ColumnElement[bool]:
    """Return the condition that a delivery may go once it is due."""
    conditions = [deliveries.c.edition_id == dispatch.edition_id, IS_PLANNED]
    if dispatch.stopped:
        conditions.append(literal_column("1") == literal_column("0"))
    if not dispatch.is_canary_passed:
        conditions.append(deliveries.c.number <= dispatch.canary)
    return and_(*conditions)


def _due(dispatch: AnyRow) -> ColumnElement[bool]:
    return and_(_free(dispatch), deliveries.c.not_before_ms <= now_ms())


def _skip_suppressed(
    connection: Connection, edition_id: int, numbers: Sequence[int], suppressed: Suppressed
) -> set[int]:
    """Skip those among `numbers` who must not get mail any more, and return them."""
    ours = and_(deliveries.c.edition_id == edition_id, deliveries.c.number.in_(numbers))
    query = suppressed(select(deliveries.c.canonical).where(ours))
    if not isinstance(query, Select):
        raise TypeError("this ledger takes whom a query gives as a SQLAlchemy Select")
    # Read first, written for the few it finds: in one statement PostgreSQL reads the keys twice.
    gone = connection.scalars(query).all()
    if not gone:
        return set()
    return set(
        connection.scalars(
            update(deliveries)
            .where(ours, deliveries.c.canonical.in_(gone))
            .values(state=DeliveryState.SKIPPED, reason=SUPPRESSED)
            .returning(deliveries.c.number)
        )
    )


def _sending(
    connection: Connection, edition_id: int, claim_id: int, numbers: Sequence[int], note: str
) -> list[AnyRow]:
    """Turn these planned deliveries into sending ones and return their rows, by number."""
    rows = connection.execute(
        update(deliveries)
        .where(deliveries.c.edition_id == edition_id, deliveries.c.number.in_(numbers))
        .values(
            state=DeliveryState.SENDING,
            attempt=deliveries.c.attempt + 1,
            claim_id=claim_id,
            reason=None,
            provider_id=note or None,
        )
        .returning(
            deliveries.c.number,
            deliveries.c.subscriber,
            func.coalesce(deliveries.c.address, deliveries.c.canonical).label("address"),
            deliveries.c.name,
            deliveries.c.mailing_list,
            deliveries.c.attempt,
        )
    )
    return sorted(rows, key=lambda row: int(row.number))
