"""What `digest.locales` knows, as Babel has it from the CLDR.

`python -m tests.locales.cldr` writes digest/locales/data anew.
"""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import time
from pathlib import Path
from typing import Literal

import babel
from babel import Locale, dates, localedata
from babel.core import get_global

from digest import locales

DATA = Path(locales.__file__).parent / "data"
LICENSE = "LICENSE.txt"
SKELETONS = ("MMMMd", "yMMMM", "MMMd", "MMMEd", "yMMMd")
COUNTS = (*range(120), 1_000, 1_000_000)
"""Among them are counts of every category of a language's plurals."""

FORMS: tuple[tuple[Literal["wide", "abbreviated"], Literal["format", "stand-alone"]], ...] = (
    ("wide", "format"),
    ("abbreviated", "format"),
    ("wide", "stand-alone"),
    ("abbreviated", "stand-alone"),
)


def files() -> dict[str, str]:
    """Return every file of the folder but the license, by name."""
    of_languages: dict[str, dict[str, dict[str, object]]] = defaultdict(dict)
    for name in sorted(localedata.locale_identifiers()):
        of_languages[name.partition("_")[0]][name] = _record(Locale.parse(name))
    written = {f"{language}.json": _text(records) for language, records in of_languages.items()}
    return {**written, "index.json": _lines(_index())}


def _record(locale: Locale) -> dict[str, object]:
    sizes = locale.decimal_formats[None].grouping
    return {
        "months": {
            f"{context} {width}": _names(dates.get_month_names(width, context, locale))
            for width, context in FORMS
        },
        "days": {
            f"{context} {width}": _names(dates.get_day_names(width, context, locale))
            for width, context in FORMS
        },
        "patterns": {
            "full": dates.get_date_format("full", locale).pattern,
            "short": dates.get_time_format("short", locale).pattern,
            "joined": str(locale.datetime_formats["medium"]),
            **{one: _skeleton(one, locale) for one in SKELETONS},
        },
        "halves": [_written("a", locale, hour) for hour in (9, 15)],
        "parts": list(_parts(locale)),
        "era": dates.get_era_names("abbreviated", locale)[1],
        "group": [_group(locale), *sizes],
        "decimal": str(locale.number_symbols["latn"]["decimal"]),
        "plurals": {locale.plural_form(count): count for count in reversed(COUNTS)},
        "direction": locale.text_direction,
        "name": locale.get_display_name() or "",
        "english": locale.get_display_name("en") or "",
    }


def _names(names: Mapping[int, str]) -> list[str]:
    return [str(word) for _, word in sorted(names.items())]


def _skeleton(skeleton: str, locale: Locale) -> str:
    known = locale.datetime_skeletons
    found = skeleton if skeleton in known else dates.match_skeleton(skeleton, known)
    assert found is not None
    return str(known[found].pattern)


def _written(pattern: str, locale: Locale, hour: int) -> str:
    return dates.parse_pattern(pattern).apply(time(hour), locale)


def _parts(locale: Locale) -> Iterator[tuple[int, str]]:
    """Yield what `B` says, each with the minute of the day it begins at; nothing where it is not told."""
    if "B" not in dates.get_time_format("short", locale).pattern:
        return
    last = ""
    for minute in range(24 * 60):
        word = dates.parse_pattern("B").apply(time(*divmod(minute, 60)), locale)
        if word != last:
            yield minute, word
        last = word


def _group(locale: Locale) -> str:
    return str(locale.number_symbols["latn"]["group"])


def _index() -> dict[str, object]:
    """Return how names of locales are understood where they are no locale's own."""
    likely = get_global("likely_subtags")
    known = {name.partition("_")[0] for name in localedata.locale_identifiers()}
    territories = get_global("territory_aliases")
    return {
        "babel": babel.__version__,
        "locales": " ".join(sorted(localedata.locale_identifiers())),
        "languages": dict(sorted(get_global("language_aliases").items())),
        "territories": {key: value[0] for key, value in sorted(territories.items())},
        "likely": {key: one for key, one in sorted(likely.items()) if one.partition("_")[0] in known},
    }


def _text(records: dict[str, dict[str, object]]) -> str:
    """Return a language's locales, each but the first by what is other than in the first."""
    first = next(iter(records.values()))
    return _lines(
        {
            name: {key: value for key, value in one.items() if one is first or value != first[key]}
            for name, one in records.items()
        }
    )


def _lines(values: dict[str, object] | dict[str, dict[str, object]]) -> str:
    lines = ",\n".join(
        f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False, separators=(',', ':'))}"
        for key, value in values.items()
    )
    return f"{{\n{lines}\n}}\n"


def write() -> None:
    """Write the folder anew, its license kept."""
    said = (DATA / LICENSE).read_text(encoding="utf-8")
    shutil.rmtree(DATA)
    DATA.mkdir()
    (DATA / LICENSE).write_text(said, encoding="utf-8")
    for name, text in files().items():
        (DATA / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
