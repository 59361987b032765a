"""What kind of piece an article is: names in many languages, and the stories that only speak of one."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.model import ArticleKind
from digest.selection.kinds.telling import kinds_of
from digest.sources.pages.labels import label_of
from tests.selection.newsroom import article

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "titles.tsv").read_text(encoding="utf-8").splitlines()
]
TITLES = [(ArticleKind(kind), title) for kind, title in ROWS if kind != "story"]
STORIES = [title for kind, title in ROWS if kind == "story"]


@pytest.mark.parametrize(("kind", "title"), TITLES, ids=str)
def test_a_title_names_its_kind_in_any_language(kind: ArticleKind, title: str) -> None:
    assert kind in kinds_of(article("a", title))


@pytest.mark.parametrize("title", STORIES, ids=str)
def test_a_story_about_such_a_thing_is_of_no_kind(title: str) -> None:
    assert kinds_of(article("a", title, label=label_of(title, []))) == {}


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        (ArticleKind.AD, "/anzeigen/schuhe-1"),
        (ArticleKind.AD, "/sponsored-content/x"),
        (ArticleKind.AD, "/advertentie/x"),
        (ArticleKind.AD, "/publi-redactionnel/x"),
        (ArticleKind.AD, "/publireportaje/x"),
        (ArticleKind.AD, "/brandstudio/x"),
        (ArticleKind.AD, "/brand-studio/x"),
        (ArticleKind.AD, "/promoted/x"),
        (ArticleKind.AD, "/contenu-sponsorise/x"),
        (ArticleKind.AD, "/content-partner/x"),
        (ArticleKind.AD, "/reklama/x"),
        (ArticleKind.AD, "/artykul-sponsorowany/x"),
        (ArticleKind.AD, "/advertisement-feature/x"),
        (ArticleKind.AD, "/paid-content/x"),
        (ArticleKind.AD, "/branded/x"),
        (ArticleKind.AD, "/contenido-de-marca/x"),
        (ArticleKind.AD, "/contenuto-sponsorizzato/x"),
        (ArticleKind.AD, "/sonderveroeffentlichung/x"),
        (ArticleKind.AD, "/annonsorinnehall/x"),
        (ArticleKind.AD, "/mainos/x"),
        (ArticleKind.LIVE, "/live-news/x"),
        (ArticleKind.LIVE, "/news/live/2026/x"),
        (ArticleKind.LIVE, "/direct/x"),
        (ArticleKind.LIVE, "/live-ticker/x"),
        (ArticleKind.LIVE, "/live-updates/x"),
        (ArticleKind.LIVE, "/liveblogs/x"),
        (ArticleKind.LIVE, "/diretta/x"),
        (ArticleKind.LIVE, "/en-vivo/x"),
        (ArticleKind.LIVE, "/canli/x"),
        (ArticleKind.LIVE, "/news/storm-liveblog-123.html"),
        (ArticleKind.WEATHER, "/weather-news/x"),
        (ArticleKind.WEATHER, "/das-wetter/x"),
        (ArticleKind.WEATHER, "/hava-durumu/x"),
        (ArticleKind.WEATHER, "/pogoda/x"),
        (ArticleKind.WEATHER, "/pocasi/x"),
        (ArticleKind.WEATHER, "/weer/x"),
        (ArticleKind.WEATHER, "/vaer/x"),
        (ArticleKind.WEATHER, "/vader/x"),
        (ArticleKind.WEATHER, "/cuaca/x"),
        (ArticleKind.WEATHER, "/saa/x"),
        (ArticleKind.HOROSCOPE, "/horoskope/x"),
        (ArticleKind.HOROSCOPE, "/astrologie/horoskop-x"),
        (ArticleKind.HOROSCOPE, "/zodiak/x"),
        (ArticleKind.HOROSCOPE, "/burclar/x"),
        (ArticleKind.HOROSCOPE, "/goroskop/x"),
        (ArticleKind.HOROSCOPE, "/horoscopes-and-astrology/x"),
        (ArticleKind.JOB, "/stellen/x"),
        (ArticleKind.JOB, "/vacatures/x"),
        (ArticleKind.JOB, "/vagas/x"),
        (ArticleKind.JOB, "/lowongan/x"),
        (ArticleKind.OBITUARIES, "/necrologie/x"),
        (ArticleKind.OBITUARIES, "/todesanzeigen/x"),
        (ArticleKind.OBITUARIES, "/funeral-notices/x"),
        (ArticleKind.AUDIO, "/news/mediathek/audio/x"),
        (ArticleKind.AUDIO, "/podkast/x"),
        (ArticleKind.AUDIO, "/listen/x"),
        (ArticleKind.VIDEO, "/news/mediathek/video/x"),
        (ArticleKind.VIDEO, "/wideo/x"),
        (ArticleKind.VIDEO, "/videothek/x"),
        (ArticleKind.VIDEO, "/video-news/x"),
        (ArticleKind.VIDEO, "/news/av/x"),
        (ArticleKind.GALLERY, "/bilder/x"),
        (ArticleKind.GALLERY, "/in-pictures/x"),
        (ArticleKind.GALLERY, "/photo-gallery/x"),
        (ArticleKind.GALLERY, "/picture-gallery/x"),
        (ArticleKind.GALLERY, "/slideshow/x"),
        (ArticleKind.GALLERY, "/fotos/x"),
        (ArticleKind.GALLERY, "/foto-galeri/x"),
        (ArticleKind.GALLERY, "/photo/x"),
        (ArticleKind.NEWSLETTER, "/nieuwsbrief/x"),
        (ArticleKind.NEWSLETTER, "/nyhetsbrev/x"),
        (ArticleKind.NEWSLETTER, "/boletines/x"),
        (ArticleKind.QUIZ, "/quizz/x"),
        (ArticleKind.QUIZ, "/kreuzwortraetsel/x"),
        (ArticleKind.QUIZ, "/sudoku/x"),
        (ArticleKind.QUIZ, "/wordle/x"),
        (ArticleKind.QUIZ, "/puzzles-and-games/x"),
        (ArticleKind.DEAL, "/angebote/x"),
        (ArticleKind.DEAL, "/schnaeppchen/x"),
        (ArticleKind.DEAL, "/bon-plan/x"),
        (ArticleKind.DEAL, "/coupon-codes/x"),
        (ArticleKind.DEAL, "/vouchers/x"),
        (ArticleKind.DEAL, "/promo-codes/x"),
        (ArticleKind.DEAL, "/gutschein/x"),
        (ArticleKind.PAYWALL, "/plus/x"),
        (ArticleKind.PAYWALL, "/abo/x"),
        (ArticleKind.PAYWALL, "/reserve-aux-abonnes/x"),
        (ArticleKind.PAYWALL, "/nur-fuer-abonnenten/x"),
    ],
    ids=str,
)
def test_an_address_names_the_kind_by_a_whole_part(kind: ArticleKind, path: str) -> None:
    assert kind in kinds_of(article("a", "A chair", url=f"https://harbour.example{path}"))


@pytest.mark.parametrize(
    "path",
    [
        "/news/live-music-returns",
        "/world/weather-kills-40",
        "/sport/video-referee-wrong",
        "/politics/jobs-report",
        "/news/deal-reached",
        "/business/advertising/revenue-falls",
        "/news/media/tv-licence",
        "/news/photographer-dies",
        "/lifestyle/gallery-weekend",
        "/games-industry/strike",
        "/economy/emploi-chomage",
        "/opinion/quiz-show-scandal",
        "/obituary/amina-kessy",
        "/news/obituary-amina-kessy",
        "/culture/podcasting-boom",
        "/culture/tv-serie/x",
        "/topics/werbung/regulator-acts",
        "/games/studio-closes",
    ],
)
def test_an_address_that_only_holds_such_a_word_names_none(path: str) -> None:
    assert kinds_of(article("a", "A chair", url=f"https://harbour.example{path}")) == {}


@pytest.mark.parametrize(
    ("title", "path", "tag"),
    [
        ("Tornado destroys school: four dead in Tarn", "/weather/tornado", "Weather"),
        ("Sturm: Vier Tote an der Küste", "/wetter/sturm", "Wetter"),
        ("Wetter: Sturm tötet vier Menschen in Tarn", "/wetter/sturm", "Wetter"),
        ("Weather disaster fund runs out of money", "/weather/fund", "Weather"),
        ("Floods leave town without light", "/weather/floods", "Weather"),
        ("Inondations : six morts dans la vallée", "/meteo/inondations", "Météo"),
        ("Amina Kessy, 90, builder of harbors, dies", "/obituaries/kessy", "Obituaries"),
        ("Nachruf: Amina Kessy", "/trauer/kessy", "Todesanzeigen"),
    ],
    ids=str,
)
def test_a_disaster_and_a_life_are_news_in_whatever_section(title: str, path: str, tag: str) -> None:
    one = article("a", title, url=f"https://harbour.example{path}", tags=[tag])

    assert kinds_of(one) == {}


@pytest.mark.parametrize(
    "tag",
    [
        "Sponsored",
        "Advertorial",
        "Werbung",
        "Anzeige",
        "Publireportage",
        "Publicité",
        "Publicidad",
        "Pubblicità",
        "Advertentie",
        "Annons",
        "Mainos",
        "Reklama",
        "Реклама",
        "Reklam",
        "Iklan",
        "إعلان",
        "広告",
        "광고",
        "Partner Content",
        "Brand Studio",
        "BrandVoice",
        "Branded content",
        "Contenu de marque",
        "Contenido de marca",
        "Paid content",
        "Promoted",
        "Native Advertising",
        "Sonderveröffentlichung",
        "Advertisement Feature",
        "Materiał partnera",
        "Artykuł sponsorowany",
        "Komerční článek",
        "Hirdetés",
        "Publicitate",
        "Διαφήμιση",
        "Διαφημιστική καταχώρηση",
        "Commercial feature",
        "Nội dung tài trợ",
        "Annonsørinnhold",
        "Annonssamarbete",
        "Kommersielt samarbeid",
        "Betalt indhold",
        "Kaupallinen yhteistyö",
        "विज्ञापन",
        "प्रायोजित",
        "赞助",
        "贊助",
        "PR記事",
        "기획광고",
        "협찬",
        "محتوى ترويجي",
        "Promo",
        "Partnerinhalt",
        "Verlagsspecial",
        "Publi-reportage",
        "Contenu partenaire",
        "Parceria paga",
        "Conteúdo pago",
        "Plaćeni oglas",
        "Реклама/Промо",
    ],
)
def test_a_tag_marks_an_advertisement(tag: str) -> None:
    assert label_of("A chair", ["The chair is made of oak and costs little."], [tag]) == tag


@pytest.mark.parametrize(
    ("title", "text", "tag"),
    [
        (
            "Werbung: Verbraucherschützer klagen",
            "Die Verbraucherschützer halten die Werbung des Konzerns für irreführend.",
            "",
        ),
        (
            "Publicité : l’alcool interdit",
            "Le gouvernement veut interdire la publicité pour l’alcool à la télévision.",
            "",
        ),
        (
            "Regulator acts",
            "The regulator said that two advertisements of the bank told less than the truth.",
            "Advertisement",
        ),
        (
            "Konzern muss zahlen",
            "Der Konzern muss wegen irreführender Werbung eine Strafe von drei Millionen zahlen.",
            "Werbung",
        ),
        ("Promotion: Tarn FC goes up", "Tarn FC goes up after a win at home.", ""),
    ],
    ids=["werbung", "publicite", "advertisement", "werbung-tag", "promotion"],
)
def test_advertising_as_a_subject_is_no_label(title: str, text: str, tag: str) -> None:
    assert label_of(title, [text], [tag] if tag else []) == ""
