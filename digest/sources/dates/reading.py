"""Dates as feeds and pages write them; the raw string is read here, never by a feed library.

Never silently "now": a stamp that can't be read or believed is no date, and the reading says why.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from digest.sources.dates.ancient import has_hebrew_year
from digest.sources.dates.calendars import BUDDHIST_YEARS, other_calendar
from digest.sources.dates.words import (
    AFTERNOON,
    DAY_PARTS,
    MONTH_FIRST_ZONES,
    MORNING,
    month_names,
    without_accents,
)
from digest.sources.dates.zones import zone_after, zone_in_comment

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
LATEST_AHEAD = timedelta(hours=48)
MAX_CHARACTERS = 200
_NO_SUCH_DAY = "names a day or time that does not exist"

_MAIL_STAMP = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(?P<day>\d{1,2}) "
    r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (?P<year>(?:19|20)\d\d) "
    r"(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d):(?P<second>[0-5]\d) (?P<zone>GMT|UTC|[+-]\d{4})",
    re.ASCII,
)
_ISO_STAMP = re.compile(
    r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)T"
    r"(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d):(?P<second>[0-5]\d)(?P<zone>Z|[+-]\d\d:\d\d)",
    re.ASCII,
)
"""The two forms that nearly every feed has: what is asked about all others is not asked about them."""
_COMMENT = re.compile(r"(?<!date)\(([^()]*)\)", re.IGNORECASE)
_EPOCH = re.compile(r"^(?:/date\()?(-?\d{9,19})(?:\.\d+)?(?:[+-]\d{4})?(?:\)/)?$")
_ISO = re.compile(
    r"(?<![\d/.-])(\d{4})-?(\d{2})-?(\d{2})(?:(?:t|\s+|_)?(?=\d{2}:?\d{2})|(?=\D|$))", re.IGNORECASE
)
_WEEK = re.compile(r"^(\d{4})-?w(\d{2})(?:-?([1-7]))?$", re.IGNORECASE)
_ORDINAL = re.compile(r"^(\d{4})-?(\d{3})(?=$|t)", re.IGNORECASE)
_IDEOGRAPHIC = re.compile(
    r"(\d{4})\s*(?:[年년]|оны)\s*(\d{1,2})\s*(?:[月월]|(?:дугаар\s|дүгээр\s)?сарын)\s*(\d{1,2})\s*[日일号號]?"
)
_YEAR_FIRST = re.compile(r"(?<![\d/.-])(\d{4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?![\d:])")
_NUMERIC = re.compile(r"(?<![\d:])(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d:])")
_COMPACT_TIME = re.compile(r"^\s*(\d{2})(\d{2})(\d{2})?(?:[.,](\d+))?(?=\D|$)")
_TIME = re.compile(
    r"(?:(?P<before>午前|午後|上午|下午|오전|오후)\s*)?(?<![\d:+-])(?P<hour>\d{1,2})\s?(?:[:h.時时시]|\s?uhr\s?)\s?(?P<minute>\d{2})"
    r"(?:[:.m分](?P<second>\d{2})(?:[.,:](?P<fraction>\d{1,9}))?)?\d*\s*(?P<half>[ap]\.?\s?m\b\.?|[صم]\b|مساء|صباحا)?"
)
_HOUR = re.compile(
    r"(?:(?P<before>午前|午後|上午|下午|오전|오후)\s*)?(?<![\d:+-])(?P<hour>\d{1,2})\s?"
    r"(?:(?P<half>[ap]\.?\s?m\b\.?)|h\b|uhr\b|[時时시点點](?![間间]))"
)
_MONTH_NUMBERED = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2}),?\s+(?:năm\s+)?(?P<year>\d{4})(?!\d)",
    re.IGNORECASE,
)
"""Vietnamese months have numbers: `ngày 4 tháng 3 năm 2026`."""
_HAS_FIGURES = re.compile("[0-9〇零一二三四五六七八九]")
_THAI = re.compile("[\u0e00-\u0e7f]")
_KHMER = re.compile("ថ្ងៃទី|ខែ|ឆ្នាំ")
"""Khmer's words for day, month and year, which stand at the figures without a space."""
_DAY_NUMBER = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|re|e|º|ª|°|\.)?"
_YEAR_NUMBER = r"(?P<year>\d{4}|['’]?\d{2})(?![\d:])"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a raw stamp says.

    Attributes:
        at: the instant, UTC; None where only a day, or nothing, could be read.
        on: the day, where the stamp gives no time; never set together with `at`.
        problem: why it gives nothing, or what was assumed; the end of a sentence that starts with
            the stamp. Empty where all is well.
    """

    at: datetime | None = None
    on: date | None = None
    problem: str = ""


NOTHING = Reading()
"""No stamp, and nothing wrong with that."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """A stamp taken apart, nothing of it checked."""

    year: int
    month: int
    day: int
    clock: tuple[int, int, int, int] | None = None
    offset: tzinfo | None = None
    problem: str = ""


def read(raw: object, *, zone: ZoneInfo, now: datetime, language: str = "") -> Reading:
    """Read one raw stamp.

    Args:
        raw: text, or a number of seconds, milli-, micro- or nanoseconds since 1970.
        zone: the source's own; for stamps that name none, and for names that mean several zones.
        now: bounds what can be believed: 1990 to 48 hours ahead.
        language: BCP 47, where known; English, French, German, Spanish, Portuguese, Italian, Russian,
            Swahili, Arabic and a dozen more month names are read without it.
    """
    if isinstance(raw, str) and (stamp := _MAIL_STAMP.fullmatch(raw) or _ISO_STAMP.fullmatch(raw)):
        return _read_plainly(stamp, zone, now, language)
    text, comment = _tidy(
        str(raw) if isinstance(raw, (str, int, float)) and not isinstance(raw, bool) else ""
    )
    if not text:
        return Reading(problem="is empty")
    if len(text) > MAX_CHARACTERS:
        return Reading(problem="is too long for a date")
    if not _HAS_FIGURES.search(text) and not has_hebrew_year(text):
        return Reading(problem="is not a date that can be read")
    try:
        if instant := _epoch(text):
            return _believed(instant, now)
        parts = _parts(text, zone, language)
        if parts is None:
            return Reading(problem="is not a date that can be read")
        if comment and parts.offset is None and not parts.problem:
            parts = replace(parts, offset=zone_in_comment(comment, zone))
        return _settle(parts, zone, now)
    except (ValueError, OverflowError, OSError):
        return Reading(problem=_NO_SUCH_DAY)


def _read_plainly(stamp: re.Match[str], zone: ZoneInfo, now: datetime, language: str) -> Reading:
    """Read a stamp in one of the two usual forms, to what `read` makes of it in any other spelling."""
    month = stamp["month"]
    number = int(month) if month.isdigit() else month_names(language)[month.casefold()]
    clock = int(stamp["hour"]), int(stamp["minute"]), int(stamp["second"]), 0
    try:
        after = zone_after(stamp["zone"], zone, is_end=True)
        parts = _Parts(int(stamp["year"]), number, int(stamp["day"]), clock, *after)
        return _settle(parts, zone, now)
    except (ValueError, OverflowError):
        return Reading(problem=_NO_SUCH_DAY)


def _tidy(raw: str) -> tuple[str, str]:
    """Return the stamp with digits 0 to 9 and single spaces, and what it said in round brackets."""
    text = "".join(
        str(unicodedata.digit(character)) if character.isdigit() else character
        for character in unicodedata.normalize("NFKC", raw)
        if unicodedata.category(character) != "Cf"
    )
    text = _KHMER.sub(" ", text)
    comments = _COMMENT.findall(text)
    text = re.sub(r"\s+", " ", _COMMENT.sub(" ", text)).strip(" ,،;\"'")
    return text, comments[-1] if comments else ""


def _epoch(text: str) -> datetime | None:
    match = _EPOCH.match(text.casefold())
    if not match:
        return None
    digits = match.group(1)
    if len(digits) in {12, 14} and re.match(
        r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[0-2]\d", digits
    ):
        return None
    scale = {9: 0, 10: 0, 11: 0, 12: 3, 13: 3, 15: 6, 16: 6, 18: 9, 19: 9}.get(len(digits.lstrip("-")))
    if scale is None:
        return None
    return datetime.fromtimestamp(int(digits) / 10**scale, UTC)


def _parts(text: str, zone: ZoneInfo, language: str) -> _Parts | None:
    """Find the day in any of its spellings, then the clock and zone around it."""
    if match := _WEEK.match(text):
        day = date.fromisocalendar(int(match[1]), int(match[2]), int(match[3] or 1))
        return _Parts(day.year, day.month, day.day) if match[3] else None
    found: tuple[str, re.Match[str], tuple[int, int, int]] | None = None
    if match := _ORDINAL.match(text):
        day = date(int(match[1]), 1, 1) + timedelta(days=int(match[2]) - 1)
        found = text, match, (day.year, day.month, day.day)
    elif calendar := other_calendar(text):
        found = text, *calendar
    elif match := _ISO.search(text) or _IDEOGRAPHIC.search(text):
        found = text, match, (int(match[1]), int(match[2]), int(match[3]))
    elif worded := _worded(text, language):
        found = worded
    elif match := _MONTH_NUMBERED.search(text):
        found = text, match, (int(match["year"]), int(match["month"]), int(match["day"]))
    elif match := _YEAR_FIRST.search(text):
        found = text, match, (int(match[1]), int(match[3]), int(match[4]))
    elif match := _NUMERIC.search(text):
        found = text, match, _numeric_day(match, zone, language)
    elif _may_be_rarer(text):
        found = _worded(text, "", with_rarer=True)
    return None if found is None else _with_time(*found, zone)


def _worded(
    text: str, language: str, *, with_rarer: bool = False
) -> tuple[str, re.Match[str], tuple[int, int, int]] | None:
    """Find `4 March 2026`, `March 4, 2026`, `4 de marzo de 2026`, `2026 March 4`, `Mar 4 10:30 2026`."""
    plain = without_accents(text)  # keeps the case: zone names are told by it
    names = month_names(language, with_rarer=with_rarer)
    for pattern in _worded_patterns(language, with_rarer=with_rarer):
        for match in pattern.finditer(plain):
            month = names.get(match["month"].casefold())
            if month is None:
                continue
            if match["month"].casefold() == "mar" and _names_month_after(
                plain[match.end("month") :], language
            ):
                continue  # "mar. 3 févr. 2026": a Tuesday
            is_thai = bool(_THAI.match(match["month"]))
            return plain, match, (_full_year(match["year"], is_thai=is_thai), month, int(match["day"]))
    return None


def _may_be_rarer(text: str) -> bool:
    plain = without_accents(text).casefold()
    return any(name in plain for name in month_names("", with_rarer=True))


def _names_month_after(rest: str, language: str) -> bool:
    words = re.findall(r"[^\W\d_]+", rest.casefold())
    return any(word in month_names(language) for word in words)


@functools.cache
def _worded_patterns(language: str, *, with_rarer: bool = False) -> tuple[re.Pattern[str], ...]:
    words = sorted(month_names(language, with_rarer=with_rarer), key=len, reverse=True)
    names = "|".join(re.escape(word) for word in words)
    paired = rf"(?:\s?/\s?(?:{names})(?![^\W\d_]))?"  # مارس/آذار
    month = rf"(?<![^\W\d_])(?P<month>{names})(?![^\W\d_])\.?{paired}"
    gap = r"(?:[\s,،./·-]|\b(?:de|del|of|the|ya|ng|gada|m|ta['’]|พ\.?ศ)(?![^\W\d_]))*"
    day_first = rf"(?<![\d:.]){_DAY_NUMBER}{gap}{month}{gap}{_YEAR_NUMBER}"
    month_first = rf"{month}{gap}{_DAY_NUMBER}(?!\d)(?!:){gap}(?P<year>\d{{4}})(?![\d:])"
    year_first = rf"(?P<year>\d{{4}}){gap}{month}{gap}{_DAY_NUMBER}(?![\d:])"
    of_year = (
        rf"(?P<year>\d{{4}})[.-]?\s?(?:gada|yil|yilgi|jyl|ж|жылғы|жылы|жил)\.?\s{_DAY_NUMBER}[-\s]{month}"
    )
    in_basque = rf"(?P<year>\d{{4}})(?:e?ko)\s{month}\s(?P<day>\d{{1,2}})(?:e?an?)?"
    clock = r"(?=\d{1,2}:\d{2})[\d:.]+(?:\s[^\d]{1,12})?"
    year_last = rf"{month}{gap}{_DAY_NUMBER}\s+{clock}\s(?P<year>\d{{4}})(?![\d:])"
    return tuple(
        re.compile(each, re.IGNORECASE)
        for each in (day_first, month_first, year_first, year_last, of_year, in_basque)
    )


def _numeric_day(match: re.Match[str], zone: ZoneInfo, language: str) -> tuple[int, int, int]:
    first, second, last = int(match[1]), int(match[3]), match[4]
    is_american = language.lower() == "en-us" or zone.key in MONTH_FIRST_ZONES
    month_first = match[2] != "." and second <= 31 and (second > 12 or (first <= 12 and is_american))
    month, day = (first, second) if month_first else (second, first)
    return _full_year(last), month, day


def _full_year(text: str, *, is_thai: bool = False) -> int:
    digits = text.lstrip("'’")
    if len(digits) == 4:
        return int(digits) - (543 if int(digits) in BUDDHIST_YEARS else 0)
    if is_thai and int(digits) > 40:
        return int(digits) + 2500 - 543
    return int(digits) + (2000 if int(digits) < 50 else 1900)


def _with_time(text: str, match: re.Match[str], day: tuple[int, int, int], zone: ZoneInfo) -> _Parts:
    """Add clock and zone from what stands around the day."""
    tail = text[match.end() :]
    compact = _COMPACT_TIME.match(tail) if match.re in (_ISO, _ORDINAL) or tail[:1] in "tT" else None
    inside = text[match.start() : match.end()] if re.search(r"\d:\d\d", match.group()) else ""
    if DAY_PARTS & set(re.findall(r"[^\W\d_]+", text.casefold())):
        return _Parts(*day)
    if tail[:1] in {"t", "T"}:
        compact = _COMPACT_TIME.match(tail[1:]) or compact
        tail = tail[1:]
    if compact:
        clock = (int(compact[1]), int(compact[2]), int(compact[3] or 0), _micro(compact[4]))
        rest = tail[compact.end() :]
        return _Parts(*day, clock, *zone_after(rest, zone, is_end=True))
    around = f"{tail}\n{inside or text[: match.start()]}"
    lowered = around.casefold()
    found = _TIME.search(lowered) or _HOUR.search(lowered)
    if not found:
        return _Parts(*day)
    rest, is_end, _ = around[found.end() :].partition("\n")
    return _Parts(*day, _clock(found), *zone_after(rest, zone, is_end=bool(is_end)))


def _clock(found: re.Match[str]) -> tuple[int, int, int, int]:
    groups = found.groupdict()
    hour = int(groups["hour"])
    half = re.sub(r"[\s.]", "", groups.get("before") or groups.get("half") or "")
    if hour <= 12 and half in AFTERNOON:
        hour = hour % 12 + 12
    elif hour <= 12 and half in MORNING:
        hour %= 12
    return (
        hour,
        int(groups.get("minute") or 0),
        int(groups.get("second") or 0),
        _micro(groups.get("fraction")),
    )


def _micro(fraction: str | None) -> int:
    return int((fraction or "0")[:6].ljust(6, "0"))


def _settle(parts: _Parts, zone: ZoneInfo, now: datetime) -> Reading:
    day = date(parts.year, parts.month, parts.day)
    if parts.clock is None:
        is_believable = EARLIEST.date() <= day <= (now + LATEST_AHEAD).astimezone(zone).date()
        return (
            Reading(on=day)
            if is_believable
            else Reading(problem=_why_not(day.isoformat(), day < now.date()))
        )
    hour, minute, second, micro = parts.clock
    is_next_midnight = (hour, minute, second) == (24, 0, 0)
    hour = 0 if is_next_midnight else hour
    second = 59 if second == 60 else second  # a leap second
    local = datetime(day.year, day.month, day.day, hour, minute, second, micro, tzinfo=parts.offset or zone)
    if is_next_midnight:
        local += timedelta(days=1)
    believed = _believed(local.astimezone(UTC), now)
    return Reading(believed.at, None, believed.problem or parts.problem)


def _believed(instant: datetime, now: datetime) -> Reading:
    if EARLIEST <= instant <= now + LATEST_AHEAD:
        return Reading(at=instant)
    return Reading(problem=_why_not(instant.isoformat(timespec="minutes"), instant < now))


def _why_not(stamp: str, is_past: bool) -> str:
    return f"says {stamp}, before 1990" if is_past else f"says {stamp}, more than 48 hours ahead"
