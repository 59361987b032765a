"""Pictures that a mail may show, wherever a page keeps them."""

from __future__ import annotations

import pytest

from digest.sources.pages.pictures import first_picture, usable_image
from tests.sources.feeds import article, item, rss

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
        "http://quay.example/a.jpg",
    ],
)
def test_icons_faces_logos_spacers_and_formats_of_the_web_are_none(address: str) -> None:
    assert usable_image(address, BASE) is None


@pytest.mark.parametrize(
    "name", ["harbor.jpg", "iconic-quay.jpg", "catalogos.jpg", "shareholders-meet.png"]
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
