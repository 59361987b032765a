"""Fields that every kind of source has, made uniform: bylines, languages, tags."""

from __future__ import annotations

import re
from collections.abc import Iterable

from digest.sources.text.blocks import words
from digest.sources.text.markup import plain
from digest.sources.text.names import is_section

MAX_BYLINE = 200
MAX_BYLINE_READ = 1000
"""The expressions below take the square of a text's length: a hostile feed's is cut first."""
MAX_TAG = 80
NOBODY = words("admin administrator webmaster root noreply editor author unknown anonymous")

_NOT_NAME = re.compile(r"https?://|@|^\W*$", re.IGNORECASE)
_EMAIL = re.compile(r"(?<!\s)\s*[<(\[]?(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+[>)\]]?\s*")
_BY = re.compile(r"^(?:by|par|von|por|per|door|written by|posted by|بقلم)\s*:?\s+(?=\S)", re.IGNORECASE)
_AFTER_NAMES = re.compile(r"(?<!\s)\s*[|·•]|(?<!\s)\s+(?:on\s+)?(?:[^\W\d_]{3,9}\.?\s+)?\d")
_TAG_IN_TEXT = re.compile(r'\s*(?:"((?:[^"]|"")*)"(?=\s*(?:[,;]|\Z))|([^,;]*))\s*(?:[,;]|\Z)')
_MAX_TAGS_READ = 10_000
_MAILTO = re.compile(r"\(\s*mailto:[^()]*\)", re.IGNORECASE)
_FEED_WORDS = re.compile(
    r"^RSS feed (?:of|for|from) |(?<![\s»|:–—-])[\s»|:–—-]+(?:RSS(?: feed)?|feed|atom)$", re.IGNORECASE
)
_BEFORE_SLOGAN = re.compile(r"(?<!\s)\s*[|–—:»·•]\s+|\s-\s")
_SLOGAN = re.compile(r"[|–—:»·•-]\s.*(?:,|\s\S+\s)")
MAX_PUBLISHER = 60
"""In characters: a longer title holds a slogan."""
_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}")


def clean_byline(raw: str) -> str:
    """Return author names without addresses, dates and a leading "by"; empty where no name is left.

    Names of sections, desks and staffs are nobody's.
    """
    line = _MAILTO.sub(" ", plain(raw)[:MAX_BYLINE_READ])
    names = _AFTER_NAMES.split(_EMAIL.sub(" ", line), maxsplit=1)[0]
    text = _BY.sub("", names.strip(" ,;()"))
    if len(text) > MAX_BYLINE and "," in text[:MAX_BYLINE]:
        text = text[:MAX_BYLINE].rpartition(",")[0].strip()
    if not text or _NOT_NAME.search(text) or len(text) > MAX_BYLINE:
        return ""
    return "" if text.casefold() in NOBODY or is_section(text) else text


def publisher_of(title: str) -> str:
    """Return a feed's title as readers name its publisher: "Quay: Breaking news, sport" is Quay."""
    text = _FEED_WORDS.sub("", title).strip(" -–—|:·•»")
    if len(text) <= MAX_PUBLISHER and not _SLOGAN.search(text):
        return text or title
    first = _BEFORE_SLOGAN.split(text, maxsplit=1)[0].strip()
    return first if len(first) > 1 else text


def language_tag(raw: str) -> str:
    """Return a BCP 47 tag in lower case, or the empty string where it is none."""
    tag = re.split(r"[,.;@]", raw.strip().replace("_", "-").lower(), maxsplit=1)[0]
    return tag if _TAG.fullmatch(tag) and tag not in {"und", "xx", "mul", "zxx"} else ""


def split_tags(text: str) -> list[str]:
    """Return the tags of a text with commas or semicolons between; within quotation marks one stays one."""
    parts = (
        one[1].replace('""', '"') if one[1] is not None else one[2]
        for one in _TAG_IN_TEXT.finditer(text[:_MAX_TAGS_READ])
    )
    return [tag for part in parts if (tag := part.strip())]


def unique_tags(raw: Iterable[str]) -> tuple[str, ...]:
    """Return tags as plain text, each once whatever its case, none empty or longer than 80 characters."""
    found: dict[str, str] = {}
    for tag in raw:
        text = plain(tag)
        if text and len(text) <= MAX_TAG:
            found.setdefault(text.casefold(), text)
    return tuple(found.values())
