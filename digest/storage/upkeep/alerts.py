"""Alerts: opened once, told once by each channel, closed when all is well."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, delete, or_, select, update

from digest.model.upkeep import Alert, AlertKind, Trouble
from digest.storage.columns import insert_into
from digest.storage.engine import Store
from digest.storage.upkeep.tables import alerts, milestones

if TYPE_CHECKING:
    from digest.storage.columns import AnyRow

CLAIMED_FOR = timedelta(minutes=2)
"""So long one process has to tell an alert; then another may try."""

KEPT_FOR = timedelta(days=400)
"""So long an alert is kept that is over."""

_LONGEST = 1_000
_KEPT_OPEN = 200


class SqlAlerts:
    """What is wrong, and who was told of it."""

    def __init__(self, store: Store) -> None:
        """Read and write through `store`, which its owner closes."""
        self._store = store

    def open(self, trouble: Trouble, *, now: datetime) -> bool:
        """Keep a trouble, and tell whether it is new; an open one of its kind stays as it is."""
        values = {
            "kind": trouble.kind.value,
            "about": trouble.about[:_LONGEST],
            "newsletter": trouble.newsletter,
            "said": trouble.said[:_LONGEST],
            "remedy": trouble.remedy[:_LONGEST],
            "opened_at": now,
            "well": "",
            "told": "",
            "told_well": "",
        }
        with self._store.writing() as connection:
            known = select(alerts.c.id).where(
                alerts.c.kind == values["kind"], alerts.c.about == values["about"], _IS_OPEN
            )
            if connection.scalar(known) is not None:
                return False
            written = insert_into(alerts, connection.dialect.name).values(**values)
            # A row count of an insert that may do nothing means nothing on PostgreSQL.
            made = written.on_conflict_do_nothing().returning(alerts.c.id)
            return connection.scalar(made) is not None

    def close(self, number: int, *, well: str, now: datetime) -> None:
        """End an open alert, and forget very old ones; where `well` is empty nobody is told so."""
        with self._store.writing() as connection:
            own = update(alerts).where(alerts.c.id == number, _IS_OPEN)
            connection.execute(own.values(closed_at=now, well=well[:_LONGEST]))
            connection.execute(delete(alerts).where(alerts.c.closed_at < now - KEPT_FOR))

    def opened(self) -> tuple[Alert, ...]:
        """Return the open ones, the oldest first."""
        return self._listed(_IS_OPEN)

    def recent(self, *, since: datetime) -> tuple[Alert, ...]:
        """Return the open ones, and those that ended since then, the oldest first."""
        return self._listed(or_(_IS_OPEN, alerts.c.closed_at >= since))

    def untold(self, channels: frozenset[str], *, since: datetime) -> tuple[Alert, ...]:
        """Return those of which one of these channels has not told yet, the oldest first.

        Args:
            since: what ended before is told no more.
        """
        return tuple(one for one in self.recent(since=since) if missing(one, channels))

    def claim(self, number: int, *, now: datetime) -> Alert | None:
        """Return the alert, for this process alone to tell for a while; None where another has it."""
        with self._store.writing() as connection:
            free = or_(alerts.c.claimed_until.is_(None), alerts.c.claimed_until <= now)
            own = update(alerts).where(alerts.c.id == number, free)
            if not connection.execute(own.values(claimed_until=now + CLAIMED_FOR)).rowcount:
                return None
            return _alert(connection.execute(select(alerts).where(alerts.c.id == number)).one())

    def note(self, alert: Alert) -> None:
        """Keep which channels have told it, and let it go."""
        with self._store.writing() as connection:
            connection.execute(
                update(alerts)
                .where(alerts.c.id == alert.number)
                .values(
                    told="+".join(sorted(alert.told)),
                    told_well="+".join(sorted(alert.told_well)),
                    claimed_until=None,
                )
            )

    def milestone(self, name: str) -> tuple[datetime, str] | None:
        """Return when something was last done and what came of it; None for never."""
        query = select(milestones.c.at, milestones.c.detail).where(milestones.c.name == name)
        with self._store.reading() as connection:
            row = connection.execute(query).one_or_none()
            return None if row is None else (row.at, row.detail)

    def reach(self, name: str, *, now: datetime, detail: str = "") -> None:
        """Note that something was done."""
        values = {"at": now, "detail": detail}
        with self._store.writing() as connection:
            written = insert_into(milestones, connection.dialect.name).values(name=name, **values)
            # Two processes may do it for the first time at once.
            connection.execute(written.on_conflict_do_update(index_elements=["name"], set_=values))

    def move(self, name: str, known: tuple[datetime, str] | None, *, now: datetime, detail: str) -> bool:
        """Note that something was done, if nobody noted anything since `known`; tell whether that is so."""
        values = {"at": now, "detail": detail}
        with self._store.writing() as connection:
            if known is None:
                first = insert_into(milestones, connection.dialect.name).values(name=name, **values)
                first = first.on_conflict_do_nothing()
                return connection.scalar(first.returning(milestones.c.name)) is not None
            same = update(milestones).where(
                milestones.c.name == name, milestones.c.at == known[0], milestones.c.detail == known[1]
            )
            return bool(connection.execute(same.values(**values)).rowcount)

    def _listed(self, condition: ColumnElement[bool]) -> tuple[Alert, ...]:
        query = select(alerts).where(condition).order_by(alerts.c.id.desc()).limit(_KEPT_OPEN)
        with self._store.reading() as connection:
            return tuple(_alert(row) for row in reversed(connection.execute(query).all()))


_IS_OPEN = alerts.c.closed_at.is_(None)


def missing(alert: Alert, channels: frozenset[str]) -> frozenset[str]:
    """Return the channels that are still to tell it, or its end; an end is told where the alert was."""
    if not alert.is_over:
        return channels - alert.told
    return (channels & alert.told) - alert.told_well if alert.well else frozenset()


def _alert(row: AnyRow) -> Alert:
    return Alert(
        number=row.id,
        trouble=Trouble(AlertKind(row.kind), row.about, row.said, row.remedy, row.newsletter),
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        well=row.well,
        told=frozenset(filter(None, row.told.split("+"))),
        told_well=frozenset(filter(None, row.told_well.split("+"))),
    )
