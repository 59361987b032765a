"""Pauses after what a server said of everybody, and the pace that a server was seen to keep."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from digest.storage.columns import Instant

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pause",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", Instant(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name="fk_pause_edition_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edition_id", name="pk_pause"),
    )
    op.add_column("pace", sa.Column("learned_per_1000_s", sa.BigInteger(), nullable=True))
    op.add_column("pace", sa.Column("learned_at_ms", sa.BigInteger(), nullable=True))
