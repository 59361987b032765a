"""Days as the Hijri calendar numbers them, the year of twelve moons."""

# ruff: noqa: E501  # names, line for line
from __future__ import annotations

import re
from datetime import date, timedelta

FIRST_YEAR = 1410
_FIRST_DAY = date(1989, 8, 2)
_LONG_MONTHS = (
    "ba95b49ba4db25d52daa5ad4aea56d4bd23d91da95b4ab5a56d2b693b49b6556a9754b6a56caad555b29b92ba95d4ada"
    "55aaab595749764baa5b52b6a56d2ae9572a75535a95d49ba4dd26d535aaaad4b6a57527a95b4ab5536c9ae4b6a96b4a"
    "da55d25d92dc96d4ad655"
)
"""Three digits a year, a bit a month: which of them have thirty days, and not twenty-nine.

Source: the Umm al-Qura calendar of Saudi Arabia, 1410 to 1480 (1989 to 2058). Where the new moon is
looked for, a month may begin a day or two later; so a stamp's day in our calendar wins where it has one.
"""
_MONTHS = {
    name.replace("_", " "): number
    for number, names in enumerate(
        (
            "محرم محرم_الحرام muharram muharam moharram",
            "صفر صفر_المظفر صفر_الخير safar",
            "ربيع_الاول ربيع_اول rabi_al-awwal rabi_ul-awwal rabi_al-awal rabiul_awal rabi_i rabiulawal",
            "ربيع_الاخر ربيع_الثاني ربيع_اخر ربيع_ثاني rabi_al-thani rabi_al-akhir rabi_ul-thani rabiul_akhir"
            " rabi_ii rabiulakhir",
            "جمادي_الاولي جمادي_الاول جمادي_اول jumada_al-awwal jumada_al-ula jumada_al-awal jumadil_awal"
            " jumada_i jumadal_ula",
            "جمادي_الاخره جمادي_الثانيه جمادي_الاخر جمادي_الثاني جمادي_ثاني jumada_al-thani jumada_al-akhirah"
            " jumada_al-thaniyah jumadil_akhir jumada_ii jumadal_akhirah",
            "رجب رجب_المرجب rajab",
            "شعبان شعبان_المعظم shaban sha'ban syaban sya'ban",
            "رمضان رمضان_المبارك ramadan ramadhan ramazan ramzan",
            "شوال شوال_المكرم shawwal shawal syawal",
            "ذو_القعده ذي_القعده ذو_قعده ذي_قعده ذيقعده ذوالقعده ذيالقعده ذي_القعده_الحرام dhu_al-qadah"
            " dhu_al-qi'dah dhul_qadah zulqadah zulkaidah zulkaedah dhul-qadah dhul_qi'dah",
            "ذو_الحجه ذي_الحجه ذو_حجه ذي_حجه ذيحجه ذوالحجه ذيالحجه ذي_الحجه_الحرام dhu_al-hijjah dhu_al-hijja"
            " dhul_hijjah dhul-hijjah zulhijjah zulhijah dhul_hijja",
        ),
        start=1,
    )
    for name in names.split()
}
_SPELLED = str.maketrans("أإآىیةۃہک’‘ʿʾـ", "اااييهههك'''' ")
_NAME = rf"({'|'.join(re.escape(name) for name in sorted(_MONTHS, key=len, reverse=True))})(?![^\W\d_])"
_YEAR = r"(14[1-7]\d)(?!\d)"
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s?(?:من\s|شهر\s){{0,2}}{_NAME}(?:\s?،|,)?\s?(?:سنه\s|عام\s)?{_YEAR}"
)
_MONTH_FIRST = re.compile(rf"(?<![^\W\d_]){_NAME}\s(\d{{1,2}})(?:\s?،|,)?\s{_YEAR}")
_NUMBERS = re.compile(r"(?<![\d/.-])(14[2-6]\d)([/.-])(\d{1,2})\2(\d{1,2})(?!\d)")
_NUMBERS_BACK = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(14[2-6]\d)(?![\d/.-])")
_OURS = re.compile(r"(?<!\d)(?:19[89]\d|20[0-6]\d)(?!\d)")
"""A year of our own calendar: where a stamp has one, its day is told in that one, too."""

Found = tuple[re.Match[str], tuple[int, int, int]]


def by_the_moon(text: str) -> Found | None:
    """Return the Hijri day that a stamp names, as year, month and day of our calendar.

    Args:
        text: with digits 0 to 9: `15 رمضان 1447 هـ`, `1447/9/15`, `15 Ramadan 1447`.

    Raises:
        ValueError: there is no such day.
    """
    if "14" not in text or _OURS.search(text):
        return None
    spelled = _plain(text)
    if match := _DAY_FIRST.search(spelled):
        return match, _ours(int(match[3]), _MONTHS[match[2]], int(match[1]))
    if match := _MONTH_FIRST.search(spelled):
        return match, _ours(int(match[3]), _MONTHS[match[1]], int(match[2]))
    if match := _NUMBERS.search(text):
        return match, _ours(int(match[1]), int(match[3]), int(match[4]))
    if match := _NUMBERS_BACK.search(text):
        return match, _ours(int(match[4]), int(match[3]), int(match[1]))
    return None


def _plain(text: str) -> str:
    """Return the text with each letter in one spelling; as long as it was."""
    small = (one.lower() for one in text.translate(_SPELLED))
    return "".join(one if len(one) == 1 else " " for one in small)


def _ours(year: int, month: int, day: int) -> tuple[int, int, int]:
    lengths = [29 + int(bit) for digit in _LONG_MONTHS for bit in f"{int(digit, 16):04b}"]
    passed = 12 * (year - FIRST_YEAR) + month - 1
    if not 1 <= month <= 12 or not 0 <= passed < len(lengths) or not 1 <= day <= lengths[passed]:
        raise ValueError("no day of the Hijri calendar")
    found = _FIRST_DAY + timedelta(days=sum(lengths[:passed]) + day - 1)
    return found.year, found.month, found.day
