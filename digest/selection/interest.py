"""What readers open, as weights of sources. Off unless an operator asks for it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from digest.model import EventKind, MailEvent, SourceKey

TOO_SOON = timedelta(seconds=10)
"""A click this soon after the mail arrived is a scanner's."""

BURST = timedelta(seconds=5)
BURST_LINKS = 3
"""So many different links of one mail within a burst are a scanner's, and so is all it clicks besides."""

PRIOR = 500
"""In items shown: how much it takes until a source's own rate counts as much as the overall one."""

LEAST, MOST = 0.5, 2.0


def reader_clicks(events: Iterable[MailEvent]) -> tuple[MailEvent, ...]:
    """Return the clicks that a person made, each link of a mail once, by (time, reference, url).

    Left out are clicks within ten seconds of the delivery, and every click of a mail in which three
    different links were opened within five seconds: mail gateways follow links.
    """
    arrived: dict[str, datetime] = {}
    clicks: defaultdict[str, list[MailEvent]] = defaultdict(list)
    for event in sorted(events, key=lambda one: (one.at, one.reference, one.url, one.event_id)):
        if event.kind is EventKind.DELIVERED:
            arrived.setdefault(event.reference, event.at)
        elif event.kind is EventKind.CLICKED and event.url:
            clicks[event.reference].append(event)
    kept: dict[tuple[str, str], MailEvent] = {}
    for reference, found in clicks.items():
        if _is_scanned(found):
            continue
        for event in found:
            delivered = arrived.get(reference)
            if delivered is None or event.at - delivered > TOO_SOON:
                kept.setdefault((reference, event.url), event)
    return tuple(sorted(kept.values(), key=lambda one: (one.at, one.reference, one.url)))


def learned_weights(
    shown: Mapping[SourceKey, int], clicked: Mapping[SourceKey, int]
) -> dict[SourceKey, float]:
    """Return for each source how much more or less it is opened than the average, 0.5 to 2.

    Args:
        shown: items times the mails they stood in, by source.
        clicked: `reader_clicks` on those items, by source.

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


def _is_scanned(clicks: list[MailEvent]) -> bool:
    """Tell whether enough different links were opened in one burst; the clicks are in order of time."""
    for first, opening in enumerate(clicks):
        burst = {one.url for one in clicks[first:] if one.at - opening.at <= BURST}
        if len(burst) >= BURST_LINKS:
            return True
    return False
