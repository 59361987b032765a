"""Feeds of every kind and age, packed and named as servers do it: one entry, its title and its page."""

# ruff: noqa: E501  # feeds as they are
from __future__ import annotations

import gzip
import json
import zlib

import pytest

from digest.model import Article
from digest.sources.entries import read_entry
from digest.sources.feed import parse_feed
from digest.sources.jsonfeed import parse_json_feed
from digest.sources.web.decoding import decoder_for
from digest.sources.web.fetching import Fetched
from tests.sources.feeds import NOW, PROFILE, URL

FERRY = "https://quay.example/ferry"
FORMS = {
    "atom": '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Quay Courier</title><entry><title>Ferry returns</title><link href="https://quay.example/ferry"/><id>1</id><updated>2026-03-04T10:30:00Z</updated><summary>x</summary></entry></feed>',
    "atom xml:base feed": '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://quay.example/"><title>The Quay Courier</title><entry><title>Ferry returns</title><link href="ferry"/><id>1</id><updated>2026-03-04T10:30:00Z</updated><summary>x</summary></entry></feed>',
    "atom xml:base entry": '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Quay Courier</title><entry xml:base="https://quay.example/"><title>Ferry returns</title><link href="ferry"/><id>1</id><updated>2026-03-04T10:30:00Z</updated><summary>x</summary></entry></feed>',
    "atom xml:base nested": '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://quay.example/a/"><title>The Quay Courier</title><entry xml:base="../"><title>Ferry returns</title><link href="ferry"/><id>1</id><updated>2026-03-04T10:30:00Z</updated><summary>x</summary></entry></feed>',
    "atom xml:base link": '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Quay Courier</title><entry><title>Ferry returns</title><link xml:base="https://quay.example/" href="ferry"/><id>1</id><updated>2026-03-04T10:30:00Z</updated><summary>x</summary></entry></feed>',
    "atom self first": '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Quay Courier</title><entry><title>Ferry returns</title><link rel="self" type="application/atom+xml" href="https://quay.example/x.atom"/><link rel="edit" href="https://quay.example/e"/><link rel="alternate" type="text/html" href="https://quay.example/ferry"/><id>1</id><updated>2026-03-04T10:30:00Z</updated><summary>x</summary></entry></feed>',
    "atom related": '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Quay Courier</title><entry><title>Ferry returns</title><link rel="related" href="https://other.example/"/><link href="https://quay.example/ferry"/><id>1</id><updated>2026-03-04T10:30:00Z</updated><summary>x</summary></entry></feed>',
    "atom replies": '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Quay Courier</title><entry><title>Ferry returns</title><link rel="replies" type="text/html" href="https://quay.example/ferry#comments"/><link href="https://quay.example/ferry"/><id>1</id><updated>2026-03-04T10:30:00Z</updated><summary>x</summary></entry></feed>',
    "atom full rel": '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Quay Courier</title><entry><title>Ferry returns</title><link rel="http://www.iana.org/assignments/relation/alternate" href="https://quay.example/ferry"/><id>1</id><updated>2026-03-04T10:30:00Z</updated><summary>x</summary></entry></feed>',
    "atom 0.3": '<?xml version="1.0"?><feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>The Quay Courier</title><entry><title mode="escaped" type="text/html">Ferry returns</title><link rel="alternate" type="text/html" href="https://quay.example/ferry"/><id>1</id><issued>2026-03-04T10:30:00Z</issued><modified>2026-03-04T10:30:00Z</modified></entry></feed>',
    "atom prefixed": '<?xml version="1.0"?><a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>T</a:title><a:entry><a:title>Ferry returns</a:title><a:link href="https://quay.example/ferry"/><a:id>1</a:id><a:updated>2026-03-04T10:30:00Z</a:updated><a:summary>x</a:summary></a:entry></a:feed>',
    "atom wrong ns": '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/atom"><title>The Quay Courier</title><entry><title>Ferry returns</title><link href="https://quay.example/ferry"/><id>1</id><updated>2026-03-04T10:30:00Z</updated><summary>x</summary></entry></feed>',
    "atom no ns": '<?xml version="1.0"?><feed ><title>The Quay Courier</title><entry><title>Ferry returns</title><link href="https://quay.example/ferry"/><id>1</id><updated>2026-03-04T10:30:00Z</updated><summary>x</summary></entry></feed>',
    "atom https ns": '<?xml version="1.0"?><feed xmlns="https://www.w3.org/2005/Atom"><title>The Quay Courier</title><entry><title>Ferry returns</title><link href="https://quay.example/ferry"/><id>1</id><updated>2026-03-04T10:30:00Z</updated><summary>x</summary></entry></feed>',
    "rss 0.91": '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>The Quay Courier</title><item><title>Ferry returns</title><link>https://quay.example/ferry</link></item></channel></rss>',
    "rss 0.92": '<?xml version="1.0"?><rss version="0.92"><channel><title>T</title><item><description>Ferry returns</description><link>https://quay.example/ferry</link></item></channel></rss>',
    "rss 0.90": '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>T</title></channel><item><title>Ferry returns</title><link>https://quay.example/ferry</link></item></rdf:RDF>',
    "rss 1.0": '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://quay.example/"><title>T</title><link>https://quay.example/</link></channel><item rdf:about="https://quay.example/ferry"><title>Ferry returns</title><link>https://quay.example/ferry</link><dc:date>2026-03-04T10:30:00Z</dc:date></item></rdf:RDF>',
    "rss 1.0 about only": '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://quay.example/"><title>T</title></channel><item rdf:about="https://quay.example/ferry"><title>Ferry returns</title></item></rdf:RDF>',
    "rss no version": "<rss><channel><title>T</title><item><title>Ferry returns</title><link>https://quay.example/ferry</link></item></channel></rss>",
    "rss default ns": '<rss version="2.0" xmlns="http://backend.userland.com/rss2"><channel><title>T</title><item><title>Ferry returns</title><link>https://quay.example/ferry</link></item></channel></rss>',
    "rss atom link only": '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>T</title><atom:link href="https://quay.example/feed" rel="self"/><item><title>Ferry returns</title><atom:link href="https://quay.example/ferry"/></item></channel></rss>',
    "rss atom self in item": '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>T</title><item><title>Ferry returns</title><link>https://quay.example/ferry</link><atom:link rel="self" href="https://quay.example/api/1"/></item></channel></rss>',
    "rss link cdata": '<rss version="2.0"><channel><title>T</title><item><title><![CDATA[Ferry returns]]></title><link><![CDATA[\nhttps://quay.example/ferry\n]]></link></item></channel></rss>',
    "rss link attr": '<rss version="2.0"><channel><title>T</title><item><title>Ferry returns</title><link href="https://quay.example/ferry"/></item></channel></rss>',
    "rss guid only": '<rss version="2.0"><channel><title>T</title><item><title>Ferry returns</title><guid>https://quay.example/ferry</guid></item></channel></rss>',
    "rss guid permalink false + link": '<rss version="2.0"><channel><title>T</title><item><title>Ferry returns</title><guid isPermaLink="false">tag:x</guid><link>https://quay.example/ferry</link></item></channel></rss>',
    "rss link empty, guid": '<rss version="2.0"><channel><title>T</title><item><title>Ferry returns</title><link></link><guid isPermaLink="true">https://quay.example/ferry</guid></item></channel></rss>',
    "rss link spaces": '<rss version="2.0"><channel><title>T</title><link>https://quay.example</link><item><title>  Ferry\n returns </title><link>  /ferry </link></item></channel></rss>',
    "rss feedburner": '<rss version="2.0" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><title>T</title><item><title>Ferry returns</title><link>http://feedproxy.google.com/~r/q/~3/abc/</link><feedburner:origLink>https://quay.example/ferry</feedburner:origLink></item></channel></rss>',
    "rss pheedo": '<rss version="2.0" xmlns:pheedo="http://www.pheedo.com/namespace/pheedo"><channel><title>T</title><item><title>Ferry returns</title><link>http://rss.feedsportal.com/c/1/f/2/s/3/l/0Lq/story01.htm</link><pheedo:origLink>https://quay.example/ferry</pheedo:origLink></item></channel></rss>',
    "rss html entities": '<rss version="2.0"><channel><title>T</title><item><title>Ferry&nbsp;returns</title><link>https://quay.example/ferry</link></item></channel></rss>',
    "rss dbl esc": '<rss version="2.0"><channel><title>T</title><item><title>Ferry&amp;nbsp;returns</title><link>https://quay.example/ferry</link></item></channel></rss>',
    "rss undeclared prefix": '<rss version="2.0"><channel><title>T</title><item><title>Ferry returns</title><link>https://quay.example/ferry</link><media:content url="x"/></item></channel></rss>',
    "rss bare amp": '<rss version="2.0"><channel><title>A & B</title><item><title>Ferry returns</title><link>https://quay.example/ferry</link></item></channel></rss>',
    "rss ctrl": '<rss version="2.0"><channel><title>T</title><item><title>Ferry\x0breturns</title><link>https://quay.example/ferry</link></item></channel></rss>',
    "rss nul": '<rss version="2.0"><channel><title>T</title><item><title>Ferry \x00returns</title><link>https://quay.example/ferry</link></item></channel></rss>',
    "rss items outside": '<rss version="2.0"><channel><title>T</title></channel><item><title>Ferry returns</title><link>https://quay.example/ferry</link></item></rss>',
    "rss upper": '<RSS version="2.0"><CHANNEL><TITLE>T</TITLE><ITEM><TITLE>Ferry returns</TITLE><LINK>https://quay.example/ferry</LINK></ITEM></CHANNEL></RSS>',
    "rss trunc": '<rss version="2.0"><channel><title>T</title><item><title>Ferry returns</title><link>https://quay.example/ferry</link></item><item><title>Cut off her',
    "cdf ns comment": '<!-- generated --><rss version="2.0"><channel><title>T</title><item><title>Ferry returns</title><link>https://quay.example/ferry</link></item></channel></rss>',
    "xslt": '<?xml version="1.0"?><?xml-stylesheet href="/s.xsl" type="text/xsl"?><rss version="2.0"><channel><title>T</title><item><title>Ferry returns</title><link>https://quay.example/ferry</link></item></channel></rss>',
}
PLAIN = FORMS["rss no version"]
DECLARED = f'<?xml version="1.0" encoding="utf-16"?>{PLAIN}'
PACKED = {
    "UTF-16 without a mark": PLAIN.encode("utf-16-le"),
    "big-endian": PLAIN.encode("utf-16-be"),
    "UTF-16, declared": DECLARED.encode("utf-16-le"),
    "UTF-16, only declared": DECLARED.encode(),
    "gzip": gzip.compress(PLAIN.encode()),
    "zlib": zlib.compress(PLAIN.encode()),
    "two marks": b"\xef\xbb\xbf\xef\xbb\xbf" + PLAIN.encode(),
    "a charset that is none": f'<?xml version="1.0" encoding="utf8mb4"?>{PLAIN}'.encode(),
}


