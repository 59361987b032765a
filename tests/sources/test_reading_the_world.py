"""What feeds and content systems of the world write, read as they mean it."""

# ruff: noqa: E501  # lines of feeds as they are
from __future__ import annotations

import gzip
import socket
from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from digest.model import SourceKey
from digest.ports import Memory
from digest.settings import opml
from digest.sources.dates.reading import read
from digest.sources.feed import FeedSource
from digest.sources.jsonfeed import parse_json_feed
from digest.sources.pages.appeared import is_appeared, without_appeared
from digest.sources.pages.cleaning import clean_summary
from digest.sources.pages.extraction import decode
from digest.sources.sitemap import parse_sitemap
from digest.sources.text.feed_titles import publisher_of
from digest.sources.text.fields import clean_byline
from digest.sources.text.titles import read_title
from digest.sources.text.widgets import read_body
from digest.sources.web.fetching import Fetched, Fetcher
from digest.sources.web.urls import canonical
from digest.sources.wordpress import WordPressSource, parse_posts, posts_address
from tests.sources.feeds import NAIROBI, NOW, article, item, rss
from tests.sources.servers import RawServer, answer, path_of, site

TEXTS = {
    "Russian": "Порт открывается снова после бури, сообщил совет города.",
    "Greek": "Το λιμάνι ανοίγει ξανά μετά την καταιγίδα.",
    "Japanese": "嵐のあと港が再び開くと町議会が発表した。",
    "Arabic": "يفتح الميناء أبوابه من جديد بعد العاصفة.",
    "French": "Le port, fermé depuis l’été, a rouvert après la tempête : « enfin », a déclaré la mairie d’Évian.",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_one_cut_byte_costs_one_letter(text: str) -> None:
    body = text.encode()
    cut = body.replace("é".encode(), b"\xc3", 1) if "é" in text else body[:3] + body[4:]

    assert decode(cut).count("\N{REPLACEMENT CHARACTER}") <= 2
    assert text[6:] in decode(cut) or text[15:40] in decode(cut)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_feed_with_one_cut_byte_is_read(text: str) -> None:
    body = rss(item(description=text * 3)).replace(text.encode()[-4:], text.encode()[-3:], 1)

    assert text[5:25] in article(body).summary


@pytest.mark.parametrize(
    ("name", "text"), [("cp1252", "Café où l’été fut"), ("cp1251", "Порт открыт"), ("cp1253", "Λιμάνι")]
)
def test_another_charset_is_still_that(name: str, text: str) -> None:
    body = f'<meta charset="{name}"><p>{text}'.encode(name)

    assert text in decode(body)


def test_a_packed_sitemap_is_unpacked() -> None:
    index = (
        b'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap>'
        b"<loc>https://quay.example/news.xml.gz</loc></sitemap></sitemapindex>"
    )
    urls = (
        b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url>'
        b"<loc>https://quay.example/a</loc><lastmod>2026-03-05</lastmod></url></urlset>"
    )

    found = [
        parse_sitemap(
            Fetched("https://quay.example/x.xml.gz", 200, gzip.compress(body)), "x", zone=NAIROBI, now=NOW
        )
        for body in (index, urls)
    ]

    assert found[0].parts == ("https://quay.example/news.xml.gz",)
    assert [entry.url for entry in found[1].entries] == ["https://quay.example/a"]


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("the &lt;animate&gt; element", "the <animate> element"),
        ("the <animate> element", "the <animate> element"),
        ("Use <b> sparingly", "Use <b> sparingly"),
        ("Das Element <video> und <audio>", "Das Element <video> und <audio>"),
        ("La balise &lt;template&gt; expliquée", "La balise <template> expliquée"),
        ("<b>Bold</b> news", "Bold news"),
        ("&lt;i&gt;Titanic&lt;/i&gt; returns", "Titanic returns"),
        ("Tom &amp;amp; Jerry", "Tom & Jerry"),
        ("Line<br/>two", "Line two"),
        ("<i>List</i> of <T> in Java", "List of <T> in Java"),
    ],
)
def test_a_title_that_names_tags_keeps_them(raw: str, wanted: str) -> None:
    assert read_title(raw) == wanted


def test_a_json_feed_s_title_is_text() -> None:
    body = b'{"version": "https://jsonfeed.org/version/1.1", "title": "Q", "items": [{"id": "1", "url": \
"https://quay.example/1", "title": "unship: <a> as <area>, <b>both</b>"}]}'

    (entry,) = parse_json_feed(Fetched("https://quay.example/f", 200, body), "f").entries

    assert entry.title == "unship: <a> as <area>, <b>both</b>"


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ('<title type="text">The &lt;b&gt;old&lt;/b&gt; tag</title>', "The <b>old</b> tag"),
        ('<title type="html">The &lt;b&gt;old&lt;/b&gt; quay</title>', "The old quay"),
        ("<title><![CDATA[The <animate> tag]]></title>", "The <animate> tag"),
    ],
)
def test_an_atom_title_is_what_its_type_says(title: str, wanted: str) -> None:
    body = f"""<feed xmlns="http://www.w3.org/2005/Atom"><entry>{title}
      <link rel="alternate" type="application/json" href="https://quay.example/a.json"/>
      <link rel="alternate" type="text/html" href="https://quay.example/a"/>
      <id>1</id></entry></feed>"""

    found = article(body.encode())

    assert (found.title, found.url) == (wanted, "https://quay.example/a")


