"""What the ledger knows of a person: told, taken away on request, and taken away by time.

Counts outlast people: a delivery keeps its state, its variant and its number, and names nobody. Instead
of an address it then has a `#` and its number, which is no address and can't be sent to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Text,
    and_,
    case,
    cast,
    delete,
    func,
    literal,
    or_,
    select,
    update,
)

from digest.errors import BadData
from digest.model import DeliveryState, EditionKey, EditionState
from digest.storage import stretches as runs
from digest.storage.columns import address_mark, at_places, insert_into
from digest.storage.engine import Store
from digest.storage.searching import marks
from digest.storage.tables import (
    HAS_ADDRESS,
    IS_OPEN,
    IS_OVER,
    claims,
    deliveries,
    dispatches,
    editions,
    mail_events,
    stragglers,
    stretches,
    sweeps,
)

if TYPE_CHECKING:
    from digest.storage.columns import AnyRow

ERASED = "the reader was erased"

ONCE_A_DAY = timedelta(hours=20)
"""A run that comes a little earlier than yesterday's still counts as the next day's."""

_CHUNK = 50_000
_NOBODY = literal("#") + cast(deliveries.c.number, Text)
_NAMELESS: dict[str, Any] = {
    "subscriber": _NOBODY,
    "canonical": _NOBODY,
    "address": None,
    "name": "",
}
_BLANK = {"address": "", "reason": "", "raw": ""}
_SETTLED = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.SKIPPED)

IS_NOBODY = deliveries.c.canonical.startswith("#")
"""The delivery names nobody any more."""


class SqlForgetting:
    """The ledger's part of a person's rights."""

    def __init__(self, store: Store) -> None:
        """Read and write through `store`, which its owner closes."""
        self._store = store

    def of_reader(self, canonical: str) -> dict[str, list[dict[str, object]]]:
        """Return the deliveries and the reports of a canonical address, as JSON can hold them."""
        with self._store.reading() as connection:
            rows = connection.execute(
                select(deliveries, editions.c.newsletter, editions.c.day, editions.c.slot)
                .join(editions, editions.c.id == deliveries.c.edition_id)
                .where(marks.is_of(connection, canonical))
            ).all()
            stands = {(row.edition_id, row.number): _standing(connection, row) for row in rows}
            reports = {
                row.event_id: row
                for told in _told_of(canonical, [(row.edition_id, row.number) for row in rows])
                for row in connection.execute(select(mail_events).where(told))
            }
        return {
            "deliveries": [
                {
                    "edition": str(EditionKey(row.newsletter, row.day, row.slot)),
                    "state": stand.state,
                    "reason": stand.reason or "",
                    "address": row.address or row.canonical,
                    "name": row.name,
                    "mailing_list": row.mailing_list,
                    "attempts": stand.attempt,
                    "provider_id": stand.provider_id or "",
                }
                for row in sorted(rows, key=lambda row: (row.day, row.slot, row.newsletter))
                for stand in [stands[row.edition_id, row.number]]
            ],
            "reports": [
                {
                    "kind": row.kind,
                    "at": row.at.isoformat(),
                    "address": row.address,
                    "reason": row.reason,
                    "url": row.url,
                    "raw": row.raw,
                }
                for row in sorted(reports.values(), key=lambda row: (row.at, row.event_id))
            ],
        }

    def forget_reader(self, canonical: str, *, is_final: bool = False) -> int:
        """Take a person out of the ledger and return how many deliveries were theirs.

        What is planned is skipped. What may be on its way keeps the address, for the last look and for
        its evidence, until a call that `is_final`.
        """
        with self._store.writing() as connection:
            places = [
                (row.edition_id, row.number)
                for row in connection.execute(
                    select(deliveries.c.edition_id, deliveries.c.number).where(
                        marks.is_of(connection, canonical)
                    )
                )
            ]
            for told in _told_of(canonical, places):
                connection.execute(update(mail_events).where(told).values(_BLANK))
            for edition_id, number in places:
                self._forget(connection, edition_id, number, canonical, is_final=is_final)
            return len(places)

    @staticmethod
    def _forget(
        connection: Connection, edition_id: int, number: int, canonical: str, *, is_final: bool
    ) -> None:
        """Skip one delivery where it is planned, and take its names where they are of no use any more."""
        whole = runs.planned_at(connection, edition_id, number)
        if whole is not None:
            runs.rewrite(connection, [whole], runs.parts(whole, {number: None}))
            gone = runs.straggler(whole, number, state=DeliveryState.SKIPPED, reason=ERASED)
            runs.add(connection, [gone], None)
        own = and_(stragglers.c.edition_id == edition_id, stragglers.c.number == number)
        connection.execute(
            update(stragglers)
            .where(own, stragglers.c.state == DeliveryState.PLANNED)
            .values(state=DeliveryState.SKIPPED, reason=ERASED)
        )
        its = and_(deliveries.c.edition_id == edition_id, deliveries.c.number == number)
        may_go = its if is_final else and_(its, runs.state_of().in_(_SETTLED))
        if connection.execute(update(deliveries).where(may_go).values(_NAMELESS)).rowcount:
            connection.execute(update(stragglers).where(own).values(provider_id=None))
            marks.take_out(connection, edition_id, number, canonical)

    def forget_before(self, *, deliveries_before: datetime, events_before: datetime) -> tuple[int, int]:
        """Take the names off deliveries and reports of editions closed before; return how many of each.

        Reports of no delivery of ours go altogether.
        """
        named, told = 0, 0
        for edition_id in self._closed(dispatches.c.events_forgotten_at, events_before):
            told += self._blank(edition_id)
            with self._store.writing() as connection:
                self._mark(connection, edition_id, events_forgotten_at=events_before)
        for edition_id in self._closed(dispatches.c.deliveries_forgotten_at, deliveries_before):
            named += self._take_names(edition_id, deliveries_before)
        with self._store.writing() as connection:
            strays = and_(mail_events.c.edition_id.is_(None), mail_events.c.at < events_before)
            told += connection.execute(delete(mail_events).where(strays)).rowcount
        return named, told

    def begin_sweep(self, name: str, *, now: datetime) -> bool:
        """Tell whether a day's sweep is due, and count it as done: of all who ask, one is told yes."""
        with self._store.writing() as connection:
            first = insert_into(sweeps, connection.dialect.name)
            first = first.values(name=name, at=now).on_conflict_do_nothing()
            if connection.scalar(first.returning(sweeps.c.name)) is not None:
                return True
            found = connection.execute(
                select(sweeps.c.at).where(sweeps.c.name == name).with_for_update(of=sweeps)
            ).scalar_one()
            if now - found < ONCE_A_DAY:
                return False
            connection.execute(update(sweeps).where(sweeps.c.name == name).values(at=now))
            return True

    def _closed(self, mark: ColumnElement[Any], before: datetime) -> list[int]:
        """Return the editions closed before that still have names."""
        with self._store.reading() as connection:
            return list(
                connection.scalars(
                    select(dispatches.c.edition_id)
                    .join(editions, editions.c.id == dispatches.c.edition_id)
                    .where(
                        mark.is_(None),
                        editions.c.state == EditionState.CLOSED,
                        editions.c.closed_at < before,
                    )
                    .order_by(dispatches.c.edition_id)
                )
            )

    def _blank(self, edition_id: int) -> int:
        """Take the names out of an edition's reports, some at a time: no sending waits long."""
        its = mail_events.c.edition_id == edition_id
        names = or_(*(mail_events.c[name] != "" for name in _BLANK))
        with self._store.reading() as connection:
            last = connection.scalar(select(func.max(mail_events.c.number)).where(its)) or 0
        told = 0
        for first in range(0, last + 1, _CHUNK):
            with self._store.writing() as connection:
                some = mail_events.c.number.between(first, first + _CHUNK - 1)
                told += connection.execute(
                    update(mail_events).where(its, some, names).values(_BLANK)
                ).rowcount
        return told

    def _take_names(self, edition_id: int, before: datetime) -> int:
        """Take the names off an edition's deliveries, some at a time: no sending waits long."""
        own = deliveries.c.edition_id == edition_id
        with self._store.reading() as connection:
            last = connection.scalar(select(func.max(deliveries.c.number)).where(own)) or 0
        named = 0
        for first in range(0, last + 1, _CHUNK):
            with self._store.writing() as connection:
                some = deliveries.c.number.between(first, first + _CHUNK - 1)
                named += connection.execute(
                    update(deliveries).where(own, some, ~IS_NOBODY).values(_NAMELESS)
                ).rowcount
        for table in (stretches, stragglers):
            with self._store.writing() as connection:
                told = and_(table.c.edition_id == edition_id, table.c.provider_id.is_not(None))
                connection.execute(update(table).where(told).values(provider_id=None))
        with self._store.writing() as connection:
            # Claims prove what a late report means; of nobody's delivery there is nothing to prove.
            forget_claims(connection, edition_id)
            marks.drop(connection, edition_id)
            self._mark(connection, edition_id, deliveries_forgotten_at=before)
        return named

    @staticmethod
    def _mark(connection: Connection, edition_id: int, **values: datetime) -> None:
        connection.execute(update(dispatches).where(dispatches.c.edition_id == edition_id).values(values))


