"""What stands around a letter's text goes, and a letter of many items is split on request."""

# ruff: noqa: E501  # letters, line for line
from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.mail.letters import TEXT, collected, html_letter, letter, only

PARAGRAPHS = tuple(TEXT.split("\n\n"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "View this email in your browser\n\nFOR IMMEDIATE RELEASE\n\n",
            "\n\nENDS\n\nNotes to editors\n\nThe port was built in 1900.",
            id="English",
        ),
        pytest.param(
            "Im Browser ansehen\n\nPressemitteilung Nr. 12\n\n",
            "\n\nPressekontakt:\n\nEva Beispiel, Tel. 123\n\nSie erhalten diese E-Mail, weil Sie sich angemeldet haben. Abmelden",
            id="German",
        ),
        pytest.param(
            "Voir dans le navigateur\n\nCommuniqué de presse\n\n",
            "\n\nContact presse :\n\nEve Exemple\n\nSe désabonner",
            id="French",
        ),
        pytest.param(
            "Ver en el navegador\n\nNota de prensa\n\n",
            "\n\nRecibes este correo porque te suscribiste. Darse de baja\n\nCalle Mayor 1",
            id="Spanish",
        ),
        pytest.param(
            "Ver no navegador\n\nComunicado de imprensa\n\n", "\n\nCancelar inscrição", id="Portuguese"
        ),
        pytest.param(
            "Visualizza nel browser\n\nComunicato stampa\n\n",
            "\n\nUfficio stampa\n\nAnna Esempio\n\nDisiscriviti",
            id="Italian",
        ),
        pytest.param(
            "Открыть письмо в браузере\n\nПресс-релиз\n\n", "\n\nОтписаться от рассылки", id="Russian"
        ),
        pytest.param(
            "ブラウザで表示\n\nプレスリリース\n\n",
            "\n\n報道関係者お問い合わせ先\n\n配信停止はこちら",
            id="Japanese",
        ),
        pytest.param("عرض في المتصفح\n\nبيان صحفي\n\n", "\n\nإلغاء الاشتراك", id="Arabic"),
        pytest.param("", "\n\n###\n\nAbout the port\n\nThe port is old.", id="three marks"),
        pytest.param("", "\n\n-- \nEva Example\nHarbour Press, Quay 1", id="a signature"),
        pytest.param("", "\n\nSent from my iPhone", id="a telephone"),
        pytest.param("", "\n\n© 2026 Harbour Ltd. All rights reserved.\n\nQuay 1", id="copyright"),
    ],
)
def test_what_stands_around_the_text_goes(tmp_path: Path, before: str, after: str) -> None:
    assert only(tmp_path, letter(before + TEXT + after)).paragraphs == PARAGRAPHS


def test_news_of_subscriptions_and_browsers_keeps_its_words(tmp_path: Path) -> None:
    text = (
        "More people unsubscribe from streaming services than ever before, a survey of 3,000 homes shows.\n\n"
        "The company said that it would open the browser to rivals, and that clients who opt out keep theirs."
    )

    assert only(tmp_path, letter(text)).paragraphs == tuple(text.split("\n\n"))


def test_hidden_lines_and_counting_pictures_of_html_go(tmp_path: Path) -> None:
    article = only(
        tmp_path,
        html_letter(
            '<html lang="en"><body><div style="display:none;max-height:0">Preview words</div>'
            '<span style="font-size:1px;color:#fff">More preview words</span>'
            "<table><tr><td><h1>Harbour opens again</h1>"
            + "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
            + '</td></tr><tr><td><img src="https://harbour.example/pier.jpg" width="600" alt="The pier"></td></tr>'
            '<tr><td>You are receiving this because you signed up. <a href="https://x.example/u">Unsubscribe</a>'
            '</td></tr></table><img src="https://track.example/o.gif" width="1" height="1"></body></html>'
        ),
    )

    assert article.paragraphs == PARAGRAPHS
    assert article.language == "en"
    assert article.image is not None
    assert article.image.url == "https://harbour.example/pier.jpg"


