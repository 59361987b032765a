"""Which charset bytes are in that are called by none, or by a wrong one: by the letters that languages use most."""

# ruff: noqa: E501  # letters, line for line
from __future__ import annotations

import re
import unicodedata

LOOKED_AT = 20_000
"""In bytes."""
FEWEST = 8
"""Bytes beyond ASCII: fewer tell nothing."""
SURE = 0.85
"""The least share of letters that are a charset's usual ones, as its share goes in good text."""
_CYRILLIC = ("абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўјљњћђџѓќў", "оаеинтсрвлі", 0.6)
_MIDDLE = (*("áčďéěíňóřšťúůýžôäľĺŕ", "ąćęłńóśźż", "áéíóöőúüű", "ăâîşţ", "čćđšž"),)
_DENSE = {
    "cp1251": _CYRILLIC,
    "koi8_u": _CYRILLIC,
    "iso8859_5": _CYRILLIC,
    "cp866": _CYRILLIC,
    "cp1253": ("αβγδεζηθικλμνξοπρστυφχψωάέήίόύώϊϋΐΰς", "ατοιεσςηνρ", 0.6),
    "cp1255": ("אבגדהוזחטיכלמנסעפצקרשתםןךףץ", "יוהלאמרתשב", 0.6),
    "cp1256": ("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأؤإئپچژگکی،؟ًٌٍَُِّْ", "اليىنموربتهة", 0.6),
    "cp874": ("กขคงจฉชซญณดตถทธนบปผพฟมยรลวศษสหอฮะัาำิีึืุูเแโใไๆ็่้์", "านรอกเงวมลยสทต่้ี", 0.55),
}
"""Of alphabets that share no letter with ASCII: theirs, those most used, and which share of a text these are."""
_LATIN = {
    "cp1252": (
        *("äöüß", "éèêëàâçîïôûùœ", "áéíóúñü", "ãõáéíóúâêôçà", "àèéìòù", "åäöæøé", "áðéíóúýþæö", "éëïèöü"),
        "àçèéíïòóúü",
    ),
    "cp1254": ("çğıöşüâî",),
    "cp1250": _MIDDLE,
    "iso8859_2": _MIDDLE,
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äöõüšž"),
}
"""The letters of languages that are written in ASCII besides."""
_WIDE = {
    "gb18030": (
        0.33,
        "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长市新政府将夜间保留季结束决定议月第二表示部门工民全进行分关现加社区与及等被高报告者记称周据问题内外，。、：“”",
    ),
    "cp950": (
        0.33,
        "的一是不了在人有我他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可她裡後小麼心多天而能好都然沒日於起還發成事只作當想看文無開手十用主行方又如前所本見經頭面公同三已老從動兩長市新政府將夜間保留季結束決定議月第二表示部門工民全進行分關現加社區與及等被高報告者記稱週據問題內外，。、：「」",
    ),
    "cp949": (
        0.4,
        "이다는의에가을를은한고지하도로서사기정시인자대해일리어수나들부전보제그관국만구상라장여주원경으과성유공동조선회비스적연위안발생계세민개문결했까항객야간였습니있것등된되월년오말",
    ),
    "cp932": (0.4, ""),
    "euc_jp": (0.4, ""),
}
"""Of charsets of pairs: which share of a text these are at least, and the letters; of Japanese ones its kana."""
_KANA = re.compile("[\u3041-\u3093\u30a1-\u30f6\u30fc。、]")
_BAD = re.compile("[\ufffd\x80-\x9f\ue000-\uf8ff\uff61-\uff9f]")
_MIXED = re.compile(rb"(?<![A-Za-z\x80-\xff])[A-Za-z]*+[\x80-\xff][A-Za-z\x80-\xff]*+")
_HAS_ASCII = re.compile(rb"[A-Za-z]")
_ASCII_LETTERS = bytes([*range(ord("A"), ord("Z") + 1), *range(ord("a"), ord("z") + 1)])
DENSE = 0.75
"""Such a share of a word's letters is beyond ASCII where its alphabet is another one."""


def guessed(body: bytes) -> str:
    """Return the codec that the bytes are in; empty where they tell too little.

    Args:
        body: no UTF-8.
    """
    head = body[:LOOKED_AT]
    words = b"".join(_MIXED.findall(head))
    high = len(words.translate(None, _ASCII_LETTERS))
    if high < FEWEST:
        return ""
    scores = [(_score_of_pairs(head, codec), codec) for codec in _WIDE]
    if high >= DENSE * len(words):
        scores += [(_score_of_dense(head, codec), codec) for codec in _DENSE]
    else:
        mixed = b" ".join(one for one in _MIXED.findall(head) if _HAS_ASCII.search(one))
        scores += [(_score_of_latin(mixed, codec), codec) for codec in _LATIN]
    best, found = max(scores, key=lambda one: one[0])
    return found if best >= SURE else ""


def _letters(head: bytes, codec: str) -> tuple[list[str], float]:
    """Return the letters beyond ASCII in a reading of the bytes, and the share of what is no text."""
    beyond = [one for one in head.decode(codec, "replace") if one > "\x7f" and not one.isspace()]
    bad = len(_BAD.findall("".join(beyond)))
    return [one for one in beyond if one.isalpha() or unicodedata.category(one) == "Mn"], bad / max(
        1, len(beyond)
    )


def _score_of_pairs(head: bytes, codec: str) -> float:
    share, usual = _WIDE[codec]
    letters, bad = _letters(head, codec)
    hits = sum(one in usual for one in letters) if usual else len(_KANA.findall("".join(letters)))
    return min(1.0, hits / max(1, len(letters)) / share) - 4 * bad


def _score_of_dense(head: bytes, codec: str) -> float:
    alphabet, most, share = _DENSE[codec]
    letters, bad = _letters(head, codec)
    inner = sum(one.isupper() for one in letters)
    known = sum(one.lower() in alphabet for one in letters) / max(1, len(letters))
    hits = sum(one in most for one in letters) / max(1, len(letters))
    is_shouted = inner > len(letters) / 2
    return known * min(1.05, hits / share) - 4 * bad - (0.5 if is_shouted else 0.0)


def _score_of_latin(head: bytes, codec: str) -> float:
    letters, bad = _letters(head, codec)
    if len(letters) < FEWEST // 2:
        return 0.0
    small = [one.lower()[:1] for one in letters]
    best = max(sum(one in alphabet for one in small) for alphabet in _LATIN[codec])
    return best / max(1, len(small)) - 4 * bad
