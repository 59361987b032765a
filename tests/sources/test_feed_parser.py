"""Each bound of feedparser's, crossed by a small feed: ours cuts it, and what was good is kept.

No feed here asks more of a parser than any day's feed does; the bounds are made small instead.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest

from digest.sources import feed_parser
from digest.sources.feed import parse_feed
from digest.sources.feed_parser import SHIPPED, Bounds
from digest.sources.web.fetching import Fetched
from tests.sources.feeds import URL, article, articles, item, parsed, rss

Look = Callable[[Any, Any], object]
"""What to look at: the feed and its first entry."""

BROKEN = "<item><title>Goats <b></title></item>"
"""An entry that is no well-formed XML, so that the loose parser reads the whole feed."""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Ferry returns</title>
<link href="https://quay.example/ferry"/><author><name>Ada Kamau</name></author></entry></feed>"""
SONGS = '<a xmlns:one="urn:one"/><two:song xmlns:two="urn:two">Ahoy</two:song>'
CREATOR = '<a xmlns:one="urn:one"/><d:creator xmlns:d="http://purl.org/dc/elements/1.1/">Ada</d:creator>'
TAGS = "".join(f"<category>{name}</category>" for name in ("port", "sea", "ferry"))
PHOTO = '<enclosure url="https://quay.example/a.png" length="7" type="image/png"/>'
ENTITY = '<?xml version="1.0"?>\n<!DOCTYPE rss [\n<!ENTITY quay "Quay">\n]>'
LATIN = '<?xml version="1.0" encoding="iso-8859-1"?>'


def _from(item_fields: str = "", **channel: str) -> bytes:
    return rss(item(more=item_fields), **channel)


def _loosely(body: bytes) -> bytes:
    return body.replace(b"</channel>", BROKEN.encode() + b"</channel>")


def _based(path: str) -> bytes:
    body = rss(item(link="ferry"))
    return body.replace(b"<channel>", f'<channel xml:base="https://quay.example/{path}/">'.encode())


def _spoken(tag: str) -> bytes:
    return _from().replace(b"<rss ", f'<rss xml:lang="{tag}" '.encode())


def _entry(name: str) -> Look:
    return lambda _, entry: entry.get(name)


def _tags(_: object, entry: Any) -> object:
    return [tag["term"] for tag in entry["tags"]]


def _enclosure(_: object, entry: Any) -> object:
    return entry["links"][-1].get("type")


CUT = [
    pytest.param(
        _from("<author>Ada 12345678</author>"),
        Bounds(name=7),
        _entry("author"),
        "Ada ",
        "Ada 12345678",
        id="an endless name",
    ),
    pytest.param(
        ATOM.encode(),
        Bounds(named=3),
        _entry("author"),
        "Ada",
        "Ada Kamau",
        id="all that an author's element says",
    ),
    pytest.param(_from(TAGS), Bounds(tags=2), _tags, ["port", "sea"], ["port", "sea", "ferry"], id="tags"),
    pytest.param(_from(PHOTO), Bounds(attributes=2), _enclosure, None, "image/png", id="attributes"),
    pytest.param(
        _loosely(_from(PHOTO)),
        Bounds(attributes=2),
        _enclosure,
        None,
        "image/png",
        id="attributes, read loosely",
    ),
    pytest.param(_from(SONGS), Bounds(namespaces=4), _entry("two_song"), None, "Ahoy", id="namespaces"),
    pytest.param(
        _loosely(_from(CREATOR)),
        Bounds(namespaces=4),
        _entry("author"),
        None,
        "Ada",
        id="namespaces, read loosely",
    ),
    pytest.param(
        _based("town"),
        Bounds(base=10),
        _entry("link"),
        "ferry",
        "https://quay.example/town/ferry",
        id="a base",
    ),
    pytest.param(
        _loosely(_based("town")),
        Bounds(base=10),
        _entry("link"),
        "ferry",
        "https://quay.example/town/ferry",
        id="a base, read loosely",
    ),
    pytest.param(
        _spoken("en-KE"),
        Bounds(language=3),
        lambda feed, _: feed.get("language"),
        None,
        "en-KE",
        id="a language",
    ),
    pytest.param(
        _from("<mood>&quay;</mood>", head=ENTITY),
        Bounds(head=30),
        _entry("mood"),
        "&quay;",
        "Quay",
        id="a head and its entities",
    ),
    pytest.param(
        _from("<mood>Fähre</mood>", head=LATIN).decode().encode("latin-1"),
        Bounds(encoding=5),
        _entry("mood"),
        "F\N{REPLACEMENT CHARACTER}hre",
        "Fähre",
        id="an encoding's name",
    ),
    pytest.param(
        _loosely(_from("<mood>&#8364;</mood>")),
        Bounds(character=1000),
        _entry("mood"),
        "\N{REPLACEMENT CHARACTER}",
        "€",
        id="a character's number",
    ),
    pytest.param(
        _loosely(_from("<mood>&#x20AC;</mood>")),
        Bounds(character=1000),
        _entry("mood"),
        "\N{REPLACEMENT CHARACTER}",
        "€",
        id="the same in base 16",
    ),
]


