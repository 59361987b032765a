"""Stretches: how consecutive deliveries that stand alike are one row, and how they are cut.

Every number of an edition lies in one stretch, or has a row of its own among the stragglers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    delete,
    func,
    insert,
    literal,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from digest.model import DeliveryState
from digest.storage.columns import now_ms
from digest.storage.tables import claims, deliveries, stragglers, stretches

if TYPE_CHECKING:
    from digest.storage.columns import AnyRow

# NOTE: literals, not parameters: only so do both databases use the partial indexes.
IS_PLANNED = stretches.c.state == literal_column("'planned'")
IS_SENDING = stretches.c.state == literal_column("'sending'")
IS_SENT = stretches.c.state == literal_column("'sent'")

NEVER_MS = 1 << 52
"""From here on a delivery's time is none: it waits for a decision, not for the clock."""

SIZE = stretches.c.last_number - stretches.c.first_number + 1

_LOCK = text("SELECT pg_advisory_xact_lock(:claim)")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A row of the table; its columns mean the same."""

    edition_id: int
    first_number: int
    last_number: int
    variant: int
    state: str = DeliveryState.PLANNED
    not_before_ms: int = 0
    claim_id: int | None = None
    owner: str | None = None
    lease_until_ms: int | None = None
    provider_id: str | None = None
    reason: str | None = None

    @property
    def size(self) -> int:
        """Return how many deliveries lie in it."""
        return self.last_number - self.first_number + 1

    def cut(self, first: int, last: int) -> Stretch:
        """Return a part of it."""
        return replace(self, first_number=first, last_number=last)

    def is_like(self, other: Stretch) -> bool:
        """Tell whether both are one, but for their numbers."""
        return replace(self, first_number=other.first_number, last_number=other.last_number) == other


def of_row(row: AnyRow) -> Stretch:
    """Return the stretch of a row."""
    return Stretch(**row._mapping)  # noqa: SLF001 - a public name that begins so


def lock(connection: Connection, claim_ids: Iterable[int]) -> None:
    """Let nobody else cut what these claims hold until the transaction ends.

    A stretch may be cut in two while somebody waits for its row, who would then see one half of it.
    """
    if connection.dialect.name == "postgresql":
        for claim_id in sorted(set(claim_ids)):
            connection.execute(_LOCK, {"claim": claim_id})


def between(edition_id: int, first: int, last: int) -> Any:
    """Return the query for the stretches that hold any of these numbers, in order."""
    other = stretches.alias("other")
    end = (
        select(other.c.last_number)
        .where(other.c.edition_id == edition_id, other.c.last_number >= last)
        .order_by(other.c.last_number)
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(stretches)
        .where(
            stretches.c.edition_id == edition_id,
            stretches.c.last_number >= first,
            stretches.c.last_number <= func.coalesce(end, literal(last)),
            stretches.c.first_number <= last,
        )
        .order_by(stretches.c.last_number)
    )


def parts(whole: Stretch, values: Mapping[int, Stretch | None]) -> list[Stretch]:
    """Return what becomes of a stretch whose numbers stand as these values' do; None takes one out."""
    found: list[Stretch] = []
    at = whole.first_number
    for number in sorted(values):
        if at < number:
            found.append(whole.cut(at, number - 1))
        value = values[number]
        if value is not None:
            found.append(value.cut(number, number))
        at = number + 1
    if at <= whole.last_number:
        found.append(whole.cut(at, whole.last_number))
    return merged(found)


def merged(found: Sequence[Stretch]) -> list[Stretch]:
    """Return neighbors that stand alike as one."""
    made: list[Stretch] = []
    for one in found:
        before = made[-1] if made else None
        if before and before.last_number + 1 == one.first_number and before.is_like(one):
            made[-1] = before.cut(before.first_number, one.last_number)
        else:
            made.append(one)
    return made


