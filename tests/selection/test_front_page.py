"""Who counts as a voice, which articles are one story, and which of them leads: cases of many newsrooms."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from digest.model import Article, SeenArticle, Selection, distinct_voices, is_same_voice
from digest.selection.prominence import prominence
from digest.selection.selecting import select
from tests.selection.newsroom import DAY, NOTHING_SENT, article, newsletter, told


def chosen(*candidates: SeenArticle, **more: object) -> Selection:
    return select(candidates, newsletter=newsletter(**more), window=DAY, sent=NOTHING_SENT)


def stories(selection: Selection) -> list[tuple[str, ...]]:
    """Return the titles of each story, its lead's first."""
    return [
        tuple(one.title for one in story.articles)
        for section in selection.sections
        for story in section.stories
    ]


def voice(name: str, host: str) -> Article:
    return article("a", source=host.partition(".")[0], publisher=name, url=f"https://{host}/{name or 'x'}")


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (("Harbour Daily", "www.harbour.co.ke"), ("Harbour Sport", "sport.harbour.co.ke"), True),
        (("Bild der Küste", "www.kueste.de"), ("Küste Regional", "regional.kueste.de"), True),
        (("La Nación", "www.lanacion.com.ar"), ("LN Deportes", "deportes.lanacion.com.ar"), True),
        (("港報", "www.kouhou.co.jp"), ("港報スポーツ", "sports.kouhou.co.jp"), True),
        (("Le Port", "www.leport.fr"), ("Le Port.fr", "feeds.example"), True),
        (("Hafenbote", "hafenbote.de"), ("Hafenbote.de", "agg.example"), True),
        (("El Faro", "elfaro.net"), ("El Faro.net", "agg.example"), True),
        (("Küstenblatt", "kb.example"), ("KÜSTENBLATT Online", "agg.example"), True),
        (("El País del Mar", "epm.example"), ("El Pais del Mar", "agg.example"), True),
        (("Les Quais", "lq.example"), ("Quais", "agg.example"), True),
        (("Los Muelles", "lm.example"), ("muelles", "agg.example"), True),
        (("Il Molo", "im.example"), ("Molo.it", "agg.example"), True),
        (("Harbour News, Mombasa", "a.co.ke"), ("Harbour News Lagos", "b.com.ng"), False),
        (("", "north.co.uk"), ("", "south.co.uk"), False),
        (("", "north.com.au"), ("", "south.com.au"), False),
        (("", "north.or.jp"), ("", "south.or.jp"), False),
        (("Amina's Notes", "amina.substack.com"), ("Baraka's Notes", "baraka.substack.com"), False),
        (("Amina", "amina.wordpress.com"), ("Baraka", "baraka.wordpress.com"), False),
        (("Amina", "amina.blogspot.com"), ("Baraka", "baraka.blogspot.com"), False),
        (("Amina", "amina.github.io"), ("Baraka", "baraka.github.io"), False),
        (("Port Gazette", "www.msn.com"), ("Quay Post", "www.msn.com"), False),
        (("Port Gazette", "uk.news.yahoo.com"), ("Quay Post", "news.yahoo.com"), False),
        (("Re: the pier", "forum.harbour.example"), ("Pier photos", "forum.harbour.example"), True),
        (("Re: the pier", "forum.harbour.example"), ("Harbour Daily", "harbour.example"), True),
        (("O Cais", "ocais.com.br"), ("A Cais", "acais.com.br"), True),
        (("Порт", "port.com.ua"), ("Порт. Спорт", "sport.port.com.ua"), True),
        (("", "192.0.2.7"), ("", "198.51.100.7"), False),
        (("", "localhost"), ("", "localhost"), True),
    ],
)
def test_a_publisher_speaks_with_one_voice(
    one: tuple[str, str], other: tuple[str, str], *, is_same: bool
) -> None:
    first, second = voice(*one), voice(*other)

    assert is_same_voice(first, second) is is_same_voice(second, first) is is_same
    assert len(distinct_voices((first, second))) == 2 - is_same


