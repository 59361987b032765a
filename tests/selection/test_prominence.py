"""What a front page shows counts, beside what is newest; a doubtful merge adds nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.model import Article, Image, SeenArticle, Selection, distinct_voices, is_same_voice
from digest.selection.prominence import prominence
from digest.selection.selecting import select
from tests.selection.newsroom import DAY, NOTHING_SENT, article, newsletter, told

MARKET = "Traders moved their stalls under new timber while masons sang and goats looked on. " * 40
LONG = "The council of the harbor town voted for the new sea wall after a night of talks. " * 40


def chosen(*candidates: SeenArticle, **more: object) -> Selection:
    return select(candidates, newsletter=newsletter(**more), window=DAY, sent=NOTHING_SENT)


def titles(selection: Selection) -> list[str]:
    return [story.lead.title for section in selection.sections for story in section.stories]


def worth(one: Article) -> float:
    return prominence(one, (one,))


@pytest.mark.parametrize(
    ("more", "less"),
    [
        pytest.param({"source_place": 1}, {"source_place": 2}, id="the source's own order"),
        pytest.param({"source_place": 9}, {}, id="an order at all"),
        pytest.param({"tags": ("Top stories",)}, {}, id="a mark of the first page"),
        pytest.param({"tags": ("À la une",)}, {}, id="a mark of the first page, French"),
        pytest.param({"tags": ("Aufmacher",)}, {}, id="a mark of the first page, German"),
        pytest.param({"text": LONG}, {"text": LONG[:400]}, id="length"),
        pytest.param({"text": LONG[:2000]}, {}, id="any text"),
        pytest.param({"image": Image("https://harbour.example/a.jpg")}, {}, id="a picture"),
        pytest.param({"title": "Flood kills nine in Kano"}, {"title": "Pier gets new paint"}, id="weight"),
        pytest.param(
            {"title": "Terremoto en la costa"}, {"title": "Pintan el muelle"}, id="weight, Spanish"
        ),
        pytest.param({"title": "Землетрясение у берегов"}, {"title": "Краска для пирса"}, id="Russian"),
        pytest.param({"title": "能登で地震"}, {"title": "桟橋を塗る"}, id="weight, Japanese"),
        pytest.param({"tags": ("Politics",)}, {"tags": ("Opinion",)}, id="a light page"),
        pytest.param({"tags": ("Politik",)}, {"tags": ("Meinung",)}, id="a light page, German"),
    ],
)
def test_a_front_page_makes_more_of_it(more: dict[str, object], less: dict[str, object]) -> None:
    title = {"title": "The pier is painted"}

    assert worth(article("a", **(title | more))) > worth(article("b", **(title | less)))  # type: ignore[arg-type]


def test_the_newest_does_not_win_by_being_newest() -> None:
    paint = told("paint", "Pier gets new paint", "Blue and white, said the harbor master.", hours=1)
    flood = told("flood", "Flood kills nine in Kano", LONG, hours=9, image=Image("https://x.example/a.jpg"))

    assert titles(chosen(paint, flood)) == ["Flood kills nine in Kano", "Pier gets new paint"]


def test_of_equals_the_newer_leads() -> None:
    old = told("old", "Bridge opens to carts", LONG, hours=9)
    new = told("new", "Market hall gets a roof", MARKET, hours=1)

    assert titles(chosen(old, new))[0] == "Market hall gets a roof"


def test_a_newsroom_s_weight_beats_both() -> None:
    ours = told("ours", "Pier gets new paint", "Blue and white it is.", hours=9, source="ours")
    wire = told("wire", "Flood kills nine in Kano", LONG, hours=1, source="wire")

    assert titles(chosen(ours, wire, source_weights={"ours": 5.0}))[0] == "Pier gets new paint"


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        pytest.param({"publisher": "Port Gazette"}, {"publisher": "The Port Gazette"}, True, id="article"),
        pytest.param({"publisher": "PortGazette.com"}, {"publisher": "portgazette"}, True, id="ending"),
        pytest.param(
            {"publisher": "Thread one"}, {"publisher": "Thread two"}, True, id="one site's threads"
        ),
        pytest.param(
            {"publisher": "Gazette"}, {"publisher": "Post", "source": "post"}, False, id="two publishers"
        ),
        pytest.param(
            {"publisher": "Gazette", "url": "https://news.google.com/a"},
            {"publisher": "Post", "url": "https://news.google.com/b"},
            False,
            id="two at an aggregator",
        ),
        pytest.param({}, {"url": "https://www.harbour.example/b"}, True, id="no names, one host"),
    ],
)
def test_one_publisher_is_one_voice(
    first: dict[str, object], second: dict[str, object], is_same: bool
) -> None:
    one, other = article("a", **first), article("b", **second)  # type: ignore[arg-type]

    assert is_same_voice(one, other) is is_same
    assert len(distinct_voices((one, other))) == 2 - is_same


QUAKE = (
    "An earthquake of magnitude six shook the harbor of Kano at dawn, and the old pier fell into the sea."
)


def test_two_posts_of_one_site_are_not_two_voices() -> None:
    one = told("one", "Earthquake shakes Kano harbor", QUAKE, publisher="Thread: quake")
    two = told("two", "Kano harbor earthquake: pier fell", f"{QUAKE} People ran.", publisher="Re: the pier")

    story = chosen(one, two).sections[0].stories[0]

    lone = chosen(one).sections[0].stories[0]
    assert story.score <= lone.score * 1.1


def test_a_sure_merge_of_two_publishers_multiplies_the_rank() -> None:
    one = told("one", "Earthquake shakes Kano harbor", QUAKE)
    two = told("two", "Earthquake shakes harbor of Kano", f"{QUAKE} People ran.", source="post")

    both, alone = (chosen(*given).sections[0].stories[0] for given in ((one, two), (one,)))

    assert both.others
    assert both.score > 1.5 * alone.score


def test_a_place_is_kept_with_the_article() -> None:
    assert replace(article("a"), source_place=3).content_hash == article("a").content_hash
