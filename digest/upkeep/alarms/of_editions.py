"""What is wrong with editions: not approved, not sent, stopped, or not sent to everybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from digest.day import waiting
from digest.dispatch.audit import standing
from digest.editions.corrections import original_of
from digest.model import Approval, Dispatch, Edition, EditionKey, EditionState, Ending, Newsletter, Tally
from digest.model.upkeep import Alert, AlertKind, Trouble
from digest.selection.window import appears, deadline, edition_day, last_approval, send_time
from digest.settings.unpacking import newsletters_of
from digest.settings.upkeep import AlertsSettings
from digest.upkeep import logbook
from digest.wiring import nobody
from digest.wiring.newsroom import Newsroom

KINDS = frozenset(
    {
        AlertKind.UNAPPROVED,
        AlertKind.NOTHING_SENT,
        AlertKind.REACHED_NOBODY,
        AlertKind.NO_READERS,
        AlertKind.SKIPPED,
        AlertKind.FAILED,
        AlertKind.HELD,
        AlertKind.STOPPED,
    }
)
LOST = frozenset({AlertKind.NOTHING_SENT, AlertKind.REACHED_NOBODY, AlertKind.NO_READERS})
"""What nobody can mend any more: all is well again when the next edition goes out."""

RECENT = timedelta(days=2)
"""What went wrong longer ago is told by audits and pages, no longer by alarms."""

RESTS_AFTER = timedelta(days=7)
"""A newsletter that nothing ran for longer is at rest: that it has no edition is no news."""

WITHOUT_DEADLINE = timedelta(hours=12)
LOOKED_AT = 6
"""Editions of each newsletter, the newest: a week's best and corrections count too."""

_RUNS_LOOKED_AT = 60


def troubles(newsroom: Newsroom, rules: AlertsSettings, now: datetime) -> Iterator[Trouble]:
    """Yield what is wrong with every newsletter's latest editions."""
    for newsletter in newsletters_of(newsroom.settings):
        listed = newsroom.database.editions.listed(newsletter.key, limit=LOOKED_AT)
        gone_out = _gone_out(newsroom, newsletter.key)
        for edition in listed:
            if edition_day(newsletter.schedule, now) - edition.key.day <= RECENT:
                for one in of_edition(newsroom, newsletter, edition, rules, now):
                    is_past = gone_out is not None and edition.key.day < gone_out[0].day
                    if not (is_past and one.kind in LOST):
                        yield one
        yield from _without(newsroom, newsletter, listed, now)


def of_edition(
    newsroom: Newsroom, newsletter: Newsletter, edition: Edition, rules: AlertsSettings, now: datetime
) -> Iterator[Trouble]:
    """Yield what is wrong with one edition."""
    key = edition.key
    yield from _after_restore(newsroom, newsletter, key, edition, now)
    if edition.state is EditionState.DRAFT:
        yield from _of_draft(newsletter, edition, rules, now)
    elif edition.state is EditionState.APPROVED and not key.slot:
        due = now >= send_time(newsletter.schedule, key.day)
        why = nobody.why(newsroom.settings, newsletter.key, newsroom.people) if due else ""
        if why:
            yield _trouble(AlertKind.NO_READERS, key, f"{key} does not go out: {why}.", "Mend the list.")
    ledger = newsroom.database.ledger
    dispatch = ledger.dispatch(key)
    if dispatch is not None and not dispatch.canceled:
        yield from _of_dispatch(key, ledger.tally(key), dispatch)


def _after_restore(
    newsroom: Newsroom, newsletter: Newsletter, key: EditionKey, edition: Edition | None, now: datetime
) -> Iterator[Trouble]:
    """Yield that an edition may have left before a restore, and waits for a word."""
    why = waiting.after_restore(newsroom.epoch, newsletter, key, edition, now=now)
    if why:
        first, _, ways = why.partition(". ")
        yield _trouble(AlertKind.STOPPED, key, f"{key} waits for a word: {first}.", f"{ways}.")


def _gone_out(newsroom: Newsroom, newsletter: str) -> tuple[EditionKey, Tally] | None:
    """Return the newsletter's latest edition, and its counts, where it reached somebody."""
    latest = newsroom.database.editions.latest(newsletter)
    if latest is None or latest.state not in {EditionState.DISPATCHING, EditionState.CLOSED}:
        return None
    tally = newsroom.database.ledger.tally(latest.key)
    return (latest.key, tally) if tally.sent else None


def is_missed(edition: Edition, newsletter: Newsletter, now: datetime) -> bool:
    """Tell whether the edition waits for an approval that would come too late."""
    latest = _latest(edition, newsletter)
    return latest is not None and now >= latest


def _latest(edition: Edition, newsletter: Newsletter) -> datetime | None:
    """Return from when on its approval comes too late; None where it needs none, or never does."""
    is_asked = newsletter.approval is Approval.REQUIRED or bool(edition.canceled)
    if edition.state is not EditionState.DRAFT or not is_asked or original_of(edition.key):
        return None
    return last_approval(newsletter, edition.key.day, is_again=bool(edition.canceled))


