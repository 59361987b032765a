"""Feed lists of other readers become sources that load."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import BadData
from digest.settings import load, opml, scaffold
from digest.settings.opml import ListedFeed

LIST = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Mine</title></head><body>
<outline text="News"><outline type="rss" text="Quay &quot;Courier&quot; \\ daily" xmlUrl="https://quay.example/feed.xml"/>
<outline type="rss" title="Same feed" xmlUrl="https://quay.example/feed.xml"/></outline>
<outline text="Old" xmlUrl="http://old.example/rss"/>
<outline text="By query" xmlURL="https://cms.example/feed?id=1"/>
<outline text="By query, too" xmlUrl="feed://cms.example/feed?id=2"/>
<outline text="No feed" htmlUrl="https://quay.example/"/><outline text="Not web" xmlUrl="ftp://x.example/a"/>
</body></opml>"""


def config_of(feeds: tuple[ListedFeed, ...]) -> str:
    key = "kQ3-vZ8xT1mB6nR0wY5uJ2pL9sD4fG7h"
    return scaffold.files(
        secret_key=key, before=datetime(2026, 3, 4, tzinfo=UTC), timezone=ZoneInfo("UTC"), feeds=feeds
    )[scaffold.CONFIG]


def loaded_urls(folder: Path, feeds: tuple[ListedFeed, ...]) -> list[str]:
    path = folder / "digest.toml"
    path.write_text(config_of(feeds), encoding="utf-8")
    sources = load(path, environ={}).settings.newsletters["morning"].sources
    return [one.url.get_secret_value() for one in sources if one.kind == "feed"]  # type: ignore[union-attr]


def test_each_feed_comes_once_under_its_first_name() -> None:
    feeds = opml.read(LIST, "list.opml")

    assert [(feed.url, feed.publisher) for feed in feeds] == [
        ("https://quay.example/feed.xml", 'Quay "Courier" \\ daily'),
        ("http://old.example/rss", "Old"),
        ("https://cms.example/feed?id=1", "By query"),
        ("https://cms.example/feed?id=2", "By query, too"),
    ]


def test_a_new_folder_with_a_list_loads_as_it_stands(tmp_path: Path) -> None:
    feeds = opml.read(LIST, "list.opml")

    assert loaded_urls(tmp_path, feeds) == [feed.url for feed in feeds if feed.is_secure]
    assert "http://old.example/rss" in config_of(feeds)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no OPML"),
        (b"<html></html>", "no OPML"),
        (b"plain", "no OPML"),
        (b"<opml><body><outline text='x'/></body></opml>", "names no feed"),
        (b"<opml>" + b" " * opml.MAX_BYTES, "bigger"),
    ],
)
def test_what_is_no_list_says_what_to_do(content: bytes, said: str) -> None:
    with pytest.raises(BadData, match=said):
        opml.read(content, "list.opml")


def test_entities_are_inert() -> None:
    outside = b'<!DOCTYPE o [<!ENTITY a SYSTEM "file:///etc/passwd">]><opml><outline text="&a;" xmlUrl="https://q.example/"/></opml>'

    assert "root" not in str(opml.read(outside, "list.opml"))


def _listed(outline: str, head: str = "") -> str:
    return f'{head}<opml version="2.0"><body><outline text="News">{outline}</outline></body></opml>'


@pytest.mark.parametrize(
    "address",
    ["feed/https://q.example/f", "itpc://q.example/f", "pcast://q.example/f", "feeds://q.example/f"],
)
def test_what_feed_readers_call_an_address_is_one(address: str) -> None:
    found = opml.read(_listed(f'<outline text="Quay" xmlUrl="{address}"/>').encode(), "list.opml")

    assert found == (ListedFeed("https://q.example/f", "Quay"),)


@pytest.mark.parametrize(
    ("text", "publisher"),
    [("Caf&eacute; Quay", "Café Quay"), ("A &amp;amp; B", "A & B"), ("https://q.example/f", "")],
)
def test_a_feed_is_called_as_people_call_it(text: str, publisher: str) -> None:
    found = opml.read(_listed(f'<outline text="{text}" xmlUrl="https://q.example/f"/>').encode(), "l")

    assert found == (ListedFeed("https://q.example/f", publisher),)


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(lambda text: gzip.compress(text.encode()), id="packed"),
        pytest.param(lambda text: text.encode("cp1252"), id="Windows, undeclared"),
        pytest.param(
            lambda text: b"<br />\n<b>Notice</b>: x in <b>/a</b>\n" + text.encode(), id="a notice"
        ),
    ],
)
def test_a_list_is_read_as_servers_give_it(written: Callable[[str], bytes]) -> None:
    text = _listed('<outline text="Café" xmlUrl="https://q.example/f"/>')

    assert opml.read(written(text), "list.opml") == (ListedFeed("https://q.example/f", "Café"),)


def test_a_packed_list_of_too_much_is_refused() -> None:
    with pytest.raises(BadData, match="bigger"):
        opml.read(gzip.compress(b" " * (opml.MAX_BYTES + 10)), "list.opml")


@settings(deadline=None, max_examples=60, derandomize=True)
@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=12)), min_size=1, max_size=3))
def test_any_names_and_addresses_give_a_configuration_that_loads(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    outlines = [
        f'<outline xmlUrl="https://q.example/{_attribute(path)}" text="{_attribute(name)}"/>'
        for path, name in rows
    ]
    content = f"<opml><body>{''.join(outlines)}</body></opml>".encode("utf-8", "replace")
    try:
        feeds = opml.read(content, "list.opml")
    except BadData:
        return

    assert loaded_urls(tmp_path_factory.mktemp("opml"), feeds) == [feed.url for feed in feeds]


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
