"""Settings as TOML text: what is read back is what was written."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def written(tree: Mapping[str, object]) -> str:
    """Return a tree of tables, lists and plain values as TOML, in its order."""
    return "\n".join(_table(tree, ())).strip() + "\n" if tree else ""


def value_text(value: object) -> str:
    """Return one value as TOML writes it on one line.

    Raises:
        TypeError: TOML knows no such value.
    """
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(name)} = {value_text(one)}" for name, one in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(value_text(one) for one in value) + "]"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, int):
        return str(value)
    raise TypeError(f"TOML has no {type(value).__name__}")


def _table(tree: Mapping[str, object], way: tuple[str, ...]) -> Iterator[str]:
    for name, value in tree.items():
        if not _is_table(value) and not _are_tables(value):
            yield f"{_key(name)} = {value_text(value)}"
    for name, value in tree.items():
        at = (*way, name)
        header = ".".join(map(_key, at))
        if _is_table(value):
            yield f"\n[{header}]"
            yield from _table(value, at)  # type: ignore[arg-type]  # a table, as asked
        elif _are_tables(value):
            for one in value:  # type: ignore[attr-defined]  # a list, as asked
                yield f"\n[[{header}]]"
                yield from _table(one, at)


def _is_table(value: object) -> bool:
    return isinstance(value, Mapping)


def _are_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _text(value: str) -> str:
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007F")


def _number(value: float) -> str:
    if math.isnan(value):
        return "nan"
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    return repr(value)
