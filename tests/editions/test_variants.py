from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.editions.assembly import assemble
from digest.editions.variants import MAX_VARIANTS, choose, for_arm, narrow, proofs
from digest.model import Edition, SectionRule, Variant
from tests.editions import stories as day

NEWSLETTER = day.newsletter(
    sections=tuple(SectionRule(key, key.title()) for key in ("city", "sport", "culture"))
)
LANGUAGES = frozenset({"en", "fr", "pt"})


def edition() -> Edition:
    chosen = day.selection(
        ("city", [day.story("ferry", day.FERRY, score=9.0), day.story("budget", day.BUDGET, score=2.0)]),
        ("sport", [day.story("run", day.MARATHON, score=1.0)]),
    )
    return assemble(NEWSLETTER, day.KEY, chosen, {})


def chosen(*wanted: Variant, one: Edition | None = None) -> tuple[Variant, ...]:
    return choose(one or edition(), NEWSLETTER, [(variant, 1) for variant in wanted], LANGUAGES)


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        pytest.param(Variant(), None, id="nothing-asked"),
        pytest.param(Variant("fr"), Variant("fr"), id="a-language"),
        pytest.param(Variant("fr-CA"), Variant("fr"), id="a-region"),
        pytest.param(Variant("en-GB"), None, id="the-newsletters-own"),
        pytest.param(Variant("nl"), None, id="a-language-without-words"),
        pytest.param(Variant("", ("sport",)), Variant("", ("sport",)), id="topics"),
        pytest.param(Variant("nl", ("sport",)), Variant("", ("sport",)), id="topics-in-no-language"),
        pytest.param(
            Variant("", ("gone", "sport")), Variant("", ("gone", "sport")), id="one-of-them-is-no-section"
        ),
        pytest.param(Variant("", ("gone",)), None, id="no-section-of-this-newsletter"),
        pytest.param(Variant("", ("city", "culture", "sport")), None, id="every-section"),
        pytest.param(Variant("", ("culture",)), Variant("", ("culture",)), id="nothing-today"),
    ],
)
def test_a_choice_becomes_a_variant_or_the_default(wanted: Variant, given: Variant | None) -> None:
    assert chosen(wanted) == ((Variant(), given) if given else (Variant(),))


def test_every_variant_has_both_arms_of_a_test() -> None:
    tested = replace(edition(), subject_b="Ferries are back")

    assert chosen(Variant("fr"), one=tested) == (
        Variant(),
        Variant(arm="b"),
        Variant("fr"),
        Variant("fr", arm="b"),
    )
    assert proofs(tested) == (Variant(), Variant(arm="b"))


def test_past_the_limit_rare_topics_get_every_section(caplog: pytest.LogCaptureFixture) -> None:
    many = [Variant("", (f"x{number}", "sport")) for number in range(MAX_VARIANTS + 5)]

    found = chosen(*many, Variant("fr", ("sport",)))

    assert len(found) == MAX_VARIANTS + 1
    assert found[-1] == Variant("fr")
    assert "7 readers of rare choices" in caplog.text


def test_a_subject_stays_with_its_story() -> None:
    whole = edition()

    city = narrow(whole, ("city",))

    assert city.subject == whole.subject == day.FERRY
    assert day.BUDGET in city.preheader
    assert day.MARATHON not in city.preheader
    assert [section.key for section in city.sections] == ["city"]


def test_a_reader_without_the_best_story_gets_a_subject_of_what_there_is() -> None:
    tested = replace(edition(), subject_b="Ferries are back")

    sport = narrow(tested, ("sport",))

    assert sport.subject == day.MARATHON
    assert day.FERRY not in sport.subject + sport.preheader
    assert sport.subject_b == ""


def test_an_edited_subject_is_kept_for_all_who_get_its_story() -> None:
    edited = replace(edition(), subject="Boats!", preheader="And the budget", is_edited=True)

    assert narrow(edited, ("city", "sport")) == edited
    assert narrow(edited, ("city",)).subject == "Boats!"


def test_topics_without_a_story_today_leave_an_empty_edition() -> None:
    assert narrow(edition(), ("culture",)).sections == ()


@settings(deadline=None, max_examples=60, derandomize=True)
@given(st.sets(st.sampled_from(["city", "sport", "culture", "gone"])))
def test_narrowing_never_adds_and_never_reorders(topics: set[str]) -> None:
    whole = edition()

    left = narrow(whole, topics)

    wanted = [item for item in whole.items if not topics or item in left.items]
    assert list(left.items) == wanted
    if topics:
        assert {section.key for section in left.sections} == topics & {"city", "sport"}


def test_no_preheader_repeats_the_subject_of_its_arm() -> None:
    tested = replace(edition(), subject_b=day.BUDGET)
    assert day.BUDGET in tested.preheader

    second = for_arm(tested, "b")

    assert day.BUDGET not in second.preheader
    assert day.FERRY in second.preheader
    assert for_arm(tested, "") == tested


def test_a_preheader_of_an_editors_own_stands_in_both_arms() -> None:
    own = replace(edition(), subject_b=day.BUDGET, preheader="What we know at half past six")

    assert for_arm(own, "b") == own
