"""Today: every newsletter's state at a glance, what is wrong first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from starlette.responses import Response

from digest.day import waiting
from digest.dispatch import audit as account
from digest.editions.corrections import original_of
from digest.model import Approval, Dispatch, Edition, EditionKey, EditionState, Ending, Newsletter, Tally
from digest.model.desk import Crawled, Role, User
from digest.selection.window import cutoff, edition_day, last_approval, next_send, send_time
from digest.web.desk import approving
from digest.web.desk.findings import check
from digest.web.desk.views import address
from digest.web.serving.request import Ask
from digest.web.serving.wording.names import named
from digest.words.speaking import counted, later, number, retold, say, spoken

STEPS = (
    later("Collected"),
    later("Drafted"),
    later("Checked"),
    later("Approved"),
    later("Scheduled"),
    later("Sending"),
    later("Closed"),
)
"""Approved is who said yes; scheduled, that its time is still to come or its hold still runs."""

_REACHED = {
    EditionState.DRAFT: 2,
    EditionState.APPROVED: 5,
    EditionState.DISPATCHING: 6,
    EditionState.CLOSED: 7,
}
_SENT = frozenset({EditionState.DISPATCHING, EditionState.CLOSED})
_FRESH = timedelta(hours=24)
_SLOTS_OF = timedelta(days=7)
"""How old a correction or week's best may be and still stand beside today's edition."""
_LISTED = 30
_AHEAD = 8
"""How many of the next instants are told beside the editions."""
_RUNS_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier edition, and to how many it went; None where nothing of it was sent.

    Attributes:
        late: for how many the deadline had passed.
    """

    edition: Edition
    sent: int | None
    is_canceled: bool = False
    late: int = 0


@dataclass(frozen=True, slots=True)
class Coming:
    """What happens at an instant by the clock."""

    at: datetime
    what: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How one newsletter's edition of today stands, or another one of its that is not closed yet.

    Attributes:
        what: which edition of the newsletter, where it is not the day's own.
        reached: how many of `STEPS` are done.
        problem: what is wrong, a sentence with what to do; empty where nothing is.
        ahead: what happens next by the clock, the next first.
        signing: None where nobody's yes is waited for.
    """

    newsletter: Newsletter
    what: str
    edition: Edition | None
    address: str
    reached: int
    verdict: str
    problem: str
    ahead: tuple[Coming, ...]
    tally: Tally | None
    past: tuple[Past, ...]
    signing: approving.Signing | None = None

    @property
    def next_at(self) -> datetime | None:
        """Return the next instant that matters."""
        return self.ahead[0].at if self.ahead else None

    @property
    def next_what(self) -> str:
        """Return what happens then."""
        return self.ahead[0].what if self.ahead else ""


def today(ask: Ask) -> Response:
    """Show all newsletters, those with a problem first."""
    crawled, users = ask.desk.results.crawled(), ask.desk.logins.users()
    standings = [
        one
        for newsletter in ask.newsletters.values()
        for one in _standings(ask, newsletter, crawled, users)
    ]
    standings.sort(key=lambda one: (not one.problem, one.next_at or datetime.max.replace(tzinfo=UTC)))
    begun = ask.newsletters.get(ask.query.get("begun", ""))
    ahead = [(step, one) for one in standings for step in one.ahead]
    return ask.page(
        "today.html",
        standings=standings,
        ahead=sorted(ahead, key=lambda pair: pair[0].at)[:_AHEAD],
        can_draft=ask.desk.starter.may and ask.user.may(Role.MANAGER),
        steps=STEPS,
        address=address,
        zone=ask.desk.zone,
        begun=begun.title if begun else "",
    )


def _standings(
    ask: Ask, newsletter: Newsletter, crawled: dict[str, Crawled], users: Sequence[User]
) -> list[Standing]:
    """Return how the day's edition stands, then every open correction and week's best."""
    key = EditionKey(newsletter.key, edition_day(newsletter.schedule, ask.now))
    is_crawled = any(
        source in crawled and ask.now - crawled[source].last_at < _FRESH for source in newsletter.sources
    )
    listed = ask.desk.editions.listed(newsletter.key, limit=_LISTED)
    slotted = [
        one
        for one in listed
        if one.key.slot and one.state is not EditionState.CLOSED and key.day - one.key.day <= _SLOTS_OF
    ]
    shown = {key, *(one.key for one in slotted)}
    past = tuple(_past(ask, one) for one in [one for one in listed if one.key not in shown][:5])
    edition = ask.desk.editions.load(key)
    first = standing(ask, newsletter, key, edition, users=users, is_crawled=is_crawled, past=past)
    return [first, *(standing(ask, newsletter, one.key, one, users=users) for one in slotted)]


def standing(
    ask: Ask,
    newsletter: Newsletter,
    key: EditionKey,
    edition: Edition | None,
    *,
    users: Sequence[User],
    is_crawled: bool = True,
    past: tuple[Past, ...] = (),
) -> Standing:
    """Return how one edition of a newsletter stands, drafted or not."""
    ledger = ask.desk.ledger
    is_frozen = edition is not None and edition.state in _SENT
    tally = ledger.tally(key) if is_frozen else None
    dispatch = ledger.dispatch(key) if is_frozen else None
    return Standing(
        newsletter=newsletter,
        what=_what(key),
        edition=edition,
        address=address(edition) if edition else "",
        reached=_reached(ask, edition, tally, dispatch) if edition else int(is_crawled),
        verdict=say("Paused")
        if newsletter.is_paused and (edition is None or edition.state is EditionState.DRAFT)
        else _verdict(newsletter, edition, tally, dispatch, now=ask.now, is_crawled=is_crawled),
        problem=_restored(ask, newsletter, key, edition)
        or _unread(ask, key, edition)
        or _problem(newsletter, key, edition, tally, ask.now)
        or _missed(edition, tally, dispatch)
        or _stopped(edition, dispatch)
        or _blocked(ask, edition),
        ahead=_ahead(newsletter, key, edition, dispatch, ask.now),
        tally=tally,
        past=past,
        signing=approving.signing(ask, newsletter, edition, users) if edition else None,
    )


def _restored(ask: Ask, newsletter: Newsletter, key: EditionKey, edition: Edition | None) -> str:
    """Return why it waits for a word after a restore; empty where it does not."""
    why = waiting.after_restore(ask.desk.newsroom.epoch, newsletter, key, edition, now=ask.now)
    return why and say("Nothing leaves: %(why)s.", why=retold(why.partition(". Where ")[0]))


def _what(key: EditionKey) -> str:
    """Return which edition of the newsletter it is, with its day; empty for the day's own."""
    if not key.slot:
        return ""
    kind = say("correction") if original_of(key) else key.slot
    return f"{kind}, {spoken().short_day(key.day)}"


