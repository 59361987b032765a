"""The mail's own words in the reader's language: gettext catalogs, dates and numbers by the CLDR."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from importlib.resources import files

from markupsafe import Markup

from digest.locales.locale import Locale, UnknownLocale, parse
from digest.locales.writing import number, written
from digest.model import StoryLabel
from digest.words.catalogs import NONE, Catalog, parsed

FALLBACK = "en"
_ON_PAGES = "Sign up"
"""What every catalog with the words of pages has, and no other."""
_ISOLATE, _POP = "\u2066", "\u2069"

# Many fonts have no narrow space, and "5:11AM" is what readers then see.
NARROW_SPACE, NO_BREAK_SPACE = "\u202f", "\u00a0"


_COLONS = {"fr": f"{NO_BREAK_SPACE}:", "ja": "：", "zh": "："}
"""Where it is not the usual one."""
_SIGNS = (".", "!", "?", "…", "؟", "。", "！", "？", "।", "۔", "።", "។")
"""What ends a sentence, and needs no colon after it."""


class English(str):
    """English words in a letter of another language, which has none of its own for them.

    In HTML they are marked as English and run from left to right; in plain text of the other direction
    they are isolated.
    """

    __slots__ = ()

    def __html__(self) -> str:
        """Return them marked."""
        words = str(self).strip(_ISOLATE + _POP)
        return Markup('<span lang="en" dir="ltr">{}</span>').format(words)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Everything a mail says that no article said. What the catalog lacks is `English`.

    Attributes:
        language: BCP 47, as it goes into `lang`.
        locale: how dates and numbers are written.
        catalog: the language's words; those of English where there is no catalog.
    """

    language: str
    locale: Locale
    catalog: Catalog

    @property
    def direction(self) -> str:
        """Return `ltr` or `rtl`."""
        return direction(self.language)

    @property
    def is_known(self) -> bool:
        """Tell whether the language has words here."""
        return bool(_words_of(self.language))

    def gettext(self, message: str) -> str:
        """Return the translation of an English message, else the message, marked as English."""
        said = self.catalog.gettext(message)
        return said if self._has(message) else self._english(said)

    def counted(self, singular: str, plural: str, count: int) -> str:
        """Return the form for `count`, with `%(count)s` filled in."""
        form = self.catalog.ngettext(singular, plural, count)
        has = self._has(singular)
        locale = self.locale if has else parse(FALLBACK)
        said = form % {"count": _number(locale, count)}
        return said if has else self._english(said)

    def _has(self, message: str) -> bool:
        return _is_english(self.language) or self.catalog.has(message)

    def _english(self, said: str) -> str:
        is_other = self.direction == "rtl" and not said.startswith(_ISOLATE)
        return English(f"{_ISOLATE}{said}{_POP}" if is_other else said)

    def _filled(self, message: str, **values: str) -> str:
        """Return a message with values in its places."""
        said = self.gettext(message)
        within = {
            name: value.strip(_ISOLATE + _POP) if isinstance(value, English) else value
            for name, value in values.items()
        }
        filled = str(said).strip(_ISOLATE + _POP) % within
        return self._english(filled) if isinstance(said, English) else filled

    def contents(self, stories: int, minutes: int) -> str:
        """Return what the mail holds: `9 stories, 4 minutes`."""
        if not stories:
            return self.gettext("No stories today")
        return self._filled(
            "%(stories)s, %(minutes)s",
            stories=self.counted("%(count)s story", "%(count)s stories", stories),
            minutes=self.counted("%(count)s minute", "%(count)s minutes", minutes),
        )

    def more(self, count: int) -> str:
        """Return the line for stories that found no room."""
        return self.counted("%(count)s more story on the site", "%(count)s more stories on the site", count)

    def reading_time(self, minutes: int) -> str:
        """Return how long an article takes, short: `3 min read`."""
        return self.counted("%(count)s min read", "%(count)s min read", minutes)

    def reason(self, newsletter: str, site: str) -> str:
        """Return why the reader gets this mail."""
        return self._filled(
            "You get this mail because you subscribed to %(newsletter)s from %(site)s.",
            newsletter=newsletter,
            site=site,
        )

    def credit(self, name: str) -> str:
        """Return a picture's credit line."""
        return self._filled("Photo: %(name)s", name=name)

    def labeled(self, words: str) -> str:
        """Return words that announce what follows, with their language's colon: `Archive:`, `Archives :`.

        None after words that end with a sign of their own (`Where?`, `Read on …`). Chinese and Japanese
        have a colon as wide as a letter, which brings its own space.
        """
        bare = words.rstrip(" \u00a0\u202f:：")
        if isinstance(words, English):
            return self._english(f"{str(words).strip(_ISOLATE + _POP)}:")
        if bare.endswith(_SIGNS):
            return bare
        return bare + _COLONS.get(self.locale.language, ":")

    def label(self, label: StoryLabel) -> str:
        """Return the word above a story that readers know; empty for a new one."""
        words = {
            StoryLabel.NONE: "",
            StoryLabel.UPDATE: self.gettext("Update"),
            StoryLabel.CORRECTION: self.gettext("Correction"),
        }
        return words[label]

    def day(self, day: date) -> str:
        """Return the date with its weekday, written out."""
        return self._dated(written("full", day, self.locale))

    def weekday(self, day: date) -> str:
        """Return the day of the week, written out, as it stands alone."""
        return self._dated(written("cccc", day, self.locale))

    def month(self, day: date) -> str:
        """Return the month of a day with its year."""
        return self._dated(written("yMMMM", day, self.locale))

    def week(self, day: date) -> str:
        """Return what stands in a week's best where an edition has its date."""
        return self._filled("The best of the week · %(day)s", day=self.day(day))

    def moment(self, at: datetime, today: date) -> str:
        """Return the time if `at` is on the day `today`, else the date without its year."""
        is_today = at.date() == today
        moment = _clock(self.locale, at.hour, at.minute) if is_today else _date(self.locale, at.date())
        return self._dated(moment)

    def _dated(self, said: str) -> str:
        """Return a date, marked as English where nobody knows how the language writes one."""
        is_foreign = self.locale.language == FALLBACK and not _is_english(self.language)
        return self._english(said) if is_foreign else said


