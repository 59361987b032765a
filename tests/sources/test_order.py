"""A source's own order counts where it is an editor's, and only its dates where it is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from digest.model import Article
from digest.sources.feed import parse_feed
from digest.sources.order import placed
from digest.sources.web.fetching import Fetched
from tests.selection.newsroom import article

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)


def at(*hours: float) -> list[Article]:
    return [article(f"a{n}", published=NOW - timedelta(hours=hour)) for n, hour in enumerate(hours)]


@pytest.mark.parametrize(
    ("hours", "is_an_editor_s"),
    [
        pytest.param((1, 2, 3, 4, 5, 6), False, id="newest first"),
        pytest.param((6, 5, 4, 3, 2, 1), False, id="oldest first"),
        pytest.param((1, 1, 1, 1, 1, 1), False, id="all at once"),
        pytest.param((1, 2, 3, 4, 5, 6, 5.5, 7, 8, 9), False, id="one out of line"),
        pytest.param((5, 1, 9, 2, 7, 3), True, id="an editor's"),
        pytest.param((5, 1, 9), False, id="too few to tell"),
    ],
)
def test_places_are_kept_where_the_order_is_not_that_of_the_dates(
    hours: tuple[float, ...], is_an_editor_s: bool
) -> None:
    places = [one.source_place for one in placed(at(*hours))]

    assert places == (list(range(1, len(hours) + 1)) if is_an_editor_s else [0] * len(hours))


def test_undated_articles_have_no_order_of_their_own() -> None:
    assert [
        one.source_place for one in placed([replace(one, published=None) for one in at(*range(9))])
    ] == [0] * 9


ITEM = "<item><title>The pier is painted</title><link>https://forum.example/t/9/1</link>{source}</item>"


@pytest.mark.parametrize(
    ("source", "publisher"),
    [
        pytest.param("", "Forum", id="none"),
        pytest.param(
            '<source url="https://www.gazette.example/">Gazette</source>', "Gazette", id="a paper"
        ),
        pytest.param(
            '<source url="https://gazette.example/rss">El Correo</source>', "El Correo", id="its feed"
        ),
        pytest.param(
            '<source url="https://forum.example/t/9.rss">Who painted it?</source>', "Forum", id="a thread"
        ),
        pytest.param(
            '<source url="https://other.example/t/9.rss">The pier is painted</source>',
            "Forum",
            id="its title",
        ),
        pytest.param(
            '<source url="https://other.example/9">What do you all think of the paint on it</source>',
            "Forum",
            id="a question",
        ),
        pytest.param("<source>Gazette</source>", "Forum", id="no address"),
    ],
)
def test_a_source_element_names_a_publisher_only_where_it_is_one(source: str, publisher: str) -> None:
    feed = f"""<rss version="2.0"><channel><title>Forum</title><link>https://forum.example/</link>
    <description>x</description>{ITEM.format(source=source)}</channel></rss>"""
    fetched = Fetched("https://forum.example/latest.rss", 200, body=feed.encode(), charset="utf-8")

    assert [entry.publisher for entry in parse_feed(fetched, "feed").entries] == [publisher]
