from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.editions.revisions import Drop, Pin, Restore, Retitle, Revision, invert
from digest.editions.stored_changes import dumped, restored
from digest.errors import BadData
from digest.model import ArticleId, Decision, Edition, Section
from digest.model.desk import Change, ChangeState
from digest.testing.builders import NOW, an_edition
from digest.web.desk.changes import amended, generated, tray
from digest.web.desk.commands import around_pins, reordered

ITEM = an_edition().items[0]


@settings(deadline=None, max_examples=100, derandomize=True)
@given(st.lists(st.booleans(), min_size=1, max_size=8), st.data())
def test_a_move_keeps_all_stories_and_every_pin_in_its_place(pins: list[bool], data: st.DataObject) -> None:
    pins = [*pins, False]
    items = tuple(
        replace(ITEM, article=ArticleId(f"{number:016}"), is_pinned=is_pinned)
        for number, is_pinned in enumerate(pins)
    )
    free = [item.article for item in items if not item.is_pinned]
    moved, at = data.draw(st.sampled_from(free)), data.draw(st.integers(-3, 12))

    order = reordered(Section("news", "News", items), moved, at)

    assert sorted(order) == sorted(item.article for item in items)
    assert all(order[place] == item.article for place, item in enumerate(items) if item.is_pinned)
    others = [name for name in free if name != moved]
    assert [name for name in order if name in others] == others
    if 0 <= at < len(items) and not items[at].is_pinned:
        assert order[at] == moved


@settings(deadline=None, max_examples=100, derandomize=True)
@given(st.lists(st.booleans(), max_size=8), st.integers(-1, 1), st.randoms(use_true_random=False))
def test_pins_stay_where_they_are_when_others_come_and_go(pins: list[bool], by: int, dice: Random) -> None:
    before = [
        replace(ITEM, article=ArticleId(f"{number:016}"), is_pinned=is_pinned)
        for number, is_pinned in enumerate(pins)
    ]
    wanted, loose = list(before), [item for item in before if not item.is_pinned]
    if by < 0 and loose:
        wanted.remove(dice.choice(loose))
    if by > 0:
        wanted.insert(dice.randint(0, len(wanted)), replace(ITEM, article=ArticleId("f" * 16)))

    order = around_pins(before, wanted)

    assert sorted(order) == sorted(item.article for item in wanted)
    pinned = [item.article for item in before if item.is_pinned]
    assert [name for name in order if name in pinned] == pinned
    for place, item in enumerate(before):
        fits = place < len(order) and len(order) - place >= sum(one.is_pinned for one in before[place:])
        if item.is_pinned and fits:
            assert order[place] == item.article


def a_change(
    revision: Revision, edition: Edition, number: int, state: ChangeState = ChangeState.DONE
) -> Change:
    forward, backward = dumped(revision), dumped(invert(revision, edition))
    return Change(number, "amina", NOW, "x", forward, backward, state, number)


def test_a_change_is_the_same_after_a_night_in_the_database() -> None:
    edition = an_edition()
    for revision in (Drop(ITEM.article), Pin(ITEM.article), Retitle(ITEM.article, "New")):
        assert restored(dumped(revision)) == revision
        assert restored(dumped(invert(revision, edition))) == invert(revision, edition)


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"kind": "Drop"}', '{"kind": "Nothing", "value": {}}', '{"kind": "Drop", "value": 3}'],
)
def test_damaged_changes_are_named_as_such(text: str) -> None:
    with pytest.raises(BadData, match="damaged"):
        restored(text)


def test_the_tray_holds_what_was_dropped_and_not_taken_back() -> None:
    edition = an_edition()
    drop = Drop(ITEM.article)
    back = invert(drop, edition)
    assert isinstance(back, Restore)
    without = drop.change(edition)

    assert [one.item for one in tray([a_change(drop, edition, 2)], without)] == [ITEM]
    assert tray([a_change(drop, edition, 2)], edition) == ()
    assert tray([a_change(drop, edition, 2, ChangeState.UNDONE)], without) == ()


def test_the_first_text_is_the_generated_one_however_often_it_is_rewritten() -> None:
    edition = an_edition()
    first = Retitle(ITEM.article, "Once")
    once = first.change(edition)
    changes = [a_change(first, edition, 2), a_change(Retitle(ITEM.article, "Twice"), once, 3)]

    assert generated(changes)[ITEM.article].headline == ITEM.headline


def test_decisions_come_back_as_they_were_when_a_drop_is_undone() -> None:
    edition = an_edition()
    told = Decision(ITEM.article, ITEM.url, ITEM.headline, True, "ranked", "In “News”.")
    dropped = amended([told], Drop(ITEM.article).change(edition))

    assert (dropped[0].is_in, dropped[0].rule) == (False, "dropped:ranked")
    assert amended(dropped, edition) == (told,)
