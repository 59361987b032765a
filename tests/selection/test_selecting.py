from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import (
    AlreadySent,
    ArticleId,
    Newsletter,
    SectionRule,
    SeenArticle,
    Selection,
    SourceKey,
    StoryLabel,
)
from digest.selection import select
from tests.selection.newsroom import DAY, END, NOTHING_SENT, already, article, newsletter, seen, told

FERRY = (
    "The ferry Mwamba ran aground on the sandbank off Likoni on Tuesday morning with 212 passengers. "
    "Tugs pulled it free at noon. Nobody was hurt, the port authority said; the crossing reopens soon. "
    "Captain Amina Juma told the inquiry that the buoy marking the channel had drifted some forty metres."
)
FERRY_LATER = (
    "The port authority has suspended two officers after the grounding of the ferry Mwamba off Likoni. "
    "An inquiry found that the drifting buoy in the channel was known a week before the ferry ran aground. "
    "Captain Amina Juma is cleared of all blame; the passengers will get their fare back."
)
MANGO = (
    "Mango farmers in Kilifi expect the largest harvest in a decade after the long rains came early. "
    "Prices at the Kongowea market fell by a third within a week, and cooperatives ask for cold stores."
)
LIBRARY = (
    "The county library opens its reading room on Sundays from next month, after four thousand signatures. "
    "Volunteers will staff the desk, and children may borrow two more books than before."
)
ALL = SectionRule("all", "All of it", max_items=20)


def run(
    candidates: Sequence[SeenArticle],
    letter: Newsletter | None = None,
    sent: AlreadySent = NOTHING_SENT,
    **more: Any,
) -> Selection:
    return select(candidates, newsletter=letter or newsletter(ALL), window=DAY, sent=sent, **more)


def rules(selection: Selection) -> dict[str, str]:
    """Return each decision's rule by the last part of its article's address and its host."""
    return {one.url.removeprefix("https://"): one.rule for one in selection.decisions}


def headlines(selection: Selection) -> list[list[str]]:
    return [[story.lead.title for story in section.stories] for section in selection.sections]


def test_a_wire_copy_is_told_once_and_named() -> None:
    ours = told("ferry", "Ferry aground off Likoni", FERRY, hours=5, source="harbour")
    theirs = told("9", "Likoni: ferry stuck on sandbank", f"Coast Press – {FERRY}", hours=3, source="coast")

    selection = run([theirs, ours])

    (story,) = selection.sections[0].stories
    assert story.lead == ours.article
    assert story.others == (theirs.article,)
    assert rules(selection) == {"harbour.example/ferry": "ranked", "coast.example/9": "also-reported"}


def test_a_publishers_copy_of_its_own_text_is_left_out() -> None:
    first = told("ferry", "Ferry aground", FERRY, hours=5)
    second = told("ferry-2", "Ferry aground off Likoni", FERRY, hours=3)

    assert rules(run([first, second])) == {
        "harbour.example/ferry": "ranked",
        "harbour.example/ferry-2": "near-duplicate",
    }


def test_a_near_duplicate_of_what_was_sent_drops_out() -> None:
    sent = told("ferry", "Ferry aground", FERRY, hours=30)
    copy = told("9", "Likoni: ferry stuck", f"Coast Press – {FERRY}", hours=3, source="coast")

    selection = run([copy], sent=already(sent))

    assert selection.sections == ()
    assert rules(selection) == {"coast.example/9": "near-duplicate"}
    assert "morning/2026-11-22" in selection.decisions[0].reason


def test_a_follow_up_with_new_text_comes_back_as_an_update() -> None:
    sent = told("ferry", "Ferry Mwamba aground off Likoni", FERRY, hours=30)
    next_day = told("inquiry", "Ferry Mwamba: two officers suspended", FERRY_LATER, hours=3)
    other = told("mango", "Mango harvest", MANGO)

    selection = run([next_day, other], sent=already(sent))

    labels = {story.lead.title: story.label for story in selection.sections[0].stories}
    assert labels == {
        "Ferry Mwamba: two officers suspended": StoryLabel.UPDATE,
        "Mango harvest": StoryLabel.NONE,
    }
    assert "An update to “Ferry Mwamba aground off Likoni” in morning/2026-11-22." in next(
        one.reason for one in selection.decisions if one.url.endswith("inquiry")
    )


