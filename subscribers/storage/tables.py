"""The tables: the metadata that all migrations together must equal.

Ids of subscribers are text that sorts by time, so that a bulk import appends to its tables instead of
scattering over them.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    true,
)

from subscribers.storage.types import Day, Instant, Words

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)

_person = "subscriber.id"

secrets = Table(
    "subscribers_secret",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", String(64), nullable=False),
)
"""Random values made once for this database: the salt of the hashes that outlive a person."""

mailing_lists = Table(
    "mailing_list",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("title", String(200), nullable=False),
    Column("created_at", Instant, nullable=False),
)

subscribers = Table(
    "subscriber",
    metadata,
    Column("id", String(24), primary_key=True),
    Column("address", String(254), nullable=False),
    Column("canonical", String(254), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("language", String(35), nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("clicked_at", Instant),
    Column("delivered_at", Instant),
    sqlite_with_rowid=False,
)

subscriber_tags = Table(
    "subscriber_tag",
    metadata,
    Column("tag", String(100), primary_key=True),
    Column("subscriber", ForeignKey(_person, ondelete="CASCADE"), primary_key=True),
    Index("ix_subscriber_tag_subscriber", "subscriber"),
    sqlite_with_rowid=False,
)

subscriptions = Table(
    "subscription",
    metadata,
    Column("subscriber", ForeignKey(_person, ondelete="CASCADE"), primary_key=True),
    Column("mailing_list", ForeignKey("mailing_list.key"), primary_key=True),
    Column("state", String(10), nullable=False),
    Column("requested_at", Instant),
    Column("consented_at", Instant),
    Column("ended_at", Instant),
    Column("end_reason", String(200), nullable=False),
    Column("topics", Words, nullable=False),
    Column("frequency", String(10), nullable=False),
    Column("paused_until", Day),
    sqlite_with_rowid=False,
)
"""No index by list: it slows imports and whole lists down (measured, docs/decisions.md)."""

wordings = Table(
    "consent_wording",
    metadata,
    Column("key", String(32), primary_key=True),
    Column("words", Text, nullable=False),
)
"""The words readers were shown, each kept once."""

consents = Table(
    "consent",
    metadata,
    Column("subscriber", ForeignKey(_person, ondelete="CASCADE"), primary_key=True),
    Column("mailing_list", ForeignKey("mailing_list.key"), primary_key=True),
    Column("at", Instant, primary_key=True),
    Column("method", String(20), primary_key=True),
    Column("wording", ForeignKey("consent_wording.key"), nullable=False),
    Column("source", String(200), nullable=False),
    Column("ip_hash", String(32), nullable=False),
    sqlite_with_rowid=False,
)

suppressions = Table(
    "suppression",
    metadata,
    Column("key", String(32), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("canonical", String(254)),
    Column("at", Instant, nullable=False),
    Column("origin", String(20), nullable=False),
    Column("reason", String(500), nullable=False),
    Column("forget_after", Instant),
    Index("ix_suppression_canonical", "canonical"),
    sqlite_with_rowid=False,
)
"""`key` is the keyed hash of the canonical address and outlives it.

Whenever somebody is stored under a canonical address, every row with its key has it in `canonical`:
so one anti-join on `canonical` finds every suppression, the erased person's too.
"""

changes = Table(
    "subscriber_change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(32), nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("subscriber", String(24), nullable=False),
    Column("mailing_list", String(64), nullable=False),
    Column("at", Instant),
    Column("detail", String(100), nullable=False),
)
"""What became of readers, where somebody asked to hear of it, until it is passed on; it outlives them."""

feedback_events = Table(
    "subscriber_event",
    metadata,
    Column("event_id", String(200), primary_key=True),
    Column("key", String(32), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("at", Instant, nullable=False),
    Column("mailing_list", String(64), nullable=False),
    Column("reason", String(500), nullable=False),
    Column("counts", Boolean, nullable=False, server_default=true()),
    Index("ix_subscriber_event_key", "key"),
)
"""Bounces, complaints and provider's unsubscribes, by the hash of the address; each event id once."""
