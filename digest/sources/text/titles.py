"""Titles that may hold markup, or name it: `the <animate> element` loses nothing."""

from __future__ import annotations

import functools
import html as entities
import re

from digest.sources.text.blocks import fold, words
from digest.sources.text.markup import plain

_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*+)((?:\s[^<>]*+|/)?)>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{2,31});")
_FORMATS = words(
    "a abbr b bdi bdo big br cite code del div em font h1 h2 h3 h4 h5 h6 i img ins kbd li mark nobr ol p q "
    "rp rt ruby s small span strike strong sub sup tt u ul wbr"
)
_VOID = words("br wbr img")
_NO_TEXT = re.compile(r"<!--(?:(?!<!--|-->).){0,2000}-->", re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[((?:(?!<!\[CDATA\[|\]\]>).){0,2000})\]\]>", re.DOTALL)
_UNENDED = re.compile(r"&(amp|quot|nbsp|lt|gt)(?![\w=;])")
_NAMED_BREAK = re.compile(r"(?<=\s)<(?:br|wbr)>(?=\s)", re.IGNORECASE)
_BARE_PICTURE = re.compile(r"<img\s?/?>", re.IGNORECASE)


def read_title(text: str, *, is_text: bool = False) -> str:
    """Return a title as one plain line.

    Tags of a format count as markup where they are closed again, or hold nothing by nature; all else that
    looks like a tag is what the title says.

    Args:
        is_text: its format says that it is no HTML: only entities are read, which too many feeds double.
    """
    if is_text:
        return fold(entities.unescape(text) if _ENTITY.search(text) else text)
    text = _UNENDED.sub(r"&\1;", text) if "&" in text else text
    text = _CDATA.sub(r"\1", _NO_TEXT.sub(" ", text)) if "<!" in text else text
    for _ in range(2):
        is_escaped = "<" not in text
        if is_escaped:
            if not _ENTITY.search(text):
                break
            text = entities.unescape(text)
            if "<" not in text:
                continue
        formats = _formats_of(text, is_escaped=is_escaped)
        if not formats:
            return fold(entities.unescape(text))
        return plain(_TAG.sub(functools.partial(_kept, formats), text))
    return fold(text)


def _formats_of(text: str, *, is_escaped: bool) -> frozenset[str]:
    """Return the formats that the text opens and closes, and those that nothing closes.

    A picture without an address is only named, and so is a break that was escaped and stands like a word.
    """
    opened, closed = set[str](), set[str]()
    void = _VOID - ({"img"} if _BARE_PICTURE.search(text) else frozenset())
    void -= {"br", "wbr"} if is_escaped and _NAMED_BREAK.search(text) else frozenset()
    for tag in _TAG.finditer(text):
        (closed if tag[1] else opened).add(tag[2].lower())
    return frozenset((opened & closed & _FORMATS) | (opened & void))


def _kept(formats: frozenset[str], tag: re.Match[str]) -> str:
    if tag[2].lower() in formats:
        return tag.group()
    return tag.group().replace("<", "&amp;lt;").replace(">", "&amp;gt;")