ACCIDENTS = [
    pytest.param(*line.split("\t")[1:], id=line.split("\t")[0])
    for line in (Path(__file__).parent / "accidents.tsv").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("title", "text", "other_title", "other_text"), ACCIDENTS)
def test_two_accidents_of_one_day_are_two_stories(
    title: str, text: str, other_title: str, other_text: str
) -> None:
    one, other = told("a", title, text, hours=3), told("b", other_title, other_text, source="coast")

    selection = chosen(one, other)

    assert sorted(map(len, stories(selection))) == [1, 1]


WIRE = (
    "Seven people died on Monday when a bus overturned near Naivasha, police said. The driver, who was "
    "taken to a hospital in Nakuru, told officers that the brakes had failed on the long way down from "
    "the escarpment. The county has asked the ministry to close the road to buses at night. Relatives "
    "waited at the mortuary in Gilgil for news, and the bus company said that it would pay for burials. "
)
RISES = (
    "The number of people killed when a bus overturned near Naivasha has risen to nine, the hospital in "
    "Nakuru said on Tuesday. Two passengers died of their injuries in the night. The driver has been "
    "arrested, and the county has closed the road down from the escarpment to buses at night. The bus "
    "company suspended its service, and the police are looking for the man who checked the brakes of the "
    "bus on Sunday. Relatives waited at the mortuary in Gilgil, where the first burials are on Thursday."
)


PREVIEW = "Gor Mahia meet Nakuru in the cup final at Kasarani stadium on Monday. " * 20
REPORT = (
    "Nakuru beat Gor Mahia 2-1 in the cup final at Kasarani stadium on Monday. "
    + "Otieno scored both goals for Nakuru before half time, Gor Mahia's Wanjala one from a penalty. " * 6
)
VORSCHAU = "Die Hafenelf trifft am Montag im Pokalfinale in Bremen auf Nordstadt. " * 20
BERICHT = (
    "Nordstadt hat am Montag das Pokalfinale in Bremen gegen die Hafenelf mit 2:1 gewonnen. "
    + "Petersen traf für Nordstadt vor der Pause zweimal, für die Hafenelf Kruse vom Punkt. " * 6
)


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        pytest.param(
            ("Bus crash near Naivasha kills seven", WIRE * 3),
            ("Naivasha bus crash: toll rises to nine", RISES),
            id="a toll that rises",
        ),
        pytest.param(
            ("Gor Mahia and Nakuru meet in the cup final", PREVIEW),
            ("Nakuru beat Gor Mahia 2-1 to win the cup final", REPORT),
            id="a match before and after",
        ),
        pytest.param(
            ("Pokalfinale: Hafenelf trifft auf Nordstadt", VORSCHAU),
            ("Nordstadt gewinnt Pokalfinale gegen Hafenelf 2:1", BERICHT),
            id="the same in German",
        ),
    ],
)
def test_what_is_true_now_leads(older: tuple[str, str], newer: tuple[str, str]) -> None:
    selection = chosen(told("a", *older, hours=14), told("b", *newer, hours=2, source="coast"))

    assert stories(selection) == [(newer[0], older[0])]