def _past(ask: Ask, edition: Edition) -> Past:
    if edition.state not in _SENT:
        return Past(edition, None)
    dispatch, tally = ask.desk.ledger.dispatch(edition.key), ask.desk.ledger.tally(edition.key)
    is_canceled = dispatch is not None and bool(dispatch.canceled)
    return Past(edition, None if is_canceled and not tally.sent else tally.sent, is_canceled, tally.late)


def _held_until(dispatch: Dispatch | None, now: datetime) -> datetime | None:
    """Return when the hold that still runs will end."""
    if dispatch is None or dispatch.canceled or dispatch.hold_until is None or dispatch.hold_until <= now:
        return None
    return dispatch.hold_until


def _reached(ask: Ask, edition: Edition, tally: Tally | None, dispatch: Dispatch | None) -> int:
    """Return how many steps are done; a draft is checked where nothing blocks its approval."""
    if edition.state is EditionState.DRAFT:
        return _REACHED[edition.state] + (not check(ask, edition, with_sender=False).errors)
    is_canceled = dispatch is not None and dispatch.canceled and tally is not None and not tally.sent
    if is_canceled or _held_until(dispatch, ask.now):
        return _REACHED[EditionState.APPROVED]
    return _REACHED[edition.state]


def _unread(ask: Ask, key: EditionKey, edition: Edition | None) -> str:
    """Return that no source could be read for it, or that nobody would read it; empty otherwise."""
    if edition is None:
        runs = ask.desk.newsroom.database.runs.listed(limit=_RUNS_LOOKED_AT)
        last = next((one for one in runs if one.edition == str(key)), None)
        return (
            say("No source could be read: %(note)s", note=retold(last.note))
            if last and last.ending == Ending.SOURCES_DOWN
            else ""
        )
    if edition.state not in {EditionState.DRAFT, EditionState.APPROVED}:
        return ""
    why = waiting.why_nobody(ask.desk.parts(key.newsletter), key)
    return say("Nobody to send to: %(why)s.", why=retold(why)) if why else ""


def _missed(edition: Edition | None, tally: Tally | None, dispatch: Dispatch | None) -> str:
    """Return that a closed edition reached nobody, or too few; empty where it did not."""
    if edition is None or edition.state is not EditionState.CLOSED or tally is None or dispatch is None:
        return ""
    ending, note = account.standing(edition.key, tally, dispatch)
    return (
        f"{_capital(named(ending))}: {retold(note)}."
        if ending in {Ending.MISSED, Ending.LATE_FOR_SOME}
        else ""
    )


def _stopped(edition: Edition | None, dispatch: Dispatch | None) -> str:
    """Return that its sending was stopped; empty where it was not."""
    is_open = edition is not None and edition.state is EditionState.DISPATCHING
    if not is_open or dispatch is None or not dispatch.stopped or dispatch.canceled:
        return ""
    return say("Sending is stopped: %(why)s. See Runs.", why=retold(dispatch.stopped))


def _blocked(ask: Ask, edition: Edition | None) -> str:
    """Return that the checks of a draft found errors; empty where they did not."""
    if edition is None or edition.state is not EditionState.DRAFT:
        return ""
    count = len(check(ask, edition, with_sender=False).errors)
    if not count:
        return ""
    return counted(
        "%(count)s error blocks the approval. See Checks.",
        "%(count)s errors block the approval. See Checks.",
        count,
    )


