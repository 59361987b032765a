"""Emptying a bounce box: each mail becomes an event or a problem, and is put away once that is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TypeVar

from digest.model import MailEvent, Problem
from digest.transports.feedback import read_feedback
from digest.transports.inboxes import Inbox
from digest.transports.verp import Verp

T = TypeVar("T")


def read_all(
    inbox: Inbox, verp: Verp | None, now: datetime, *, asks: Callable[[bytes], T | None] | None = None
) -> Iterator[MailEvent | Problem | T]:
    """Yield what each new mail in the box tells, oldest first.

    A mail is put away when the next one is asked for: store what was yielded before asking on, and a
    crash in between reads it again as the same event. What is no bounce of ours is yielded as a problem
    and put away too: a person's answer stays in the box, marked as seen.

    Args:
        verp: see `read_feedback`.
        now: where a mail bears no date.
        asks: looks at each mail first; what it finds is yielded instead.

    Raises:
        TransportUnavailable: the box can't be reached any more.
    """
    for key, raw in inbox.mails():
        found = asks(raw) if asks else None
        yield read_feedback(raw, verp=verp, now=now) if found is None else found
        inbox.done(key)