def forget_claims(connection: Connection, edition_id: int) -> None:
    """Forget the claims of an edition, the open ones and the others: each have their index."""
    for some in (IS_OPEN, IS_OVER):
        connection.execute(delete(claims).where(claims.c.edition_id == edition_id, some))


def blank_nobodys(connection: Connection, places: Mapping[tuple[int, int], object]) -> None:
    """Take names out of reports, just kept, of deliveries that name nobody any more."""
    for place in at_places(deliveries, places):
        query = select(deliveries.c.edition_id, deliveries.c.number).where(place, IS_NOBODY)
        gone = [(row.edition_id, row.number) for row in connection.execute(query)]
        for theirs in at_places(mail_events, gone):
            connection.execute(update(mail_events).where(theirs).values(_BLANK))


def _standing(connection: Connection, row: AnyRow) -> AnyRow:
    """Return state, reason, attempt and provider's id of a delivery."""
    for table, attempt in (
        (stragglers, stragglers.c.attempt),
        (stretches, case((stretches.c.claim_id.is_(None), 0), else_=1)),
    ):
        number = stragglers.c.number == row.number
        if table is stretches:
            number = stretches.c.last_number >= row.number
        found = connection.execute(
            select(table.c.state, table.c.reason, attempt.label("attempt"), table.c.provider_id)
            .where(table.c.edition_id == row.edition_id, number)
            .order_by(table.c.last_number if table is stretches else table.c.number)
            .limit(1)
        ).one_or_none()
        if found is not None:
            return found
    raise BadData(f"edition {row.edition_id}", f"its delivery {row.number} stands nowhere")


def _told_of(canonical: str, places: Sequence[tuple[int, int]]) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions that a report is of this address, or of one of these deliveries.

    Each by an index of its own: the address is searched by its mark, deliveries by their numbers.
    """
    address = func.lower(mail_events.c.address)
    yield and_(HAS_ADDRESS, address_mark(address) == address_mark(canonical), address == canonical)
    yield from at_places(mail_events, places)
