from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from digest.editions.corrections import correction_key
from digest.editions.weekly import best, days_of, weekly_key
from digest.errors import NothingToSend
from digest.model import ArticleId, Edition, EditionKey, EditionState, Identity, Item, StoryLabel
from digest.testing.builders import KEY, a_newsletter, an_edition

SATURDAY = weekly_key(KEY.newsletter, date(2026, 11, 28))
NEWSLETTER = replace(a_newsletter(), minimum_items=1)


def told(day: int, *, label: StoryLabel = StoryLabel.NONE) -> Edition:
    """Return the edition of a day, its articles its own."""

    def own(item: Item) -> Item:
        name = f"{day:02}{item.article}"[:16]
        return replace(
            item,
            article=ArticleId(name),
            articles=(ArticleId(name),),
            identities=(Identity(f"url:{name}"),),
            headline=f"{item.headline} of day {day}",
            label=label,
        )

    edition = an_edition()
    sections = tuple(replace(one, items=tuple(map(own, one.items))) for one in edition.sections)
    key = EditionKey(KEY.newsletter, KEY.day + timedelta(days=day))
    return replace(edition, key=key, sections=sections, state=EditionState.CLOSED)


WEEK = [told(day) for day in range(5)]


def test_every_days_first_story_comes_before_any_days_second() -> None:
    edition, _ = best(NEWSLETTER, SATURDAY, WEEK, most=5)

    firsts = {min(one.items, key=lambda item: item.rank).article for one in WEEK}
    assert {item.article for item in edition.items} == firsts
    assert sorted(item.rank for item in edition.items) == [0, 1, 2, 3, 4]


def test_every_story_of_the_week_has_its_reason() -> None:
    edition, decisions = best(NEWSLETTER, SATURDAY, WEEK, most=3)

    assert len(decisions) == sum(len(one.items) for one in WEEK)
    assert {one.article for one in decisions if one.is_in} == {item.article for item in edition.items}
    assert "the best 3 are told" in decisions[-1].reason


def test_a_story_told_again_counts_once_with_its_latest_text_and_no_label() -> None:
    again = told(0, label=StoryLabel.UPDATE)
    later = replace(again, key=WEEK[3].key)

    edition, _ = best(NEWSLETTER, SATURDAY, [WEEK[0], later], most=50)

    assert len(edition.items) == len(later.items)
    assert {item.label for item in edition.items} == {StoryLabel.NONE}


def test_a_corrected_story_stays_out() -> None:
    wrong = WEEK[1].items[0]
    section = replace(WEEK[1].sections[0], items=(wrong,))
    correction = replace(WEEK[1], key=correction_key(WEEK[1].key, 1), sections=(section,))

    edition, decisions = best(NEWSLETTER, SATURDAY, [*WEEK, correction], most=50)

    assert wrong.article not in {item.article for item in edition.items}
    (why,) = (one for one in decisions if one.article == wrong.article)
    assert (why.is_in, why.rule) == (False, "corrected")


def test_the_same_week_gives_the_same_edition_in_whatever_order_it_is_read() -> None:
    assert best(NEWSLETTER, SATURDAY, WEEK, most=4) == best(NEWSLETTER, SATURDAY, WEEK[::-1], most=4)


def test_too_few_stories_make_no_week() -> None:
    with pytest.raises(NothingToSend):
        best(NEWSLETTER, SATURDAY, [], most=5)


def test_a_week_that_may_hold_few_stories_needs_no_more_than_it_may_hold() -> None:
    strict = replace(NEWSLETTER, minimum_items=15)

    edition, _ = best(strict, SATURDAY, [told(23)], most=2)

    assert len(edition.items) == 2


@pytest.mark.parametrize(
    ("last", "first"),
    [
        pytest.param(None, date(2026, 11, 21), id="the-first-ever"),
        pytest.param(date(2026, 11, 21), date(2026, 11, 21), id="a-week-ago"),
        pytest.param(date(2026, 11, 14), date(2026, 11, 14), id="one-was-missed"),
        pytest.param(date(2026, 10, 1), date(2026, 11, 21), id="long-ago"),
        pytest.param(date(2026, 11, 26), date(2026, 11, 26), id="its-weekday-was-changed"),
    ],
)
def test_a_week_begins_where_the_last_one_ended(last: date | None, first: date) -> None:
    assert days_of(SATURDAY, last) == (first, date(2026, 11, 27))
