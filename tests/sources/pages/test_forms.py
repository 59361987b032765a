"""What form of piece a page or an entry is, by its data."""

# ruff: noqa: E501  # heads of pages, line for line
from __future__ import annotations

import pytest

from digest.model import ArticleKind
from digest.selection.kinds.telling import kinds_of
from digest.sources.pages.extraction import extract
from digest.sources.pages.forms import form_of
from digest.sources.text.markup import parse_page
from tests.selection.newsroom import article
from tests.sources.feeds import NAIROBI, NOW, articles, item, rss


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ('<script type="application/ld+json">{"@type": "LiveBlogPosting"}</script>', "live"),
        ('<script type="application/ld+json">[{"@type": ["NewsArticle", "LiveBlogPosting"]}]</script>', "live"),
        ('<script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"@type": "JobPosting"}]}</script>', "job"),
        ('<script type="application/ld+json">{"@type": "https://schema.org/AdvertiserContentArticle"}</script>', "ad"),
        ('<script type="APPLICATION/LD+JSON">{"@type": "VideoObject"}</script>', "video"),
        ('<script type="application/ld+json">{"@type": "PodcastEpisode"}</script>', "audio"),
        ('<script type="application/ld+json">{"mainEntity": {"@type": "Quiz"}}</script>', "quiz"),
        ('<meta property="og:type" content="video.other">', "video"),
        ('<body itemscope itemtype="https://schema.org/ImageGallery">', "gallery"),
        ('<script type="application/ld+json">[{"@type": "NewsArticle"}, {"@type": "VideoObject"}]</script>', ""),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "video": {"@type": "VideoObject"}}</script>', ""),
        ('<meta property="og:type" content="article">', ""),
        ('<script type="application/ld+json">{"@type": 7}</script>', ""),
        ('<script type="application/ld+json">not JSON</script>', ""),
    ],
)  # fmt: skip
def test_a_page_says_what_it_is(head: str, kind: str) -> None:
    root = parse_page(f"<html><head>{head}</head><body><p>Text</p></body></html>")

    assert root is not None
    assert form_of(root) == kind


def test_an_advertisement_by_its_data_alone_gets_a_label() -> None:
    page = (
        '<html><head><title>New shoes</title><script type="application/ld+json">'
        '{"@type": "AdvertiserContentArticle"}</script></head><body><article><h1>New shoes</h1><p>'
        + "These shoes are made of the best leather in town. " * 20
        + "</p></article></body></html>"
    )

    found = extract(page, zone=NAIROBI, now=NOW)

    assert (found.form, found.label) == ("ad", "Advertisement")


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ('<enclosure url="https://q.example/1.mp3" type="audio/mpeg" length="1"/>', "audio"),
        ('<enclosure url="https://q.example/1.mp4" type="video/mp4" length="1"/>', "video"),
        ('<enclosure url="https://q.example/1.jpg" type="image/jpeg" length="1"/>', ""),
    ],
)
def test_an_entry_without_a_page_is_its_episode(more: str, kind: str) -> None:
    (found,) = articles(rss(item(link="", guid="e1", more=more)))

    assert found.form == kind


def test_an_article_with_a_recording_beside_it_is_an_article() -> None:
    more = '<enclosure url="https://q.example/1.mp3" type="audio/mpeg" length="1"/>'

    (found,) = articles(rss(item(more=more)))

    assert found.form == ""


def test_a_form_is_a_kind_that_can_be_kept_out() -> None:
    assert ArticleKind.LIVE in kinds_of(article("a", "Storm over Tarn", form="live"))
    assert kinds_of(article("a", "Storm over Tarn", form="poem")) == {}
