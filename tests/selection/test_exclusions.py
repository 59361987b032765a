"""What a newsletter keeps out, and why."""

# ruff: noqa: E501  # titles as they are
from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from digest.model import ArticleKind, ExclusionOf, Exclusions, LeftOut, SourceKey
from digest.selection import select
from digest.selection.exclusions import why_excluded
from digest.selection.explain import count_lines, left_out
from digest.selection.kinds.telling import kinds_of
from tests.selection.newsroom import DAY, already, article, newsletter, seen


@pytest.mark.parametrize(
    ("kind", "titles"),
    [
        (ArticleKind.LIVE, ["Live updates: storm over Tarn", "Liveticker zum Sturm", "En direct : la tempête", "Minuto a minuto: la tormenta"]),
        (ArticleKind.WEATHER, ["Weather forecast for Tarn", "Wetterbericht für Dienstag", "Météo : pluie demain", "El tiempo hoy en Tarn"]),
        (ArticleKind.HOROSCOPE, ["Your horoscope for Monday", "Tageshoroskop", "Horóscopo de hoy", "Horoscope du jour"]),
        (ArticleKind.QUIZ, ["Quiz: what do you know?", "Das Quiz der Woche", "Crucigrama del lunes"]),
        (ArticleKind.GALLERY, ["In pictures: the regatta", "Bildergalerie: die Regatta", "En imágenes: la regata", "En images : la régate"]),
        (ArticleKind.AUDIO, ["Podcast: the harbor", "Podcast: der Hafen", "Podcast: el puerto"]),
        (ArticleKind.JOB, ["We're hiring: an editor", "Stellenanzeige: Redakteur", "Oferta de empleo: redactor"]),
        (ArticleKind.DEAL, ["Best laptop deals", "Gutschein der Woche", "Ofertas del lunes"]),
        (ArticleKind.OBITUARIES, ["Obituaries", "Traueranzeigen vom Montag", "Avis de décès"]),
    ],
)  # fmt: skip
def test_a_kind_is_known_by_its_title(kind: ArticleKind, titles: list[str]) -> None:
    for title in titles:
        assert kind in kinds_of(article("a", title)), title


@pytest.mark.parametrize(
    ("kind", "titles"),
    [
        (ArticleKind.LIVE, ["Storm: live updates", "Sturm im Liveticker", "Em direto: tempestade", "Diretta: maltempo", "CANLI | Fırtına", "تغطية مباشرة: العاصفة", "As it happened: budget"]),
        (ArticleKind.WEATHER, ["Today's weather: rain", "El tiempo: lluvia", "Vädret idag", "Pogoda na dziś", "Прогноз погоды", "今日の天気", "天气预报", "حالة الطقس اليوم"]),
        (ArticleKind.HOROSCOPE, ["Ihr Horoskop", "L'oroscopo di oggi", "राशिफल"]),
        (ArticleKind.JOB, ["Redakteur (m/w/d) gesucht", "Job: editor wanted", "Vaga: redator"]),
        (ArticleKind.OBITUARIES, ["Funeral notices", "Esquelas de hoy", "Necrologi"]),
        (ArticleKind.AUDIO, ["Der Hafen-Podcast, Folge 12", "Écouter : le maire", "Ouça: o prefeito", "Episode 12: the harbor"]),
        (ArticleKind.VIDEO, ["Bridge collapses (video)", "VIDEO. Le pont", "[Video] Brücke", "Видео: мост", "Regardez : le pont"]),
        (ArticleKind.GALLERY, ["Storm in pictures", "Bilder: Sturm", "EN IMAGES. La tempête", "Le foto della tempesta"]),
        (ArticleKind.NEWSLETTER, ["Morning briefing: what to know", "Der Morgen-Newsletter", "La newsletter du matin"]),
        (ArticleKind.QUIZ, ["Le quiz de la semaine", "Test: wie gut kennen Sie Tarn?", "Wordle hints today"]),
        (ArticleKind.DEAL, ["Amazon Schnäppchen", "Rabatt-Aktion: Kopfhörer", "The 10 best laptops you can buy", "Save 40% on headphones"]),
    ],
)  # fmt: skip
def test_a_kind_is_known_in_many_languages(kind: ArticleKind, titles: list[str]) -> None:
    for title in titles:
        assert kind in kinds_of(article("a", title)), title


@pytest.mark.parametrize(
    "title",
    [
        "Weather kills nine people in the northern valleys as rivers rise",
        "Police watch the harbor",
        "Live music returns to Tarn",
        "Watch shop robbed",
        "Video game maker cuts jobs",
        "Photos of the king stolen from archive",
        "Deal reached over harbor",
        "Test de la vacuna en marcha",
        "Vacancies rise",
        "Weather kills five",
        "Listen to the people, says mayor",
        "Podcast host arrested",
        "Newsletter editor arrested in Tarn",
        "Gallery closes after 40 years",
        "Quiz show host dies",
        "Bilder einer Ausstellung",
        "Direktoren treten zurück",
        "Council deals with the storm",
        "Ein Wettergott kehrt zurück",
        "Video evidence convinces the jury that the captain had lied for months",
    ],
)
def test_a_story_about_a_kind_is_none(title: str) -> None:
    assert kinds_of(article("a", title)) == {}


@pytest.mark.parametrize(
    "tag",
    [
        "Premium",
        "Subscribers only",
        "Nur für Abonnenten",
        "Abonnés",
        "Suscriptores",
        "Para assinantes",
        "会員限定",
    ],
)
def test_a_tag_tells_what_is_kept_for_those_who_pay(tag: str) -> None:
    assert ArticleKind.PAYWALL in kinds_of(article("a", "The harbor opens", tags=[tag]))


