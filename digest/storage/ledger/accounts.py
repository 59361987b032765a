"""What audits show: the counts of an edition, and single deliveries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Label,
    Select,
    Table,
    and_,
    case,
    func,
    literal_column,
    or_,
    select,
    true,
)

from digest.model import DEADLINE_PASSED, DeliveryRecord, DeliveryState, Tally
from digest.storage.columns import now_ms
from digest.storage.forgetting import ERASED
from digest.storage.ledger.claiming import SUPPRESSED
from digest.storage.ledger.references import Reference
from digest.storage.stretches import SIZE
from digest.storage.tables import deliveries, stragglers, stretches

if TYPE_CHECKING:
    from digest.storage.columns import AnyRow


def tally(connection: Connection, dispatch: AnyRow) -> Tally:
    """Return the counts by state; `frozen` is the number written at the freeze, never a sum."""
    of_stretches = _counts(
        stretches, size=SIZE, early=_early_part(dispatch), is_new=stretches.c.claim_id.is_(None)
    )
    apart = _counts(
        stragglers, size=literal_column("1"), early=_early(dispatch), is_new=stragglers.c.attempt == 0
    )
    both = [
        counts.where(table.c.edition_id == dispatch.edition_id).subquery(f"of_{table.name}")
        for table, counts in ((stretches, of_stretches), (stragglers, apart))
    ]
    # One statement, or who leaves a stretch meanwhile would be counted twice.
    names = list(both[0].c.keys())
    sums = [sum((func.coalesce(one.c[name], 0) for one in both), start=_NONE).label(name) for name in names]
    found = connection.execute(select(*sums).select_from(both[0].join(both[1], true()))).one()
    return Tally(
        frozen=dispatch.frozen,
        **{name: int(count) for name, count in found._mapping.items()},  # noqa: SLF001
    )


_NONE = literal_column("0", Integer)


def _counts(
    table: Table, *, size: ColumnElement[int], early: ColumnElement[int], is_new: ColumnElement[bool]
) -> Select[Any]:
    """Return the query for what `Tally` wants, in one pass and without a GROUP BY."""

    def total(of: ColumnElement[int], *conditions: ColumnElement[bool]) -> ColumnElement[Any]:
        return func.sum(of).filter(and_(*conditions))

    # Tried before, it waits for a server that was not well: that is no time of its own.
    is_waiting = and_(table.c.state == DeliveryState.PLANNED, is_new)
    is_skipped = table.c.state == DeliveryState.SKIPPED
    counts: list[Label[Any]] = [
        *(total(size, table.c.state == one).label(one) for one in DeliveryState),
        total(early, is_waiting).label("waiting"),
        total(size, is_skipped, table.c.reason.startswith(DEADLINE_PASSED)).label("late"),
        total(size, is_skipped, table.c.reason.in_((SUPPRESSED, ERASED))).label("gone"),
    ]
    return select(*counts)


def _early(dispatch: AnyRow) -> ColumnElement[int]:
    is_early = stragglers.c.not_before_ms > now_ms()
    if not dispatch.is_canary_passed:
        is_early = or_(is_early, stragglers.c.number > dispatch.canary)
    return case((is_early, 1), else_=0)


def _early_part(dispatch: AnyRow) -> ColumnElement[int]:
    """Return how many of a planned stretch may not go yet."""
    is_early = stretches.c.not_before_ms > now_ms()
    if dispatch.is_canary_passed:
        return case((is_early, SIZE), else_=0)
    past = stretches.c.last_number - dispatch.canary
    return case((or_(is_early, past >= SIZE), SIZE), (past > 0, past), else_=0)


def standing(
    connection: Connection,
    edition_id: int,
    states: Sequence[DeliveryState],
    *,
    limit: int | None = None,
) -> Iterator[AnyRow]:
    """Return an edition's deliveries in these states and how each stands, by number."""
    found = []
    for table in (stretches, stragglers):
        if table is stretches:
            first, last = stretches.c.first_number, stretches.c.last_number
            joined: ColumnElement[bool] = deliveries.c.number.between(first, last)
            attempt: ColumnElement[int] = case((stretches.c.claim_id.is_(None), 0), else_=1)
            order = stretches.c.last_number
        else:
            joined, attempt = deliveries.c.number == stragglers.c.number, stragglers.c.attempt
            order = stragglers.c.number
        query = (
            select(
                *deliveries.c,
                table.c.state,
                attempt.label("attempt"),
                table.c.claim_id,
                table.c.provider_id,
                table.c.reason,
            )
            .join(deliveries, and_(deliveries.c.edition_id == table.c.edition_id, joined))
            .where(table.c.edition_id == edition_id, table.c.state.in_(states))
            .order_by(order, deliveries.c.number)
            .limit(limit)
        )
        found.append(connection.execute(query).all())
    return islice(merge(*found, key=lambda row: int(row.number)), limit)


def record(row: AnyRow) -> DeliveryRecord:
    """Return a delivery as the audit shows it."""
    claim = row.claim_id
    reference = "" if claim is None else str(Reference(row.edition_id, row.number, row.attempt, claim))
    return DeliveryRecord(
        subscriber=row.subscriber,
        address=row.address or row.canonical,
        state=DeliveryState(row.state),
        reason=row.reason or "",
        attempt=row.attempt,
        reference=reference,
        provider_id=row.provider_id or "",
    )
