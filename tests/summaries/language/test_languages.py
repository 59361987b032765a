from __future__ import annotations

import pytest

from digest.model import BlurbBudget, Story
from digest.summaries.candidates import candidates
from digest.summaries.extractive import ExtractiveSummarizer
from digest.summaries.grounding import doubts
from tests.summaries.language.tongues import TEXTS, Text

BUDGET = BlurbBudget(3, 60)

EACH = pytest.mark.parametrize("text", [pytest.param(text, id=text.language) for text in TEXTS])


@EACH
def test_the_blurb_is_what_an_editor_of_that_language_would_print(text: Text) -> None:
    blurb = ExtractiveSummarizer().summarize(Story(text.article), BUDGET)

    assert tuple(sentence.text for sentence in blurb.sentences) == text.blurb


@EACH
def test_what_is_no_news_stands_in_no_blurb_however_long(text: Text) -> None:
    blurb = ExtractiveSummarizer().summarize(Story(text.article), BlurbBudget(12, 400))

    assert not [part for part in text.not_news if part in blurb.text]
    assert not doubts(blurb, (text.article,))


@EACH
def test_questions_and_fragments_are_known_as_weak(text: Text) -> None:
    weak = [one.text for one in candidates(text.article) if one.is_weak]

    assert all(one.rstrip()[-1] in "?؟？" or one.endswith("か。") for one in weak), weak
