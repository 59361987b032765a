from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.stem.porter import PorterStemmer  # type: ignore[import-untyped]  # nltk ships no types

from digest.summaries.language.stemming import stem

THEIRS = PorterStemmer()
HEADS = """ferr hop nation control argu cross sail rel trad activ hop fil agr fe sk by happ log"""
ENDINGS = """
s es ies sses ed eed ied ing y ly e al alli ational tional ization ation ator alism iveness fulness ousness
aliti iviti biliti fulli logi icate ative alize iciti ical ful ness ance ence er ic able ible ant ement ment
ent sion tion ou ism ate iti ous ive ize ll bli izer enci anci entli eli ousli
"""


@pytest.mark.parametrize("ending", ENDINGS.split())
def test_every_ending_is_cut_as_nltk_cuts_it(ending: str) -> None:
    for head in (*HEADS.split(), "t", "", "oo", "yy"):
        assert stem(head + ending) == THEIRS.stem(head + ending), head + ending


@settings(deadline=None, max_examples=100, derandomize=True)
@given(st.text("abcdefghijklmnopqrstuvwxyz", max_size=12) | st.text("aeiouylsnt", max_size=10))
def test_any_word_has_the_stem_that_nltk_gives_it(word: str) -> None:
    assert stem(word) == THEIRS.stem(word)


def test_the_project_s_own_prose_has_the_stems_that_nltk_gives_it() -> None:
    pages = (Path(__file__).parents[3] / "docs").glob("*.md")
    words = {word for page in pages for word in re.findall(r"[a-z]+", page.read_text().lower())}

    assert len(words) > 500
    assert {word for word in words if stem(word) != THEIRS.stem(word)} == set()
