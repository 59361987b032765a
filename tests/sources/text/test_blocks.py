from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Passage
from digest.sources.pages.cleaning import clean
from digest.sources.text.blocks import (
    Block,
    count_words,
    fold,
    from_passages,
    looks_like_heading,
    mark_headings,
    read_plain,
    sameness_key,
    shorten,
    to_passages,
)
from tests.sources import sites


def test_a_text_file_gives_its_article_and_nothing_else() -> None:
    blocks = clean(read_plain(sites.plain_text_page()), title=sites.TITLE)

    assert tuple(block.text for block in blocks if not block.is_heading) == sites.PARAGRAPHS
    assert tuple(block.text for block in blocks if block.is_heading) == sites.HEADINGS


def test_hard_wrapped_lines_are_joined() -> None:
    text = "The first line\nof one paragraph\n\nAnd a\r\nsecond.\n"

    assert read_plain(text) == (Block("The first line of one paragraph"), Block("And a second."))


def test_in_a_file_of_long_lines_each_is_a_paragraph() -> None:
    first, second = "word " * 40 + "end.", "more " * 40 + "end."

    assert read_plain(f"Heading here\n{first}\n{second}") == (
        Block("Heading here", 2),
        Block(first),
        Block(second),
    )


def test_list_items_stay_apart() -> None:
    assert [block.text for block in read_plain("Bring:\n- a hat\n- a coat\n\nThanks.")] == [
        "Bring:",
        "- a hat",
        "- a coat",
        "Thanks.",
    ]


@pytest.mark.parametrize("text", ["", " \n\n ", "\n", "\ufeff", "\x00"])
def test_nothing_gives_nothing(text: str) -> None:
    assert read_plain(text) == ()


@pytest.mark.parametrize(
    ("text", "is_heading"),
    [
        ("What it costs", True),
        ("How did it begin?", True),
        ("ثلاث سنوات من الانتظار", True),
        ("三年の待ち時間", True),
        ("2026 in numbers", True),
        ("It costs two coins.", False),
        ("it costs", False),
        ("Bring these:", False),
        ("“We waited", False),
        ("- a hat", False),
        ("…", False),
        ("A line that goes on and on and on and on until nobody would call it a heading at all", False),
    ],
)
def test_headings_are_told_from_lines(text: str, is_heading: bool) -> None:
    assert looks_like_heading(text) is is_heading


def test_marked_headings_are_left_as_they_are() -> None:
    blocks = (
        Block("What it costs"),
        Block(sites.LEAD),
        Block("Real heading", 3),
        Block(sites.CLOSING),
    )

    assert mark_headings(blocks) == blocks


def test_passages_group_blocks_and_keep_bare_headings() -> None:
    blocks = (Block("Lead."), Block("Part", 1), Block("Chapter", 6), Block("One."), Block("Two."))

    passages = to_passages(blocks)

    assert passages == (
        Passage(("Lead.",)),
        Passage((), "Part", 2),
        Passage(("One.", "Two."), "Chapter", 4),
    )
    assert [block.text for block in from_passages(passages)] == [block.text for block in blocks]


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("a\u00a0 b\n\tc", "a b c"),
        ("a\u202eb\u2066c\u200bd\ufeff", "abcd"),
        ("soft\u00adhyphen", "softhyphen"),
        ("e\u0301", "é"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("nul\x00l", "null"),
    ],
)
def test_folding_keeps_what_is_read(raw: str, wanted: str) -> None:
    assert fold(raw) == wanted


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_folded_text_is_one_clean_line(text: str) -> None:
    folded = fold(text)

    assert fold(folded) == folded
    assert "\n" not in folded
    folded.encode("utf-8")


@given(st.text(min_size=1, max_size=200), st.integers(2, 50))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_shortened_text_fits(text: str, limit: int) -> None:
    assert len(shorten(text, limit)) <= max(limit, 2)


def test_words_are_counted_in_scripts_without_spaces() -> None:
    assert count_words("two words") == 2
    assert count_words("三年の待ち時間") == 3


PLAINLY = "".join(map(chr, range(32, 127))) + "“”‘’–—…«»„\xa0•"


@given(st.text(PLAINLY, max_size=60))
def test_a_text_of_plain_letters_has_the_words_it_has_beside_other_letters(text: str) -> None:
    """Plain letters are read by a shorter way: it must lead to the same place."""
    assert sameness_key(f"{text} ж") == f"{sameness_key(text)} ж".strip()
    assert count_words(f"{text} ж") == count_words(text) + 1
