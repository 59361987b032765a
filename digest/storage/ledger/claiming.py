"""Claims: taking planned deliveries for oneself."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    Table,
    and_,
    bindparam,
    exists,
    func,
    insert,
    literal_column,
    select,
    update,
)

from digest.model import Delivery, DeliveryState, EditionKey, Variant
from digest.storage import stretches as runs
from digest.storage.columns import now_ms
from digest.storage.ledger.references import fresh_claim_id, of_claim
from digest.storage.ledger.waves import TOO_LATE, late_ranges
from digest.storage.prepared import Prepared
from digest.storage.stretches import Stretch
from digest.storage.tables import claims, deliveries, stragglers, stretches

MAX_CLAIM = 10_000
"""Deliveries in one claim at most."""

# NOTE: literals, not parameters: only so do both databases use the index on planned stragglers.
IS_PLANNED = stragglers.c.state == literal_column("'planned'")
IS_SENDING = stragglers.c.state == literal_column("'sending'")

SUPPRESSED = "suppressed or unsubscribed since the edition was frozen"

if TYPE_CHECKING:
    from digest.ports import ClaimTerms, Suppressed
    from digest.storage.columns import AnyRow


@dataclass(frozen=True, slots=True)
class Frozen:
    """What every claim of a freeze goes by, and nothing changes.

    Attributes:
        variants: by number.
        has_waves: there are parts of it with a deadline of their own.
    """

    variants: dict[int, Variant]
    has_waves: bool


class LastLook:
    """The two questions of the last look at a claim, put together once: that takes longer than to ask.

    Attributes:
        of_range: the deliveries of `edition` from `first` to `last`, each with whether it `is_gone`.
        of_numbers: which of these `numbers` of `edition` must not get mail any more.
    """

    def __init__(self, suppressed: Suppressed | None) -> None:
        """Draw up both for one way to tell who must not get mail; None lets everybody have it.

        Raises:
            TypeError: it gives no query of this database.
        """
        self.suppressed = suppressed
        within = and_(
            deliveries.c.edition_id == bindparam("edition"),
            deliveries.c.number.between(bindparam("first"), bindparam("last")),
        )
        among = and_(
            deliveries.c.edition_id == bindparam("edition"),
            deliveries.c.number.in_(bindparam("numbers", expanding=True)),
        )
        is_gone = literal_column("0") if suppressed is None else self._is_gone(suppressed, within)
        self.of_range = Prepared(
            select(*_DELIVERY, literal_column("1").label("attempt"), is_gone.label("is_gone"))
            .where(within)
            .order_by(deliveries.c.number)
        )
        self.of_numbers = (
            None
            if suppressed is None
            else select(deliveries.c.number).where(among, self._is_gone(suppressed, among))
        )

    @staticmethod
    def _is_gone(suppressed: Suppressed, these: ColumnElement[bool]) -> ColumnElement[bool]:
        query = suppressed(select(deliveries.c.canonical).where(these))
        if not isinstance(query, Select):
            raise TypeError("this ledger takes whom a query gives as a SQLAlchemy Select")
        return deliveries.c.canonical.in_(query)


def claim(
    connection: Connection,
    key: EditionKey,
    dispatch: AnyRow,
    owner: str,
    terms: ClaimTerms,
    *,
    look: LastLook,
    frozen: Frozen,
) -> tuple[Delivery, ...] | None:
    """Return what is now the owner's; None when nothing is due, () when all that was due was skipped."""
    taking = _Taking(connection, dispatch, owner, terms, look=look, has_waves=frozen.has_waves)
    rows = taking.take()
    if rows is None:
        return None
    if not rows:
        return ()
    reference = of_claim(dispatch.edition_id, taking.claim_id)
    variant = frozen.variants[taking.variant]
    return tuple(
        Delivery(
            edition=key,
            subscriber=row.subscriber,
            address=row.address,
            name=row.name,
            variant=variant,
            attempt=row.attempt,
            reference=reference(row.number, row.attempt),
            mailing_list=row.mailing_list,
        )
        for row in rows
    )


