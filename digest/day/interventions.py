"""What operators do to an edition beside its day: cancel it, let it go on, settle what is held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from digest.day import job, readership, timetable
from digest.day.parts import DayParts
from digest.dispatch.failures import is_for
from digest.editions.display_width import one_line
from digest.editions.revisions import SetSubject, SetSubjectB, apply
from digest.errors import BadData
from digest.model import (
    Approval,
    DayReport,
    DeliveryState,
    Edition,
    EditionKey,
    EditionState,
    LateApproval,
)
from digest.selection.window import deadline, last_approval, send_time

BY_THE_WORD_OF = "by the word of "


def cancel(parts: DayParts, key: EditionKey, *, by: str, now: datetime) -> DayReport:
    """Let nothing more of the edition leave, today or ever, and close it."""
    parts = readership.of(parts, key)
    reason = f"canceled by {by}"
    edition = job.approve(parts, key, by=by, now=now)
    if edition.state is EditionState.APPROVED:
        job.freeze(parts, edition, now=now, canceled=reason)
    elif edition.state is EditionState.DISPATCHING:
        parts.ledger.cancel(key, reason)
    return job.close(parts, key, now=now)


def approve(
    parts: DayParts, key: EditionKey, *, by: str, now: datetime, is_late_meant: bool = False
) -> Edition:
    """Approve a draft as it is now, on someone's word, as late as the newsletter lets it.

    Args:
        is_late_meant: past its sending time it is to go out all the same.

    Raises:
        BadData: it is too late, or late without being meant.
    """
    edition, newsletter = job.loaded(parts, key), parts.newsletter
    if edition.state is EditionState.DRAFT and newsletter.approval is Approval.REQUIRED:
        latest, due = last_approval(newsletter, key.day), send_time(newsletter.schedule, key.day)
        if latest is not None and now >= latest:
            problem = f"its last moment for an approval, {job.told(parts, latest)}, has passed"
            raise BadData(str(key), problem, "Nothing goes out any more.")
        if newsletter.late_approval is LateApproval.ASK and now >= due and not is_late_meant:
            problem = f"its time, {job.told(parts, due)}, has passed"
            raise BadData(str(key), problem, "`--late` sends it all the same.")
    return job.approve(parts, key, by=by, now=now)


def resume(parts: DayParts, key: EditionKey, *, now: datetime) -> DayReport:
    """Go on with an edition that stopped or pauses by itself, its canary included."""
    parts.ledger.resume(key)
    parts.ledger.pass_canary(key)
    return job.dispatch(parts, key, now=now, is_resumed=True)


def settle_held(
    parts: DayParts,
    key: EditionKey,
    to: DeliveryState,
    *,
    by: str,
    subscribers: Sequence[str],
    now: datetime,
) -> tuple[int, DayReport]:
    """Settle held deliveries, all or these subscribers', on someone's word; return how many.

    Raises:
        BadData: they are to be sent again, and the deadline has passed.
    """
    parts = readership.of(parts, key)
    ends = deadline(parts.newsletter.schedule, key.day)
    is_again = to is DeliveryState.PLANNED
    if is_again and ends is not None and now >= ends:
        remedy = "Settle them as failed, or as sent where you know that they arrived."
        raise BadData(str(key), f"its deadline, {job.told(parts, ends)}, has passed", remedy)
    moved = parts.ledger.settle_held(key, to, f"{BY_THE_WORD_OF}{by}", subscribers=subscribers)
    return moved, (job.dispatch if moved and is_again else job.close)(parts, key, now=now)


def settle(
    parts: DayParts,
    key: EditionKey,
    state: DeliveryState,
    *,
    by: str,
    reasons: Sequence[str] = (),
    subscribers: Sequence[str] = (),
    now: datetime,
) -> tuple[int, DayReport]:
    """Plan failed or held deliveries anew (`plan_anew`), and send; return how many.

    Raises:
        BadData: the deadline has passed, or the edition was canceled.
    """
    moved = plan_anew(parts, key, state, by=by, reasons=reasons, subscribers=subscribers, now=now)
    return moved, (job.dispatch if moved else job.close)(parts, key, now=now)


def plan_anew(
    parts: DayParts,
    key: EditionKey,
    state: DeliveryState,
    *,
    by: str,
    reasons: Sequence[str] = (),
    subscribers: Sequence[str] = (),
    now: datetime,
) -> int:
    """Plan failed or held deliveries anew, since what they ended for is mended; return how many.

    Whoever was taken stays as they are, and so does a failed reader who may get no mail any more.

    Args:
        reasons: only those that ended for one of them; none given means for any.
        subscribers: only these; none given means all.

    Raises:
        BadData: the deadline has passed, or the edition was canceled.
    """
    parts = readership.of(parts, key)
    ends = timetable.last_deadline(parts, key)
    if ends is not None and now >= ends:
        problem = f"its deadline, {job.told(parts, ends)}, has passed"
        raise BadData(str(key), problem, "Nobody gets this edition any more.")
    dispatched = parts.ledger.dispatch(key)
    if dispatched is not None and dispatched.canceled:
        raise BadData(str(key), dispatched.canceled, "Nobody gets this edition any more.")
    chosen: Sequence[str] | None = subscribers or None
    if reasons:
        chosen = [
            record.subscriber
            for record in parts.ledger.records(key, (state,))
            if any(is_for(record.reason, reason) for reason in reasons)
            and (not subscribers or record.subscriber in subscribers)
        ]
    elif state is DeliveryState.FAILED and chosen is None:
        # What an operator called failed may have been taken: only who names such a delivery means it.
        records = parts.ledger.records(key, (state,))
        chosen = [one.subscriber for one in records if not one.reason.startswith(BY_THE_WORD_OF)]
    moved = 0
    word = f"planned anew by the word of {by}"
    if state is DeliveryState.FAILED:
        suppressed = parts.readers.suppressed
        moved = parts.ledger.settle_failed(key, word, subscribers=chosen, suppressed=suppressed)
    elif chosen is None or chosen:
        moved = parts.ledger.settle_held(key, DeliveryState.PLANNED, word, subscribers=chosen or ())
    return moved


def announce(
    parts: DayParts, key: EditionKey, *, subject: str | None, subject_b: str | None, now: datetime
) -> Edition:
    """Give a draft another subject, a second one to test against it, or both, as an editor would.

    Args:
        subject_b: an empty one ends the test.

    Raises:
        UnknownEdition: there is no such edition.
        EditionConflict: it is past draft.
        BadData: the first subject is empty, or both are the same.
    """
    before = edition = job.loaded(parts, key)
    first = one_line(before.subject if subject is None else subject)
    second = one_line(before.subject_b if subject_b is None else subject_b)
    if not first or first == second:
        problem = "both subjects would say the same" if first else "an empty subject was given"
        raise BadData(str(key), problem, "Give another text.")
    # The old first subject may become the second one, and the other way round.
    for revision in (SetSubjectB(""), SetSubject(first), SetSubjectB(second)):
        edition = apply(revision, edition)
    decisions = parts.editions.decisions(key)
    changed = replace(edition, is_edited=True, revision=before.revision)
    if changed == before:
        return before
    return parts.editions.save_draft(changed, decisions, expected_revision=before.revision, now=now)


def choose_subject(parts: DayParts, key: EditionKey, arm: str, *, by: str, now: datetime) -> DayReport:
    """End the test of two subjects on someone's word, and send the rest.

    Raises:
        BadData: there is no test that is still undecided.
    """
    test = parts.ledger.subject_test(key)
    if test is None or test.winner is not None:
        problem = (
            "no test of subjects is under way" if test is None else f"{test.decided_by} decided already"
        )
        raise BadData(str(key), problem)
    parts.ledger.choose_subject(key, arm, by=by)
    return job.dispatch(parts, key, now=now)
