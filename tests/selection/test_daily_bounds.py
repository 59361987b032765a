"""A source that floods a day: what of it is weighed, and how the rest is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from digest.model import SectionRule, Selection, SourceKey
from digest.selection import explain, select
from digest.selection.rules import Rule
from tests.selection.newsroom import DAY, END, NOTHING_SENT, newsletter, seen, told

HARBOUR = SourceKey("harbour")
ALL = SectionRule("all", "All", max_items=50)


def chosen(*candidates: object, most: int = 3, **more: object) -> Selection:
    letter = newsletter(ALL, source_most={HARBOUR: most})
    return select(candidates, newsletter=letter, window=DAY, sent=NOTHING_SENT, **more)  # type: ignore[arg-type]


def weighed(selection: Selection) -> set[str]:
    return {one.url.rpartition("/")[2] for one in selection.decisions if one.rule != Rule.TOO_MANY_A_DAY}


def test_of_too_many_articles_of_a_day_the_newest_are_weighed() -> None:
    flood = [told(f"n{age}", f"Story {age} alone", hours=age) for age in range(1, 7)]

    found = chosen(*flood)

    assert weighed(found) == {"n1", "n2", "n3"}


def test_a_source_whose_order_tells_its_leads_keeps_the_first_ones() -> None:
    flood = [
        told(f"n{age}", f"Story {age} alone", hours=age, source_place=place)
        for place, age in enumerate((6, 5, 4, 3, 2, 1), start=1)
    ]

    assert weighed(chosen(*flood)) == {"n6", "n5", "n4"}


def test_every_article_left_out_says_how_many_there_were_and_of_which_source() -> None:
    flood = [told(f"n{age}", f"Story {age} alone", hours=age) for age in range(1, 7)]

    found = chosen(*flood)

    (count,) = explain.not_weighed(found.decisions)
    assert (count.count, count.by) == (3, "too-many-a-day")
    assert count.reason.startswith("harbour gave 6 articles for 2026-11-23, and 3 of a day are weighed")
    assert len(found.decisions) == len(flood)


def test_other_sources_and_other_days_are_not_counted_in() -> None:
    today = [told(f"t{age}", f"Story {age} alone", hours=age) for age in range(1, 4)]
    before = [told(f"b{age}", f"Old story {age}", hours=age) for age in range(8, 11)]
    other = [told(f"o{age}", f"Elsewhere {age}", hours=age, source="city") for age in range(1, 4)]

    found = chosen(*today, *before, *other)

    assert not explain.not_weighed(found.decisions)


def test_what_an_editor_pinned_is_weighed_whatever_came_after_it() -> None:
    flood = [told(f"n{age}", f"Story {age} alone", hours=age) for age in range(1, 7)]

    found = chosen(*flood, pins=[flood[-1].article.id])

    assert weighed(found) == {"n6", "n1", "n2"}


def test_pins_beyond_the_bound_all_stay() -> None:
    flood = [told(f"n{age}", f"Story {age} alone", hours=age) for age in range(1, 7)]

    found = chosen(*flood, pins=[one.article.id for one in flood[2:]])

    assert weighed(found) == {"n3", "n4", "n5", "n6"}


@pytest.mark.parametrize("most", [pytest.param(6, id="as many"), pytest.param(7, id="more")])
def test_a_bound_that_is_not_passed_leaves_everything_as_it_was(most: int) -> None:
    flood = [told(f"n{age}", f"Story {age} alone", hours=age) for age in range(1, 7)]

    assert chosen(*flood, most=most) == chosen(*flood, most=1000)


def test_what_was_kept_out_before_does_not_fill_the_bound() -> None:
    gone = [
        seen(one.article, gone_at=END - timedelta(minutes=1))
        for one in (told(f"g{age}", f"Gone {age}", hours=age) for age in range(1, 4))
    ]
    later = [told(f"n{age}", f"Story {age} alone", hours=age) for age in range(4, 6)]

    found = chosen(*gone, *later)

    assert not explain.not_weighed(found.decisions)
