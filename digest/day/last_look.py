"""The last look at an edition that has waited since its freeze, right before its first mail leaves.

A hold window, a wave that is hours away, a provider that was down: in the meantime a publisher may have
withdrawn what the mail tells. The frozen bytes stand, so somebody has to say whether they may still go.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from digest.day import gathering
from digest.day.parts import DayParts
from digest.editions.corrections import original_of
from digest.editions.withdrawals import held, without_gone
from digest.model import Edition

WAITED = timedelta(minutes=5)
"""What was frozen less long ago has been looked at just before."""


def for_edition(parts: DayParts, edition: Edition) -> Callable[[], str] | None:
    """Return what looks at a frozen edition and says why it must stop, or nothing; None for no need.

    A correction goes in any case, and so does what is half out.
    """
    dispatched, tally = parts.ledger.dispatch(edition.key), parts.ledger.tally(edition.key)
    is_begun = tally.planned + tally.skipped < tally.frozen
    if dispatched is None or is_begun or original_of(edition.key) is not None:
        return None
    frozen_at = dispatched.frozen_at

    def look() -> str:
        now = parts.clock()
        if now - frozen_at < WAITED:
            return ""
        gathering.collect(parts.newsletter, parts.reading, parts.progress, now=now)
        if parts.reading.withdrawn is not None:
            gathering.mark_withdrawn(edition, parts.reading.articles, parts.reading.withdrawn, now=now)
        if without_gone(edition, parts.reading.articles.load(held(edition))) == edition:
            return ""
        return "an article of it was withdrawn by its publisher after the freeze"

    return look
