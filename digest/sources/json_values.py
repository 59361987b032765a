"""Values out of a stranger's JSON: what is not of the wanted kind is empty."""

from __future__ import annotations

from collections.abc import Mapping


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
