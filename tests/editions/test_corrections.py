from __future__ import annotations

from dataclasses import replace

import pytest

from digest.editions.corrections import (
    corrected,
    correction_key,
    original_of,
    refuse_twice,
    refuse_while_leaving,
    set_right,
)
from digest.errors import BadData, EditionConflict
from digest.model import EditionState, StoryLabel, Tally
from digest.model.desk import Correction
from digest.testing.builders import KEY, NOW, an_edition

SENT = replace(an_edition(), state=EditionState.CLOSED, approved_hash="ab", revision=4)


def test_a_correction_holds_the_one_item_with_the_right_text_and_its_label() -> None:
    wrong = SENT.items[1]

    draft = corrected(
        SENT, wrong.article, "The hall opens on Friday.", number=1, subject="Correction: the hall"
    )

    assert [item.article for item in draft.items] == [wrong.article]
    assert draft.items[0].label is StoryLabel.CORRECTION
    assert draft.items[0].blurb.text == "The hall opens on Friday."
    assert draft.items[0].identities == wrong.identities
    assert (draft.state, draft.approved_hash, draft.key.slot) == (EditionState.DRAFT, "", "correction-1")


def test_a_correction_knows_what_it_corrects() -> None:
    slotted = replace(KEY, slot="noon")

    assert original_of(correction_key(KEY, 2)) == KEY
    assert original_of(correction_key(slotted, 12)) == slotted
    assert original_of(KEY) is None
    assert original_of(slotted) is None


def test_a_draft_is_changed_not_corrected() -> None:
    with pytest.raises(EditionConflict, match="was not sent"):
        corrected(an_edition(), SENT.items[0].article, "Right.", number=1, subject="Correction")


@pytest.mark.parametrize(
    ("tally", "told"),
    [
        pytest.param(Tally(frozen=4, planned=2, sending=1, sent=1), "3 mails of it have", id="both"),
        pytest.param(Tally(frozen=2, sending=1, sent=1), "1 mail of it has", id="one"),
    ],
)
def test_what_is_still_leaving_can_not_be_corrected_yet(tally: Tally, told: str) -> None:
    with pytest.raises(EditionConflict, match=rf"{told} not left yet.*digest dispatch --cancel") as refused:
        refuse_while_leaving(KEY, tally)

    assert str(KEY) in str(refused.value)


def test_what_may_have_left_or_never_will_is_no_reason_to_wait() -> None:
    refuse_while_leaving(KEY, Tally(frozen=5, uncertain=1, sent=1, failed=1, skipped=1, held=1))


def test_the_same_words_on_the_same_story_are_told_once() -> None:
    one, other = SENT.items[:2]
    last = corrected(SENT, one.article, "Right.", number=1, subject="Correction")

    refuse_twice(None, one.article, "Right.")
    refuse_twice(last, one.article, "Right, and more.")
    refuse_twice(last, other.article, "Right.")
    with pytest.raises(EditionConflict, match="correction-1: it tells this correction"):
        refuse_twice(last, one.article, " Right.\n")


@pytest.mark.parametrize("text", ["", "  \n", "x" * 2_001])
def test_a_correction_needs_a_text_of_some_length(text: str) -> None:
    with pytest.raises(BadData, match="text"):
        corrected(SENT, SENT.items[0].article, text, number=1, subject="Correction")


def test_an_article_that_was_not_in_it_can_not_be_corrected() -> None:
    from digest.model import ArticleId

    with pytest.raises(EditionConflict, match="holds no article"):
        corrected(SENT, ArticleId("0" * 16), "Right.", number=1, subject="Correction")


def test_the_web_shows_the_last_word_on_an_item_with_its_label_and_leaves_the_others() -> None:
    wrong, *others = SENT.items
    told = [
        Correction(SENT.key, wrong.article, wrong.headline, text, "amina", NOW, correction_key(KEY, number))
        for number, text in enumerate(("It opens on Thursday.", "It opens on Friday."), start=1)
    ]

    shown = set_right(SENT, told)

    assert shown.items[0].blurb.text == "It opens on Friday."
    assert shown.items[0].label is StoryLabel.CORRECTION
    assert list(shown.items[1:]) == others
    assert set_right(SENT, ()) is SENT
