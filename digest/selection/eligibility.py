"""Which articles an edition may hold: an edition ledger, not a slice of time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from digest.model import (
    AlreadySent,
    Article,
    EditionKey,
    Identity,
    Schedule,
    SeenArticle,
    SentArticle,
    Window,
)
from digest.selection.rules import Rule
from digest.selection.window import ONE_DAY, TICK, cutoff, day_start

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What eligibility says of one article; `rule` is None where it may be in.

    Attributes:
        effective: the moment it counts from, UTC; None where there is none.
    """

    effective: datetime | None = None
    rule: Rule | None = None
    reason: str = ""
    numbers: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """What earlier editions hold, with their recent articles at hand by identity."""

    sent: AlreadySent
    by_identity: Mapping[Identity, SentArticle]

    @classmethod
    def of(cls, sent: AlreadySent) -> Ledger:
        """Return the ledger with its index."""
        ordered = sorted(sent.recent, key=lambda one: (one.edition, one.seen.article.id))
        index = {name: one for one in ordered for name in one.seen.article.identities}
        return cls(sent, index)


def effective_time(seen: SeenArticle, zone: ZoneInfo) -> datetime | None:
    """Return the moment an article counts from, UTC; None where nothing honest can be said.

    Its publication; for a date without a time, when we first saw it, kept within that local day; for
    an undated article, when we first saw it, unless it came with its source's archive.
    """
    article = seen.article
    if article.published is not None:
        return article.published
    if article.published_on is not None:
        opens = day_start(zone, article.published_on)
        closes = day_start(zone, article.published_on + ONE_DAY)
        return max(opens, min(seen.first_seen, closes - TICK))
    return None if seen.is_backlog else seen.first_seen


def judge(
    seen: SeenArticle,
    *,
    window: Window,
    schedule: Schedule,
    ledger: Ledger,
    is_pinned: bool = False,
    is_excluded: bool = False,
    kept_out: str = "",
) -> Verdict:
    """Say whether an edition with that window may hold an article.

    A candidate's effective time lies in [end − max_age, end); no earlier edition holds any identity of
    it; and it is new since the last edition: effective, first seen (a late arrival) or changed since
    the window's start. What an earlier edition weighed and left out doesn't come back unless its text
    changed since. What came with a source's archive is new only by its effective time.

    A pin brings in what is too old, weighed before, or published between the cutoff and our crawl; it
    never sends twice, and never opens an article dated ahead of the moment we saw it.

    Args:
        kept_out: why the newsletter's settings keep it out; a pin is stronger.
    """
    effective = effective_time(seen, schedule.zone)
    if is_excluded:
        return Verdict(effective, Rule.EXCLUDED, "An editor took it out.")
    if seen.gone_at is not None:
        gone = _clock(seen.gone_at, schedule.zone)
        return Verdict(effective, Rule.GONE, f"Its page is gone since {gone}.")
    if held := _already_held(seen, effective, schedule, ledger):
        return held
    if is_pinned and not _is_ahead(seen, effective):
        return Verdict(effective)
    if kept_out and not is_pinned:
        return Verdict(effective, Rule.KEPT_OUT, kept_out)
    if effective is None:
        problem = seen.article.date_problem
        why = f"Its date {problem}, and it came with its source's archive."
        why = why if problem else "It has no date and came with its source's archive."
        return Verdict(None, Rule.UNDATED, why)
    return _judge_time(seen, effective, window, schedule, ledger)


def _judge_time(
    seen: SeenArticle, effective: datetime, window: Window, schedule: Schedule, ledger: Ledger
) -> Verdict:
    def out(rule: Rule, reason: str) -> Verdict:
        return Verdict(effective, rule, reason, (("age_h", age_h),))

    age_h = round((window.end - effective) / HOUR, 3)
    at = _clock(effective, schedule.zone)
    if effective >= window.end:
        until = _clock(window.end, schedule.zone)
        return out(Rule.AFTER_CUTOFF, f"It counts from {at}; this edition takes articles before {until}.")
    if effective < window.end - schedule.max_age:
        limit = round(schedule.max_age / HOUR)
        return out(Rule.TOO_OLD, f"It counts from {at}, more than {limit} hours before the cutoff.")
    is_changed = seen.changed_at > seen.first_seen and seen.changed_at >= window.start
    if seen.article.id in ledger.sent.considered and not is_changed:
        return out(
            Rule.WEIGHED_BEFORE,
            "An earlier edition weighed it and left it out, and its text is the same since.",
        )
    is_late = not seen.is_backlog and (seen.first_seen >= window.start or is_changed)
    if effective < window.start and not is_late:
        start = _clock(window.start, schedule.zone)
        why = "came with its source's archive" if seen.is_backlog else "was known by then"
        return out(
            Rule.BEFORE_WINDOW, f"It counts from {at}, before this edition begins ({start}), and {why}."
        )
    return Verdict(effective)


def _already_held(
    seen: SeenArticle, effective: datetime | None, schedule: Schedule, ledger: Ledger
) -> Verdict | None:
    article = seen.article
    key = _holder(article, schedule, ledger)
    if key is None:
        return None
    before = next(
        (ledger.by_identity[name] for name in article.identities if name in ledger.by_identity), None
    )
    if before is not None and before.content_hash != article.content_hash:
        return Verdict(
            effective,
            Rule.CORRECTION_OFFERED,
            f"{before.edition} holds it, and its text has changed since: "
            f"`digest correct {before.edition}` sends a correction.",
        )
    return Verdict(effective, Rule.ALREADY_SENT, f"{key} holds it already.")


def _holder(article: Article, schedule: Schedule, ledger: Ledger) -> EditionKey | None:
    """Return the edition that holds an article, unless its source gave an old guid to a new page."""
    identities = ledger.sent.identities
    held = [name for name in article.identities if name in identities]
    if page := next((name for name in held if name.startswith("url:")), None):
        return identities[page]
    key = identities[held[0]] if held else None
    if key is None or article.published is None:
        return key
    is_new_page = article.published >= cutoff(schedule, key.day)
    return None if is_new_page else key


def _is_ahead(seen: SeenArticle, effective: datetime | None) -> bool:
    return effective is not None and effective > max(seen.first_seen, seen.changed_at)


def _clock(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
