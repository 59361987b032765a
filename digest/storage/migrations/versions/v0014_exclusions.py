"""Editors leave things out at the desk, and what a crawl could not use is told later, too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from digest.storage.columns import Instant

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "desk_exclusion",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("newsletter", sa.Text, nullable=False),
        sa.Column("what", sa.String(6), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("lifted_by", sa.Text),
        sa.Column("lifted_at", Instant),
        sa.PrimaryKeyConstraint("id", name="pk_desk_exclusion"),
    )
    op.create_index("ix_desk_exclusion_newsletter", "desk_exclusion", ["newsletter"])
    op.add_column("crawl", sa.Column("problems", sa.Text))