DRUPAL = """<span class="field field--name-title field--type-string">The harbor opens</span>
<span class="field field--name-uid"><span lang="" class="username">admin</span></span>
<span class="field field--name-created">Wed, 03/04/2026 - 10:30</span>
<div class="clearfix text-formatted field field--name-body"><p>The harbor of Tarn opens.</p></div>"""


@pytest.mark.parametrize(
    "html",
    [
        DRUPAL,
        '<div class="wp-caption"><img src="a.jpg"><p class="wp-caption-text">A quay</p></div>'
        "<p>The harbor of Tarn opens.</p>",
        "<p>The harbor of Tarn opens.</p><div class='subscription-widget-wrap'><p>Thanks for reading! "
        "Subscribe for free</p></div><p class='button-wrapper'><a href='x'>Share</a></p>",
        "<p>The harbor of Tarn opens.</p><div class='kg-card kg-signup-card'><h2>Sign up</h2></div>"
        "<figure class='kg-card kg-bookmark-card'><div>Another story</div></figure>",
    ],
    ids=["Drupal", "WordPress", "Substack", "Ghost"],
)
def test_what_a_content_system_adds_goes(html: str) -> None:
    assert [block.text for block in read_body(html)] == ["The harbor of Tarn opens."]


APPEARED = {
    "en": "The post The harbor opens appeared first on Quay.",
    "de": "Der Beitrag Der Hafen öffnet erschien zuerst auf Quay.",
    "fr": "L’article Le port ouvre est apparu en premier sur Quay.",
    "es": "La entrada El puerto abre se publicó primero en Quay.",
    "pt": "O post O porto abre apareceu primeiro em Quay.",
    "it": "L'articolo Il porto apre proviene da Quay.",
    "nl": "Het bericht De haven opent verscheen eerst op Quay.",
    "sv": "Inlägget Hamnen öppnar dök först upp på Quay.",
    "pl": "Artykuł Port otwarty pochodzi z serwisu Quay.",
    "cs": "Příspěvek Přístav se otevírá se nejdříve objevil na Quay.",
    "ru": "Сообщение Порт открыт появились сначала на Quay.",
    "uk": "Запис Порт відкрито спершу з'явиться на Quay.",
    "el": "Το άρθρο Το λιμάνι εμφανίστηκε πρώτα στο Quay.",
    "tr": "Liman açılıyor yazısı ilk önce Quay üzerinde ortaya çıktı.",
    "ar": "ظهرت المقالة الميناء يفتح أولاً على Quay.",
    "he": "הפוסט הנמל נפתח הופיע לראשונה ב-Quay.",
    "fa": "نوشته بندر باز شد اولین بار در Quay. پدیدار شد.",
    "ja": "投稿 港が開く は Quay に最初に表示されました。",
    "zh": "港口开放最先出现在Quay。",
    "ko": "항구 개방 게시물이 Quay에 처음 등장했습니다.",
    "id": "Artikel Pelabuhan dibuka pertama kali tampil pada Quay.",
    "vi": "Bài viết Cảng mở cửa đã xuất hiện đầu tiên vào ngày Quay.",
}


@pytest.mark.parametrize("line", APPEARED.values(), ids=APPEARED)
def test_wordpress_s_closing_line_goes(line: str) -> None:
    assert is_appeared(line)
    assert without_appeared(f"The council said so on Monday. {line}") == "The council said so on Monday."
    assert clean_summary(line) == ""


