"""A list of readers of any size, in the very tables that hold real ones."""

from __future__ import annotations

from sqlalchemy import create_engine, text

from digest.wiring.newsroom import migrate

MAILING_LIST = "morning"
SUPPRESSED_EACH = 500
"""Of so many readers one bounced for good, and another unsubscribed."""

_NUMBERS = {
    "sqlite": (
        "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :readers)",
        "numbers",
        "printf('%016x', n)",
        "printf('reader%d@list%d.example', n, n % 997)",
        "printf('%032x', n)",
    ),
    "postgresql": (
        "",
        "generate_series(1, :readers) AS numbers(n)",
        "lpad(to_hex(n), 16, '0')",
        "format('reader%s@list%s.example', n, n % 997)",
        "lpad(to_hex(n), 32, '0')",
    ),
}


def fill(url: str, readers: int) -> None:
    """Make both packages' schemas and put so many consented readers on one list.

    One in `SUPPRESSED_EACH` is suppressed and one has unsubscribed, as on a list of some age. The
    statistics are fresh, as autovacuum leaves them.
    """
    migrate(url)
    engine = create_engine(url)
    counted, numbers, key, address, hashed = _NUMBERS[engine.dialect.name]
    at = 1_780_000_000_000
    with engine.begin() as connection:
        connection.execute(text(f"INSERT INTO mailing_list VALUES ('{MAILING_LIST}', 'Morning', {at})"))
        connection.execute(
            text(
                "INSERT INTO subscriber (id, address, canonical, name, language, timezone, created_at)"
                f" {counted} SELECT {key}, {address}, {address}, 'Amina Otieno', '', '', {at}"
                f" FROM {numbers}"
            ),
            {"readers": readers},
        )
        connection.execute(
            text(
                "INSERT INTO subscription (subscriber, mailing_list, state, consented_at, end_reason,"
                f" topics, frequency) {counted} SELECT {key}, '{MAILING_LIST}',"
                f" CASE WHEN n % {SUPPRESSED_EACH} = 7 THEN 'ended' ELSE 'active' END,"
                f" {at}, '', '', 'every' FROM {numbers}"
            ),
            {"readers": readers},
        )
        connection.execute(
            text(
                'INSERT INTO suppression ("key", kind, canonical, at, origin, reason)'
                f" {counted} SELECT {hashed}, 'bounce', {address}, {at}, 'bench', '' FROM {numbers}"
                f" WHERE n % {SUPPRESSED_EACH} = 11"
            ),
            {"readers": readers},
        )
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    engine.dispose()
