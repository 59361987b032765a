"""The spine: articles, editions, the ledger of deliveries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from digest.storage.columns import Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _articles()
    _editions()
    _deliveries()


def _articles() -> None:
    op.create_table(
        "crawl",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("first_at", Instant(), nullable=False),
        sa.Column("last_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_crawl"),
    )
    op.create_table(
        "article",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("guid", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=16), nullable=False),
        sa.Column("published", Instant(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("first_seen", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("is_backlog", sa.Boolean(), nullable=False),
        sa.Column("gone_at", Instant(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_article"),
    )
    op.create_index("ix_article_source_changed_at", "article", ["source", "changed_at"])
    op.create_index("ix_article_source_first_seen", "article", ["source", "first_seen"])
    op.create_index("ix_article_source_published", "article", ["source", "published"])


def _editions() -> None:
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("newsletter", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("approved_hash", sa.String(length=64), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("approved_at", Instant(), nullable=True),
        sa.Column("cutoff", Instant(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("decisions", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("reached_nobody", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_edition"),
        sa.UniqueConstraint("newsletter", "day", "slot", name="uq_edition_newsletter_day_slot"),
        sa.CheckConstraint(
            "state IN ('draft', 'approved', 'dispatching', 'closed')", name=op.f("ck_edition_state")
        ),
    )
    op.create_table(
        "edition_article",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("article", sa.String(length=16), nullable=False),
        sa.Column("content_hash", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name="fk_edition_article_edition_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edition_id", "article", name="pk_edition_article"),
    )
    op.create_table(
        "edition_identity",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name="fk_edition_identity_edition_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edition_id", "identity", name="pk_edition_identity"),
    )
    op.create_table(
        "edition_passed_over",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("article", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name="fk_edition_passed_over_edition_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edition_id", "article", name="pk_edition_passed_over"),
    )


def _deliveries() -> None:
    op.create_table(
        "rendering",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("variant", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", "variant", name="pk_rendering"),
        sa.UniqueConstraint("edition_id", "name", name="uq_rendering_edition_id_name"),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_rendering_edition_id"),
    )
    op.create_table(
        "dispatch",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("frozen", sa.Integer(), nullable=False),
        sa.Column("frozen_at", Instant(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("hold_until", Instant(), nullable=True),
        sa.Column("canary", sa.Integer(), nullable=False),
        sa.Column("canary_out_at", Instant(), nullable=True),
        sa.Column("is_canary_passed", sa.Boolean(), nullable=False),
        sa.Column("stopped", sa.Text(), nullable=False),
        sa.Column("canceled", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_dispatch_edition_id"),
        sa.PrimaryKeyConstraint("edition_id", name="pk_dispatch"),
    )
    op.create_table(
        "claim",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("lease_until_ms", sa.BigInteger(), nullable=False),
        sa.Column("first_number", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_claim_edition_id"),
        sa.PrimaryKeyConstraint("id", name="pk_claim"),
    )
    op.create_index(
        "ix_claim_open",
        "claim",
        ["edition_id"],
        sqlite_where=sa.text("is_open"),
        postgresql_where=sa.text("is_open"),
    )
    op.create_table(
        "delivery",
        sa.Column("edition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("subscriber", sa.Text(), nullable=False),
        sa.Column("canonical", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mailing_list", sa.Text(), nullable=False),
        sa.Column("variant", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("attempt", sa.SmallInteger(), nullable=False),
        sa.Column("not_before_ms", sa.BigInteger(), nullable=False),
        sa.Column("claim_id", sa.BigInteger(), nullable=True),
        sa.Column("provider_id", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("edition_id", "number", name="pk_delivery"),
        sa.UniqueConstraint("edition_id", "subscriber", name="uq_delivery_edition_id_subscriber"),
        sa.UniqueConstraint("edition_id", "canonical", name="uq_delivery_edition_id_canonical"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_delivery_planned",
        "delivery",
        ["edition_id", "not_before_ms", "variant", "number"],
        sqlite_where=sa.text("state = 'planned'"),
        postgresql_where=sa.text("state = 'planned'"),
    )
    op.create_table(
        "mail_event",
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("is_permanent", sa.Boolean(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name="pk_mail_event"),
    )
    op.create_index("ix_mail_event_edition_id_number", "mail_event", ["edition_id", "number"])