def rewrite(
    connection: Connection, old: Sequence[Stretch], new: Sequence[Stretch], *, lease_ms: int | None = None
) -> None:
    """Write what these stretches became: the rows that differ, each by its key.

    Args:
        lease_ms: so long those of them that have an owner, and had none, are theirs.
    """
    before = {one.last_number: one for one in old}
    after = {one.last_number: one for one in new}
    gone = sorted(before.keys() - after.keys())
    if gone:
        connection.execute(
            delete(stretches).where(
                stretches.c.edition_id == old[0].edition_id, stretches.c.last_number.in_(gone)
            )
        )
    for number in sorted(before.keys() & after.keys()):
        changes = _changes(before[number], after[number])
        if lease_ms is not None and changes.get("owner"):
            changes["lease_until_ms"] = now_ms() + lease_ms
        if changes:
            connection.execute(update(stretches).where(_is(after[number])).values(changes))
    made = [asdict(after[number]) for number in sorted(after.keys() - before.keys())]
    if made:
        leased = insert(stretches)
        if lease_ms is not None:
            del made[0]["lease_until_ms"]
            leased = leased.values(lease_until_ms=now_ms() + lease_ms)
            made = [{name: one[name] for name in made[0]} for one in made]
        connection.execute(leased, made)


def add(connection: Connection, rows: Sequence[Mapping[str, object]], claim: Stretch | None) -> None:
    """Give deliveries rows of their own, and keep the claim they were part of."""
    if not rows:
        return
    connection.execute(insert(stragglers), list(rows))
    if claim is not None:
        keep_claim(connection, claim)


def keep_claim(connection: Connection, claim: Stretch) -> None:
    """Keep what proves, when no stretch says it any more, that a reference of this claim was ours."""
    made = postgresql.insert(claims) if connection.dialect.name == "postgresql" else sqlite.insert(claims)
    connection.execute(
        made.values(
            id=claim.claim_id,
            edition_id=claim.edition_id,
            owner=claim.owner or "",
            lease_until_ms=0,
            first_number=claim.first_number,
            last_number=claim.last_number,
            is_open=False,
        ).on_conflict_do_nothing()
    )


def straggler(whole: Stretch, number: int, **values: object) -> dict[str, object]:
    """Return the row of a delivery that leaves its stretch."""
    return {
        "edition_id": whole.edition_id,
        "number": number,
        "variant": whole.variant,
        "state": whole.state,
        "attempt": 0 if whole.claim_id is None else 1,
        "not_before_ms": whole.not_before_ms,
        "claim_id": whole.claim_id,
        "provider_id": whole.provider_id,
        "reason": whole.reason,
    } | values


def planned_at(connection: Connection, edition_id: int, number: int) -> Stretch | None:
    """Return the planned stretch that a number lies in, locked; None where it lies in none."""
    query = (
        select(stretches)
        .where(stretches.c.edition_id == edition_id, stretches.c.last_number >= number)
        .order_by(stretches.c.last_number)
        .limit(1)
        .with_for_update()
    )
    row = connection.execute(query).one_or_none()
    is_there = row is not None and row.first_number <= number and row.state == DeliveryState.PLANNED
    return of_row(row) if row is not None and is_there else None


def state_of() -> ColumnElement[str]:
    """Return the state of a delivery, as SQL beside `delivery`."""
    own = and_(
        stragglers.c.edition_id == deliveries.c.edition_id, stragglers.c.number == deliveries.c.number
    )
    apart = select(stragglers.c.state).where(own).correlate(deliveries).scalar_subquery()
    return func.coalesce(apart, _of_stretch(stretches.c.state))


def _of_stretch(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return (
        select(column)
        .where(
            stretches.c.edition_id == deliveries.c.edition_id,
            stretches.c.last_number >= deliveries.c.number,
        )
        .order_by(stretches.c.last_number)
        .limit(1)
        .correlate(deliveries)
        .scalar_subquery()
    )


def _is(one: Stretch) -> ColumnElement[bool]:
    return and_(stretches.c.edition_id == one.edition_id, stretches.c.last_number == one.last_number)


def _changes(old: Stretch, new: Stretch) -> dict[str, object]:
    before = asdict(old)
    return {name: value for name, value in asdict(new).items() if value != before[name]}
