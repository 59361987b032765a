"""Languages and their regions by name, and what the CLDR knows of each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from digest.errors import DigestError

_POSIX = "en_US_POSIX"


class UnknownLocale(DigestError, ValueError):
    """Nobody knows how this language is written."""

    def __init__(self, name: str) -> None:
        """Name it."""
        super().__init__(f"the CLDR knows no locale {name!r}")


@dataclass(frozen=True, slots=True)
class Locale:
    """A language as it is written somewhere.

    Attributes:
        name: as the CLDR has it: `de_AT`, `zh_Hant_TW`.
    """

    name: str

    @property
    def language(self) -> str:
        """Return its language alone."""
        return self.name.partition("_")[0]

    @property
    def direction(self) -> str:
        """Return `rtl` where it is written from right to left, else `ltr`."""
        return str(self._known["direction"])

    @property
    def own_name(self) -> str:
        """Return what it is called in itself; empty where nobody knows."""
        return str(self._known["name"])

    @property
    def english_name(self) -> str:
        """Return what it is called in English; empty where nobody knows."""
        return str(self._known["english"])

    @property
    def halves(self) -> tuple[str, str]:
        """Return the words for the hours before and after noon."""
        before, after = self._known["halves"]
        return before, after

    @property
    def parts(self) -> Sequence[tuple[int, str]]:
        """Return the parts of the day, each with its first minute; nothing where its times tell none."""
        return [(int(minute), str(word)) for minute, word in self._known["parts"]]

    @property
    def era(self) -> str:
        """Return the short word for the years since Christ."""
        return str(self._known["era"])

    @property
    def grouping(self) -> tuple[str, int, int]:
        """Return what stands between groups of digits, the last group's size, and that of the others."""
        sign, last, others = self._known["group"]
        return str(sign), int(last), int(others)

    @property
    def decimal_sign(self) -> str:
        """Return what stands before a fraction's digits."""
        return str(self._known["decimal"])

    @property
    def plurals(self) -> Mapping[str, int]:
        """Return the categories of counts, as browsers name them, each with the least count of it."""
        found: Mapping[str, int] = self._known["plurals"]
        return found

    def months(self, form: str) -> Sequence[str]:
        """Return the months' names, January first.

        Args:
            form: one of `FORMS`.
        """
        names: Sequence[str] = self._known["months"][form]
        return names

    def days(self, form: str) -> Sequence[str]:
        """Return the weekdays' names, Monday first; `form` is as for months."""
        names: Sequence[str] = self._known["days"][form]
        return names

    def pattern(self, kind: str) -> str:
        """Return how something is written: `full` (a day), `short` (a time), `joined` (both), `MMMMd`, ….

        The other kinds are `PATTERNS` of digest/locales/writing.py.
        """
        return str(self._known["patterns"][kind])

    @property
    def _known(self) -> Mapping[str, Any]:
        return _record(self.name)


FORMS = ("format wide", "stand-alone wide", "format abbreviated", "stand-alone abbreviated")
"""How names of months and days are asked for."""


@lru_cache(maxsize=512)
def parse(name: str) -> Locale:
    """Return the locale of a language tag, its parts joined by hyphens or underscores, in any case.

    A tag that is no locale's own is understood as the CLDR has it: `zh-TW` is `zh_Hant_TW`, `iw` is `he`.

    Raises:
        UnknownLocale: nobody knows how the language is written, or it is no tag.
    """
    if name.partition(".")[0].upper() in {"C", "POSIX"}:
        return Locale(_POSIX)
    given = Tag.of(name)
    return _there(given) or _likely(given.renewed(), name)


@dataclass(frozen=True, slots=True)
class Tag:
    """A language tag, taken apart; what it does not say is empty."""

    language: str
    script: str = ""
    territory: str = ""
    variant: str = ""

    @classmethod
    def of(cls, name: str) -> Tag:
        """Take a tag apart."""
        language, *parts = name.partition("@")[0].partition(".")[0].replace("-", "_").split("_")
        if not language.isalpha():
            raise UnknownLocale(name)
        script = territory = variant = ""
        if parts and len(parts[0]) == 4 and parts[0].isalpha():
            script = parts.pop(0).title()
        if parts and _is_territory(parts[0]):
            territory = parts.pop(0).upper()
        if parts and _is_variant(parts[0]):
            variant = parts.pop().upper()
        if parts:
            raise UnknownLocale(name)
        return cls(language.lower(), script, territory, variant)

    def renewed(self) -> Tag:
        """Return it with the names of today for what had others."""
        index = _index()
        language = index["languages"].get(self.language, self.language)
        territory = index["territories"].get(self.territory, self.territory)
        script = "" if self.script == "Zzzz" else self.script
        return Tag(language, script, "" if territory == "ZZ" else territory, self.variant)

    def __str__(self) -> str:
        return "_".join(filter(None, (self.language, self.script, self.territory, self.variant)))


def _is_territory(part: str) -> bool:
    return (len(part) == 2 and part.isalpha()) or (len(part) == 3 and part.isdigit())


def _is_variant(part: str) -> bool:
    return (len(part) == 4 and part[0].isdigit()) or (len(part) >= 5 and part[0].isalpha())


def _likely(tag: Tag, name: str) -> Locale:
    likely: Mapping[str, str] = _index()["likely"]
    if (whole := likely.get(str(tag))) and (found := _reduced(Tag.of(whole))):
        return found
    if language := likely.get(tag.language):
        of = Tag.of(language)
        if found := _reduced(Tag(of.language, of.script, tag.territory, of.variant)):
            return found
    raise UnknownLocale(name)


def _reduced(tag: Tag) -> Locale | None:
    return _there(tag) or _there(Tag(tag.language, "", tag.territory))


def _there(tag: Tag) -> Locale | None:
    name = _names().get(str(tag).lower())
    return Locale(name) if name else None


@lru_cache(maxsize=1)
def territories() -> frozenset[str]:
    """Return the codes of two letters for countries and regions, those of the past too."""
    now = (part for name in _names().values() for part in name.split("_")[1:])
    return frozenset(part for part in (*now, *_index()["territories"]) if len(part) == 2)


@lru_cache(maxsize=1)
def _index() -> Mapping[str, Any]:
    return _read("index")


@lru_cache(maxsize=1)
def _names() -> Mapping[str, str]:
    return {name.lower(): name for name in _index()["locales"].split()}


@lru_cache(maxsize=512)
def _record(name: str) -> Mapping[str, Any]:
    language = _read(name.partition("_")[0])
    first = next(iter(language.values()))
    return MappingProxyType({**first, **language[name]})


def _read(name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(
        (files("digest.locales") / "data" / f"{name}.json").read_text(encoding="utf-8")
    )
    return found
