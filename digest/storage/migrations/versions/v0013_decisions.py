"""Decisions, packed, in a table of their own: whoever lists editions reads none of them."""

from __future__ import annotations

import zlib

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    packed = op.create_table(
        "edition_decisions",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name="fk_edition_decisions_edition_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edition_id", name="pk_edition_decisions"),
    )
    connection = op.get_bind()
    read = sa.text("SELECT decisions FROM edition WHERE id = :id")
    for edition in connection.scalars(sa.text("SELECT id FROM edition ORDER BY id")).all():
        # One at a time: each has megabytes.
        decisions = str(connection.scalar(read, {"id": edition}))
        row = {"edition_id": edition, "content": zlib.compress(decisions.encode())}
        connection.execute(packed.insert(), row)
    op.drop_column("edition", "decisions")
