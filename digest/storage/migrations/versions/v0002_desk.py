"""The desk: users, logins, the history of drafts, sign-offs, corrections, the audit log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from digest.storage.columns import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _people()
    _history()
    _audit_log()


def _people() -> None:
    op.create_table(
        "desk_user",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_desk_user"),
    )
    op.create_table(
        "desk_login",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=7), nullable=False),
        sa.Column("user_name", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("csrf", sa.Text(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_desk_login"),
        sa.CheckConstraint("kind IN ('link', 'session')", name=op.f("ck_desk_login_kind")),
    )


def _history() -> None:
    op.create_table(
        "desk_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("forward", sa.Text(), nullable=False),
        sa.Column("backward", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=6), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_desk_change"),
        sa.CheckConstraint("state IN ('done', 'undone', 'gone')", name=op.f("ck_desk_change_state")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name="fk_desk_change_edition_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_desk_change_edition_id_id", "desk_change", ["edition_id", "id"])
    op.create_table(
        "desk_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("article", sa.String(length=16), nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("told_newsletter", sa.Text(), nullable=False),
        sa.Column("told_day", sa.Date(), nullable=False),
        sa.Column("told_slot", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_desk_correction"),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name="fk_desk_correction_edition_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_desk_correction_edition_id_id", "desk_correction", ["edition_id", "id"])
    op.create_table(
        "desk_sign_off",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_desk_sign_off"),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name="fk_desk_sign_off_edition_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_desk_sign_off_edition_id_id", "desk_sign_off", ["edition_id", "id"])


def _audit_log() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entry"),
    )
    op.create_index("ix_audit_entry_edition_id", "audit_entry", ["edition", "id"])
    for statement in _GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)


_GUARDS = {
    "sqlite": [
        f"CREATE TRIGGER audit_entry_no_{verb.lower()} BEFORE {verb} ON audit_entry"
        " BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END"
        for verb in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        "CREATE FUNCTION audit_entry_only_grows() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'the audit log only grows'; END $$",
        "CREATE TRIGGER audit_entry_only_grows BEFORE UPDATE OR DELETE ON audit_entry"
        " FOR EACH ROW EXECUTE FUNCTION audit_entry_only_grows()",
    ],
}
