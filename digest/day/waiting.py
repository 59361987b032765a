"""Why an edition does not go on now, as reports: too early, unapproved, no reader, nothing to tell."""

from __future__ import annotations

from datetime import datetime

from digest.day import timetable
from digest.day.parts import DayParts
from digest.editions.corrections import original_of
from digest.errors import NothingToSend
from digest.model import (
    Approval,
    CrawlReport,
    DayReport,
    Edition,
    EditionKey,
    EditionState,
    Ending,
    Newsletter,
)
from digest.ports import Epoch
from digest.selection.window import cutoff, edition_day, last_approval, send_time

PAUSED = "the newsletter is paused; whoever manages it at the desk lets it go on"


def not_today(
    parts: DayParts, key: EditionKey, edition: Edition | None, *, appears: bool
) -> DayReport | None:
    """Return that there is no edition of that day, or that its newsletter rests; None where there is."""
    if parts.newsletter.is_paused and (edition is None or edition.state is EditionState.DRAFT):
        return DayReport(key, Ending.NOT_TODAY, PAUSED, edition=edition)
    if edition is None and not appears:
        return DayReport(key, Ending.NOT_TODAY, f"{key.day:%A} is none of its weekdays")
    return None


def collected(key: EditionKey, crawl: CrawlReport, edition: Edition | None = None) -> DayReport:
    """Return what a crawl alone came to: not done where no source could be read."""
    if crawl.is_down:
        return DayReport(key, Ending.SOURCES_DOWN, sources_down(crawl), crawl=crawl, edition=edition)
    return DayReport(key, Ending.DONE, "collected", crawl=crawl, edition=edition)


def nothing(
    parts: DayParts, key: EditionKey, found: NothingToSend, crawl: CrawlReport | None, *, now: datetime
) -> DayReport:
    """Return why there is no edition: no source could be read, the day is not over, or it was quiet."""
    if crawl is not None and crawl.is_down:
        note = f"{sources_down(crawl)} What was collected before is too little: {found.told}"
        return DayReport(key, Ending.SOURCES_DOWN, note, crawl=crawl)
    note = found.told
    if crawl is not None and crawl.failed_sources:
        note += f" {len(crawl.failed_sources)} of {len(crawl.sources)} sources could not be read."
    ends = cutoff(parts.newsletter.schedule, key.day)
    if now < ends:
        note = f"its day ends at {told(parts, ends)}, so far it holds {note}"
        return DayReport(key, Ending.NOT_YET, note, crawl=crawl)
    return DayReport(key, Ending.NOTHING_TO_SEND, note, crawl=crawl)


def sources_down(crawl: CrawlReport) -> str:
    """Return that no source could be read, with the first problem."""
    count = len(crawl.sources)
    first = f": {crawl.problems[0]}" if crawl.problems else ""
    what = "the only source failed" if count == 1 else f"all {count} sources failed"
    return f"{what}{first.rstrip('.')}. `digest collect` tries them again."


def for_approval(parts: DayParts, edition: Edition, *, now: datetime) -> DayReport | None:
    """Return why the job may not approve the draft by itself now; None where it may.

    What was canceled and came back as a draft waits for somebody, whatever the newsletter's approval.
    """
    key = edition.key
    ends = cutoff(parts.newsletter.schedule, key.day)
    if not edition.canceled and now < ends:
        note = f"its day ends at {told(parts, ends)}; run again then"
        return DayReport(key, Ending.NOT_YET, note, edition=edition)
    if not edition.canceled and parts.newsletter.approval is Approval.AUTO:
        return None
    latest = latest_approval(parts, edition)
    why = f"{edition.canceled}; " if edition.canceled else ""
    if latest is not None and now >= latest:
        note = (
            f"{why}nobody approved it before {told(parts, latest)}: nothing was sent, and nothing will be"
        )
    else:
        note = f"{why}mend it, then: {how_to_approve(key)}" if why else how_to_approve(key)
    return DayReport(key, Ending.WAITING_FOR_APPROVAL, note, edition=edition)


def latest_approval(parts: DayParts, edition: Edition) -> datetime | None:
    """Return from when on an approval comes too late; for a correction it never does."""
    if original_of(edition.key):
        return None
    return last_approval(parts.newsletter, edition.key.day, is_again=bool(edition.canceled))


def before_freeze(parts: DayParts, edition: Edition, *, now: datetime) -> DayReport | None:
    """Return why an approved edition is not frozen now: too early, or nobody to send it to; else None."""
    send_at = send_time(parts.newsletter.schedule, edition.key.day)
    if now < send_at:
        note = f"goes out at {told(parts, send_at)}; run again then"
        return DayReport(edition.key, Ending.NOT_YET, note, edition=edition)
    why = why_nobody(parts, edition.key)
    ends = timetable.last_deadline(parts, edition.key)
    if why and (ends is None or now < ends):
        return DayReport(edition.key, Ending.NO_READERS, why, edition=edition)
    return None


def since_restore(parts: DayParts, edition: Edition) -> DayReport | None:
    """Return why nothing of an edition leaves from a restored or moved database; None where it may."""
    note = _for_a_word(parts.sending.epoch, parts.newsletter, edition.key)
    return DayReport(edition.key, Ending.STOPPED, note, edition=edition) if note else None


def after_restore(
    epoch: Epoch | None, newsletter: Newsletter, key: EditionKey, edition: Edition | None, *, now: datetime
) -> str:
    """Return why an edition, stored or not, waits for a word after a restore; empty where it does not.

    What is closed waits for nothing, nor does an earlier day's draft, which no run sends.
    """
    if edition is not None and edition.state is EditionState.CLOSED:
        return ""
    is_earlier = not original_of(key) and key.day < edition_day(newsletter.schedule, now)
    if is_earlier and (edition is None or edition.state is EditionState.DRAFT):
        return ""
    return _for_a_word(epoch, newsletter, key)


def _for_a_word(epoch: Epoch | None, newsletter: Newsletter, key: EditionKey) -> str:
    if epoch is None:
        return ""
    why = epoch.why_waits(key, due=None if original_of(key) else send_time(newsletter.schedule, key.day))
    command = f"digest dispatch {key.newsletter} --date {str(key).partition('/')[2]}"
    return why and (
        f"{why}. Where its readers have it already: {command} --cancel --for-good."
        f" Where they have not: {command} --after-restore"
    )


def why_nobody(parts: DayParts, key: EditionKey) -> str:
    """Return why a day's edition has no reader at all; empty where it has one.

    A week's best or a correction that nobody gets is as it should be, and so is a day all of whose
    readers chose the week's best.
    """
    return "" if key.slot else parts.readers.why_nobody()


def how_to_approve(key: EditionKey) -> str:
    """Return the command that approves an edition."""
    return f"digest approve {key.newsletter} --date {str(key).partition('/')[2]}"


def told(parts: DayParts, instant: datetime) -> str:
    """Return an instant on the newsletter's own clock, as people read it."""
    return f"{instant.astimezone(parts.newsletter.schedule.zone):%Y-%m-%d %H:%M %Z}"
