"""Servers that ask to be left alone are, and lists that go on are followed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from digest.model import Article, CanonicalUrl, SourceKey
from digest.ports import Memory
from digest.sources.jsonfeed import JsonFeedSource
from digest.sources.web.fetching import Fetcher, FetchFailed
from digest.sources.web.rechecking import withdrawn
from tests.sources.feeds import NAIROBI, NOW
from tests.sources.servers import RawServer, answer, path_of, site
from tests.sources.test_jsonfeed import feed


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    made = Fetcher(user_agent="digest-tests", allowed_hosts=("127.0.0.1",), deadline_s=5)
    yield made
    made.close()


def busy(retry_after: str, **headers: str) -> bytes:
    return answer(status="429 Too Many Requests", headers={"Retry-After": retry_after, **headers})


def test_a_pause_within_the_deadline_is_waited_for(fetcher: Fetcher) -> None:
    pages = {"/": busy("0")}

    def act(connection: object, _: bytes) -> None:
        connection.sendall(pages["/"])  # type: ignore[attr-defined]
        pages["/"] = answer(b"here now")

    with RawServer(act) as server:
        assert fetcher.get(server.url).body == b"here now"

    assert len(server.requests) == 2


@pytest.mark.parametrize(
    "pause",
    [
        busy("3600"),
        busy("Wed, 04 Mar 2026 11:30:00 GMT", Date="Wed, 04 Mar 2026 10:30:00 GMT"),
        answer(status="503 Service Unavailable", headers={"Retry-After": "99999999"}),
    ],
)
def test_a_longer_pause_is_respected_and_the_host_not_asked_again(fetcher: Fetcher, pause: bytes) -> None:
    with site({"/": pause, "/other": answer(b"x")}) as server:
        with pytest.raises(FetchFailed):
            fetcher.get(server.url + "/")
        with pytest.raises(FetchFailed, match="left alone for another"):
            fetcher.get(server.url + "/other")

    assert len(server.requests) == 1


@pytest.mark.parametrize("retry_after", ["", "soon", "-5", "Wed, 04 Mar 2026 11:30:00 GMT"])
def test_a_pause_that_can_not_be_read_holds_nothing_up(fetcher: Fetcher, retry_after: str) -> None:
    with site({"/": busy(retry_after), "/other": answer(b"x")}) as server:
        with pytest.raises(FetchFailed):
            fetcher.get(server.url + "/")
        assert fetcher.get(server.url + "/other").body == b"x"


def an_item(number: int, days_ago: float = 0) -> dict[str, str]:
    stamp = (NOW - timedelta(days=days_ago)).isoformat()
    return {
        "id": str(number),
        "url": f"/{number}",
        "title": f"Item {number}",
        "content_text": "Words.",
        "date_published": stamp,
    }


def collect(server: RawServer, fetcher: Fetcher, memory: Memory | None = None):  # type: ignore[no-untyped-def]
    url = f"{server.url}/feed.json"
    made = JsonFeedSource(SourceKey("quay"), url, fetcher, zone=NAIROBI, full_text="feed")
    return made.collect(memory or Memory(), now=NOW)


def test_a_json_feed_is_followed_to_its_next_url_until_it_is_old(fetcher: Fetcher) -> None:
    pages = {
        "/feed.json": answer(feed(an_item(1), next_url="/2.json")),
        "/2.json": answer(feed(an_item(2, 3), next_url="/3.json")),
        "/3.json": answer(feed(an_item(3, 90), next_url="/4.json")),
    }
    with site(pages) as server:
        found = collect(server, fetcher)
        asked = [path_of(request) for request in server.requests]
        pages["/feed.json"] = answer(feed(an_item(4), an_item(1), next_url="/2.json"))
        later = collect(server, fetcher, found.memory)

    assert [one.guid for one in found.articles] == ["1", "2", "3"]
    assert asked == ["/feed.json", "/2.json", "/3.json"]
    assert [one.guid for one in later.articles] == ["4"]
    assert later.known == 1
    assert found.problems == ()


def test_a_next_url_that_leads_back_ends(fetcher: Fetcher) -> None:
    pages = {
        "/feed.json": answer(feed(an_item(1), next_url="/2.json")),
        "/2.json": answer(feed(an_item(2), next_url="/feed.json")),
    }
    with site(pages) as server:
        found = collect(server, fetcher)

    assert len(found.articles) == 2
    assert len(server.requests) == 2


def test_a_list_without_end_is_read_to_a_bound(fetcher: Fetcher) -> None:
    def act(connection: object, request: bytes) -> None:
        number = int("0" + path_of(request).lstrip("/").removesuffix("feed.json")) + 1
        connection.sendall(answer(feed(an_item(number), next_url=f"/{number}")))  # type: ignore[attr-defined]

    with RawServer(act) as server:
        found = collect(server, fetcher)

    assert len(server.requests) == 30
    assert "goes on after 30 pages" in found.problems[-1].what


def an_article(url: str) -> Article:
    return Article(SourceKey("quay"), CanonicalUrl(url), "T")


def test_the_last_look_finds_what_is_gone_and_takes_nothing_else_for_it(fetcher: Fetcher) -> None:
    pages = {
        "/a": answer(status="410 Gone"),
        "/b": answer(status="500 Oh no"),
        "/c": answer(b"here"),
        "/d": answer(status="403 Forbidden"),
    }
    with site(pages) as server:
        articles = [an_article(f"{server.url}/{name}") for name in "abcd"]
        gone = withdrawn(articles, fetcher)

    assert gone == {articles[0].id}
    assert withdrawn([an_article("https://nowhere.invalid/a")], fetcher) == frozenset()


def test_a_host_that_lost_most_of_its_pages_withdrew_none(fetcher: Fetcher) -> None:
    with site({"/here": answer(b"here")}) as server:
        articles = [an_article(f"{server.url}/{name}") for name in ("a", "b", "c", "here")]

        assert withdrawn(articles, fetcher) == frozenset()
        assert len(withdrawn(articles[:2], fetcher)) == 2
        assert withdrawn(articles[:2], fetcher, most_s=0) == frozenset()
