"""Which language tags name a language and a place that there are."""

from __future__ import annotations

from functools import lru_cache

from digest.locales.locale import Tag, UnknownLocale, parse, territories

_MORE = frozenset(
    {"ae", "av", "ay", "bi", "ch", "cr", "fj", "ho", "hz", "ik", "kg", "kj", "kr", "kv", "li"}
) | {*("mh", "na", "ng", "oj", "sh", "sm", "ty")}
"""Codes of two letters for languages of which the CLDR does not know how they are written."""


@lru_cache(maxsize=512)
def is_language_of_the_world(tag: str) -> bool:
    """Tell whether a tag names a language that there is, and a place that there is where it names one.

    Args:
        tag: as `en`, `pt-BR` or `zh-Hant-TW`, in any case.

    Codes of three letters are taken as they are, but for those that stand for no language (`qaa` to `qtz`,
    `mis`, `mul`, `und`, `zxx`): there are eight thousand, and the CLDR knows a tenth.
    Source: ISO 639-1 and -2, ISO 3166-1 by the CLDR.
    """
    try:
        given = Tag.of(tag)
    except UnknownLocale:
        return False
    if given.territory.isalpha() and given.territory not in territories():
        return False
    if len(given.language) == 3:
        return given.language not in {"mis", "mul", "und", "zxx"} and not "qaa" <= given.language <= "qtz"
    return given.language in _MORE or _is_known(given.language)


def _is_known(language: str) -> bool:
    try:
        parse(language)
    except UnknownLocale:
        return False
    return True
