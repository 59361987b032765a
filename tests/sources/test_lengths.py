"""Texts of unusual length through expressions of our own: each is read in about its length.

Nothing here is more than a plain long text to any other parser.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from digest.sources.pages import extraction
from digest.sources.pages.cleaning import clean_summary
from digest.sources.pages.metadata import read_metadata
from digest.sources.text import fields
from digest.sources.text.markup import parse_page, read_html
from tests.sources import sites
from tests.sources.feeds import NAIROBI, NOW, URL, articles, item, rss

pytestmark = pytest.mark.timeout(600)

N = 150_000
FERRY = item()
DECLARED = '<?xml version="1.0"?>'

FEEDS = [
    pytest.param(lambda: rss(FERRY, head="<!---->" * 60 + "&" + DECLARED), id="comments before the feed"),
    pytest.param(
        lambda: rss(FERRY, head=DECLARED + "<!-- a -->" * 60), id="comments after the declaration"
    ),
    pytest.param(lambda: rss(FERRY, head="<?xml" + " " * N + "?>"), id="a wide declaration"),
    pytest.param(
        lambda: rss(item(more=f"<content:encoded>{sites.LEAD} {'...' * N}x</content:encoded>")), id="dots"
    ),
    pytest.param(
        lambda: rss(
            FERRY, "<item/>" * 5000, channel=f"<title>{'Quay ' * N}</title><language>{'en-' * N}</language>"
        ),
        id="a title that every entry takes over",
    ),
]


@pytest.mark.parametrize("body", FEEDS)
def test_a_feed_of_unusual_length_is_read_to_its_end(body: Callable[[], bytes]) -> None:
    assert articles(body())[0].title == "Ferry returns"


def _paragraphs(body: str) -> int:
    page = f"<html><head><title>Ferry</title></head><body>{body}</body></html>"
    return len(extraction.extract(page, url=URL, zone=NAIROBI, now=NOW).passages)


def _byline(body: str) -> str:
    root = parse_page(f"<html><body>{body}</body></html>")
    return "" if root is None else read_metadata(root, URL).byline


@pytest.mark.parametrize(
    ("read", "found"),
    [
        pytest.param(lambda: len(read_html(f"<p>{'word<br>' * 60_000}</p>")), 1, id="single breaks"),
        pytest.param(lambda: fields.clean_byline("1" * N), "", id="a byline of digits"),
        pytest.param(lambda: clean_summary("Back." + " " * N + "x")[:5], "Back.", id="a summary of spaces"),
        pytest.param(
            lambda: _byline('<div class="author">' * 200 + "x " * N + "</div>" * 200),
            "",
            id="bylines in bylines",
        ),
        pytest.param(
            lambda: _paragraphs(
                f'<script type="application/ld+json">]]>{" " * N}x</script><p>{sites.LEAD}</p>'
            ),
            1,
            id="JSON-LD of spaces",
        ),
    ],
)
def test_a_text_of_unusual_length_is_read_to_its_end(read: Callable[[], object], found: object) -> None:
    assert read() == found
