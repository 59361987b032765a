"""Editions that programs asked to have started, until it is done.

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

from digest.storage.columns import Instant

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "edition_start",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("newsletter", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("until", sa.String(10), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("taken_until", Instant(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_edition_start"),
    )
    op.create_index(
        "uq_edition_start_waiting",
        "edition_start",
        ["newsletter", "day", "slot", "until"],
        unique=True,
        sqlite_where=sa.text("owner IS NULL"),
        postgresql_where=sa.text("owner IS NULL"),
    )