def test_an_older_report_that_is_met_later_comes_without_a_label() -> None:
    sent = told("inquiry", "Ferry Mwamba: two officers suspended", FERRY_LATER, hours=30)
    before = article("ferry", "Ferry Mwamba aground off Likoni", FERRY, published=END - timedelta(hours=40))
    late = seen(before, first_seen=END - timedelta(hours=2))

    selection = run([late], sent=already(sent))

    (story,) = selection.sections[0].stories
    assert (story.lead, story.label) == (before, StoryLabel.NONE)
    assert (
        "Not labeled an update to “Ferry Mwamba: two officers suspended”" in selection.decisions[0].reason
    )


def test_a_pinned_copy_of_what_was_sent_is_no_update_and_something_new_beside_it_is() -> None:
    sent = told("ferry", "Ferry Mwamba aground off Likoni", FERRY, hours=30)
    copy = told("9", "Likoni: ferry Mwamba stuck", f"Coast Press – {FERRY}", hours=3, source="coast")
    next_day = told("inquiry", "Ferry Mwamba: two officers suspended", FERRY_LATER, hours=2)

    alone = run([copy], sent=already(sent), pins=[copy.article.id])
    both = run([copy, next_day], sent=already(sent), pins=[copy.article.id])

    assert [story.label for story in alone.sections[0].stories] == [StoryLabel.NONE]
    assert [story.label for story in both.sections[0].stories] == [StoryLabel.UPDATE]


def test_a_changed_article_is_out_with_the_command_that_corrects_it() -> None:
    sent = told("ferry", "Ferry aground", FERRY, hours=30)
    changed = replace(sent, article=replace(sent.article, title="Ferry not aground"), changed_at=END)

    (decision,) = run([changed], sent=already(sent)).decisions

    assert decision.rule == "correction-offered"
    assert not decision.is_in
    assert "digest correct morning/2026-11-22" in decision.reason


def test_the_same_page_from_two_feeds_counts_once_by_the_feed_bound_to_a_section() -> None:
    page = "https://harbour.example/ferry"
    front = told("a", "Ferry aground", FERRY, source="front", url=page)
    sea = told("b", "Ferry aground", FERRY, source="sea", url=page.replace("https://", "http://www.") + "/")
    letter = newsletter(
        SectionRule("news", "News"),
        SectionRule("sea", "Sea", tags=("sea",)),
        source_sections={"sea": "sea"},
    )

    selection = run([front, sea], letter)

    assert [section.key for section in selection.sections] == ["sea"]
    assert rules(selection)["harbour.example/ferry"] == "same-page"


def test_an_excluded_page_is_out_from_every_feed() -> None:
    page = "https://harbour.example/ferry"
    front = told("a", "Ferry aground", FERRY, source="front", url=page)
    sea = told("b", "Ferry aground", FERRY, source="sea", url=page)

    selection = run([front, sea], excludes=[front.article.id])

    assert [one.rule for one in selection.decisions] == ["excluded", "excluded"]


def test_an_excluded_article_does_not_come_back_as_anothers_print_of_it() -> None:
    ours = told("ferry", "Ferry aground", FERRY, hours=5)
    copy = told("9", "Likoni: ferry stuck", f"Coast Press – {FERRY}", hours=3, source="coast")
    follow_up = told("inquiry", "Ferry Mwamba: two officers suspended", FERRY_LATER, hours=2)
    day = [ours, copy, follow_up]

    selection = run(day, excludes=[ours.article.id])
    pinned = run(day, excludes=[ours.article.id], pins=[copy.article.id])

    assert headlines(selection) == [["Ferry Mwamba: two officers suspended"]]
    reasons = {one.title: one.reason for one in selection.decisions if one.rule == "excluded"}
    assert reasons == {
        "Ferry aground": "An editor took it out.",
        "Likoni: ferry stuck": "Nearly the same text as “Ferry aground”, which an editor took out.",
    }
    assert rules(pinned)["coast.example/9"] == "pinned"


