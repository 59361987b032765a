"""Every number, name and quotation of a blurb stands in its sources: over all articles we have written."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from digest.model import Article, Blurb, BlurbBudget, BlurbSentence, CanonicalUrl, Passage, SourceKey, Story
from digest.ports import Memory
from digest.sources.folder import FolderSource
from digest.summaries.extractive import BlurbStyle, ExtractiveSummarizer
from digest.summaries.grounding import doubts
from tests.summaries.language.tongues import TEXTS
from tests.summaries.newsroom import FERRY, article

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
WAYS = tuple(product((BlurbBudget(1, 30), BlurbBudget(3, 60), BlurbBudget(12, 300)), BlurbStyle))


def bundled() -> Iterator[Article]:
    """Yield the demo's articles, read as `digest demo` reads them."""
    for folder in sorted((ROOT / "digest" / "_demo" / "articles").iterdir()):
        source = FolderSource(
            SourceKey(folder.name), folder, zone=ZoneInfo("UTC"), base_url="https://harbour.example"
        )
        yield from source.collect(Memory(), now=NOW).articles


def told_in_groups() -> Iterator[Story]:
    """Yield the stories of several articles that grouping is measured on."""
    groups: dict[str, list[Article]] = defaultdict(list)
    for line in (Path(__file__).with_name("stories.jsonl")).read_text("utf-8").splitlines():
        row = json.loads(line)
        url = CanonicalUrl(f"https://harbour.example/{row['id']}")
        groups[row["label"]].append(
            Article(SourceKey("s"), url, row["title"], passages=(Passage((row["text"],)),), language="en")
        )
    for articles in groups.values():
        yield Story(articles[0], tuple(articles[1:]))


STORIES = (
    *map(Story, bundled()),
    *told_in_groups(),
    *(Story(text.article) for text in TEXTS),
    Story(article(*FERRY)),
)


def blurbs() -> Iterator[tuple[Story, Blurb]]:
    for (budget, style), story in product(WAYS, STORIES):
        yield story, ExtractiveSummarizer(style).summarize(story, budget)


def test_the_corpus_is_one_worth_the_name() -> None:
    assert len(STORIES) >= 40
    assert sum(len(story.articles) for story in STORIES) > 60
    assert sum(len(story.others) > 0 for story in STORIES) > 5
    assert sum(bool(re.search(r"\d", blurb.text)) for _, blurb in blurbs()) > 100
    assert sum(bool(re.search(r"[“«„「\"]", blurb.text)) for _, blurb in blurbs()) > 30


def test_every_number_name_and_quotation_is_grounded() -> None:
    doubted = {blurb.text: doubts(blurb, story.articles) for story, blurb in blurbs()}

    assert {text: found for text, found in doubted.items() if found} == {}


def test_every_sentence_leads_back_to_where_it_was_taken_from() -> None:
    for story, blurb in blurbs():
        articles = {one.id: one for one in story.articles}
        for sentence in blurb.sentences:
            place = sentence.source
            assert place is not None
            source = articles[place.article]
            paragraphs = (
                source.passages[place.passage].paragraphs if place.passage >= 0 else (source.summary,)
            )
            taken = " ".join(paragraphs[place.paragraph][place.start : place.end].split())
            words = re.findall(r"\w+", sentence.text.casefold())
            left = iter(re.findall(r"\w+", taken.casefold()))
            assert all(word in left for word in words), (sentence.text, taken)


@pytest.mark.parametrize(
    "forge",
    [
        pytest.param(lambda text: re.sub(r"\d+", "987654", text, count=1), id="a number"),
        pytest.param(lambda text: re.sub(r" [A-Z][a-z]{4,}", " Zebedee", text, count=1), id="a name"),
        pytest.param(
            lambda text: re.sub(r"“[^”]+”", "“Nothing of the kind”", text, count=1), id="a quotation"
        ),
    ],
)
def test_one_forged_thing_is_always_found(forge: object) -> None:
    assert callable(forge)
    tried = 0
    for story, blurb in blurbs():
        for sentence in blurb.sentences:
            forged = forge(sentence.text)
            if forged != sentence.text:
                tried += 1
                bad = replace(blurb, sentences=(BlurbSentence(forged),))
                assert doubts(bad, story.articles), forged

    assert tried > 10