@cache
def next_due(*, is_stopped: bool, is_canary: bool) -> Select[Any]:
    """Return the query for the stragglers of `edition` that are to go next, `most` at most.

    The order is the index's, word for word, and no variant is asked for: SQLite would take it out of
    the order and sort all that is due. What is due together mostly is of one variant anyway.
    """
    return (
        select(stragglers.c.number, stragglers.c.variant, stragglers.c.not_before_ms)
        .where(free(stragglers, is_stopped=is_stopped, is_canary=is_canary), _is_due(stragglers))
        .order_by(stragglers.c.not_before_ms, stragglers.c.variant, stragglers.c.number)
        .limit(bindparam("most", type_=Integer()))
        .with_for_update(skip_locked=True)
    )


@cache
def next_stretch(*, is_stopped: bool, is_canary: bool) -> Select[Any]:
    """Return the query for the stretch of `edition` to take the next ones off, in its index's order.

    Beside it stands whether a straggler is due.
    """
    again = exists().where(
        free(stragglers, is_stopped=is_stopped, is_canary=is_canary), _is_due(stragglers)
    )
    return (
        select(stretches, again.label("has_stragglers"))
        .where(free(stretches, is_stopped=is_stopped, is_canary=is_canary), _is_due(stretches))
        .order_by(stretches.c.not_before_ms, stretches.c.variant, stretches.c.last_number)
        .limit(1)
        .with_for_update(skip_locked=True, of=stretches)
    )


@cache
def _next_stretch(*, is_stopped: bool, is_canary: bool) -> Prepared:
    return Prepared(next_stretch(is_stopped=is_stopped, is_canary=is_canary))


