"""The languages of the desk, each with its words, its dates and its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from unicodedata import bidirectional
from zoneinfo import ZoneInfo

from digest.locales.locale import Locale, parse
from digest.locales.writing import decimal, number, plain, written
from digest.words.catalogs import NONE, Catalog, parsed

ENGLISH = "en"

_FIRST_STRONG, _POP = "\u2068", "\u2069"

NAMES = {
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "pt": "Português",
    "sw": "Kiswahili",
    "ar": "العربية",
}
"""The languages of the desk, as those who speak them call them."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language: what it says, and how it writes dates and numbers.

    Attributes:
        language: BCP 47, as it goes into `lang`.
    """

    language: str
    locale: Locale
    catalog: Catalog

    @property
    def direction(self) -> str:
        """Return `ltr` or `rtl`."""
        return self.locale.direction

    def say(self, message: str, /, **values: object) -> str:
        """Return the words for an English message, with values in its places."""
        said = self.catalog.gettext(message)
        return said % self.placed(values) if values else said

    def counted(self, singular: str, plural: str, count: int, /, **values: object) -> str:
        """Return the words for a count, with `%(count)s` and the other values filled in."""
        return self.form(singular, plural, count) % {"count": self.number(count), **self.placed(values)}

    def placed(self, values: Mapping[str, object]) -> Mapping[str, object]:
        """Return values as they stand in a sentence: one that runs the other way moves no word around it.

        Source: Unicode Standard Annex 9, section 2.4 (isolates).
        """
        if self.direction == "ltr":
            return values
        return {
            name: _FIRST_STRONG + value + _POP
            if isinstance(value, str) and _runs_left_to_right(value)
            else value
            for name, value in values.items()
        }

    def form(self, singular: str, plural: str, count: int) -> str:
        """Return the words for a count, with their places open."""
        return self.catalog.ngettext(singular, plural, count)

    def number(self, value: float) -> str:
        """Return a number, grouped as the language groups it."""
        return number(value, self.locale)

    def decimal(self, value: float, digits: int = 1) -> str:
        """Return a number with so many digits behind its point."""
        return decimal(value, digits, self.locale)

    def percent(self, share: float, digits: int = 1) -> str:
        """Return a share of 1 in percent."""
        if self.language == ENGLISH:
            return f"{share * 100:.{digits}f} %"
        return f"{plain(Decimal(str(share)) * 100, digits, self.locale)}\u00a0%"

    def clock(self, value: datetime, zone: ZoneInfo) -> str:
        """Return the time of day on the wall of `zone`."""
        local = value.astimezone(zone)
        if self.language == ENGLISH:
            return f"{local:%H:%M}"
        return written("short", local, self.locale)

    def moment(self, value: datetime, zone: ZoneInfo) -> str:
        """Return day and time on the wall of `zone`."""
        joined = self.locale.pattern("joined")
        day = self.short_day(value.astimezone(zone).date())
        if self.language == ENGLISH:
            return f"{day}, {self.clock(value, zone)}"
        return joined.replace("{1}", day).replace("{0}", self.clock(value, zone)).replace("'", "")

    def day(self, value: date) -> str:
        """Return a day with its weekday and year, written out."""
        if self.language == ENGLISH:
            return f"{value:%A}, {value.day} {value:%B %Y}"
        return written("full", value, self.locale)

    def short_day(self, value: date) -> str:
        """Return a day with its weekday, short, without its year."""
        if self.language == ENGLISH:
            return f"{value:%a} {value.day} {value:%b}"
        return written("MMMEd", value, self.locale)

    def short_date(self, value: date) -> str:
        """Return a day with its year, without its weekday."""
        if self.language == ENGLISH:
            return f"{value.day} {value:%b} {value.year}"
        return written("yMMMd", value, self.locale)

    def listed(self, words: Iterable[str]) -> str:
        """Return words one after the other, parted as the language parts them."""
        return ("، " if self.locale.language == "ar" else ", ").join(words)


def _runs_left_to_right(value: str) -> bool:
    return any(bidirectional(letter) == "L" for letter in value)


class Tongues:
    """The languages that a desk speaks."""

    def __init__(self, tongues: Mapping[str, Tongue], names: Mapping[str, str] = NAMES) -> None:
        """Speak these, by their names in lower case."""
        self._tongues, self.names = tongues, names

    def of(self, wanted: Iterable[str]) -> Tongue:
        """Return the first of the wanted languages that is spoken here, else English."""
        for language in wanted:
            for name in (language.lower(), language.lower().partition("-")[0]):
                if name in self._tongues:
                    return self._tongues[name]
        return self._tongues[ENGLISH]

    def __contains__(self, language: str) -> bool:
        """Tell whether a language is spoken here."""
        return language in self._tongues


@lru_cache(maxsize=1)
def builtin() -> Tongues:
    """Return the languages that come with the desk."""
    known = {name: _catalog(name) for name in NAMES}
    spoken = {name: Tongue(name, parse(name), words) for name, words in known.items() if words}
    return Tongues(spoken, {name: NAMES[name] for name in spoken})


def _catalog(name: str) -> Catalog | None:
    if name == ENGLISH:
        return NONE
    entry = files("digest.words") / "locales" / f"{name}.po"
    return parsed(entry.read_bytes()) if entry.is_file() else None
