"""Stories that other editions bear, too: so that no reader gets one twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from digest.model.editions import EditionKey

MEMORY = timedelta(days=15)
"""How far back another edition is looked at: two weekly ones, or a story that a weekend held up."""

MOST_STORIES = 60
"""So many stories of an edition, in reading order, can be left out: one bit each of a 64-bit number."""

MOST_EDITIONS = 24
"""So many other editions with stories of this one are looked at, the latest."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """Another edition and which stories of ours its readers had by it.

    Attributes:
        number: the ledger's own number of that edition.
        had: for each rendering of it, by its number there: bit n for our item n.
    """

    number: int
    edition: EditionKey
    had: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Repeats:
    """What other editions bear of one.

    Attributes:
        newsletters: whose editions were looked at.
        since: none frozen before.
        sharing: by the ledger's number; empty where nobody had anything.
    """

    edition: EditionKey
    newsletters: tuple[str, ...]
    since: datetime
    sharing: tuple[Sharing, ...] = ()
