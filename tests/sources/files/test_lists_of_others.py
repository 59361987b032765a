"""What plug-ins, caches and scripts make of WordPress's lists and of sitemaps."""

from __future__ import annotations

import json

import pytest

from digest.model import Article
from digest.sources.entries import read_entry
from digest.sources.sitemap import parse_sitemap
from digest.sources.web.fetching import Fetched
from digest.sources.wordpress import parse_posts
from tests.sources.feeds import NAIROBI, NOW, PROFILE

FERRY = "https://quay.example/ferry"
ONE = '{"id": 7, "link": "https://quay.example/ferry", "title": {"rendered": "Ferry returns"}}'


def post(**fields: object) -> Article:
    known = {
        "id": 7,
        "date": "2026-03-04T10:30:00",
        "date_gmt": "2026-03-04T07:30:00",
        "link": FERRY,
        "title": {"rendered": "Ferry returns"},
        "content": {"rendered": "<p>The ferry returns on Monday.</p>"},
        "status": "publish",
    }
    return first_post(json.dumps([known | fields]))


def first_post(body: str) -> Article:
    answer = Fetched("https://quay.example/wp-json/wp/v2/posts", 200, body.encode(), "application/json")
    read = read_entry(parse_posts(answer, "posts").entries[0], PROFILE, now=NOW).article
    assert read is not None
    return read


@pytest.mark.parametrize("form", ['{"posts": [@]}', '{"0": @}', "@", "[null, @]", "<br />[1] [x]\n[@]"])
def test_posts_are_found_in_what_plug_ins_make_of_a_list(form: str) -> None:
    assert first_post(form.replace("@", ONE)).title == "Ferry returns"


def test_a_list_that_lost_its_first_item_is_a_list() -> None:
    terms = {"0": [{"taxonomy": "category", "name": "City"}]}
    found = post(_embedded={"author": {"1": {"name": "Ann Kamau"}}, "wp:term": terms})

    assert (found.byline, found.tags) == ("Ann Kamau", ("City",))


def test_what_plug_ins_say_of_a_post_counts_where_nothing_is_embedded() -> None:
    picture = "https://quay.example/y.jpg"
    yoast = {"author": "Ann Kamau", "og_image": [{"url": picture, "width": 1200}]}

    assert post(yoast_head_json=yoast).byline == "Ann Kamau"
    for found in (post(yoast_head_json=yoast), post(jetpack_featured_media_url=picture)):
        assert found.image is not None
        assert found.image.url == picture


def test_a_post_without_a_link_has_the_one_that_every_post_has() -> None:
    assert post(link=None).address == "https://quay.example/?p=7"
    assert (
        post(link="", guid={"rendered": "https://quay.example/?p=7"}).address == "https://quay.example/?p=7"
    )


def pages(
    loc: str, form: str = "<urlset><url><loc>@</loc><lastmod>2026-03-04</lastmod></url></urlset>"
) -> list[str]:
    fetched = Fetched("https://quay.example/s.xml", 200, form.replace("@", loc).encode())
    return [entry.url for entry in parse_sitemap(fetched, "s", zone=NAIROBI, now=NOW).entries]


@pytest.mark.parametrize(
    "form",
    [
        "<urlset><url><loc>@</loc><lastmod>2026-03-04</lastmod></url><url><news:news/></url></urlset>",
        "<URLSET><URL><LOC>@</LOC><LASTMOD>2026-03-04</LASTMOD></URL></URLSET>",
        "<s:urlset><s:url><s:loc>@</s:loc><s:lastmod>2026-03-04</s:lastmod></s:url></s:urlset>",
    ],
)
def test_a_map_is_read_whatever_its_prefixes_and_cases(form: str) -> None:
    assert pages(FERRY, form) == [FERRY]


@pytest.mark.parametrize(
    ("written", "page"),
    [
        ("https://quay.example/?a=1&b=2", "https://quay.example/?a=1&b=2"),
        ("https://quay.example/?a=1&amp;b=2", "https://quay.example/?a=1&b=2"),
        ("https://quay.example/caf&eacute;", "https://quay.example/café"),
        ("<![CDATA[https://quay.example/?a=1&b=2]]>", "https://quay.example/?a=1&b=2"),
    ],
)
def test_ampersands_and_entities_of_a_map_are_read(written: str, page: str) -> None:
    assert pages(written) == [page]
