"""The desk's tables of what people tell one another, where mail reaches them, and what is booked."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, Table, Text

from digest.storage.columns import Instant
from digest.storage.tables import metadata

addresses = Table(
    "desk_address",
    metadata,
    Column("user_name", Text, primary_key=True),
    Column("address", Text, nullable=False),
)
"""Where mail reaches people of the desk, those who were only asked to come too."""

comments = Table(
    "desk_comment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("edition_id", ForeignKey("edition.id", ondelete="CASCADE"), nullable=False),
    Column("about", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("text", Text, nullable=False),
    Column("resolved_by", Text, nullable=False),
    Column("resolved_at", Instant),
    Index(None, "edition_id", "id"),
)
"""What was said of a story or block, named as in the edition; `resolved_by` is empty while it is open."""

readies = Table(
    "desk_ready",
    metadata,
    Column("edition_id", ForeignKey("edition.id", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Instant, nullable=False),
)
"""Who last said of which revision of a draft that it waits for an approval."""

bookings = Table(
    "desk_booking",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("newsletter", Text, nullable=False),
    Column("days", Text, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("content", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("ended_at", Instant),
    Index(None, "newsletter", "last_day"),
)
"""Sponsors' blocks that stand in the drafts of some days; `who` and `at` are of the last change."""
