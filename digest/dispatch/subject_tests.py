"""The end of a test of two subjects: the one that more readers clicked goes to the rest."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from digest.model import EditionKey
from digest.model.subject_tests import ArmResult
from digest.ports import Ledger

log = logging.getLogger(__name__)


def better(results: Sequence[ArmResult]) -> str:
    """Return the arm with the larger share of clicks; the first subject where they are equal.

    An arm that nobody got yet is no loser: there is nothing to compare, so the first subject stays.
    """
    if len(results) < 2 or not all(one.sent for one in results):
        return ""
    return max(sorted(results, key=lambda one: one.arm), key=lambda one: one.rate).arm


def decide(key: EditionKey, *, ledger: Ledger, now: datetime) -> int:
    """Let the clicks decide once a test is over; return how many deliveries that frees."""
    test = ledger.subject_test(key)
    if test is None or test.winner is not None or now < test.ends_at:
        return 0
    results = ledger.subject_results(key)
    arm = better(results)
    freed = ledger.choose_subject(key, arm, by="clicks")
    told = ", ".join(f"{one.arm or 'a'} {one.clicked} of {one.sent}" for one in results)
    if any(one.clicked for one in results) and all(one.sent for one in results):
        log.info("%s: subject %s won by clicks (%s); %d deliveries go on", key, arm or "a", told, freed)
    else:
        log.warning(
            "%s: no clicks to decide by (%s); the rest, %d deliveries, gets the first subject",
            key,
            told,
            freed,
        )
    return freed
