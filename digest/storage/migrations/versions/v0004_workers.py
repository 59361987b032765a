"""The pace that all workers share, and on PostgreSQL the queue that wakes them."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

QUEUE = Path(__file__).parent.parent / "procrastinate_3_10.sql"


def upgrade() -> None:
    op.create_table(
        "pace",
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("free_at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("provider", name="pk_pace"),
    )
    bind = op.get_bind()
    if bind.dialect.name != "postgresql":
        return
    bind.exec_driver_sql("CREATE SCHEMA digest_queue")
    bind.exec_driver_sql("SET LOCAL search_path TO digest_queue")
    # The driver itself: several statements at once, and percent signs that are no parameters.
    cursor = bind.connection.cursor()
    cursor.execute(QUEUE.read_text())
    cursor.close()
    bind.exec_driver_sql("SET LOCAL search_path TO DEFAULT")
