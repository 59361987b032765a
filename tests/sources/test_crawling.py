"""Feeds over real HTTP: conditional fetches, full pages, failures, memory."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from digest.model import SourceKey
from digest.ports import Collected, Memory
from digest.sources.feed import FeedSource
from digest.sources.jsonfeed import JsonFeedSource
from digest.sources.web.fetching import Fetcher
from digest.testing import check_source
from tests.sources import sites
from tests.sources.feeds import NAIROBI, NOW, item, rss
from tests.sources.servers import RawServer, answer, header_of, path_of, site
from tests.sources.test_jsonfeed import feed as json_feed


@pytest.fixture(scope="module")
def fetcher() -> Iterator[Fetcher]:
    made = Fetcher(user_agent="digest-tests", allowed_hosts=("127.0.0.1",), deadline_s=5)
    yield made
    made.close()


def source(
    server: RawServer, fetcher: Fetcher, *, full_text: str = "feed", path: str = "/feed.xml"
) -> FeedSource:
    return FeedSource(SourceKey("quay"), server.url + path, fetcher, zone=NAIROBI, full_text=full_text)


def crawl(made: FeedSource, memory: Memory | None = None) -> Collected:
    return made.collect(memory or Memory(), now=NOW)


def test_an_unchanged_feed_is_asked_with_its_validators_and_transfers_nothing(fetcher: Fetcher) -> None:
    pages_ = {"/feed.xml": answer(rss(item()), headers={"ETag": '"1"', "Last-Modified": "yesterday"})}

    with site(pages_) as server:
        first = crawl(source(server, fetcher))
        pages_["/feed.xml"] = answer(status="304 Not Modified")
        second = crawl(source(server, fetcher), first.memory)

    assert len(first.articles) == 1
    assert header_of(server.requests[1], "If-None-Match") == '"1"'
    assert header_of(server.requests[1], "If-Modified-Since") == "yesterday"
    assert second.is_unchanged
    assert second.articles == ()
    assert second.memory == first.memory


def test_the_same_bytes_are_unchanged_without_validators(fetcher: Fetcher) -> None:
    with site({"/feed.xml": answer(rss(item()))}) as server:
        first = crawl(source(server, fetcher))
        second = crawl(source(server, fetcher), first.memory)

    assert second.is_unchanged


def test_validators_belong_to_their_url(fetcher: Fetcher) -> None:
    with site(
        {"/feed.xml": answer(rss(item()), headers={"ETag": '"1"'}), "/new.xml": answer(rss(item()))}
    ) as server:
        first = crawl(source(server, fetcher))
        second = crawl(source(server, fetcher, path="/new.xml"), first.memory)

    assert header_of(server.requests[1], "If-None-Match") == ""
    assert len(second.articles) == 1


def test_a_date_too_far_ahead_is_looked_at_again(fetcher: Fetcher) -> None:
    soon = (NOW + timedelta(days=3)).strftime("%a, %d %b %Y %H:%M:%S GMT")

    with site({"/feed.xml": answer(rss(item(pubDate=soon)), headers={"ETag": '"1"'})}) as server:
        first = crawl(source(server, fetcher))
        second = source(server, fetcher).collect(first.memory, now=NOW + timedelta(days=2))

    assert first.articles[0].published is None
    assert second.articles[0].published == NOW + timedelta(days=3)


@pytest.mark.parametrize(
    ("whole", "said"),
    [
        pytest.param(answer(status="500 Oops"), "500", id="server error"),
        pytest.param(answer(status="404 Not Found"), "not there", id="not found"),
        pytest.param(answer(b"<html><body>Welcome</body></html>"), "web page", id="a page"),
        pytest.param(answer(b""), "empty", id="nothing"),
    ],
)
def test_a_failed_crawl_says_why_and_keeps_its_memory(fetcher: Fetcher, whole: bytes, said: str) -> None:
    memory = Memory({"etag": '"1"', "pages": "abc"})

    with site({"/feed.xml": whole}) as server:
        collected = crawl(source(server, fetcher), memory)

    assert collected.is_failed
    assert collected.articles == ()
    assert said in str(collected.problems[0])
    assert collected.memory == memory


def test_a_dead_host_is_a_failed_crawl(fetcher: Fetcher) -> None:
    with site({}) as server:
        pass

    assert crawl(source(server, fetcher)).is_failed


def test_a_lasting_move_is_reported(fetcher: Fetcher) -> None:
    with site({"/feed.xml": answer(status="301 Moved", headers={"Location": "/new.xml"}), "/new.xml": answer(rss(item()))}) as server:  # fmt: skip # noqa: E501
        collected = crawl(source(server, fetcher))

    assert len(collected.articles) == 1
    assert "moved for good" in str(collected.problems[0])


HTML = {"Content-Type": "text/html; charset=utf-8"}


def test_auto_fetches_the_page_of_a_teaser_only(fetcher: Fetcher) -> None:
    long = "".join(f"<p>{text}</p>" for text in sites.PARAGRAPHS)

    with site({"/ferry": answer(sites.semantic().encode(), headers=HTML)}) as server:
        items = (
            item(link=f"{server.url}/ferry", description="Back."),
            item(link=f"{server.url}/long", guid="2", content=long),
        )
        with site({"/feed.xml": answer(rss(*items))}) as feeds:
            teaser, whole = crawl(source(feeds, fetcher, full_text="auto")).articles

    assert [path_of(request) for request in server.requests] == ["/ferry"]
    assert teaser.paragraphs == sites.PARAGRAPHS
    assert [passage.heading for passage in teaser.passages] == ["", *sites.HEADINGS]
    assert (teaser.summary, teaser.title, teaser.byline) == ("Back.", "Ferry returns", "Ada Kamau")
    assert whole.paragraphs == sites.PARAGRAPHS


def test_a_page_is_fetched_once_and_again_when_the_feed_says_something_new(fetcher: Fetcher) -> None:
    with site({"/ferry": answer(sites.semantic().encode(), headers=HTML)}) as server:
        answers = {"/feed.xml": answer(rss(item(link=f"{server.url}/ferry", description="Back.")))}
        with site(answers) as feeds:
            made = source(feeds, fetcher, full_text="page")
            first = crawl(made)
            answers["/feed.xml"] = answer(
                rss(item(link=f"{server.url}/ferry", description="Back."), channel="<title>X</title>")
            )
            second = crawl(made, first.memory)
            answers["/feed.xml"] = answer(
                rss(item(link=f"{server.url}/ferry", description="Back, and late."))
            )
            third = crawl(made, second.memory)

    assert [len(each.articles) for each in (first, second, third)] == [1, 0, 1]
    assert len(server.requests) == 2


def test_a_page_that_failed_is_tried_again_and_the_summary_serves_meanwhile(fetcher: Fetcher) -> None:
    answers = {"/ferry": answer(status="503 Busy")}
    with (
        site(answers) as server,
        site({"/feed.xml": answer(rss(item(link=f"{server.url}/ferry", description="Back.")))}) as feeds,
    ):
        made = source(feeds, fetcher, full_text="page")
        first = crawl(made)
        answers["/ferry"] = answer(sites.semantic().encode(), headers=HTML)
        second = crawl(made, first.memory)

    assert [each.summary for each in first.articles] == ["Back."]
    assert "503" in str(first.problems[0])
    assert second.articles[0].paragraphs == sites.PARAGRAPHS


WALLS = {
    "en": "<title>Just a moment...</title><p>Verifying you are human. This may take a few seconds.</p>",
    "de": "<title>Bevor Sie weiterlesen</title><p>Wir und unsere Partner verwenden Cookies.</p>",
    "fr": "<title>Connexion</title><p>Connectez-vous pour lire la suite de cet article.</p>",
    "empty": "<title>Quay</title><div id='app'></div>",
}


@pytest.mark.parametrize("wall", WALLS)
def test_a_page_that_is_a_wall_is_asked_again_later(fetcher: Fetcher, wall: str) -> None:
    answers = {"/ferry": answer(WALLS[wall].encode(), headers=HTML)}
    with (
        site(answers) as server,
        site({"/feed.xml": answer(rss(item(link=f"{server.url}/ferry", description="Back.")))}) as feeds,
    ):
        made = source(feeds, fetcher, full_text="page")
        first = crawl(made)
        answers["/ferry"] = answer(sites.semantic().encode(), headers=HTML)
        second = crawl(made, first.memory)
        third = crawl(made, second.memory)

    assert [each.text for each in first.articles] == [""]
    assert first.articles[0].page_problem
    assert "own text stays" in " ".join(map(str, first.problems))
    assert second.articles[0].paragraphs == sites.PARAGRAPHS
    assert third.is_unchanged
    assert len(server.requests) == 2


def test_a_page_that_stays_a_wall_is_asked_three_times(fetcher: Fetcher) -> None:
    answers = {"/ferry": answer(WALLS["en"].encode(), headers=HTML)}
    with (
        site(answers) as server,
        site({"/feed.xml": answer(rss(item(link=f"{server.url}/ferry", description="Back.")))}) as feeds,
    ):
        made = source(feeds, fetcher, full_text="page")
        found = crawl(made)
        for _ in range(4):
            found = crawl(made, found.memory)

    assert found.is_unchanged
    assert len(server.requests) == 3


def test_a_page_that_is_gone_withdraws_its_article(fetcher: Fetcher) -> None:
    with (
        site({}) as server,
        site(
            {"/feed.xml": answer(rss(item(link=f"{server.url}/ferry", guid="f7", description="Back.")))}
        ) as feeds,
    ):
        collected = crawl(source(feeds, fetcher, full_text="page"))

    assert collected.articles == ()
    assert collected.gone == ("f7",)


def test_three_failures_in_a_row_leave_the_other_pages_for_another_day(fetcher: Fetcher) -> None:
    def act(connection: object, _: bytes) -> None:
        connection.sendall(answer(status="500 Oops"))  # type: ignore[attr-defined]

    with RawServer(act) as server:
        items = [
            item(link=f"{server.url}/{number}", guid=str(number), description="Back.")
            for number in range(10)
        ]
        with site({"/feed.xml": answer(rss(*items))}) as feeds:
            collected = crawl(source(feeds, fetcher, full_text="page"))

    assert len(server.requests) == 3
    assert len(collected.articles) == 10
    assert any("in a row" in str(problem) for problem in collected.problems)


def test_pages_of_old_articles_are_not_fetched(fetcher: Fetcher) -> None:
    with site({}) as server:
        old = item(link=f"{server.url}/old", description="Old.", pubDate="Wed, 04 Feb 2026 10:30:00 GMT")
        with site({"/feed.xml": answer(rss(old))}) as feeds:
            collected = crawl(source(feeds, fetcher, full_text="page"))

    assert server.requests == []
    assert [each.summary for each in collected.articles] == ["Old."]


def test_a_page_that_is_no_html_leaves_the_summary(fetcher: Fetcher) -> None:
    with site({"/ferry": answer(b"%PDF-1.7", headers={"Content-Type": "application/pdf"})}) as server:
        teaser = item(link=f"{server.url}/ferry", description="Back.")
        with site({"/feed.xml": answer(rss(teaser))}) as feeds:
            collected = crawl(source(feeds, fetcher, full_text="page"))

    assert [each.summary for each in collected.articles] == ["Back."]


def test_a_closing_paragraph_of_three_articles_is_left_out(fetcher: Fetcher) -> None:
    items = [
        item(guid=str(number), content=f"<p>{text}</p><p>Ring the bell at the pier for tickets.</p>")
        for number, text in enumerate(sites.PARAGRAPHS[:3])
    ]

    with site({"/feed.xml": answer(rss(*items))}) as server:
        collected = crawl(source(server, fetcher))

    assert [each.paragraphs for each in collected.articles] == [(text,) for text in sites.PARAGRAPHS[:3]]


def test_an_entry_that_comes_twice_is_one_article(fetcher: Fetcher) -> None:
    with site({"/feed.xml": answer(rss(item(guid="1"), item(guid="1", title="Later")))}) as server:
        collected = crawl(source(server, fetcher))

    assert [each.title for each in collected.articles] == ["Ferry returns"]


def test_credentials_reach_no_problem(fetcher: Fetcher) -> None:
    with site({}) as server:
        url = server.url.replace("http://", "http://ada:secret@") + "/feed?key=hidden"
        collected = crawl(FeedSource(SourceKey("quay"), url, fetcher, zone=NAIROBI))

    said = " ".join(map(str, collected.problems))
    assert "secret" not in said
    assert "hidden" not in said


@pytest.mark.parametrize("path", ["/feed.xml", "/feed.json", "/missing"])
def test_http_feeds_keep_the_source_contract(fetcher: Fetcher, path: str) -> None:
    feeds = {
        "/feed.xml": answer(rss(item(), item(guid="2", content=sites.semantic()), item(link=""))),
        "/feed.json": answer(json_feed({"url": "/a", "title": "A"}, {"id": "b"}, 7)),
    }

    with site(feeds) as server:
        check_source(lambda: source(server, fetcher, full_text="auto", path=path), now=NOW)
        check_source(
            lambda: JsonFeedSource(SourceKey("j"), server.url + path, fetcher, zone=NAIROBI), now=NOW
        )
