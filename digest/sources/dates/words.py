"""Tables for `dates`: zone names and month names as feeds and pages write them."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from digest.locales.locale import FORMS, UnknownLocale, parse
from digest.sources.text.blocks import words

_UNSEEN = re.compile("[\u200b-\u200f\u2060]")

ZONE_HOURS: Mapping[str, float] = MappingProxyType(
    {
        **dict.fromkeys(("UTC", "GMT", "Z", "UT", "WET", "UCT", "ZULU"), 0),
        **dict.fromkeys(("BST", "CET", "MEZ", "WEST", "WAT", "MET"), 1),
        **dict.fromkeys(("CEST", "MESZ", "MEST", "EET", "CAT", "SAST"), 2),
        **dict.fromkeys(("EEST", "MSK", "EAT", "TRT", "IDT", "FET"), 3),
        **dict.fromkeys(("GST", "SAMT", "AZT", "GET", "AMT", "MSD"), 4),
        **dict.fromkeys(("IRST",), 3.5),
        **dict.fromkeys(("AFT", "IRDT"), 4.5),
        **dict.fromkeys(("PKT", "UZT", "TJT", "YEKT", "MVT"), 5),
        **dict.fromkeys(("IST", "SLST"), 5.5),
        **dict.fromkeys(("NPT",), 5.75),
        **dict.fromkeys(("BDT", "BTT", "ALMT", "KGT", "OMST"), 6),
        **dict.fromkeys(("MMT",), 6.5),
        **dict.fromkeys(("WIB", "ICT", "KRAT", "NOVT"), 7),
        **dict.fromkeys(("WITA", "HKT", "SGT", "PHT", "PHST", "MYT", "AWST", "IRKT", "BNT"), 8),
        **dict.fromkeys(("JST", "KST", "WIT", "YAKT", "TLT"), 9),
        **dict.fromkeys(("ACST",), 9.5),
        **dict.fromkeys(("AEST", "VLAT", "PGT", "CHST"), 10),
        **dict.fromkeys(("ACDT",), 10.5),
        **dict.fromkeys(("AEDT", "SBT", "MAGT"), 11),
        **dict.fromkeys(("NZST", "FJT", "PETT"), 12),
        **dict.fromkeys(("NZDT", "TOT"), 13),
        **dict.fromkeys(("CVT", "AZOT"), -1),
        **dict.fromkeys(("NDT",), -2.5),
        **dict.fromkeys(("BRT", "ART", "UYT", "ADT", "CLST", "PYST", "GFT", "SRT"), -3),
        **dict.fromkeys(("NST",), -3.5),
        **dict.fromkeys(("AST", "EDT", "CLT", "BOT", "VET", "PYT", "GYT"), -4),
        **dict.fromkeys(("EST", "CDT", "PET", "COT", "ECT"), -5),
        **dict.fromkeys(("CST", "MDT"), -6),
        **dict.fromkeys(("MST", "PDT"), -7),
        **dict.fromkeys(("PST", "AKDT"), -8),
        **dict.fromkeys(("AKST", "HDT"), -9),
        **dict.fromkeys(("HST", "HAST"), -10),
        **dict.fromkeys(("SST",), -11),
    }
)
"""Hours east of Greenwich; a name that means several places (IST, BST, CST) is first sought in the
source's own zone, then has the meaning that feeds most often give it."""

ZONES_OF_BOTH_SEASONS: Mapping[str, str] = MappingProxyType(
    {
        "ET": "America/New_York",
        "CT": "America/Chicago",
        "MT": "America/Denver",
        "PT": "America/Los_Angeles",
    }
)
"""Names that mean standard time in winter and daylight time in summer."""

