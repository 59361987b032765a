"""WordPress over real HTTP, in the shape that WordPress 6 answers in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import SourceKey
from digest.ports import Collected, Memory
from digest.sources.web.fetching import Fetched, Fetcher
from digest.sources.wordpress import WordPressSource, parse_posts, posts_address
from digest.testing import check_source
from tests.sources import sites
from tests.sources.feeds import NAIROBI, NOW
from tests.sources.servers import Act, RawServer, answer, path_of

SINCE = datetime(2026, 3, 1, 6, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def fetcher() -> Iterator[Fetcher]:
    made = Fetcher(user_agent="digest-tests", allowed_hosts=("127.0.0.1",), deadline_s=5)
    yield made
    made.close()


def post(number: int, **more: object) -> dict[str, object]:
    """Return a post as `/wp-json/wp/v2/posts?_embed` gives it."""
    return {
        "id": number,
        "date": "2026-03-04T10:30:00",
        "date_gmt": "2026-03-04T07:30:00",
        "guid": {"rendered": f"https://quay.example/?p={number}"},
        "modified_gmt": "2026-03-04T09:00:00",
        "status": "publish",
        "link": f"https://quay.example/2026/03/ferry-{number}/",
        "title": {"rendered": f"Ferry &#8216;{number}&#8217; returns"},
        "content": {"rendered": f"<p>{sites.LEAD}</p><h2>Then</h2><p>{number}: {sites.CLOSING}</p>"},
        "excerpt": {"rendered": "<p>The boat is back [&hellip;]</p>\n"},
        "_links": {"self": [{"href": f"https://quay.example/wp-json/wp/v2/posts/{number}"}]},
        "_embedded": {
            "author": [{"id": 3, "name": "Ada Kamau", "link": "https://quay.example/author/ada/"}],
            "wp:featuredmedia": [
                {
                    "source_url": "https://quay.example/wp-content/uploads/boat.jpg",
                    "alt_text": "A boat at the quay",
                    "media_details": {"width": 1600, "height": 900, "image_meta": {"credit": "B. Otieno"}},
                }
            ],
            "wp:term": [
                [{"taxonomy": "category", "name": "Sea &amp; shore", "slug": "sea"}],
                [{"taxonomy": "post_tag", "name": "Ferries", "slug": "ferries"}],
                [{"taxonomy": "category", "name": "Uncategorized", "slug": "uncategorized"}],
            ],
        },
        **more,
    }


def wordpress(posts: list[dict[str, object]], per_page: int = 2) -> Act:
    """Serve posts page by page, as WordPress does."""

    def act(connection: object, request: bytes) -> None:
        parts = urlsplit(path_of(request))
        number = int(dict(parse_qsl(parts.query)).get("page", "1"))
        total = -(-len(posts) // per_page)
        if parts.path != "/wp-json/wp/v2/posts":
            whole = answer(b'{"code":"rest_no_route"}', status="404 Not Found")
        elif number > max(1, total):
            whole = answer(b'{"code":"rest_post_invalid_page_number"}', status="400 Bad Request")
        else:
            body = json.dumps(posts[(number - 1) * per_page : number * per_page]).encode()
            headers = {"Content-Type": "application/json", "X-WP-TotalPages": str(total)}
            whole = answer(body, headers=headers)
        connection.sendall(whole)  # type: ignore[attr-defined]

    return act


def collect(server: RawServer, fetcher: Fetcher, path: str = "", memory: Memory | None = None) -> Collected:
    made = WordPressSource(
        SourceKey("quay"), server.url + path, fetcher, zone=NAIROBI, full_text="feed", language="en"
    )
    return made.collect(memory or Memory(), now=NOW)


def test_a_post_becomes_an_article(fetcher: Fetcher) -> None:
    with RawServer(wordpress([post(7)])) as server:
        (found,) = collect(server, fetcher).articles

    assert (found.title, found.byline, found.language) == ("Ferry ‘7’ returns", "Ada Kamau", "en")
    assert found.url == "https://quay.example/2026/03/ferry-7/"
    assert found.guid == "https://quay.example/?p=7"
    assert found.published == datetime(2026, 3, 4, 7, 30, tzinfo=UTC)
    assert found.updated == datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
    assert found.summary == "The boat is back…"
    assert [passage.heading for passage in found.passages] == ["", "Then"]
    assert found.tags == ("Sea & shore", "Ferries")
    assert found.image is not None
    assert (found.image.alt, found.image.width, found.image.height) == ("A boat at the quay", 1600, 900)
    assert found.image.credit == "B. Otieno"


def test_every_page_is_read_and_none_beyond_the_last(fetcher: Fetcher) -> None:
    with RawServer(wordpress([post(number) for number in range(5)])) as server:
        found = collect(server, fetcher)

    assert [one.guid[-1] for one in found.articles] == list("01234")
    assert found.problems == ()
    assert len(server.requests) == 3


def test_pages_of_old_posts_only_are_the_end(fetcher: Fetcher) -> None:
    old = {"date_gmt": "2025-11-04T07:30:00", "modified_gmt": "2025-11-04T07:30:00"}

    with RawServer(wordpress([post(1), *(post(number, **old) for number in range(2, 9))])) as server:
        found = collect(server, fetcher)

    assert len(server.requests) == 2
    assert len(found.articles) == 4


def test_a_later_crawl_asks_for_changes_only_and_an_unchanged_day_reads_one_page(fetcher: Fetcher) -> None:
    with RawServer(wordpress([post(number) for number in range(3)])) as server:
        first = collect(server, fetcher)
        second = collect(server, fetcher, memory=first.memory)
        before = len(server.requests)
        third = collect(server, fetcher, memory=second.memory)

    asked = dict(parse_qsl(urlsplit(path_of(server.requests[-1])).query))
    assert asked["modified_after"] == "2026-03-03T07:00:00"
    assert third.is_unchanged
    assert len(server.requests) == before + 1


def test_drafts_and_posts_behind_a_password_are_left_out() -> None:
    protected = post(2, content={"rendered": "", "protected": True})
    body = json.dumps([post(1, status="draft"), protected, post(3)]).encode()

    (entry,) = parse_posts(Fetched("https://quay.example/", 200, body), "quay").entries

    assert entry.guid.endswith("3")


def test_a_post_without_a_gmt_date_is_read_in_the_source_s_zone(fetcher: Fetcher) -> None:
    bare = post(1, date_gmt="0000-00-00T00:00:00", modified_gmt="")

    with RawServer(wordpress([bare])) as server:
        (found,) = collect(server, fetcher).articles

    assert found.published == datetime(2026, 3, 4, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("401 Unauthorized", "closed to visitors"),
        ("403 Forbidden", "plug-in"),
        ("404 Not Found", "site's own address"),
        ("400 Bad Request", "4.7"),
    ],
)
def test_a_refusal_says_what_to_do(fetcher: Fetcher, status: str, said: str) -> None:
    with RawServer(lambda connection, _: connection.sendall(answer(b"{}", status=status))) as server:
        found = collect(server, fetcher)

    assert found.is_failed
    assert said in found.problems[0].what


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<!doctype html><html></html>", "a web page"),
        (b"", "no JSON"),
        (b'{"code": "rest_disabled", "message": "REST is off."}', "REST is off."),
        (b"[]", "holds no articles"),
        (b"[3]", "no JSON object"),
    ],
)
def test_an_answer_without_posts_says_so(fetcher: Fetcher, body: bytes, said: str) -> None:
    with RawServer(lambda connection, _: connection.sendall(answer(body))) as server:
        found = collect(server, fetcher)

    assert said in found.problems[0].what
    assert found.articles == ()


def test_a_page_that_fails_loses_no_other_and_is_asked_again(fetcher: Fetcher) -> None:
    whole = wordpress([post(number) for number in range(5)])

    def act(connection: object, request: bytes) -> None:
        if b"page=2" in request.partition(b"\r\n")[0]:
            connection.sendall(answer(status="500 Oh no"))  # type: ignore[attr-defined]
        else:
            whole(connection, request)  # type: ignore[arg-type]

    with RawServer(act) as server:
        found = collect(server, fetcher)

    assert len(found.articles) == 2
    assert "500" in found.problems[0].what
    assert "newest" not in found.memory.notes
    assert "digest" not in found.memory.notes


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://quay.example", "/wp-json/wp/v2/posts"),
        ("https://quay.example/", "/wp-json/wp/v2/posts"),
        ("https://quay.example/news/", "/news/wp-json/wp/v2/posts"),
        ("https://quay.example/wp-json/", "/wp-json/wp/v2/posts"),
        ("https://quay.example/wp-json/wp/v2", "/wp-json/wp/v2/posts"),
        ("https://quay.example/wp-json/wp/v2/reports", "/wp-json/wp/v2/reports"),
    ],
)
def test_any_address_of_the_site_leads_to_its_posts(url: str, path: str) -> None:
    assert urlsplit(posts_address(url, SINCE)).path == path


def test_plain_permalinks_are_asked_by_route() -> None:
    parts = urlsplit(posts_address("https://quay.example/?rest_route=/&categories=4", SINCE))

    asked = dict(parse_qsl(parts.query))
    assert (asked["rest_route"], asked["categories"], asked["orderby"]) == ("/wp/v2/posts", "4", "modified")


def test_the_source_keeps_its_promises(fetcher: Fetcher) -> None:
    with RawServer(wordpress([post(1), post(2)])) as server:
        check_source(lambda: WordPressSource(SourceKey("quay"), server.url, fetcher, zone=NAIROBI), now=NOW)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
names = st.sampled_from(["link", "title", "content", "_embedded", "excerpt", "date_gmt", "status", "guid"])


@settings(deadline=None, max_examples=100, derandomize=True)
@given(st.lists(st.dictionaries(names, json_values, max_size=8) | json_values, max_size=4))
def test_no_answer_raises(posts: list[object]) -> None:
    parse_posts(Fetched("https://quay.example/", 200, json.dumps(posts).encode()), "quay")
