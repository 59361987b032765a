"""What people of the desk tell one another, where mail reaches them, what is booked, and whose a token is.

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

from digest.storage.columns import Instant

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "desk_address",
        sa.Column("user_name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("user_name", name="pk_desk_address"),
    )
    op.create_table(
        "desk_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("resolved_by", sa.Text(), nullable=False),
        sa.Column("resolved_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name="fk_desk_comment_edition_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_desk_comment"),
    )
    op.create_index("ix_desk_comment_edition_id_id", "desk_comment", ["edition_id", "id"])
    op.create_table(
        "desk_ready",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name="fk_desk_ready_edition_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edition_id", name="pk_desk_ready"),
    )
    _bookings()
    op.create_table(
        "api_token_newsletter",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("newsletter", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest"], ["api_token.digest"], name="fk_api_token_newsletter_digest", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("digest", "newsletter", name="pk_api_token_newsletter"),
    )


def _bookings() -> None:
    op.create_table(
        "desk_booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("newsletter", sa.Text(), nullable=False),
        sa.Column("days", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_desk_booking"),
    )
    op.create_index("ix_desk_booking_newsletter_last_day", "desk_booking", ["newsletter", "last_day"])
