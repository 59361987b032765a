"""A picture that a source gives to many articles belongs to none of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digest.model import Article, CanonicalUrl, Image
from digest.sources.pages.shared_pictures import MAX_PICTURES, SharedPictures
from tests.sources.feeds import article, item, rss

LOGO = "https://quay.example/uploads/the-quay.jpg"
BASE = article(rss(item()))


def made(number: int, picture: str, place: str = "") -> Article:
    url = CanonicalUrl(f"https://quay.example/{number}{place}")
    return replace(BASE, url=url, guid=str(url), image=Image(picture))


def pictures(articles: Sequence[Article]) -> list[str]:
    return [one.image.url if one.image else "" for one in articles]


def own(numbers: range) -> list[Article]:
    return [made(number, f"https://quay.example/p{number}.jpg") for number in numbers]


def test_a_logo_that_a_site_gives_its_articles_is_no_picture_of_theirs() -> None:
    found = SharedPictures().clean([*own(range(10)), *(made(n, LOGO) for n in range(20, 24))])

    assert pictures(found)[10:] == [""] * 4
    assert all(pictures(found)[:10])


def test_sizes_asked_of_the_server_make_no_other_picture_of_it() -> None:
    found = SharedPictures().clean([made(n, f"{LOGO}?w={n}00") for n in range(1, 6)])

    assert pictures(found) == [""] * 5


def test_it_is_learned_from_crawl_to_crawl() -> None:
    shared, found = SharedPictures(), list[Article]()
    for number in range(6):
        shared = SharedPictures.read(shared.write())
        found += shared.clean([made(number, LOGO)])

    assert pictures(found) == [LOGO] * 3 + [""] * 3


def test_an_article_that_changes_counts_once() -> None:
    shared = SharedPictures()

    found = [one for _ in range(20) for one in shared.clean([made(1, LOGO)])]

    assert pictures(found) == [LOGO] * 20


def test_a_running_storys_picture_stays() -> None:
    found = SharedPictures().clean([*own(range(60)), *(made(n, LOGO) for n in range(100, 105))])

    assert pictures(found)[60:] == [LOGO] * 5


def test_entries_of_one_live_page_are_one_page() -> None:
    found = SharedPictures().clean([made(1, LOGO, f"#e{n}") for n in range(20)])

    assert pictures(found) == [LOGO] * 20


def test_a_picture_of_a_dozen_pages_is_nobodys() -> None:
    found = SharedPictures().clean([*own(range(300)), *(made(n, LOGO) for n in range(500, 512))])

    assert pictures(found)[300:] == [""] * 12


def test_what_is_remembered_is_bounded_and_survives_a_spoiled_note() -> None:
    shared = SharedPictures()
    shared.clean(own(range(MAX_PICTURES + 200)))

    assert len(shared.write()) < 10_000 * 2
    for note in ("[1]", "{", '{"a": 1}', "null", '"x"'):
        assert SharedPictures.read(note).write() == ""
