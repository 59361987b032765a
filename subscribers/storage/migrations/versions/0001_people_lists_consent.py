"""People, lists, subscriptions, consent, suppression, events.

Written out in plain types: a later change of the metadata must not change what this revision did.
"""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    secret = op.create_table(
        "subscribers_secret",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("value", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_subscribers_secret"),
    )
    op.bulk_insert(secret, [{"name": "salt", "value": secrets.token_hex(32)}])
    op.create_table(
        "mailing_list",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_mailing_list"),
    )
    op.create_table(
        "subscriber",
        sa.Column("id", sa.String(24), nullable=False),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("canonical", sa.String(254), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("timezone", sa.String(64), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("clicked_at", sa.BigInteger()),
        sa.Column("delivered_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_subscriber"),
        sa.UniqueConstraint("canonical", name="uq_subscriber_canonical"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "subscriber_tag",
        sa.Column("tag", sa.String(100), nullable=False),
        sa.Column("subscriber", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("tag", "subscriber", name="pk_subscriber_tag"),
        sa.ForeignKeyConstraint(
            ["subscriber"], ["subscriber.id"], name="fk_subscriber_tag_subscriber", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_subscriber_tag_subscriber", "subscriber_tag", ["subscriber"])
    _subscriptions_and_consent()
    _suppression_and_events()


def _subscriptions_and_consent() -> None:
    op.create_table(
        "subscription",
        sa.Column("subscriber", sa.String(24), nullable=False),
        sa.Column("mailing_list", sa.String(64), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("requested_at", sa.BigInteger()),
        sa.Column("consented_at", sa.BigInteger()),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("end_reason", sa.String(200), nullable=False),
        sa.Column("topics", sa.String(500), nullable=False),
        sa.Column("frequency", sa.String(10), nullable=False),
        sa.Column("paused_until", sa.String(10)),
        sa.PrimaryKeyConstraint("subscriber", "mailing_list", name="pk_subscription"),
        sa.ForeignKeyConstraint(
            ["subscriber"], ["subscriber.id"], name="fk_subscription_subscriber", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["mailing_list"], ["mailing_list.key"], name="fk_subscription_mailing_list"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "consent_wording",
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_consent_wording"),
    )
    op.create_table(
        "consent",
        sa.Column("subscriber", sa.String(24), nullable=False),
        sa.Column("mailing_list", sa.String(64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.String(20), nullable=False),
        sa.Column("wording", sa.String(32), nullable=False),
        sa.Column("source", sa.String(200), nullable=False),
        sa.Column("ip_hash", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("subscriber", "mailing_list", "at", "method", name="pk_consent"),
        sa.ForeignKeyConstraint(
            ["subscriber"], ["subscriber.id"], name="fk_consent_subscriber", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["mailing_list"], ["mailing_list.key"], name="fk_consent_mailing_list"),
        sa.ForeignKeyConstraint(["wording"], ["consent_wording.key"], name="fk_consent_wording"),
        sqlite_with_rowid=False,
    )


def _suppression_and_events() -> None:
    op.create_table(
        "suppression",
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("canonical", sa.String(254)),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("origin", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("forget_after", sa.BigInteger()),
        sa.PrimaryKeyConstraint("key", "kind", name="pk_suppression"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_suppression_canonical", "suppression", ["canonical"])
    op.create_table(
        "subscriber_event",
        sa.Column("event_id", sa.String(200), nullable=False),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("mailing_list", sa.String(64), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.PrimaryKeyConstraint("event_id", name="pk_subscriber_event"),
    )
    op.create_index("ix_subscriber_event_key", "subscriber_event", ["key"])


def downgrade() -> None:
    for table in (
        "subscriber_event",
        "suppression",
        "consent",
        "consent_wording",
        "subscription",
        "subscriber_tag",
        "subscriber",
        "mailing_list",
        "subscribers_secret",
    ):
        op.drop_table(table)
