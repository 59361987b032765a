"""The tables of the digest: what all migrations together must equal.

The delivery table is the one that grows: a row for each reader of each edition, written once. It is
clustered by edition and number, says nothing twice, and has no foreign keys: at a million rows each would
cost as much as the insert itself, and the freeze writes both sides in one transaction. Where a delivery
stands is said by the stretch it lies in, or by a row of its own where it stands apart.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)

from digest.storage.columns import Instant, address_mark, partial_index

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)

crawls = Table(
    "crawl",
    metadata,
    Column("source", Text, primary_key=True),
    Column("notes", Text, nullable=False),
    Column("first_at", Instant, nullable=False),
    Column("last_at", Instant, nullable=False),
    Column("problems", Text),
)
"""What each source asked us to keep, when it was read with success, what of it could not be used."""

articles = Table(
    "article",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("source", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("guid", Text, nullable=False),
    Column("content_hash", String(16), nullable=False),
    Column("published", Instant),
    Column("published_on", Date),
    Column("first_seen", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("is_backlog", Boolean, nullable=False),
    Column("gone_at", Instant),
    Column("content", Text, nullable=False),
    Index(None, "source", "changed_at"),
    Index(None, "source", "published"),
    Index(None, "source", "first_seen"),
)
"""Every article a crawl has met; `content` is the whole of it as JSON."""

editions = Table(
    "edition",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("newsletter", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("slot", Text, nullable=False),
    Column("state", String(12), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("approved_hash", String(64), nullable=False),
    Column("approved_by", Text, nullable=False),
    Column("approved_at", Instant),
    Column("cutoff", Instant, nullable=False),
    Column("content", Text, nullable=False),
    Column("content_sha256", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("reached_nobody", Boolean, nullable=False),
    UniqueConstraint("newsletter", "day", "slot"),
    CheckConstraint("state IN ('draft', 'approved', 'dispatching', 'closed')", name="state"),
)
"""One row an edition; `reached_nobody` marks a closed one whose articles nobody was sent."""

edition_decisions = Table(
    "edition_decisions",
    metadata,
    Column(
        "edition_id", ForeignKey("edition.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    Column("content", LargeBinary, nullable=False),
)
"""Why each article is in the edition, or out of it: JSON packed by zlib, a tenth of its size."""

edition_articles = Table(
    "edition_article",
    metadata,
    Column("edition_id", ForeignKey("edition.id", ondelete="CASCADE"), primary_key=True),
    Column("article", String(16), primary_key=True),
    Column("content_hash", String(16), nullable=False),
)
"""The articles an edition holds, with the text they had then."""

edition_identities = Table(
    "edition_identity",
    metadata,
    Column("edition_id", ForeignKey("edition.id", ondelete="CASCADE"), primary_key=True),
    Column("identity", Text, primary_key=True),
)
"""What no later edition of the newsletter may hold again."""

edition_passed_over = Table(
    "edition_passed_over",
    metadata,
    Column("edition_id", ForeignKey("edition.id", ondelete="CASCADE"), primary_key=True),
    Column("article", String(16), primary_key=True),
)
"""The articles an edition weighed and left out for good."""

renderings = Table(
    "rendering",
    metadata,
    Column("edition_id", ForeignKey("edition.id"), primary_key=True),
    Column("variant", SmallInteger, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("content_sha256", String(64), nullable=False),
    UniqueConstraint("edition_id", "name"),
)
"""The frozen bytes of each variant; variant 0 is the default."""

dispatches = Table(
    "dispatch",
    metadata,
    Column("edition_id", ForeignKey("edition.id"), primary_key=True),
    Column("frozen", Integer, nullable=False),
    Column("frozen_at", Instant, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("hold_until", Instant),
    Column("canary", Integer, nullable=False),
    Column("canary_out_at", Instant),
    Column("is_canary_passed", Boolean, nullable=False),
    Column("stopped", Text, nullable=False),
    Column("canceled", Text, nullable=False),
    Column("deliveries_forgotten_at", Instant),
    Column("events_forgotten_at", Instant),
    Column("refusals_heard_at", Instant),
)
"""The one run of sending an edition; whether its deliveries and reports still name people, and its
refusals were taken in."""

PLANNED = text("state = 'planned'")
SENDING = text("state = 'sending'")

stretches = Table(
    "stretch",
    metadata,
    Column("edition_id", Integer, primary_key=True, autoincrement=False),
    Column("last_number", Integer, primary_key=True, autoincrement=False),
    Column("first_number", Integer, nullable=False),
    Column("variant", SmallInteger, nullable=False),
    Column("state", String(9), nullable=False),
    Column("not_before_ms", BigInteger, nullable=False),
    Column("claim_id", BigInteger),
    Column("owner", Text),
    Column("lease_until_ms", BigInteger),
    Column("provider_id", Text),
    Column("reason", Text),
    sqlite_with_rowid=False,
)
"""Consecutive deliveries of an edition that stand alike: planned, sending by one claim, sent or skipped.

