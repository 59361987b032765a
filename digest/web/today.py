"""Today: every newsletter's state at a glance, what is wrong first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.responses import Response

from digest.model import Approval, Edition, EditionKey, EditionState, Newsletter, Tally
from digest.model.desk import Crawled
from digest.selection.window import cutoff, edition_day, last_approval, next_send, send_time
from digest.web.asking import Ask
from digest.web.findings import check
from digest.web.views import address

STEPS = ("Collected", "Drafted", "Checked", "Approved", "Scheduled", "Sending", "Closed")
"""Approved is who said yes; scheduled, that its time is still to come or its hold still runs."""

_REACHED = {
    EditionState.DRAFT: 2,
    EditionState.APPROVED: 5,
    EditionState.DISPATCHING: 6,
    EditionState.CLOSED: 7,
}
_SENT = frozenset({EditionState.DISPATCHING, EditionState.CLOSED})
_FRESH = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier edition, and to how many it went; None where nothing of it was sent."""

    edition: Edition
    sent: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How one newsletter stands today.

    Attributes:
        reached: how many of `STEPS` are done.
        problem: what is wrong, a sentence with what to do; empty where nothing is.
        next_at: the next instant that matters, and `next_what` happens then.
    """

    newsletter: Newsletter
    edition: Edition | None
    address: str
    reached: int
    verdict: str
    problem: str
    next_at: datetime | None
    next_what: str
    tally: Tally | None
    past: tuple[Past, ...]


def today(ask: Ask) -> Response:
    """Show all newsletters, those with a problem first."""
    crawled = ask.desk.results.crawled()
    standings = [standing(ask, newsletter, crawled) for newsletter in ask.desk.newsletters.values()]
    standings.sort(
        key=lambda one: (not one.problem, one.next_at or datetime.max.replace(tzinfo=ask.now.tzinfo))
    )
    return ask.page("today.html", standings=standings, steps=STEPS, address=address, zone=ask.desk.zone)


def standing(ask: Ask, newsletter: Newsletter, crawled: dict[str, Crawled]) -> Standing:
    """Return how one newsletter stands."""
    desk, schedule = ask.desk, newsletter.schedule
    day = edition_day(schedule, ask.now)
    key = EditionKey(newsletter.key, day)
    edition = desk.editions.load(key)
    tally = desk.ledger.tally(key) if edition is not None and edition.state in _SENT else None
    is_crawled = any(
        source in crawled and ask.now - crawled[source].last_at < _FRESH for source in newsletter.sources
    )
    next_at, next_what = _next(newsletter, key, edition, ask.now)
    past = [one for one in desk.editions.listed(newsletter.key, limit=6) if one.key != key][:5]
    return Standing(
        newsletter=newsletter,
        edition=edition,
        address=address(edition) if edition else "",
        reached=_reached(ask, key, edition) if edition else int(is_crawled),
        verdict=_verdict(newsletter, edition, tally, is_crawled=is_crawled),
        problem=_problem(newsletter, key, edition, tally, ask.now) or _blocked(ask, edition),
        next_at=next_at,
        next_what=next_what,
        tally=tally,
        past=tuple(
            Past(one, desk.ledger.tally(one.key).sent if one.state in _SENT else None) for one in past
        ),
    )


def _reached(ask: Ask, key: EditionKey, edition: Edition) -> int:
    """Return how many steps are done; a draft is checked where nothing blocks its approval."""
    if edition.state is EditionState.DRAFT:
        return _REACHED[edition.state] + (not check(ask, edition, with_sender=False).errors)
    dispatch = ask.desk.ledger.dispatch(key)
    if dispatch is not None and dispatch.hold_until is not None and ask.now < dispatch.hold_until:
        return _REACHED[EditionState.APPROVED]
    return _REACHED[edition.state]


def _blocked(ask: Ask, edition: Edition | None) -> str:
    """Return that the checks of a draft found errors; empty where they did not."""
    if edition is None or edition.state is not EditionState.DRAFT:
        return ""
    count = len(check(ask, edition, with_sender=False).errors)
    what = "1 error blocks" if count == 1 else f"{count} errors block"
    return f"{what} the approval. See Checks." if count else ""


def _next(
    newsletter: Newsletter, key: EditionKey, edition: Edition | None, now: datetime
) -> tuple[datetime | None, str]:
    """Return what happens next by the clock."""
    schedule = newsletter.schedule
    steps = [(cutoff(schedule, key.day), "the day ends")]
    if edition is None or edition.state in {EditionState.DRAFT, EditionState.APPROVED}:
        steps.append((send_time(schedule, key.day), "it goes out"))
        latest = last_approval(newsletter, key.day)
        if latest is not None:
            steps.append((latest, "the deadline: later nothing goes out"))
    ahead = [step for step in steps if step[0] > now]
    if ahead:
        return min(ahead)
    following = next_send(schedule, now)
    return following, "the next edition goes out" if following else ""


def _verdict(
    newsletter: Newsletter, edition: Edition | None, tally: Tally | None, *, is_crawled: bool
) -> str:
    if edition is None:
        return "Collected, not drafted yet" if is_crawled else "Nothing collected yet"
    match edition.state:
        case EditionState.DRAFT:
            waits = newsletter.approval is Approval.REQUIRED
            return "Draft, waiting for approval" if waits else "Draft; it approves itself when its day ends"
        case EditionState.APPROVED:
            return "Approved"
        case EditionState.DISPATCHING:
            return f"Sending: {tally.sent:,} of {tally.frozen:,}" if tally else "Sending"
        case EditionState.CLOSED:
            return f"Sent to {tally.sent:,} readers" if tally and tally.frozen else "Closed, sent to nobody"


def _problem(
    newsletter: Newsletter, key: EditionKey, edition: Edition | None, tally: Tally | None, now: datetime
) -> str:
    """Return what somebody should look at."""
    schedule = newsletter.schedule
    latest, send_at = last_approval(newsletter, key.day), send_time(schedule, key.day)
    is_waiting = edition is not None and edition.state is EditionState.DRAFT
    if is_waiting and latest is not None and now >= latest:
        return "Nobody approved it before the deadline, so nothing went out. It will not go out any more."
    if is_waiting and newsletter.approval is Approval.REQUIRED and now >= send_at:
        return "Its time has passed and nobody has approved it. Nothing goes out until somebody does."
    if edition is None and now >= send_at and key.day.weekday() in schedule.weekdays:
        return "There is no draft. Too few stories, or the job did not run: see Runs."
    if tally is not None and tally.failed + tally.held:
        return f"{tally.failed:,} deliveries failed and {tally.held:,} are held. See Results."
    return ""
