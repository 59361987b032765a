"""Stretches: how consecutive deliveries that stand alike are one row, and how they are cut.

Every number of an edition lies in one stretch, or has a row of its own among the stragglers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    select,
    text,
    update,
)

from digest.model import DeliveryState
from digest.storage.columns import insert_into, now_ms
from digest.storage.prepared import Prepared
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
    return Stretch(*(getattr(row, name) for name in _COLUMNS))


def lock(connection: Connection, claim_ids: Iterable[int]) -> None:
    """Let nobody else cut what these claims hold until the transaction ends.

    A stretch may be cut in two while somebody waits for its row, who would then see one half of it.
    """
    if connection.dialect.name == "postgresql":
        for claim_id in sorted(set(claim_ids)):
            connection.execute(_LOCK, {"claim": claim_id})


def _between() -> Select[Any]:
    other = stretches.alias("other")
    end = (
        select(other.c.last_number)
        .where(other.c.edition_id == bindparam("edition"), other.c.last_number >= bindparam("last"))
        .order_by(other.c.last_number)
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(stretches)
        .where(
            stretches.c.edition_id == bindparam("edition"),
            stretches.c.last_number >= bindparam("first"),
            stretches.c.last_number <= func.coalesce(end, bindparam("last")),
            stretches.c.first_number <= bindparam("last"),
        )
        .order_by(stretches.c.last_number)
    )


# Made once, here and below: to put such a statement together takes longer than to run it.
SENDING_BETWEEN = _between().where(IS_SENDING)
"""The sending stretches of `edition` that hold any number from `first` to `last`, in order."""


def parts(whole: Stretch, values: Mapping[int, Stretch | None]) -> list[Stretch]:
    """Return what becomes of a stretch whose numbers stand as these values' do; None takes one out."""
    found: list[tuple[int, int, Stretch]] = []

    def add(first: int, last: int, value: Stretch) -> None:
        # One value for many is put together here: to cut a stretch for each number takes far longer.
        if found and found[-1][2] is value and found[-1][1] + 1 == first:
            first = found.pop()[0]
        found.append((first, last, value))

    at = whole.first_number
    for number in sorted(values):
        if at < number:
            add(at, number - 1, whole)
        value = values[number]
        if value is not None:
            add(number, number, value)
        at = number + 1
    if at <= whole.last_number:
        add(at, whole.last_number, whole)
    return merged([value.cut(first, last) for first, last, value in found])


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
    if lease_ms is not None and _is_cut_off(old, new) and connection.dialect.name == "postgresql":
        its = {f"new_{name}": getattr(new[0], name) for name in _UNLEASED} | {"lease_ms": lease_ms}
        _CUT_OFF.count(connection, its | {"its_last": old[0].last_number, "its_first": new[1].first_number})
        return
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
        if changes:
            is_leased = lease_ms is not None and bool(changes.get("owner"))
            its = {f"new_{name}": value for name, value in changes.items()}
            its |= {"its_edition": old[0].edition_id, "its_last": number, "lease_ms": lease_ms}
            _updating(tuple(sorted(changes)), is_leased=is_leased).count(connection, its)
    made = [_columns(after[number]) for number in sorted(after.keys() - before.keys())]
    if made and lease_ms is not None:
        made = [{name: one[name] for name in _UNLEASED} | {"lease_ms": lease_ms} for one in made]
        for one in made:
            _LEASED.count(connection, one)
    elif made:
        connection.execute(_MADE, made)


_COLUMNS = tuple(one.name for one in fields(Stretch))
_UNLEASED = tuple(name for name in _COLUMNS if name != "lease_until_ms")
_LEASE = now_ms() + bindparam("lease_ms", type_=BigInteger())
_MADE = insert(stretches)
_LEASED = Prepared(
    insert(stretches).values(lease_until_ms=_LEASE, **{name: bindparam(name) for name in _UNLEASED})
)

_REST = (
    update(stretches)
    .where(
        stretches.c.edition_id == bindparam("new_edition_id"),
        stretches.c.last_number == bindparam("its_last"),
    )
    .values(first_number=bindparam("its_first", type_=Integer()))
    .cte("rest")
)
_CUT_OFF = Prepared(
    insert(stretches)
    .values(lease_until_ms=_LEASE, **{name: bindparam(f"new_{name}") for name in _UNLEASED})
    .add_cte(_REST)
)
"""A claim off the front of a stretch, both rows by one statement; SQLite has no such thing.

No value is named as a column: SQLAlchemy would set that column in the inner UPDATE too.
"""


def _is_cut_off(old: Sequence[Stretch], new: Sequence[Stretch]) -> bool:
    """Tell whether all that was done is to take the first ones off a stretch, who have an owner now."""
    if len(old) != 1 or len(new) != 2:
        return False
    taken, rest = new
    return bool(taken.owner) and rest == old[0].cut(taken.last_number + 1, old[0].last_number)


@cache
def _updating(names: tuple[str, ...], *, is_leased: bool) -> Prepared:
    values: dict[str, Any] = {
        name: bindparam(f"new_{name}", type_=stretches.c[name].type) for name in names
    }
    if is_leased:
        values["lease_until_ms"] = _LEASE
    return Prepared(
        update(stretches)
        .where(
            stretches.c.edition_id == bindparam("its_edition"),
            stretches.c.last_number == bindparam("its_last"),
        )
        .values(values)
    )


def add(connection: Connection, rows: Sequence[Mapping[str, object]], claim: Stretch | None) -> None:
    """Give deliveries rows of their own, and keep the claim they were part of."""
    if not rows:
        return
    connection.execute(insert(stragglers), list(rows))
    if claim is not None:
        keep_claim(connection, claim)


def keep_claim(connection: Connection, claim: Stretch) -> None:
    """Keep what proves, when no stretch says it any more, that a reference of this claim was ours."""
    made = insert_into(claims, connection.dialect.name)
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


def _columns(one: Stretch) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _COLUMNS}


def _changes(old: Stretch, new: Stretch) -> dict[str, Any]:
    return {name: getattr(new, name) for name in _COLUMNS if getattr(new, name) != getattr(old, name)}
