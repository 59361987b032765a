"""What servers, mail programs and press offices put around a letter's text, in many languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.model import Article
from digest.ports import Memory
from tests.sources.mail.letters import NOW, TEXT, a_maildir, a_source, html_letter, letter

HTML = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT.split("\n\n"))


def read(tmp_path: Path, mail: bytes) -> list[Article]:
    return list(a_source(a_maildir(tmp_path, mail)).collect(Memory(), now=NOW).articles)


@pytest.mark.parametrize(
    "line",
    [
        "Si vous ne visualisez pas correctement cet e-mail, cliquez ici",
        "Si no visualiza correctamente este correo, haga clic aquí",
        "Se non visualizzi correttamente questa email clicca qui",
        "ब्राउज़र में देखें",
        "प्रेस विज्ञप्ति",
    ],
)
def test_what_offers_or_labels_a_letter_is_no_text(tmp_path: Path, line: str) -> None:
    assert read(tmp_path, letter(f"{line}\n\n{TEXT}"))[0].text == TEXT


@pytest.mark.parametrize(
    "lines",
    [
        "Sent from Outlook for iOS",
        "Wenn Sie diesen Newsletter nicht mehr erhalten möchten, klicken Sie hier.",
        "Si no desea recibir más correos, haga clic aquí",
        "Avsluta prenumeration",
        "Κατάργηση εγγραφής",
        "メール配信を停止する",
        "Hủy đăng ký",
        "सदस्यता समाप्त करें",
        "Forward to a friend",
        "Our mailing address is:\nHarbour Ltd, Quay 1, Tarn",
        "Press contact\nEva Example\n+49 30 123",
        "Notes to editors\nThe port is old.",
        "Rückfragen an:\nEva Example",
        "Контакты:\nEva Example",
        "About Harbour\n\nHarbour is a port company of 1890.",
        "Über die Hafen AG\n\nDie Hafen AG ist ein Unternehmen von 1890.",
        "À propos du Port\n\nLe Port est une société de 1890.",
        "Privacy policy | Terms of use",
        "Datenschutz | Impressum",
    ],
)
def test_what_stands_below_a_letter_is_no_text(tmp_path: Path, lines: str) -> None:
    assert read(tmp_path, letter(f"{TEXT}\n\n{lines}"))[0].text == TEXT


@pytest.mark.parametrize(
    "last",
    [
        "The company changed its privacy policy in November, the regulator said on Monday.",
        "Contacts between both ports had ended in 1990, and nobody knows whether they begin again soon.",
        "What the talks are about, nobody says.",
    ],
)
def test_news_of_the_same_words_stays(tmp_path: Path, last: str) -> None:
    assert read(tmp_path, letter(f"{TEXT}\n\n{last}"))[0].text == f"{TEXT}\n\n{last}"


@pytest.mark.parametrize(
    "html",
    [
        f'{HTML}<div class="gmail_quote"><div class="gmail_attr">On Mon, Ann wrote:</div>'
        "<blockquote class='gmail_quote'><p>Old text of a former mail goes here.</p></blockquote></div>",
        f'{HTML}<div class="moz-cite-prefix">Am 30.11.26 schrieb Ann:</div>'
        '<blockquote type="cite"><p>Old text of a former mail.</p></blockquote>',
        '<div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message -------<br>From: Ann'
        f"<br>Date: Mon<br>Subject: Harbour</div>{HTML}</div>",
        f'<table class="moz-email-headers-table"><tr><th>Subject:</th><td>Harbour</td></tr></table>{HTML}',
    ],
    ids=["an answer", "Thunderbird's answer", "handed on", "handed on by Thunderbird"],
)
def test_what_programs_quote_is_no_text(tmp_path: Path, html: str) -> None:
    assert read(tmp_path, html_letter(html))[0].text == TEXT


def test_a_signed_text_is_read_without_its_signature(tmp_path: Path) -> None:
    head, foot = (
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n",
        "-----BEGIN PGP SIGNATURE-----\n\nx\n",
    )

    assert read(tmp_path, letter(f"{head}{TEXT}\n{foot}"))[0].text == TEXT


@pytest.mark.parametrize(
    "subject",
    [
        "[Fwd: Harbour opens]",
        "[External] Harbour opens",
        "***SPAM*** Harbour opens",
        "EXTERN: AW: Harbour opens",
    ],
)
def test_what_a_server_writes_before_a_subject_goes(tmp_path: Path, subject: str) -> None:
    assert read(tmp_path, letter(Subject=subject))[0].title == "Harbour opens"


@pytest.mark.parametrize(
    "fields",
    [
        {"X_Autoreply": "yes"},
        {"Precedence": "auto_reply"},
        {"From": "MAILER-DAEMON@harbour.example"},
        {"Subject": "Automatische Antwort: Harbour", "X_Auto_Response_Suppress": "All"},
        {"Subject": "Out of Office: Re: Harbour", "Auto_Submitted": "auto-generated (vacation)"},
    ],
)
def test_what_nobody_wrote_is_no_news(tmp_path: Path, fields: dict[str, str]) -> None:
    assert read(tmp_path, letter(TEXT, body=b"", **fields)) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"Auto_Submitted": "auto-generated", "Precedence": "bulk"},
        {"X_Auto_Response_Suppress": "All"},
        {"Subject": "Out of office, back in the street"},
    ],
)
def test_a_newsletter_s_program_is_no_answering_machine(tmp_path: Path, fields: dict[str, str]) -> None:
    assert len(read(tmp_path, letter(TEXT, body=b"", **fields))) == 1


@pytest.mark.parametrize(
    "line",
    [
        "NOT FOR PUBLICATION BEFORE 3 December 2026",
        "Hold for release until December 3, 2026",
        "Under embargo till Dec 3rd, 2026 9am",
        "Nicht vor dem 3. Dezember 2026 veröffentlichen",
        "No publicar antes del 3 de diciembre de 2026",
        "Ne pas diffuser avant le 3 décembre 2026",
    ],
)
def test_a_text_that_is_held_back_is_not_printed_before(tmp_path: Path, line: str) -> None:
    assert all(one.published and one.published > NOW for one in read(tmp_path, letter(f"{line}\n\n{TEXT}")))


def test_news_of_what_comes_not_before_a_year_is_no_embargo(tmp_path: Path) -> None:
    news = "Nicht vor 2030 rechnet der Hafen mit dem neuen Kai, sagte die Sprecherin."

    (found,) = read(tmp_path, letter(f"{news}\n\n{TEXT}"))

    assert found.published is not None
    assert found.published <= NOW


@pytest.mark.parametrize(
    "line",
    [
        *("[EXTERNAL EMAIL]", "EXTERNAL", "[Extern]", "*** External sender ***"),
        "CAUTION: This email originated from outside of the organization. Do not click links.",
        "ACHTUNG: Diese E-Mail kommt von außerhalb. Öffnen Sie keine Anhänge von unbekannten Absendern.",
        "Attention : ce courriel provient d’un expéditeur externe. Ne cliquez pas sur les liens.",
        "ATENCIÓN: Este correo procede de fuera de la organización.",
        "Let op: dit bericht komt van buiten de organisatie.",
        "Внимание: это письмо от внешнего отправителя.",
        "注意：此邮件来自外部，请勿点击链接。",
        *("Dear editors,", "Dear Sir or Madam", "Hello,", "Good morning everyone,", "Dear Ms Example:"),
        *("Sehr geehrte Damen und Herren,", "Liebe Kolleginnen und Kollegen,", "Guten Tag Frau Muster,"),
        *("Bonjour,", "Madame, Monsieur,", "Chers amis,", "Estimados señores:", "Hola a todos:"),
        *(
            "Prezados senhores,",
            "Gentili colleghi,",
            "Geachte redactie,",
            "Kära redaktion,",
            "Szanowni Państwo,",
        ),
        *(
            "Уважаемые коллеги!",
            "Шановні колеги!",
            "Sayın yetkili,",
            "السادة المحترمون،",
            "報道関係者各位",
            "您好：",
        ),
    ],
)
def test_a_warning_and_a_greeting_are_no_text(tmp_path: Path, line: str) -> None:
    assert read(tmp_path, letter(f"{line}\n\n{TEXT}"))[0].text == TEXT


@pytest.mark.parametrize(
    "lines",
    [
        *("Best regards,\nEva Example\nHarbour Press", "Kind regards", "Yours sincerely,\n\nEva Example"),
        *(
            "Mit freundlichen Grüßen\nEva Example\nPressestelle",
            "Viele Grüße, Eva",
            "Cordialement,\nEva Example",
        ),
        *(
            "Bien à vous",
            "Saludos cordiales,\nEva Example",
            "Atenciosamente,\nEva Example",
            "Cordiali saluti",
        ),
        *(
            "Met vriendelijke groet,\nEva Example",
            "Med vänliga hälsningar\nEva",
            "Z poważaniem\nEwa Example",
        ),
        *(
            "С уважением,\nЕва Пример",
            "З повагою,\nЄва",
            "Saygılarımızla",
            "مع خالص التحية",
            "以上",
            "敬具",
        ),
        *(
            "Please consider the environment before printing this e-mail.",
            "This message was checked for viruses.",
        ),
    ],
)
def test_a_leave_and_what_stands_behind_it_are_no_text(tmp_path: Path, lines: str) -> None:
    assert read(tmp_path, letter(f"{TEXT}\n\n{lines}"))[0].text == TEXT


@pytest.mark.parametrize(
    "said",
    [
        "Kind regards were sent to the town by its twin on the other shore.",
        "Dear prices keep the market's customers away, its master says.",
        "Hello Kitty comes to Tarn in May, as the fair's director told the council.",
        "Warning of a storm from outside the bay: the ferry stays in port until Tuesday.",
        "External auditors will look at the port's books from Monday on.",
        "Atentamente vigilan los vecinos la obra del puerto desde hace un año.",
        "Liebe und Hass im Hafen: das neue Stück hat am Freitag Premiere.",
    ],
)
def test_news_that_begins_like_a_greeting_or_a_leave_stays(tmp_path: Path, said: str) -> None:
    assert read(tmp_path / "above", letter(f"{said}\n\n{TEXT}"))[0].text == f"{said}\n\n{TEXT}"
    assert read(tmp_path / "below", letter(f"{TEXT}\n\n{said}"))[0].text == f"{TEXT}\n\n{said}"
