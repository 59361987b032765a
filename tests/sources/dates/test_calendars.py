"""Days in other calendars, and months by other names."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from digest.sources.dates.reading import read

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "language"),
    [
        ("मंगलवार, 1 दिसम्बर 2026", "hi"),
        ("१ दिसंबर २०२६", ""),
        ("令和八年十二月一日", "ja"),
        ("R8.12.1", "ja"),
        ("R8/12/01", ""),
        ("令和8年12月1日(火)", ""),
        ("سه‌شنبه ۱۰ آذر ۱۴۰۵", "fa"),
        ("10 Azar 1405", ""),
        ("1405/09/10", "fa"),
        ("民國115年12月1日", "zh-tw"),
        ("1 ธ.ค. 2569", "th"),
        ("2569-12-01", "th"),
    ],
)
def test_a_day_is_the_same_in_every_calendar(raw: str, language: str) -> None:
    assert read(raw, zone=ZoneInfo("UTC"), now=NOW, language=language).on == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("30 नवम्बर 2026", date(2026, 11, 30)),
        ("15 अक्तूबर 2026", date(2026, 10, 15)),
        ("15 सितम्बर 2026", date(2026, 9, 15)),
        ("令和二年二十九月", None),
        ("平成三十一年四月三十日", date(2019, 4, 30)),
        ("H31.4.30", date(2019, 4, 30)),
        ("1405/13/01", None),
        ("31 آذر 1405", None),
        ("30 اسفند 1403", date(2025, 3, 20)),
    ],
)
def test_months_and_eras_are_read_or_refused(raw: str, day: date | None) -> None:
    assert read(raw, zone=ZoneInfo("UTC"), now=NOW).on == day


BY_THE_MOON = [
    *("15 رمضان 1447", "١٥ رمضان ١٤٤٧ هـ", "15 رمضان 1447هـ", "الأربعاء 15 رمضان 1447", "١٤٤٧/٩/١٥"),
    *("15/09/1447", "1447-09-15", "15 Ramadan 1447 AH", "Ramadan 15, 1447", "15 Ramadhan 1447 H"),
    *("15 رمضان المبارك 1447", "۱۵ رمضان ۱۴۴۷ ه.ق", "الأربعاء ١٥ رمضان ١٤٤٧هـ الموافق ٤ مارس ٢٠٢٦م"),
    "4 مارس 2026 م الموافق 14 رمضان 1447 هـ",
]
OTHERS = [
    *("R8年3月4日", "令和8/3/4", "令8.3.4", "㋿8年3月4日", "二〇二六年三月四日", "二零二六年三月四日"),
    *("115/03/04", "115.3.4", "115年3月4日", "民國一一五年三月四日", "단기 4359년 3월 4일"),
    *("13/12/1404", "1404.12.13", "۱۳ اسفندماه ۱۴۰۴", "Esfand 13, 1404", "1404 اسفند 13", "۱۳ حوت ۱۴۰۴"),
    *(
        "4 มีนาคม 2569",
        "๔ มี.ค. ๖๙",
        "วันที่ 4 มีนาคม พ.ศ. 2569",
        "ngày 4 tháng 3 năm 2026",
        "2026 оны 3 сарын 4",
    ),
    *("৪ মার্চ ২০২৬", "4 மார்ச் 2026", "4 માર્ચ 2026", "۴ مارچ ۲۰۲۶", "4 במרץ 2026", "4 მარტი 2026"),
    *("4 մարտի 2026", "4 сакавіка 2026", "2026 m. kovo 4 d.", "2026. gada 4. martā", "4 Mawrth 2026"),
    *("Ika-4 ng Marso 2026", "4 Maart 2026", "4 ມີນາ 2026", "4 ožujka 2026"),
]


@pytest.mark.parametrize("raw", [*BY_THE_MOON, *OTHERS])
def test_a_day_needs_no_word_of_its_language(raw: str) -> None:
    assert read(raw, zone=ZoneInfo("UTC"), now=NOW).on == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("1 محرم 1447", date(2025, 6, 26)),
        ("12 ربيع الأول 1447", date(2025, 9, 4)),
        ("8 ربيع الثاني 1447", date(2025, 9, 30)),
        ("5 جمادى الآخرة 1447", date(2025, 11, 26)),
        ("١٠ ذي الحجة ١٤٤٦هـ", date(2025, 6, 6)),
        ("1 شوال 1446", date(2025, 3, 30)),
        ("30 رمضان 1446", None),
        ("15/13/1447", None),
        ("31 محرم 1447", None),
    ],
)
def test_months_follow_the_moon(raw: str, day: date | None) -> None:
    assert read(raw, zone=ZoneInfo("UTC"), now=NOW).on == day


@pytest.mark.parametrize(
    "raw", ["15 رمضان 1447 هـ - 13:30", "令和8年3月4日午後1時30分", "13 اسفند 1404 ساعت 13:30"]
)
def test_the_time_beside_another_calendar_s_day_counts(raw: str) -> None:
    assert read(raw, zone=ZoneInfo("UTC"), now=NOW).at == datetime(2026, 3, 4, 13, 30, tzinfo=UTC)


def test_an_hour_alone_is_a_time() -> None:
    assert read("2026年3月4日午後3時", zone=ZoneInfo("UTC"), now=NOW).at == datetime(
        2026, 3, 4, 15, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("15 Adar 5786", date(2026, 3, 4)),
        ('ט"ו באדר תשפ"ו', date(2026, 3, 4)),
        ("ט״ו באדר ה׳תשפ״ו", date(2026, 3, 4)),
        ("1 בתשרי 5786", date(2025, 9, 23)),
        ("14 Adar I 5784", date(2024, 2, 23)),
        ("14 Adar II 5784", date(2024, 3, 24)),
        ("29 Elul 5785", date(2025, 9, 22)),
        ("30 Tevet 5786", None),
        ("25 የካቲት 2018", date(2026, 3, 4)),
        ("የካቲት 25 ቀን 2018 ዓ.ም", date(2026, 3, 4)),
        ("Meskerem 1, 2018", date(2025, 9, 11)),
        ("Pagume 6, 2015", date(2023, 9, 11)),
        ("Pagume 6, 2017", None),
    ],
)
def test_days_of_israel_and_of_ethiopia_are_ours(raw: str, day: date | None) -> None:
    assert read(raw, zone=ZoneInfo("UTC"), now=NOW).on == day
