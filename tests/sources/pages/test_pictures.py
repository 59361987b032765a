"""Pictures that a mail may show, wherever a page keeps them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from digest.sources.pages.extraction import extract
from digest.sources.pages.pictures import first_picture, usable_image
from tests.sources.feeds import NOW, article, item, reads, rss

BASE = "https://quay.example/news/"


def first(html: str) -> str:
    found = first_picture([html], BASE)
    return found.url.removeprefix("https://quay.example/") if found else ""


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ('<img src="/a.jpg">', "a.jpg"),
        ('<img src="data:image/gif;base64,R0" data-src="/a.jpg">', "a.jpg"),
        ('<img src="/img/placeholder.png" data-lazy-src="/a.jpg">', "a.jpg"),
        ('<img src="/blank.gif" data-srcset="/s.jpg 300w, /a.jpg 1200w, /l.jpg 4000w">', "a.jpg"),
        ('<img srcset="/s.jpg 300w,/a.jpg 800w">', "a.jpg"),
        ('<img srcset="/s.jpg, /a.jpg 2x">', "a.jpg"),
        ('<picture><source srcset="/a.webp" type="image/webp"><img src="/a.jpg"></picture>', "a.jpg"),
        ('<img class="wp-smiley" src="/x.png"><img src="/a.jpg">', "a.jpg"),
        ('<img class="avatar avatar-96" src="/ada.jpg"><img src="/a.jpg">', "a.jpg"),
        ('<img src="/c,w_500/a.jpg">', "c,w_500/a.jpg"),
        (
            '<picture><source srcset="/x" type="image/webp"><source srcset="/s.jpg 300w, /a.jpg 900w">'
            '<img src="/a.webp"></picture>',
            "a.jpg",
        ),
        (
            '<img class="lazy" src="data:image/gif;base64,R0"><noscript><img src="/a.jpg"></noscript>',
            "a.jpg",
        ),
        ('<img src="/grey.gif" data-large-file="/a.jpg">', "a.jpg"),
        ('<img src="/loading.svg" data-lazy="/a.jpg">', "a.jpg"),
        ('<div class="author-box"><img src="/ada.jpg"></div><img src="/a.jpg">', "a.jpg"),
        ('<ul class="share-buttons"><li><a><img src="/f.png"></a></li></ul><img src="/a.jpg">', "a.jpg"),
        ('<img src="/a.svg">', ""),
        ('<img src="/a.webp"><img src="/b.avif">', ""),
        ('<img src="http://quay.example/a.jpg">', ""),
    ],
)
def test_a_text_s_first_picture_is_found(html: str, wanted: str) -> None:
    assert first(html) == wanted


@pytest.mark.parametrize(
    "address",
    [
        "https://secure.gravatar.com/avatar/1?s=96",
        "https://s.w.org/images/core/emoji/14/72x72/1f600.png",
        "https://quay.example/share-facebook.png",
        "https://quay.example/assets/icons/whatsapp.png",
        "https://quay.example/spacer.gif",
        "https://quay.example/img/logo.png",
        "https://quay.example/quay_logo.png",
        "https://quay.example/1x1.gif",
        "https://quay.example/favicon-96.png",
        "https://stats.wordpress.com/b.gif?host=x",
        "https://quay.example/a.jpg?format=webp",
        "https://quay.example/a.AVIF",
        "https://quay.example/a.svgz",
        "https://img.quay.example/f_webp,q_80/a.jpg",
        "https://img.quay.example/a/format/avif",
        "https://quay.example/default-avatar.jpg",
        "https://quay.example/site-logo-600x60.png",
        "https://quay.example/header-logo@2x.png",
        "https://quay.example/images/btn-share.gif",
        "https://quay.example/twitter-icon@2x.png",
        "https://quay.example/smilies/wink.png",
        "https://quay.example/icon_smile.gif",
        "https://quay.example/transparent.png",
        "https://quay.example/1px.png",
        "https://quay.example/tracking.php?id=7",
        "https://quay.example/b.gif",
        "https://quay.example/placeholder-16x9.png",
        "https://0.gravatar.com/avatar/abc",
        "http://quay.example/a.jpg",
    ],
)
def test_icons_faces_logos_spacers_and_formats_of_the_web_are_none(address: str) -> None:
    assert usable_image(address, BASE) is None


@pytest.mark.parametrize(
    "name",
    [
        *(
            "harbor.jpg",
            "iconic-quay.jpg",
            "catalogos.jpg",
            "shareholders-meet.png",
            "share-prices-fall.jpg",
        ),
        *("social-housing.jpg", "icons-of-jazz.jpg", "button-mushrooms.jpg", "badge-of-honor.jpg"),
        *("clear-skies.jpg", "loading-dock.jpg", "blank-ballots.jpg", "tracking-wolves.jpg", "12345.jpg"),
    ],
)
def test_a_picture_whose_name_only_begins_like_junk_stays(name: str) -> None:
    assert usable_image(f"https://quay.example/{name}", BASE) is not None


def test_a_media_group_s_widest_picture_is_taken() -> None:
    group = (
        '<media:group><media:content url="https://quay.example/s.jpg" width="150" medium="image"/>'
        '<media:content url="https://quay.example/a.jpg" width="900" medium="image"/></media:group>'
    )

    found = article(rss(item(more=group))).image

    assert found is not None
    assert found.url == "https://quay.example/a.jpg"


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ('<media:content url="https://quay.example/a.webp" medium="image"/>', "is WebP"),
        ('<media:thumbnail url="https://quay.example/a.svg"/>', "is SVG"),
        ('<enclosure url="https://quay.example/a" type="image/avif" length="9"/>', "is AVIF"),
        ('<enclosure url="http://quay.example/a.jpg" type="image/jpeg" length="9"/>', "no https"),
        ("<description>&lt;img src='/a.webp'&gt; The harbor opens.</description>", "is WebP"),
        ('<media:thumbnail url="https://secure.gravatar.com/avatar/1"/>', ""),
        ('<media:content url="https://quay.example/a.webp" medium="image"/>'
         '<media:content url="https://quay.example/b.jpg" medium="image"/>', ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_picture_that_no_mail_can_show_is_told(more: str, wanted: str) -> None:
    (read,) = reads(rss(item(more=more)))

    told = [problem.what for problem in read.problems]

    assert len(told) == bool(wanted)
    assert wanted in "".join(told)
    assert read.article is not None
    assert read.article.image is None or not wanted


def page(head: str = "", body: str = "") -> str:
    text = "<p>The harbor opens again on Monday, eleven weeks after the storm had broken its wall.</p>" * 3
    return (
        f"<html><head><title>Harbor</title>{head}</head><body><article>{body}{text}</article></body></html>"
    )


def og(*addresses: str) -> str:
    return "".join(f'<meta property="og:image" content="{address}">' for address in addresses)


@pytest.mark.parametrize(
    ("head", "body", "wanted"),
    [
        (og("/a.jpg"), "", "a.jpg"),
        (og("/a.webp", "/a.jpg"), "", "a.jpg"),
        (og("/logo.png"), '<img src="/a.jpg">', "a.jpg"),
        ("", '<img src="data:image/gif;base64,R0" data-src="/a.jpg" width="900">', "a.jpg"),
        ("", '<img class="avatar" src="/ada.jpg">', ""),
        (og("/a.webp") + '<meta name="twitter:image" content="/a.jpg">', "", "a.jpg"),
    ],
)
def test_a_page_s_picture_is_the_first_that_a_mail_can_show(head: str, body: str, wanted: str) -> None:
    found = extract(page(head, body), url=BASE, zone=ZoneInfo("UTC"), now=NOW)

    assert (found.image.url if found.image else "") == (f"https://quay.example/{wanted}" if wanted else "")
    assert not found.picture_problem


@pytest.mark.parametrize(
    ("address", "wanted"), [("/a.webp", "WebP"), ("/a.svg", "SVG"), ("http://quay.example/a.jpg", "https")]
)
def test_a_page_s_picture_that_is_left_out_is_told(address: str, wanted: str) -> None:
    found = extract(page(og(address)), url=BASE, zone=ZoneInfo("UTC"), now=NOW)

    assert found.image is None
    assert wanted in found.picture_problem
