"""Settings that are changed at the desk; versions are added, never altered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, func, insert, inspect, select

from digest.errors import ConfigurationError, DatabaseUnavailable, MissingExtra, SettingsMoved
from digest.model.kept_settings import Kept, KeptValue, Place, SettingChange, SettingsVersion
from digest.storage.desk.tables import setting_changes, settings_versions
from digest.storage.engine import Store
from digest.storage.tables import audit_entries

ACTION = "changed newsletters"
_MOST_DETAIL = 2_000


class SqlKeptSettings:
    """What the desk says over the file, as of any version."""

    def __init__(self, store: Store) -> None:
        """Read and write through `store`, which its owner closes."""
        self._store = store

    def version(self) -> int:
        """Return the newest version's number; 0 before the first."""
        with self._store.reading() as connection:
            return _newest(connection)

    def read(self, *, as_of: int | None = None) -> Kept:
        """Return all that the desk says, now or as of a version."""
        with self._store.reading() as connection:
            return _kept(connection, as_of)

    def keep(
        self,
        changes: Mapping[Place, str | None],
        *,
        based_on: int,
        who: str,
        said: str,
        now: datetime,
    ) -> int:
        """Make a version of some changes and return its number; one line of the log tells of it.

        Args:
            changes: the values as JSON, by place; None where the file shall count again.
            based_on: the newest version, as the changes were judged with it.

        Raises:
            SettingsMoved: there is a newer one; nothing was written.
        """
        with self._store.writing() as connection:
            before = _kept(connection, None)
            if before.version != based_on:
                raise SettingsMoved(based_on, before.version)
            number = before.version + 1
            told = [
                SettingChange(place, before.values[place].json if place in before.values else None, after)
                for place, after in sorted(changes.items())
            ]
            connection.execute(insert(settings_versions).values(number=number, who=who, at=now, said=said))
            connection.execute(
                insert(setting_changes),
                [
                    {
                        "number": number,
                        "place": json.dumps(one.place, ensure_ascii=False),
                        "before": one.before,
                        "after": one.after,
                    }
                    for one in told
                ],
            )
            connection.execute(insert(audit_entries).values(_entry(number, who, now, said, told)))
        return number

    def listed(self, *, before: int | None = None, limit: int = 50) -> tuple[SettingsVersion, ...]:
        """Return versions with what each changed, the newest first."""
        query = select(settings_versions).order_by(settings_versions.c.number.desc()).limit(limit)
        if before is not None:
            query = query.where(settings_versions.c.number < before)
        with self._store.reading() as connection:
            found = connection.execute(query).all()
            wanted = [row.number for row in found]
            changed: dict[int, list[SettingChange]] = {number: [] for number in wanted}
            rows = select(setting_changes).where(setting_changes.c.number.in_(wanted))
            for row in connection.execute(rows.order_by(setting_changes.c.place)):
                changed[row.number].append(
                    SettingChange(tuple(json.loads(row.place)), row.before, row.after)
                )
        return tuple(
            SettingsVersion(row.number, row.who, row.at, row.said, tuple(changed[row.number]))
            for row in found
        )


def kept_in(url: str) -> Kept | None:
    """Return what the desk says in the database of a URL; None where it can't be read now.

    Whoever needs the database finds out why when it opens it.
    """
    try:
        store = Store(url)
    except (ConfigurationError, MissingExtra):
        return None
    try:
        if store.is_missing:  # to look would make it
            return None
        with store.reading() as connection:
            if not inspect(connection).has_table(settings_versions.name):
                return None
            return _kept(connection, None)
    except (DatabaseUnavailable, ConfigurationError):
        return None
    finally:
        store.close()


def _newest(connection: Connection) -> int:
    return connection.scalar(select(func.max(settings_versions.c.number))) or 0


def _kept(connection: Connection, as_of: int | None) -> Kept:
    newest = _newest(connection)
    version = newest if as_of is None else min(as_of, newest)
    last = (
        select(setting_changes.c.place, func.max(setting_changes.c.number).label("number"))
        .where(setting_changes.c.number <= version)
        .group_by(setting_changes.c.place)
        .subquery()
    )
    query = (
        select(
            setting_changes.c.place,
            setting_changes.c.after,
            settings_versions.c.number,
            settings_versions.c.who,
            settings_versions.c.at,
        )
        .join(
            last,
            (last.c.place == setting_changes.c.place) & (last.c.number == setting_changes.c.number),
        )
        .join(settings_versions, settings_versions.c.number == setting_changes.c.number)
        .where(setting_changes.c.after.is_not(None))
        .order_by(settings_versions.c.number, setting_changes.c.place)
    )
    return Kept(
        version,
        {
            tuple(json.loads(row.place)): KeptValue(row.after, row.number, row.who, row.at)
            for row in connection.execute(query)
        },
    )


def _entry(
    number: int, who: str, now: datetime, said: str, changes: list[SettingChange]
) -> dict[str, object]:
    """Return the line of the log: who, when, and each value before and after."""
    told = "; ".join(
        f"{'.'.join(one.place[1:])}: {_shown(one.before)} → {_shown(one.after)}" for one in changes
    )
    detail = f"version {number}, {said}: {told}"
    return {
        "at": now,
        "who": who,
        "action": ACTION,
        "edition": "",
        "revision": 0,
        "content_hash": "",
        "detail": detail if len(detail) <= _MOST_DETAIL else f"{detail[: _MOST_DETAIL - 1]}…",
    }


def _shown(value: str | None) -> str:
    return "as in the file" if value is None else value