def test_pins_come_first_in_the_editors_order_and_past_the_quota() -> None:
    pieces = [
        told("a", "Ferry", FERRY, hours=1),
        told("b", "Mango", MANGO, hours=2),
        told("c", "Books", LIBRARY, hours=9),
    ]
    letter = newsletter(SectionRule("all", "All", max_items=1))

    selection = run(pieces, letter, pins=[pieces[2].article.id, pieces[1].article.id])

    assert headlines(selection) == [["Books", "Mango"]]
    assert [one.rule for one in selection.decisions] == ["pinned", "pinned", "quota"]


def test_a_pinned_article_without_a_section_goes_to_the_first() -> None:
    letter = newsletter(
        SectionRule("sea", "Sea", tags=("sea",)), SectionRule("farm", "Farm", tags=("farm",))
    )
    piece = told("b", "Books", LIBRARY)

    assert rules(run([piece], letter)) == {"harbour.example/b": "no-section"}
    assert run([piece], letter, pins=[piece.article.id]).sections[0].key == "sea"


def test_a_section_under_its_minimum_gives_its_stories_to_the_catch_all() -> None:
    letter = newsletter(
        SectionRule("sea", "Sea", words=("ferry",), min_items=2), SectionRule("rest", "The rest")
    )

    selection = run([told("a", "Ferry aground", FERRY), told("b", "Mango", MANGO)], letter)

    assert [section.key for section in selection.sections] == ["rest"]
    assert len(selection.sections[0].stories) == 2


def test_without_a_catch_all_they_are_out_and_the_reason_says_so() -> None:
    letter = newsletter(SectionRule("sea", "Sea", words=("ferry",), min_items=2))

    (decision,) = run([told("a", "Ferry aground", FERRY)], letter).decisions

    assert decision.rule == "section-minimum"
    assert decision.section == "sea"
    assert decision.reason == "“Sea” appears from 2 stories on, and there were 1."


def test_a_newsletter_without_sections_has_one() -> None:
    selection = run([told("a", "Ferry aground", FERRY)], newsletter())

    assert [(section.key, section.title) for section in selection.sections] == [
        ("stories", "Morning edition")
    ]


def test_titles_alone_are_enough() -> None:
    pieces = [
        told("a", "Ferry Mwamba runs aground off Likoni sandbank"),
        told("b", "Ferry Mwamba runs aground on Likoni sandbank", source="coast"),
        told("c", "Mango harvest largest in a decade"),
        told("d", "Mango prices fall at Kongowea market"),
        told("e", ""),
        told("f", ""),
    ]

    selection = run(pieces)

    assert len(selection.sections[0].stories) == 5
    assert rules(selection)["harbour.example/a"] == "also-reported"


def test_nothing_gives_an_empty_day() -> None:
    assert run([]) == Selection(DAY, (), ())


def test_an_article_given_twice_counts_in_its_newest_version() -> None:
    old = told("a", "Ferry stuck", FERRY)
    new = replace(
        old, article=replace(old.article, title="Ferry free"), changed_at=END - timedelta(minutes=5)
    )

    for order in ([old, new], [new, old]):
        selection = run(order)
        assert headlines(selection) == [["Ferry free"]]
        assert len(selection.decisions) == 1


TEXTS = (FERRY, FERRY_LATER, MANGO, LIBRARY, "", MANGO + " " + LIBRARY)
TAGS = ("sea", "farm", "town")
LETTER = newsletter(
    SectionRule("sea", "Sea", tags=("sea",), max_items=2, source_cap=1),
    SectionRule("farm", "Farm", tags=("farm",), words=("mango",), min_items=2, max_items=3),
    SectionRule("rest", "Rest", max_items=3),
    source_weights={SourceKey("coast"): 1.5},
)