@pytest.mark.parametrize(("body", "small", "look", "cut", "whole"), CUT)
def test_our_bound_cuts_what_crosses_it_and_the_entry_stays(
    body: bytes, small: Bounds, look: Look, cut: object, whole: object
) -> None:
    bounded, shipped = feed_parser.parse(body, "", small), feed_parser.parse(body, "")

    assert look(bounded.feed, bounded.entries[0]) == cut
    assert look(shipped.feed, shipped.entries[0]) == whole
    assert bounded.entries[0]["title"] == shipped.entries[0]["title"] == "Ferry returns"


def test_every_bound_is_crossed_here() -> None:
    crossed = {
        each.name
        for case in CUT
        for each in fields(Bounds)
        if getattr(case.values[1], each.name) != getattr(SHIPPED, each.name)
    }

    assert crossed == {each.name for each in fields(Bounds)}


def test_what_stands_around_an_endless_name_stays() -> None:
    endless = "1" * (SHIPPED.name + 1)

    assert article(rss(item(author=f"Ada Kamau {endless}"))).byline == "Ada Kamau"


def test_an_author_element_longer_than_a_name_keeps_its_address_out() -> None:
    author = "ada@quay.example (" + "Ada Kamau, " * 12 + "Ben Otieno)"

    assert article(rss(item(author=author))).byline.endswith("Ben Otieno")


def test_an_entry_has_no_more_tags_than_the_bound() -> None:
    tags = "".join(f"<category>c{number}</category>" for number in range(SHIPPED.tags + 5))

    assert len(article(rss(item(more=tags))).tags) == SHIPPED.tags


@pytest.mark.parametrize(
    ("pieces", "left"),
    [
        pytest.param([" ", "\n", " ", "Back."], [" ", "Back."], id="blank ones before text"),
        pytest.param([" ", " "], [" "], id="nothing but blank ones"),
        pytest.param(["Back.", " ", " "], ["Back.", " ", " "], id="blank ones after text"),
        pytest.param([], [], id="nothing"),
    ],
)
def test_blank_pieces_before_a_text_go_at_once(pieces: list[str], left: list[str]) -> None:
    feed_parser.drop_blank_start(pieces)

    assert pieces == left


@pytest.mark.parametrize(
    ("body", "short"),
    [
        pytest.param(b"<?xml?>\n \n\t<rss>", b"<?xml?>\n\n<rss>", id="a gap is one break"),
        pytest.param(b"<?xml?><?a?><rss>", b"<?xml?>\n<?a?><rss>", id="the declaration has its own line"),
        pytest.param(b"<!-- a long head --><rss>", b"<rss>", id="a long one goes"),
        pytest.param(b"<rss>  </rss>", b"<rss>  </rss>", id="none"),
        pytest.param(b"no feed", b"no feed", id="no element"),
    ],
)
def test_what_stands_before_the_first_element_is_short(body: bytes, short: bytes) -> None:
    assert feed_parser.short_head(body, 15) == short


def test_a_broken_entry_leaves_the_other_entries() -> None:
    body = rss(item(), "<item><link>https://quay.example/goats</link><title>Goats <b></title></item>")

    assert [each.title for each in articles(body)] == ["Ferry returns", "Goats <b>"]
    assert "is not well-formed" in parsed(body).problems[0].what


def test_a_wide_feed_is_read_whatever_its_declaration_says() -> None:
    for codec in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"):
        text = rss(
            item(title="Fähre kehrt zurück"), head='<?xml version="1.0" encoding="utf-16"?>'
        ).decode()

        read = parse_feed(Fetched(URL, 200, text.encode(codec), "application/rss+xml", ""), "feed.xml")

        assert [entry.title for entry in read.entries] == ["Fähre kehrt zurück"], codec


def test_safe_entities_of_a_short_head_are_still_read() -> None:
    head = '<?xml version="1.0"?>\n\n\n  <!DOCTYPE rss [\n<!ENTITY quay "Quay">\n]>'

    assert article(rss(item().replace("Ferry", "&quay; ferry"), head=head)).title == "Quay ferry returns"
