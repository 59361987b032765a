"""Editions: read, started, approved and canceled by the same services as at the desk."""

from __future__ import annotations

from starlette.exceptions import HTTPException

from digest.day import interventions, job, readership
from digest.editions.approval import edition_hash
from digest.errors import BadData, EditionConflict, UnknownEdition
from digest.model import Edition, EditionKey, EditionState, Ending, Step
from digest.model.desk import Start
from digest.model.editions import WEEKLY
from digest.selection.window import edition_day
from digest.web.api.calls import Call
from digest.web.api.schemas import (
    ApproveIn,
    CanceledOut,
    CancelIn,
    EditionLine,
    EditionOut,
    EditionPage,
    ItemOut,
    ResultsOut,
    StartedOut,
    StartIn,
)


def listed(call: Call) -> EditionPage:
    """Return a newsletter's editions, the newest first."""
    newsletter, limit = call.path("newsletter"), call.limit()
    if newsletter not in call.desk.newsletters:
        raise UnknownEdition(newsletter)
    # One more than asked for tells whether more follow; the cursor need not be there any more.
    found = call.desk.editions.listed(newsletter, limit + 1, after=call.after())
    some = found[:limit]
    is_more = len(found) > limit
    return EditionPage(
        items=[line_of(one) for one in some], next=number_of(some[-1].key) if is_more else ""
    )


def show(call: Call) -> EditionOut:
    """Return an edition with its stories."""
    return _whole(call, call.desk.edition(call.key()))


def results(call: Call) -> ResultsOut:
    """Return what became of an edition's mails."""
    key = call.desk.edition(call.key()).key
    tally, told = call.desk.ledger.tally(key), call.desk.ledger.feedback(key)
    return ResultsOut(
        frozen=tally.frozen,
        planned=tally.planned,
        sending=tally.sending,
        sent=tally.sent,
        failed=tally.failed,
        skipped=tally.skipped,
        held=tally.held,
        uncertain=tally.uncertain,
        delivered=told.delivered,
        bounced=told.bounced,
        complained=told.complained,
        unsubscribed=told.unsubscribed,
    )


def approve(call: Call) -> EditionOut:
    """Approve an edition as its caller saw it; once more changes nothing."""
    given, key = call.sent(ApproveIn), call.key()
    edition, parts = call.desk.edition(key), call.desk.parts(key.newsletter)
    if call.desk.access.signatures > 1:
        raise BadData(str(key), "it takes several people", "Let them approve it at the desk.")
    if given.content_hash != _hash(call, edition):
        raise EditionConflict(str(key), "its bytes are not those that were seen")
    if edition.state is not EditionState.DRAFT:
        return _whole(call, edition)
    approved = interventions.approve(parts, key, by=call.by, now=call.now, is_late_meant=given.late)
    call.note("approved", edition=key)
    call.desk.courier.wake()
    return _whole(call, approved)


def cancel(call: Call) -> CanceledOut:
    """Let nothing more of an edition leave; before its first byte it is a draft again."""
    given, key = call.sent(CancelIn), call.key()
    edition, parts = call.desk.edition(key), call.desk.parts(key.newsletter)
    if edition.state not in {EditionState.APPROVED, EditionState.DISPATCHING}:
        raise BadData(str(key), f"it is {edition.state}", "There is nothing to cancel.")
    report = interventions.cancel(
        parts, key, by=call.by, at="by the API", now=call.now, is_final=given.final
    )
    if report.ending is not Ending.DRAFT_AGAIN:
        call.note("canceled", edition=key)
    return CanceledOut(outcome=report.ending, note=report.note)


def start(call: Call) -> StartedOut:
    """Let an edition be brought as far as it can come, as by `digest run`; answered before it is done."""
    given, key, desk = call.sent(StartIn), call.key(), call.desk
    newsletter = desk.newsletters.get(key.newsletter)
    if newsletter is None:
        raise UnknownEdition(str(key))
    is_todays = key.day == edition_day(newsletter.schedule, call.now) and key.slot in {"", WEEKLY}
    if not is_todays and desk.editions.load(key) is None:
        raise UnknownEdition(str(key))
    if not desk.starter.may:
        raise BadData(str(key), "this desk leaves sending to others (--no-send)", "Start it there.")
    try:
        is_new = desk.starter.ask(Start(key, Step(given.until)), by=call.by)
    except OverflowError:
        raise HTTPException(429, "Too many editions wait to be started.", {"retry-after": "60"}) from None
    if is_new:
        call.note("started", edition=key, detail=f"until {given.until}")
    return StartedOut(newsletter=key.newsletter, number=number_of(key), until=given.until, is_new=is_new)


def number_of(key: EditionKey) -> str:
    """Return an edition's day, with its slot where it has one."""
    return f"{key.day}~{key.slot}" if key.slot else str(key.day)


def line_of(one: Edition) -> EditionLine:
    """Return an edition as it stands in a list."""
    return EditionLine(
        newsletter=one.key.newsletter,
        number=number_of(one.key),
        state=one.state,
        subject=one.subject,
        revision=one.revision,
    )


def items_of(one: Edition) -> list[ItemOut]:
    """Return its stories."""
    return [
        ItemOut(headline=item.headline, url=item.url, section=section.key, blurb=item.blurb.text)
        for section in one.sections
        for item in section.items
    ]


def _hash(call: Call, edition: Edition) -> str:
    """Return the hash an approval binds: the stored one where there is one."""
    if edition.approved_hash:
        return edition.approved_hash
    parts = readership.of(call.desk.parts(edition.key.newsletter), edition.key)
    return edition_hash(job.render(parts, edition))


def _whole(call: Call, one: Edition) -> EditionOut:
    return EditionOut(
        **line_of(one).model_dump(),
        preheader=one.preheader,
        content_hash=_hash(call, one),
        canceled=one.canceled,
        items=items_of(one),
    )