No two share a number, and a delivery with a row of its own lies in none. A claim cuts its part off the
front of a planned one, which keeps its key: nothing but the two rows, side by side, is written.
"""
partial_index(
    "ix_stretch_planned",
    stretches.c.edition_id,
    stretches.c.not_before_ms,
    stretches.c.variant,
    stretches.c.last_number,
    where=PLANNED,
)
"""What a claim reads, in its order."""
partial_index("ix_stretch_sending", stretches.c.edition_id, where=SENDING)
"""The leases."""

stragglers = Table(
    "straggler",
    metadata,
    Column("edition_id", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("variant", SmallInteger, nullable=False),
    Column("state", String(9), nullable=False),
    Column("attempt", SmallInteger, nullable=False),
    Column("not_before_ms", BigInteger, nullable=False),
    Column("claim_id", BigInteger),
    Column("provider_id", Text),
    Column("reason", Text),
    sqlite_with_rowid=False,
)
"""Deliveries that do not stand as their neighbors do: refused, to be tried again, uncertain, held."""
partial_index(
    "ix_straggler_planned",
    stragglers.c.edition_id,
    stragglers.c.not_before_ms,
    stragglers.c.variant,
    stragglers.c.number,
    where=PLANNED,
)
"""What is tried again, in the order of its claims."""

claims = Table(
    "claim",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("edition_id", ForeignKey("edition.id"), nullable=False),
    Column("owner", Text, nullable=False),
    Column("lease_until_ms", BigInteger, nullable=False),
    Column("first_number", Integer, nullable=False),
    Column("last_number", Integer, nullable=False),
    Column("is_open", Boolean, nullable=False),
)
"""The claims that stragglers were, or are, part of, and until when: a stretch says it of itself.

The id is random: it is the part of a reference that a restored backup can't hand out again.
"""
IS_OPEN, IS_OVER = text("is_open"), text("NOT is_open")
partial_index("ix_claim_open", claims.c.edition_id, where=IS_OPEN)
partial_index("ix_claim_over", claims.c.edition_id, where=IS_OVER)
"""The others, which go when the edition is forgotten; of all together SQLite would look for open ones."""

deliveries = Table(
    "delivery",
    metadata,
    Column("edition_id", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("subscriber", Text, nullable=False),
    Column("canonical", Text, nullable=False),
    Column("address", Text),
    Column("name", Text, nullable=False),
    Column("mailing_list", Text, nullable=False),
    Column("variant", SmallInteger, nullable=False),
    sqlite_with_rowid=False,
)
"""One edition to one subscriber; `address` is empty where it equals the canonical one."""
Index("ix_delivery_mark", deliveries.c.edition_id, address_mark(deliveries.c.canonical)).ddl_if("sqlite")
"""Finds an address within an edition: whole addresses in it would be a third of a delivery's bytes."""