@pytest.mark.parametrize(
    ("fields", "html", "url"),
    [
        pytest.param(
            {"Archived_At": "<https://lists.example/press/12>"},
            "",
            "https://lists.example/press/12",
            id="Archived-At",
        ),
        pytest.param(
            {},
            '<p><a href="https://mailchi.mp/harbour/opens-again?e=ab12cd34">View this email in your browser</a></p>',
            "https://mailchi.mp/harbour/opens-again",
            id="its copy, the reader's mark gone",
        ),
        pytest.param(
            {},
            '<p><a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fharbour.example%2Fnews%2F1&data=05%7Cx">Read more</a></p>',
            "https://harbour.example/news/1",
            id="behind a mail filter",
        ),
        pytest.param(
            {},
            '<p><a href="https://click.mail.example/?qs=1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f">Read more</a></p>',
            "",
            id="behind a counter that tells nothing",
        ),
        pytest.param(
            {},
            '<p><a href="https://harbour.example/unsubscribe?u=1">View in browser</a></p>',
            "",
            id="signs off",
        ),
    ],
)
def test_a_letter_is_where_everybody_may_read_it(
    tmp_path: Path, fields: dict[str, str], html: str, url: str
) -> None:
    body = html + "".join(f"<p>{one}</p>" for one in PARAGRAPHS)

    article = only(tmp_path, html_letter(body, **fields))

    assert article.url == url if url else article.url.startswith("https://paper.example/#a")


def test_a_letter_of_many_items_is_split_on_request(tmp_path: Path) -> None:
    item = "<h2>{}</h2><p>{} was told today by the port, and by the town as well, on Monday.</p>{}"
    html = (
        "<p>Good morning</p>"
        + item.format(
            "Harbour opens",
            "The harbour",
            '<p><a href="https://h.example/1?utm_source=m">Read more</a></p>',
        )
        + item.format("Tram voted for", "The tram", "")
        + "<h2>Partners</h2><p>Our thanks.</p><p>Unsubscribe</p>"
    )

    whole = collected(tmp_path / "whole", html_letter(html)).articles
    split = collected(tmp_path / "split", html_letter(html), is_split=True).articles

    assert len(whole) == 1
    assert [one.title for one in split] == ["Harbour opens", "Tram voted for"]
    assert split[0].url == "https://h.example/1"
    assert split[1].url.startswith("https://paper.example/#a")
    assert len({one.id for one in split}) == 2
    assert "The tram was told" in split[1].text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("1. {0}\n=======\n{1}\n\n2. {2}\n=======\n{3}\n", id="underlined"),
        pytest.param("1. {0}\n\n{1}\n\n2. {2}\n\n{3}\n", id="numbered"),
        pytest.param("{0}\n-------\n{1}\n\n{2}\n-------\n{3}\n", id="underlined by hyphens"),
        pytest.param("* * *\n\n{0}\n\n{1}\n\n* * *\n\n{2}\n\n{3}\n", id="between rules"),
    ],
)
@pytest.mark.parametrize(
    "said",
    [
        ("Harbour opens", PARAGRAPHS[0], "Tram voted for", PARAGRAPHS[1]),
        (
            "Hafen öffnet wieder",
            "Der Hafen ist nach drei Wochen wieder für alle Schiffe offen, sagte die Stadt am Montag.",
            "Rat stimmt ab",
            "Der Rat hat mit 31 zu 12 Stimmen für eine neue Straßenbahn durch die Altstadt gestimmt.",
        ),
        (
            "Порт снова открыт",
            "Порт снова открыт для всех судов после трёх недель ремонта, сообщили городские власти.",
            "Совет проголосовал",
            "Совет проголосовал за новую трамвайную линию через старый город тридцатью голосами.",
        ),
    ],
    ids=["English", "German", "Russian"],
)
def test_a_text_of_many_items_is_split_on_request(
    tmp_path: Path, text: str, said: tuple[str, str, str, str]
) -> None:
    found = collected(tmp_path, letter(text.format(*said)), is_split=True)

    assert [(one.title, one.text) for one in found.articles] == [said[:2], said[2:]]


def test_a_letter_with_one_heading_stays_whole(tmp_path: Path) -> None:
    found = collected(
        tmp_path, html_letter(f"<h1>Harbour opens again</h1><p>{PARAGRAPHS[0]}</p>"), is_split=True
    )

    assert [one.title for one in found.articles] == ["Harbour opens again"]


def test_a_lists_digest_is_its_letters(tmp_path: Path) -> None:
    inner = b"".join(
        b"--d\r\nContent-Type: message/rfc822\r\n\r\n"
        + letter(
            f"The {name} opened on Monday.\n\nIt cost 3 million.",
            Subject=name,
            Message_ID=f"<{name}@h.example>",
        )
        + b"\r\n"
        for name in ("Bridge", "Tunnel")
    )
    mail = letter(body=inner + b"--d--\r\n", Content_Type='multipart/digest; boundary="d"')

    assert sorted(one.title for one in collected(tmp_path, mail).articles) == ["Bridge", "Tunnel"]
