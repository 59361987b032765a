"""The test of two subjects: when it ends, and who won."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from digest.storage.columns import Instant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "subject_test",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("percent", sa.SmallInteger(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("winner", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", name="pk_subject_test"),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_subject_test_edition_id"),
    )
