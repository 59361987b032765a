from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import timedelta

from digest.model import ArticleId, SectionRule, Window
from digest.selection.ranking import Chosen, RankedStory, Standing, choose, recency, score
from tests.selection.newsroom import DAY, END, article


def story(name: str, points: float, *, source: str = "harbour", pin: int | None = None) -> RankedStory:
    lead = article(name, name.title(), source=source)
    return RankedStory(
        lead=lead,
        others=(),
        effective=END,
        pin=pin,
        weight=1,
        recency=1,
        voices=1,
        score=points,
        why="its source",
    )


def unlike(_: ArticleId, __: ArticleId) -> float:
    return 0.0


def names(chosen: Chosen) -> list[str]:
    return [one.lead.title for one in chosen.stories]


def standings(chosen: Chosen) -> list[Standing]:
    """Return those of the stories, then of what was left out."""
    told = [*chosen.stories, *(one.story for one in chosen.left)]
    return [chosen.standings[one.lead.id] for one in told]


def left(chosen: Chosen) -> Mapping[str, str]:
    return {one.story.lead.title: one.rule for one in chosen.left}


def rule(*, min_items: int = 0, max_items: int = 5, source_cap: int = 0) -> SectionRule:
    return SectionRule("news", "News", min_items=min_items, max_items=max_items, source_cap=source_cap)


def test_recency_halves_in_two_days_and_never_exceeds_one() -> None:
    assert recency(END, DAY) == 1
    assert recency(END - timedelta(hours=48), DAY) == 0.5
    assert recency(END + timedelta(hours=5), DAY) == 1


def test_recency_halves_over_twice_a_longer_window_and_no_sooner_over_a_shorter() -> None:
    week = Window(END - timedelta(days=7), END)
    hour = Window(END - timedelta(hours=1), END)

    assert recency(END - timedelta(days=14), week) == 0.5
    assert recency(END - timedelta(hours=48), hour) == 0.5


def test_more_publishers_weigh_by_the_logarithm() -> None:
    assert score(2, 0.5, 1) == 1
    assert math.isclose(score(2, 0.5, 3), 1 + math.log(3), abs_tol=1e-11)


def test_the_best_are_in_and_the_rest_know_their_rank() -> None:
    chosen = choose([story("a", 0.2), story("b", 0.9), story("c", 0.5)], rule(max_items=2), unlike)

    assert names(chosen) == ["B", "C"]
    (out,) = chosen.left
    assert (out.story.lead.title, out.rule, out.rank) == ("A", "quota", 3)
    assert out.reason == "“News” holds 2; this was number 3 of 3 by score."


def test_equals_stand_by_time_then_address() -> None:
    assert names(choose([story("b", 1), story("c", 1), story("a", 1)], rule(), unlike)) == ["A", "B", "C"]


def test_what_repeats_the_top_gives_way_to_something_else() -> None:
    pieces = [story("ferry", 1.0), story("ferry again", 0.95), story("mango", 0.8)]
    alike = {frozenset(one.lead.id for one in pieces[:2]): 0.6}

    chosen = choose(pieces, rule(max_items=2), lambda a, b: alike.get(frozenset((a, b)), 0.0))

    assert names(chosen) == ["Ferry", "Mango"]
    assert "A lower one is in" in chosen.left[0].reason
    assert [round(one.like_above, 3) for one in standings(chosen)] == [0, 0, 0.6]
    assert [round(one.worth, 3) for one in standings(chosen)] == [0.7, 0.589, 0.52]
    assert [one.ahead_of for one in standings(chosen)] == ["", "Ferry Again", ""]


def test_a_source_cap_lets_others_in() -> None:
    pieces = [story("a", 0.9), story("b", 0.8), story("c", 0.1, source="coast")]

    chosen = choose(pieces, rule(source_cap=1), unlike)

    assert names(chosen) == ["A", "C"]
    assert left(chosen) == {"B": "source-cap"}


def test_what_is_over_the_cap_knows_its_number_of_the_source() -> None:
    pieces = [story(name, 0.9 - place / 10) for place, name in enumerate("abcde")]

    chosen = choose(pieces, rule(source_cap=1), unlike)

    assert [one.reason for one in chosen.left] == [
        f"“News” takes at most 1 of one source; this was number {number} of its source."
        for number in (2, 3, 4, 5)
    ]


def test_the_minimum_beats_the_source_cap() -> None:
    pieces = [story("a", 0.9), story("b", 0.8), story("c", 0.7)]

    chosen = choose(pieces, rule(source_cap=1, min_items=2), unlike)

    assert names(chosen) == ["A", "B"]
    assert left(chosen) == {"C": "source-cap"}


def test_pins_lead_in_their_order_and_count_towards_the_quota() -> None:
    pieces = [story("a", 0.9), story("b", 0.1, pin=1), story("c", 0.2, pin=0)]

    assert names(choose(pieces, rule(max_items=3), unlike)) == ["C", "B", "A"]
    assert names(choose(pieces, rule(max_items=1), unlike)) == ["C", "B"]


def test_a_section_of_no_items_takes_nothing() -> None:
    assert left(choose([story("a", 1)], rule(max_items=0), unlike)) == {"A": "quota"}


def test_scores_of_zero_are_ranked_too() -> None:
    assert names(choose([story("b", 0), story("a", 0)], rule(), unlike)) == ["A", "B"]
