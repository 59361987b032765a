"""What calls a mailbox dead can be counted without reading every event of an edition."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    is_dead = sa.text("is_permanent")
    op.create_index(
        "ix_mail_event_dead",
        "mail_event",
        ["edition_id", "number"],
        sqlite_where=is_dead,
        postgresql_where=is_dead,
    )
