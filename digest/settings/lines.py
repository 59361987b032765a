"""On which line of a TOML file each value stands, so that a fault can be found at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.settings.names import Path, Step

_NAME = r"(?:[A-Za-z0-9_-]+|\"[^\"\\]*\"|'[^']*')"
_DOTTED = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_DOTTED})\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(rf"\s*({_DOTTED})\s*=")
_EACH_NAME = re.compile(_NAME)
_TRIPLE = re.compile(r"\"\"\"|'''")


def lines_of(text: str) -> dict[Path, int]:
    """Return the line of each key, counted from 1; text inside long strings is passed over.

    Made for pointing, not for parsing: what lies in lists over several lines may be missing.
    """
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    for number, line in _lines_outside_long_strings(text):
        if header := _HEADER.fullmatch(line):
            table = _placed(_names(header[2]), counts)
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            found.setdefault((*table, *_names(key[1])), number)
    return found


def _lines_outside_long_strings(text: str) -> Iterator[tuple[int, str]]:
    open_quote = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if not open_quote:
            yield number, line
        for quote in _TRIPLE.findall(line):
            if not open_quote:
                open_quote = quote
            elif quote == open_quote:
                open_quote = ""


def _names(dotted: str) -> Path:
    return tuple(name.strip("\"'") for name in _EACH_NAME.findall(dotted))


def _placed(path: Path, counts: dict[Path, int]) -> Path:
    """Return the path with the index of each list of tables on its way, the last one's left out."""
    placed: list[Step] = []
    for place, step in enumerate(path):
        placed.append(step)
        if place < len(path) - 1 and tuple(placed) in counts:
            placed.append(counts[tuple(placed)])
    return tuple(placed)
