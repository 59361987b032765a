"""The desk's tables: users, logins, the history of every draft, and a log that only grows."""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    event,
)

from digest.storage.columns import Instant
from digest.storage.tables import audit_entries, metadata

users = Table(
    "desk_user",
    metadata,
    Column("name", Text, primary_key=True),
    Column("password_hash", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
)
"""Who works at the desk; roles joined by "+"."""

logins = Table(
    "desk_login",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("kind", String(7), nullable=False),
    Column("user_name", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("csrf", Text, nullable=False),
    Column("expires_at", Instant, nullable=False),
    CheckConstraint("kind IN ('link', 'session')", name="kind"),
)
"""One-time links and sessions, by the hash of their secret.

A session of a user of the table takes its roles from there; those of others are kept with it.
"""

profiles = Table(
    "desk_profile",
    metadata,
    Column("user_name", Text, primary_key=True),
    Column("newsletters", Text),
    Column("factor", Text, nullable=False),
    Column("factor_step", BigInteger, nullable=False),
    Column("language", Text),
)
"""What is known of users besides their roles; `newsletters` is none for all, else keys joined by "+".

`language` is none for that of the browser.

`factor` is the secret of the second one, empty for none; `factor_step` the last step whose code was taken.
"""

recovery_codes = Table(
    "desk_recovery_code",
    metadata,
    Column("user_name", Text, primary_key=True),
    Column("digest", String(64), primary_key=True),
)
"""Codes that stand for a second factor once, by their hash."""

visits = Table(
    "desk_visit",
    metadata,
    Column("digest", ForeignKey("desk_login.digest", ondelete="CASCADE"), primary_key=True),
    Column("device", Text, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
)
"""From what, and when, sessions were used."""

passes = Table(
    "desk_pass",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("kind", String(6), nullable=False),
    Column("user_name", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("newsletters", Text),
    Column("made_by", Text, nullable=False),
    Column("expires_at", Instant, nullable=False),
    CheckConstraint("kind IN ('invite', 'factor')", name="kind"),
)
"""Invitations, and passwords that were right that wait for a second factor, by their secret's hash."""

steps = Table(
    "desk_step",
    metadata,
    Column("edition_id", ForeignKey("edition.id", ondelete="CASCADE"), nullable=False, primary_key=True),
    Column("revision", Integer, nullable=False, primary_key=True, autoincrement=False),
    Column("who", Text, nullable=False),
    Column("said", Text, nullable=False),
    Column("tab", String(40), nullable=False),
    Column("mark", String(60)),
    Column("touches", Text, nullable=False),
    Index(None, "edition_id", "mark", unique=True),
)
"""What each revision of a draft altered, from which tab, and the name that a change has there."""

sign_offs = Table(
    "desk_sign_off",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("edition_id", ForeignKey("edition.id", ondelete="CASCADE"), nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("content", Text, nullable=False),
    Index(None, "edition_id", "id"),
)
"""Who said yes to which bytes, with the edition as it was."""

corrections = Table(
    "desk_correction",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("edition_id", ForeignKey("edition.id", ondelete="CASCADE"), nullable=False),
    Column("article", String(16), nullable=False),
    Column("headline", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("told_newsletter", Text, nullable=False),
    Column("told_day", Date, nullable=False),
    Column("told_slot", Text, nullable=False),
    Index(None, "edition_id", "id"),
)
"""What was wrong, what is right, and the edition that told it."""

runs = Table(
    "run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("newsletter", Text, nullable=False),
    Column("edition", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant, nullable=False),
    Column("times", Integer, nullable=False),
    Column("ending", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("is_failed", Boolean, nullable=False),
    Column("crawl", Text, nullable=False),
    Index(None, "newsletter", "id"),
)
"""What the job's runs came to; the same again and again is one row. `crawl` is empty where none was."""

pictures = Table(
    "desk_picture",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("original", String(32), nullable=False),
    Column("who", Text, nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("used_at", Instant),
)
"""Pictures that editors brought; `used_at` is empty for one that no edition ever showed."""

settings_versions = Table(
    "settings_version",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("who", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("said", Text, nullable=False),
)
"""Who changed settings at the desk, when."""

setting_changes = Table(
    "setting_change",
    metadata,
    Column("number", ForeignKey("settings_version.number"), primary_key=True, autoincrement=False),
    Column("place", Text, primary_key=True),
    Column("before", Text),
    Column("after", Text),
    Index(None, "place", "number"),
)
"""The values that each version changed, as JSON; none where the file's value counts."""


SQLITE_GUARDS = tuple(
    f"CREATE TRIGGER audit_entry_no_{verb.lower()} BEFORE {verb} ON audit_entry"
    " BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END"
    for verb in ("UPDATE", "DELETE")
)
POSTGRESQL_GUARDS = (
    "CREATE FUNCTION audit_entry_only_grows() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'the audit log only grows'; END $$",
    "CREATE TRIGGER audit_entry_only_grows BEFORE UPDATE OR DELETE ON audit_entry"
    " FOR EACH ROW EXECUTE FUNCTION audit_entry_only_grows()",
)

for _dialect, _statements in (("sqlite", SQLITE_GUARDS), ("postgresql", POSTGRESQL_GUARDS)):
    for _statement in _statements:
        _ddl = DDL(_statement)  # type: ignore[no-untyped-call]  # SQLAlchemy left it out
        event.listen(audit_entries, "after_create", _ddl.execute_if(dialect=_dialect))