@pytest.mark.parametrize(
    ("title", "more"),
    [
        pytest.param("Opinion: close the Naivasha road to buses", {}, id="an opinion by its title"),
        pytest.param("Naivasha bus crash: close the road", {"tags": ("Opinion",)}, id="by its tag"),
        pytest.param("Kommentar: Naivasha und die Busse", {}, id="German"),
        pytest.param("Opinión | Los autobuses de Naivasha", {}, id="Spanish"),
        pytest.param("Maoni: Basi la Naivasha", {}, id="Swahili"),
        pytest.param("社説：ナイバシャのバス事故", {}, id="Japanese"),
        pytest.param("Photos: the Naivasha bus crash", {}, id="pictures"),
        pytest.param("WATCH: Naivasha bus crash", {}, id="a video"),
        pytest.param("En images : l'accident de Naivasha", {}, id="French pictures"),
        pytest.param("Correction: Naivasha bus crash", {}, id="a correction"),
        pytest.param("Berichtigung: Busunglück bei Naivasha", {}, id="a German correction"),
        pytest.param("Explainer: why buses crash near Naivasha", {}, id="an explainer"),
        pytest.param("Naivasha bus crash – live updates", {"form": "live"}, id="a live page"),
    ],
)
def test_the_report_leads_what_is_told_about_it(title: str, more: dict[str, object]) -> None:
    report = told("a", "Bus crash near Naivasha kills seven", WIRE, hours=8)
    about = told("b", title, WIRE.replace("Seven", "The seven") + RISES, hours=1, source="coast", **more)

    found = stories(chosen(report, about))

    assert found[0][0] == "Bus crash near Naivasha kills seven"


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Das war der Sommer am Hafen", "de"),
        ("Dies sind die Gewinner der Regatta", "de"),
        ("Un coup de pouce pour les pêcheurs", "fr"),
        ("Le sel de la presqu'île", "fr"),
        ("La dolce vita del porto", "it"),
        ("A moto mais vendida do ano", "pt"),
        ("A new brand of coffee from the coast", "en"),
        ("Tote bags for the market", "en"),
        ("Le Val fête ses pêcheurs", "fr"),
        ("Das war der Sommer am Hafen", ""),
    ],
)
def test_a_word_of_weight_in_another_language_has_none(title: str, language: str) -> None:
    assert prominence(article("a", title, language=language), ()) == prominence(
        article("a", "Pier", language=language), ()
    )


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("War in the north enters second week", "en"),
        ("War in the north enters second week", ""),
        ("Brand in der Werft", "de"),
        ("Tote nach Brand in der Werft", "de"),
        ("Fisherman Juma Kessy dies at 81", "en-ke"),
        ("Coup in the island republic", "en"),
        ("Moto wateketeza soko", "sw"),
        ("Rize'de sel", "tr"),
        ("Val på söndag", "sv"),
    ],
)
def test_a_word_of_weight_counts_in_its_own(title: str, language: str) -> None:
    assert prominence(article("a", title, language=language), ()) > prominence(
        article("a", "Pier", language=language), ()
    )


def test_an_agency_s_text_in_many_papers_is_one_story_that_names_them() -> None:
    papers = [
        told(
            f"p{at}",
            f"Seven die in bus crash, paper {at}",
            f"NAIVASHA (Agency) – {WIRE}",
            source=f"paper{at}",
            publisher=f"Paper {at}",
        )
        for at in range(6)
    ]

    selection = chosen(*papers)

    assert len(stories(selection)) == 1
    assert len(selection.sections[0].stories[0].named) == 5


def test_a_page_that_is_told_again_a_year_later_is_no_story_of_today() -> None:
    today = told(
        "a",
        "A year after the Naivasha bus crash, the road has a rail",
        "A year after a bus overturned near Naivasha, the road has a rail, the county said on Monday.",
        hours=2,
    )
    old = told("b", "Bus crash near Naivasha kills seven", WIRE, hours=24 * 365)

    assert stories(chosen(today, old)) == [(today.article.title,)]


def test_two_posts_of_one_publisher_s_subdomains_add_nothing() -> None:
    one = told(
        "a", "Bus crash near Naivasha kills seven", WIRE, source="h", url="https://www.harbour.co.ke/a"
    )
    two = told(
        "b",
        "Seven die in Naivasha bus crash",
        WIRE + "The minister will visit.",
        source="s",
        url="https://news.harbour.co.ke/b",
        publisher="Harbour Wire",
    )
    far = replace(two.article, url="https://coast.co.tz/b")  # type: ignore[arg-type]

    alone, same, other = (
        chosen(*given).sections[0].stories[0].score
        for given in ((one,), (one, two), (one, replace(two, article=far)))
    )

    assert alone == pytest.approx(same, rel=0.1)
    assert other > 1.4 * same
