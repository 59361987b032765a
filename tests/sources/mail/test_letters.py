"""Mails of many programs and languages come out as the articles they are."""

# ruff: noqa: E501  # letters, line for line
from __future__ import annotations

import base64
from email.message import EmailMessage
from pathlib import Path

import pytest

from digest.model import Article
from digest.ports import Collected, Memory
from tests.sources.mail.letters import NOW, TEXT, a_maildir, a_source, html_letter, letter

PARAGRAPHS = tuple(TEXT.split("\n\n"))


def collected(tmp_path: Path, *mails: bytes, is_split: bool = False) -> Collected:
    return a_source(a_maildir(tmp_path / "box", *mails), is_split=is_split).collect(Memory(), now=NOW)


def only(tmp_path: Path, mail: bytes) -> Article:
    found = collected(tmp_path, mail)
    assert [str(one) for one in found.problems] == []
    (article,) = found.articles
    return article


def test_a_letter_is_an_article(tmp_path: Path) -> None:
    article = only(tmp_path, letter())

    assert article.title == "Harbour opens again"
    assert article.guid == "one@harbour.example"
    assert article.paragraphs == PARAGRAPHS
    assert article.publisher == "Harbour Press"
    assert article.published is not None
    assert article.published.isoformat() == "2026-12-01T09:00:00+00:00"
    assert article.url.startswith("https://paper.example/#a")


@pytest.mark.parametrize(
    ("charset", "codec", "said"),
    [
        pytest.param("utf-8", "utf-8", "Přístav je znovu otevřený", id="Czech"),
        pytest.param("iso-8859-2", "iso-8859-2", "Přístav je znovu otevřený", id="Latin-2"),
        pytest.param("windows-1251", "cp1251", "Порт снова открыт", id="Russian"),
        pytest.param("koi8-r", "koi8-r", "Порт снова открыт", id="KOI8"),
        pytest.param("iso-2022-jp", "iso2022_jp", "港が再び開いた", id="Japanese in seven bits"),
        pytest.param("", "iso2022_jp", "港が再び開いた", id="Japanese without a name"),
        pytest.param("shift_jis", "cp932", "港が①再び開いた", id="Japanese with Microsoft's signs"),
        pytest.param("euc-jp", "euc_jp", "港が再び開いた", id="EUC-JP"),
        pytest.param("gb2312", "gb18030", "港口重新开放喆", id="Chinese beyond GB 2312"),
        pytest.param("big5", "cp950", "港口重新開放", id="Big5"),
        pytest.param("ks_c_5601-1987", "cp949", "항구가 다시 열렸다", id="Korean by its old name"),
        pytest.param("windows-1256", "cp1256", "أعيد فتح الميناء", id="Arabic"),
        pytest.param("iso-8859-8-i", "cp1255", "הנמל נפתח מחדש", id="Hebrew"),
        pytest.param(
            "iso-8859-1", "cp1252", "Der „Hafen“ ist offen – endlich", id="Latin-1 that is cp1252"
        ),
        pytest.param("us-ascii", "utf-8", "Le port rouvre « enfin »", id="UTF-8 that says ASCII"),
        pytest.param("x-unknown", "utf-8", "Le port rouvre", id="a name nobody knows"),
        pytest.param("utf-16", "utf-16", "Le port rouvre à midi", id="UTF-16"),
        pytest.param("utf-7", "utf-7", "Le port rouvre à midi", id="UTF-7"),
    ],
)
def test_a_letter_is_read_in_its_charset(tmp_path: Path, charset: str, codec: str, said: str) -> None:
    named = f"; charset={charset}" if charset else ""
    text = f"{said}.\r\n\r\n{said}, 2026."
    coded = base64.encodebytes(text.encode(codec))

    article = only(
        tmp_path,
        letter(body=coded, Content_Type=f"text/plain{named}", Content_Transfer_Encoding="base64"),
    )

    assert article.paragraphs == (f"{said}.", f"{said}, 2026.")


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        pytest.param("=?utf-8?B?5riv44GM6ZaL44GE44Gf?=", "港が開いた", id="base64"),
        pytest.param("=?iso-2022-jp?B?GyRCOUEkLDMrJCQkPxsoQg==?=", "港が開いた", id="ISO-2022-JP"),
        pytest.param("=?utf-8?Q?Br=C3=BCcke_=C3=B6ffnet?=", "Brücke öffnet", id="quoted"),
        pytest.param("=?utf-8?B?5riv44GM?= =?utf-8?B?6ZaL44GE44Gf?=", "港が開いた", id="two words"),
        pytest.param(
            "=?utf-8?B?5riv44GM6ZY=?=\r\n =?utf-8?B?i+OBhOOBnw==?=", "港が開いた", id="cut in a letter"
        ),
        pytest.param("Fwd: Re: WG: Bridge opens", "Bridge opens", id="handed on"),
        pytest.param("TR : Le pont rouvre", "Le pont rouvre", id="handed on in French"),
        pytest.param("转发:大桥开通", "大桥开通", id="handed on in Chinese"),
        pytest.param("RV: ENC: El puente reabre", "El puente reabre", id="handed on in Spanish"),
        pytest.param("Brücke öffnet", "Brücke öffnet", id="raw UTF-8"),
    ],
)
def test_a_subject_is_read(tmp_path: Path, raw: str, title: str) -> None:
    article = only(tmp_path, letter(Subject=raw))

    assert article.title == title


