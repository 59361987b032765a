"""How a newsletter's day stands by the book: an edition, or the lack of one, as words and exit codes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from digest.cli.exits import OF_ENDING, Exit
from digest.day import waiting
from digest.dispatch.audit import standing
from digest.editions.corrections import original_of
from digest.editions.weekly import weekly_key
from digest.model import Approval, Edition, EditionKey, EditionState, Ending, Newsletter
from digest.model.upkeep import Presence
from digest.selection.window import ONE_DAY, appears, deadline, edition_day, next_send, send_time
from digest.settings.unpacking import newsletter_of
from digest.upkeep import heartbeats
from digest.upkeep.alarms.of_editions import is_missed
from digest.wiring.newsroom import Newsroom

RESTS_AFTER = timedelta(days=7)
"""A newsletter without an edition for longer is at rest: that no run made today's is no news."""

_LOOKED_AT = 200
"""Runs of all newsletters, the newest, that may tell what became of a day."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A day of a newsletter that has no edition.

    Attributes:
        is_due: it should have one by now; otherwise its time is still to come, or it is none of its days.
    """

    key: EditionKey
    ending: Ending
    note: str
    is_due: bool

    @property
    def code(self) -> Exit:
        """Return what the gap says to cron."""
        return OF_ENDING[self.ending] if self.is_due else Exit.DONE

    def values(self) -> dict[str, object]:
        """Return it as `--json` shows it."""
        return {
            "edition": str(self.key),
            "state": None,
            "outcome": str(self.ending),
            "note": self.note,
        }


def gap(newsroom: Newsroom, name: str, now: datetime, *, day: date | None = None) -> Gap | None:
    """Return that a day has no edition of a newsletter, and why; None where it has one.

    The book of runs tells why: a quiet day, no source that could be read, or no run at all.

    Args:
        day: the one that an edition made now would be of, where none is given.
    """
    if name not in newsroom.settings.newsletters:
        return None
    newsletter = newsletter_of(newsroom.settings, name)
    schedule = newsletter.schedule
    key = EditionKey(name, day or edition_day(schedule, now))
    latest = newsroom.database.editions.latest(name)
    if newsroom.database.editions.load(key) is not None or (latest and latest.key.day > key.day):
        return None
    if not appears(schedule, key.day):
        none = f"{key.day:%A} is none of its weekdays"
        return Gap(key, Ending.NOT_TODAY, waiting.PAUSED if newsletter.is_paused else none, is_due=False)
    waits = after_restore(newsroom, key, None, now)
    if waits:
        return Gap(key, Ending.STOPPED, f"{waits}; first, `digest run {name}` drafts it", is_due=True)
    leaves, ends = send_time(schedule, key.day), deadline(schedule, key.day)
    if now < leaves:
        note = f"not drafted yet, it goes out at {leaves.astimezone(schedule.zone):%H:%M %Z}"
        return Gap(key, Ending.NOT_YET, note, is_due=False)
    for run in newsroom.database.runs.listed(limit=_LOOKED_AT):
        if run.newsletter == name and run.edition == str(key):
            told = {ending.value: ending for ending in Ending}.get(run.ending)
            if told is not None and OF_ENDING[told]:
                return Gap(key, told, run.note, is_due=True)
    is_due = latest is not None and key.day - latest.key.day <= RESTS_AFTER
    if ends is not None and now >= ends:
        note = "there is no edition, and its deadline has passed: no run made one in time"
        return Gap(key, Ending.MISSED, note, is_due=is_due)
    return Gap(key, Ending.UNFINISHED, f"there is no edition: digest run {name}", is_due=is_due)


def after_restore(newsroom: Newsroom, key: EditionKey, edition: Edition | None, now: datetime) -> str:
    """Return why an edition waits for a word after a restore; empty where it does not."""
    if key.newsletter not in newsroom.settings.newsletters:
        return ""
    newsletter = newsletter_of(newsroom.settings, key.newsletter)
    newsroom.epoch.look(now=now)
    return waiting.after_restore(newsroom.epoch, newsletter, key, edition, now=now)


def of_edition(newsroom: Newsroom, edition: Edition, now: datetime) -> tuple[Ending, str]:
    """Return how a stored edition stands, and the sentence that says so."""
    waits = after_restore(newsroom, edition.key, edition, now)
    ending, note = _by_the_ledger(newsroom, edition, now)
    if not waits or ending is Ending.CANCELED:
        return ending, note
    if ending is Ending.WAITING_FOR_APPROVAL:
        return ending, f"{note}; once approved it still waits: {waits}"
    return Ending.STOPPED, waits


def _by_the_ledger(newsroom: Newsroom, edition: Edition, now: datetime) -> tuple[Ending, str]:
    ledger = newsroom.database.ledger
    dispatch = ledger.dispatch(edition.key)
    if dispatch is not None:
        return standing(edition.key, ledger.tally(edition.key), dispatch)
    note = f"{edition.state}; nothing is frozen yet"
    missed = _missed(newsroom, edition, now)
    if missed:
        return Ending.MISSED, missed
    if edition.canceled:
        return Ending.WAITING_FOR_APPROVAL, f"{note}; {edition.canceled}"
    if edition.key.newsletter not in newsroom.settings.newsletters:
        return Ending.NOT_YET, note
    newsletter = newsletter_of(newsroom.settings, edition.key.newsletter)
    if now < send_time(newsletter.schedule, edition.key.day):
        return Ending.NOT_YET, note
    is_waiting = edition.state is EditionState.DRAFT and newsletter.approval is Approval.REQUIRED
    return (Ending.WAITING_FOR_APPROVAL if is_waiting else Ending.UNFINISHED), note


