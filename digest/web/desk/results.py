"""Results: how the sending goes, what became of the mails, and what readers opened on the site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from digest.dispatch import audit as account
from digest.model import DeliveryState, Edition, EditionState, Feedback, Tally
from digest.model.clicks import RULE
from digest.model.subject_tests import SubjectTest
from digest.transports.blaming import remedy_for
from digest.web.desk.charts import Curve, bars, curve
from digest.web.desk.letter.blocks import named_links
from digest.web.desk.views import address
from digest.web.serving.request import Ask
from digest.words.speaking import counted, say, spoken
from subscribers import growth

COMPLAINT_LINES = (0.001, 0.003)
"""Shares of delivered mails at which mailbox providers begin to doubt, and to refuse."""

MOST_DRAWN = 0.9
"""Percent of complaints; what is worse is drawn at the top, so that the lines stay apart."""

MOST_RECORDS = 200
TREND = 12
_FROZEN = frozenset({EditionState.DISPATCHING, EditionState.CLOSED})


@dataclass(frozen=True, slots=True)
class Arm:
    """One of two subjects, and how it did so far."""

    subject: str
    sent: int
    clicked: int
    rate: float
    is_winner: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """The last editions side by side, the oldest first.

    Attributes:
        sizes: subscriptions to the newsletter's lists when each was frozen.
        complaints: in percent of delivered mails, beside the lines of mailbox providers.
    """

    sizes: Curve
    complaints: Curve


def results(ask: Ask) -> Response:
    """Show an edition's results; the counts renew themselves while it is being sent."""
    edition = ask.desk.edition(ask.key)
    values = live(ask, edition)
    if ask.query.get("part") == "live":
        return ask.page("results/live.html", values)
    opened = ask.desk.newsroom.database.clicks.of(edition.key)
    clicks = opened.by_url
    counted = [(item.headline, clicks.get(item.url, 0)) for item in edition.items]
    counted += [
        (name, clicks.get(url, 0)) for block in edition.blocks for url, name in named_links(block).items()
    ]
    test = ask.desk.ledger.subject_test(edition.key) if values["is_frozen"] else None
    values |= {
        "newsletter": ask.desk.newsletters[edition.key.newsletter],
        "clicks": bars(counted),
        "scanned": opened.scanned,
        "rule": RULE,
        "others": sum(clicks.values()) - sum(count for _, count in counted),
        "test": test,
        "is_clicked": ask.desk.parts(edition.key.newsletter).subject_testing.counts_clicks,
        "arms": arms(ask, edition, test) if values["is_frozen"] and edition.subject_b else (),
        "trend": trend(ask, edition),
        "timeline": ask.desk.results.timeline(edition.key),
        "corrections": ask.desk.history.corrections(edition.key),
        "states": DeliveryState,
    }
    return ask.page("results.html", values)


def live(ask: Ask, edition: Edition) -> dict[str, object]:
    """Return what changes while an edition is being sent."""
    ledger = ask.desk.ledger
    is_frozen = edition.state in _FROZEN
    tally = ledger.tally(edition.key) if is_frozen else Tally()
    feedback = ledger.feedback(edition.key) if is_frozen else Feedback()
    records = ledger.records(edition.key, account.TOLD_STATES, limit=MOST_RECORDS) if is_frozen else ()
    dispatch = ledger.dispatch(edition.key)
    is_live = edition.state is EditionState.DISPATCHING
    return {
        "edition": edition,
        "address": address(edition),
        "is_frozen": is_frozen,
        "is_live": is_live,
        "now_true": moment_of(ask, edition, tally),
        "tally": tally,
        "feedback": feedback,
        "pace": ask.desk.speed.look(edition.key, tally, now=ask.now) if is_live else None,
        "complaints": _rate(feedback.complained, feedback.delivered or tally.sent),
        "bounces": _rate(feedback.bounced, tally.sent),
        "lines": COMPLAINT_LINES,
        "account": account.report(
            tally, records, edition=edition.key, dispatch=dispatch, remedy=remedy_for
        ),
        "dispatch": dispatch,
        "zone": ask.desk.newsletters[edition.key.newsletter].schedule.zone,
    }


def moment_of(ask: Ask, edition: Edition, tally: Tally) -> str:
    """Return what is true of the sending at this moment, as a sentence; empty where the counts say it."""
    dispatch = ask.desk.ledger.dispatch(edition.key)
    if edition.state not in _FROZEN or dispatch is None or dispatch.canceled:
        return ""
    if edition.state is EditionState.CLOSED:
        return _ended(tally)
    zone = ask.desk.newsletters[edition.key.newsletter].schedule.zone
    if dispatch.stopped:
        return say("It is stopped: nothing leaves until somebody lets it go on.")
    if dispatch.hold_until is not None and dispatch.hold_until > ask.now:
        return say(
            "It is held back until %(at)s: nothing has left yet.",
            at=spoken().moment(dispatch.hold_until, zone),
        )
    if dispatch.paused_until is not None and dispatch.paused_until > ask.now:
        return say(
            "It pauses until %(at)s, then it goes on by itself.",
            at=spoken().moment(dispatch.paused_until, zone),
        )
    return say("It is being sent now; the numbers grow.") if tally.open else ""


def _ended(tally: Tally) -> str:
    if tally.late and not tally.sent:
        return say("Its deadline had passed: nobody got it, and nobody will.")
    if tally.late:
        return counted(
            "It is over. For %(count)s reader the deadline had passed: they did not get it.",
            "It is over. For %(count)s readers the deadline had passed: they did not get it.",
            tally.late,
        )
    return say("It is over: everybody it was meant for was sent it.") if tally.sent == tally.frozen else ""


def arms(ask: Ask, edition: Edition, test: SubjectTest | None) -> tuple[Arm, ...]:
    """Return how each subject did, the first one's first."""
    return tuple(
        Arm(
            subject=edition.subject_b if one.arm else edition.subject,
            sent=one.sent,
            clicked=one.clicked,
            rate=one.rate,
            is_winner=test is not None and test.winner == one.arm,
        )
        for one in ask.desk.ledger.subject_results(edition.key)
    )


def trend(ask: Ask, edition: Edition) -> Trend:
    """Return how the lists grew and how many complained, over the last editions up to this one."""
    past = _past(ask, edition)
    names = [f"{one.key.day.day} {one.key.day:%b}" for one in past]
    ledger = ask.desk.ledger
    frozen = [ledger.frozen_at(one.key) for one in past]
    lists = ask.desk.newsletters[edition.key.newsletter].lists
    sizes = growth.sizes(ask.desk.newsroom.people, lists, frozen)
    told = [ledger.feedback(one.key) for one in past]
    sent = [ledger.tally(one.key).sent for one in past]
    complaints = [
        100 * _rate(one.complained, one.delivered or count) for one, count in zip(told, sent, strict=True)
    ]
    return Trend(
        curve(list(zip(names, map(float, sizes), strict=True))),
        curve(
            list(zip(names, complaints, strict=True)),
            [(f"{100 * line:.1f} %", 100 * line) for line in COMPLAINT_LINES],
            most=MOST_DRAWN,
        ),
    )


def _past(ask: Ask, edition: Edition) -> Sequence[Edition]:
    """Return the last editions that were frozen, the oldest first; corrections are none of them."""
    found = [
        one
        for one in ask.desk.editions.listed(edition.key.newsletter, limit=TREND * 3)
        if one.state in _FROZEN
        and one.key.slot == edition.key.slot
        and one.key <= edition.key
        and ask.desk.ledger.dispatch(one.key) is not None
    ]
    return found[:TREND][::-1]


def _rate(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