def test_a_subject_loses_its_mailing_lists_tag(tmp_path: Path) -> None:
    mail = letter(
        Subject="[press-list] Re: [press-list] Bridge opens", List_Id="Press <press.harbour.example>"
    )

    assert only(tmp_path, mail).title == "Bridge opens"


def test_flowed_lines_are_joined(tmp_path: Path) -> None:
    text = "The harbour opened \nagain on Monday \nafter repairs.\n\nShips can enter. \nAll of them.\n\n-- \nPress office"

    article = only(tmp_path, letter(text, Content_Type="text/plain; charset=utf-8; format=flowed"))

    assert article.paragraphs == (
        "The harbour opened again on Monday after repairs.",
        "Ships can enter. All of them.",
    )


def test_nested_parts_are_read_once_and_attachments_not_at_all(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Date"] = "p@x.example", "Bridge", "Tue, 01 Dec 2026 09:00:00 +0000"
    mail["Message-ID"] = "<nested@x.example>"
    mail.set_content(TEXT)
    html = "".join(f"<p>{one}</p>" for one in PARAGRAPHS) + '<img src="cid:logo">'
    mail.add_alternative(html, subtype="html")
    mail.get_payload(1).add_related(b"GIF89a", "image", "gif", cid="<logo>")  # type: ignore[union-attr]  # it is multipart
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="release.pdf")
    mail.add_attachment("Attached words that nobody is to read.", filename="notes.txt")

    article = only(tmp_path, mail.as_bytes())

    assert article.paragraphs == PARAGRAPHS
    assert article.image is None


def test_a_signed_letter_is_read_and_its_lists_footer_goes(tmp_path: Path) -> None:
    parts = (
        "--b\r\nContent-Type: text/plain\r\n\r\n" + TEXT,
        "\r\n--b\r\nContent-Type: application/pgp-signature\r\n\r\nxxx\r\n--b--\r\n",
    )
    mail = letter("".join(parts), Content_Type='multipart/signed; boundary="b"')

    assert only(tmp_path, mail).paragraphs == PARAGRAPHS


def test_a_letter_handed_on_as_an_attachment_is_itself(tmp_path: Path) -> None:
    outer = "--o\r\nContent-Type: text/plain\r\n\r\nFYI\r\n--o\r\nContent-Type: message/rfc822\r\n\r\n"
    mail = letter(
        body=outer.encode() + letter() + b"\r\n--o--\r\n",
        From="amina@paper.example",
        Subject="Fwd: have a look",
        Message_ID="<two@paper.example>",
        Content_Type='multipart/mixed; boundary="o"',
    )

    article = only(tmp_path, mail)

    assert (article.title, article.guid) == ("Harbour opens again", "one@harbour.example")
    assert article.publisher == "Harbour Press"


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(
            "FYI\n\n---------- Forwarded message ---------\nFrom: Press <press@harbour.example>\n"
            "Date: Tue, 1 Dec 2026 at 09:00\nSubject: Harbour\nTo: <desk@paper.example>\n",
            id="Gmail",
        ),
        pytest.param(
            "Zur Info\n\n-----Ursprüngliche Nachricht-----\nVon: Presse <p@harbour.example>\n"
            "Gesendet: Dienstag, 1. Dezember 2026 09:00\nAn: Redaktion\nBetreff: Hafen\n",
            id="Outlook in German",
        ),
        pytest.param(
            "De : Presse <p@harbour.example>\nEnvoyé : mardi 1 décembre 2026 09:00\nÀ : Rédaction\nObjet : Port\n",
            id="Outlook in French",
        ),
        pytest.param(
            "Начало\n\n-------- Пересланное сообщение --------\nТема: Порт\nДата: 1 дек. 2026\nОт: Пресса\n",
            id="Russian",
        ),
        pytest.param(
            "差出人: 港湾局 <p@harbour.example>\n日時: 2026年12月1日\n件名: 港\n宛先: 編集部\n",
            id="Japanese",
        ),
    ],
)
def test_a_letter_handed_on_in_the_text_loses_the_head(tmp_path: Path, head: str) -> None:
    assert only(tmp_path, letter(f"{head}\n{TEXT}")).paragraphs == PARAGRAPHS


