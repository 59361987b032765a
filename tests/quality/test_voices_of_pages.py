"""From a feed's or a site's markup to the blurb: what is set apart as somebody's words stays his."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from digest.model import Article, CanonicalUrl, SourceKey
from digest.sources.pages.extraction import extract
from digest.summaries.candidates import candidates
from tests.sources.feeds import article, item, rss

FIRST = "<p>Dan Kessy leads the opposition in Mombasa and spoke at length on Monday.</p>"
LAST = "<p>The budget is to be passed in March by all parties.</p>"
WORDS = "The mayor took the money. The council knew of it for years and did nothing."
QUESTIONS = ("Why did you leave the party?", "And what will you do now?")
ANSWERS = (WORDS, "I will found a party of my own. The voters are tired of the old ones.")
SET_APART = {
    "a post on a network": f"""{FIRST}<blockquote class="twitter-tweet"><p>{WORDS}</p>&mdash; Dan Kessy
        (@dankessy) <a href="https://twitter.com/dankessy/status/1">November 22</a></blockquote>{LAST}""",
    "a block quotation": f"{FIRST}<blockquote><p>{WORDS}</p><footer>A rival</footer></blockquote>{LAST}",
    "a class of its own": f'{FIRST}<aside class="article__pull-quote"><p>{WORDS}</p></aside>{LAST}',
    "a paragraph's class": f'{FIRST}<p class="pullquote">{WORDS}</p>{LAST}',
    "one who answers": f"{FIRST}<p><strong>Dan Kessy:</strong> {WORDS}</p>{LAST}",
    "a letter": f"<p>Dear Editor,</p><p>{WORDS}</p><p>Dan Kessy, Mombasa</p>",
    **{
        f"an interview, {name}": FIRST
        + "".join(
            f"{form.format(asked)}{answer}</p>" for asked, answer in zip(QUESTIONS, ANSWERS, strict=True)
        )
        for name, form in {
            "questions in bold": "<p><strong>{}</strong></p><p>",
            "questions as headings": "<h3>{}</h3><p>",
            "questions in the answer's paragraph": "<p><b>{}</b><br>",
        }.items()
    },
}
OF_THE_PAPER = {
    "questions that it answers itself": f"""{FIRST}<h3>Who can vote?</h3><p>All Kenyans with a card can
        vote on Monday. The commission counts 22 million of them.</p><h3>Where can you vote?</h3><p>All
        polling stations are listed online. The first results come on Tuesday.</p>""",
}


def told_by_feed(markup: str) -> list[str]:
    found = article(rss(item(guid="x", description="", content=markup)))
    return [one.text for one in candidates(replace(found, language="en"))]


def told_by_page(markup: str) -> list[str]:
    html = f"<html lang='en'><body><article><h1>A long day there</h1>{markup}</article></body></html>"
    found = extract(
        html, url="https://x.example/a", zone=ZoneInfo("UTC"), now=datetime(2026, 11, 24, tzinfo=UTC)
    )
    told = Article(SourceKey("page"), CanonicalUrl("https://x.example/a"), "", passages=found.passages)
    return [one.text for one in candidates(replace(told, language="en"))]


@pytest.mark.parametrize("told_by", [told_by_feed, told_by_page])
@pytest.mark.parametrize("markup", [pytest.param(value, id=key) for key, value in SET_APART.items()])
def test_words_set_apart_as_somebodys_are_not_the_papers(markup: str, told_by: object) -> None:
    assert callable(told_by)

    told = told_by(markup)

    assert [one for one in told if "The council knew" in one or "The voters are" in one] == []


@pytest.mark.parametrize("told_by", [told_by_feed, told_by_page])
@pytest.mark.parametrize("markup", [pytest.param(value, id=key) for key, value in OF_THE_PAPER.items()])
def test_questions_that_the_paper_answers_cost_nothing(markup: str, told_by: object) -> None:
    assert callable(told_by)

    told = " ".join(told_by(markup))

    assert "The commission counts" in told
    assert "The first results" in told
