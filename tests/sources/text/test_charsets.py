"""A cut byte costs one letter in any charset, and a charset is what its senders mean by its name."""

from __future__ import annotations

import pytest

from digest.sources.feed import parse_feed
from digest.sources.pages.extraction import decode
from digest.sources.text.charsets import codec_of, mostly_utf8, read_charset
from digest.sources.web.fetching import Fetched

SAID = {
    "windows-1251": "Порт открывается снова после бури, сообщил совет города.",
    "koi8-u": "Порт відкрито після бурі, повідомила рада міста.",
    "iso-8859-2": "Přístav je po bouři znovu otevřený, oznámila rada města.",
    "windows-1256": "يفتح الميناء أبوابه من جديد بعد العاصفة.",
    "windows-1255": "הנמל נפתח מחדש לאחר הסערה.",
    "gb2312": "港口在风暴之后重新开放，市议会本周宣布了这一消息。",
    "big5": "港口在風暴之後重新開放，市議會本週宣布了這一消息。",
    "shift_jis": "嵐のあと港が再び開くと町議会が発表した。船も出る。",
    "euc-jp": "嵐のあと港が再び開くと町議会が発表した。船も出る。",
    "euc-kr": "폭풍이 지나간 뒤 항구가 다시 열린다고 시의회가 밝혔다.",
}
PAIRS = ("gb2312", "big5", "shift_jis", "euc-jp", "euc-kr")


def codec(name: str) -> str:
    return name.replace("windows-", "cp")


@pytest.mark.parametrize("name", SAID)
@pytest.mark.parametrize("at", [1, 3, 10])
def test_a_cut_byte_costs_its_letter_and_a_neighbor(name: str, at: int) -> None:
    text = SAID[name]
    raw = text.encode(codec(name))
    cut = raw[:at] + raw[at + 1 :]
    page = f'<meta charset="{name}"><p>'.encode() + cut + b"</p>"
    feed = (
        f'<?xml version="1.0" encoding="{name}"?><rss version="2.0"><channel><title>Q</title><item>'
        "<title>T</title><link>https://q.example/a</link><description>".encode()
        + cut
        + b"</description></item></channel></rss>"
    )

    (entry,) = parse_feed(Fetched("https://q.example/f", 200, feed), "f").entries

    assert text[11:] in decode(page)
    assert text[11:] in entry.summary


@pytest.mark.parametrize("name", PAIRS)
def test_a_charset_that_only_the_server_names_is_read_with_a_cut_byte(name: str) -> None:
    raw = SAID[name].encode(codec(name))

    assert SAID[name][8:] in read_charset(raw[:4] + raw[5:], "", name)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("GB2312", "gb18030"),
        ("ks_c_5601-1987", "cp949"),
        ("ISO-8859-1", "cp1252"),
        ('"utf-8"', "utf-8"),
        ("x-sjis", "cp932"),
        ("base64", ""),
        ("unicode_escape", ""),
        ("idna", ""),
        ("no such", ""),
        ("", ""),
        ("x" * 5_000, ""),
    ],
)
def test_a_charset_is_what_its_senders_mean(name: str, wanted: str) -> None:
    assert codec_of(name) == wanted


def test_seven_bit_japanese_is_no_ascii() -> None:
    raw = "港が開いた".encode("iso2022_jp")

    assert mostly_utf8(raw) is None
    assert read_charset(raw) == "港が開いた"


def test_latin_letters_under_the_name_of_utf_8_are_read() -> None:
    assert read_charset("Café où l’été fut".encode("cp1252"), "utf-8") == "Café où l’été fut"


def test_any_bytes_are_some_text() -> None:
    for raw in (b"", b"\xff\xfe\xfd", bytes(range(256)), b"\x1b$B\x1b", b"\x1b"):
        for name in ("", "utf-16", "gb2312", "iso-2022-jp", "utf-7", "hz"):
            assert isinstance(read_charset(raw, name), str)