def test_a_quoted_letter_is_read_without_its_signs(tmp_path: Path) -> None:
    quoted = "\n".join(f"> {line}" for line in TEXT.split("\n"))

    assert only(tmp_path, letter(quoted)).text.startswith("The harbour opened again")


@pytest.mark.parametrize(
    ("fields", "stamp"),
    [
        pytest.param(
            {"Date": "", "Received": "from a by b; Tue, 01 Dec 2026 08:30:00 +0000"}, "08:30", id="none"
        ),
        pytest.param(
            {
                "Date": "Thu, 01 Jan 1970 00:00:00 +0000",
                "Received": "by b; Tue, 01 Dec 2026 08:30:00 +0000",
            },
            "08:30",
            id="the epoch",
        ),
        pytest.param({"Date": "yesterday"}, "11:00", id="no date: when the box got it"),
        pytest.param({"Date": "1 Dec 2026 10:00:00 +0100 (CET)"}, "09:00", id="without a weekday"),
    ],
)
def test_a_letter_without_a_date_has_its_servers(
    tmp_path: Path, fields: dict[str, str], stamp: str
) -> None:
    published = only(tmp_path, letter(TEXT, body=b"", **fields)).published

    assert published is not None
    assert f"{published:%H:%M}" == stamp


def test_letters_without_ids_are_told_apart_and_known_again(tmp_path: Path) -> None:
    mails = letter(Message_ID=""), letter("Another text of the day.\n\nIt goes on here.", Message_ID="")

    once = collected(tmp_path / "once", *mails).articles
    again = collected(tmp_path / "again", *mails).articles

    assert len({one.id for one in once}) == 2
    assert [one.id for one in once] == [one.id for one in again]


def test_letters_of_one_id_that_say_different_things_are_articles_of_their_own(tmp_path: Path) -> None:
    found = collected(
        tmp_path, letter(), letter("The tram starts.\n\nOn Friday.", Subject="Tram"), letter()
    )

    assert sorted(one.title for one in found.articles) == ["Harbour opens again", "Tram"]


@pytest.mark.parametrize(
    "mail",
    [
        pytest.param(letter("I am away.", Auto_Submitted="auto-replied"), id="an absence"),
        pytest.param(
            letter("--r\r\n\r\nNo such user\r\n--r--\r\n", Content_Type='multipart/report; boundary="r"'),
            id="a bounce",
        ),
    ],
)
def test_automatic_mail_is_no_article(tmp_path: Path, mail: bytes) -> None:
    found = collected(tmp_path, mail)

    assert (found.articles, found.problems) == ((), ())


@pytest.mark.parametrize(
    ("mail", "told"),
    [
        pytest.param(
            letter("--e\r\n\r\nVersion: 1\r\n--e--\r\n", Content_Type='multipart/encrypted; boundary="e"'),
            "is encrypted",
            id="encrypted",
        ),
        pytest.param(letter(""), "holds no text", id="empty"),
        pytest.param(letter(f"EMBARGOED until further notice\n\n{TEXT}"), "is under embargo", id="embargo"),
        pytest.param(
            letter(f"Sperrfrist: bis auf Weiteres\n\n{TEXT}"), "is under embargo", id="Sperrfrist"
        ),
        pytest.param(letter(f"Sous embargo\n\n{TEXT}"), "is under embargo", id="sous embargo"),
    ],
)
def test_a_letter_that_can_not_be_used_is_told(tmp_path: Path, mail: bytes, told: str) -> None:
    found = collected(tmp_path, mail)

    assert found.articles == ()
    assert told in str(found.problems[0])


def test_a_letter_under_embargo_is_of_the_moment_that_it_names(tmp_path: Path) -> None:
    published = only(tmp_path, letter(f"EMBARGO: 2 December 2026, 06:00 UTC\n\n{TEXT}")).published

    assert published is not None
    assert published.isoformat() == "2026-12-02T06:00:00+00:00"


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
