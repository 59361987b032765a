"""Days as the Hebrew and the Ethiopian calendar number them."""

from __future__ import annotations

import re
from datetime import date

Found = tuple[re.Match[str], tuple[int, int, int]]

_TISHRI = (
    "תשרי tishrei tishri", "חשון חשוון מרחשון מרחשוון cheshvan heshvan marcheshvan", "כסלו כסליו kislev",
    "טבת tevet teveth", "שבט shevat shvat", "אדר adar", "ניסן nisan nissan", "אייר איר iyar iyyar",
    "סיון סיוון sivan", "תמוז tammuz tamuz", "אב av", "אלול elul",
)  # fmt: skip
_HEBREW_MONTHS = {name: number for number, names in enumerate(_TISHRI, 1) for name in names.split()}
_ADAR, _LONG = 6, 30
_HEBREW_NAME = (
    rf"ב?(?P<month>{'|'.join(sorted(_HEBREW_MONTHS, key=len, reverse=True))})"
    r"(?:\s(?P<which>[אב]['׳]?|ii?|[12]))?(?![^\W\d_])"
)
_HEBREW = (
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})\s{_HEBREW_NAME},?\s(?P<year>5[78]\d\d)(?!\d)", re.IGNORECASE),
    re.compile(
        rf"(?<![^\W\d_]){_HEBREW_NAME}\s(?P<day>\d{{1,2}}),?\s(?P<year>5[78]\d\d)(?!\d)", re.IGNORECASE
    ),
    re.compile(
        rf"(?<![^\W\d_])(?P<day>\d{{1,2}}|[א-ל](?:[\"״'׳]?[א-ט])?)['׳]?\s{_HEBREW_NAME},?\s(?:ה['׳]?)?"
        r"(?P<year>ת[\"״]?ש(?:[\"״]?[א-צ]){1,2})(?![^\W\d_])"
    ),
)
_FIGURES = {
    **{sign: value for value, sign in enumerate("אבגדהוזחט", 1)},
    **dict(zip("יכלמנסעפצ", range(10, 100, 10), strict=True)),
    "ש": 300,
    "ת": 400,
}
_HEBREW_EPOCH = -1_373_427
"""The ordinal of the first of the first year's Tishri."""

_MESKEREM = (
    "መስከረም meskerem", "ጥቅምት tikimt tikemt teqemt", "ኅዳር ህዳር ሕዳር hidar hedar",
    "ታኅሣሥ ታህሳስ ታኅሳስ tahsas tahesas",
    "ጥር", "የካቲት yekatit", "መጋቢት megabit", "ሚያዝያ ሚያዚያ miyazya miazia", "ግንቦት ginbot genbot", "ሰኔ",
    "ሐምሌ ሀምሌ hamle", "ነሐሴ ነሀሴ nehase nehasse", "ጳጉሜ ጳጉሜን pagume pagumen",
)  # fmt: skip
_ETHIOPIAN_MONTHS = {name: number for number, names in enumerate(_MESKEREM, 1) for name in names.split()}
_ETHIOPIAN_NAME = rf"(?P<month>{'|'.join(sorted(_ETHIOPIAN_MONTHS, key=len, reverse=True))})(?![^\W\d_])"
_ETHIOPIAN = (
    re.compile(
        rf"(?<!\d)(?P<day>\d{{1,2}})\s{_ETHIOPIAN_NAME}[,፣]?\s(?:ቀን\s)?(?P<year>20[0-3]\d)(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![^\W\d_]){_ETHIOPIAN_NAME}\s(?P<day>\d{{1,2}})[,፣]?\s(?:ቀን\s?[,፣]?\s?)?(?P<year>20[0-3]\d)(?!\d)",
        re.IGNORECASE,
    ),
)
_ETHIOPIAN_EPOCH = 2_796
"""The ordinal of the first of the first year's Meskerem, 29 August 8 by Julius's calendar."""


def by_ancient(text: str) -> Found | None:
    """Return the day that a stamp names by the Hebrew or Ethiopian calendar, as it is in ours.

    Raises:
        ValueError: there is no such day.
    """
    for pattern in _HEBREW:
        if match := pattern.search(text):
            month = _HEBREW_MONTHS[match["month"].lower()]
            which = (match["which"] or "").strip("'׳").lower()
            year = _figure(match["year"])
            return match, _of_israel(year, month, _figure(match["day"]), is_first=which in {"א", "i", "1"})
    for pattern in _ETHIOPIAN:
        if match := pattern.search(text):
            number = _ETHIOPIAN_MONTHS[match["month"].lower()]
            return match, _of_ethiopia(int(match["year"]), number, int(match["day"]))
    return None


def has_hebrew_year(text: str) -> bool:
    """Tell whether a stamp without figures names a year by letters."""
    return bool(_HEBREW[-1].search(text))


def _figure(text: str) -> int:
    if text.isdigit():
        return int(text)
    value = sum(_FIGURES.get(sign, 0) for sign in text)
    return value + 5000 if value >= _FIGURES["ת"] else value


def _of_ethiopia(year: int, month: int, day: int) -> tuple[int, int, int]:
    last = (6 if year % 4 == 3 else 5) if month == len(_MESKEREM) else _LONG
    if not 1 <= day <= last:
        raise ValueError("no day of the Ethiopian calendar")
    found = date.fromordinal(_ETHIOPIAN_EPOCH + 365 * (year - 1) + year // 4 + 30 * (month - 1) + day - 1)
    return found.year, found.month, found.day


def _of_israel(year: int, month: int, day: int, *, is_first: bool) -> tuple[int, int, int]:
    lengths = _lengths(year)
    place = month - 1
    if len(lengths) > len(_TISHRI) and (month > _ADAR or (month == _ADAR and not is_first)):
        place += 1
    if not 1 <= day <= lengths[place]:
        raise ValueError("no day of the Hebrew calendar")
    found = date.fromordinal(_new_year(year) + sum(lengths[:place]) + day - 1)
    return found.year, found.month, found.day


def _lengths(year: int) -> list[int]:
    """Return how many days the months of a year have, from Tishri on."""
    is_leap = (7 * year + 1) % 19 < 7
    ones = (_new_year(year + 1) - _new_year(year)) % 10
    start = [30, 30 if ones == 5 else 29, 29 if ones == 3 else 30, 29, 30]
    return [*start, *([30] if is_leap else []), 29, 30, 29, 30, 29, 30, 29]


def _new_year(year: int) -> int:
    """Return the ordinal of the first of Tishri.

    Source: Dershowitz and Reingold, Calendrical Calculations: the mean new moon and its four delays.
    """
    before, own, after = _elapsed(year - 1), _elapsed(year), _elapsed(year + 1)
    delay = 2 if after - own == 356 else 1 if own - before == 382 else 0
    return _HEBREW_EPOCH + own + delay


def _elapsed(year: int) -> int:
    months = (235 * year - 234) // 19
    days = 29 * months + (12_084 + 13_753 * months) // 25_920
    return days + (3 * (days + 1) % 7 < 3)
