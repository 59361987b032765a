from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.editions.assembly import assemble
from digest.editions.display_width import cut, displayed
from digest.editions.subjects import MAX_PREHEADER, MAX_SUBJECT, Proposal, echoes, propose
from digest.model import Blurb
from tests.editions import stories as day

TITLES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=160)


def proposals(*titles: str, language: str = "en", blurb: str = "") -> tuple[Proposal, ...]:
    told = [day.story(str(at), title, score=-at) for at, title in enumerate(titles)]
    blurbs = {one.lead.id: day.blurb(blurb) if blurb else Blurb() for one in told}
    edition = assemble(day.newsletter(language=language), day.KEY, day.selection(("x", told)), blurbs)
    return propose(edition.sections, title=edition.title, day=day.KEY.day, language=language)


def test_the_top_story_is_the_first_subject_and_the_next_ones_its_preheader() -> None:
    first = proposals(day.FERRY, day.BUDGET, day.REEF)[0]

    assert first == Proposal(day.FERRY, f"{day.BUDGET} · {day.REEF}")


def test_the_three_alternatives_differ() -> None:
    subjects = [one.subject for one in proposals(day.FERRY, day.BUDGET, day.REEF)]

    assert subjects == [day.FERRY, day.BUDGET, "Morning edition · November 23"]


def test_a_single_story_still_gives_three() -> None:
    subjects = [one.subject for one in proposals(day.FERRY)]

    assert subjects == [day.FERRY, "Morning edition: " + day.FERRY, "Morning edition · November 23"]


def test_a_long_name_leaves_room_for_the_date() -> None:
    assert propose((), title="Gazette " * 20, day=day.KEY.day, language="en")[0].subject.endswith(
        "· November 23"
    )


def test_two_short_headlines_share_a_subject() -> None:
    assert proposals("Ferry resumes", "Budget passes")[1].subject == "Ferry resumes; Budget passes"


def test_the_date_is_in_the_newsletters_language() -> None:
    assert proposals(day.FERRY, language="fr")[2].subject == "Morning edition · 23 novembre"


def test_an_unknown_language_is_dated_in_english() -> None:
    assert proposals(day.FERRY, language="x-none")[2].subject.endswith("November 23")


@pytest.mark.parametrize(
    "bait",
    [
        pytest.param("You won't believe what the ferry did", id="tease"),
        pytest.param("Is the ferry really back?", id="question"),
        pytest.param("7 things to know about the ferry", id="list"),
        pytest.param("FERRY BACK AFTER STRIKE", id="shouting"),
    ],
)
def test_bait_never_announces_an_edition_that_has_better(bait: str) -> None:
    first = proposals(bait, day.BUDGET)[0]

    assert first.subject == day.BUDGET


def test_a_headline_in_another_language_does_not_announce_the_edition() -> None:
    foreign = day.story("a", "Le ferry reprend du service", language="fr", score=9)
    own = day.story("b", day.BUDGET)

    edition = assemble(day.newsletter(), day.KEY, day.selection(("x", [foreign, own])), {})

    assert edition.subject == day.BUDGET


def test_the_preheader_of_a_single_story_is_its_blurb() -> None:
    first = proposals(day.FERRY, blurb="Boats cross every ten minutes, the port authority says.")[0]

    assert first.preheader == "Boats cross every ten minutes, the port authority says."


@settings(deadline=None, max_examples=100, derandomize=True)
@given(st.lists(TITLES, min_size=1, max_size=6), st.text(max_size=80))
def test_lines_keep_their_limits_and_never_repeat_each_other(titles: list[str], blurb: str) -> None:
    found = proposals(*titles, blurb=blurb)

    for one in found:
        assert 0 < displayed(one.subject) <= MAX_SUBJECT
        assert displayed(one.preheader) <= MAX_PREHEADER
        assert not any(echoes(one.subject, piece) for piece in one.preheader.split(" · ") if one.preheader)
        assert "\n" not in one.subject + one.preheader
    assert all(a.subject != b.subject for a, b in itertools.combinations(found, 2))


@pytest.mark.parametrize(
    ("text", "length"),
    [
        pytest.param("naïve", 5, id="composed"),
        pytest.param("nai\u0308ve", 5, id="combining mark"),
        pytest.param("港口", 4, id="wide"),
        pytest.param("👩‍👩‍👧", 2, id="joined emoji"),
        pytest.param("a\u200bb", 2, id="zero width space"),
    ],
)
def test_length_is_as_displayed(text: str, length: int) -> None:
    assert displayed(text) == length


@settings(deadline=None, max_examples=100, derandomize=True)
@given(st.text(max_size=80), st.integers(3, 60))
def test_a_cut_line_fits_and_begins_as_the_whole_does(text: str, limit: int) -> None:
    short = cut(text, limit)

    assert displayed(short) <= limit
    assert short == text or text.startswith(short.removesuffix("…"))
