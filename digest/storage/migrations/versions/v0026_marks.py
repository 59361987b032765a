"""A delivery is found by a short mark of its address, and no longer by the whole of it once more.

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_delivery_edition_id_canonical", table_name="delivery")
    if op.get_bind().dialect.name == "postgresql":
        mark = "hashtext(canonical)"
    else:
        mark = "(substr(canonical, 1, 3) || substr(canonical, instr(canonical, '@') - 4, 6))"
    op.create_index("ix_delivery_mark", "delivery", ["edition_id", sa.text(mark)])
