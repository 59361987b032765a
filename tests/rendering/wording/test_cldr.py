"""Days, months and lists are said as the CLDR says them, in every language that has a catalog."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from babel import Locale

from digest.rendering.phrases import languages, phrases

OTHERS = sorted(languages() - {"en"})
OWN_SIGNS = {
    "ar": "، the CLDR joins a list by the word for and, which is no list of two facts",
    "ja": "・ headlines part such facts by a middle dot",
    "zh": "， the CLDR's sign parts words; these are two clauses",
    "zh-tw": "， the same",
}
"""Languages whose sign between two facts is none of the CLDR's lists, each with the sign and the reason."""


def locale(language: str) -> Locale:
    return Locale.parse("zh_Hant_TW" if language == "zh-tw" else language)


def bare(said: str) -> str:
    return re.sub(r"[\u200e\u200f\u2066-\u2069]", "", said).casefold()


def known(names: Any, number: int) -> set[str]:
    """Return the names of a day or a month, in a date and alone; Chinese has its numbers as short ones."""
    forms = [names[kind]["wide"][number] for kind in ("format", "stand-alone")]
    return {bare(one) for one in (*forms, names["format"]["abbreviated"][number]) if len(one) > 1}


@pytest.mark.parametrize("language", OTHERS)
def test_every_day_and_month_is_the_cldrs(language: str) -> None:
    names = locale(language)
    for number in range(0, 365, 10):
        day = date(2026, 1, 1) + timedelta(days=number)
        said = bare(phrases(language).day(day))
        days, months = known(names.days, day.weekday()), known(names.months, day.month)

        assert any(name in said for name in days), (said, days)
        assert any(name in said for name in months), (said, months)
        assert "2026" in said
        assert str(day.day) in said


@pytest.mark.parametrize("language", OTHERS)
def test_every_month_of_the_archive_is_the_cldrs(language: str) -> None:
    names = locale(language)
    for month in range(1, 13):
        said = bare(phrases(language).month(date(2026, month, 1)))
        months = known(names.months, month)

        assert any(name in said for name in months), (said, months)


@pytest.mark.parametrize("language", OTHERS)
def test_two_facts_are_parted_as_the_cldr_parts_a_list(language: str) -> None:
    pattern = phrases(language).gettext("%(stories)s, %(minutes)s")
    sign = re.sub(r"%\(\w+\)s", "", pattern).strip()
    lists = locale(language).list_patterns.values()
    signs = {re.sub(r"\{\d\}|\u200f", "", said).strip() for one in lists for said in one.values()}

    assert sign in signs or OWN_SIGNS[language].startswith(f"{sign} ")


@pytest.mark.parametrize("language", ["ar", "he", "sw", "zu"])
def test_plural_minutes_are_the_cldrs_where_one_is_said_in_words(language: str) -> None:
    names = locale(language)
    patterns = names._data["unit_patterns"]["duration-minute"]["long"]

    for count in (3, 5, 11, 100):
        pattern = patterns.get(names.plural_form(count), patterns["other"])
        said = phrases(language).counted("%(count)s minute", "%(count)s minutes", count)
        assert strip_vowels(said) == strip_vowels(pattern.format(count))


def strip_vowels(said: str) -> str:
    """Return Arabic without the signs of vowels, which a letter writes and the CLDR does not."""
    return re.sub(r"[\u064b-\u0652]", "", said)
