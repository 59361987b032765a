"""No article is lost to another's name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from digest.model import Article, SourceKey
from digest.ports import Collected, Memory
from digest.sources.feed import FeedSource
from digest.sources.jsonfeed import JsonFeedSource
from digest.sources.web.fetching import Fetcher
from tests.sources import sites
from tests.sources.feeds import NAIROBI, NOW, item, rss
from tests.sources.servers import answer, site
from tests.sources.test_jsonfeed import feed as json_feed

TITLES = ("The harbor opens again", "Der Hafen öffnet wieder", "El puerto abre de nuevo")


@pytest.fixture(scope="module")
def fetcher() -> Iterator[Fetcher]:
    made = Fetcher(user_agent="digest-tests", allowed_hosts=("127.0.0.1",), deadline_s=5)
    yield made
    made.close()


def crawl(fetcher: Fetcher, body: bytes, memory: Memory | None = None) -> Collected:
    with site({"/feed.xml": answer(body)}) as server:
        made = FeedSource(
            SourceKey("quay"), f"{server.url}/feed.xml", fetcher, zone=NAIROBI, full_text="feed"
        )
        notes = dict((memory or Memory()).notes)
        if notes:
            notes["url"] = f"{server.url}/feed.xml"
        return made.collect(Memory(notes), now=NOW)


def titles(found: Collected) -> list[str]:
    return [article.title for article in found.articles]


def names(articles: tuple[Article, ...]) -> list[set[str]]:
    return [set(article.identities) for article in articles]


def are_apart(found: Collected) -> bool:
    """Tell whether no article shares its id, its URL or any identity with another."""
    articles = found.articles
    every = [name for one in names(articles) for name in one]
    return len(every) == len(set(every)) and len({one.id for one in articles}) == len(articles)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"guid": "https://quay.example/"}, id="one guid"),
        pytest.param({"guid": "12"}, id="one number"),
    ],
)
def test_items_of_one_guid_are_named_by_their_links(fetcher: Fetcher, fields: dict[str, str]) -> None:
    items = [
        item(title=title, link=f"https://quay.example/{number}", **fields)
        for number, title in enumerate(TITLES)
    ]

    found = crawl(fetcher, rss(*items))

    assert titles(found) == list(TITLES)
    assert are_apart(found)


@pytest.mark.parametrize("guid", ["", "same"])
@pytest.mark.parametrize("link", ["https://quay.example/", "https://quay.example/live#top"])
def test_items_of_one_link_are_articles_of_their_own(fetcher: Fetcher, guid: str, link: str) -> None:
    items = [item(title=title, link=link, guid=guid) for title in TITLES]

    found = crawl(fetcher, rss(*items))
    again = crawl(fetcher, rss(*items[1:], item(title="News", link=link, guid=guid)))

    assert titles(found) == list(TITLES)
    assert are_apart(found)
    assert {one.id for one in found.articles[1:]} == {one.id for one in again.articles[:2]}


def test_items_of_one_link_with_their_own_guids_keep_them(fetcher: Fetcher) -> None:
    items = [
        item(title=title, link="https://quay.example/log", guid=f"g{number}")
        for number, title in enumerate(TITLES)
    ]

    found = crawl(fetcher, rss(*items))

    assert [one.guid for one in found.articles] == ["g0", "g1", "g2"]
    assert are_apart(found)


@pytest.mark.parametrize("has_guid", [True, False])
def test_a_live_blog_s_entries_keep_their_anchors(fetcher: Fetcher, has_guid: bool) -> None:
    links = [f"https://quay.example/live#entry-{number}" for number in range(3)]
    items = [
        item(title=title, link=link, guid=link if has_guid else "")
        for title, link in zip(TITLES, links, strict=True)
    ]

    found = crawl(fetcher, rss(*items))

    assert [one.url for one in found.articles] == links
    assert are_apart(found)


def test_the_last_entry_left_at_an_address_keeps_its_name(fetcher: Fetcher) -> None:
    items = [item(title=title, link="https://quay.example/log") for title in TITLES]
    first = crawl(fetcher, rss(*items))

    later = crawl(fetcher, rss(items[2]), first.memory)

    assert [one.id for one in later.articles] == [first.articles[2].id]
    assert later.articles[0].identities == first.articles[2].identities


@pytest.mark.parametrize("guid", ["", "tag:{}"])
def test_items_without_a_link_are_at_the_channel_s_address(fetcher: Fetcher, guid: str) -> None:
    items = [item(title=title, link="", guid=guid.format(number)) for number, title in enumerate(TITLES)]
    channel = "<title>Quay</title><link>https://quay.example/news</link>"

    found = crawl(fetcher, rss(*items, channel=channel))

    assert titles(found) == list(TITLES)
    assert all(one.url.startswith("https://quay.example/news#") for one in found.articles)
    assert are_apart(found)


def test_a_podcast_s_episodes_without_links_are_articles(fetcher: Fetcher) -> None:
    sound = '<enclosure url="https://quay.example/{}.mp3" type="audio/mpeg" length="1"/>'
    items = [
        item(title=title, link="", guid=f"e{number}", description=sites.LEAD, more=sound.format(number))
        for number, title in enumerate(TITLES)
    ]

    found = crawl(fetcher, rss(*items, channel="<title>Q</title><link>https://quay.example/</link>"))

    assert titles(found) == list(TITLES)
    assert are_apart(found)


def test_two_versions_of_an_article_are_one_and_the_other_is_told(fetcher: Fetcher) -> None:
    items = [
        item(title=TITLES[0], link="https://quay.example/1", guid="1"),
        item(title="The harbor opens", link="https://quay.example/1", guid="1"),
        item(title=TITLES[1], link="https://quay.example/2", guid="2"),
    ]

    found = crawl(fetcher, rss(*items))

    assert titles(found) == [TITLES[0], TITLES[1]]
    assert "1 further versions" in found.problems[0].what


def test_an_item_named_twice_is_taken_once_and_told(fetcher: Fetcher) -> None:
    found = crawl(
        fetcher, rss(item(guid="1"), item(guid="1"), item(guid="2", link="https://quay.example/2"))
    )

    assert len(found.articles) == 2
    assert "1 entries twice" in found.problems[0].what


def test_a_json_feed_s_items_without_addresses_are_at_its_home_page(fetcher: Fetcher) -> None:
    items = [{"id": str(number), "title": title} for number, title in enumerate(TITLES)]
    body = json_feed(*items, home_page_url="https://quay.example/")

    with site({"/feed.json": answer(body)}) as server:
        made = JsonFeedSource(
            SourceKey("q"), f"{server.url}/feed.json", fetcher, zone=NAIROBI, full_text="feed"
        )
        found = made.collect(Memory(), now=NOW)

    assert titles(found) == list(TITLES)
    assert are_apart(found)


def test_an_article_s_place_is_part_of_its_url() -> None:
    one = Article(SourceKey("s"), "https://a.example/live#1", "T")  # type: ignore[arg-type]

    assert one.identities != replace(one, url="https://a.example/live#2").identities  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "links",
    [
        pytest.param(("https://quay.example/1", "https://quay.example/1"), id="one link"),
        pytest.param(("http://quay.example/1", "https://www.quay.example/1/"), id="without and with www"),
        pytest.param(("https://m.quay.example/1", "https://quay.example/1/amp"), id="for phones"),
    ],
)
def test_one_text_under_two_names_at_one_page_is_one_article(
    fetcher: Fetcher, links: tuple[str, str]
) -> None:
    items = [
        item(guid=f"look-{link}-{n}", link=link, description=sites.LEAD) for n, link in enumerate(links)
    ]

    found = crawl(fetcher, rss(*items))

    assert len(found.articles) == 1
    assert "1 entries twice" in found.problems[0].what


def test_episodes_of_one_text_are_told_apart_by_their_days(fetcher: Fetcher) -> None:
    items = [
        item(guid=f"e{day}", link="", description=sites.LEAD, pubDate=f"Mon, 0{day} Mar 2026 06:00:00 GMT")
        for day in (2, 3, 4)
    ]

    assert len(crawl(fetcher, rss(*items)).articles) == 3
