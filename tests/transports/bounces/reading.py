"""Reading a bounce as the bounce box is read."""

from __future__ import annotations

from datetime import UTC, datetime

from digest.model import MailEvent, Problem
from digest.transports.feedback import read_feedback
from tests.transports.bounces.layouts import VERP

NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


def found(raw: str | bytes) -> MailEvent | Problem:
    return read_feedback(raw if isinstance(raw, bytes) else raw.encode(), verp=VERP, now=NOW)


def event_of(raw: str) -> MailEvent:
    event = found(raw)
    assert isinstance(event, MailEvent), event
    return event