def _of_draft(
    newsletter: Newsletter, edition: Edition, rules: AlertsSettings, now: datetime
) -> Iterator[Trouble]:
    key, latest = edition.key, _latest(edition, newsletter)
    if latest is None:
        return
    zone = newsletter.schedule.zone
    if now >= latest:
        yield _trouble(
            AlertKind.NOTHING_SENT,
            key,
            f"{key} was not approved before its deadline. Nothing was sent, and nothing will be.",
            "Nothing can be sent any more. See that somebody approves the next edition in time.",
        )
    elif now >= latest - timedelta(minutes=rules.approval_minutes):
        at = f"{latest.astimezone(zone):%H:%M %Z}"
        yield _trouble(
            AlertKind.UNAPPROVED,
            key,
            f"{key} waits for an approval, and from {at} on nothing of it can be sent.",
            f"Approve it before {at}: at the desk, or `digest approve {newsletter.key}`.",
        )


def _of_dispatch(key: EditionKey, tally: Tally, dispatch: Dispatch) -> Iterator[Trouble]:
    ending, note = standing(key, tally, dispatch)
    audit = f"`digest audit {key}` names them, their reasons and the way back."
    if ending is Ending.MISSED:
        remedy = f"`digest audit {key}` says why. Mend that before the next edition is due."
        yield _trouble(AlertKind.REACHED_NOBODY, key, f"{key} is {ending}: {note}.", remedy)
    elif ending is Ending.STOPPED:
        day = str(key).partition("/")[2]
        again = f"`digest dispatch {key.newsletter} --date {day} --resume`, or --cancel"
        remedy = f"Find out why, then {again}; or at the desk, under Runs."
        yield _trouble(AlertKind.STOPPED, key, f"{key} is {ending}: {note}.", remedy)
    elif tally.late:
        said = f"{key} was too late for {tally.late} of {tally.frozen} readers: they were skipped."
        yield _trouble(AlertKind.SKIPPED, key, said, audit)
    if tally.failed and not tally.open:
        said = f"{tally.failed} of {tally.frozen} deliveries of {key} failed."
        yield _trouble(AlertKind.FAILED, key, said, audit)
    if tally.held:
        said = (
            f"{tally.held} of {tally.frozen} deliveries of {key} are held: nobody knows whether they left."
        )
        yield _trouble(AlertKind.HELD, key, said, audit)


def _without(
    newsroom: Newsroom, newsletter: Newsletter, listed: tuple[Edition, ...], now: datetime
) -> Iterator[Trouble]:
    """Yield that a day which should have an edition has none, once its time is over."""
    schedule = newsletter.schedule
    day = edition_day(schedule, now)
    key = EditionKey(newsletter.key, day)
    leaves = send_time(schedule, day)
    ends = deadline(schedule, day) or leaves + WITHOUT_DEADLINE
    if not appears(schedule, day) or any(one.key.day >= day for one in listed):
        return
    restored = tuple(_after_restore(newsroom, newsletter, key, None, now))
    yield from restored
    if restored or now < ends:
        return
    if newsroom.database.editions.load(key) is not None:
        return
    runs = newsroom.database.runs.listed(newsletter=newsletter.key, limit=_RUNS_LOOKED_AT)
    lived = [one for one in runs if one.by != logbook.COLLECT and now - one.ended_at <= RESTS_AFTER]
    if not lived:
        return
    last = next((one for one in lived if one.edition == str(key)), None)
    why = f"the last run ended with “{last.ending}”: {last.note}" if last else "no run made one"
    yield _trouble(
        AlertKind.NOTHING_SENT,
        key,
        f"{key} has no edition, and its time is over: {why.rstrip('.')}.",
        f"`digest explain {newsletter.key}` says which articles there are.",
    )


def well(newsroom: Newsroom, alert: Alert, now: datetime) -> str:
    """Return what became of an edition's trouble that is no more; empty where there is nothing to tell."""
    del now
    name, kind = alert.trouble.about, alert.trouble.kind
    key = key_of(name)
    if key is None:
        return ""
    gone_out = _gone_out(newsroom, key.newsletter)
    if kind in LOST and gone_out is not None and gone_out[0].day >= key.day:
        latest, tally = gone_out
        return f"{latest} went out: sent to {tally.sent} of {tally.frozen} readers."
    edition = newsroom.database.editions.load(key)
    if edition is None:
        return ""
    if kind is AlertKind.UNAPPROVED:
        return f"{name} is approved." if edition.state is not EditionState.DRAFT else ""
    if kind is AlertKind.STOPPED and edition.state is EditionState.APPROVED:
        return f"{name} may go out: somebody gave the word."
    tally, dispatch = newsroom.database.ledger.tally(key), newsroom.database.ledger.dispatch(key)
    if dispatch is None:
        return ""
    if dispatch.canceled:
        return f"{name} was canceled; nothing more of it is sent."
    is_clean = {
        AlertKind.FAILED: not tally.failed,
        AlertKind.HELD: not tally.held,
        AlertKind.SKIPPED: not tally.late,
        AlertKind.STOPPED: not dispatch.stopped,
    }.get(kind, bool(tally.sent))
    return f"{name}: sent to {tally.sent} of {tally.frozen} readers." if is_clean else ""


def key_of(name: str) -> EditionKey | None:
    """Return the edition that a name (`morning/2026-11-23`, a slot behind it) means; None for none."""
    newsletter, _, rest = name.partition("/")
    day, _, slot = rest.partition("/")
    try:
        return EditionKey(newsletter, datetime.strptime(day, "%Y-%m-%d").date(), slot)  # noqa: DTZ007 - a day
    except ValueError:
        return None


def _trouble(kind: AlertKind, key: EditionKey, said: str, remedy: str) -> Trouble:
    return Trouble(kind, str(key), said, remedy, key.newsletter)
