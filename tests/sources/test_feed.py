from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Passage
from tests.sources import sites
from tests.sources.feeds import article, articles, item, parsed, reads, rss

LONG = f"<p>{sites.LEAD}</p><h2>A long wait</h2><p>{sites.SECTIONS[0][1]}</p>"


def test_an_rss_item_becomes_an_article() -> None:
    more = (
        "<dc:creator>Ada Kamau</dc:creator>"
        "<category>Sea</category><category>sea</category><category>Goats</category>"
        '<media:content url="https://quay.example/small.jpg" width="300" medium="image"/>'
        '<media:content url="https://quay.example/big.jpg" width="1200" height="800" medium="image"/>'
        '<media:content url="https://quay.example/film.mp4" type="video/mp4"/>'
    )

    found = article(rss(item(guid="ferry-7", description="It is <b>back</b>.", content=LONG, more=more)))

    assert (found.title, found.url, found.guid) == (
        "Ferry returns",
        "https://quay.example/ferry",
        "ferry-7",
    )
    assert found.published == datetime(2026, 3, 4, 7, 30, tzinfo=UTC)
    assert found.summary == "It is back."
    assert found.passages == (Passage((sites.LEAD,)), Passage((sites.SECTIONS[0][1],), "A long wait"))
    assert (found.byline, found.tags, found.publisher) == (
        "Ada Kamau",
        ("Sea", "Goats"),
        "The Quay Courier",
    )
    assert found.image is not None
    assert (found.image.url, found.image.width) == ("https://quay.example/big.jpg", 1200)


ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"
 xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>Le Quai</title>
<link rel="self" href="https://quay.example/feed.xml"/>
<entry xml:base="https://quay.example/fr/"><title type="html">Le ferry &amp;amp; la chèvre</title>
<link rel="enclosure" type="image/jpeg" href="boat.jpg"/>
<link rel="alternate" href="ferry?utm_source=atom"/>
<id>tag:quay.example,2026:7</id>
<author><name>Ada Kamau</name></author><author><name>Ben Otieno</name></author>
<updated>2026-03-04T10:30:00Z</updated><summary>Il est revenu.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>Il est <em>revenu</em>.</p><p>Enfin.</p></div></content>
</entry><at:deleted-entry ref="tag:quay.example,2026:3" when="2026-03-04T00:00:00Z"/></feed>"""


def test_an_atom_entry_becomes_an_article() -> None:
    found = article(ATOM.encode())

    assert found.title == "Le ferry & la chèvre"
    assert found.url == "https://quay.example/fr/ferry"
    assert found.published == datetime(2026, 3, 4, 10, 30, tzinfo=UTC)
    assert found.updated is None
    assert found.byline == "Ada Kamau, Ben Otieno"
    assert found.paragraphs == ("Il est revenu.", "Enfin.")
    assert found.language == "fr"
    assert found.image is not None
    assert found.image.url == "https://quay.example/fr/boat.jpg"


def test_a_tombstone_is_gone() -> None:
    assert parsed(ATOM.encode()).gone == ("tag:quay.example,2026:3",)


RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://q.example/">
<title>Quay</title></channel><item rdf:about="https://quay.example/ferry"><title>Ferry</title>
<link>https://quay.example/ferry</link><dc:date>2026-03-04</dc:date><dc:creator>Ada</dc:creator></item></rdf:RDF>"""


def test_an_rdf_item_becomes_an_article() -> None:
    found = article(RDF.encode())

    assert (found.title, found.byline) == ("Ferry", "Ada")
    assert (found.published, found.published_on) == (None, date(2026, 3, 4))


