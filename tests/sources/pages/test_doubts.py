"""A page that is not the article never replaces the source's own text."""

# ruff: noqa: E501  # texts of pages as they are

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from digest.model import Article, CanonicalUrl, Passage, SourceKey
from digest.sources.pages.doubts import why_not_the_article, without_offer
from digest.sources.pages.extraction import extract

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
URL = "https://harbor.example/news/2026/harbor-opens"

TOLD = {
    "en": (
        "The harbor opens again after the storm",
        "The harbor of Tarn opens on Monday after eleven weeks of repairs, the council said.",
        "Ferries will leave twice a day from the northern quay, and the fish market returns to its hall. "
        "Engineers replaced four hundred meters of wall that the winter storm had broken. ",
    ),
    "de": (
        "Der Hafen öffnet nach dem Sturm wieder",
        "Der Hafen von Tarn öffnet am Montag nach elf Wochen Reparatur, teilte der Stadtrat mit.",
        "Die Fähren fahren zweimal täglich vom nördlichen Kai ab, der Fischmarkt kehrt in seine Halle zurück. "
        "Ingenieure ersetzten vierhundert Meter Mauer, die der Wintersturm zerstört hatte. ",
    ),
    "es": (
        "El puerto abre de nuevo tras la tormenta",
        "El puerto de Tarn abre el lunes tras once semanas de obras, informó el ayuntamiento.",
        "Los transbordadores saldrán dos veces al día del muelle norte y el mercado de pescado vuelve. "
        "Los ingenieros repusieron cuatrocientos metros de muro que rompió la tormenta del invierno. ",
    ),
}


def article(language: str = "en", *, summary: str = "", text: str = "", url: str = URL) -> Article:
    title, lead, _ = TOLD[language]
    passages = (Passage((text,)),) if text else ()
    return Article(SourceKey("s"), CanonicalUrl(url), title, summary=summary or lead, passages=passages)


def doubt(page: str, known: Article | None = None, *, landed: str = URL) -> str:
    found = extract(page, url=landed, zone=ZoneInfo("UTC"), now=NOW)
    return why_not_the_article(known or article(), found, landed)


def page(title: str, *paragraphs: str, head: str = "") -> str:
    text = "".join(f"<p>{each}</p>" for each in paragraphs)
    return (
        f"<html><head><title>{title}</title>{head}</head>"
        f"<body><article><h1>{title}</h1>{text}</article></body></html>"
    )


@pytest.mark.parametrize("language", TOLD)
def test_the_article_s_own_page_is_taken(language: str) -> None:
    title, lead, more = TOLD[language]

    assert doubt(page(title, lead, more * 3, more), article(language)) == ""


@pytest.mark.parametrize("language", TOLD)
def test_a_page_with_another_headline_for_the_same_words_is_taken(language: str) -> None:
    _, lead, more = TOLD[language]
    head = '<meta property="og:type" content="article">'
    linked = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Tarn"}</script>'

    assert doubt(page("Tarn: 11 ...", lead, more * 3, head=head + linked), article(language)) == ""


@pytest.mark.parametrize(
    "landed",
    [
        "https://harbor.example/",
        "https://www.harbor.example",
        "https://harbor.example/en/",
        "https://harbor.example/index.html",
        "https://harbor.example/home",
        "https://harbor.example/news/",
        "https://harbor.example/login?next=/news/2026/harbor-opens",
        "https://accounts.harbor.example/signin",
        "https://consent.harbor.example/v2/collect",
        "https://harbor.example/subscribe",
        "https://harbor.example/abo/anmelden",
        "https://harbor.example/suscripcion",
        "https://harbor.example/connexion",
        "https://harbor.example/errors/404",
    ],
)
def test_a_redirect_away_from_the_article_is_told(landed: str) -> None:
    title, lead, more = TOLD["en"]

    assert doubt(page(title, lead, more * 3), landed=landed)


@pytest.mark.parametrize(
    "landed",
    [
        "https://www.harbor.example/news/2026/harbor-opens/",
        "https://harbor.example/en/news/2026/harbor-opens?page=all",
        "https://harbor.example/news/harbor-opens-123.html",
    ],
)
def test_a_redirect_to_the_article_s_new_address_is_none(landed: str) -> None:
    title, lead, more = TOLD["en"]

    assert doubt(page(title, lead, more * 3), landed=landed) == ""


