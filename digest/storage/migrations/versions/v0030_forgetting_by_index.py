"""What is told of a person, and the claims of an edition, are found by indexes when they are forgotten.

Revision ID: 0030
Revises: 0029
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        mark = "hashtext(lower(address))"
    else:
        mark = "(substr(lower(address), 1, 3) || substr(lower(address), instr(lower(address), '@') - 4, 6))"
    has_address = sa.text("address <> ''")
    op.create_index(
        "ix_mail_event_mark",
        "mail_event",
        [sa.text(mark)],
        sqlite_where=has_address,
        postgresql_where=has_address,
    )
    is_over = sa.text("NOT is_open")
    op.create_index(
        "ix_claim_over", "claim", ["edition_id"], sqlite_where=is_over, postgresql_where=is_over
    )