def told(body: bytes) -> tuple[str, str]:
    parsed = parse_feed(Fetched(URL, 200, body, "application/rss+xml"), "feed.xml")
    read = read_entry(parsed.entries[0], PROFILE, now=NOW).article
    assert read is not None
    return read.title, read.address


@pytest.mark.parametrize("feed", FORMS.values(), ids=FORMS)
def test_an_entry_is_read_in_every_form_of_a_feed(feed: str) -> None:
    assert told(feed.encode()) == ("Ferry returns", FERRY)


@pytest.mark.parametrize("body", PACKED.values(), ids=PACKED)
def test_an_entry_is_read_however_its_bytes_are_packed(body: bytes) -> None:
    assert told(body) == ("Ferry returns", FERRY)


@pytest.mark.parametrize("name", ["br", "zstd", "utf-8", "none;q=1"])
def test_a_text_under_the_name_of_a_packing_is_read(name: str) -> None:
    assert decoder_for(name).feed(PLAIN.encode(), 10_000) == PLAIN.encode()
    assert decoder_for(name).feed(gzip.compress(PLAIN.encode()), 10_000) == PLAIN.encode()


def test_what_is_packed_in_a_way_that_nobody_asked_for_is_told() -> None:
    with pytest.raises(zlib.error, match="'br', which nobody asked for"):
        decoder_for("br").feed(b"\x1b\x0c\x00\x00", 10_000)