CONSENT = [
    "We value your privacy. We and our 842 partners store and or access information on a device, such as "
    "cookies, and process personal data for advertising. You may consent to the processing or refuse. ",
    "Wir schätzen Ihre Privatsphäre. Wir und unsere 842 Partner verwenden Cookies und verarbeiten Daten für "
    "Werbung. Sie können alle akzeptieren oder Ihre Einstellungen ändern. ",
    "Nous respectons votre vie privée. Avec nos 842 partenaires, nous utilisons des cookies pour traiter des "
    "données personnelles. Vous pouvez accepter ou continuer sans accepter. ",
    "Valoramos tu privacidad. Nosotros y nuestros 842 socios usamos cookies para tratar datos personales. "
    "Puedes aceptar todo o cambiar tus preferencias. ",
]


@pytest.mark.parametrize("text", CONSENT, ids=["en", "de", "fr", "es"])
@pytest.mark.parametrize("title", ["Harbor Post", TOLD["en"][0]])
def test_a_consent_wall_is_no_article(text: str, title: str) -> None:
    assert doubt(page(title, text, text, text))


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Just a moment...", "Verifying you are human. This may take a few seconds. The site needs to review "
         "the security of your connection before proceeding. Enable JavaScript and cookies to continue."),
        ("Access denied", "You don't have permission to access this page on this server. Reference number 18."),
        ("Pardon Our Interruption", "As you were browsing something about your browser made us think you were "
         "a bot. Please solve the captcha below to get access to the page that you asked for."),
        ("Sind Sie ein Mensch?", "Bitte bestätigen Sie, dass Sie kein Roboter sind, um die Seite zu sehen."),
        ("Vérification", "Veuillez confirmer que vous n'êtes pas un robot pour poursuivre votre visite."),
        ("Un momento", "Confirma que no eres un robot para continuar con tu visita a este periódico."),
    ],
)  # fmt: skip
def test_a_bot_challenge_is_no_article(title: str, text: str) -> None:
    assert doubt(page(title, text, text))


@pytest.mark.parametrize(
    ("language", "offer"),
    [
        ("en", "Subscribe to continue reading. Already a subscriber? Log in. Choose your plan: $1 a week."),
        (
            "en",
            "This article is for subscribers only. Start your free trial today and unlock unlimited news.",
        ),
        (
            "de",
            "Dieser Artikel ist nur für Abonnenten. Jetzt vier Wochen kostenlos testen und weiterlesen.",
        ),
        (
            "de",
            "Um weiterzulesen, melden Sie sich an. Sie haben bereits ein Abo? Dann hier einloggen bitte.",
        ),
        (
            "es",
            "Contenido exclusivo para suscriptores. Suscríbete para seguir leyendo desde un euro al mes.",
        ),
    ],
)
def test_a_teaser_with_an_offer_is_no_article(language: str, offer: str) -> None:
    title, lead, _ = TOLD[language]
    perks = "Enjoy newsletters, podcasts, games, recipes and the archive since 1890 on every device. " * 8

    assert doubt(page(title, lead, offer, perks, perks), article(language))


@pytest.mark.parametrize(
    "title",
    ["Log in", "Sign in to Harbor Post", "Subscribe", "Page not found", "404", "Anmelden", "Abonnieren",
     "Seite nicht gefunden", "Connexion", "Abonnez-vous", "Iniciar sesión", "Suscríbete", "ログイン"],
)  # fmt: skip
def test_a_login_an_offer_or_an_error_page_is_no_article(title: str) -> None:
    text = (
        "Enter your address and password, or make an account; it takes a minute and costs nothing at all. "
    )

    assert doubt(page(title, text * 3))


@pytest.mark.parametrize("said", ["false", '"False"', '"http://schema.org/False"', '["False"]'])
def test_a_page_that_says_it_is_not_free_is_a_teaser(said: str) -> None:
    title, lead, more = TOLD["en"]
    said = said.strip("[]")
    linked = f'{{"@type": "NewsArticle", "headline": "{title}", "isAccessibleForFree": {said}}}'
    head = f'<script type="application/ld+json">{linked}</script>'

    assert "not free" in doubt(page(title, lead, more * 3, head=head))


def test_a_page_that_says_it_is_free_is_taken() -> None:
    title, lead, more = TOLD["en"]
    linked = f'{{"@type": "NewsArticle", "headline": "{title}", "isAccessibleForFree": "True"}}'

    head = f'<script type="application/ld+json">{linked}</script>'
    assert doubt(page(title, lead, more * 3, head=head)) == ""


@pytest.mark.parametrize("language", TOLD)
def test_a_page_that_tells_something_else_is_no_article(language: str) -> None:
    other = (
        "Bakers of the old town compete for a golden spoon this weekend, and thousands come to taste rolls, "
        "cakes and bread of forgotten corn. The jury meets on Sunday evening. "
    )

    assert doubt(page("Bakers compete for a golden spoon", other * 4), article(language))


