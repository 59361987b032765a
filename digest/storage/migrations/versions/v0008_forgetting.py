"""What was forgotten, and when what is kept no longer was last taken away."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from digest.storage.columns import Instant

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("dispatch", sa.Column("deliveries_forgotten_at", Instant(), nullable=True))
    op.add_column("dispatch", sa.Column("events_forgotten_at", Instant(), nullable=True))
    op.create_table(
        "sweep",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_sweep"),
    )
