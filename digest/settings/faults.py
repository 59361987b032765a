"""From pydantic's findings to faults: the setting's name, a sentence, and where the value came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, Union, cast, get_args, get_origin

from pydantic import BaseModel, SecretStr, Tag, ValidationError
from pydantic_core import ErrorDetails

from digest.errors import Fault
from digest.settings import kinds, names
from digest.settings.fields import closest
from digest.settings.tables import meaning

Origin = Callable[[names.Path], str]
_LIMITS = {
    "greater_than": ("more than", "gt"),
    "greater_than_equal": ("at least", "ge"),
    "less_than_equal": ("at most", "le"),
    "less_than": ("less than", "lt"),
}
_WANTED = {
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "finite_number": "must be a number",
    "bool_type": "must be true or false",
    "tuple_type": 'must be a list, as in ["one", "two"]',
    "mapping_type": "must be a table",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "model_attributes_type": "must be a table",
    "string_type": "must be text in quotes",
}


def faults_of(error: ValidationError, model: type[BaseModel], origin: Origin) -> Iterator[Fault]:
    """Yield a fault for each finding, in the order of the settings."""
    seen: set[tuple[str, str]] = set()
    for found in error.errors(include_url=False, include_context=True):
        path, tables = located(found["loc"], model)
        where, problem = names.dotted(path), _sentence(found, path, tables)
        if (where, problem) not in seen:
            seen.add((where, problem))
            yield Fault(where, problem, origin(path))


def located(loc: tuple[str | int, ...], model: type[BaseModel]) -> tuple[names.Path, list[type[BaseModel]]]:
    """Return the setting's path without pydantic's own marks, and the models on the way."""
    path: list[names.Step] = []
    tables = [model]
    kind: object = model
    for step in loc:
        tagged = _tagged(kind, step)
        if tagged is not None:
            kind = tagged
        elif step == "[key]":
            continue
        else:
            path.append(step)
            kind = _inside(kind, step)
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            tables.append(kind)
    return tuple(path), tables


def bare(annotation: object) -> object:
    """Return an annotation without Annotated and without `| None`."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in {Union, UnionType}:
        inner = [each for each in get_args(annotation) if each is not type(None)]
        if len(inner) == 1:
            return bare(inner[0])
    return annotation


def tagged_models(annotation: object) -> Mapping[str, type[BaseModel]]:
    """Return the models of a union by kind; empty for anything else."""
    union = bare(annotation)
    if get_origin(union) not in {Union, UnionType}:
        return {}
    found: dict[str, type[BaseModel]] = {}
    for each in get_args(union):
        for mark in getattr(each, "__metadata__", ()):
            if isinstance(mark, Tag):
                found[mark.tag] = cast("type[BaseModel]", bare(each))
    return found


def element(annotation: object) -> object:
    """Return what a list or table holds; None for anything else."""
    plain = bare(annotation)
    arguments = get_args(plain)
    if get_origin(plain) is tuple:
        return arguments[0]
    container = get_origin(plain)
    if isinstance(container, type) and issubclass(container, Mapping):
        return arguments[-1]
    return None


def _tagged(kind: object, step: str | int) -> type[BaseModel] | None:
    return tagged_models(kind).get(step) if isinstance(step, str) else None


def _inside(kind: object, step: str | int) -> object:
    plain = bare(kind)
    if isinstance(plain, type) and issubclass(plain, BaseModel):
        field = plain.model_fields.get(str(step))
        return _annotation(field) if field else None
    return element(plain)


def _annotation(field: Any) -> object:
    # pydantic moves the metadata of Annotated out of the annotation; a union's discriminator with it,
    # but the union's members keep their tags.
    return field.annotation


def _sentence(found: ErrorDetails, path: names.Path, tables: list[type[BaseModel]]) -> str:
    kind, context, given = found["type"], found.get("ctx", {}), found["input"]
    if kind == "value_error":
        return str(context["error"])
    if kind == "missing":
        return _missing(path, tables)
    if kind == "extra_forbidden":
        return _unknown(path, tables)
    if kind in {"union_tag_not_found", "union_tag_invalid"}:
        return _without_kind(path)
    if kind in _WANTED:
        return f"{_WANTED[kind]}, not {_shown(given)}"
    return _bounds(found)


def _bounds(found: ErrorDetails) -> str:
    kind, context, given = found["type"], found.get("ctx", {}), found["input"]
    if kind == "literal_error":
        return f"must be one of {context['expected']}, not {_shown(given)}"
    if kind in {"too_short", "string_too_short"}:
        return "must not be empty"
    if kind in {"too_long", "string_too_long"} and isinstance(given, str):
        return f"must have at most {context['max_length']} characters, not {len(given)}"
    if kind in _LIMITS:
        word, name = _LIMITS[kind]
        return f"must be {word} {context[name]:g}, not {_shown(given)}"
    return found["msg"][:1].lower() + found["msg"][1:]


def _shown(value: object) -> str:
    if isinstance(value, SecretStr):
        return "a secret"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return f"'{value[:60]}'"
    return (
        "a list" if isinstance(value, list | tuple) else "a table" if isinstance(value, Mapping) else "this"
    )


def _missing(path: names.Path, tables: list[type[BaseModel]]) -> str:
    name = str(path[-1])
    for table in reversed(tables):
        if said := meaning(table, name):
            return f"is missing: {said[:1].lower()}{said[1:].rstrip('.')}"
    return "is missing"


def _unknown(path: names.Path, tables: list[type[BaseModel]]) -> str:
    table = tables[-1]
    return f"there is no such setting{closest(str(path[-1]), list(table.model_fields)) or _known(table)}"


def _known(table: type[BaseModel]) -> str:
    return f" (known here: {', '.join(table.model_fields)})"


def _without_kind(path: names.Path) -> str:
    known = kinds.TRANSPORTS if path[:1] == ("transport",) else kinds.SOURCES
    return f"kind is missing: one of {', '.join(known)}"
