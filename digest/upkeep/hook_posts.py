"""Providers' posts: kept at once, judged in their turn, so that no answer waits for ten thousand events."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from digest.errors import BadData, DigestError
from digest.storage.upkeep.hook_posts import HookPost
from digest.transports.reports import brevo, mailgun, postmark, ses
from digest.transports.reports.posts import Read
from digest.transports.sendgrid import events as sendgrid
from digest.upkeep.feedback import take_in
from digest.wiring.newsroom import Newsroom
from digest.wiring.refusals import Counted
from subscribers.errors import SubscribersError

log = logging.getLogger(__name__)

SENDGRID, SES, POSTMARK, MAILGUN, BREVO = "sendgrid", "ses", "postmark", "mailgun", "brevo"
AT_ONCE = 500
"""Events taken in together: nobody else waits for the database longer than for those."""

KEPT_FOR = timedelta(days=7)
"""So long a post that can't be judged is kept."""

LOOKS_EVERY_S = 60.0
_ENDS_WITHIN_S = 30.0


def judge(newsroom: Newsroom, *, clock: Callable[[], datetime], until: Callable[[], bool]) -> int:
    """Judge what was posted, the oldest first, and return how many posts that were.

    A post that was begun and not ended is judged again: repeats change nothing.

    Args:
        until: tells that it is time to end; what is left waits.
    """
    count, posts = 0, newsroom.database.hook_posts
    posts.forget(before=clock() - KEPT_FOR)
    while not until() and (post := posts.take(now=clock())) is not None:
        if not _judged(newsroom, post, clock=clock, until=until):
            break
        posts.done(post.number)
        count += 1
    return count


@dataclass(frozen=True, slots=True)
class Provider:
    """Whose posts are judged: their name, and who reads them."""

    name: str
    read: Callable[[bytes, datetime], Read]


PROVIDERS = {
    SENDGRID: Provider("SendGrid", lambda body, now: sendgrid.read_events(body, now=now)),
    SES: Provider(ses.NAME, lambda body, now: ses.read_events(body, now=now)),
    POSTMARK: Provider(postmark.NAME, lambda body, now: postmark.read_events(body, now=now)),
    MAILGUN: Provider(mailgun.NAME, lambda body, now: mailgun.read_events(body, now=now)),
    BREVO: Provider(brevo.NAME, lambda body, now: brevo.read_events(body, now=now)),
}


def _judged(
    newsroom: Newsroom,
    post: HookPost,
    *,
    clock: Callable[[], datetime],
    until: Callable[[], bool],
) -> bool:
    try:
        provider = PROVIDERS[post.provider]
        events, problems = provider.read(post.body, post.received_at)
    except (BadData, KeyError) as error:
        log.warning("a post of %s held no events: %s", post.provider, error)
        return True
    for problem in problems:
        log.warning("%s", problem)
    counted = Counted()
    for start in range(0, len(events), AT_ONCE):
        some = events[start : start + AT_ONCE]
        if until():
            return False
        take_in(newsroom, some, now=clock())
        for event in some:
            counted.add(event)
    counted.warn(f"{provider.name}'s events")
    return True


class Judge:
    """A thread that judges what was posted, and what an earlier one left."""

    def __init__(self, newsroom: Newsroom, clock: Callable[[], datetime]) -> None:
        """Begin asleep."""
        self._newsroom, self._clock = newsroom, clock
        self._wakes, self._is_over = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._go_on, name="judge", daemon=True)

    def start(self) -> None:
        """Begin to judge."""
        self._thread.start()

    def wake(self) -> None:
        """Look now."""
        self._wakes.set()

    def stop(self) -> None:
        """End after the events that are being taken in; the rest waits in the database."""
        self._is_over.set()
        self._wakes.set()
        if self._thread.is_alive():
            self._thread.join(timeout=_ENDS_WITHIN_S)

    def _go_on(self) -> None:
        while not self._is_over.is_set():
            self._wakes.clear()
            try:
                judge(self._newsroom, clock=self._clock, until=self._is_over.is_set)
            except (DigestError, SubscribersError) as error:
                log.warning("posts wait to be judged: %s", error)
            self._wakes.wait(LOOKS_EVERY_S)