@pytest.mark.parametrize(
    "before",
    [
        pytest.param(b"<!-- made by hand -->", id="comment"),
        pytest.param(b"\n\n  ", id="white space"),
        pytest.param(b"\xef\xbb\xbf\n<!-- a --><!-- b -->", id="mark and comments"),
        pytest.param(
            b"<br />\n<b>Warning</b>: x in <b>/srv/x.php</b> on line <b>3</b><br />\n", id="PHP's warning"
        ),
    ],
)
def test_what_stands_before_the_prolog_hides_nothing(before: bytes) -> None:
    assert article(before + rss(item())).title == "Ferry returns"


CAFE = rss(item(title="Café"))
LATIN = rss(item(title="Café"), head='<?xml version="1.0" encoding="iso-8859-1"?>')


@pytest.mark.parametrize(
    ("body", "content_type", "charset"),
    [
        pytest.param(CAFE, "text/xml", "", id="utf-8 as text/xml"),
        pytest.param(CAFE, "text/xml", "iso8859-1", id="the server is wrong"),
        pytest.param(LATIN, "", "", id="the prolog is wrong"),
        pytest.param(LATIN.decode().encode("latin-1"), "application/xml", "", id="the prolog is right"),
        pytest.param(CAFE.decode().encode("latin-1"), "text/xml", "iso8859-1", id="the server is right"),
        pytest.param(CAFE.decode().encode("utf-16"), "application/xml", "", id="utf-16"),
    ],
)
def test_the_charset_is_found(body: bytes, content_type: str, charset: str) -> None:
    (entry,) = parsed(body, content_type, charset).entries

    assert entry.title == "Café"


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Fish & chips", "Fish & chips"),
        ("Fish &amp; chips", "Fish & chips"),
        ("<b>Fish</b> &amp; chips", "Fish & chips"),
        ("1 < 2", "1 < 2"),
        ("A <i>very</i> good day", "A very good day"),
        ("Ferry returns | The Quay Courier", "Ferry returns"),
    ],
)
def test_titles_are_plain(title: str, wanted: str) -> None:
    assert article(rss(item(title=title))).title == wanted


def test_an_item_without_a_title_is_named_by_its_text() -> None:
    found = article(rss(item(title="", description=sites.LEAD)))

    assert found.title.startswith("The morning ferry left the harbor again on Monday")
    assert found.title.endswith("…")


def test_a_bad_entry_is_a_problem_and_the_others_are_kept() -> None:
    found = reads(
        rss(
            item(),
            item(link="mailto:a@quay.example", title="Lost"),
            item(link="javascript:alert(1)"),
            item(link="/relative", guid="r"),
        )
    )

    assert [read.article.url for read in found if read.article] == [
        "https://quay.example/ferry",
        "https://quay.example/relative",
    ]
    assert [str(read.problems[0])[:17] for read in found if not read.article] == [
        "feed.xml, entry 2",
        "feed.xml, entry 3",
    ]


def test_a_permalink_guid_is_the_address() -> None:
    assert article(rss(item(link="", guid="https://quay.example/x"))).url == "https://quay.example/x"


def test_the_link_is_the_guid_where_there_is_none() -> None:
    assert (
        article(rss(item(link="https://quay.example/x?utm_source=rss"))).guid
        == "https://quay.example/x?utm_source=rss"
    )


def test_an_unreadable_date_is_a_problem_and_never_now() -> None:
    (read,) = reads(rss(item(pubDate="soon")))

    assert read.article is not None
    assert (read.article.published, read.article.published_on) == (None, None)
    assert "'soon'" in str(read.problems[0])


def test_a_date_far_ahead_is_left_out_and_looked_at_again() -> None:
    (read,) = reads(rss(item(pubDate="Wed, 04 Mar 2027 10:30:00 GMT")))

    assert read.article is not None
    assert read.article.published is None
    assert read.is_provisional


def test_an_undated_item_has_no_problem() -> None:
    (read,) = reads(rss(item(pubDate="")))

    assert read.problems == ()


