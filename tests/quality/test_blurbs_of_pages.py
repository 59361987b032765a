"""From a site's page to the blurb: only the story's own sentences ever arrive."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from digest.model import Article, BlurbBudget, CanonicalUrl, Passage, SourceKey, Story
from digest.sources.pages.extraction import extract
from digest.summaries.extractive import BlurbStyle, ExtractiveSummarizer
from digest.summaries.grounding import doubts
from tests.quality.pages import (
    ABOUT,
    BYLINE,
    CAPTION,
    COMMENT_BOX,
    INVITATION,
    NOT_NEWS,
    PAGES,
    RELATED,
    STORY,
    TITLE,
    Page,
)

BUDGETS = (BlurbBudget(1, 40), BlurbBudget(3, 60), BlurbBudget(20, 400))


@pytest.mark.parametrize(
    ("page", "budget", "style"),
    [
        pytest.param(page, budget, style, id=f"{page.name}, {budget.max_words} words, {style}")
        for page, budget, style in product(PAGES, BUDGETS, BlurbStyle)
    ],
)
def test_no_title_heading_comment_box_or_about_text_is_in_a_blurb(
    page: Page, budget: BlurbBudget, style: BlurbStyle
) -> None:
    found = extract(
        page.html,
        url="https://gazette.example/pier",
        zone=ZoneInfo("UTC"),
        now=datetime(2026, 11, 24, tzinfo=UTC),
    )
    article = Article(
        SourceKey("page"),
        CanonicalUrl("https://gazette.example/pier"),
        found.title,
        passages=found.passages,
        language=found.language,
    )

    blurb = ExtractiveSummarizer(style).summarize(Story(article), budget)

    told = " ".join(STORY)
    assert blurb.sentences
    assert [one.text for one in blurb.sentences if one.text not in told] == []
    assert [part for part in NOT_NEWS if part in blurb.text] == []
    assert doubts(blurb, (article,)) == ()


@pytest.mark.parametrize("budget", BUDGETS)
def test_what_a_careless_source_leaves_in_the_text_does_not_arrive_either(budget: BlurbBudget) -> None:
    given = (TITLE, BYLINE, CAPTION, *STORY[:2], INVITATION, RELATED, *STORY[2:], COMMENT_BOX, ABOUT)
    careless = Article(
        SourceKey("page"),
        CanonicalUrl("https://gazette.example/pier"),
        TITLE,
        passages=(Passage(given),),
        language="en",
    )

    blurb = ExtractiveSummarizer().summarize(Story(careless), budget)

    assert [one.text for one in blurb.sentences if one.text not in " ".join(STORY)] == []
