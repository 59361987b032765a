"""What someone else's word about a reader may do: the rule of every import and of operators.

Pure: facts in, verdict out. A no is never undone here, in whatever order the words come.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from subscribers.imports.words import SUPPRESSING, ImportedStatus
from subscribers.model import SubscriptionState, SuppressionKind


class Verdict(StrEnum):
    """What becomes of one row."""

    ADD = "add"
    ACTIVATE = "activate"
    KEEP = "keep"
    END = "end"
    SUPPRESS = "suppress"
    SAID_NO = "said_no"
    IS_SUPPRESSED = "is_suppressed"


def judge(
    status: ImportedStatus,
    state: SubscriptionState | None,
    *,
    has_said_no: bool,
    kinds: Collection[SuppressionKind],
) -> Verdict:
    """Return what a row of `status` does to a reader in `state` with suppressions `kinds`.

    Args:
        state: None where the reader is not on the list.
        has_said_no: the subscription ended once and was not confirmed by the reader since.
    """
    if status in SUPPRESSING:
        return Verdict.IS_SUPPRESSED if SUPPRESSING[status] in kinds else Verdict.SUPPRESS
    if SuppressionKind.ERASED in kinds:
        return Verdict.IS_SUPPRESSED
    if status is ImportedStatus.ENDED:
        return Verdict.SAID_NO if state is SubscriptionState.ENDED else Verdict.END
    if kinds:
        return Verdict.IS_SUPPRESSED
    return _welcome(state, has_said_no=has_said_no)


def _welcome(state: SubscriptionState | None, *, has_said_no: bool) -> Verdict:
    if state is SubscriptionState.ENDED or has_said_no:
        return Verdict.SAID_NO
    if state is None:
        return Verdict.ADD
    return Verdict.ACTIVATE if state is SubscriptionState.PENDING else Verdict.KEEP
