from __future__ import annotations

import pytest

from digest.editions.assembly import assemble
from digest.editions.intros import introduce, introduced
from digest.editions.revisions import Drop, apply
from tests.editions.stories import BUDGET, FERRY, KEY, MARATHON, newsletter, selection, story


def test_an_intro_is_made_of_headlines_alone_and_whole() -> None:
    line = introduce(
        ["Ferry resumes.", "Budget passes", "A headline that is far too long to fit"], max_words=6
    )

    assert line == "Ferry resumes; Budget passes."


@pytest.mark.parametrize(
    ("headlines", "line"),
    [
        pytest.param(["渡轮恢复通航", "议会通过预算"], "渡轮恢复通航；议会通过预算。", id="Chinese"),
        pytest.param(["عودة العبّارات", "إقرار الميزانية"], "عودة العبّارات؛ إقرار الميزانية.", id="Arabic"),
        pytest.param(["Ferry resumes", "Who pays?"], "Ferry resumes; Who pays?", id="a question"),
    ],
)
def test_an_intro_is_set_as_its_language_sets_it(headlines: list[str], line: str) -> None:
    assert introduce(headlines) == line


def test_one_headline_makes_no_intro() -> None:
    assert introduce(["Ferry resumes", "Ferry resumes"]) == ""


def test_intros_are_there_only_where_they_are_asked_for() -> None:
    chosen = selection(("city", [story("a", FERRY), story("b", BUDGET)]), ("sport", [story("c", MARATHON)]))
    plain, wanted = newsletter(minimum_items=1), newsletter(minimum_items=1, section_intros=True)
    edition = assemble(plain, KEY, chosen, {})

    assert introduced(edition, plain) == edition
    assert [one.intro for one in introduced(edition, wanted).sections] == [f"{FERRY}; {BUDGET}.", ""]


def test_no_intro_tells_of_an_item_that_was_dropped() -> None:
    chosen = selection(("city", [story("a", FERRY), story("b", BUDGET), story("c", MARATHON)]))
    wanted = newsletter(minimum_items=1, section_intros=True)
    edition = introduced(assemble(wanted, KEY, chosen, {}), wanted)

    dropped = introduced(apply(Drop(edition.items[1].article), edition), wanted)

    assert BUDGET in edition.sections[0].intro
    assert dropped.sections[0].intro == f"{FERRY}; {MARATHON}."
