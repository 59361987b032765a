"""Mails of many programs and languages come out as the articles they are."""

# ruff: noqa: E501  # letters, line for line
from __future__ import annotations

import base64
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.sources.mail.letters import TEXT, collected, letter, only

PARAGRAPHS = tuple(TEXT.split("\n\n"))


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


@pytest.mark.parametrize(
    "line",
    [
        "Embargo on oil hits 3 ports",
        "Embargo gegen Öl trifft drei Häfen",
        "L'embargo est levé",
        "Embargo: ports fear the worst",
    ],
)
def test_news_of_an_embargo_is_news(tmp_path: Path, line: str) -> None:
    assert only(tmp_path, letter(f"{line}\n\n{TEXT}")).text.endswith(PARAGRAPHS[-1])


def test_a_letter_under_embargo_is_of_the_moment_that_it_names(tmp_path: Path) -> None:
    published = only(tmp_path, letter(f"EMBARGO: 2 December 2026, 06:00 UTC\n\n{TEXT}")).published

    assert published is not None
    assert published.isoformat() == "2026-12-02T06:00:00+00:00"
