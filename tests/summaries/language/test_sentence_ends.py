"""Titles, ranks, initials, firms and ordinals end no sentence, in fifty languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.summaries.language.sentences import walk

_LINES = Path(__file__).with_name("sentence_ends.txt").read_text("utf-8").splitlines()
LANGUAGES = tuple(dict.fromkeys(line.partition("|")[0] for line in _LINES))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_paragraph_is_parted_where_its_sentences_end(language: str) -> None:
    wanted = [line.partition("|")[2] for line in _LINES if line.startswith(f"{language}|")]

    found = [
        " || ".join(span.of(text) for span in walk(text, language))
        for text in (line.replace(" || ", " ") for line in wanted)
    ]

    assert found == wanted


def test_they_are_of_many_languages() -> None:
    assert len(LANGUAGES) >= 35
