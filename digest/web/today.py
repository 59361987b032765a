"""Today: every newsletter's state at a glance, what is wrong first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.responses import Response

from digest.model import Approval, Edition, EditionKey, EditionState, Newsletter, Tally
from digest.model.desk import Crawled
from digest.selection.window import cutoff, edition_day, last_approval, next_send, send_time
from digest.web.asking import Ask
from digest.web.views import address

STEPS = ("Collected", "Drafted", "Approved", "Sending", "Closed")

_REACHED = {
    EditionState.DRAFT: 2,
    EditionState.APPROVED: 3,
    EditionState.DISPATCHING: 4,
    EditionState.CLOSED: 5,
}
_FRESH = timedelta(hours=24)


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
    past: tuple[Edition, ...]


def today(ask: Ask) -> Response:
    """Show all newsletters, those with a problem first."""
    crawled = ask.desk.results.crawled()
    standings = [standing(ask, newsletter, crawled) for newsletter in ask.desk.newsletters.values()]
    standings.sort(
        key=lambda one: (not one.problem, one.next_at or datetime.max.replace(tzinfo=ask.now.tzinfo))
    )
    return ask.page("today.html", standings=standings, steps=STEPS, address=address)


def standing(ask: Ask, newsletter: Newsletter, crawled: dict[str, Crawled]) -> Standing:
    """Return how one newsletter stands."""
    desk, schedule = ask.desk, newsletter.schedule
    day = edition_day(schedule, ask.now)
    key = EditionKey(newsletter.key, day)
    edition = desk.editions.load(key)
    is_under_way = edition is not None and edition.state in {
        EditionState.DISPATCHING,
        EditionState.CLOSED,
    }
    tally = desk.ledger.tally(key) if is_under_way else None
    is_crawled = any(
        source in crawled and ask.now - crawled[source].last_at < _FRESH for source in newsletter.sources
    )
    next_at, next_what = _next(newsletter, key, edition, ask.now)
    past = tuple(one for one in desk.editions.listed(newsletter.key, limit=6) if one.key != key)
    return Standing(
        newsletter=newsletter,
        edition=edition,
        address=address(edition) if edition else "",
        reached=_REACHED[edition.state] if edition else int(is_crawled),
        verdict=_verdict(newsletter, edition, tally, is_crawled=is_crawled),
        problem=_problem(newsletter, key, edition, tally, ask.now),
        next_at=next_at,
        next_what=next_what,
        tally=tally,
        past=past[:5],
    )


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