@pytest.mark.parametrize(
    "text", ["The post office appeared first on the list.", "Er erschien zuerst auf dem Markt."]
)
def test_prose_about_what_came_first_stays(text: str) -> None:
    assert clean_summary(f"The council said so. {text}").startswith("The council said so.")


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("Ada Kamau (mailto:ada@quay.example)", "Ada Kamau"),
        ("ada@quay.example (Ada Kamau)", "Ada Kamau"),
        ("Ada Kamau <ada@quay.example>, Bo Li", "Ada Kamau , Bo Li".replace(" ,", ",")),
        (", ".join(f"Name Surname{number}" for number in range(60)), None),
    ],
)
def test_a_byline_is_names(raw: str, wanted: str | None) -> None:
    found = clean_byline(raw)

    if wanted is None:
        assert found.startswith("Name Surname0, Name Surname1")
        assert len(found) <= 200
    else:
        assert found.replace(" ,", ",") == wanted


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Quay News: Breaking news, politics and sport", "Quay News"),
        ("Kai – Nachrichten, Sport und Wetter aus Tarn", "Kai"),
        ("Le Quai - Actualités et infos du port", "Le Quai"),
        ("Quay News - RSS Feed", "Quay News"),
        ("Der Hafen » Feed", "Der Hafen"),
        ("The Quay Courier", "The Quay Courier"),
        ("Spider-Man Weekly", "Spider-Man Weekly"),
        ("Top Stories", ""),
        ("Latest news", ""),
        ("Nachrichten", ""),
        ("Últimas noticias", ""),
        ("À la une", ""),
        ("آخر الأخبار", ""),
        ("新着ニュース一覧", "新着ニュース一覧"),
        ("Recent content on Ann Lee", "Ann Lee"),
        ("Recent content in Posts on Ann Lee", "Ann Lee"),
        ("Posts on The Quay", "The Quay"),
        ("Comments on: Ferry stays", "Ferry stays"),
        ("Comments for The Quay", "The Quay"),
        ("The World Today", "The World Today"),
        ("Die Welt", "Die Welt"),
        ("Le Monde", "Le Monde"),
    ],
)
def test_a_feed_s_title_is_shortened_to_its_publisher(title: str, wanted: str) -> None:
    assert publisher_of(title) == wanted


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("4 मार्च 2026", date(2026, 3, 4)),
        ("०४ मार्च २०२६", date(2026, 3, 4)),
        ("令和8年3月4日", date(2026, 3, 4)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("۱۳ اسفند ۱۴۰۴", date(2026, 3, 4)),
        ("1404/12/13", date(2026, 3, 4)),
        ("1 فروردین 1400", date(2021, 3, 21)),
        ("1399-01-01", date(2020, 3, 20)),
    ],
)
def test_other_calendars_and_months_are_read(raw: str, day: date) -> None:
    assert read(raw, zone=ZoneInfo("UTC"), now=datetime(2026, 3, 5, tzinfo=UTC)).on == day


@pytest.mark.parametrize(
    "wrapped",
    [
        "https://www.google.com/url?rct=j&sa=t&url=https://quay.example/a&ct=ga&cd=x",
        "https://google.co.uk/url?q=https%3A%2F%2Fquay.example%2Fa&sa=U",
    ],
)
def test_a_search_engine_s_link_is_unwrapped(wrapped: str) -> None:
    assert canonical(wrapped) == "https://quay.example/a"


def test_a_relative_link_is_relative_to_its_channel() -> None:
    channel = "<title>Q</title><link>https://quay.example/news/</link>"

    assert (
        article(rss(item(link="ferry.html"), channel=channel)).url == "https://quay.example/news/ferry.html"
    )


def test_a_bare_ampersand_in_opml_is_read() -> None:
    body = b'<opml><body><outline xmlUrl="https://quay.example/feed?a=1&b=2&amp;c=3"/></body></opml>'

    (found,) = opml.read(body, "feeds.opml")

    assert found.url == "https://quay.example/feed?a=1&b=2&c=3"


POST = (
    b'[{"id": 1, "link": "https://quay.example/a", "title": {"rendered": "T"}, "date": "2026-03-04T10:30:00",\
 "date_gmt": "-0001-11-30T00:00:00", "content": {"rendered": "<p>x</p>"}}]'
)


def test_php_s_notice_before_the_posts_is_looked_past() -> None:
    body = b"<br />\n<b>Notice</b>: Undefined index [0] in /srv/x.php on line <b>3</b><br />\n" + POST

    (entry,) = parse_posts(Fetched("https://quay.example/wp-json", 200, body), "w").entries

    assert (entry.url, entry.published) == ("https://quay.example/a", "2026-03-04T10:30:00")


def test_lists_in_a_query_stay() -> None:
    asked = posts_address("https://quay.example/wp-json/wp/v2/posts?tags[]=1&tags[]=2", NOW)

    assert "tags[]=1&tags[]=2&" in asked


@pytest.fixture(scope="module")
def fetcher() -> Iterator[Fetcher]:
    made = Fetcher(user_agent="digest-tests", allowed_hosts=("127.0.0.1",), deadline_s=5)
    yield made
    made.close()


def test_a_first_crawl_that_is_told_nothing_changed_has_failed(fetcher: Fetcher) -> None:
    with site({"/feed.xml": answer(status="304 Not Modified")}) as server:
        made = FeedSource(SourceKey("q"), f"{server.url}/feed.xml", fetcher, zone=NAIROBI)
        found = made.collect(Memory(), now=NOW)

    assert found.is_failed
    assert "304" in found.problems[0].what


def test_a_site_without_wp_json_is_asked_by_its_query(fetcher: Fetcher) -> None:
    def act(connection: socket.socket, request: bytes) -> None:
        is_asked = "rest_route=/wp/v2/posts" in path_of(request)
        connection.sendall(answer(POST) if is_asked else answer(status="404 Not Found"))

    with RawServer(act) as server:
        made = WordPressSource(SourceKey("w"), f"{server.url}/", fetcher, zone=NAIROBI, full_text="feed")
        found = made.collect(Memory(), now=NOW)

    assert [one.title for one in found.articles] == ["T"]
