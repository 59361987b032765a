from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import TemplateFault
from digest.rendering.budget import (
    CONTENTS,
    ITEM_CLOSE,
    MORE_CLOSE,
    MORE_LINE,
    MORE_OPEN,
    SECTION_CLOSE,
    Fitted,
    Lines,
    fit,
    item_open,
    section_open,
)

LIMIT = 400
# An item's own markup, its section's heading, and longer lines: what it costs besides its text.
FRAME_OF_ITEM = 40


def page(sections: list[list[str]]) -> str:
    """Return a marked page of these sections' items, numbered from 1 in reading order."""
    pieces, number = [f"<p>{CONTENTS}</p>"], 0
    for place, items in enumerate(sections):
        pieces.append(f"{section_open(place)}<h2>S{place}</h2>")
        for text in items:
            number += 1
            pieces.append(f"{item_open(number)}<i>{number}:{text}</i>{ITEM_CLOSE}")
        pieces.append(SECTION_CLOSE)
    return "".join((*pieces, MORE_OPEN, f"<b>{MORE_LINE}</b>", MORE_CLOSE, "<a>unsubscribe</a>"))


def fitted(sections: list[list[str]], ranks: dict[int, int], *, max_bytes: int = LIMIT) -> Fitted:
    def describe(kept: frozenset[int]) -> Lines:
        return Lines(f"{len(kept)} stories", f"{len(ranks) - len(kept)} & more")

    return fit(page(sections), ranks, describe, template="t.html", max_bytes=max_bytes)


SECTIONS = st.lists(st.lists(st.text("aé<語", max_size=120), min_size=1, max_size=6), max_size=4)


@settings(deadline=None, max_examples=100, derandomize=True)
@given(SECTIONS, st.randoms(use_true_random=False))
def test_the_mail_is_never_over_budget_and_nothing_that_fits_is_lost(
    sections: list[list[str]], chance: Random
) -> None:
    count = sum(map(len, sections))
    ranks = dict(zip(range(1, count + 1), chance.sample(range(count), count), strict=True))

    result = fitted(sections, ranks)

    assert len(result.html.encode()) <= LIMIT
    assert "<!--" not in result.html
    assert "unsubscribe" in result.html
    for number in ranks:
        assert (f"<i>{number}:" in result.html) == (number not in result.dropped)
    assert f"{count - len(result.dropped)} stories" in result.html
    assert ("&amp; more" in result.html) == bool(result.dropped)
    texts = [text for items in sections for text in items]
    if result.dropped:
        best = min(result.dropped, key=ranks.__getitem__)
        assert len(result.html.encode()) + len(texts[best - 1].encode()) + FRAME_OF_ITEM > LIMIT


def test_the_worst_rank_gives_way_first() -> None:
    result = fitted([["a" * 100, "b" * 100, "c" * 100, "d" * 100]], {1: 3, 2: 0, 3: 2, 4: 1}, max_bytes=310)

    assert result.dropped == (1, 3)
    assert "<b>2 &amp; more</b>" in result.html


def test_an_item_that_alone_is_too_large_goes_and_the_others_stay() -> None:
    result = fitted([["a" * 1000, "b", "c"]], {1: 0, 2: 1, 3: 2})

    assert result.dropped == (1,)


def test_a_section_without_items_loses_its_heading() -> None:
    result = fitted([["a"], ["b" * 1000]], {1: 0, 2: 1})

    assert "S0" in result.html
    assert "S1" not in result.html


def test_a_mail_that_fits_is_whole() -> None:
    result = fitted([["a"], ["b"]], {1: 1, 2: 0})

    assert result.dropped == ()
    assert "more" not in result.html


def test_a_frame_over_the_budget_is_a_fault() -> None:
    with pytest.raises(TemplateFault, match="without any item"):
        fitted([["a"]], {1: 0}, max_bytes=20)


def test_an_item_outside_its_marks_is_a_fault() -> None:
    with pytest.raises(TemplateFault, match="item 2 is not in the mail"):
        fitted([["a"]], {1: 0, 2: 1})
