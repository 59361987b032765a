"""Structured data and enclosures tell what a piece is where it is no story."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from digest.model import Article, CanonicalUrl, SourceKey
from digest.sources.pages.extraction import Extracted, extract
from digest.sources.pages.full_pages import merged
from tests.sources.feeds import article, item, rss

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
TEXTS = {
    "en": "The harbor of Tarn opens again on Monday after eleven weeks of repairs.",
    "de": "Der Hafen von Tarn öffnet am Montag nach elf Wochen Reparatur wieder.",
    "ja": "タルンの港は十一週間の修理を終えて月曜日に再び開くと市が発表した。",
}


def found(kind: str = "", meta: str = "", language: str = "en") -> Extracted:
    linked = f'<script type="application/ld+json">{json.dumps({"@type": kind})}</script>' if kind else ""
    paragraphs = f"<p>{TEXTS[language]}</p><p>{TEXTS[language] * 2}</p><p>{TEXTS[language] * 3}</p>"
    page = (
        f"<html><head><title>Tarn</title>{linked}{meta}</head><body><div>{paragraphs}</div></body></html>"
    )
    return extract(page, url="https://q.example/a", zone=ZoneInfo("UTC"), now=NOW)


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("LiveBlogPosting", "Live blog"),
        ("JobPosting", "Job offer"),
        ("PodcastEpisode", "Podcast"),
        ("ImageGallery", "Photo gallery"),
        ("Quiz", "Quiz"),
        ("VideoObject", "Video"),
    ],
)
def test_structured_data_tells_the_form(kind: str, form: str, language: str) -> None:
    page = found(kind, language=language)
    known = Article(SourceKey("q"), CanonicalUrl("https://q.example/a"), "Tarn", tags=("Sea",))

    assert page.forms == (form,)
    assert merged(known, page).tags == ("Sea", form)


@pytest.mark.parametrize("kind", ["NewsArticle", "BlogPosting", "WebPage", ""])
def test_an_article_is_a_story(kind: str) -> None:
    assert found(kind, '<meta property="og:type" content="article">').forms == ()


def test_open_graph_tells_films_and_sounds() -> None:
    assert found(meta='<meta property="og:type" content="video.other">').forms == ("Video",)


def test_an_advertiser_s_article_is_labeled() -> None:
    assert found("AdvertiserContentArticle").label == "Advertisement"


@pytest.mark.parametrize(("kind", "tag"), [("audio/mpeg", "Podcast"), ("video/mp4", "Video")])
def test_an_enclosed_sound_or_film_with_little_text_is_told(kind: str, tag: str) -> None:
    enclosed = f'<enclosure url="https://q.example/a" type="{kind}" length="9"/>'
    long = "".join(f"<p>{TEXTS['en']} Part {number}.</p>" for number in range(20))

    assert article(rss(item(description="The harbor.", more=enclosed))).tags == (tag,)
    assert article(rss(item(content=long, more=enclosed))).tags == ()
