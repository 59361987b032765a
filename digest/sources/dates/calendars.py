"""Days as the calendars of Japan and Iran number them."""

from __future__ import annotations

import re
from datetime import date, timedelta

_ERAS = {
    "令和": 2018,
    "平成": 1988,
    "昭和": 1925,
    "r": 2018,
    "h": 1988,
    "s": 1925,
    "民國": 1911,
    "民国": 1911,
}
_KANJI = "〇一二三四五六七八九"
_NUMBER = r"(元|\d{1,3}|[〇一二三四五六七八九十]{1,4})"
_ERA = re.compile(rf"(令和|平成|昭和|民國|民国)\s?{_NUMBER}\s?年\s?{_NUMBER}\s?月\s?{_NUMBER}\s?日")
_ERA_LETTER = re.compile(r"(?<![\w/.-])([RHSrhs])(\d{1,2})([./-])(\d{1,2})\3(\d{1,2})(?![\w/.-])")
_BUDDHIST = re.compile(r"(?<![\d/.-])(25[3-9]\d|26[0-3]\d)-(\d{2})-(\d{2})(?!\d)")
BUDDHIST_YEARS = range(2530, 2640)
"""As Thailand counts, 543 ahead of ours."""
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("فروردین farvardin", "اردیبهشت ordibehesht", "خرداد khordad", "تیر tir"),
            *("مرداد امرداد mordad", "شهریور shahrivar", "مهر mehr", "آبان aban", "آذر azar"),
            *("دی dey", "بهمن bahman", "اسفند esfand"),
        ),
        start=1,
    )
    for name in names.split()
}
_ARABIC_LETTERS = str.maketrans("يك", "یک")
_WORDED = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s(?:ام\s)?({'|'.join(_MONTHS)})(?:\sماه)?\s(?:سال\s)?(1[34]\d\d)(?!\d)",
    re.IGNORECASE,
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
        return match, (_ERAS[match[1]] + _number(match[2]), _number(match[3]), _number(match[4]))
    if match := _ERA_LETTER.search(text):
        return match, (_ERAS[match[1].lower()] + int(match[2]), int(match[4]), int(match[5]))
    if match := _WORDED.search(text.translate(_ARABIC_LETTERS)):
        return match, _of_iran(int(match[3]), _MONTHS[match[2].lower()], int(match[1]))
    if match := _BUDDHIST.search(text):
        return match, (int(match[1]) - 543, int(match[2]), int(match[3]))
    if match := _NUMBERS.search(text):
        return match, _of_iran(int(match[1]), int(match[3]), int(match[4]))
    return None


def _number(text: str) -> int:
    """Read a number of at most two figures: 12, 十二, 二十一, 元."""
    if text.isdigit() and text.isascii():
        return int(text)
    if text == "元":
        return 1
    tens, is_ten, ones = text.partition("十")
    figures = [_KANJI.index(sign) for sign in (tens if is_ten else "") + ones if sign in _KANJI]
    if not is_ten:
        return int("".join(str(_KANJI.index(sign)) for sign in text))
    ten = _KANJI.index(tens) if tens else 1
    return ten * 10 + (figures[-1] if ones else 0)


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
