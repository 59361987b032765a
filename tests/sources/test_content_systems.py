"""What content systems say beside their articles is looked past, whichever way they say it."""

# ruff: noqa: E501  # answers, line for line
from __future__ import annotations

import json

import pytest

from digest.settings import opml
from digest.sources.ghost import parse_posts as parse_ghost
from digest.sources.jsonfeed import parse_json_feed
from digest.sources.text.widgets import holds_widgets, read_body
from digest.sources.web.fetching import Fetched
from digest.sources.web.urls import canonical
from digest.sources.wordpress import parse_posts, posts_address
from tests.sources.feeds import NOW, article, articles, item, rss

POST: dict[str, object] = {
    "id": 1,
    "link": "https://quay.example/a",
    "title": {"rendered": "the &lt;b&gt; tag"},
    "date": "2026-03-04T10:30:00",
    "date_gmt": "2026-03-04T07:30:00",
    "content": {"rendered": "<p>x</p>"},
}


def fetched(text: str) -> Fetched:
    return Fetched("https://quay.example/x", 200, text.encode())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<br />\n<b>Warning</b>: x {foo} [bar] in <b>/a.php</b><br />\n", ""),
        ("Notice: Undefined offset: 0 in /x.php on line [3]\n", ""),
        ("\ufeff\n\n", ""),
        ("<!-- c [{ -->", ""),
        ("<script>var a=[{}];</script>", ""),
        (")]}',\n", ""),
        ("", "<!-- cached in 3 ms -->"),
        ("", "\n<br />\n<b>Fatal error</b>: [0]"),
    ],
)
def test_what_a_server_says_around_its_answer_is_looked_past(before: str, after: str) -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"id": "1", "url": "https://quay.example/1"}],
    }
    ghost = {"posts": [{"id": "1", "url": "https://quay.example/1", "title": "T"}]}

    for parse, told in ((parse_posts, [POST]), (parse_json_feed, feed), (parse_ghost, ghost)):
        found = parse(fetched(f"{before}{json.dumps(told)}{after}"), "x")
        assert (len(found.entries), found.failure) == (1, ""), parse


@pytest.mark.parametrize("text", ["", "<p>[x] {y}</p>", '[{"id": 1}, {"id"', "{}", "null", "[" * 5_000])
def test_what_holds_no_answer_is_told(text: str) -> None:
    assert parse_posts(fetched(text), "x").failure
    assert parse_json_feed(fetched(text), "x").failure
    assert parse_ghost(fetched(text), "x").failure


@pytest.mark.parametrize(
    ("gmt", "published"),
    [
        ("2026-03-04T07:30:00", "2026-03-04T07:30:00Z"),
        ("2026-03-03T20:30:00", "2026-03-03T20:30:00Z"),
        ("0000-00-00T00:00:00", "2026-03-04T10:30:00"),
        ("1970-01-01T00:00:00", "2026-03-04T10:30:00"),
        ("2036-03-04T07:30:00", "2026-03-04T10:30:00"),
        ("2026-02-30T07:30:00", "2026-03-04T10:30:00"),
        ("false", "2026-03-04T10:30:00"),
        ("", "2026-03-04T10:30:00"),
    ],
)
def test_a_date_in_gmt_that_no_zone_explains_is_not_believed(gmt: str, published: str) -> None:
    (entry,) = parse_posts(fetched(json.dumps([POST | {"date_gmt": gmt}])), "x").entries

    assert entry.published == published


def test_titles_of_every_kind_keep_the_tags_that_they_name() -> None:
    (entry,) = parse_posts(fetched(json.dumps([POST])), "x").entries
    (ghost,) = parse_ghost(
        fetched(json.dumps({"posts": [{"id": "1", "url": "https://q.example/1", "title": "the <b> tag"}]})),
        "x",
    ).entries

    assert (entry.title, ghost.title) == ("the <b> tag", "the <b> tag")


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        (
            "https://q.example/?rest_route=/wp/v2/posts&categories[]=3&categories[]=4",
            "https://q.example/?categories[]=3&categories[]=4&rest_route=/wp/v2/posts&",
        ),
        ("https://q.example/blog/?rest_route=/", "https://q.example/blog/?rest_route=/wp/v2/posts&"),
        (
            "https://q.example/wp-json/wp/v2/posts?categories%5B%5D=3&tags[0]=4",
            "https://q.example/wp-json/wp/v2/posts?categories[]=3&tags[0]=4&",
        ),
    ],
)
def test_what_a_collection_is_asked_for_stays(url: str, asked: str) -> None:
    assert posts_address(url, NOW).startswith(asked)


@pytest.mark.parametrize(
    "html",
    [
        '<div class="field field-name-title">T</div><div class="field field-name-author">admin</div><div class="field field-name-post-date">Wed, 3</div><p>Text.</p>',
        "<span>T</span>\n\n<span><span>admin</span></span>\n\n<span>Wed, 03/04/2026 - 10:30</span>\n\n<div><p>Text.</p></div>",
        '<span property="schema:name">T</span><span rel="schema:author"><span>editor</span></span><span property="schema:dateCreated" content="2026">Wed</span><div property="schema:text"><p>Text.</p></div>',
        '<p>Text.</p><blockquote class="wp-embedded-content"><a href="x">Other story</a></blockquote>',
        '<p>Text.</p><div class="tptn_counter">Visited 3 times</div><div id="jp-post-flair">x</div>',
        '<p>Text.</p><div class="kg-card kg-file-card">file</div><div class="kg-card kg-audio-card">a</div>',
        '<figure><img src="a.jpg"><figcaption class="image-caption">Cap</figcaption></figure><p>Text.</p>',
    ],
    ids=[
        "Drupal 7",
        "Drupal without classes",
        "Drupal's RDF",
        "embeds",
        "counters",
        "Ghost's files",
        "captions",
    ],
)
def test_what_a_content_system_adds_goes(html: str) -> None:
    assert [block.text for block in read_body(html)] == ["Text."]


