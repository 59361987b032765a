from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from digest.model import Article, SourceKey, StoryLabel
from digest.selection.recurring_columns import is_next_number
from tests.selection.newsroom import already, seen, told
from tests.selection.test_selecting import FERRY, run

TIDES = (
    "Tides at the old pier for {day}: high water at {a} and at {b}, low water at {c} and at {d}. "
    "The height of the first high water is {e} meters above chart datum. Wind and pressure may add a few "
    "centimeters. Boats that draw more than a man is tall should keep to the dredged channel, and whoever "
    "gathers shells on the flats should turn back when the bell at the harbor office is rung."
)
MONDAY = TIDES.format(day="Monday", a="04:12", b="16:31", c="10:20", d="22:44", e="3.1")
TUESDAY = TIDES.format(day="Tuesday", a="05:03", b="17:26", c="11:15", d="23:38", e="2.9")
SENT = told("tides-22", "Tides", MONDAY, hours=26, guid="tides-22")
NEXT = told("tides-23", "Tides", TUESDAY, hours=2, guid="tides-23")


def changed(**more: object) -> Article:
    return replace(NEXT.article, **more)  # type: ignore[arg-type]


def test_todays_number_of_a_column_comes_after_yesterdays_without_a_label() -> None:
    selection = run([NEXT], sent=already(SENT))

    (story,) = selection.sections[0].stories
    assert (story.lead, story.label) == (NEXT.article, StoryLabel.NONE)


def test_of_two_numbers_in_one_edition_the_newer_leads() -> None:
    yesterday = seen(replace(SENT.article, published=SENT.first_seen + timedelta(hours=4)))

    (story,) = run([yesterday, NEXT]).sections[0].stories

    assert story.lead == NEXT.article
    assert story.others == (yesterday.article,)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(changed(source=SourceKey("coast")), id="another source"),
        pytest.param(changed(guid="tides-22"), id="the same guid"),
        pytest.param(changed(url=SENT.article.url), id="the same page"),
        pytest.param(changed(published=SENT.article.published), id="the same day"),
        pytest.param(changed(published=None), id="no date"),
        pytest.param(changed(passages=SENT.article.passages), id="the same figures"),
        pytest.param(told("t", "Tides", MONDAY.replace("3.1", "3.4"), guid="t").article, id="one figure"),
        pytest.param(told("t", "Tides", f"{TUESDAY} {FERRY}", guid="t").article, id="other words as well"),
    ],
)
def test_anything_else_in_nearly_the_same_words_is_a_copy(other: Article) -> None:
    assert is_next_number(NEXT.article, SENT.article)
    assert not is_next_number(other, SENT.article)


def test_a_report_printed_again_with_a_figure_put_right_is_not_told_twice() -> None:
    sent = told("ferry", "Ferry aground", FERRY, hours=26, guid="1")
    again = told("ferry-2", "Ferry aground off Likoni", FERRY.replace("212", "214"), guid="2")

    (decision,) = run([again], sent=already(sent)).decisions

    assert decision.rule == "near-duplicate"