def of_json(**fields: object) -> Article:
    item = {"id": "1", "url": FERRY, "title": "Ferry returns", "content_html": "<p>The ferry.</p>"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Quay", "items": [item | fields]}
    body = json.dumps(feed).encode()
    parsed = parse_json_feed(Fetched("https://quay.example/feed.json", 200, body), "feed.json")
    read = read_entry(parsed.entries[0], PROFILE, now=NOW).article
    assert read is not None
    return read


@pytest.mark.parametrize(
    "names", [{"author": "Ann Kamau"}, {"authors": ["Ann Kamau"]}, {"authors": {"name": "Ann Kamau"}}]
)
def test_an_author_is_read_in_every_shape(names: dict[str, object]) -> None:
    assert of_json(**names).byline == "Ann Kamau"


@pytest.mark.parametrize("tags", ["city, port", ["city", "port"], [{"name": "city"}, {"label": "port"}]])
def test_tags_are_read_in_every_shape(tags: object) -> None:
    assert of_json(tags=tags).tags == ("city", "port")


def test_other_odd_values_are_read_as_they_are_meant() -> None:
    assert of_json(title=2026).title == "2026"
    assert of_json(date="2026-03-04T10:30:00Z").published is not None
    assert of_json(content_html=None, content="<p>The ferry returns.</p>").text == "The ferry returns."
    assert (image := of_json(image={"url": "https://quay.example/f.jpg"}).image) is not None
    assert image.url == "https://quay.example/f.jpg"
    for odd in (None, 5, 5.0, {"a": 1}, True):
        assert of_json(id=odd).address == FERRY