def test_a_website_s_page_with_another_title_is_told() -> None:
    _, lead, more = TOLD["en"]
    head = '<meta property="og:type" content="website">'

    assert "website" in doubt(page("Your daily courier", lead, more * 4, head=head))


def test_a_home_page_that_teases_the_article_is_told() -> None:
    title, lead, _ = TOLD["en"]
    head = '<link rel="canonical" href="https://harbor.example/">'

    assert doubt(
        page("Harbor Post", title, lead, "Other news of the day and the weather. " * 20, head=head)
    )


def test_what_stands_above_a_closing_offer_is_kept() -> None:
    long = Passage(("A sentence of the article. " * 50,))
    offer = Passage(("Already a subscriber? Log in.", "More offers."), "Keep reading")

    assert without_offer((long, offer)) == (long,)


@pytest.mark.parametrize(
    "offer",
    [
        "Want to read more? Get unlimited access from just $4.", "Register for free to read this article.",
        "Sie möchten weiterlesen? Jetzt registrieren.", "Mit einem Abo lesen Sie alle Artikel.",
        "Il vous reste 85% de cet article à lire.", "Cet article est réservé aux abonnés. Identifiez-vous.",
        "Este contenido es exclusivo para suscriptores.", "Questo contenuto è riservato agli abbonati",
        "Conteúdo exclusivo para assinantes", "Dit artikel is alleen voor abonnees",
        "Artikeln är låst. Bli prenumerant för att läsa vidare", "For å lese videre må du være abonnent",
        "Artiklen er kun for abonnenter", "Tämä juttu on vain tilaajille",
        "Ten artykuł jest dostępny tylko dla subskrybentów", "Tento článek je pouze pro předplatitele",
        "A cikk csak előfizetőknek elérhető", "Acest articol este disponibil doar pentru abonați",
        "Το άρθρο είναι διαθέσιμο μόνο για συνδρομητές", "Продолжение доступно только подписчикам",
        "Матеріал доступний лише для передплатників", "Bu içerik yalnızca abonelere özeldir",
        "Artikel ini khusus pelanggan", "この記事は会員限定です。", "订阅后阅读全文", "구독자 전용 기사입니다",
        "هذا المحتوى للمشتركين فقط", "यह लेख केवल सदस्यों के लिए है",
    ],
)  # fmt: skip
def test_an_offer_is_known_in_the_world_s_languages(offer: str) -> None:
    title, lead, more = TOLD["en"]

    assert doubt(page(title, lead, more, offer))


@pytest.mark.parametrize(
    "wall",
    [
        "My i nasi partnerzy używamy plików cookie. Zaakceptuj wszystko.",
        "Vi och våra partner använder kakor. Godkänn alla cookies.",
        "Me ja kumppanimme käytämme evästeitä. Hyväksy kaikki.",
        "My a naši partneři používáme soubory cookie. Přijmout vše.",
        "Biz ve ortaklarımız çerezler kullanıyoruz. Tümünü kabul et.",
        "Мы и наши партнёры используем файлы cookie. Принять все.",
        "当社とパートナーはクッキーを使用します。すべて同意する。",
        "당사와 파트너는 쿠키를 사용합니다. 모두 동의.",
        "نحن وشركاؤنا نستخدم ملفات تعريف الارتباط. قبول الكل.",
    ],
)
def test_a_consent_wall_is_known_in_the_world_s_languages(wall: str) -> None:
    title, _, _ = TOLD["en"]

    assert doubt(page(title, wall, wall + " ", f"{wall}  {wall}"))


@pytest.mark.parametrize(
    "text",
    [
        "The club, open to members only, will be sold, its chairman said on Friday evening.",
        "He pays 900 a month for a room, and rents rise by a tenth each year, the city says.",
        "Der Verein ist nur für Mitglieder offen und wird verkauft, sagte sein Vorstand am Freitag.",
        "El club, solo para socios, se vende, dijo su presidente el viernes por la tarde.",
    ],
)
def test_an_article_that_speaks_of_members_and_prices_is_taken_whole(text: str) -> None:
    title, lead, more = TOLD["en"]
    other = (
        "The mayor thanked the crews, who had worked through frost and gales, and said that the wall would now "
        "stand for a century. Two cranes are to be taken down in June, when the last stones have been laid. "
    )

    found = extract(page(title, lead, more * 2, text, other * 2), url=URL, zone=ZoneInfo("UTC"), now=NOW)

    assert why_not_the_article(article(), found, URL) == ""
    assert without_offer(found.passages) == found.passages
    assert text in [each for passage in found.passages for each in passage.paragraphs]


def test_an_empty_page_with_another_title_is_told() -> None:
    assert "no text" in doubt("<html><head><title>Courier</title></head><body></body></html>")
