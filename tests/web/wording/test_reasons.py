"""Why an article is in or out reaches an editor in the language of the desk."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from digest import selection
from digest.selection.rules import Rule
from digest.web.serving.wording.reasons import PARTS, PLAIN, REASONS, told
from digest.web.serving.wording.rules import rule
from digest.words.speaking import speaking
from tests.web.wording.test_pages import tongue, wide

WIDE = tongue()
_PLACE = re.compile(r"%\((\w+)\)s")
WRITTEN = [
    str(node.value)
    for path in Path(selection.__file__).parent.rglob("*.py")
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    if isinstance(node, ast.Constant)
]


@pytest.mark.parametrize("message", [*REASONS, *PLAIN, *PARTS])
def test_a_reason_is_told_in_the_readers_language_with_its_values(message: str) -> None:
    values = {name: str(number) for number, name in enumerate(_PLACE.findall(message), start=11)}

    with speaking(WIDE):
        assert told(message % values) == wide(message) % values


@pytest.mark.parametrize("message", [*REASONS, *PARTS])
def test_a_reason_is_one_that_the_selection_writes(message: str) -> None:
    longest = max(_PLACE.sub("\n", message).split("\n"), key=len)

    assert any(longest.strip(" .“”") in one for one in WRITTEN)


@pytest.mark.parametrize(
    "reason",
    [
        pytest.param(
            "An editor pinned it. In “語” (its tag “語”), told by 3 publishers, before “語”, which scores "
            "more but is more like what stands above. An update to “語” in 語/1.",
            id="pinned-update",
        ),
        pytest.param(
            "It tells the same story as “語”, which is out: “語” holds 2; this was number 3 of 4 by score. "
            "A lower one is in because it was pinned or tells of something else.",
            id="same-story-out",
        ),
        pytest.param(
            "An editor dropped it. Before: In “語” (no section takes it by itself), told by one publisher.",
            id="dropped",
        ),
        pytest.param("It has no date and came with its source's archive.", id="undated"),
    ],
)
def test_reasons_within_reasons_leave_no_english(reason: str) -> None:
    with speaking(WIDE):
        assert re.findall("[A-Za-z]{2,}", told(reason)) == []


@pytest.mark.parametrize("title", ["paused", "one publisher", "An editor took it out."])
def test_a_title_that_reads_like_a_message_stays_as_it_is(title: str) -> None:
    with speaking(WIDE):
        assert title in told(f"Nearly the same text as “{title}”, from the same publisher.")


def test_words_that_are_not_ours_stay_as_they_are() -> None:
    with speaking(WIDE):
        assert told("550 5.1.1 no such user") == "550 5.1.1 no such user"


def test_no_reason_names_a_command() -> None:
    kept = (
        "morning/1 holds it, and its text has changed since: `digest correct morning/1` sends a correction."
    )

    assert "`" not in told(kept)
    assert told(kept).startswith("morning/1 holds it")


def test_every_rule_that_leaves_out_has_a_name_in_the_readers_language() -> None:
    left = [f"dropped:{Rule.RANKED}", *(set(Rule) - {Rule.PINNED, Rule.RANKED}), "weekly", "corrected"]

    with speaking(WIDE):
        assert [one for one in map(rule, left) if re.search("[A-Za-z]", one)] == []
