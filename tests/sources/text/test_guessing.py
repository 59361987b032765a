"""Bytes in a charset that is called UTF-8, by a wrong name or by none are read by their letters."""

# ruff: noqa: E501  # a line for each language
from __future__ import annotations

import pytest

from digest.sources.text.charsets import codec_of, read_charset
from digest.sources.text.guessing import guessed
from tests.sources.feeds import article, item, rss

TEXTS = {
    "windows-1251": "Совет города решил сохранить ночной паром до конца лета.",
    "windows-1251 in Ukrainian": "Міська рада вирішила зберегти нічний пором до кінця літа, бо його люблять.",
    "windows-1251 in Bulgarian": "Градският съвет реши да запази нощния ферибот до края на лятото.",
    "koi8-r": "Совет города решил сохранить ночной паром до конца лета.",
    "iso-8859-5": "Совет города решил сохранить ночной паром до конца лета.",
    "cp866": "Совет города решил сохранить ночной паром до конца лета.",
    "windows-1253": "Το δημοτικό συμβούλιο αποφάσισε να κρατήσει το πλοίο.",
    "windows-1255": "מועצת העיר החליטה להשאיר את המעבורת הלילית.",
    "windows-1256": "قرر مجلس المدينة الإبقاء على العبارة الليلية حتى نهاية الصيف.",
    "cp874": "สภาเมืองลงมติให้เรือข้ามฟากกลางคืนวิ่งต่อไปจนสิ้นฤดูร้อน",
    "windows-1254": "Şehir meclisi gece vapurunu yaz sonuna kadar sürdürme kararı aldı. Çığlık, Iğdır, şişe.",
    "windows-1250": "Městská rada rozhodla zachovat noční přívoz až do konce léta, řekl starosta.",
    "iso-8859-2": "Miasto postanowiło zachować nocny prom do końca lata. Łódź, żółć, gęś, ćma.",
    "windows-1257": "Miesto taryba nusprendė palikti naktinį keltą iki vasaros galo. Šąla, žūsta, ėmė.",
    "windows-1252": "Der Stadtrat beschloß, die nächtliche Fähre für übermorgen zu erhalten. Größe, Öl.",
    "windows-1252 in French": "Le conseil a décidé de garder le bac jusqu’à la fin de l’été, après un débat à l’hôtel.",
    "windows-1252 in Icelandic": "Borgarráð ákvað að halda næturferjunni. Þórður Guðmundsson sagði það í gær.",
    "euc-kr": "시의회는 야간 여객선을 여름까지 운항하기로 결정했다.",
    "shift_jis": "市議会は夜間の渡し船を夏の終わりまで続けることを決めた。",
    "euc-jp": "市議会は夜間の渡し船を夏の終わりまで続けることを決めた。",
    "gb18030": "市议会决定将夜间渡轮保留到夏季结束。",
    "big5": "市議會決定將夜間渡輪保留到夏季結束。",
}
PAGE = "<html><head><title>Ferry</title></head><body><p>{}</p></body></html>"


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("names", [("utf-8",), ("utf-8", "utf-8"), (), ("iso-8859-1",), ("nonsense",)])
@pytest.mark.parametrize("form", ["{}", PAGE], ids=["text", "page"])
def test_a_wrong_name_garbles_nothing(name: str, names: tuple[str, ...], form: str) -> None:
    text = form.format(TEXTS[name])

    assert read_charset(text.encode(name.split(maxsplit=1)[0]), *names) == text


@pytest.mark.parametrize("name", TEXTS)
def test_a_right_name_counts_and_utf_8_is_utf_8_whatever_it_is_called(name: str) -> None:
    charset, text = name.split(maxsplit=1)[0], PAGE.format(TEXTS[name])

    assert read_charset(text.encode(charset), charset) == text
    assert read_charset(text.encode(), charset) == text


@pytest.mark.parametrize(
    "text",
    [
        "Prices rose to £5 and €7 – that’s “quite a lot” – £10, £12, €13…",
        "20°, 30°, 40° and §5, §6, §7, §8, §9",
        "Café",
    ],
)
def test_a_few_signs_are_read_as_western_ones(text: str) -> None:
    assert guessed(text.encode("cp1252")) in {"", "cp1252"}
    assert read_charset(text.encode("cp1252"), "utf-8") == text


@pytest.mark.parametrize(
    ("name", "codec"),
    [("windows-874", "cp874"), ("X-Windows-874", "cp874"), ("windows1251", "cp1251"), ("win-1251", "cp1251"),
     ("windows-949", "cp949"), ("MS936", "gb18030"), ("cn-big5", "cp950"), ("windows-31j", "cp932"),
     ("x-euc-jp", "euc-jp"), ("ISO-8859-8", "cp1255"), ("utf8mb4", "utf-8"), ("dos-866", "cp866")],
)  # fmt: skip
def test_names_of_browsers_and_databases_are_known(name: str, codec: str) -> None:
    assert codec_of(name) == codec


@pytest.mark.parametrize("name", [name for name in TEXTS if name != "windows-1252 in French"])
@pytest.mark.parametrize(
    "declared", ['<?xml version="1.0" encoding="utf-8"?>', '<?xml version="1.0"?>', ""]
)
def test_a_feed_that_calls_itself_utf_8_is_read_by_its_letters(name: str, declared: str) -> None:
    body = rss(item(title="Port", description=TEXTS[name]), head=declared)

    found = article(body.decode().encode(name.split(maxsplit=1)[0], "xmlcharrefreplace"))

    assert found.summary == TEXTS[name]