@pytest.mark.parametrize(
    "end",
    [
        "Subscribe to continue reading.",
        "Nur für Abonnenten",
        "La suite est réservée aux abonnés… Réservé aux abonnés",
        "Exclusivo para suscriptores",
        "この記事は会員限定です",
    ],
)
def test_a_teaser_that_ends_in_an_offer_is_a_stub(end: str) -> None:
    stub = article("a", "The harbor opens", summary=f"The harbor opens on Monday. {end}")

    assert "ends with" in kinds_of(stub)[ArticleKind.PAYWALL]


def test_a_page_that_is_not_free_makes_a_stub_and_is_kept_out_where_wanted() -> None:
    stub = article(
        "a",
        "The harbor opens",
        page_problem="says that it is not free to read, so its text may be a teaser",
    )

    assert ArticleKind.PAYWALL in kinds_of(stub)
    assert "not free" in why_excluded(stub, Exclusions(kinds=(ArticleKind.PAYWALL,)))
    assert why_excluded(stub, Exclusions()) == ""


def test_premium_bonds_are_a_story() -> None:
    assert kinds_of(article("a", "Premium bonds fall to a new low")) == {}


def test_an_address_tells_the_kind() -> None:
    found = kinds_of(article("a", "A chair", url="https://harbour.example/sponsored/chair"))

    assert "sponsored" in found[ArticleKind.AD]


def test_an_advertisement_stays_out_by_default_and_explain_tells_why() -> None:
    ad = article("ad", "Anzeige: Neue Schuhe", label="Anzeige")

    chosen = select([seen(ad)], newsletter=newsletter(), window=DAY, sent=already())

    (decision,) = chosen.decisions
    assert (decision.is_in, decision.rule) == (False, "kept-out")
    assert "marked “Anzeige”" in decision.reason


def test_a_newsletter_that_wants_advertisements_gets_them() -> None:
    ad = article("ad", "Anzeige: Neue Schuhe", label="Anzeige")

    wanted = newsletter(exclude=Exclusions(kinds=()))
    chosen = select([seen(ad)], newsletter=wanted, window=DAY, sent=already())

    assert chosen.decisions[0].is_in


@pytest.mark.parametrize(
    ("what", "value", "reason"),
    [
        (
            ExclusionOf.KIND,
            "quiz",
            "The kind “quiz” is left out (its title), at the desk by amina, 2026-11-22.",
        ),
        (ExclusionOf.TAG, "SPORT", "Its tag “Sport” is left out, at the desk by amina, 2026-11-22."),
        (
            ExclusionOf.SOURCE,
            "feed:here",
            "Its source feed:here is left out, at the desk by amina, 2026-11-22.",
        ),
    ],
)
def test_what_editors_leave_out_stays_out_and_explain_says_who(
    what: ExclusionOf, value: str, reason: str
) -> None:
    here = replace(article("q", "Quiz: what do you know?", tags=("Sport",)), source=SourceKey("feed:here"))
    standing = (LeftOut(what, value, "amina", datetime(2026, 11, 22, tzinfo=UTC)),)
    paper = replace(newsletter(), sources=(SourceKey("feed:here"),), left_out=standing)

    chosen = select([seen(here)], newsletter=paper, window=DAY, sent=already())
    pinned = select([seen(here)], newsletter=paper, window=DAY, sent=already(), pins=[here.id])

    assert [(one.is_in, one.reason) for one in chosen.decisions] == [(False, reason)]
    assert pinned.decisions[0].is_in


def test_what_is_out_is_counted_by_reason() -> None:
    ads = [article(f"ad{n}", f"Anzeige: Schuhe {n}", label="Anzeige") for n in range(3)]

    chosen = select([seen(one) for one in ads], newsletter=newsletter(), window=DAY, sent=already())

    assert count_lines(left_out(chosen.decisions)) == [
        "    3  [kept-out] It is of the kind “ad”, which is kept out."
    ]


def test_a_pin_is_stronger_than_what_is_kept_out() -> None:
    ad = article("ad", "Anzeige: Neue Schuhe", label="Anzeige")

    chosen = select([seen(ad)], newsletter=newsletter(), window=DAY, sent=already(), pins=[ad.id])

    assert chosen.decisions[0].is_in


def test_what_a_source_keeps_out_stays_in_from_others() -> None:
    own = article("a", "Chess in Tarn", tags=["Chess"])
    other = article("b", "Rowing in Evia", tags=["Chess"], source="quay")
    of_source = {own.source: Exclusions(kinds=(), tags=("chess",))}

    chosen = select(
        [seen(own), seen(other)],
        newsletter=newsletter(source_excludes=of_source),
        window=DAY,
        sent=already(),
    )

    assert {one.article: one.is_in for one in chosen.decisions} == {own.id: False, other.id: True}


@pytest.mark.parametrize(
    ("exclusions", "why"),
    [
        (Exclusions(tags=("SPORT",)), "Its tag “Sport”"),
        (Exclusions(words=("golf",)), "Its word “golf”"),
        (Exclusions(urls=("/sport/",)), "Its address under /sport/"),
        (Exclusions(words=("gol",)), ""),
    ],
)
def test_tags_words_and_addresses_keep_out(exclusions: Exclusions, why: str) -> None:
    one = article("a", "Golf in Tarn", tags=["Sport"], url="https://harbour.example/sport/golf")

    assert why_excluded(one, exclusions).startswith(why) if why else why_excluded(one, exclusions) == ""
