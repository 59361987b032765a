"""Two editors on one draft: what can be merged is, what can't is shown, and nothing is made twice."""

from __future__ import annotations

import pytest

from digest.model import EditionState
from digest.model.desk import Role
from tests.web.newsroom import Open


def name_of(opened: Open, place: int, section: str = "port") -> str:
    part = next(one for one in opened.edition.sections if one.key == section)
    return part.items[place].article


@pytest.mark.parametrize(
    ("hers", "his"),
    [
        pytest.param(("headline", 0), ("headline", 1), id="headlines-of-two-stories"),
        pytest.param(("headline", 0), ("blurb", 0), id="two-fields-of-one-story"),
        pytest.param(("subject", None), ("preheader", None), id="subject-and-preheader"),
        pytest.param(("pin", 0), ("headline", 0), id="a-pin-and-a-headline"),
        pytest.param(("drop", 2), ("blurb", 1), id="a-drop-and-a-blurb"),
        pytest.param(("move", 0), ("move", 3), id="moves-of-two-stories"),
        pytest.param(("move", 0), ("drop", 3), id="a-move-and-a-drop"),
        pytest.param(("subject", None), ("move", 1), id="subject-and-order"),
    ],
)
def test_changes_of_different_things_merge(
    opened: Open, hers: tuple[str, int | None], his: tuple[str, int | None]
) -> None:
    def wish(kind: str, place: int | None) -> dict[str, object]:
        more: dict[str, object] = {"text": f"By hand: {kind}", "section": "port", "at": 5}
        return more if place is None else more | {"article": name_of(opened, place)}

    wishes = wish(*hers), wish(*his)
    with opened.client("amina") as amina, opened.client("bo", [Role.EDITOR]) as bo:
        first = amina.edit(hers[0], revision=1, **wishes[0])
        second = bo.edit(his[0], revision=1, **wishes[1])

    assert (first.status_code, second.status_code) == (200, 200)
    assert second.json()["revision"] == opened.edition.revision == 3
    # What the other did is in the answer, so that the page shows it.
    assert "sections" in second.json()["parts"]


@pytest.mark.parametrize(
    ("hers", "his"),
    [
        pytest.param(("subject", None), ("subject", None), id="subject"),
        pytest.param(("preheader", None), ("preheader", None), id="preheader"),
        pytest.param(("headline", 1), ("headline", 1), id="headline"),
        pytest.param(("blurb", 1), ("blurb", 1), id="blurb"),
        pytest.param(("drop", 1), ("blurb", 1), id="the-story-was-dropped"),
        pytest.param(("drop", 1), ("headline", 1), id="the-story-is-gone"),
        pytest.param(("blurb", 1), ("drop", 1), id="a-drop-of-what-was-rewritten"),
        pytest.param(("move", 1), ("move", 1), id="one-story-to-two-places"),
        pytest.param(("pin", 1), ("move", 1), id="a-story-pinned-since"),
        pytest.param(("subject", None), ("undo", None), id="an-undo-of-what-was-not-seen"),
    ],
)
def test_changes_of_the_same_thing_are_shown_and_not_made(
    opened: Open, hers: tuple[str, int | None], his: tuple[str, int | None]
) -> None:
    def wish(kind: str, place: int | None, hand: str) -> dict[str, object]:
        more: dict[str, object] = {"text": f"By {hand}: {kind}", "section": "rest", "at": len(hand)}
        return more if place is None else more | {"article": name_of(opened, place)}

    wishes = wish(*hers, "amina"), wish(*his, "bo")
    with opened.client("amina") as amina, opened.client("bo", [Role.EDITOR]) as bo:
        assert amina.edit(hers[0], revision=1, **wishes[0]).status_code == 200
        answer = bo.edit(his[0], revision=1, **wishes[1])
        told = answer.json()

    assert answer.status_code == 409
    assert opened.edition.revision == told["revision"] == 2
    assert told["since"][0]["who"] == "amina"


def test_a_tab_never_stands_against_itself(opened: Open) -> None:
    with opened.client() as client:
        for number, text in enumerate(("One", "Two", "Three")):
            answer = client.edit("subject", revision=1, tab="t1", mark=f"t1-{number}", text=text)
            assert answer.status_code == 200
        other = client.edit("subject", revision=1, tab="t2", mark="t2-0", text="Four")

    assert (opened.edition.subject, opened.edition.revision) == ("Three", 4)
    assert other.status_code == 409


def test_a_change_whose_answer_was_lost_is_made_once(opened: Open) -> None:
    with opened.client() as client:
        client.edit("subject", tab="t", mark="t-1", text="Once")
        undone = [client.edit("undo", revision=2, tab="t", mark="t-2") for _ in range(3)]

    assert [answer.status_code for answer in undone] == [200, 200, 200]
    assert opened.edition.revision == 3
    assert opened.edition.subject != "Once"


def test_the_same_text_typed_twice_is_no_conflict(opened: Open) -> None:
    with opened.client("amina") as amina, opened.client("bo", [Role.EDITOR]) as bo:
        amina.edit("subject", revision=1, text="Boats")
        answer = bo.edit("subject", revision=1, text=" Boats ")

    assert answer.status_code == 200
    assert opened.edition.revision == 2


def test_a_field_that_says_what_it_said_is_no_conflict(opened: Open) -> None:
    before = opened.edition.subject
    with opened.client("amina") as amina, opened.client("bo", [Role.EDITOR]) as bo:
        amina.edit("subject", revision=1, text="Boats")
        amina.edit("undo")
        answer = bo.edit("subject", revision=1, was=before, text="His")

    assert answer.status_code == 200
    assert opened.edition.subject == "His"


def test_an_undo_of_ones_own_passes_by_what_others_did_elsewhere(opened: Open) -> None:
    before = opened.edition.subject
    with opened.client("amina") as amina, opened.client("bo", [Role.EDITOR]) as bo:
        bo.edit("subject", revision=1, text="His")
        number = opened.desk.history.changes(opened.edition.key)[-1].number
        amina.edit("preheader", revision=2, text="Hers, and long enough to say something")
        answer = bo.edit("undo", revision=2, of=number)

    assert answer.status_code == 200
    assert opened.edition.subject == before
    assert opened.edition.preheader == "Hers, and long enough to say something"


@pytest.mark.parametrize(
    "more", [{"state": "draft"}, {}], ids=["its-page-showed-a-draft", "others-were-at-it"]
)
def test_a_late_text_takes_no_approval_back_unasked(opened: Open, more: dict[str, str]) -> None:
    with opened.client("amina") as amina, opened.client("bo", [Role.EDITOR]) as bo:
        if not more:
            amina.edit("preheader", revision=1, text="Hers")
        opened.desk.editions.approve(opened.edition.key, "ab" * 32, by="cy", now=opened.clock())
        answer = bo.edit("subject", revision=1, text="His", **more)

    assert answer.status_code == 409
    assert opened.edition.state is EditionState.APPROVED


@pytest.mark.parametrize("revision", [None, "1", -1, 99, 1.5, True, [1]])
def test_a_change_made_on_no_revision_is_shown_and_not_made(opened: Open, revision: object) -> None:
    with opened.client() as client:
        answer = client.http.post(
            f"/desk/editions/morning/{opened.edition.key.day}/edits",
            json={"kind": "subject", "text": "x", "revision": revision},
            headers={"sec-fetch-site": "same-origin", "x-desk-token": client.token},
        )

    assert answer.status_code == 409
    assert opened.edition.revision == 1
