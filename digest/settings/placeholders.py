"""The places in the demo's articles that stand for days, so that its news is always of today."""

from __future__ import annotations

import re
from datetime import date, timedelta

_PLACE = re.compile(r"\{\{(DAY|WEEKDAY)([+-][0-9]{1,3})?\}\}")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def filled(text: str, day: date) -> str:
    """Return `text` with {{DAY}}, {{DAY-1}}, {{WEEKDAY+2}} … in place of the days they stand for.

    Args:
        day: the edition's day.
    """

    def stands_for(place: re.Match[str]) -> str:
        meant = day + timedelta(days=int(place[2] or 0))
        return meant.isoformat() if place[1] == "DAY" else _WEEKDAYS[meant.weekday()]

    return _PLACE.sub(stands_for, text)