_AMERICAN = {"eastern": "E", "central": "C", "mountain": "M", "pacific": "P"}
ZONE_PHRASES: Mapping[str, str] = MappingProxyType(
    {
        **{f"{word}{end}": f"{letter}T" for word, letter in _AMERICAN.items() for end in ("", " time")},
        **{f"{word} standard time": f"{letter}ST" for word, letter in _AMERICAN.items()},
        **{f"{word} daylight time": f"{letter}DT" for word, letter in _AMERICAN.items()},
        **dict.fromkeys(("gmt", "greenwich mean time", "greenwich"), "GMT"),
        **dict.fromkeys(("utc", "coordinated universal time", "universal time"), "UTC"),
        **dict.fromkeys(("british summer time",), "BST"),
        **dict.fromkeys(("central european time", "mitteleuropäische zeit"), "CET"),
        **dict.fromkeys(("central european summer time", "mitteleuropäische sommerzeit"), "CEST"),
        **dict.fromkeys(("eastern european time",), "EET"),
        **dict.fromkeys(("eastern european summer time",), "EEST"),
        **dict.fromkeys(("east africa time", "eastern africa time", "east african time"), "EAT"),
        **dict.fromkeys(("central africa time", "south africa standard time"), "CAT"),
        **dict.fromkeys(("west africa time", "west africa standard time"), "WAT"),
        **dict.fromkeys(("india standard time", "indian standard time"), "IST"),
        **dict.fromkeys(("japan standard time",), "JST"),
        **dict.fromkeys(("мск", "по мск", "по москве", "московское время"), "MSK"),
        **dict.fromkeys(("по московскому времени", "moscow time", "moscow standard time"), "MSK"),
        **dict.fromkeys(("غرينتش", "بتوقيت غرينتش", "توقيت غرينتش", "غرينيتش", "بتوقيت غرينيتش"), "GMT"),
        **dict.fromkeys(("جرينتش", "بتوقيت جرينتش", "توقيت جرينتش", "حسب توقيت غرينتش"), "GMT"),
        **dict.fromkeys(("مكة", "بتوقيت مكة", "بتوقيت مكة المكرمة", "بتوقيت السعودية"), "EAT"),
    }
)
"""Zones in words, in small letters, to a name of the tables above."""

CLOCK_WORDS = words(
    "uhr uur น h hr hrs hs hour hours horas hora heures heure ore ч час часа часов г года saa oclock o "
    "clock local time at on am pm a m p 分 分頃 ص م مساء صباحا الساعة في t"
)
"""What may stand by a clock and names no zone."""

MONTH_FIRST_ZONES = words(
    "America/New_York America/Detroit America/Chicago America/Denver America/Boise America/Phoenix "
    "America/Los_Angeles America/Anchorage America/Juneau America/Menominee Pacific/Honolulu Pacific/Guam "
    "America/Puerto_Rico Asia/Manila US/Eastern US/Central US/Mountain US/Pacific US/Alaska US/Hawaii"
)
"""Where 3/4/2026 is the fourth of March."""

MONTH_LOCALES = (
    *("en", "fr", "de", "es", "pt", "it", "ru", "sw", "ar", "ar_SY", "ar_DZ", "nl", "sv", "da", "nb", "pl"),
    *("tr", "id", "fi", "ro", "uk", "el", "hu", "cs", "hi"),
)
"""Read whatever the source's language says; the language's own names come first."""

RARER_LOCALES = words(
    "th vi bn ta te kn ml gu mr pa or ur fa he hy ka kk ky uz az az_Cyrl mn be bg mk sr sr_Latn hr sl sk"
    " lt lv et sq ca gl eu is mt cy ga af zu so am km lo my si ne ms fil tg tk ps ku yo ha ig"
)
"""Read where a stamp names no month in any of the others: some of their names mean another month there."""