mail_events = Table(
    "mail_event",
    metadata,
    Column("event_id", Text, primary_key=True),
    Column("kind", String(12), nullable=False),
    Column("reference", Text, nullable=False),
    Column("edition_id", Integer),
    Column("number", Integer),
    Column("at", Instant, nullable=False),
    Column("address", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("is_permanent", Boolean, nullable=False),
    Column("url", Text, nullable=False),
    Column("raw", Text, nullable=False),
    Index(None, "edition_id", "number"),
)
"""What providers reported, each of their events once."""

HAS_ADDRESS = text("address <> ''")
partial_index(
    "ix_mail_event_mark",
    address_mark(func.lower(mail_events.c.address)),
    where=HAS_ADDRESS,
)
"""Finds what is told of a person by the address; none whose names were taken."""

IS_DEAD = text("is_permanent")
partial_index(
    "ix_mail_event_dead",
    mail_events.c.edition_id,
    mail_events.c.number,
    where=IS_DEAD,
)
"""What calls a mailbox dead: few among the many, and counted with every new one."""

waves = Table(
    "wave",
    metadata,
    Column("edition_id", ForeignKey("edition.id"), primary_key=True),
    Column("wave", SmallInteger, primary_key=True, autoincrement=False),
    Column("first_number", Integer, nullable=False),
    Column("last_number", Integer, nullable=False),
    Column("not_before_ms", BigInteger, nullable=False),
    Column("not_after_ms", BigInteger),
)
"""The parts of an edition that go out at times of their own; none where all go at once."""

subject_tests = Table(
    "subject_test",
    metadata,
    Column("edition_id", ForeignKey("edition.id"), primary_key=True),
    Column("percent", SmallInteger, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("winner", Text),
    Column("decided_by", Text, nullable=False),
)
"""The test of an edition's two subjects; `winner` is an arm, none while undecided."""

paces = Table(
    "pace",
    metadata,
    Column("provider", Text, primary_key=True),
    Column("free_at_ms", BigInteger, nullable=False),
    Column("learned_per_1000_s", BigInteger),
    Column("learned_at_ms", BigInteger),
)
"""When a provider may be called next, for all who send by it, and how many mails it was seen to take."""

pauses = Table(
    "pause",
    metadata,
    Column("edition_id", ForeignKey("edition.id", ondelete="CASCADE"), primary_key=True),
    Column("reason", Text, nullable=False),
    Column("until", Instant, nullable=False),
    Column("times", Integer, nullable=False),
)
"""Editions that nobody sends for a while, since a server refused everybody, and how often."""

sweeps = Table(
    "sweep",
    metadata,
    Column("name", Text, primary_key=True),
    Column("at", Instant, nullable=False),
)
"""When what is kept no longer was last taken away."""

story_clicks = Table(
    "story_click",
    metadata,
    Column("edition_id", ForeignKey("edition.id"), primary_key=True),
    Column("url", Text, primary_key=True),
    Column("arm", Text, primary_key=True),
    Column("readers", Integer, nullable=False),
    Column("scanners", Integer, nullable=False),
)
"""How often an edition's stories were opened, by nobody in particular; no address for any of them."""

changes = Table(
    "desk_change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("edition_id", ForeignKey("edition.id", ondelete="CASCADE"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("said", Text, nullable=False),
    Column("forward", Text, nullable=False),
    Column("backward", Text, nullable=False),
    Column("state", String(6), nullable=False),
    CheckConstraint("state IN ('done', 'undone', 'gone')", name="state"),
    Index(None, "edition_id", "id"),
)
"""Every editor change with what undoes it, in the order they were made."""

audit_entries = Table(
    "audit_entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("who", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("edition", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("detail", Text, nullable=False),
    Index(None, "edition", "id"),
)
"""Who did what, when; the database itself refuses to change or delete a row."""
