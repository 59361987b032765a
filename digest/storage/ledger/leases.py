"""Leases: who holds what until when, and what becomes of it when they run out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    exists,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
    update,
)

from digest.model import DeliveryState
from digest.storage import stretches as runs
from digest.storage.columns import now_ms
from digest.storage.ledger.claiming import IS_SENDING, free
from digest.storage.ledger.references import Reference
from digest.storage.stretches import IS_SENDING as IS_RUN_SENDING
from digest.storage.stretches import NEVER_MS, Stretch
from digest.storage.tables import claims, deliveries, stragglers, stretches

if TYPE_CHECKING:
    from digest.storage.columns import AnyRow

_IS_OPEN: ColumnElement[bool] = literal_column("claim.is_open")
"""Without its type: SQLite would be asked for `is_open = 1`, and its index on open claims is `is_open`."""


_HELD = runs.SENDING_BETWEEN.where(stretches.c.claim_id == bindparam("claim"))
_HELD_BY = _HELD.where(stretches.c.owner == bindparam("owner"))


def held(
    connection: Connection, edition_id: int, references: Sequence[Reference], *, owner: str | None = None
) -> list[tuple[Stretch, list[int]]]:
    """Return the sending stretches of these first attempts, each with the numbers meant; locked."""
    numbers: defaultdict[int, list[int]] = defaultdict(list)
    for one in references:
        if one.attempt == 1 and one.edition_id == edition_id:
            numbers[one.claim_id].append(one.number)
    runs.lock(connection, numbers)
    found = []
    for claim_id, meant in numbers.items():
        asked = {"edition": edition_id, "first": min(meant), "last": max(meant), "claim": claim_id}
        query = _HELD if owner is None else _HELD_BY
        for row in connection.execute(query, asked if owner is None else asked | {"owner": owner}):
            whole = runs.of_row(row)
            inside = {number for number in meant if whole.first_number <= number <= whole.last_number}
            if inside:
                found.append((whole, sorted(inside)))
    return found


def renew(connection: Connection, edition_id: int, owner: str, *, lease_s: float) -> int:
    """Lengthen the owner's leases that have not run out and return how many."""
    until = now_ms() + int(lease_s * 1000)
    lengthened: set[int] = set()
    for table, claim_id, is_open in (
        (stretches, stretches.c.claim_id, and_(stretches.c.edition_id == edition_id, IS_RUN_SENDING)),
        (claims, claims.c.id, _open(edition_id)),
    ):
        lengthened |= set(
            connection.scalars(
                update(table)
                .where(is_open, table.c.owner == owner, table.c.lease_until_ms > now_ms())
                .values(lease_until_ms=until)
                .returning(claim_id)
            )
        )
    return len(lengthened)


def expire(connection: Connection, edition_id: int, *, owner: str | None) -> int:
    """Turn what is sending under a dead lease into uncertain and return how many."""
    total = _expire_stretches(connection, edition_id, owner)
    is_dead = claims.c.lease_until_ms <= now_ms() if owner is None else claims.c.owner == owner
    dead = connection.execute(
        select(claims).where(_open(edition_id), is_dead).order_by(claims.c.id).with_for_update()
    ).all()
    for one in dead:
        total += connection.execute(
            update(stragglers)
            .where(
                stragglers.c.edition_id == edition_id,
                stragglers.c.number.between(one.first_number, one.last_number),
                stragglers.c.claim_id == one.id,
                IS_SENDING,
            )
            .values(state=DeliveryState.UNCERTAIN, reason=_died(one.owner))
        ).rowcount
    if dead:
        ids = [one.id for one in dead]
        connection.execute(update(claims).where(claims.c.id.in_(ids)).values(is_open=False))
    return total


def _died(owner: str | None) -> str:
    return f"{owner} died or stalled while sending; nobody knows whether it was accepted"


