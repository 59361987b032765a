"""Lays what the desk says over what the file says: newsletters and segments, where nothing is fixed."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from digest.model.kept_settings import Kept, KeptValue, Place
from digest.settings import names
from digest.settings.checks import source_name
from digest.settings.layers import Layer, Tree
from digest.settings.schema import NewsletterSettings

NEWSLETTERS: Final = "newsletters"
SEGMENTS: Final = "segments"
NAMED_BY: Final[Mapping[str, str]] = {"sections": "key", "sources": "name"}
"""The lists whose tables are changed one by one, and what each is known by."""
ANY: Final = "*"

_MOVED: Final = frozenset({"url", "path", "host", "folder"})
"""What a source without a name of its own is named after."""


@dataclass(slots=True)
class _Table:
    """One table of a list, with the place that it has in the file; None where the desk made it."""

    name: str
    values: Tree
    was_at: int | None = None
    origins: dict[names.Path, str] = field(default_factory=dict)


def laid_over(file: Layer, kept: Kept, held: tuple[Place, ...] = ()) -> Layer:
    """Return the file's layer with what the desk says over it, but not at places that are held back.

    What is said of a newsletter, section or source that is neither the file's nor made at the desk waits
    for it: it is not read.
    """
    if not kept.values or file.is_unreadable or not isinstance(file.values.get(NEWSLETTERS, {}), dict):
        return file
    layer = replace(file, values=copy.deepcopy(file.values), origins=dict(file.origins))
    told = layer.values.setdefault(NEWSLETTERS, {})
    assert isinstance(told, dict)
    for key, whole in _by_newsletter(kept).items():
        said = {place: value for place, value in whole.items() if not is_held(place, held)}
        if (key in told or is_yes(said.get((NEWSLETTERS, key)))) and isinstance(told.get(key, {}), dict):
            _lay(layer, key, said)
    _lay_segments(layer, kept, held)
    return layer


def _lay_segments(layer: Layer, kept: Kept, held: tuple[Place, ...]) -> None:
    """Lay the segments that the desk saved: each is a whole, and nothing takes one of the file's away."""
    segments = layer.values.get(SEGMENTS, {})
    for place, value in kept.values.items():
        data = json.loads(value.json)
        if len(place) == 2 and place[0] == SEGMENTS and not is_held(place, held) and isinstance(data, dict):
            if not isinstance(segments, dict):
                return
            layer.values[SEGMENTS] = segments
            segments[place[1]] = data
            _forget(layer.origins, place)
            layer.origins[place] = value.origin


def held_back(values: Mapping[str, object]) -> tuple[Place, ...]:
    """Return the places that the desk must not change, by `desk.fixed`."""
    desk = values.get("desk")
    given = desk.get("fixed") if isinstance(desk, Mapping) else None
    if isinstance(given, str):
        given = [one.strip() for one in given.split(",")]
    listed = given if isinstance(given, list | tuple) else []
    return tuple(tuple(one.split(".")) for one in listed if isinstance(one, str) and one)


def is_held(place: Place, held: tuple[Place, ...]) -> bool:
    """Tell whether a place, or a table around it, is held back."""
    return any(
        len(one) <= len(place) and all(step in (ANY, at) for step, at in zip(one, place, strict=False))
        for one in held
    )


def is_yes(value: KeptValue | None) -> bool:
    """Tell whether the desk says that something is there."""
    return value is not None and value.json == "true"


def tables_of(newsletter: Mapping[str, object], listed: str) -> list[tuple[str, Tree]]:
    """Return the tables of a list by the names they are known by, in their order."""
    given = newsletter.get(listed)
    tables = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    return [(name_of(listed, one), one) for one in tables]


def name_of(listed: str, table: Mapping[str, object]) -> str:
    """Return what a section or a source is known by."""
    if listed == "sections":
        return str(table.get("key", ""))
    if table.get("kind") == "mailbox" and not table.get("name"):
        place = table.get("path") or table.get("host")
        folder = table.get("folder") or ("INBOX" if table.get("host") else "")
        return f"mailbox:{place}{f'/{folder}' if folder else ''}"
    return source_name(table)


