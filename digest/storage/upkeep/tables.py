"""Upkeep's tables: heartbeats, alerts, when things were last done, posts of providers, webhooks."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, Table, Text, UniqueConstraint, text

from digest.storage.columns import Instant, partial_index
from digest.storage.tables import metadata

heartbeats = Table(
    "heartbeat",
    metadata,
    Column("name", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("process", Text, nullable=False),
    Column("newsletter", Text, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("beat_at", Instant, nullable=False),
    Column("moved_at", Instant, nullable=False),
    Column("doing", Text, nullable=False),
)
"""Who is at work: one row for each process or job while it lives, taken away when it ends in order."""

alerts = Table(
    "alert",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("newsletter", Text, nullable=False),
    Column("said", Text, nullable=False),
    Column("remedy", Text, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("well", Text, nullable=False),
    Column("told", Text, nullable=False),
    Column("told_well", Text, nullable=False),
    Column("claimed_until", Instant),
)
"""What somebody was told, or is to be told; `well` says what became of it, empty for nothing to tell.

`told` and `told_well` are the channels that have it, joined by "+".
"""

IS_OPEN = text("closed_at IS NULL")
partial_index(
    "uq_alert_open",
    alerts.c.kind,
    alerts.c.about,
    unique=True,
    where=IS_OPEN,
)
"""Of one thing there is one open alert, whoever finds it first."""

milestones = Table(
    "milestone",
    metadata,
    Column("name", Text, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("detail", Text, nullable=False),
)
"""When something that should happen now and then was last done, and what came of it."""

hook_posts = Table(
    "hook_post",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("provider", Text, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("taken_until", Instant),
    Column("tries", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
"""What providers posted, proved by their signature, until it is judged."""

hook_tokens = Table(
    "hook_token",
    metadata,
    Column("provider", Text, primary_key=True),
    Column("token", Text, primary_key=True),
    Column("body_hash", Text, nullable=False),
    Column("at", Instant, nullable=False),
)
"""Signatures that do not cover what is told, and the post each came with: none serves for another."""

webhook_events = Table(
    "webhook_event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("hook", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("next_at", Instant),
    Column("told_at", Instant),
    Column("tries", Integer, nullable=False),
    Column("problem", Text, nullable=False),
    UniqueConstraint("hook", "name"),
)
"""What a program is told; `next_at` is when it is tried, empty once it has it or nobody tries any more."""
