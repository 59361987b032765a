from __future__ import annotations

import json

import pytest

from digest.model import MOST_NAMED, Decision
from digest.selection.explain import is_told, lines, matching, records
from tests.selection.newsroom import newsletter, told
from tests.selection.test_selecting import ALL, FERRY, LIBRARY, MANGO, run

FERRY_URL = "https://harbour.example/ferry"


def decisions() -> tuple[Decision, ...]:
    return run(
        [told("ferry", "Ferry aground", FERRY), told("mango", "Mango harvest", MANGO, hours=90)],
        newsletter(ALL),
    ).decisions


def test_each_decision_is_three_lines_with_its_numbers() -> None:
    assert lines(decisions()) == [
        "IN  [ranked] all: Ferry aground",
        "    In “All of it” (no other section takes it), told by one publisher."
        " (score 0.8258, weight 1, recency 0.9715, publishers 1, prominence 0.85, like_above 0, worth 0.7,"
        " place 1)",
        f"    {FERRY_URL}",
        "OUT [too-old]: Mango harvest",
        "    It counts from 2026-11-19 12:00, more than 72 hours before the cutoff. (age_h 90)",
        "    https://harbour.example/mango",
    ]


@pytest.mark.parametrize(
    "url",
    [
        pytest.param(FERRY_URL, id="as stored"),
        pytest.param("http://www.harbour.example/ferry/", id="other scheme and host variant"),
        pytest.param("harbour.example/ferry?utm_source=mail#top", id="as copied from a mail"),
    ],
)
def test_one_address_is_enough(url: str) -> None:
    assert [one.title for one in matching(decisions(), url)] == ["Ferry aground"]
    assert len(lines(decisions(), url)) == 3


def test_an_unknown_address_gives_nothing() -> None:
    assert lines(decisions(), "https://harbour.example/other") == []


def test_a_query_that_tells_pages_apart_counts_where_it_is_given() -> None:
    pieces = [told("a", "One", url=f"{FERRY_URL}?id=1"), told("b", "Two", url=f"{FERRY_URL}?id=2")]
    found = run(pieces).decisions

    assert [one.title for one in matching(found, f"{FERRY_URL}?id=2")] == ["Two"]
    assert len(matching(found, FERRY_URL)) == 2


def test_records_are_json() -> None:
    (first, _) = json.loads(json.dumps(records(decisions())))

    assert first["rule"] == "ranked"
    assert first["numbers"]["publishers"] == 1


def test_long_and_missing_titles_stay_on_one_line() -> None:
    found = run([told("a", "word " * 40), told("b", "")]).decisions

    heads = lines(found)[::3]
    assert any(head.endswith("…") and len(head) < 100 for head in heads)
    assert any(head.endswith("(no title)") for head in heads)


def told_by(*sources: str) -> tuple[Decision, ...]:
    copies = [
        told(f"{place}", "Ferry stuck", f"Coast Press – {FERRY}", source=source, hours=place)
        for place, source in enumerate(sources, start=3)
    ]
    return run([told("ferry", "Ferry aground", FERRY, hours=20), *copies], newsletter(ALL)).decisions


def test_a_second_article_of_a_publisher_is_out_of_the_mail_and_held() -> None:
    found = told_by("coast", "coast")

    assert [(one["rule"], one["is_in"], one["is_held"]) for one in records(found)] == [
        ("ranked", True, True),
        ("also-reported", True, True),
        ("same-story", False, True),
    ]
    assert "OUT [same-story] all: Ferry stuck" in lines(found)
    assert "coast.example is named already. It won't come again." in "".join(lines(found))


def test_of_many_publishers_as_many_are_in_as_the_mail_names() -> None:
    found = told_by(*(f"paper{number}" for number in range(MOST_NAMED + 2)))

    assert sum(is_told(one) for one in found) == 1 + MOST_NAMED
    assert f"at most {MOST_NAMED} others are named" in found[-1].reason


HARBOR = (
    "The port authority plans a new hall for passengers at Likoni, with benches for those who wait. "
    "Bakers, cobblers and a post counter shall rent the ground floor from spring onwards, it wrote."
)


def test_explain_tells_why_a_lower_score_stands_higher() -> None:
    ferry = told("ferry", "Ferry Mwamba aground off Likoni", FERRY, hours=1)
    hall = told("hall", "A hall for those who wait", HARBOR, hours=2)
    library = told("books", "Reading room opens on Sundays", LIBRARY, hours=2.1)

    first, second, third = run([ferry, hall, library]).decisions

    assert [first.title, second.title, third.title] == [
        "Ferry Mwamba aground off Likoni",
        "Reading room opens on Sundays",
        "A hall for those who wait",
    ]
    assert second.reason.endswith(
        "told by one publisher, before “A hall for those who wait”, "
        "which scores more but is more like what stands above."
    )
    lower, higher = dict(second.numbers), dict(third.numbers)
    assert lower["score"] < higher["score"]
    assert lower["like_above"] < higher["like_above"]
    assert (lower["place"], higher["place"]) == (2, 3)