def _by_newsletter(kept: Kept) -> dict[str, dict[Place, KeptValue]]:
    found: dict[str, dict[Place, KeptValue]] = {}
    for place, value in kept.values.items():
        # A setting that this version does not know was another one's.
        is_known = len(place) == 2 or (len(place) > 2 and place[2] in NewsletterSettings.model_fields)
        if place[0] == NEWSLETTERS and is_known:
            found.setdefault(place[1], {})[place] = value
    return found


def _lay(layer: Layer, key: str, said: Mapping[Place, KeptValue]) -> None:
    newsletters = layer.values[NEWSLETTERS]
    assert isinstance(newsletters, dict)
    is_new = key not in newsletters
    newsletter = newsletters.setdefault(key, {})
    at: names.Path = (NEWSLETTERS, key)
    if is_new:
        layer.origins[at] = said[NEWSLETTERS, key].origin
    for place, value in said.items():
        rest = place[2:]
        if rest and rest[0] not in NAMED_BY:
            put(newsletter, rest, json.loads(value.json))
            _forget(layer.origins, (*at, *rest))
            layer.origins[*at, *rest] = value.origin
    for listed in NAMED_BY:
        about = {place[3:]: value for place, value in said.items() if place[2:3] == (listed,)}
        if about:
            _lay_list(layer, newsletter, (*at, listed), about)


def put(table: Tree, way: tuple[str, ...], value: object) -> None:
    """Set a value, making tables on the way; None takes it away."""
    for step in way[:-1]:
        inner = table.get(step)
        if not isinstance(inner, dict):
            if value is None:
                return
            inner = table[step] = {}
        table = inner
    if value is None:
        table.pop(way[-1], None)
    else:
        table[way[-1]] = value


def _forget(origins: dict[names.Path, str], at: names.Path) -> None:
    for path in [one for one in origins if one[: len(at)] == at]:
        del origins[path]


def _lay_list(layer: Layer, newsletter: Tree, at: names.Path, about: Mapping[Place, KeptValue]) -> None:
    """Lay what is said of one list: its tables, and their order."""
    listed = str(at[-1])
    given = newsletter.get(listed, [])
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        return
    tables = [
        _Table(name_of(listed, one), one, place, dict(_inside(layer.origins, (*at, place))))
        for place, one in enumerate(given)
    ]
    for way, value in sorted(about.items(), key=lambda one: len(one[0])):
        if len(way) == 1:
            tables = _present(tables, listed, way[0], value)
        elif len(way) > 1:
            for table in tables:
                if table.name == way[0]:
                    _change(table, listed, way[1:], value)
    order = about.get(())
    if order is not None:
        tables = _ordered(tables, json.loads(order.json))
    _forget(layer.origins, at)
    newsletter[listed] = [one.values for one in tables]
    for place, table in enumerate(tables):
        layer.origins.update({(*at, place, *rest): origin for rest, origin in table.origins.items()})


def _inside(origins: Mapping[names.Path, str], at: names.Path) -> Iterator[tuple[names.Path, str]]:
    for path, origin in origins.items():
        if path[: len(at)] == at:
            yield path[len(at) :], origin


def _present(tables: list[_Table], listed: str, name: str, value: KeptValue) -> list[_Table]:
    others = [one for one in tables if one.name != name]
    if not is_yes(value):
        return others
    if len(others) < len(tables):
        return tables
    by = NAMED_BY[listed]
    return [*tables, _Table(name, {by: name}, origins={(by,): value.origin})]


def _change(table: _Table, listed: str, way: tuple[str, ...], value: KeptValue) -> None:
    if listed == "sources" and way[0] in _MOVED and not table.values.get("name"):
        # Its articles are kept by this name.
        table.values["name"] = table.name
        table.origins[("name",)] = value.origin
    put(table.values, way, json.loads(value.json))
    _forget(table.origins, way)
    table.origins[way] = value.origin


def _ordered(tables: list[_Table], order: object) -> list[_Table]:
    """Return the tables in the order given; those that it does not name follow as they stand."""
    known = order if isinstance(order, list) else []
    places = {str(name): place for place, name in reversed(list(enumerate(known)))}
    return sorted(tables, key=lambda one: places.get(one.name, len(places)))
