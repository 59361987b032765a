from __future__ import annotations

from dataclasses import replace

import pytest

from digest.model import Article, Image, SentArticle
from digest.selection.lead import lead_first
from digest.selection.likeness.levels import Strictness, scale, threshold
from digest.selection.stories import find_copies, group
from tests.selection.newsroom import END, YESTERDAY, article, newsletter, seen, told
from tests.selection.test_selecting import FERRY, FERRY_LATER, LIBRARY, MANGO

ours = article("ferry", "Ferry Mwamba aground off Likoni", FERRY)
later = article("inquiry", "Ferry Mwamba: two officers suspended", FERRY_LATER)
copy = article("9", "Likoni ferry stuck", f"Coast Press – {FERRY}", source="coast")
mango = article("mango", "Mango harvest", MANGO)
library = article("books", "Reading room opens on Sundays", LIBRARY)


def sent(one: Article) -> SentArticle:
    return SentArticle(seen(one), YESTERDAY, one.content_hash)


def test_more_likeness_is_needed_in_larger_collections_within_bounds() -> None:
    for strictness in Strictness:
        values = [scale(size, strictness) for size in (200, 426, 825, 1251, 4000, 100_000)]
        assert values == sorted(values)
        assert 0.9 <= values[0] <= 1 <= values[2] <= values[-1] <= 2.5
        assert scale(7, strictness) == scale(99, strictness) == 1
        assert scale(426, strictness) == 1


def test_the_first_of_copies_is_the_original() -> None:
    copies, echoes = find_copies([mango, ours, copy], ())

    assert {name: one.original for name, one in copies.items()} == {copy.id: ours.id}
    assert echoes == {}


def test_a_copy_of_a_sent_article_is_its_echo_and_nobodys_copy() -> None:
    other = replace(copy, guid="other")

    copies, echoes = find_copies([copy, other], [sent(ours)])

    assert copies == {}
    assert {name: one.sent.seen.article for name, one in echoes.items()} == {copy.id: ours, other.id: ours}


def test_an_article_is_no_echo_of_itself() -> None:
    assert find_copies([ours], [sent(ours)]) == ({}, {})
    assert group([ours], [sent(ours)], {}).echoes == {}


def test_one_event_is_one_story_and_copies_follow_their_originals() -> None:
    day = [ours, mango, later, copy, library]
    copies, _ = find_copies(day, ())

    grouping = group(day, (), copies)

    assert grouping.stories == ((ours, copy, later), (mango,), (library,))
    assert grouping.likeness(ours.id, copy.id) == pytest.approx(1)
    assert grouping.likeness(ours.id, later.id) > grouping.likeness(ours.id, mango.id)


def test_a_follow_up_knows_the_closest_sent_article() -> None:
    grouping = group([later, mango], [sent(library), sent(ours)], {})

    assert {name: one.sent.seen.article.id for name, one in grouping.echoes.items()} == {later.id: ours.id}


def test_shorter_texts_must_be_more_alike() -> None:
    for strictness in Strictness:
        values = [threshold(length, length, strictness) for length in (1, 8, 15, 20, 30, 40)]
        assert values == sorted(values, reverse=True)
        assert threshold(5000, 5000, strictness) == threshold(200, 200, strictness)
    assert threshold(30, 90, Strictness.PRECISE) > threshold(30, 90, Strictness.BALANCED)


NEWER = told("newer", "Newer", FERRY_LATER, hours=1).article
OLDER = told("older", "Older", FERRY_LATER, hours=5).article
BRIEF = told("brief", "Brief", "Aground.", hours=0.5).article
WEIGHTY = told("w", "Weighty", FERRY, hours=9, source="coast").article
FRENCH = told("f", "Français", FERRY_LATER * 2, hours=1, language="fr-fr").article
PICTURE = replace(OLDER, guid="p", image=Image("https://harbour.example/p.jpg"))


@pytest.mark.parametrize(
    ("members", "pins", "lead"),
    [
        pytest.param((OLDER, NEWER), {}, NEWER, id="the newer of two full texts"),
        pytest.param((BRIEF, OLDER), {}, OLDER, id="a full text before a newer brief"),
        pytest.param((NEWER, WEIGHTY), {}, WEIGHTY, id="the weightier source"),
        pytest.param((FRENCH, OLDER), {}, OLDER, id="the newsletter's language"),
        pytest.param((OLDER, PICTURE), {}, PICTURE, id="a picture"),
        pytest.param((WEIGHTY, BRIEF), {BRIEF.id: 0}, BRIEF, id="a pin before all"),
        pytest.param((BRIEF, NEWER), {BRIEF.id: 1, NEWER.id: 0}, NEWER, id="the better pin"),
    ],
)
def test_the_lead_is_chosen_by_rule(
    members: tuple[Article, ...], pins: dict[str, int], lead: Article
) -> None:
    letter = newsletter(source_weights={"coast": 2.0})
    moments = {one.id: one.published or END for one in members}

    for order in (members, members[::-1]):
        assert lead_first(order, letter, moments=moments, pins=pins, copies={})[0] is lead  # type: ignore[arg-type]


def test_an_original_leads_its_copies() -> None:
    copies, _ = find_copies([ours, copy], ())
    moments = {ours.id: END, copy.id: END}

    assert lead_first([copy, ours], newsletter(), moments=moments, pins={}, copies=copies) == [ours, copy]