@st.composite
def candidates(draw: st.DrawFn) -> list[SeenArticle]:
    count = draw(st.integers(min_value=0, max_value=14))
    found = []
    for number in range(count):
        published = END - timedelta(hours=draw(st.integers(min_value=-2, max_value=80)))
        one = article(
            str(draw(st.integers(min_value=0, max_value=count))),
            draw(
                st.sampled_from(
                    ("Ferry aground", "Mango harvest", "", "Books on Sunday", "Ferry Mwamba free")
                )
            ),
            draw(st.sampled_from(TEXTS)),
            source=draw(st.sampled_from(("harbour", "coast", "hill"))),
            published=draw(st.sampled_from((published, None))),
            tags=draw(st.lists(st.sampled_from(TAGS), max_size=2)),
            guid=draw(st.sampled_from(("", str(number)))),
        )
        met = END - timedelta(hours=draw(st.integers(min_value=0, max_value=80)))
        found.append(seen(one, first_seen=met, is_backlog=draw(st.booleans())))
    return found


@settings(max_examples=80, deadline=None, derandomize=True)
@given(data=st.data(), pieces=candidates())
def test_the_order_of_the_input_changes_nothing(data: st.DataObject, pieces: list[SeenArticle]) -> None:
    sent = already(*data.draw(st.lists(st.sampled_from(pieces), max_size=2) if pieces else st.just([])))
    pins = data.draw(
        st.lists(st.sampled_from([one.article.id for one in pieces]), max_size=2) if pieces else st.just([])
    )
    shuffled = data.draw(st.permutations(pieces))

    first = run(pieces, LETTER, sent, pins=pins)
    second = run(shuffled, LETTER, sent, pins=pins)

    assert repr(first) == repr(second)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(data=st.data(), pieces=candidates())
def test_every_candidate_is_decided_once_and_quotas_hold(
    data: st.DataObject, pieces: list[SeenArticle]
) -> None:
    names = sorted({one.article.id for one in pieces})
    pins = data.draw(st.lists(st.sampled_from(names), max_size=2) if names else st.just([]))
    excludes = data.draw(st.lists(st.sampled_from(names), max_size=2) if names else st.just([]))

    selection = run(pieces, LETTER, pins=pins, excludes=excludes)

    told_ids = [
        one.id for section in selection.sections for story in section.stories for one in story.articles
    ]
    assert sorted(one.article for one in selection.decisions) == names
    assert len(told_ids) == len(set(told_ids))
    assert [one.article for one in selection.decisions if one.is_in] == told_ids
    assert all(one.reason for one in selection.decisions)
    check_quotas(selection, set(pins))


def check_quotas(selection: Selection, pins: set[ArticleId]) -> None:
    rules_by_key = {rule.key: rule for rule in LETTER.sections}
    for section in selection.sections:
        rule = rules_by_key[section.key]
        pinned = [story for story in section.stories if pins & {one.id for one in story.articles}]
        assert len(section.stories) <= max(rule.max_items, len(pinned))
        assert len(section.stories) >= max(1, rule.min_items) or pinned
        if rule.source_cap and not pinned:
            sources = [story.lead.source for story in section.stories]
            assert all(sources.count(source) <= rule.source_cap for source in sources)


def test_the_same_day_is_the_same_to_the_byte_in_every_process() -> None:
    program = (
        "from tests.selection.test_selecting import *\n"
        "pieces = [told(str(n), t[:20], t, hours=n) for n, t in enumerate(TEXTS * 3)]\n"
        "print(repr(run(pieces, LETTER, already(told('sent', 'Ferry', FERRY, hours=30)))))"
    )
    root = Path(__file__).parents[2]

    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "77")
    }

    assert len(printed) == 1
