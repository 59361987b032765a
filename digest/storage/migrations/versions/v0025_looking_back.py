"""Editions and articles are found by their words, the old ones too; and what the desk knows of its people.

Revision ID: 0025
Revises: 0024
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from digest.storage.columns import Instant
from digest.storage.searching.keeping import (
    article_row,
    keep_correction_words,
    keep_edition_words,
)
from digest.storage.searching.tables import Words, article_words, postgresql_index, sqlite_index

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_CHUNK = 500


def upgrade() -> None:
    op.create_table(
        "edition_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("article", sa.String(16), nullable=False),
        sa.Column("words", Words(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name="fk_edition_words_edition_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_edition_words"),
    )
    op.create_index("ix_edition_words_edition_id", "edition_words", ["edition_id"])
    op.create_table(
        "article_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article", sa.String(16), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("words", Words(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_article_words"),
        sa.UniqueConstraint("article", name="uq_article_words_article"),
        sa.ForeignKeyConstraint(
            ["article"], ["article.id"], name="fk_article_words_article", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_article_words_at", "article_words", ["at"])
    connection = op.get_bind()
    for name in ("edition", "article"):
        is_postgresql = connection.dialect.name == "postgresql"
        for statement in (postgresql_index(name),) if is_postgresql else sqlite_index(name):
            op.execute(statement)
    _take_in_editions(connection)
    _take_in_articles(connection)
    _people()


def _take_in_editions(connection: sa.Connection) -> None:
    one = sa.text("SELECT content FROM edition WHERE id = :id")
    for edition_id in connection.scalars(sa.text("SELECT id FROM edition ORDER BY id")).all():
        keep_edition_words(connection, edition_id, str(connection.scalar(one, {"id": edition_id})) or "{}")
    set_right = sa.text("SELECT edition_id, article, headline, text FROM desk_correction ORDER BY id")
    for row in connection.execute(set_right).all():
        keep_correction_words(connection, row.edition_id, row.article, row.headline, row.text)


def _take_in_articles(connection: sa.Connection) -> None:
    some = sa.text(
        f"SELECT id, content, first_seen FROM article WHERE id > :after ORDER BY id LIMIT {_CHUNK}"  # noqa: S608 - a number of ours
    ).columns(sa.column("id", sa.Text), sa.column("content", sa.Text), sa.column("first_seen", Instant()))
    after = ""
    while rows := connection.execute(some, {"after": after}).all():
        connection.execute(
            sa.insert(article_words), [article_row(row.id, row.content, row.first_seen) for row in rows]
        )
        after = rows[-1].id


def _people() -> None:
    op.create_table(
        "desk_profile",
        sa.Column("user_name", sa.Text(), nullable=False),
        sa.Column("newsletters", sa.Text(), nullable=True),
        sa.Column("factor", sa.Text(), nullable=False),
        sa.Column("factor_step", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("user_name", name="pk_desk_profile"),
    )
    op.create_table(
        "desk_recovery_code",
        sa.Column("user_name", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("user_name", "digest", name="pk_desk_recovery_code"),
    )
    op.create_table(
        "desk_visit",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_desk_visit"),
        sa.ForeignKeyConstraint(
            ["digest"], ["desk_login.digest"], name="fk_desk_visit_digest", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "desk_pass",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(6), nullable=False),
        sa.Column("user_name", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("newsletters", sa.Text(), nullable=True),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_desk_pass"),
        sa.CheckConstraint("kind IN ('invite', 'factor')", name=op.f("ck_desk_pass_kind")),
    )
