"""Each user of the desk has a language of their own, or none: then the browser's counts.

Revision ID: 0027
Revises: 0026
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("desk_profile", sa.Column("language", sa.Text(), nullable=True))