_BASQUE = (
    "urtarrilaren otsailaren martxoaren apirilaren maiatzaren ekainaren uztailaren abuztuaren irailaren"
    " urriaren azaroaren abenduaren"
)
_SINHALA = "ජනවාරි පෙබරවාරි මාර්තු අප්‍රේල් මැයි ජූනි ජූලි අගෝස්තු සැප්තැම්බර් ඔක්තෝබර් නොවැම්බර් දෙසැම්බර්"
MORE_MONTHS: Mapping[str, int] = MappingProxyType(
    {
        "sept": 9,
        "maerz": 3,
        "marz": 3,
        "mrz": 3,
        "janv": 1,
        "fevr": 2,
        "avr": 4,
        "juil": 7,
        "aou": 8,
        "janner": 1,
        "feber": 2,
        "gen": 1,
        "genn": 1,
        "febbr": 2,
        "magg": 5,
        "set": 9,
        "sett": 9,
        "setiembre": 9,
        "disemba": 12,
        "фев": 2,
        "сен": 9,
        "ноя": 11,
        "يوليوز": 7,
        "غشت": 8,
        "شتنبر": 9,
        "نونبر": 11,
        "دجنبر": 12,
        "फरवरी": 2,
        "अप्रेल": 4,
        "जूलाई": 7,
        "सितम्बर": 9,
        "अक्तूबर": 10,
        "अक्टोबर": 10,
        "नवम्बर": 11,
        "दिसम्बर": 12,
        "מרס": 3,
        "במרס": 3,
        **{
            word: month
            for names in (_BASQUE, _SINHALA)
            for month, word in enumerate(names.split(), start=1)
        },
    }
)
"""What feeds write and CLDR doesn't know: letters by habit, Austria's, Morocco's and Hindi's names."""

AFTERNOON = frozenset({"pm", "p", "م", "مساء", "午後", "下午", "오후"})
MORNING = frozenset({"am", "a", "ص", "صباحا", "午前", "上午", "오전"})

DAY_PARTS = frozenset({"asubuhi", "mchana", "alasiri", "jioni", "usiku", "alfajiri"})
"""Beside these a Swahili hour may count from six o'clock or from midnight: only the day is certain."""


@functools.cache
def month_names(language: str, *, with_rarer: bool = False) -> Mapping[str, int]:
    """Return month names and abbreviations, without accents and closing dots, to 1 to 12.

    Args:
        language: BCP 47; its names win over the same word of another language.
        with_rarer: those of `RARER_LOCALES`, too; a name that means two months among them is none.
    """
    names: dict[str, int] = {}
    for locale in (language.replace("-", "_"), language.partition("-")[0], *MONTH_LOCALES):
        for word, month in _names_of(locale):
            names.setdefault(word, month)
    if with_rarer:
        names = _rarer_names() | names
    for word, month in MORE_MONTHS.items():
        names.setdefault(without_accents(_UNSEEN.sub("", word)), month)
    return MappingProxyType(names)


def _rarer_names() -> dict[str, int]:
    found: dict[str, set[int]] = {}
    for locale in sorted(RARER_LOCALES):
        for word, month in _names_of(locale):
            for spelled in (word, f"ב{word}") if locale == "he" else (word,):
                found.setdefault(spelled, set()).add(month)
    return {word: min(months) for word, months in found.items() if len(months) == 1}


@functools.cache
def day_names() -> frozenset[str]:
    """Return the weekdays' names and abbreviations of every language read, with and without accents."""
    found: set[str] = set()
    for name in MONTH_LOCALES:
        for form in FORMS:
            for word in parse(name).days(form):
                for spelled in (word.casefold(), without_accents(word.casefold())):
                    found.update(re.findall(r"[^\W\d_]+", spelled))
    return frozenset(found)


def without_accents(text: str) -> str:
    """Return the text without its combining marks."""
    split = unicodedata.normalize("NFKD", text)
    return "".join(character for character in split if not unicodedata.combining(character))


def _names_of(name: str) -> Iterator[tuple[str, int]]:
    try:
        locale = parse(name)
    except UnknownLocale:
        return
    for form in FORMS:
        for month, word in enumerate(locale.months(form), start=1):
            spelled = without_accents(_UNSEEN.sub("", word).casefold()).strip().rstrip(".")
            if len(spelled) > 1 and not spelled.isdigit() and not spelled[0].isdigit():
                yield spelled, month
