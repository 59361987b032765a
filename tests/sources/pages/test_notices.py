"""A notice under an article's own title, in whatever words and language, is not taken for the article."""

# ruff: noqa: E501  # texts of pages as they are
from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from digest.sources.pages.extraction import extract
from digest.sources.pages.full_pages import merged
from tests.sources.pages.test_doubts import NOW, TOLD, URL, article, doubt, page

NOTICES = [
    line.split("\t")
    for line in (Path(__file__).parent / "notices.tsv").read_text(encoding="utf-8").splitlines()
]
TITLE, LEAD, MORE = TOLD["en"]


@pytest.mark.parametrize(
    ("title", "text"), [row[1:] for row in NOTICES], ids=[row[2][:40] for row in NOTICES]
)
def test_a_notice_that_says_nothing_of_its_title_is_no_article(title: str, text: str) -> None:
    known = replace(article(), title=title, summary="")

    assert doubt(page(title, text), known)


@pytest.mark.parametrize(
    "text", [row[2] for row in NOTICES if row[1][:1].isascii()], ids=lambda text: text[:40]
)
def test_a_notice_that_says_nothing_of_what_the_feed_tells_is_no_article(text: str) -> None:
    head = f"<meta name='description' content='{LEAD}'>"

    assert doubt(page(TITLE, text, head=head))


ABOUT_WALLS = [
    pytest.param(
        "Cookie banners must offer a clear no, court rules",
        "The court of justice ruled on Tuesday that cookie banners must let visitors refuse as easily as accept.",
        [
            "Publishers had argued that a button to accept all cookies was enough, but the judges said consent must be freely given.",
            "The regulator may fine sites that hide the button to reject, and 214 partners of one paper will have to be named.",
            "We value your privacy, most of the banners say; the court found that few of them do.",
            "Companies have six months to change their forms, and small sites have a year.",
        ],
        id="cookies law en",
    ),
    pytest.param(
        "Paper drops its paywall after ten years",
        "The Quay Courier said on Monday that all its articles would be free to read from spring.",
        [
            "Readers had been asked to subscribe to continue reading after five articles a month.",
            "The publisher said that subscriptions had stopped growing, and that ads and donations would pay for the newsroom.",
            "Already a subscriber? You will get your money back, the paper said in a letter.",
            "Other papers in the region said they would keep theirs.",
        ],
        id="paywall en",
    ),
    pytest.param(
        "Cloudflare outage takes down thousands of sites",
        "A fault at the network company Cloudflare took down thousands of sites on Tuesday, from banks to newspapers.",
        [
            "Visitors saw a page that asked them to verify they are human, and then an error.",
            "The company said a change to its bot protection was to blame, and took it back after an hour.",
            "Checking your browser, the page said, again and again, as one of them told us.",
            "Shares of the company fell by 4 percent.",
        ],
        id="cloudflare en",
    ),
    pytest.param(
        "JavaScript turns thirty",
        "Please enable JavaScript: for years that was all that many pages said. The language turns thirty this week.",
        [
            "Brendan Eich wrote the first version in ten days in 1995, for a browser that is long gone.",
            "Today nearly every site runs it, and some need to enable JavaScript to show a single word.",
            "Its makers plan a new version for the summer.",
        ],
        id="js en",
    ),
    pytest.param(
        "The page that was not found: a history of 404",
        "Error 404 is the best known error in the world. Its history begins in Geneva.",
        [
            "Page not found, it says, and many sites have made jokes of it.",
            "The number was one of many that engineers chose in 1992.",
            "No room of that number ever existed at the laboratory, in spite of the legend.",
        ],
        id="404 en",
    ),
    pytest.param(
        "Anmelden nur noch mit Ausweis: Stadt ändert ihr Portal",
        "Wer sich beim Portal der Stadt anmelden will, braucht ab Mai einen Ausweis mit Chip.",
        [
            "Die Stadt sagte am Montag, das Passwort allein sei nicht mehr sicher genug.",
            "Bisher konnten sich Bürger mit Name und Passwort anmelden; 40.000 haben ein Konto.",
            "Die Opposition kritisierte, dass Ältere ausgeschlossen werden.",
        ],
        id="login de",
    ),
    pytest.param(
        "Datenschützer gehen gegen Cookie-Banner vor",
        "Die Behörde hat am Dienstag 40 Verlage angeschrieben, deren Cookie-Banner keine einfache Ablehnung bieten.",
        [
            "Alle akzeptieren steht groß auf den Bannern, Ablehnen fehlt oft ganz, sagte die Behörde.",
            "Wir und unsere Partner verarbeiten Daten, heißt es dann, und es folgen 800 Namen.",
            "Die Verlage haben bis Juni Zeit.",
        ],
        id="cookies de",
    ),
    pytest.param(
        "Le journal supprime son offre réservée aux abonnés",
        "Le quotidien annonce que tous ses articles seront gratuits à partir du printemps.",
        [
            "Jusqu’ici, deux articles sur trois étaient réservés aux abonnés.",
            "Déjà abonné ? Le journal remboursera les mois restants, dit la direction.",
            "Le syndicat craint pour quarante emplois.",
        ],
        id="paywall fr",
    ),
    pytest.param(
        "Sites must check age from July",
        "Are you over 18? From July a click on yes will no longer be enough, the regulator said on Monday.",
        [
            "Sites that show adult content must check the age of visitors by card or face.",
            "Campaigners said that the data could be stolen.",
            "Fines reach a tenth of a firm's turnover.",
        ],
        id="age en",
    ),
    pytest.param(
        "Bank’s site down for maintenance for a third day",
        "The site of the Harbor Bank was down for maintenance for a third day on Monday, and customers could not pay.",
        [
            "We will be back shortly, the site has said since Saturday.",
            "The bank said a change of its systems had failed.",
            "The regulator asked for a report.",
        ],
        id="maint en",
    ),
    pytest.param(
        "Subscribe to nothing: a week without accounts",
        "I tried to live a week without a login, and it was harder than I thought.",
        [
            "Create a free account, the bakery's site said before it sold me a loaf.",
            "Sign in to continue, said the bus, the pool and the library.",
            "On the fourth day I gave up and walked.",
        ],
        id="subscr en",
    ),
    pytest.param(
        "クッキー同意画面、拒否ボタン義務化へ",
        "政府は火曜日、クッキーの同意画面に拒否ボタンを義務づける方針を決めた。",
        [
            "すべて同意のボタンだけを大きく見せる画面が問題になっていた。",
            "対象は国内の約二千のサイトで、違反には罰金を科す。",
            "業界団体は準備期間を求めている。",
        ],
        id="ja",
    ),
]
"""Titles, first paragraphs, and what follows."""


