"""Dates, numbers and plurals of a language, and what was kept in English told again in it."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.web.desk import deeds
from digest.web.serving.wording.names import named
from digest.web.serving.wording.script_words import STATIC, script_words
from digest.words.sentences import Sentence
from digest.words.speaking import counted, retold, say, speaking, spoken
from digest.words.tongues import NAMES, Tongue, Tongues, builtin

NAIROBI = ZoneInfo("Africa/Nairobi")
AT = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)


def tongue(language: str) -> Tongue:
    return builtin().of([language])


@pytest.mark.parametrize(
    ("language", "moment", "number", "share"),
    [
        pytest.param("en", "Mon 23 Nov, 06:30", "12,345", "4.2 %", id="en"),
        pytest.param("de", "Mo., 23. Nov., 06:30", "12.345", "4,2\u00a0%", id="de"),
        pytest.param("fr", "lun. 23 nov., 06:30", "12\u202f345", "4,2\u00a0%", id="fr"),
        pytest.param("sw", "Jumatatu, 23 Nov, 06:30", "12,345", "4.2\u00a0%", id="sw"),
    ],
)
def test_dates_and_numbers_are_written_as_the_language_writes_them(
    language: str, moment: str, number: str, share: str
) -> None:
    one = tongue(language)

    assert (one.number(12_345), one.percent(0.042)) == (number, share)
    assert one.moment(AT, NAIROBI).replace("à", ",").startswith(moment[:5])
    assert "23" in one.moment(AT, NAIROBI)


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        pytest.param(["tlh", "sw-KE", "en"], "sw", id="the-first-that-is-spoken"),
        pytest.param(["DE-at"], "de", id="by-its-language-alone"),
        pytest.param(["", "tlh"], "en", id="else-english"),
        pytest.param([], "en", id="nothing-wanted"),
    ],
)
def test_the_first_wanted_language_that_is_spoken_is_taken(wanted: list[str], language: str) -> None:
    assert builtin().of(wanted).language == language


def test_where_nobody_asks_it_is_english() -> None:
    assert (spoken().language, say("Draft"), counted("%(count)s story", "%(count)s stories", 2_000)) == (
        "en",
        "Draft",
        "2,000 stories",
    )


@pytest.mark.parametrize("language", sorted(set(NAMES) - {"en"}))
def test_every_plural_form_reaches_the_scripts(language: str) -> None:
    one = tongue(language)
    with speaking(one):
        words = json.loads(script_words())

    forms = words["%(count)s story chosen"]
    assert {Locale.parse(language).plural_form(count) for count in range(1_000)} <= set(forms)
    assert forms["other"] == one.form("%(count)s story chosen", "%(count)s stories chosen", 1_000)


def test_words_cannot_end_the_script_that_holds_them() -> None:
    with speaking(tongue("de")):
        assert "<" not in str(script_words())


@pytest.mark.parametrize(
    ("kept", "german"),
    [
        pytest.param(
            deeds.MOVED_WITHIN % {"story": "Ein Boot", "place": 2, "section": "Hafen"},
            "hat „Ein Boot“ auf Platz 2 von Hafen bewegt",
            id="filled-in",
        ),
        pytest.param(
            deeds.UNDID % {"deed": deeds.DROPPED % {"story": "Ein Boot"}},
            "machte rückgängig: hat „Ein Boot“ herausgenommen",
            id="one-within-another",
        ),
        pytest.param("a new draft was made", "ein neuer Entwurf entstand", id="without-places"),
        pytest.param("nobody knows this", "nobody knows this", id="unknown-stays"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_what_was_kept_in_english_is_told_again(kept: str, german: str) -> None:
    with speaking(tongue("de")):
        assert retold(kept) == german


@settings(deadline=None, max_examples=60, derandomize=True)
@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
def test_a_sentence_is_found_again_whatever_stands_in_its_places(story: str, section: str) -> None:
    filled = deeds.MOVED % {"story": story, "section": section}

    found = Sentence(deeds.MOVED).values(filled)

    assert found is not None
    assert deeds.MOVED % found == filled


@pytest.mark.parametrize(
    "filled",
    [
        pytest.param("moved", id="too-short"),
        pytest.param("moved “A” nowhere", id="its-middle-is-missing"),
        pytest.param("dropped “A”", id="another-beginning"),
    ],
)
def test_another_sentence_is_not_taken_for_it(filled: str) -> None:
    assert Sentence(deeds.MOVED).values(filled) is None


def test_a_state_that_nobody_named_stays_as_it_is() -> None:
    assert (named("hard_bounce"), named("some_thing")) == ("the mailbox is gone", "some thing")


def test_a_desk_may_speak_fewer_languages() -> None:
    few = Tongues({"en": tongue("en")}, {"en": "English"})

    assert few.of(["de"]).language == "en"
    assert ("de" in few, "en" in few) == (False, True)


_SIDES = re.compile(
    r"(?:padding|margin|inset): *([^;{}]+)"
    r"|((?:padding|margin|border)-(?:left|right)|float: *(?:left|right))"
)


def test_no_rule_of_a_page_knows_left_from_right() -> None:
    """What stands at the beginning of a line is at its right in Arabic and Hebrew."""
    sided = []
    for path in sorted(STATIC.glob("*.css")):
        for found in _SIDES.finditer(path.read_text(encoding="utf-8")):
            values = (found[1] or "").split()
            if found[2] or (len(values) == 4 and values[1] != values[3]):
                sided.append((path.name, found[0]))

    assert sided == []
