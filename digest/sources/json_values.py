"""Values out of a stranger's JSON: what is not of the wanted kind is empty."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Mapping

import orjson

MOST_STARTS = 50
"""Of brackets, that are tried as the beginning of an answer."""


def table_of(value: object) -> Mapping[str, object]:
    """Return the value where it is an object, an empty one otherwise."""
    return value if isinstance(value, dict) else {}


def text_of(table: Mapping[str, object], name: str) -> str:
    """Return a text; empty where there is none of that name."""
    value = table.get(name)
    return value if isinstance(value, str) else ""


def items_of(table: Mapping[str, object], name: str) -> list[object]:
    """Return a list; empty where there is none of that name."""
    value = table.get(name)
    return value if isinstance(value, list) else []


def read_json(text: str, is_wanted: Callable[[object], bool]) -> object:
    """Return the value that a server's answer holds, behind and before what else it says (PHP's notices).

    Args:
        text: the answer.
        is_wanted: tells the answer from brackets in a notice.

    Raises:
        ValueError: there is none.
    """
    with contextlib.suppress(orjson.JSONDecodeError):
        return orjson.loads(text)
    nothing: object = None
    starts = sorted(at for sign in "[{" for at in _places(text, sign))[:MOST_STARTS]
    for start in starts:
        try:
            found, _ = json.JSONDecoder().raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        if found and is_wanted(found):
            return found
        if isinstance(found, list) and is_wanted(found):
            nothing = found  # an empty answer, unless a notice wrote these brackets
    if nothing is not None:
        return nothing
    raise ValueError("no JSON")


def _places(text: str, sign: str) -> list[int]:
    found: list[int] = []
    at = text.find(sign)
    while at >= 0 and len(found) < MOST_STARTS:
        found.append(at)
        at = text.find(sign, at + 1)
    return found