class _Taking:
    """One claim while it is made: of stragglers, or off the front of planned stretches."""

    def __init__(
        self,
        connection: Connection,
        dispatch: AnyRow,
        owner: str,
        terms: ClaimTerms,
        *,
        look: LastLook,
        has_waves: bool,
    ) -> None:
        self._connection, self._owner = connection, owner
        self._edition_id: int = dispatch.edition_id
        self._canary: int = dispatch.canary
        self._is_stopped, self._is_canary = bool(dispatch.stopped), not dispatch.is_canary_passed
        self._place = {"edition": self._edition_id}
        if self._is_canary:
            self._place["canary"] = self._canary
        self._left, self._lease_ms = min(terms["limit"], MAX_CLAIM), int(terms["lease_s"] * 1000)
        self._note, self._ahead_s = terms.get("note", ""), terms.get("ahead_s", 0.0)
        self._look = look
        self._late: list[tuple[int, int]] | None = None if has_waves else []
        self.claim_id = fresh_claim_id()
        self.variant = 0

    def take(self) -> list[AnyRow] | None:
        """Return the rows of what is claimed; None where nothing is due, nothing where all was skipped."""
        row = self._next_stretch()
        again = self._next_due() if row is None or row.has_stragglers else []
        if not again and row is None:
            return None
        found: list[AnyRow] = []
        if again and (row is None or (again[0][2], again[0][1]) <= (row.not_before_ms, row.variant)):
            self.variant = again[0].variant
            found += self._take_again([one.number for one in again if one.variant == self.variant])
        elif row is not None:
            self.variant = row.variant
        while row is not None and row.variant == self.variant and self._left:
            found += self._take_off(runs.of_row(row))
            row = self._next_stretch() if self._left else None
        return found

    def _next_due(self) -> Sequence[AnyRow]:
        query = next_due(is_stopped=self._is_stopped, is_canary=self._is_canary)
        return self._connection.execute(query, self._place | {"most": self._left}).all()

    def _next_stretch(self) -> AnyRow | None:
        query = _next_stretch(is_stopped=self._is_stopped, is_canary=self._is_canary)
        return query.one(self._connection, self._place)

    def _take_off(self, whole: Stretch) -> list[AnyRow]:
        """Claim the first ones of a planned stretch, but for those who are late or gone."""
        last = min(whole.last_number, whole.first_number + self._left - 1)
        if self._is_canary:
            last = min(last, self._canary)
        for first, end in self._late_ranges():
            if first <= whole.first_number <= end:
                return self._skip_late(whole, min(end, whole.last_number))
            if whole.first_number < first <= last:
                last = first - 1
        self._left -= last - whole.first_number + 1
        rest = [whole.cut(last + 1, whole.last_number)] if last < whole.last_number else []
        place = {"edition": self._edition_id, "first": whole.first_number, "last": last}
        rows = self._look.of_range.rows(self._connection, place)
        gone = {row.number for row in rows if row.is_gone}
        mine = replace(
            whole.cut(whole.first_number, last),
            state=DeliveryState.SENDING,
            claim_id=self.claim_id,
            owner=self._owner,
            provider_id=self._note or None,
        )
        runs.add(
            self._connection,
            [
                runs.straggler(whole, number, state=DeliveryState.SKIPPED, reason=SUPPRESSED)
                for number in sorted(gone)
            ],
            None,
        )
        taken = runs.parts(mine, dict.fromkeys(gone))
        runs.rewrite(self._connection, [whole], [*taken, *rest], lease_ms=self._lease_ms)
        return [row for row in rows if not row.is_gone] if gone else rows

    def _skip_late(self, whole: Stretch, last: int) -> list[AnyRow]:
        late = replace(whole.cut(whole.first_number, last), state=DeliveryState.SKIPPED, reason=TOO_LATE)
        rest = [whole.cut(last + 1, whole.last_number)] if last < whole.last_number else []
        runs.rewrite(self._connection, [whole], [late, *rest])
        return []

    def _take_again(self, numbers: list[int]) -> list[AnyRow]:
        """Claim stragglers, but for those who are late or gone."""
        self._left -= len(numbers)
        late = {one for one in numbers for first, last in self._late_ranges() if first <= one <= last}
        self._skip(late, TOO_LATE)
        numbers = sorted(set(numbers) - late)
        gone = self._gone(numbers) if numbers else set()
        self._skip(gone, SUPPRESSED)
        numbers = [one for one in numbers if one not in gone]
        if not numbers:
            return []
        self._connection.execute(
            insert(claims).values(
                id=self.claim_id,
                edition_id=self._edition_id,
                owner=self._owner,
                lease_until_ms=now_ms() + self._lease_ms,
                first_number=numbers[0],
                last_number=numbers[-1],
                is_open=True,
            )
        )
        own = and_(stragglers.c.edition_id == self._edition_id, stragglers.c.number.in_(numbers))
        self._connection.execute(
            update(stragglers)
            .where(own)
            .values(
                state=DeliveryState.SENDING,
                attempt=stragglers.c.attempt + 1,
                claim_id=self.claim_id,
                reason=None,
                provider_id=self._note or None,
            )
        )
        query = (
            select(*_DELIVERY, stragglers.c.attempt)
            .join(
                deliveries,
                and_(
                    deliveries.c.edition_id == stragglers.c.edition_id,
                    deliveries.c.number == stragglers.c.number,
                ),
            )
            .where(own)
            .order_by(stragglers.c.number)
        )
        return list(self._connection.execute(query))

    def _late_ranges(self) -> list[tuple[int, int]]:
        if self._late is None:
            self._late = late_ranges(self._connection, self._edition_id, ahead_s=self._ahead_s)
        return self._late

    def _gone(self, numbers: list[int]) -> set[int]:
        """Return those among these of whoever must not get mail any more."""
        if self._look.of_numbers is None:
            return set()
        place = {"edition": self._edition_id, "numbers": numbers}
        return set(self._connection.scalars(self._look.of_numbers, place))

    def _skip(self, numbers: Collection[int], reason: str) -> None:
        if numbers:
            self._connection.execute(
                update(stragglers)
                .where(
                    stragglers.c.edition_id == self._edition_id, stragglers.c.number.in_(sorted(numbers))
                )
                .values(state=DeliveryState.SKIPPED, reason=reason)
            )


_DELIVERY = (
    deliveries.c.number,
    deliveries.c.subscriber,
    func.coalesce(deliveries.c.address, deliveries.c.canonical).label("address"),
    deliveries.c.name,
    deliveries.c.mailing_list,
)


def free(table: Table, *, is_stopped: bool, is_canary: bool) -> ColumnElement[bool]:
    """Return the condition that a delivery of `edition`, or a stretch's first one, may go once it is due.

    Args:
        is_canary: only the first ones may, up to `canary`.
    """
    number = table.c.first_number if table is stretches else table.c.number
    conditions = [
        table.c.edition_id == bindparam("edition", type_=Integer()),
        table.c.state == literal_column("'planned'"),
    ]
    if is_stopped:
        conditions.append(literal_column("1") == literal_column("0"))
    if is_canary:
        conditions.append(number <= bindparam("canary", type_=Integer()))
    return and_(*conditions)


def _is_due(table: Table) -> ColumnElement[bool]:
    return table.c.not_before_ms <= now_ms()
