from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.editions.assembly import assemble
from digest.editions.revisions import (
    Drop,
    Move,
    Pin,
    Place,
    Reorder,
    Restore,
    Retitle,
    Revision,
    RewriteBlurb,
    SetPreheader,
    SetSubject,
    SetSubjectB,
    apply,
    editor_blurb,
    invert,
)
from digest.errors import EditionConflict
from digest.model import Edition, EditionState
from tests.editions import stories as day

FERRY, BUDGET = day.story("a", day.FERRY, score=4), day.story("b", day.BUDGET, score=3)
MARATHON, REEF = day.story("c", day.MARATHON, score=2), day.story("d", day.REEF, score=1)
LEADS = [one.lead.id for one in (FERRY, BUDGET, MARATHON, REEF)]


def edition() -> Edition:
    chosen = day.selection(("coast", [FERRY, BUDGET]), ("sport", [MARATHON]), ("nature", [REEF]))
    return assemble(day.newsletter(), day.KEY, chosen, {FERRY.lead.id: day.blurb("Boats run again.")})


def order(one: Edition) -> dict[str, list[str]]:
    return {section.key: [item.headline for item in section.items] for section in one.sections}


def test_a_reorder_deals_the_sections_ranks_out_anew() -> None:
    changed = apply(Reorder("coast", (LEADS[1], LEADS[0])), edition())

    assert order(changed)["coast"] == [day.BUDGET, day.FERRY]
    assert changed.sections[0].items[0].rank < changed.sections[0].items[1].rank


def test_a_pin_changes_neither_the_lead_nor_any_rank() -> None:
    before = edition()
    twice = apply(Pin(LEADS[1]), apply(Pin(LEADS[3]), before))

    assert [item.rank for item in twice.items] == [item.rank for item in before.items]
    assert {item.article for item in twice.items if item.is_pinned} == {LEADS[1], LEADS[3]}
    undone = apply(invert(Pin(LEADS[3]), before), apply(Pin(LEADS[3]), before))
    assert undone.sections == before.sections


def test_a_pin_that_names_a_rank_takes_it() -> None:
    changed = apply(Pin(LEADS[3], rank=0), edition())

    assert min(changed.items, key=lambda item: item.rank).article == LEADS[3]


def test_the_last_item_of_a_section_takes_it_along() -> None:
    assert list(order(apply(Drop(LEADS[2]), edition()))) == ["coast", "nature"]


def test_the_last_item_of_an_edition_stays() -> None:
    only = assemble(day.newsletter(), day.KEY, day.selection(("coast", [FERRY])), {})

    with pytest.raises(EditionConflict, match="last item"):
        apply(Drop(LEADS[0]), only)


def test_an_item_moves_into_a_new_section() -> None:
    changed = apply(Move(LEADS[0], Place("front", title="Front page", section_at=0)), edition())

    assert order(changed)["front"] == [day.FERRY]
    assert changed.sections[0].title == "Front page"


def test_an_editors_words_are_taken_as_typed_on_one_line() -> None:
    changed = apply(RewriteBlurb(LEADS[0], editor_blurb("Boats\n run. At last! ")), edition())
    changed = apply(Retitle(LEADS[0], " Ferries  run "), changed)

    item = changed.items[0]
    assert (item.headline, item.blurb.text, item.blurb.written_by) == (
        "Ferries run",
        "Boats run. At last!",
        "editor",
    )


def test_subject_and_preheader_are_the_editors() -> None:
    changed = apply(SetPreheader(""), apply(SetSubject("Good morning"), edition()))

    assert (changed.subject, changed.preheader, changed.revision) == ("Good morning", "", 3)


@pytest.mark.parametrize(
    "revision",
    [
        pytest.param(Drop(day.article("z", "Z").id), id="drop what is not there"),
        pytest.param(Retitle(LEADS[0], " \n"), id="empty headline"),
        pytest.param(SetSubject(""), id="empty subject"),
        pytest.param(Reorder("coast", (LEADS[0],)), id="order of other items"),
        pytest.param(Reorder("coast", (LEADS[0], LEADS[1]), (0, 0)), id="order with other ranks"),
        pytest.param(Reorder("nowhere", ()), id="no such section"),
        pytest.param(Restore(edition().items[0], Place("coast")), id="restore what is there"),
    ],
)
def test_a_change_of_what_is_not_there_is_refused(revision: Revision) -> None:
    with pytest.raises(EditionConflict):
        apply(revision, edition())


@pytest.mark.parametrize("state", [EditionState.APPROVED, EditionState.DISPATCHING, EditionState.CLOSED])
def test_only_a_draft_changes(state: EditionState) -> None:
    with pytest.raises(EditionConflict, match="only a draft"):
        apply(SetSubject("Late"), replace(edition(), state=state))


REVISIONS = st.one_of(
    st.permutations(LEADS[:2]).map(lambda ids: Reorder("coast", tuple(ids))),
    st.builds(Pin, st.sampled_from(LEADS), st.booleans()),
    st.builds(Drop, st.sampled_from(LEADS)),
    st.builds(
        Move,
        st.sampled_from(LEADS),
        st.builds(
            Place,
            st.sampled_from(["coast", "sport", "new"]),
            st.integers(0, 3),
            st.just("New"),
            st.integers(0, 3),
        ),
    ),
    st.builds(Retitle, st.sampled_from(LEADS), st.just("Another headline")),
    st.builds(RewriteBlurb, st.sampled_from(LEADS), st.just(editor_blurb("Other words."))),
    st.builds(SetSubject, st.just("Another subject")),
    st.builds(SetPreheader, st.just("Another preheader")),
)


@settings(deadline=None, max_examples=100, derandomize=True)
@given(st.lists(REVISIONS, max_size=8))
def test_every_change_can_be_undone_and_loses_no_rank(revisions: list[Revision]) -> None:
    past, done = [edition()], []
    for revision in revisions:
        try:
            changed = apply(revision, past[-1])
        except EditionConflict:
            continue
        done.append(invert(revision, past[-1]))
        past.append(changed)
        assert sorted(item.rank for item in changed.items) == list(range(len(changed.items)))
        assert all(section.items for section in changed.sections)

    current = past[-1]
    for undo, before in zip(reversed(done), reversed(past[:-1]), strict=True):
        current = apply(undo, current)
        assert replace(current, revision=0) == replace(before, revision=0)


def test_a_second_subject_starts_a_test_and_an_empty_one_ends_it() -> None:
    first = edition()

    tested = apply(SetSubjectB("  Another way\nto say it "), first)

    assert (tested.subject, tested.subject_b) == (first.subject, "Another way to say it")
    assert apply(SetSubjectB(""), tested).subject_b == ""
    assert apply(invert(SetSubjectB("x"), first), tested).subject_b == ""


@pytest.mark.parametrize("which", [SetSubject, SetSubjectB])
def test_a_test_of_one_subject_against_itself_is_refused(which: type[SetSubject | SetSubjectB]) -> None:
    tested = apply(SetSubjectB("Another way to say it"), edition())
    same = tested.subject_b if which is SetSubject else tested.subject

    with pytest.raises(EditionConflict, match="both subjects"):
        apply(which(same), tested)
