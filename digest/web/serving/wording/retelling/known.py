"""All that is told anew."""

from __future__ import annotations

from digest.web.serving.wording.retelling import addresses, alerts, log, refusals, runs, settings, sources

KNOWN = (
    *alerts.SAID,
    *alerts.PLAIN,
    *refusals.MOVING,
    *refusals.EDITIONS,
    *refusals.KINDS,
    *refusals.TRANSPORTS,
    *runs.NOBODY,
    *runs.RESTORED,
    *runs.NOTES,
    *runs.PLAIN,
    *sources.FETCHED,
    *sources.ARTICLES,
    *sources.KINDS,
    *sources.PLAIN,
    *settings.VALUES,
    *settings.NAMES,
    *settings.TIMES,
    *settings.LOOKS,
    *settings.PARTS,
    *addresses.WRONG,
    *log.ACTIONS,
    *log.DETAILS,
)
"""What the desk says; by being named here it is known to `retold`."""
