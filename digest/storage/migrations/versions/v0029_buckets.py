"""On PostgreSQL the numbers of an address lie in buckets, and no longer in an index of their own.

Revision ID: 0029
Revises: 0028
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    op.drop_index("ix_delivery_mark", table_name="delivery")
    connection.execute(
        sa.text(
            "CREATE TABLE delivery_mark (edition_id INTEGER NOT NULL, bucket INTEGER NOT NULL,"
            " numbers INTEGER[] NOT NULL, CONSTRAINT pk_delivery_mark PRIMARY KEY (edition_id, bucket))"
        )
    )
    connection.execute(
        sa.text(
            "INSERT INTO delivery_mark"
            " SELECT dispatch.edition_id,"
            " (hashtext(canonical) & 2147483647) % greatest(dispatch.frozen / 128, 1) AS bucket,"
            " array_agg(number) FROM dispatch JOIN delivery ON delivery.edition_id = dispatch.edition_id"
            " WHERE dispatch.deliveries_forgotten_at IS NULL GROUP BY dispatch.edition_id, bucket"
        )
    )
