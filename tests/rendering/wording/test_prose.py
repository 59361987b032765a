from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.rendering.prose import (
    clean,
    count_words,
    holds_login,
    href,
    isolated,
    minutes,
    reading_direction,
    text_direction,
)
from digest.rendering.tokens import WORD_JOINER


@settings(deadline=None, max_examples=100, derandomize=True)
@given(st.text(st.characters(exclude_categories=[]), max_size=80), st.integers(1, 40))
def test_clean_text_is_one_bounded_line_that_can_be_encoded(text: str, limit: int) -> None:
    cleaned = clean(text, limit)

    assert len(cleaned.replace(WORD_JOINER, "")) <= limit
    assert not re.search(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]", cleaned)
    cleaned.encode()


def test_a_tower_of_accents_does_not_stand_on_other_stories() -> None:
    assert clean("e" + "\u0301" * 60 + " dụ̂", 200) == "e" + "\u0301" * 4 + " dụ̂"


def test_clean_text_shows_that_it_was_cut() -> None:
    assert clean("one two three", 8) == "one two…"


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("javascript:alert(1)", id="script"),
        pytest.param("data:text/html,x", id="data"),
        pytest.param("//no.scheme.example/x", id="relative-scheme"),
        pytest.param("/relative", id="relative"),
        pytest.param("https:///no-host", id="no-host"),
        pytest.param("http://[broken", id="broken"),
        pytest.param("", id="empty"),
    ],
)
def test_an_address_that_is_not_safe_to_follow_is_empty(url: str) -> None:
    assert href(url) == ""


@pytest.mark.parametrize(
    ("url", "holds"),
    [
        pytest.param("https://me:word@a.example/", True, id="both"),
        pytest.param("http://me@a.example", True, id="a name"),
        pytest.param("https://:word@a.example/", True, id="a password"),
        pytest.param("https://@a.example/", True, id="an empty one"),
        pytest.param(" HTTPS://me%40b:w@a.example:8443/x", True, id="capitals, spaces, a port"),
        pytest.param("https://a.example@b.example@c.example/", True, id="two signs"),
        pytest.param("https://a.example/@ada", False, id="an account in the path"),
        pytest.param("https://a.example/?mail=ada@b.example#x@y", False, id="in query and place"),
        pytest.param("https://a.example?x@y", False, id="no path"),
        pytest.param("mailto:ada@a.example", False, id="mail"),
        pytest.param("http://[broken", False, id="no address"),
        pytest.param("", False, id="none"),
    ],
)
def test_a_login_in_an_address_is_known(url: str, holds: bool) -> None:
    assert holds_login(url) is holds


def test_an_address_cannot_end_its_attribute_or_its_line() -> None:
    assert href(" https://a.example/a b\"'<>\n|x ") == "https://a.example/a%20b%22%27%3C%3E%0A%7Cx"


def test_an_address_in_any_script_stays() -> None:
    assert href("https://a.example/ميناء?q=é") == "https://a.example/ميناء?q=é"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("12 Ferries", "ltr", id="latin"),
        pytest.param("2026: العبّارات Ferry", "rtl", id="arabic"),
        pytest.param("2026 — 12:30", "", id="numbers"),
    ],
)
def test_the_first_strong_letter_gives_the_direction(text: str, expected: str) -> None:
    assert text_direction(text) == expected


def test_only_a_name_of_the_other_direction_is_isolated() -> None:
    assert isolated("Coast FM", "ltr") == "Coast FM"
    assert isolated("صوت الميناء", "rtl") == "صوت الميناء"
    assert isolated("Coast FM", "rtl") == "\u2068Coast FM\u2069"
    assert isolated("صوت الميناء", "ltr") == "\u2068صوت الميناء\u2069"
    assert isolated("1912", "rtl") == "1912"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", 0, id="none"),
        pytest.param("four words are here", 4, id="spaces"),
        pytest.param("古い灯台に明かり", 4, id="ideographs"),
        pytest.param("古い lamp", 2, id="both"),
    ],
)
def test_words_are_counted_in_every_script(text: str, expected: int) -> None:
    assert count_words(text) == expected


def test_reading_takes_at_least_a_minute() -> None:
    assert (minutes(0), minutes(230), minutes(800)) == (1, 1, 3)


@pytest.mark.parametrize(
    ("text", "usual", "expected"),
    [
        pytest.param("US$1.5 مليار", "rtl", "rtl", id="a-sum-first"),
        pytest.param("(BBC) نتائج المباراة 2-1", "rtl", "rtl", id="a-name-first"),
        pytest.param("https://x.example/a رابط", "rtl", "rtl", id="an-address-first"),
        pytest.param("Ferries stop", "rtl", "ltr", id="none-of-the-language"),
        pytest.param("+254 700 123", "rtl", "rtl", id="no-letters"),
        pytest.param("https://x.example/a", "rtl", "rtl", id="an-address-alone"),
        pytest.param("قال today", "ltr", "ltr", id="one-foreign-word"),
        pytest.param("افتتاح سوق السمك iPhone", "ltr", "rtl", id="a-foreign-headline"),
        pytest.param("", "ltr", "ltr", id="empty"),
    ],
)
def test_a_text_reads_as_its_language_does_whatever_it_begins_with(
    text: str, usual: str, expected: str
) -> None:
    assert reading_direction(text, usual) == expected
