from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.sources.entries import read_entry
from digest.sources.jsonfeed import parse_json_feed
from digest.sources.web.fetching import Fetched
from tests.sources import sites
from tests.sources.feeds import NOW, PROFILE


def feed(*items: object, **more: object) -> bytes:
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "Quay", "items": items, **more}
    ).encode()


def parse(body: bytes):  # type: ignore[no-untyped-def]
    return parse_json_feed(Fetched("https://quay.example/feed.json", 200, body), "feed.json")


def test_an_item_becomes_an_article() -> None:
    item = {
        "id": 7,
        "url": "/ferry",
        "title": "Ferry &amp; goat",
        "content_html": f"<p>{sites.LEAD}</p><h2>Then</h2><p>{sites.CLOSING}</p>",
        "summary": "It is back.",
        "date_published": "2026-03-04T10:30:00+03:00",
        "date_modified": "2026-03-04T11:30:00+03:00",
        "authors": [{"name": "Ada Kamau"}, {"name": "Ben Otieno"}],
        "tags": ["Sea", 5, "sea"],
        "image": "boat.jpg",
        "language": "en-GB",
    }

    found = read_entry(parse(feed(item)).entries[0], PROFILE, now=NOW).article

    assert found is not None
    assert (found.url, found.guid, found.title) == ("https://quay.example/ferry", "7", "Ferry & goat")
    assert found.paragraphs == (sites.LEAD, sites.CLOSING)
    assert found.published == datetime(2026, 3, 4, 7, 30, tzinfo=UTC)
    assert found.updated == datetime(2026, 3, 4, 8, 30, tzinfo=UTC)
    assert (found.byline, found.tags, found.language) == ("Ada Kamau, Ben Otieno", ("Sea",), "en-gb")
    assert found.image is not None
    assert found.image.url == "https://quay.example/boat.jpg"


def test_version_1_authors_and_plain_text_are_read() -> None:
    (entry,) = parse(
        feed({"id": "https://quay.example/a", "content_text": "One.\n\nTwo."}, author={"name": "Ada"})
    ).entries

    assert entry.url == "https://quay.example/a"
    assert entry.byline == "Ada"
    assert [block.text for block in entry.blocks] == ["One.", "Two."]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "no JSON"),
        (b"<rss/>", 'kind = "feed"'),
        (b"{", "no JSON"),
        (b"[]", "no JSON Feed"),
        (b'{"items": 7}', "no JSON Feed"),
        (b"[[[", "no JSON"),
    ],
    ids=["empty", "RSS", "broken", "list", "no items", "never closed"],
)
def test_what_is_no_json_feed_says_what_to_do(body: bytes, said: str) -> None:
    assert said in parse(body).failure


def test_bad_items_are_problems_and_the_others_are_kept() -> None:
    found = parse(feed(7, {"url": "https://quay.example/a", "title": "A"}, None))

    assert [entry.title for entry in found.entries] == ["A"]
    assert [problem.where for problem in found.problems] == ["feed.json, item 1", "feed.json, item 3"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda each: st.lists(each, max_size=3)
)
NAMES = st.sampled_from(["id", "url", "title", "content_html", "content_text", "date_published", "authors", "author", "tags", "image", "attachments", "language", "summary"])  # fmt: skip # noqa: E501


@given(st.dictionaries(NAMES, JSON | st.dictionaries(st.sampled_from(["name", "url", "mime_type"]), JSON)))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_no_item_raises(item: dict[str, object]) -> None:
    for entry in parse(feed(item)).entries:
        read_entry(entry, PROFILE, now=NOW)