def test_a_short_description_of_drupal_s_is_its_text() -> None:
    html = "<span>Ferry returns</span>\n<span>admin</span>\n<span>Wed, 03/04/2026 - 10:30</span>\n<p>The ferry is back.</p>"

    assert article(rss(item(description=html))).summary == "The ferry is back."


def test_spans_that_are_the_text_stay() -> None:
    assert [block.text for block in read_body("<span>On 3 March</span> <span>it opened.</span>")] == [
        "On 3 March it opened."
    ]


@pytest.mark.parametrize(
    ("body", "url"),
    [
        (b'<opml><body><outline text="R & D" xmlUrl="https://q.example/f?a=1&b=2"/></body></opml>', "https://q.example/f?a=1&b=2"),
        ('<?xml version="1.0" encoding="utf-16"?><opml><body><outline xmlUrl="https://q.example/é?x=1&y=2"/></body></opml>'.encode("utf-16"), "https://q.example/é?x=1&y=2"),
        (b'\xef\xbb\xbf<opml><body><outline xmlUrl="https://q.example/f?a=1&#38;b=2&c"/></body></opml>', "https://q.example/f?a=1&b=2&c"),
    ],
)  # fmt: skip
def test_bare_ampersands_in_a_feed_list_are_read(body: bytes, url: str) -> None:
    (feed,) = opml.read(body, "feeds.opml")

    assert feed.url == url


@pytest.mark.parametrize(
    "wrapped",
    [
        "https://www.google.com/url?rct=j&sa=t&url=https://quay.example/a&ct=ga&cd=x",
        "https://www.bing.com/news/apiclick.aspx?ref=FexRss&url=https%3A%2F%2Fquay.example%2Fa",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fquay.example%2Fa&h=x",
        "https://t.umblr.com/redirect?z=https%3A%2F%2Fquay.example%2Fa",
    ],
)
def test_links_behind_a_redirect_are_unwrapped(wrapped: str) -> None:
    assert canonical(wrapped) == "https://quay.example/a"


ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" {0}><title>Q</title>{1}</feed>'


@pytest.mark.parametrize(
    ("body", "url"),
    [
        (ATOM.format('xml:base="https://q.example/blog/"', '<entry><id>1</id><title>T</title><link href="a.html"/></entry>'), "https://q.example/blog/a.html"),
        (ATOM.format("", '<entry xml:base="https://q.example/2026/"><id>1</id><title>T</title><link href="a.html"/></entry>'), "https://q.example/2026/a.html"),
        (ATOM.format('xml:base="https://q.example/blog/"', '<entry xml:base="2026/"><id>1</id><title>T</title><link href="a.html"/></entry>'), "https://q.example/blog/2026/a.html"),
        (ATOM.format("", '<entry><id>1</id><title>T</title><link xml:base="https://q.example/deep/" href="a.html"/></entry>'), "https://q.example/deep/a.html"),
        (ATOM.format("", '<entry><id>1</id><title>T</title><link rel="alternate" hreflang="de" type="text/html" href="https://q.example/de"/><link rel="alternate" type="text/html" href="https://q.example/en"/></entry>'), "https://q.example/en"),
        (ATOM.format('xml:lang="de"', '<entry><id>1</id><title>T</title><link rel="alternate" hreflang="en" type="text/html" href="https://q.example/en"/><link rel="alternate" hreflang="de-AT" type="text/html" href="https://q.example/de"/></entry>'), "https://q.example/de"),
        (ATOM.format("", '<entry><id>1</id><title>T</title><link rel="Alternate" type="application/pdf" href="https://q.example/a.pdf"/><link rel="http://www.iana.org/assignments/relation/alternate" type="TEXT/HTML; charset=utf-8" href="https://q.example/a"/></entry>'), "https://q.example/a"),
        ('<rss version="2.0"><channel><title>Q</title><link>https://q.example/n/</link><item xml:base="https://q.example/m/"><title>T</title><link>a.html</link></item></channel></rss>', "https://q.example/m/a.html"),
        ('<rss version="2.0"><channel><title>Q</title><link>/news/</link><item><title>T</title><link>a.html</link></item></channel></rss>', "https://quay.example/news/a.html"),
    ],
    ids=["feed", "entry", "both", "link", "language", "own language", "relation", "RSS item", "channel"],
)  # fmt: skip
def test_an_entry_is_where_its_own_base_and_language_say(body: str, url: str) -> None:
    assert article(body.encode()).url == url


def test_a_relative_picture_follows_the_base_of_its_text() -> None:
    body = ATOM.format(
        "",
        '<entry><id>1</id><title>T</title><link href="https://q.example/a"/><content type="html" xml:base="https://q.example/pics/">&lt;p>Hi&lt;/p>&lt;img src="a.jpg" width="500"></content></entry>',
    )

    (found,) = articles(body.encode())

    assert found.image is not None
    assert found.image.url == "https://q.example/pics/a.jpg"


@pytest.mark.parametrize(
    "given",
    ['class="{}"', "class='a {} b'", "CLASS={}", 'id = "{}"', 'class="\n {}\n"'],
    ids=["quoted", "among others", "bare", "an id", "on its own line"],
)
@pytest.mark.parametrize(
    "name", ["wp-caption-text", "kg-signup-card", "footnote-anchor", "twitter-tweet", "yarpp-x"]
)
def test_what_a_content_system_added_is_known_by_its_name(name: str, given: str) -> None:
    assert holds_widgets(f"<p>Text</p><div {given.format(name)}>More</div>")
