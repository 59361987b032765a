"""The short way from a plain row of a file to a checked one; whatever is not plain takes the long way.

A million rows take it in a third of the time; a property test holds it to what the long way says
(`subscribers.imports.shapes.understand`, then the address's own check).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from subscribers.address import spelled
from subscribers.errors import InvalidAddress
from subscribers.imports.saying import plain_status
from subscribers.imports.shapes import Shape, clean, is_language
from subscribers.imports.sorting import Plain
from subscribers.storage.types import millis

Shortcut = Callable[[Sequence[str], int], Plain | None]
"""From a row's fields and its line; None where the long way must be gone."""

_KNOWN = frozenset({"email", "name", "language", "status", "consented_at"})
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d")
_NOTHING_MORE = ("", (), "", (), "", None)


def shortcut(shape: Shape) -> Shortcut | None:
    """Return the short way for a file's columns; None where they are not plain."""
    if (
        shape.words
        or not shape.columns.keys() <= _KNOWN
        or any(len(places) > 1 for places in shape.columns.values())
    ):
        return None
    places = {field: found[0] for field, found in shape.columns.items()}
    email, width = places["email"], max(places.values()) + 1
    name, language = places.get("name"), places.get("language")
    status, said_yes = places.get("status"), places.get("consented_at")
    default = shape.default_status
    statuses: dict[str, str | None] = {"": default.value}

    def go(fields: Sequence[str], line: int) -> Plain | None:
        if len(fields) < width:
            return None
        word = "" if status is None else fields[status]
        if word not in statuses and len(statuses) < 1_000:
            found = plain_status(word, default)
            statuses[word] = None if found is None or "'" in word else found.value
        state = statuses.get(word)
        called = "" if name is None else fields[name].strip()
        spoken = "" if language is None else fields[language].strip()
        if state is None or called[:1] == "'" or (spoken and not is_language(spoken)):
            return None
        try:
            address, canonical = spelled(fields[email])
            yes = None if said_yes is None else _millis(fields[said_yes])
        except (InvalidAddress, ValueError):
            return None
        return (
            canonical, line, address, state, clean(called), yes, spoken.replace("_", "-"), *_NOTHING_MORE
        )  # fmt: skip

    return go


def _millis(text: str) -> int | None:
    """Return a moment without a zone as milliseconds, taken as UTC.

    Raises:
        ValueError: it is written in another way, or is none.
    """
    if not text:
        return None
    if not _MOMENT.fullmatch(text):
        raise ValueError(text)
    return millis(datetime.fromisoformat(f"{text}+00:00"))
