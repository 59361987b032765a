"""Waves: parts of an edition with a time to go out and a deadline of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wave",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("wave", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("first_number", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("not_before_ms", sa.BigInteger(), nullable=False),
        sa.Column("not_after_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("edition_id", "wave", name="pk_wave"),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_wave_edition_id"),
    )
