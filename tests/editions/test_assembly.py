from __future__ import annotations

import pytest

from digest.editions.assembly import assemble, headline
from digest.errors import NothingToSend
from digest.model import Blurb, EditionState, Story, StoryLabel
from tests.editions import stories as day


def test_an_edition_keeps_the_selections_order_and_leaves_empty_sections_out() -> None:
    ferry, budget, reef = day.story("a", day.FERRY), day.story("b", day.BUDGET), day.story("c", day.REEF)
    selection = day.selection(("politics", [budget, ferry]), ("sport", []), ("nature", [reef]))

    edition = assemble(day.newsletter(), day.KEY, selection, {})

    assert [section.key for section in edition.sections] == ["politics", "nature"]
    assert [item.article for item in edition.items] == [budget.lead.id, ferry.lead.id, reef.lead.id]
    assert (edition.state, edition.revision) == (EditionState.DRAFT, 1)
    assert edition.window == day.WINDOW


@pytest.mark.parametrize("minimum", [pytest.param(2, id="too few"), pytest.param(5, id="far too few")])
def test_too_few_items_are_nothing_to_send(minimum: int) -> None:
    selection = day.selection(("politics", [day.story("a", day.FERRY)]))

    with pytest.raises(NothingToSend) as caught:
        assemble(day.newsletter(minimum_items=minimum), day.KEY, selection, {})

    assert (caught.value.found, caught.value.minimum) == (1, minimum)


def test_no_item_is_nothing_to_send_even_when_the_minimum_is_zero() -> None:
    with pytest.raises(NothingToSend):
        assemble(day.newsletter(minimum_items=0), day.KEY, day.selection(), {})


def test_pins_rank_first_then_each_sections_first_item_then_the_best_scores() -> None:
    one, two = day.story("a", day.FERRY, score=1), day.story("b", day.BUDGET, score=9)
    three, four = day.story("c", day.MARATHON, score=2), day.story("d", day.REEF, score=5)
    selection = day.selection(("x", [one, two]), ("y", [three, four]), pins=(four.lead.id,))

    edition = assemble(day.newsletter(), day.KEY, selection, {})

    ranked = sorted(edition.items, key=lambda item: item.rank)
    assert [item.article for item in ranked] == [four.lead.id, three.lead.id, one.lead.id, two.lead.id]
    assert [item.is_pinned for item in ranked] == [True, False, False, False]
    assert [item.rank for item in ranked] == [0, 1, 2, 3]


def test_an_item_holds_every_identity_of_its_story() -> None:
    wire = day.article("wire", "Likoni ferry is back", guid="urn:1", publisher="The Wire")
    story = day.story("a", day.FERRY, wire, guid="42")
    selection = day.selection(("x", [story]))

    item = assemble(day.newsletter(), day.KEY, selection, {}).items[0]

    assert set(item.identities) == set(story.lead.identities) | set(wire.identities)
    assert item.articles == (story.lead.id, wire.id)


def test_also_reported_names_each_other_publisher_once() -> None:
    others = (
        day.article("b", "Ferry back - The Wire", publisher="The Wire"),
        day.article("c", "Ferry back again", publisher="the wire"),
        day.article("d", "Our own second piece"),
        day.article("e", "Ferries", publisher="", url="https://www.coast.example/e"),
    )
    selection = day.selection(("x", [day.story("a", day.FERRY, *others)]))

    also = assemble(day.newsletter(), day.KEY, selection, {}).items[0].also

    assert [(one.title, one.publisher) for one in also] == [
        ("Ferry back", "The Wire"),
        ("Ferries", "coast.example"),
    ]


def test_an_item_carries_label_words_and_blurb() -> None:
    story = Story(day.article("a", day.FERRY), label=StoryLabel.UPDATE)
    blurb = day.blurb("Boats run again.")

    items = assemble(day.newsletter(), day.KEY, day.selection(("x", [story])), {story.lead.id: blurb}).items

    assert (items[0].label, items[0].words, items[0].blurb) == (StoryLabel.UPDATE, 11, blurb)


def test_an_article_without_a_blurb_gets_an_empty_one() -> None:
    edition = assemble(day.newsletter(), day.KEY, day.selection(("x", [day.story("a", day.FERRY)])), {})

    assert edition.items[0].blurb == Blurb()


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param("Ferry back | Harbour Daily", "Ferry back", id="the site's own name goes"),
        pytest.param("Ferry  back\n– harbour daily", "Ferry back", id="however it is spaced"),
        pytest.param("Ferry back - at last", "Ferry back - at last", id="another tail stays"),
        pytest.param("Harbour Daily", "Harbour Daily", id="never the whole title"),
    ],
)
def test_a_headline_has_no_site_name(title: str, expected: str) -> None:
    assert headline(day.article("a", title)) == expected


@pytest.mark.parametrize("is_tested", [True, False])
def test_a_second_subject_is_proposed_where_subjects_are_tested(is_tested: bool) -> None:
    chosen = day.selection(("politics", [day.story("a", day.FERRY), day.story("b", day.BUDGET)]))

    edition = assemble(day.newsletter(is_subject_tested=is_tested), day.KEY, chosen, {})

    assert bool(edition.subject_b) is is_tested
    assert edition.subject_b != edition.subject


def test_one_story_alone_has_no_second_subject() -> None:
    chosen = day.selection(("politics", [day.story("a", day.FERRY)]))

    edition = assemble(day.newsletter(is_subject_tested=True, minimum_items=1), day.KEY, chosen, {})

    assert edition.subject_b == ""
