"""What became of readers, until it is passed on.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "subscriber_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("subscriber", sa.String(24), nullable=False),
        sa.Column("mailing_list", sa.String(64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.Column("detail", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_subscriber_change"),
        sa.UniqueConstraint("name", name="uq_subscriber_change_name"),
    )


def downgrade() -> None:
    op.drop_table("subscriber_change")