def _last_approval(newsletter: Newsletter, key: EditionKey, edition: Edition | None) -> datetime | None:
    """Return from when on an approval comes too late; for a correction it never does."""
    is_again = edition is not None and bool(edition.canceled)
    return None if original_of(key) else last_approval(newsletter, key.day, is_again=is_again)


def _ahead(
    newsletter: Newsletter,
    key: EditionKey,
    edition: Edition | None,
    dispatch: Dispatch | None,
    now: datetime,
) -> tuple[Coming, ...]:
    """Return what happens next by the clock, the next first."""
    schedule = newsletter.schedule
    held_until = _held_until(dispatch, now)
    if held_until is not None:
        return (Coming(held_until, say("the hold ends and it goes out; until then it can be canceled")),)
    steps = [] if key.slot else [Coming(cutoff(schedule, key.day), say("the day ends"))]
    if edition is None or edition.state in {EditionState.DRAFT, EditionState.APPROVED}:
        steps.append(Coming(send_time(schedule, key.day), _goes_out(newsletter, key)))
        latest = _last_approval(newsletter, key, edition)
        if latest is not None:
            steps.append(Coming(latest, say("the deadline: later nothing goes out")))
    ahead = tuple(sorted((one for one in steps if one.at > now), key=lambda one: one.at))
    if ahead:
        return ahead
    following = None if key.slot else next_send(schedule, now)
    return (Coming(following, say("the next edition goes out")),) if following else ()


def _goes_out(newsletter: Newsletter, key: EditionKey) -> str:
    schedule = newsletter.schedule
    is_moved = schedule.leaves_at(key.day) != schedule.send_at
    if not is_moved:
        return say("it goes out")
    return say("it goes out, moved from %(at)s", at=f"{schedule.send_at:%H:%M}")


def _verdict(
    newsletter: Newsletter,
    edition: Edition | None,
    tally: Tally | None,
    dispatch: Dispatch | None,
    *,
    now: datetime,
    is_crawled: bool,
) -> str:
    if edition is None:
        return say("Collected, not drafted yet") if is_crawled else say("Nothing collected yet")
    if dispatch is not None and dispatch.canceled:
        return _canceled(dispatch.canceled, tally)
    match edition.state:
        case EditionState.DRAFT:
            if edition.canceled:
                return say(
                    "Draft again, %(why)s; it waits for a new approval", why=retold(edition.canceled)
                )
            waits = newsletter.approval is Approval.REQUIRED
            return (
                say("Draft, waiting for approval")
                if waits
                else say("Draft; it approves itself when its day ends")
            )
        case EditionState.APPROVED:
            return say("Approved")
        case EditionState.DISPATCHING:
            if _held_until(dispatch, now):
                return say("Held back; nothing has left yet")
            return (
                say("Sending: %(sent)s of %(all)s", sent=number(tally.sent), all=number(tally.frozen))
                if tally
                else say("Sending")
            )
        case EditionState.CLOSED:
            return _closed(tally)


def _closed(tally: Tally | None) -> str:
    if tally is None or not tally.sent:
        return say("Closed, sent to nobody")
    return counted("Sent to %(count)s reader", "Sent to %(count)s readers", tally.sent)


def _canceled(why: str, tally: Tally | None) -> str:
    """Return who canceled it, and what had left by then."""
    told = retold(why)
    said = told[:1].upper() + told[1:] if why.startswith("canceled") else say("Canceled: %(why)s", why=told)
    if tally is None or not tally.sent:
        return f"{said}; {say('nothing was sent')}"
    left = counted("it had left for %(count)s reader", "it had left for %(count)s readers", tally.sent)
    return f"{said}; {left}"


def _problem(
    newsletter: Newsletter, key: EditionKey, edition: Edition | None, tally: Tally | None, now: datetime
) -> str:
    """Return what somebody should look at."""
    schedule = newsletter.schedule
    latest, send_at = _last_approval(newsletter, key, edition), send_time(schedule, key.day)
    is_waiting = edition is not None and edition.state is EditionState.DRAFT
    if is_waiting and latest is not None and now >= latest:
        return say(
            "Nobody approved it before the deadline, so nothing went out. It will not go out any more."
        )
    is_asked = newsletter.approval is Approval.REQUIRED or (edition is not None and bool(edition.canceled))
    if is_waiting and is_asked and now >= send_at:
        return say("Its time has passed and nobody has approved it. Nothing goes out until somebody does.")
    if edition is None and now >= send_at and key.day.weekday() in schedule.weekdays:
        return say("There is no draft. Too few stories, or the job did not run: see Runs.")
    if tally is not None and tally.failed + tally.held:
        return say(
            "%(failed)s deliveries failed and %(held)s are held. See Results.",
            failed=number(tally.failed),
            held=number(tally.held),
        )
    return ""


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]
