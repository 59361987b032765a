"""Whatever keeps an article's picture, it is found; what only decorates is not."""

# ruff: noqa: E501  # what pages and feeds write, line for line
from __future__ import annotations

import json

import pytest

from digest.sources.pages.extraction import extract
from digest.sources.pages.junk_pictures import is_junk
from digest.sources.pages.pictures import first_picture
from tests.sources.feeds import NAIROBI, NOW, article, item, rss

FERRY = "https://cdn.example/p/ferry.jpg"

JUNK = [
    *("https://medium.com/_/stat?event=x", "https://www.google-analytics.com/collect?v=1"),
    *("https://www.facebook.com/tr?id=1", "https://counter.theconversation.com/content/1/count.gif"),
    *("https://ping.chartbeat.net/ping?h=x", "https://vg08.met.vgwort.de/na/abcdef"),
    *("https://stats.example/matomo.php?idsite=1", "https://x.ivwbox.de/cgi-bin/ivw/CP/x"),
    *(
        "https://ws-na.amazon-adsystem.com/widgets/q?x",
        "https://pbs.twimg.com/profile_images/1/x_normal.jpg",
    ),
    *(
        "https://cdn.jsdelivr.net/gh/twitter/twemoji@14/assets/72x72/1f600.png",
        "https://a.example/emoji.php/v9/1f600.png",
    ),
    *("https://a.example/facebook.png", "https://a.example/rss.png", "https://a.example/shim.gif"),
    *(
        "https://a.example/grey.gif",
        "https://a.example/no-image-available.jpg",
        "https://via.placeholder.com/600x400",
    ),
    *(
        "https://a.example/ajax-loader.gif",
        "https://a.example/play-button.png",
        "https://a.example/app-store-badge.png",
    ),
    *("https://a.example/become_a_patron_button.png", "https://licensebuttons.net/l/by/4.0/88x31.png"),
    *("https://a.example/ann-kamau-headshot.jpg", "https://a.example/thing-50x50.jpg"),
    *(
        "https://a.example/quay-logo-og.png",
        "https://a.example/og-default.png",
        "https://a.example/social-card.png",
    ),
]
STORIES = [
    *(
        "google-pixel-10.jpg",
        "new-logo-for-the-harbor-unveiled.jpg",
        "iconic-bridge.jpg",
        "share-market.jpg",
    ),
    *(
        "facebook-headquarters.jpg",
        "avatar-fire-and-ash-film.jpg",
        "spacerace.jpg",
        "social-housing-tarn.jpg",
    ),
    *(
        "new-emoji-unicode-17-approved.jpg",
        "og-image.jpg",
        "cover.jpg",
        "9f86d081884c7d65.jpg",
        "ferry-150x150.jpg",
    ),
    *(
        "facebook.jpg",
        "badger.jpg",
        "blueprint.jpg",
        "counter-terror-police.jpg",
        "IMG_1234.jpg",
        "photo.gif",
    ),
]


@pytest.mark.parametrize("address", JUNK)
def test_what_decorates_is_no_picture(address: str) -> None:
    assert is_junk(address)


@pytest.mark.parametrize("name", STORIES)
def test_a_name_that_tells_something_is_one(name: str) -> None:
    assert not is_junk(f"https://cdn.example/p/{name}")


@pytest.mark.parametrize(
    "html",
    [
        f'<img srcset="https://cdn.example/p/s.jpg 300w 200h, {FERRY} 1200w 800h">',
        f'<img style="width:1px;height:1px" src="https://x.example/z"><img src="{FERRY}">',
        f'<div class="byline"><img src="https://cdn.example/p/ann.jpg"></div><img src="{FERRY}">',
        f'<img class="profile-picture" src="https://cdn.example/p/ann.jpg"><img src="{FERRY}">',
        f'<img class="site-logo" src="https://cdn.example/p/q.png"><img src="{FERRY}">',
    ],
)
def test_the_picture_of_the_text_is_found(html: str) -> None:
    found = first_picture([html], "https://quay.example/a")

    assert found is not None
    assert found.url == FERRY


def of_page(head: str) -> str:
    text = "The harbor of Tarn opens again after the storm. " * 30
    page = f"<html><head><title>T</title>{head}</head><body><article><p>{text}</p></article></body></html>"
    image = extract(page, url="https://quay.example/a", zone=NAIROBI, now=NOW).image
    return image.url if image else ""


def linked(**said: object) -> str:
    told = {"@type": "NewsArticle", "headline": "T", **said}
    return f'<script type="application/ld+json">{json.dumps(told)}</script>'


GRAPH = [
    {"@type": "NewsArticle", "headline": "T", "image": [{"@id": "#picture"}]},
    {"@type": "ImageObject", "@id": "#picture", "url": FERRY},
]


@pytest.mark.parametrize(
    "head",
    [
        f'<meta property="og:image" content="https://cdn.example/p/a.jpg"><meta property="og:image:width" content="60"><meta property="og:image" content="{FERRY}"><meta property="og:image:width" content="1200">',
        f'<meta property="og:image" content="{FERRY}"><meta property="og:image:width" content="1200"><meta property="og:image" content="https://cdn.example/p/b.jpg"><meta property="og:image:width" content="60">',
        f'<meta property="og:image" content="http://cdn.example/p/ferry.jpg"><meta property="og:image:secure_url" content="{FERRY}">',
        f'<meta property="og:image" content="https://cdn.example/p/a"><meta property="og:image:type" content="image/webp"><meta name="twitter:image" content="{FERRY}">',
        f'<link rel="image_src" href="{FERRY}">',
        f'<meta itemprop="thumbnailUrl" content="{FERRY}">',
        linked(thumbnailUrl=FERRY),
        linked(image=[{"url": "https://cdn.example/p/a.jpg", "width": 50}, {"url": FERRY, "width": 900}]),
        f'<script type="application/ld+json">{json.dumps({"@graph": GRAPH})}</script>',
        f'<meta property="og:image" content="https://cdn.example/p/quay-logo-og.png">{linked(image=FERRY)}',
    ],
    ids=[
        "second of two",
        "first of two",
        "secure",
        "by type",
        "link",
        "itemprop",
        "thumbnail",
        "sizes",
        "by name",
        "logo",
    ],
)
def test_the_picture_that_a_page_names_is_found(head: str) -> None:
    assert of_page(head) == FERRY


@pytest.mark.parametrize(
    "more",
    [
        f'<enclosure url="{FERRY}" length="0"/>',
        f"<image>{FERRY}</image>",
        f"<image><url>{FERRY}</url></image>",
        f'<itunes:image xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" href="{FERRY}"/>',
        f'<media:content url="https://0.gravatar.com/avatar/x?s=96" medium="image"/><media:content url="{FERRY}" medium="image"/>',
        f'<media:group><media:content url="https://v.example/x" type="video/mp4"/><media:thumbnail url="{FERRY}" width="480"/></media:group>',
    ],
)
def test_the_picture_that_a_feed_names_is_found(more: str) -> None:
    found = article(rss(item(more=more))).image

    assert found is not None
    assert found.url == FERRY