# Sixty stories ask for sixty of each, and the CLDR's patterns take longer to apply than a story to write.
@lru_cache(maxsize=2048)
def _number(locale: Locale, value: int) -> str:
    return number(value, locale)


@lru_cache(maxsize=4096)
def _clock(locale: Locale, hour: int, minute: int) -> str:
    return _unbroken(written("short", datetime.combine(date.min, time(hour, minute)), locale))


@lru_cache(maxsize=1024)
def _date(locale: Locale, day: date) -> str:
    return _unbroken(written("MMMd", day, locale))


def _unbroken(said: str) -> str:
    return said.replace(NARROW_SPACE, NO_BREAK_SPACE).replace(" ", NO_BREAK_SPACE)


@lru_cache(maxsize=1)
def languages() -> frozenset[str]:
    """Return the languages that the mail's own words are there in, lower case."""
    folder = files("digest.rendering") / "locales"
    names = (entry.name for entry in folder.iterdir())
    return frozenset({FALLBACK, *(name.removesuffix(".po") for name in names if name.endswith(".po"))})


@lru_cache(maxsize=64)
def phrases(language: str) -> Phrases:
    """Return the phrases of a language; English words where there is no catalog for it."""
    return Phrases(language or FALLBACK, _locale(language), _catalog(language))


@lru_cache(maxsize=64)
def page_phrases(language: str) -> Phrases:
    """Return the phrases for a whole page: English ones where a language has the letter's words alone.

    Such a page is English and says so; one that claims the other language would be read out wrongly.
    """
    said = phrases(language)
    return said if speaks_on_pages(language) else phrases(FALLBACK)


def speaks_on_pages(language: str) -> bool:
    """Tell whether a language has the words of pages, too."""
    return _is_english(language) or _catalog_of(_words_of(language)).has(_ON_PAGES)


@lru_cache(maxsize=256)
def direction(language: str) -> str:
    """Return `rtl` for a language written from right to left, else `ltr`."""
    return _locale(language).direction


def _locale(language: str) -> Locale:
    for name in (language, language.partition("-")[0], FALLBACK):
        try:
            return parse(name)
        except UnknownLocale:
            continue
    return parse(FALLBACK)


def _is_english(language: str) -> bool:
    return (language or FALLBACK).lower().partition("-")[0] == FALLBACK


def _words_of(language: str) -> str:
    """Return the name of the catalog that serves a language; empty where none does."""
    if _is_english(language):
        return FALLBACK
    wanted = language.lower()
    parts = wanted.split("-")
    names = [
        wanted,
        *_STANDS_FOR.get(wanted, ()),
        *_by_script(parts),
        parts[0],
        *_STANDS_FOR.get(parts[0], ()),
    ]
    return next((name for name in names if name in languages()), "")


_STANDS_FOR = {
    "no": ("nb",),
    "nn": ("nb",),
    "iw": ("he",),
    "in": ("id",),
    "tl": ("fil",),
    "zh-hk": ("zh-tw",),
}
"""Old and neighboring names of languages, whose readers read the other's words."""


def _by_script(parts: list[str]) -> list[str]:
    """Return the catalogs of Chinese by its script: Taiwan's readers have signs of their own."""
    is_traditional = parts[0] == "zh" and bool({"hant", "tw", "hk", "mo"} & set(parts[1:]))
    return ["zh-tw"] if is_traditional else []


def _catalog(language: str) -> Catalog:
    return _catalog_of(_words_of(language))


@lru_cache(maxsize=64)
def _catalog_of(name: str) -> Catalog:
    if name in ("", FALLBACK):
        return NONE
    entry = files("digest.rendering") / "locales" / f"{name}.po"
    return parsed(entry.read_bytes())