def _expire_stretches(connection: Connection, edition_id: int, owner: str | None) -> int:
    is_dead = stretches.c.lease_until_ms <= now_ms() if owner is None else stretches.c.owner == owner
    dead = and_(stretches.c.edition_id == edition_id, IS_RUN_SENDING, is_dead)
    ids = connection.scalars(select(stretches.c.claim_id).where(dead)).all()
    if not ids:
        return 0
    runs.lock(connection, ids)
    found = connection.execute(
        select(stretches).where(dead, stretches.c.claim_id.in_(ids)).order_by(stretches.c.last_number)
    )
    total = 0
    for one in map(runs.of_row, found):
        runs.keep_claim(connection, one)
        scatter(connection, one, state=DeliveryState.UNCERTAIN, reason=_died(one.owner))
        total += one.size
    return total


def scatter(connection: Connection, whole: Stretch, *, state: DeliveryState, reason: str) -> None:
    """Give each delivery of a claimed stretch a row of its own."""
    own = and_(
        deliveries.c.edition_id == whole.edition_id,
        deliveries.c.number.between(whole.first_number, whole.last_number),
    )
    columns = stragglers.c
    values: dict[str, ColumnElement[Any]] = {
        "edition_id": deliveries.c.edition_id,
        "number": deliveries.c.number,
        "variant": deliveries.c.variant,
        **{
            name: literal(value, columns[name].type)
            for name, value in runs.straggler(whole, 0, state=state, reason=reason).items()
            if name not in {"edition_id", "number", "variant"}
        },
    }
    connection.execute(insert(stragglers).from_select(list(values), select(*values.values()).where(own)))
    runs.rewrite(connection, [whole], [])


def close_if_done(connection: Connection, claim: AnyRow) -> None:
    """Mark a claim closed when none of its deliveries is sending any more."""
    still = exists().where(
        stragglers.c.edition_id == claim.edition_id,
        stragglers.c.number.between(claim.first_number, claim.last_number),
        stragglers.c.claim_id == claim.id,
        IS_SENDING,
    )
    connection.execute(update(claims).where(claims.c.id == claim.id, ~still).values(is_open=False))


def due_in(connection: Connection, dispatch: AnyRow) -> float | None:
    """Return in how many seconds a planned delivery comes due or a lease runs out; None for never."""
    edition_id = dispatch.edition_id
    is_stopped, is_canary = bool(dispatch.stopped), not dispatch.is_canary_passed
    place = {"edition": edition_id} | ({"canary": dispatch.canary} if is_canary else {})
    moments = (
        *(
            select(func.min(table.c.not_before_ms)).where(
                free(table, is_stopped=is_stopped, is_canary=is_canary)
            )
            for table in (stretches, stragglers)
        ),
        select(func.min(stretches.c.lease_until_ms)).where(
            stretches.c.edition_id == edition_id, IS_RUN_SENDING
        ),
        select(func.min(claims.c.lease_until_ms)).where(_open(edition_id)),
    )
    row = connection.execute(select(*(one.scalar_subquery() for one in moments), now_ms()), place).one()
    known = [int(moment) for moment in row[:-1] if moment is not None]
    return max(0, min(known) - int(row[-1])) / 1000 if known else None


def is_canary_out(connection: Connection, dispatch: AnyRow) -> bool:
    """Tell whether every delivery of the canary slice has ended, but for those that wait for a decision."""
    still = [
        exists().where(
            table.c.edition_id == dispatch.edition_id,
            number <= dispatch.canary,
            table.c.state.in_((DeliveryState.PLANNED, DeliveryState.SENDING)),
            table.c.not_before_ms < NEVER_MS,
        )
        for table, number in (
            (stretches, stretches.c.first_number),
            (stragglers, stragglers.c.number),
        )
    ]
    return not connection.scalar(select(or_(*still)))


def owners(connection: Connection, edition_id: int) -> tuple[str, ...]:
    """Return who holds leases, each once."""
    query = select(claims.c.owner).where(_open(edition_id)).distinct()
    sending = (
        select(stretches.c.owner).where(stretches.c.edition_id == edition_id, IS_RUN_SENDING).distinct()
    )
    return tuple(sorted({*connection.scalars(query), *connection.scalars(sending)}))


def _open(edition_id: int) -> ColumnElement[bool]:
    return and_(claims.c.edition_id == edition_id, _IS_OPEN)
