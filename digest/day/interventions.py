"""What operators do to an edition beside its day: cancel it, let it go on, settle what is held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from digest.day import job, readership, timetable, waiting
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
    Ending,
    LateApproval,
)
from digest.selection.window import deadline, send_time

BY_THE_WORD_OF = "by the word of "


class Cancel(StrEnum):
    """What a cancel does to an edition, by how far it has come."""

    BRINGS_BACK = "a draft again"
    CLOSES = "closed for good"
    STOPS_REST = "the rest never leaves"
    NOTHING = "nothing to cancel"


def foresee(parts: DayParts, key: EditionKey, *, now: datetime, is_final: bool = False) -> Cancel:
    """Return what a cancel would do now; `cancel` itself decides anew, in the ledger.

    Args:
        is_final: the edition is to be closed, though it could come back as a draft.
    """
    edition = job.loaded(parts, key)
    if edition.state is EditionState.CLOSED:
        return Cancel.NOTHING
    if edition.state is EditionState.DRAFT:
        return Cancel.NOTHING if edition.canceled and not is_final else Cancel.CLOSES
    if parts.ledger.has_begun(key):
        return Cancel.STOPS_REST
    dispatched = parts.ledger.dispatch(key)
    is_canceled = dispatched is not None and bool(dispatched.canceled)
    is_back = not (is_final or is_canceled or _is_over(parts, key, now))
    return Cancel.BRINGS_BACK if is_back else Cancel.CLOSES


def foreseen(parts: DayParts, key: EditionKey, what: Cancel) -> str:
    """Return what a cancel would do in this very case, as sentences."""
    tally = parts.ledger.tally(key)
    match what:
        case Cancel.BRINGS_BACK:
            ends = deadline(readership.of(parts, key).newsletter.schedule, key.day)
            until = f" until {waiting.told(parts, ends)}" if ends else ""
            gone = f" and its {tally.frozen:,} planned deliveries go" if tally.frozen else " goes"
            return (
                f"Nothing has left. {key} becomes a draft again: its approval{gone}, its text stays. "
                f"It can be mended, approved and sent{until}."
            )
        case Cancel.STOPS_REST:
            left = tally.frozen - tally.planned - tally.skipped
            return (
                f"{left:,} of {tally.frozen:,} mails of {key} have left, or may have. "
                f"The other {tally.planned:,} never will, and the edition is closed for good."
            )
        case Cancel.CLOSES:
            return f"Nothing of {key} has left, and nothing ever will: the edition is closed for good."
        case Cancel.NOTHING:
            return f"There is nothing to cancel of {key}."


def cancel(
    parts: DayParts, key: EditionKey, *, by: str, now: datetime, at: str = "", is_final: bool = False
) -> DayReport:
    """Let nothing more of the edition leave; before its first byte it is a draft again, to be mended.

    What has begun to leave, what nobody approved yet and what is past its deadline is closed for good.

    Args:
        at: where it is canceled, as `at the desk`; empty for no such place.
        is_final: close it in any case.
    """
    parts = readership.of(parts, key)
    reason, edition = " ".join(filter(None, ("canceled", at, "by", by))), job.loaded(parts, key)
    if edition.state is EditionState.DRAFT and edition.canceled and not is_final:
        return DayReport(key, Ending.DRAFT_AGAIN, _how_to_go_on(edition), edition=edition)
    if edition.state is not EditionState.DRAFT and not (is_final or _is_over(parts, key, now)):
        told = f"{reason} at {waiting.told(parts, now)}, before anything had left"
        back = parts.ledger.take_back(key, told, by=by, now=now)
        if back is not None:
            return DayReport(key, Ending.DRAFT_AGAIN, _how_to_go_on(back), edition=back)
    edition = job.approve(parts, key, by=by, now=now)
    if edition.state is EditionState.APPROVED:
        job.freeze(parts, edition, now=now, canceled=reason)
    elif edition.state is EditionState.DISPATCHING:
        parts.ledger.cancel(key, reason)
        # That is a word, too, after a restore: the next run settles what was on its way, and sends nothing.
        lift(parts, key)
    return job.close(parts, key, now=now)


def _is_over(parts: DayParts, key: EditionKey, now: datetime) -> bool:
    """Tell whether a mended edition could not leave any more."""
    ends = timetable.last_deadline(readership.of(parts, key), key)
    return ends is not None and now >= ends


def _how_to_go_on(edition: Edition) -> str:
    return f"{edition.canceled}; mend it, then: {waiting.how_to_approve(edition.key)}"


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
    is_asked = newsletter.approval is Approval.REQUIRED or bool(edition.canceled)
    if edition.state is EditionState.DRAFT and is_asked:
        latest, due = waiting.latest_approval(parts, edition), send_time(newsletter.schedule, key.day)
        if latest is not None and now >= latest:
            problem = f"its last moment for an approval, {waiting.told(parts, latest)}, has passed"
            raise BadData(str(key), problem, "Nothing goes out any more.")
        is_meant = is_late_meant or bool(edition.canceled)
        if newsletter.late_approval is LateApproval.ASK and now >= due and not is_meant:
            problem = f"its time, {waiting.told(parts, due)}, has passed"
            raise BadData(str(key), problem, "`--late` sends it all the same.")
    return job.approve(parts, key, by=by, now=now)


def lift(parts: DayParts, key: EditionKey) -> None:
    """Let an edition leave from a database that was restored or moved, on somebody's word."""
    if parts.sending.epoch is not None:
        parts.sending.epoch.lift(key)


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
        raise BadData(str(key), f"its deadline, {waiting.told(parts, ends)}, has passed", remedy)
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
        problem = f"its deadline, {waiting.told(parts, ends)}, has passed"
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