def _missed(newsroom: Newsroom, edition: Edition, now: datetime) -> str:
    """Return that an edition of which nothing is frozen came too late; empty where it has time yet."""
    key = edition.key
    if key.newsletter not in newsroom.settings.newsletters or original_of(key) is not None:
        return ""
    newsletter = newsletter_of(newsroom.settings, key.newsletter)
    if is_missed(edition, newsletter, now):
        return "it was not approved before its deadline; nothing was sent"
    ends = deadline(newsletter.schedule, key.day)
    # Where readers' own clocks decide, some may still have time.
    if ends is None or now < ends or newsletter.schedule.is_by_reader:
        return ""
    return f"{edition.state}, and its deadline has passed: no run sent it in time"


def next_time(newsletter: Newsletter, now: datetime) -> str:
    """Return when an edition of today that is not there yet would go out."""
    schedule = newsletter.schedule
    today = edition_day(schedule, now)
    at = send_time(schedule, today)
    late = deadline(schedule, today)
    if not appears(schedule, today) or (late is not None and now >= late):
        coming = next_send(schedule, now)
        return f"next: {coming.astimezone(schedule.zone):%a %H:%M %Z}" if coming else "no weekday"
    return "due now" if now >= at else f"goes out {at.astimezone(schedule.zone):%a %H:%M %Z}"


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether the day's edition of a newsletter went out, as far as it should have by now.

    Attributes:
        went_out: somebody has it; a code of 0 also says that it need not yet.
    """

    key: EditionKey
    ending: Ending
    note: str
    code: Exit
    went_out: bool = False

    def values(self) -> dict[str, object]:
        """Return it as `--json` shows it."""
        return {
            "edition": str(self.key),
            "went_out": self.went_out,
            "is_well": self.code is Exit.DONE,
            "outcome": str(self.ending),
            "note": self.note,
        }


def expected(newsroom: Newsroom, name: str, now: datetime) -> Answer:
    """Return whether the edition that should be out by now is; no edition today, or not yet time, is well.

    Raises:
        ConfigurationError: no newsletter has this key.
    """
    schedule = newsletter_of(newsroom.settings, name).schedule
    day = edition_day(schedule, now)
    if day > now.astimezone(schedule.zone).date():
        # From an evening's cutoff on a run makes tomorrow's; today's is the one that is asked for.
        day -= ONE_DAY
    answers = [_answer(newsroom, EditionKey(name, day), now)]
    weekly = weekly_key(name, day)
    if newsroom.database.editions.load(weekly) is not None:
        answers.append(_answer(newsroom, weekly, now))
    return next((one for one in answers if one.code is not Exit.DONE), answers[0])


def _answer(newsroom: Newsroom, key: EditionKey, now: datetime) -> Answer:
    edition = newsroom.database.editions.load(key)
    if edition is None:
        found = gap(newsroom, key.newsletter, now, day=key.day)
        if found is None:
            note = "a later day has an edition, this one has none"
            return Answer(key, Ending.UNFINISHED, note, Exit.UNFINISHED)
        return Answer(key, found.ending, found.note, OF_ENDING[found.ending])
    ending, note = of_edition(newsroom, edition, now)
    went_out = bool(newsroom.database.ledger.tally(key).sent)
    code = OF_ENDING[ending]
    if ending is Ending.CANCELED and not went_out:
        code = Exit.MISSED
    return Answer(key, ending, note, code, went_out)


def coming(newsletter: Newsletter, now: datetime) -> str:
    """Return when the next edition is due, today's or the one after it."""
    due = next_send(newsletter.schedule, now)
    zone = newsletter.schedule.zone
    return f"{due.astimezone(zone):%a %Y-%m-%d %H:%M %Z}" if due else "on no weekday"


def at_work(newsroom: Newsroom, now: datetime) -> tuple[list[dict[str, object]], list[str]]:
    """Return who is at work, as `--json` shows it and as lines; whoever is stuck or gone is said to be."""
    values, lines = list[dict[str, object]](), list[str]()
    for beat in heartbeats.known(newsroom, now):
        presence = heartbeats.presence(beat, now)
        is_ill = presence is not Presence.AT_WORK
        values.append({**asdict(beat), "is_stuck": is_ill, "presence": presence.value})
        of = f" of {beat.newsletter}" if beat.newsletter else ""
        doing = f", {beat.doing}" if beat.doing else ""
        state = presence.value.upper() if is_ill else presence.value
        heard = f"heard of {(now - beat.beat_at).total_seconds():.0f} s ago"
        lines.append(
            f"{beat.kind} {beat.name}{of}: {state} since {beat.started_at:%H:%M %Z}{doing}; {heard}"
        )
    return values, lines
