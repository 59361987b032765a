"""Bytes as text, whatever their charset is called: a broken letter costs itself, not the whole text."""

from __future__ import annotations

import re

from digest.sources.text.guessing import guessed

GOOD_FOR_EACH_BAD = 4
"""Letters beyond ASCII for each broken one; in another charset nearly all of them would be broken."""
GOOD_FOR_EACH_CUT = 2
"""Bytes that go on a letter of UTF-8 as they must, for each place where one is broken."""
_BROKEN = "\N{REPLACEMENT CHARACTER}"
_BROKEN_RUN = re.compile("\N{REPLACEMENT CHARACTER}+")
_SHIFTS = re.compile(rb"\x1b\$[@AB)(]|\x1b\([BJI]")
"""What switches ISO-2022 from ASCII to other letters: its bytes are ASCII, and not what they look like."""
_SEVEN_BIT = ("iso-2022", "iso2022", "csiso2022", "hz", "utf-7", "utf7", "utf-16", "utf-32")
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "big5": "cp950",
    "x-big5": "cp950",
    "x-x-big5": "cp950",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-8-i": "cp1255",
    "iso-8859-8-e": "cp1255",
    "iso-8859-6-i": "iso-8859-6",
    "iso-8859-11": "cp874",
    "windows-874": "cp874",
    "x-windows-874": "cp874",
    "dos-874": "cp874",
    "ms-874": "cp874",
    "windows-949": "cp949",
    "ks_c_5601-1989": "cp949",
    "korean": "cp949",
    "windows-936": "gb18030",
    "chinese": "gb18030",
    "ms936": "gb18030",
    "csgb2312": "gb18030",
    "cn-gb": "gb18030",
    "cn-big5": "cp950",
    "windows-950": "cp950",
    "csbig5": "cp950",
    "windows-31j": "cp932",
    "ms_kanji": "cp932",
    "csshiftjis": "cp932",
    "x-euc-jp": "euc-jp",
    "windows-932": "cp932",
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "x-cp1253": "cp1253",
    "x-cp1254": "cp1254",
    "x-cp1255": "cp1255",
    "x-cp1256": "cp1256",
    "x-cp1257": "cp1257",
    "win-1251": "cp1251",
    "win1251": "cp1251",
    "windows1251": "cp1251",
    "windows1252": "cp1252",
    "cp-1251": "cp1251",
    "logical": "cp1255",
    "visual": "cp1255",
    "iso-8859-8": "cp1255",
    "sun_eu_greek": "iso-8859-7",
    "koi": "koi8-r",
    "koi8": "koi8-r",
    "dos-866": "cp866",
    "x-mac-ukrainian": "mac_cyrillic",
    "utf8mb4": "utf-8",
    "utf-8-bom": "utf-8-sig",
    "unicode-1-1-utf-8": "utf-8",
    "ansi": "cp1252",
    "ansi_x3.4-1968": "cp1252",
    "windows-28591": "cp1252",
    "tis-620": "cp874",
    "unicode-1-1-utf-7": "utf-7",
    "iso-2022-jp": "iso2022_jp_2",
    "x-mac-roman": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
}
"""What senders mean by a name: the larger set that their programs really write."""
_NO_CHARSETS = frozenset(
    {"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "oem"}
)
"""Codecs of Python's that read texts, and that no text is sent in."""
_PAIRS = re.compile(rb"(?<![\x80-\xa0])[\xa1-\xfe]+(?![\x80-\xa0@-~0-9])")
_USED_MUCH = {
    "gb18030": frozenset({0xA1, 0xA3, *range(0xB0, 0xD8)}),
    "euc-jp": frozenset({0xA1, 0xA4, 0xA5, *range(0xB0, 0xD0)}),
    "cp949": frozenset(range(0xB0, 0xC9)),
}
"""The first bytes of the pairs that most of a text is made of: kana, frequent signs, punctuation."""
_BY_DEFAULT = frozenset({"cp1252"})
"""What servers call every text that nobody told them of."""
WIDE_HEAD = 400
"""In bytes: how much of a text is looked at for UTF-16 without its mark."""
FEWEST_PAIRS = 8
MAX_NAME = 60
"""In characters: no charset has a longer name."""


def mostly_utf8(body: bytes) -> str | None:
    """Return the text where the bytes are UTF-8, or all of them but a few; None where they are not."""
    if b"\x1b" in body and _SHIFTS.search(body):
        return None
    if wide := _wide_codec(body[:WIDE_HEAD]):
        return body.decode(wide, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("utf-8", "replace")
    bad = text.count(_BROKEN) - body.count(_BROKEN.encode())
    if bad <= 0:
        return text
    runs = sum(
        (len(run[0]) + 2) // 3 for run in _BROKEN_RUN.finditer(text)
    )  # a letter leaves three at most
    pieces = text.split(_BROKEN)
    good = sum(len(piece) for piece in pieces) - sum(map(_ascii_count, pieces))
    more = sum(len(piece.encode()) for piece in pieces) - sum(map(len, pieces)) - good
    return text if good + more >= GOOD_FOR_EACH_CUT * runs else None


def _wide_codec(head: bytes) -> str:
    """Return which UTF-16 a text is that has no mark of it: every other byte of its markup is none."""
    pairs = len(head) // 2
    if pairs < FEWEST_PAIRS or b"\0" not in head:
        return ""
    first, second = head[: 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if max(first, second) < pairs / 2 or min(first, second) > pairs / 20:
        return ""
    return "utf-16-be" if first > second else "utf-16-le"


def read_charset(body: bytes, *named: str) -> str:
    """Return a text of any charset: UTF-8 where it is nearly that, else as it is called; never fails.

    Args:
        named: what it is called, the most trusted name first; names nobody knows are passed over.
    """
    names = [codec for name in named if (codec := codec_of(name))]
    if not names or not names[0].startswith(_SEVEN_BIT):
        if (text := mostly_utf8(body)) is not None:
            return text
        if b"\x1b" in body and _SHIFTS.search(body):
            names.append("iso2022_kr" if b"\x1b$)C" in body else "iso2022_jp_2")
    for name in names:
        try:
            text = body.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        if name not in _BY_DEFAULT or (own := guessed(body)) in {"", name}:
            return text
        return body.decode(own, "replace")
    for name in names:
        is_doubted = name in _BY_DEFAULT and guessed(body) not in {"", name}
        found = (
            "" if is_doubted or name.startswith("utf-8") else _in_step(body, name).decode(name, "replace")
        )
        if found and _is_mostly_good(found):
            return found
    return body.decode(guessed(body) or "cp1252", "replace")


def codec_of(name: str) -> str:
    """Return the codec that reads what goes under a charset's name; empty where there is none."""
    key = name.strip().strip("\"'").lower().replace(" ", "")[:MAX_NAME]
    key = _WIDER.get(key) or _WIDER.get(key.replace("_", "-")) or key
    try:
        "".encode(key)
    except (LookupError, UnicodeError, ValueError):
        return ""
    return "" if key.replace("-", "_") in _NO_CHARSETS else key


def _in_step(body: bytes, name: str) -> bytes:
    """Return bytes of a charset of pairs with each run of them brought into step again.

    Where one byte is lost, all that follow in its run pair up wrongly, and mostly to valid letters. One
    byte goes with it, the one that leaves the most of those letters that are used much.
    """
    often = _USED_MUCH.get(name.replace("_", "-"))
    if often is None:
        return body

    def mended(found: re.Match[bytes]) -> bytes:
        run = found[0]
        return run if len(run) % 2 == 0 else _without_worst(run, often)

    return _PAIRS.sub(mended, body)


def _without_worst(run: bytes, often: frozenset[int]) -> bytes:
    best, best_score = 0, -1
    after = sum(lead in often for lead in run[1::2])
    before = 0
    for at in range(0, len(run), 2):  # pairs stand before an even place, and after it from the next one on
        if before + after > best_score:
            best, best_score = at, before + after
        before += run[at] in often
        after -= at + 1 < len(run) and run[at + 1] in often
    return run[:best] + b"?" + run[best + 1 :]


def _is_mostly_good(text: str) -> bool:
    bad = text.count(_BROKEN)
    return len(text) - _ascii_count(text) - bad >= GOOD_FOR_EACH_BAD * bad


def _ascii_count(text: str) -> int:
    return len(text.encode("ascii", "ignore"))
