"""Days as the calendars of Japan and Iran number them."""

from __future__ import annotations

import re
from datetime import date, timedelta

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
_ERA = re.compile(r"(令和|平成|昭和)\s?(元|\d{1,2})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد امرداد", "شهریور"),
            *("مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"),
        ),
        start=1,
    )
    for name in names.split()
}
_ARABIC_LETTERS = str.maketrans("يك", "یک")
_WORDED = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s(?:ام\s)?({'|'.join(_MONTHS)})(?:\sماه)?\s(?:سال\s)?(1[34]\d\d)(?!\d)"
)
_NUMBERS = re.compile(r"(?<![\d/.-])(13[7-9]\d|14[0-2]\d)([/-])(\d{1,2})\2(\d{1,2})(?!\d)")
"""Years near ours only: the Hijri year is some forty ahead."""
_SHORT_MONTH = 7
"""From this one on months have 30 days, before it 31."""
_NEW_YEAR = (1399, date(2020, 3, 20))
_LEAPS = frozenset({1, 5, 9, 13, 17, 22, 26, 30})

Found = tuple[re.Match[str], tuple[int, int, int]]


def other_calendar(text: str) -> Found | None:
    """Return the day that a stamp names in another calendar, as year, month and day of ours.

    Args:
        text: with digits 0 to 9: `令和8年3月4日`, `13 اسفند 1404`, `1404/12/13`.

    Raises:
        ValueError: there is no such day.
    """
    if match := _ERA.search(text):
        year = 1 if match[2] == "元" else int(match[2])
        return match, (_ERAS[match[1]] + year, int(match[3]), int(match[4]))
    if match := _WORDED.search(text.translate(_ARABIC_LETTERS)):
        return match, _of_iran(int(match[3]), _MONTHS[match[2]], int(match[1]))
    if match := _NUMBERS.search(text):
        return match, _of_iran(int(match[1]), int(match[3]), int(match[4]))
    return None


def _of_iran(year: int, month: int, day: int) -> tuple[int, int, int]:
    """Count from a known new year.

    Source: leap years by the 33-year cycle, which agrees with the astronomical ones from 1178 to 1633.
    """
    if not (1 <= month <= 12 and 1 <= day <= (31 if month < _SHORT_MONTH else 30)):
        raise ValueError("no day of the Persian calendar")
    start, first = _NEW_YEAR
    years = range(start, year) if year >= start else range(year, start)
    leaps = sum(one % 33 in _LEAPS for one in years)
    passed = (month - 1) * 31 - max(0, month - _SHORT_MONTH) + day - 1
    days = 365 * (year - start) + (leaps if year >= start else -leaps) + passed
    found = first + timedelta(days=days)
    return found.year, found.month, found.day
