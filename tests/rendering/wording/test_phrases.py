from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from digest.model import StoryLabel
from digest.rendering.phrases import page_phrases, phrases, speaks_on_pages
from tests.rendering.catalogs import LOCALES, extracted, read

LANGUAGES = sorted(path.stem for path in LOCALES.glob("*.po"))
SPEAK_ON_PAGES = {
    *("ar", "de", "es", "fr", "he", "hi", "id", "it"),
    *("ja", "nl", "pl", "pt", "ru", "sw", "tr"),
}
"""The languages of the public pages; the others are those of letters."""
_PLACE = re.compile(r"%\(\w+\)s")


def test_the_promised_languages_have_catalogs() -> None:
    assert {"fr", "es", "pt", "ar", "sw"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_with_its_places(language: str) -> None:
    catalog = read(LOCALES / f"{language}.po")

    wanted_here = extracted(letters_only=language not in SPEAK_ON_PAGES)

    for message in (message for message in wanted_here if message.id):
        found = catalog.get(message.id)
        assert found is not None, message.id
        forms = _forms(found.string)
        assert len(forms) == (catalog.num_plurals if message.pluralizable else 1)
        wanted = set(_PLACE.findall(_forms(message.id)[-1]))
        assert all(set(_PLACE.findall(form)) <= wanted for form in forms), message.id
        assert set(_PLACE.findall(forms[-1])) == wanted, message.id


@pytest.mark.parametrize("language", [*LANGUAGES, "en", "en-GB", "", "de-AT", "tlh", "not a tag", "he-IL"])
def test_a_page_is_in_its_language_as_a_whole_or_in_english(language: str) -> None:
    speaks = language.partition("-")[0] in {*SPEAK_ON_PAGES, "en", ""}

    page = page_phrases(language)

    assert speaks_on_pages(language) is speaks
    assert page.language == (language or "en" if speaks else "en")
    assert page.direction == (phrases(language).direction if speaks else "ltr")
    assert type(page.gettext("Sign up")) is str


def _forms(said: object) -> list[str]:
    forms = [str(form or "") for form in (said if isinstance(said, (tuple, list)) else [said])]
    assert all(forms), said
    return forms


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_count_can_be_said(language: str) -> None:
    said = phrases(language)

    lines = {said.contents(count, count) for count in range(130)}

    assert len(lines) == 130


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        pytest.param("en", "9 stories, 4 minutes", id="en"),
        pytest.param("fr-CA", "9 articles, 4 minutes", id="region-falls-back-to-language"),
        pytest.param("sw", "Habari 9, dakika 4", id="sw"),
        pytest.param("ar", "9 أخبار، 4 دقائق", id="ar"),
        pytest.param("tlh", "9 stories, 4 minutes", id="unknown-is-english"),
        pytest.param("not a tag", "9 stories, 4 minutes", id="nonsense-is-english"),
        pytest.param("", "9 stories, 4 minutes", id="empty-is-english"),
    ],
)
def test_the_contents_line_speaks_the_language(language: str, expected: str) -> None:
    assert phrases(language).contents(9, 4) == expected


def test_arabic_counts_eleven_and_a_hundred_differently() -> None:
    said = phrases("ar")

    assert said.contents(11, 1).startswith("11 خبرًا")
    assert said.contents(100, 1).startswith("100 خبر،")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        pytest.param("en", "Monday, November 23, 2026", id="en"),
        pytest.param("en-GB", "Monday 23 November 2026", id="en-gb"),
        pytest.param("fr", "lundi 23 novembre 2026", id="fr"),
        pytest.param("ja", "2026年11月23日月曜日", id="ja-without-catalog-words"),
    ],
)
def test_dates_are_written_as_the_language_does(language: str, expected: str) -> None:
    assert phrases(language).day(date(2026, 11, 23)).replace(",", "") == expected.replace(",", "")


def test_a_moment_of_the_day_is_a_time_and_another_is_a_date() -> None:
    zone, today = ZoneInfo("Africa/Nairobi"), date(2026, 11, 23)

    assert phrases("en").moment(datetime(2026, 11, 23, 5, 11, tzinfo=zone), today) == "5:11\u00a0AM"
    assert phrases("fr").moment(datetime(2026, 11, 23, 5, 11, tzinfo=zone), today) == "05:11"
    assert phrases("en").moment(datetime(2026, 11, 22, 5, 11, tzinfo=zone), today) == "Nov\u00a022"


def test_only_a_story_that_comes_back_has_a_label() -> None:
    said = phrases("en")

    assert [said.label(label) for label in StoryLabel] == ["", "Update", "Correction"]


@pytest.mark.parametrize(
    ("language", "expected"), [("ar", "rtl"), ("he", "rtl"), ("sw", "ltr"), ("", "ltr")]
)
def test_the_direction_is_the_languages(language: str, expected: str) -> None:
    assert phrases(language).direction == expected


def test_a_percent_sign_in_a_name_is_only_a_percent_sign() -> None:
    assert "100% from %(site)s" in phrases("en").reason("100%", "%(site)s")
