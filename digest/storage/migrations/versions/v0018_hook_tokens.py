"""Signatures that do not cover what is told, each good for one post.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

from digest.storage.columns import Instant

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hook_token",
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("provider", "token", name="pk_hook_token"),
    )
