"""Short ways to bring readers into a state, for tests of what comes after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from subscribers import consent, lists
from subscribers.audience import audience, suppressed
from subscribers.imports.batching import ImportTerms
from subscribers.imports.importing import ImportReport, import_file
from subscribers.model import Evidence
from subscribers.storage.audience import AudienceQuery
from subscribers.storage.database import SubscriberDatabase

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
FORM = Evidence(words="Send me the morning edition.", source="https://harbour.example/join", ip="192.0.2.7")


def sign_up(
    database: SubscriberDatabase, address: str, mailing_list: str = "morning", *, now: datetime = NOW
) -> consent.SignUp:
    lists.ensure(database, mailing_list, now=now)
    return consent.sign_up(database, address, mailing_list, FORM, now=now)


def join(
    database: SubscriberDatabase, address: str, mailing_list: str = "morning", *, now: datetime = NOW
) -> str:
    """Sign up and confirm; return the subscriber's id."""
    asked = sign_up(database, address, mailing_list, now=now)
    assert asked.requested_at is not None
    consent.confirm(database, asked.subscriber, mailing_list, asked.requested_at, FORM, now=now + SECOND)
    return asked.subscriber


def load(
    database: SubscriberDatabase, folder: Path, text: str, mailing_list: str = "morning", **terms: Any
) -> ImportReport:
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    return import_file(database, path, ImportTerms(mailing_list, terms.pop("now", NOW), **terms))


def answer(database: SubscriberDatabase, query: AudienceQuery) -> list[dict[str, Any]]:
    with database.reading() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def mailed(
    database: SubscriberDatabase, lists: Sequence[str] = ("morning",), *, now: datetime = NOW
) -> set[str]:
    """Return the canonical addresses that an edition would go to."""
    return {row["canonical"] for row in answer(database, audience(lists, now=now))}


def barred(
    database: SubscriberDatabase, lists: Sequence[str] = ("morning",), *, now: datetime = NOW
) -> set[str]:
    return {row["canonical"] for row in answer(database, suppressed(lists, now=now))}
