"""What each revision of a draft altered: editors' changes are compared by what they touch."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "desk_step",
        sa.Column("edition_id", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("tab", sa.String(40), nullable=False),
        sa.Column("mark", sa.String(60)),
        sa.Column("touches", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], ondelete="CASCADE", name="fk_desk_step_edition_id"
        ),
        sa.PrimaryKeyConstraint("edition_id", "revision", name="pk_desk_step"),
    )
    op.create_index("ix_desk_step_edition_id_mark", "desk_step", ["edition_id", "mark"], unique=True)
