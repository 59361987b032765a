"""Whether an edition's refusals were taken in; what is closed already stays as it is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from digest.storage.columns import Instant

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("dispatch", sa.Column("refusals_heard_at", Instant(), nullable=True))
    op.execute(
        "UPDATE dispatch SET refusals_heard_at = frozen_at"
        " WHERE edition_id IN (SELECT id FROM edition WHERE state = 'closed')"
    )
