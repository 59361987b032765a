"""The mail's own words in the reader's language: gettext catalogs, dates and numbers by Babel."""

from __future__ import annotations

import gettext
import io
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from digest.model import StoryLabel

FALLBACK = "en"

# Many fonts have no narrow space, and "5:11AM" is what readers then see.
NARROW_SPACE, NO_BREAK_SPACE = "\u202f", "\u00a0"


@dataclass(frozen=True, slots=True)
class Phrases:
    """Everything a mail says that no article said.

    Attributes:
        language: BCP 47, as it goes into `lang`.
        locale: how dates and numbers are written.
        catalog: the language's words; English where there is no catalog.
    """

    language: str
    locale: Locale
    catalog: gettext.NullTranslations

    @property
    def direction(self) -> str:
        """Return `ltr` or `rtl`."""
        return direction(self.language)

    def gettext(self, message: str) -> str:
        """Return the translation of an English message, else the message."""
        return self.catalog.gettext(message)

    def counted(self, singular: str, plural: str, count: int) -> str:
        """Return the form for `count`, with `%(count)s` filled in."""
        form = self.catalog.ngettext(singular, plural, count)
        return form % {"count": format_decimal(count, locale=self.locale)}

    def contents(self, stories: int, minutes: int) -> str:
        """Return what the mail holds: `9 stories, 4 minutes`."""
        if not stories:
            return self.gettext("No stories today")
        return self.gettext("%(stories)s, %(minutes)s") % {
            "stories": self.counted("%(count)s story", "%(count)s stories", stories),
            "minutes": self.counted("%(count)s minute", "%(count)s minutes", minutes),
        }

    def more(self, count: int) -> str:
        """Return the line for stories that found no room."""
        return self.counted("%(count)s more story on the site", "%(count)s more stories on the site", count)

    def reading_time(self, minutes: int) -> str:
        """Return how long an article takes, short: `3 min read`."""
        return self.counted("%(count)s min read", "%(count)s min read", minutes)

    def reason(self, newsletter: str, site: str) -> str:
        """Return why the reader gets this mail."""
        message = self.gettext("You get this mail because you subscribed to %(newsletter)s from %(site)s.")
        return message % {"newsletter": newsletter, "site": site}

    def credit(self, name: str) -> str:
        """Return a picture's credit line."""
        return self.gettext("Photo: %(name)s") % {"name": name}

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
        return format_date(day, "full", locale=self.locale)

    def week(self, day: date) -> str:
        """Return what stands in a week's best where an edition has its date."""
        return self.gettext("The best of the week · %(day)s") % {"day": self.day(day)}

    def moment(self, at: datetime, today: date) -> str:
        """Return the time if `at` is on the day `today`, else the date without its year."""
        if at.date() == today:
            moment = format_time(at, "short", tzinfo=at.tzinfo, locale=self.locale)
        else:
            moment = format_skeleton("MMMd", at, tzinfo=at.tzinfo, locale=self.locale)
        return moment.replace(NARROW_SPACE, NO_BREAK_SPACE).replace(" ", NO_BREAK_SPACE)


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


@lru_cache(maxsize=256)
def direction(language: str) -> str:
    """Return `rtl` for a language written from right to left, else `ltr`."""
    return _locale(language).text_direction


def _locale(language: str) -> Locale:
    for name in (language, language.partition("-")[0], FALLBACK):
        try:
            return Locale.parse(name.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            continue
    return Locale(FALLBACK)


def _catalog(language: str) -> gettext.NullTranslations:
    folder = files("digest.rendering") / "locales"
    for name in (language.lower(), language.lower().partition("-")[0]):
        entry = folder / f"{name}.po"
        if name.replace("-", "").isalnum() and entry.is_file():
            compiled = io.BytesIO()
            write_mo(compiled, read_po(io.BytesIO(entry.read_bytes()), locale=name.replace("-", "_")))
            compiled.seek(0)
            return gettext.GNUTranslations(compiled)
    return gettext.NullTranslations()
