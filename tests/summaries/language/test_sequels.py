"""What goes on with a time, a row or a count told before leans on it; what counts from today does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.summaries.language.dependence import leans_back

OPENINGS = Path(__file__).with_name("openings.txt").read_text("utf-8").splitlines()


def rows(kind: str) -> list[tuple[str, str]]:
    """Return what stands in the lines of a kind: `leaning` or `alone`, a language, sentences by bars."""
    found = [line.split(" ", 2) for line in OPENINGS if line.startswith(f"{kind} ")]
    return [(language, sentence) for _, language, all_ in found for sentence in all_.split("|")]


@pytest.mark.parametrize("language", dict.fromkeys(language for language, _ in rows("leaning")))
def test_what_goes_on_with_something_told_before_leans_on_it(language: str) -> None:
    told = [sentence for tongue, sentence in rows("leaning") if tongue == language]

    assert [sentence for sentence in told if not leans_back(sentence, language)] == []


@pytest.mark.parametrize("language", dict.fromkeys(language for language, _ in rows("alone")))
def test_what_counts_from_the_readers_own_day_or_opens_a_name_stands_alone(language: str) -> None:
    told = [sentence for tongue, sentence in rows("alone") if tongue == language]

    assert [sentence for sentence in told if leans_back(sentence, language)] == []


def test_they_are_of_forty_languages() -> None:
    assert len({language for language, _ in rows("leaning")}) >= 40
