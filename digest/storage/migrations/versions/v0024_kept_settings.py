"""Settings that are changed at the desk, in versions.

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

from digest.storage.columns import Instant

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "settings_version",
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_settings_version"),
    )
    op.create_table(
        "setting_change",
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["number"], ["settings_version.number"], name="fk_setting_change_number"),
        sa.PrimaryKeyConstraint("number", "place", name="pk_setting_change"),
    )
    op.create_index("ix_setting_change_place_number", "setting_change", ["place", "number"])
