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
