"""Results: how the sending goes, what became of the mails, and what readers opened on the site."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from digest.dispatch import audit as account
from digest.model import DeliveryState, Edition, EditionState, Feedback, Tally
from digest.web.asking import Ask
from digest.web.views import address

COMPLAINT_LINES = (0.001, 0.003)
"""Shares of delivered mails at which mailbox providers begin to doubt, and to refuse."""

MOST_RECORDS = 200
TREND = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart, its length in hundredths of the longest."""

    label: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Sent:
    """One edition of the trend."""

    edition: Edition
    sent: int


def results(ask: Ask) -> Response:
    """Show an edition's results; the counts renew themselves while it is being sent."""
    edition = ask.desk.edition(ask.key)
    newsletter = ask.desk.newsletters[edition.key.newsletter]
    is_frozen = edition.state in {EditionState.DISPATCHING, EditionState.CLOSED}
    ledger = ask.desk.ledger
    tally = ledger.tally(edition.key) if is_frozen else Tally()
    feedback = ledger.feedback(edition.key) if is_frozen else Feedback()
    clicks = ask.desk.results.clicks(edition.key)
    records = ledger.records(edition.key, account.TOLD_STATES, limit=MOST_RECORDS) if is_frozen else ()
    told = account.report(tally, records, edition=edition.key, dispatch=ledger.dispatch(edition.key))
    values: dict[str, object] = {
        "edition": edition,
        "newsletter": newsletter,
        "zone": newsletter.schedule.zone,
        "address": address(edition),
        "is_frozen": is_frozen,
        "is_live": edition.state is EditionState.DISPATCHING,
        "tally": tally,
        "feedback": feedback,
        "complaints": _rate(feedback.complained, feedback.delivered or tally.sent),
        "bounces": _rate(feedback.bounced, tally.sent),
        "lines": COMPLAINT_LINES,
        "clicks": bars([(item.headline, clicks.get(item.url, 0)) for item in edition.items]),
        "others": sum(clicks.values()) - sum(clicks.get(item.url, 0) for item in edition.items),
        "trend": trend(ask, edition),
        "account": told,
        "dispatch": ledger.dispatch(edition.key),
        "timeline": ask.desk.results.timeline(edition.key),
        "corrections": ask.desk.history.corrections(edition.key),
        "states": DeliveryState,
    }
    name = "results/live.html" if ask.query.get("part") == "live" else "results.html"
    return ask.page(name, values)


def bars(counted: list[tuple[str, int]]) -> tuple[Bar, ...]:
    """Return bars in the order given."""
    longest = max((count for _, count in counted), default=0)
    return tuple(Bar(label, count, 100 * count / longest if longest else 0.0) for label, count in counted)


def trend(ask: Ask, edition: Edition) -> tuple[Bar, ...]:
    """Return to how many readers each of the last editions was sent, the oldest first."""
    past = [
        one
        for one in ask.desk.editions.listed(edition.key.newsletter, limit=TREND * 2)
        if one.state is EditionState.CLOSED and not one.key.slot and one.key <= edition.key
    ][:TREND]
    return bars(
        [
            (f"{one.key.day.day} {one.key.day:%b}", ask.desk.ledger.tally(one.key).sent)
            for one in reversed(past)
        ]
    )


def _rate(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
