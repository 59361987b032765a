"""Days, times and numbers, written as a locale writes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal

from digest.locales.locale import Locale

_PART = re.compile(r"'(?P<quoted>[^']*)'|(?P<field>([A-Za-z])\3*)|(?P<plain>[^A-Za-z'])")
_WIDTHS = {3: "abbreviated", 4: "wide"}


def written(pattern: str, at: date, locale: Locale) -> str:
    """Return a day, or a moment, as one of the locale's patterns has it.

    Args:
        pattern: as `Locale.pattern` names it, or letters such as `cccc`.
        at: a moment where the pattern tells the time.
    """
    letters = locale.pattern(pattern) if pattern in PATTERNS else pattern
    return "".join(_said(part, at, locale) for part in _PART.finditer(letters))


def number(value: float | Decimal, locale: Locale) -> str:
    """Return a number with its groups of digits parted, and what is behind its point to a thousandth."""
    whole, fraction, sign = _rounded(value, 3)
    return sign + _grouped(whole, locale.grouping) + _behind(fraction.rstrip("0"), locale)


def decimal(value: float | Decimal, digits: int, locale: Locale) -> str:
    """Return a number with so many digits behind its point, and groups of three before it."""
    whole, fraction, sign = _rounded(value, digits)
    return sign + _grouped(whole, (locale.grouping[0], 3, 3)) + _behind(fraction, locale)


def plain(value: float | Decimal, digits: int, locale: Locale) -> str:
    """Return a number with so many digits behind its point, and no groups before it."""
    whole, fraction, sign = _rounded(value, digits)
    return sign + whole + _behind(fraction, locale)


def _rounded(value: float | Decimal, digits: int) -> tuple[str, str, str]:
    """Return the digits before and behind the point, and a minus or nothing."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    whole, _, fraction = f"{exact.copy_abs():.{digits}f}".partition(".")
    return whole, fraction, "-" if exact.is_signed() else ""


def _behind(fraction: str, locale: Locale) -> str:
    return locale.decimal_sign + fraction if fraction else ""


def _grouped(digits: str, grouping: tuple[str, int, int]) -> str:
    sign, size, others = grouping
    groups = list[str]()
    while len(digits) > size:
        digits, last = digits[:-size], digits[-size:]
        groups.insert(0, last)
        size = others
    return sign.join([digits, *groups])


PATTERNS = frozenset({"full", "short", "MMMMd", "MMMd", "MMMEd", "yMMMM", "yMMMd"})
"""Those of a locale that write a day or a time."""


def _said(part: re.Match[str], at: date, locale: Locale) -> str:
    if (field := part["field"]) is not None:
        return _FIELDS[field[0]](len(field), at, locale)
    if (quoted := part["quoted"]) is not None:
        return quoted or "'"
    return part["plain"]


def _month(context: str) -> Callable[[int, date, Locale], str]:
    def said(width: int, at: date, locale: Locale) -> str:
        if width < 3:
            return f"{at.month:0{width}}"
        return locale.months(f"{context} {_WIDTHS[width]}")[at.month - 1]

    return said


def _weekday(context: str) -> Callable[[int, date, Locale], str]:
    def said(width: int, at: date, locale: Locale) -> str:
        return locale.days(f"{context} {_WIDTHS[max(3, width)]}")[at.weekday()]

    return said


def _half(_: int, at: date, locale: Locale) -> str:
    return locale.halves[_time(at).hour >= 12]


def _part(_: int, at: date, locale: Locale) -> str:
    minute = _time(at).hour * 60 + _time(at).minute
    return [word for first, word in locale.parts if first <= minute][-1]


def _time(at: date) -> datetime:
    if not isinstance(at, datetime):
        raise TypeError("A day alone has no time.")
    return at


_FIELDS: Mapping[str, Callable[[int, date, Locale], str]] = {
    "G": lambda _, at, locale: locale.era,  # noqa: ARG005 - every day of ours is since Christ
    "y": lambda width, at, _: f"{at.year:0{width}}",
    # A slip of some locales: they mean the year, not that of the week.
    "Y": lambda width, at, _: f"{at.year:0{width}}",
    "M": _month("format"),
    "L": _month("stand-alone"),
    "d": lambda width, at, _: f"{at.day:0{width}}",
    "E": _weekday("format"),
    "c": _weekday("stand-alone"),
    "a": _half,
    "B": _part,
    "h": lambda width, at, _: f"{_time(at).hour % 12 or 12:0{width}}",
    "H": lambda width, at, _: f"{_time(at).hour:0{width}}",
    "m": lambda width, at, _: f"{_time(at).minute:0{width}}",
}
