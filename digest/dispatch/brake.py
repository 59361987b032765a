"""Stopping by itself: a small first slice that must go well, and readers who complain."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from digest.model import Dispatch, EditionKey, Feedback
from digest.ports import Ledger

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Brake:
    """When an edition stops by itself. All bounds are shares of the mails that went out.

    Attributes:
        canary_wait_s: between the last mail of the canary slice and the verdict on it.
        every_s: how often the complaints are counted.
        minimum: with fewer mails out than this, a share means nothing; refusals and bounces of a
            canary slice count from the first.

    Source: Gmail and Yahoo ask senders to stay under 0.1 % of complaints and never to reach 0.3 %.
    """

    canary_wait_s: float = 600.0
    every_s: float = 60.0
    minimum: int = 1000
    complaints_warn: float = 0.001
    complaints_stop: float = 0.003
    bounces_stop: float = 0.08
    refusals_stop: float = 0.20

    def verdict(self, feedback: Feedback, *, minimum: int) -> str:
        """Return why to stop, as a sentence's part; empty for going on."""
        if feedback.out < max(minimum, 1):
            return ""
        for count, bound, what in (
            (feedback.complained, self.complaints_stop, "complained"),
            (feedback.bounced, self.bounces_stop, "bounced"),
            (feedback.refused, self.refusals_stop, "were refused"),
        ):
            if count / feedback.out >= bound:
                return f"{count} of {feedback.out} mails {what}, the bound is {bound:.1%}"
        return ""

    def canary_wait_left_s(self, dispatch: Dispatch | None, now: datetime) -> float | None:
        """Return how long the verdict on the canary is away; None where there is none to come."""
        if dispatch is None or dispatch.is_canary_passed or dispatch.stopped:
            return None
        if dispatch.canary_out_at is None:
            return None
        due = dispatch.canary_out_at + timedelta(seconds=self.canary_wait_s)
        return max(0.0, (due - now).total_seconds())


def check_canary(key: EditionKey, *, ledger: Ledger, brake: Brake, now: datetime) -> bool:
    """Judge the canary slice once its wait is over; tell whether the edition moved on or stopped."""
    dispatch = ledger.dispatch(key)
    if dispatch is None or dispatch.is_canary_passed or dispatch.stopped:
        return False
    if dispatch.canary_out_at is None:
        return ledger.canary_out(key, now=now)
    if brake.canary_wait_left_s(dispatch, now):
        return False
    verdict = brake.verdict(ledger.feedback(key), minimum=1)
    if verdict:
        ledger.stop(key, f"the canary of {dispatch.canary} failed: {verdict}")
        log.error("%s is stopped after its canary: %s", key, verdict)
    else:
        ledger.pass_canary(key)
        log.info("%s: the canary of %d passed", key, dispatch.canary)
    return True


def check_brake(key: EditionKey, *, ledger: Ledger, brake: Brake) -> None:
    """Stop the edition where too many complain, bounce or are refused; warn of complaints before."""
    feedback = ledger.feedback(key)
    verdict = brake.verdict(feedback, minimum=brake.minimum)
    if verdict:
        ledger.stop(key, verdict)
        log.error("%s is stopped: %s", key, verdict)
    elif feedback.out >= brake.minimum and feedback.complained / feedback.out >= brake.complaints_warn:
        log.warning("%s: %d of %d readers complained", key, feedback.complained, feedback.out)
