"""The data are Babel's, and what is written with them is what Babel writes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import babel
import pytest
from babel import Locale as BabelLocale
from babel import UnknownLocaleError, dates, localedata
from babel.core import get_global
from babel.numbers import format_decimal

from digest.locales.locale import Locale, UnknownLocale, parse
from digest.locales.writing import decimal, number, plain, written
from tests.locales import cldr

DAYS = tuple(date(2026, month, month + 7) for month in range(1, 13))
MOMENTS = tuple(
    datetime(2026, 11, 3, hour, minute, tzinfo=UTC)
    for hour, minute in ((0, 0), (0, 1), (5, 9), (11, 59), (12, 0), (13, 30), (18, 0), (23, 59))
)
SKELETONS = ("MMMMd", "MMMd", "yMMMM", "MMMEd", "yMMMd")
NUMBERS = (0, 7, -7, 1000, 12345, 1234567, -0.0, 0.5, 2.5, -1.0005, 1.0015, 999.9995, 12345.678, 1e-9, 1e21)
NAMES = tuple(sorted({*get_global("likely_subtags"), *get_global("language_aliases")}))[::9]
ODD = tuple(
    """zh_TW zh_HK zh_MO zh_hant EN_us sr_Latn_RS no nb iw in tl mo sh pt_BR de_XX de_ZZ de_1996 ca_valencia
    ca_ES_VALENCIA de_CH_1996 zh_Hans_XX C POSIX en_US.UTF-8 es_419 xx und und_AT de__AT de_AT_x_y 12 _
    """.split()  # noqa: SIM905 - a list of so many is not read
)

its_own_babel = pytest.mark.skipif(
    cldr.DATA.joinpath("index.json").read_text().find(f'"babel": "{babel.__version__}"') < 0,
    reason="Babel here is another than the one that the data were written with",
)


@its_own_babel
def test_the_data_are_as_babel_has_them() -> None:
    kept = {path.name: path.read_text(encoding="utf-8") for path in cldr.DATA.glob("*.json")}

    assert cldr.files() == kept


@its_own_babel
def test_days_times_and_numbers_are_written_as_babel_writes_them_in_every_language() -> None:
    other = []
    for name in localedata.locale_identifiers():
        if name.partition("_")[0] != name and name not in {"zh_Hant", "zh_Hant_TW", "en_IN", "de_AT"}:
            continue
        ours, theirs = parse(name), BabelLocale.parse(name)
        pairs = list(_days(ours, theirs))
        pairs += [
            (written("short", at, ours), dates.format_time(at, "short", tzinfo=UTC, locale=theirs))
            for at in MOMENTS
        ]
        # Babel takes two apostrophes between digits for a quotation of the pattern.
        pairs += [
            (one.replace("'", ""), other.replace("'", ""))
            for value in NUMBERS
            for one, other in _numbers(value, ours, theirs)
        ]
        pairs += [(ours.pattern("joined"), str(theirs.datetime_formats["medium"]))]
        pairs += [(category, theirs.plural_form(count)) for category, count in ours.plurals.items()]
        pairs += [(str(set(ours.plurals) >= {theirs.plural_form(count) for count in range(3_000)}), "True")]
        other += [(name, *pair) for pair in pairs if pair[0] != pair[1]]

    assert other == []


def _numbers(value: float, ours: Locale, theirs: BabelLocale) -> Iterator[tuple[str, str]]:
    yield number(value, ours), format_decimal(value, locale=theirs)
    for digits in (1, 2):
        zeros = "0" * digits
        yield decimal(value, digits, ours), format_decimal(value, format=f"#,##0.{zeros}", locale=theirs)
        yield plain(value, digits, ours), format_decimal(value, format=f"0.{zeros}", locale=theirs)


def _days(ours: Locale, theirs: BabelLocale) -> Iterator[tuple[str, str]]:
    for day in DAYS:
        yield written("full", day, ours), dates.format_date(day, "full", locale=theirs)
        yield written("cccc", day, ours), dates.format_date(day, "cccc", locale=theirs)
        for one in SKELETONS:
            yield written(one, day, ours), dates.format_skeleton(one, day, locale=theirs)


@its_own_babel
def test_tags_are_understood_as_babel_understands_them() -> None:
    other = []
    for name in (*NAMES, *ODD):
        try:
            theirs = str(BabelLocale.parse(name))
        except (UnknownLocaleError, ValueError):
            theirs = ""
        ours = _parsed(name)
        other += (
            [] if (ours, _parsed(name.replace("_", "-"))) == (theirs, theirs) else [(name, ours, theirs)]
        )

    assert other == []


def _parsed(name: str) -> str:
    try:
        return parse(name).name
    except UnknownLocale:
        return ""


def test_what_a_locale_is_called_and_its_direction_are_known() -> None:
    arabic, austria = parse("ar-EG"), parse("de-AT")

    assert (arabic.direction, austria.direction) == ("rtl", "ltr")
    assert (austria.own_name, austria.english_name) == ("Deutsch (Österreich)", "German (Austria)")


def test_numbers_are_grouped_as_the_region_does() -> None:
    said = {name: number(-1234567, parse(name)) for name in ("en", "de", "hi", "de-CH", "en-US-POSIX")}

    assert said == {
        "en": "-1,234,567",
        "de": "-1.234.567",
        "hi": "-12,34,567",
        "de-CH": "-1'234'567",
        "en-US-POSIX": "-1234567",
    }


def test_a_day_alone_has_no_time() -> None:
    with pytest.raises(TypeError, match="no time"):
        written("short", date(2026, 11, 3), parse("en"))


def test_the_parts_of_the_day_are_told_where_a_language_tells_them() -> None:
    start = datetime(2026, 11, 3, tzinfo=UTC)
    said = [written("short", start + timedelta(hours=hour), parse("zh-TW")) for hour in (0, 6, 15, 23)]

    assert said == ["午夜12:00", "清晨6:00", "下午3:00", "晚上11:00"]
