"""Ghost over real HTTP, in the shape that Ghost 5 answers in."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import SourceKey
from digest.ports import Collected, Memory
from digest.sources.ghost import GhostSource, parse_posts, posts_address
from digest.sources.web.fetching import Fetched, Fetcher
from digest.testing import check_source
from tests.sources import sites
from tests.sources.feeds import NAIROBI, NOW
from tests.sources.servers import Act, RawServer, answer, path_of, site
from tests.sources.test_wordpress import json_values

KEY = "22444f78447824223cefc48062"


@pytest.fixture(scope="module")
def fetcher() -> Iterator[Fetcher]:
    made = Fetcher(user_agent="digest-tests", allowed_hosts=("127.0.0.1",), deadline_s=5)
    yield made
    made.close()


def post(number: int, **more: object) -> dict[str, object]:
    """Return a post as `/ghost/api/content/posts/` gives it."""
    return {
        "id": f"65f{number}",
        "uuid": f"a3f1c2d4-0000-4000-8000-00000000000{number}",
        "title": f"Ferry {number} returns",
        "slug": f"ferry-{number}",
        "html": f"<p>{sites.LEAD}</p><h2>Then</h2><p>{number}: {sites.CLOSING}</p>",
        "feature_image": "https://quay.example/content/images/boat.jpg",
        "feature_image_alt": "A boat at the quay",
        "feature_image_caption": "<span>Photo: B. Otieno</span>",
        "updated_at": "2026-03-04T12:00:00.000+03:00",
        "published_at": "2026-03-04T10:30:00.000+03:00",
        "custom_excerpt": None,
        "excerpt": "The boat is back.",
        "url": f"https://quay.example/ferry-{number}/",
        "access": True,
        "authors": [{"name": "Ada Kamau"}, {"name": "Ben Otieno"}],
        "tags": [
            {"name": "Sea", "visibility": "public"},
            {"name": "#front", "visibility": "internal"},
        ],
        **more,
    }


def ghost(posts: list[dict[str, object]], per_page: int = 2) -> Act:
    def act(connection: object, request: bytes) -> None:
        parts = urlsplit(path_of(request))
        asked = dict(parse_qsl(parts.query))
        number, total = int(asked.get("page", "1")), -(-len(posts) // per_page)
        if parts.path != "/ghost/api/content/posts/":
            whole = answer(b"nothing here", status="404 Not Found")
        elif asked.get("key") != KEY:
            error = {"errors": [{"message": "Unknown Content API Key", "type": "UnauthorizedError"}]}
            whole = answer(json.dumps(error).encode(), status="401 Unauthorized")
        else:
            following = number + 1 if number < total else None
            body = {
                "posts": posts[(number - 1) * per_page : number * per_page],
                "meta": {"pagination": {"page": number, "pages": total, "next": following}},
            }
            whole = answer(json.dumps(body).encode(), headers={"Content-Type": "application/json"})
        connection.sendall(whole)  # type: ignore[attr-defined]

    return act


def collect(
    server: RawServer, fetcher: Fetcher, *, key: str = KEY, memory: Memory | None = None
) -> Collected:
    made = GhostSource(SourceKey("quay"), server.url, key, fetcher, zone=NAIROBI, full_text="feed")
    return made.collect(memory or Memory(), now=NOW)


def test_a_post_becomes_an_article(fetcher: Fetcher) -> None:
    with RawServer(ghost([post(7)])) as server:
        (found,) = collect(server, fetcher).articles

    assert (found.title, found.byline) == ("Ferry 7 returns", "Ada Kamau, Ben Otieno")
    assert found.published == datetime(2026, 3, 4, 7, 30, tzinfo=UTC)
    assert found.updated == datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
    assert (found.summary, found.tags) == ("The boat is back.", ("Sea",))
    assert [passage.heading for passage in found.passages] == ["", "Then"]
    assert found.image is not None
    assert (found.image.alt, found.image.credit) == ("A boat at the quay", "Photo: B. Otieno")


def test_every_page_is_read(fetcher: Fetcher) -> None:
    with RawServer(ghost([post(number) for number in range(5)])) as server:
        found = collect(server, fetcher)

    assert len(found.articles) == 5
    assert len(server.requests) == 3


def test_a_later_crawl_asks_for_changes_only(fetcher: Fetcher) -> None:
    with RawServer(ghost([post(1)])) as server:
        first = collect(server, fetcher)
        second = collect(server, fetcher, memory=first.memory)
        third = collect(server, fetcher, memory=second.memory)

    asked = dict(parse_qsl(urlsplit(path_of(server.requests[-1])).query))
    assert asked["filter"] == "updated_at:>='2026-03-03 07:00:00'"
    assert third.is_unchanged


def test_a_wrong_key_says_where_to_make_one_and_the_key_is_nowhere(
    fetcher: Fetcher, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), RawServer(ghost([post(1)])) as server:
        refused = collect(server, fetcher, key="wrong-word")
        taken = collect(server, fetcher)

    assert refused.is_failed
    assert "Integrations" in refused.problems[0].what
    told = f"{caplog.text} {refused.problems} {taken.problems} {taken.memory}"
    assert "wrong-word" not in told
    assert KEY not in told


def test_a_later_page_that_fails_keeps_the_key_out_too(
    fetcher: Fetcher, caplog: pytest.LogCaptureFixture
) -> None:
    whole = ghost([post(number) for number in range(5)])

    def act(connection: object, request: bytes) -> None:
        if b"page=2" in request.partition(b"\r\n")[0]:
            connection.sendall(answer(status="500 Oh no"))  # type: ignore[attr-defined]
        else:
            whole(connection, request)  # type: ignore[arg-type]

    with caplog.at_level(logging.DEBUG), RawServer(act) as server:
        found = collect(server, fetcher)

    assert len(found.articles) == 2
    assert KEY not in f"{caplog.text} {found.problems} {found.memory}"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<!doctype html>", "a web page"),
        (b"nothing", "no JSON"),
        (b'{"errors": [{"message": "Too many of you."}]}', "Too many of you."),
        (b'{"posts": []}', "holds no articles"),
        (b'{"posts": [3]}', "no JSON object"),
    ],
)
def test_an_answer_without_posts_says_so(fetcher: Fetcher, body: bytes, said: str) -> None:
    with RawServer(lambda connection, _: connection.sendall(answer(body))) as server:
        found = collect(server, fetcher)

    assert said in found.problems[0].what


@pytest.mark.parametrize(
    "url",
    [
        "https://quay.example",
        "https://quay.example/ghost/",
        "https://quay.example/ghost/#/dashboard",
        "https://quay.example/ghost/api/content/",
    ],
)
def test_any_address_of_the_site_leads_to_its_posts(url: str) -> None:
    assert urlsplit(posts_address(url, KEY, NOW)).path == "/ghost/api/content/posts/"


def test_a_wrong_path_says_what_to_give(fetcher: Fetcher) -> None:
    with site({}) as server:
        found = collect(server, fetcher)

    assert "address of the site" in found.problems[0].what


def test_the_source_keeps_its_promises(fetcher: Fetcher) -> None:
    with RawServer(ghost([post(1), post(2)])) as server:
        check_source(
            lambda: GhostSource(SourceKey("quay"), server.url, KEY, fetcher, zone=NAIROBI), now=NOW
        )


names = st.sampled_from(
    ["url", "title", "html", "tags", "authors", "published_at", "uuid", "feature_image"]
)


@settings(deadline=None, max_examples=100, derandomize=True)
@given(st.lists(st.dictionaries(names, json_values, max_size=8) | json_values, max_size=4), json_values)
def test_no_answer_raises(posts: list[object], meta: object) -> None:
    body = json.dumps({"posts": posts, "meta": meta}).encode()
    parse_posts(Fetched("https://quay.example/", 200, body), "quay")
