"""What was pushed, until a crawl takes it; and the tokens of who may push.

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

from digest.storage.columns import Instant

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pushed_article",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("is_gone", sa.Boolean(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("source", "name", name="pk_pushed_article"),
    )
    op.create_table(
        "api_token",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("digest", name="pk_api_token"),
        sa.UniqueConstraint("name", name="uq_api_token_name"),
    )
