"""Deliveries are written once: where they stand is said by stretches, and by rows for what stands apart.

An edition half sent goes on where it was: what is planned becomes stretches again, what was accepted at
the first attempt the stretches of its claims, and everything else keeps a row of its own.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_IS_NEW = "attempt = 0 AND claim_id IS NULL"
_IS_PLANNED = f"state = 'planned' AND {_IS_NEW} AND reason IS NULL"
_IS_SKIPPED = f"state = 'skipped' AND {_IS_NEW}"
_IS_SENT = "state = 'sent' AND attempt = 1 AND claim_id IS NOT NULL AND reason IS NULL"

_STRETCH = """
    INSERT INTO stretch (edition_id, first_number, last_number, variant, state, not_before_ms, claim_id,
                         provider_id, reason)
    SELECT edition_id, min(number), max(number), variant, state, not_before_ms, claim_id, provider_id,
           reason
      FROM (SELECT edition_id, number, variant, state, not_before_ms, claim_id,
                   {provider} AS provider_id, reason,
                   number - row_number() OVER (
                       PARTITION BY variant, not_before_ms, claim_id, {provider}, reason ORDER BY number
                   ) AS island
              FROM delivery_before
             WHERE edition_id = :edition AND {which}) AS alike
     GROUP BY edition_id, variant, state, not_before_ms, claim_id, provider_id, reason, island
"""
_STRAGGLERS = """
    INSERT INTO straggler (edition_id, number, variant, state, attempt, not_before_ms, claim_id,
                           provider_id, reason)
    SELECT edition_id, number, variant, state, attempt, not_before_ms, claim_id, provider_id, reason
      FROM delivery_before
     WHERE edition_id = :edition
       AND NOT ({planned}) AND NOT ({skipped}) AND NOT ({sent})
"""


def upgrade() -> None:
    _make_stretches()
    _make_stragglers()
    connection = op.get_bind()
    is_postgresql = connection.dialect.name == "postgresql"
    if is_postgresql:
        op.execute("CREATE VIEW delivery_before AS SELECT * FROM delivery")
    else:
        op.drop_index("ix_delivery_planned", table_name="delivery")
        op.rename_table("delivery", "delivery_before")
        _make_deliveries()
        op.execute(
            "INSERT INTO delivery SELECT edition_id, number, subscriber, canonical, address, name,"
            " mailing_list, variant FROM delivery_before ORDER BY edition_id, number"
        )
        op.create_index("ix_delivery_edition_id_canonical", "delivery", ["edition_id", "canonical"])
    for edition in (
        connection.execute(sa.text("SELECT edition_id FROM dispatch ORDER BY 1")).scalars().all()
    ):
        for which, provider in (
            (_IS_PLANNED, "CAST(NULL AS TEXT)"),
            (_IS_SKIPPED, "CAST(NULL AS TEXT)"),
            (_IS_SENT, "provider_id"),
        ):
            connection.execute(
                sa.text(_STRETCH.format(which=which, provider=provider)), {"edition": edition}
            )
        others = _STRAGGLERS.format(planned=_IS_PLANNED, skipped=_IS_SKIPPED, sent=_IS_SENT)
        connection.execute(sa.text(others), {"edition": edition})
    if is_postgresql:
        op.execute("DROP VIEW delivery_before")
        _shorten_deliveries()
    else:
        op.drop_table("delivery_before")


def _make_stretches() -> None:
    op.create_table(
        "stretch",
        sa.Column("edition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first_number", sa.Integer(), nullable=False),
        sa.Column("variant", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("not_before_ms", sa.BigInteger(), nullable=False),
        sa.Column("claim_id", sa.BigInteger(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("lease_until_ms", sa.BigInteger(), nullable=True),
        sa.Column("provider_id", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("edition_id", "last_number", name="pk_stretch"),
        sqlite_with_rowid=False,
    )
    _make_index(
        "ix_stretch_planned",
        "stretch",
        ["edition_id", "not_before_ms", "variant", "last_number"],
        "state = 'planned'",
    )
    _make_index("ix_stretch_sending", "stretch", ["edition_id"], "state = 'sending'")


def _make_stragglers() -> None:
    op.create_table(
        "straggler",
        sa.Column("edition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("variant", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("attempt", sa.SmallInteger(), nullable=False),
        sa.Column("not_before_ms", sa.BigInteger(), nullable=False),
        sa.Column("claim_id", sa.BigInteger(), nullable=True),
        sa.Column("provider_id", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("edition_id", "number", name="pk_straggler"),
        sqlite_with_rowid=False,
    )
    _make_index(
        "ix_straggler_planned",
        "straggler",
        ["edition_id", "not_before_ms", "variant", "number"],
        "state = 'planned'",
    )


def _make_deliveries() -> None:
    op.create_table(
        "delivery",
        sa.Column("edition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("subscriber", sa.Text(), nullable=False),
        sa.Column("canonical", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mailing_list", sa.Text(), nullable=False),
        sa.Column("variant", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", "number", name="pk_delivery"),
        sqlite_with_rowid=False,
    )


def _shorten_deliveries() -> None:
    op.drop_index("ix_delivery_planned", table_name="delivery")
    op.drop_constraint("uq_delivery_edition_id_subscriber", "delivery")
    op.drop_constraint("uq_delivery_edition_id_canonical", "delivery")
    for name in ("state", "attempt", "not_before_ms", "claim_id", "provider_id", "reason"):
        op.drop_column("delivery", name)
    op.create_index("ix_delivery_edition_id_canonical", "delivery", ["edition_id", "canonical"])


def _make_index(name: str, table: str, columns: list[str], which: str) -> None:
    where = sa.text(which)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
