"""The zone behind a stamp's clock: an offset, a name in any case, words of several languages."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from digest.sources.dates.words import (
    CLOCK_WORDS,
    ZONE_HOURS,
    ZONE_PHRASES,
    ZONES_OF_BOTH_SEASONS,
    day_names,
)

MAX_OFFSET = timedelta(hours=15)

_OFFSET = re.compile(r"(?:\b(?:gmt|utc|z)\s?)?([+\-−–])(\d{1,2})(?::?(\d{2}))?(?!\d)")
_WHOLE_OFFSET = re.compile(r"\s*(?:gmt|utc)?\s?[+\-−–](?:0?\d|1[0-4])(?::?[0-5]\d)?\s*", re.IGNORECASE)
_IANA = re.compile(r"\b([A-Za-z]+(?:/[A-Za-z_+-]+){1,2})\b")
_POSIX = re.compile(r"^\W*([A-Za-z]{3}\d[A-Za-z]{3})\b")
_ZONE_NAME = re.compile(r"^\W*([A-Z]{1,5})\b")
_LETTERS = re.compile(r"[^\W\d_]+")
_LONGEST_PHRASE = max(len(phrase.split()) for phrase in ZONE_PHRASES)


def zone_after(rest: str, zone: ZoneInfo, *, is_end: bool) -> tuple[tzinfo | None, str]:
    """Return the zone that stands after the clock, and what had to be assumed.

    Args:
        rest: what follows the clock.
        zone: the source's own, which a name of several zones means first.
        is_end: nothing but a zone belongs there; where the day follows the clock, its words do, too.

    Raises:
        ValueError: an offset that no place has.
    """
    if match := _OFFSET.search(rest.casefold()):
        span = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        if span > MAX_OFFSET or int(match[3] or 0) > 59:
            raise ValueError(rest)
        return timezone(span if match[1] == "+" else -span), ""
    if match := _IANA.search(rest) or _POSIX.search(rest):
        try:
            return ZoneInfo(match[1] if "/" in match[1] else match[1].upper()), ""
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return None, _unknown(match[1], zone)
    if found := zone_in_words(rest, zone):
        return found, ""
    strangers = [word for word in _LETTERS.findall(rest) if not _is_of_clock_or_day(word)]
    if is_end and strangers:
        return None, _unknown(" ".join(strangers[:3]), zone)
    match = _ZONE_NAME.match(rest)
    return None, _unknown(match[1], zone) if match and not _is_of_clock_or_day(match[1]) else ""


def zone_in_comment(comment: str, zone: ZoneInfo) -> tzinfo | None:
    """Return the zone that a comment in round brackets names: `(MSK)`, `(GMT+3)`; None for any other."""
    if _WHOLE_OFFSET.fullmatch(comment):
        return zone_after(comment, zone, is_end=False)[0]
    return zone_in_words(comment, zone)


def zone_in_words(text: str, zone: ZoneInfo) -> tzinfo | None:
    """Return the zone whose name begins the text: `EST`, `Eastern Time`, `мск`, `بتوقيت غرينتش`.

    A name in small letters is one only where it stands alone: `est` and `ist` are words, too.
    """
    spelled = _LETTERS.findall(text)
    lowered = [word.casefold() for word in spelled]
    while lowered and lowered[0] in CLOCK_WORDS:
        lowered, spelled = lowered[1:], spelled[1:]
    for count in range(min(len(lowered), _LONGEST_PHRASE), 0, -1):
        if name := ZONE_PHRASES.get(" ".join(lowered[:count])):
            return _by_name(name)
    if not spelled or not (spelled[0].isupper() or len(spelled) == 1):
        return None
    name = spelled[0].upper()
    for month in (1, 7):
        local = datetime(2025, month, 1, tzinfo=zone)
        if local.tzname() == name:
            return timezone(local.utcoffset() or timedelta())
    return _by_name(name)


def _by_name(name: str) -> tzinfo | None:
    if name in ZONES_OF_BOTH_SEASONS:
        return ZoneInfo(ZONES_OF_BOTH_SEASONS[name])
    return timezone(timedelta(hours=ZONE_HOURS[name])) if name in ZONE_HOURS else None


def _is_of_clock_or_day(word: str) -> bool:
    return word.casefold() in CLOCK_WORDS or word.casefold() in day_names()


def _unknown(name: str, zone: ZoneInfo) -> str:
    return f"names a zone nobody knows, {name[:40]!r}: read in {zone.key}"