def test_a_description_alone_is_a_summary_or_when_long_the_article() -> None:
    short, long = articles(
        rss(item(description=f"<p>{sites.LEAD}</p>"), item(description=LONG * 2, guid="2"))
    )

    assert (short.summary, short.passages) == (sites.LEAD, ())
    assert (long.summary, long.paragraphs) == ("", (sites.LEAD, sites.SECTIONS[0][1]))


def test_pictures_that_a_mail_can_not_show_are_left_out() -> None:
    content = (
        "<img src='data:image/gif;base64,x'><img src='http://10.0.0.1/x.jpg'>"
        "<img src='https://t.example/p.gif' width=1 height=1>"
        "<img src='/boat.jpg' alt='The boat' width='800'><p>Text.</p>"
    )

    found = article(rss(item(content=content)))

    assert found.image is not None
    assert (found.image.url, found.image.alt, found.image.width) == (
        "https://quay.example/boat.jpg",
        "The boat",
        800,
    )


@pytest.mark.parametrize(
    ("body", "said"),
    [
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b'{"version": "https://jsonfeed.org/version/1.1"}', "jsonfeed", id="JSON"),
        pytest.param(b"<!DOCTYPE html><html><head></head></html>", "web page", id="page"),
        pytest.param(
            b'<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head></html>',
            "https://quay.example/rss", id="page with a feed",
        ),
        pytest.param(b"just text", "no RSS", id="text"),
        pytest.param(b"<?xml version='1.0'?><sitemap/>", "no RSS", id="other XML"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00", "no RSS", id="picture"),
    ],
)  # fmt: skip
def test_what_is_no_feed_says_what_to_do(body: bytes, said: str) -> None:
    assert said in parsed(body).failure


def test_an_empty_feed_is_no_failure() -> None:
    found = parsed(rss())

    assert (found.entries, found.failure) == ((), "")


def test_a_broken_feed_gives_what_can_be_read() -> None:
    found = parsed(rss(item(), item(guid="2"))[:-40] + b"<item><title>cut off")

    assert len(found.entries) >= 2
    assert any("well-formed" in str(problem) for problem in found.problems)


ENTITIES = zip("abcdefgh", "bcdefghi", strict=True)
BOMB = '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">'
BOMB += "".join(f'<!ENTITY {name} "{("&" + before + ";") * 20}">' for before, name in ENTITIES) + "]>"
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(("head", "reference"), [(BOMB, "&i;"), (OUTSIDE, "&file;")])
def test_entity_tricks_are_inert(head: str, reference: str) -> None:
    found = parsed(rss(item(title="TITLE"), head=head).replace(b"TITLE", reference.encode()))

    assert all(len(entry.title) < 1000 for entry in found.entries)


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_no_bytes_raise(body: bytes) -> None:
    parsed(body)
    parsed(rss(item()).replace(b"Ferry", body))


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("", ""),
        ("Wed, 04 Mar 2026 10:30:00 EAT", ""),
        ("some day", "'some day' is not a date that can be read"),
        (
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "'Thu, 01 Jan 1970 00:00:00 GMT' says 1970-01-01T00:00+00:00, before 1990",
        ),
    ],
)
def test_an_article_without_a_date_keeps_what_is_wrong_with_it(raw: str, problem: str) -> None:
    assert article(rss(item(pubDate=raw))).date_problem == problem


@pytest.mark.parametrize(
    "domain", ["paper.de", "paper.news", "paper.press", "paper.london", "paper.co.technology"]
)
@pytest.mark.parametrize(
    "written",
    ["{} (Ann Lee)", "Ann Lee <{}>", "Ann Lee {}", "Ann Lee ({})", "Ann Lee [{}]", "(Ann Lee) {}"],
)
def test_a_byline_ends_where_the_address_begins_whatever_its_domain(domain: str, written: str) -> None:
    named = written.format(f"desk@{domain}")

    assert article(rss(item(author=named))).byline == "Ann Lee"
    assert article(rss(item(author=f"desk@{domain}"))).byline == ""
