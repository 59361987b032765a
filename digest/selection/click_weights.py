"""What readers open, as weights of sources. Off unless an operator asks for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from digest.model import SourceKey

PRIOR = 500
"""In items shown: how much it takes until a source's own rate counts as much as the overall one."""

LEAST, MOST = 0.5, 2.0


def learned_weights(
    shown: Mapping[SourceKey, int], clicked: Mapping[SourceKey, int]
) -> dict[SourceKey, float]:
    """Return for each source how much more or less it is opened than the average, 0.5 to 2.

    Args:
        shown: items times the mails they stood in, by source.
        clicked: readers' clicks on those items, by source.

    Returns:
        1.0 for all before anybody clicked; a source shown little stays near 1.
    """
    total = sum(shown.values())
    clicks = Counter({source: min(clicked.get(source, 0), count) for source, count in shown.items()})
    if not clicks.total() or not total:
        return dict.fromkeys(sorted(shown), 1.0)
    overall = clicks.total() / total
    weights = {}
    for source, count in sorted(shown.items()):
        rate = (clicks[source] + PRIOR * overall) / (count + PRIOR)
        weights[source] = round(min(MOST, max(LEAST, rate / overall)), 4)
    return weights
