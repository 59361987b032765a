"""Days as the calendars of Japan, Taiwan, Thailand, Iran and Afghanistan number them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from digest.sources.dates.ancient import by_ancient
from digest.sources.dates.moon import by_the_moon

_ERAS = {
    **dict.fromkeys(("令和", "令", "r", "㋿"), 2018),
    **dict.fromkeys(("平成", "平", "h"), 1988),
    **dict.fromkeys(("昭和", "昭", "s"), 1925),
    **dict.fromkeys(("民國", "民国"), 1911),
    **dict.fromkeys(("단기",), -2333),
    "": 0,
}
_KANJI = "〇一二三四五六七八九"
_NUMBER = r"(元|\d{1,4}|[〇零一二三四五六七八九十]{1,4})"
_ERA = re.compile(
    rf"(令和|平成|昭和|民國|民国|단기|[令平昭]|(?<!\w)[RHSrhs])\s?{_NUMBER}\s?[年년]\s?{_NUMBER}\s?[月월]\s?{_NUMBER}\s?[日일]"
)
_ERA_SIGNS = re.compile(
    r"(令和|平成|昭和|民國|民国|[令平昭]|(?<![\w/.-])[RHSrhs])\s?(\d{1,3})([./-])(\d{1,2})\3(\d{1,2})(?![\w/.-])"
)
_KANJI_YEAR = re.compile(rf"()([一二][〇零一二三四五六七八九]{{3}})\s?年\s?{_NUMBER}\s?月\s?{_NUMBER}\s?日")
_TAIWAN = re.compile(
    r"(?<![\w/.-])(1[0-3]\d)(?:([./-])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日)(?![\w/-])"
)
"""Offices there write the year's number alone; no other calendar has years of three figures now."""
_BUDDHIST = re.compile(r"(?<![\d/.-])(25[3-9]\d|26[0-3]\d)-(\d{2})-(\d{2})(?!\d)")
BUDDHIST_YEARS = range(2530, 2640)
"""As Thailand counts, 543 ahead of ours."""
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("فروردین farvardin حمل", "اردیبهشت ordibehesht ثور", "خرداد khordad جوزا", "تیر tir سرطان"),
            *("مرداد امرداد mordad اسد", "شهریور shahrivar سنبله", "مهر mehr میزان", "آبان aban عقرب"),
            *("آذر azar قوس", "دی dey جدی", "بهمن bahman دلو", "اسفند esfand حوت"),
        ),
        start=1,
    )
    for name in names.split()
}
"""As Iran and as Afghanistan call them."""
_ARABIC_LETTERS = str.maketrans("يك", "یک")
_NAME = rf"({'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?:\s?ماه)?(?!\w)"
_WORDED = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s?(?:ام\s)?{_NAME}(?:\s?،|,)?\s(?:سال\s)?(1[34]\d\d)(?!\d)", re.IGNORECASE
)
_MONTH_FIRST = re.compile(rf"(?<!\w){_NAME}\s(\d{{1,2}})(?:\s?،|,)?\s(1[34]\d\d)(?!\d)", re.IGNORECASE)
_YEAR_FIRST = re.compile(rf"(?<!\d)(1[34]\d\d)\s{_NAME}\s(\d{{1,2}})(?!\d)", re.IGNORECASE)
_NUMBERS = re.compile(r"(?<![\d/.-])(13[7-9]\d|14[01]\d)([/.-])(\d{1,2})\2(\d{1,2})(?!\d)")
_NUMBERS_BACK = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(13[7-9]\d|14[01]\d)(?![\d/.-])")
"""Years near ours only: those of the moon's calendar are some forty ahead."""
_SHORT_MONTH = 7
"""From this one on months have 30 days, before it 31."""
_NEW_YEAR = (1399, date(2020, 3, 20))
_LEAPS = frozenset({1, 5, 9, 13, 17, 22, 26, 30})

Day = tuple[int, int, int]
Found = tuple[re.Match[str], Day]


def other_calendar(text: str) -> Found | None:
    """Return the day that a stamp names in another calendar, as year, month and day of ours.

    Args:
        text: with digits 0 to 9: `令和8年3月4日`, `13 اسفند 1404`, `1404/12/13`, `15 رمضان 1447`,
            `16 Adar 5786`.

    Raises:
        ValueError: there is no such day.
    """
    return _east_asian(text) or _iranian(text) or by_the_moon(text) or by_ancient(text)


def _east_asian(text: str) -> Found | None:
    if match := _ERA.search(text) or _KANJI_YEAR.search(text):
        year = _ERAS[match[1].lower()] + _number(match[2])
        return match, (year, _number(match[3]), _number(match[4]))
    if match := _ERA_SIGNS.search(text):
        return match, (_ERAS[match[1].lower()] + int(match[2]), int(match[4]), int(match[5]))
    if match := _TAIWAN.search(text):
        return match, (1911 + int(match[1]), int(match[3] or match[5]), int(match[4] or match[6]))
    if match := _BUDDHIST.search(text):
        return match, (int(match[1]) - 543, int(match[2]), int(match[3]))
    return None


def _iranian(text: str) -> Found | None:
    spelled = text.translate(_ARABIC_LETTERS)
    if match := _WORDED.search(spelled):
        return match, _of_iran(int(match[3]), _MONTHS[match[2].lower()], int(match[1]))
    if match := _MONTH_FIRST.search(spelled):
        return match, _of_iran(int(match[3]), _MONTHS[match[1].lower()], int(match[2]))
    if match := _YEAR_FIRST.search(spelled):
        return match, _of_iran(int(match[1]), _MONTHS[match[2].lower()], int(match[3]))
    if match := _NUMBERS.search(text):
        return match, _of_iran(int(match[1]), int(match[3]), int(match[4]))
    if match := _NUMBERS_BACK.search(text):
        return match, _of_iran(int(match[4]), int(match[3]), int(match[1]))
    return None


def _number(text: str) -> int:
    """Read a number: 12, 十二, 二十一, 元, or figure by figure 二〇二六."""
    if text.isdigit() and text.isascii():
        return int(text)
    if text == "元":
        return 1
    text = text.replace("零", "〇")
    tens, is_ten, ones = text.partition("十")
    if not is_ten:
        return int("".join(str(_KANJI.index(sign)) for sign in text))
    return 10 * (_KANJI.index(tens) if tens else 1) + (_KANJI.index(ones) if ones else 0)


def _of_iran(year: int, month: int, day: int) -> Day:
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