@pytest.mark.parametrize("knows_lead", [True, False], ids=["with a lead", "a title alone"])
@pytest.mark.parametrize(("title", "lead", "more"), ABOUT_WALLS)
def test_an_article_about_walls_is_taken_whole(
    title: str, lead: str, more: list[str], *, knows_lead: bool
) -> None:
    known = replace(article(), title=title, summary=lead if knows_lead else "")
    found = extract(page(title, lead, *more), url=URL, zone=ZoneInfo("UTC"), now=NOW)

    assert doubt(page(title, lead, *more), known) == ""
    assert set(more) <= set(merged(known, found).paragraphs)


@pytest.mark.parametrize(
    ("title", "lead", "more"),
    [
        pytest.param(
            "Two hurt in ferry crash",
            "Two people were hurt when a ferry hit the pier on Monday.",
            ["Police said nobody was in danger of death."],
            id="brief",
        ),
        pytest.param(
            "Bakery burns down",
            "A bakery in Tarn burned down at night.",
            ["Nobody was hurt. The cause is not known."],
            id="brief2",
        ),
        pytest.param(
            "漁船が転覆、2人救助",
            "月曜日の朝、港の沖で漁船が転覆し、2人が救助された。",
            ["けがはないという。"],
            id="brief ja",
        ),
        pytest.param(
            "Harbour Bank CEO steps down",
            "The chief executive of the Harbour Bank, Ane Holt, resigned on Tuesday after a row over bonuses.",
            [
                "Holt, 54, led the lender for nine years.",
                "The board named her deputy to the post until a new head is found.",
            ],
            id="translated title",
        ),
    ],
)
def test_a_brief_is_taken(title: str, lead: str, more: list[str]) -> None:
    assert doubt(page(title, lead, *more), replace(article(), title=title, summary="")) == ""


def test_a_page_that_its_publisher_calls_locked_is_not_taken() -> None:
    head = "<meta property='article:content_tier' content='locked'>"

    assert "not free" in doubt(page(TITLE, LEAD, MORE, head=head))
