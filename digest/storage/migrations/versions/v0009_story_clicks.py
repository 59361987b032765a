"""How often stories were opened, by nobody in particular."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "story_click",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("arm", sa.Text(), nullable=False),
        sa.Column("readers", sa.Integer(), nullable=False),
        sa.Column("scanners", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", "url", "arm", name="pk_story_click"),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_story_click_edition_id"),
    )
