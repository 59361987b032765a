"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import BigInteger, Dialect, String
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def millis(moment: datetime) -> int:
    """Return the moment as it is stored: milliseconds since 1970 UTC."""
    return (moment - _EPOCH) // _MILLISECOND


def moment_of(stored: int | None) -> datetime | None:
    """Return the moment that is stored so, in UTC."""
    return None if stored is None else _EPOCH + timedelta(milliseconds=stored)


class Instant(TypeDecorator[datetime]):
    """An aware datetime, stored as milliseconds since 1970 UTC.

    SQLite has no type with a zone; a number compares the same everywhere and costs a 1M import least.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Return milliseconds."""
        return None if value is None else millis(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the datetime, in UTC."""
        return moment_of(value)


class Day(TypeDecorator[date]):
    """A date, stored as its ISO text, which sorts as dates do."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return `2026-11-23`."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:  # noqa: ARG002
        """Return the date."""
        return None if value is None else date.fromisoformat(value)


class Words(TypeDecorator[tuple[str, ...]]):
    """Short keys, sorted and joined by "+"; empty text for none."""

    impl = String(500)
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return the joined text."""
        return None if value is None else "+".join(sorted(set(value)))

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:  # noqa: ARG002
        """Return the keys, sorted."""
        return None if value is None else tuple(value.split("+")) if value else ()
