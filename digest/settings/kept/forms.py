"""The fields of a form for a table of settings, made from the schema: a new setting has one at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from digest.settings import fields as types
from digest.settings.faults import bare, tagged_models
from digest.settings.fields import SecretUrl
from digest.settings.tables import meaning

_MARKUP: Final = re.compile(r"\[([^\[\]]{0,80})\]\([^()]{0,200}\)|`")
_NAMES: Final[Mapping[str, str]] = {"url": "Address", "urls": "Addresses", "timezone": "Time zone"}
_YES: Final = "yes"


class Control(StrEnum):
    """How a field is filled in."""

    TEXT = "text"
    LINES = "lines"
    NUMBER = "number"
    YES = "yes"
    CHOICE = "choice"
    CHOICES = "choices"
    CLOCK = "clock"
    COLOR = "color"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Field:
    """One setting as a field of a form.

    Attributes:
        way: from the table to the value; two steps for a value in a table inside it.
        hint: what it is for, for people.
        default: as the field would show it; empty for a setting without one.
        least, most: the bounds of a number, as they are shown.
    """

    way: tuple[str, ...]
    label: str
    hint: str
    control: Control
    default: str = ""
    choices: tuple[str, ...] = ()
    is_required: bool = False
    least: str = ""
    most: str = ""

    @property
    def name(self) -> str:
        """Return its name in the form."""
        return ".".join(self.way)


def fields_of(model: type[BaseModel], *, without: tuple[str, ...] = ()) -> tuple[Field, ...]:
    """Return the fields of a table and of the tables inside it; secrets and paths have none."""
    return tuple(_fields(model, (), without))


def shown(field: Field, table: Mapping[str, object]) -> str:
    """Return what the field shows for a table as it is written: its own value, or the default."""
    node: object = table
    for step in field.way:
        if not isinstance(node, Mapping) or step not in node:
            return field.default
        node = node[step]
    return text_of(node)


def text_of(value: object) -> str:
    """Return a value as a field shows it; lists a line each."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _YES if value else ""
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, list | tuple):
        return "\n".join(map(text_of, value))
    if isinstance(value, SecretUrl):
        return types.masked_url(value.get_secret_value())
    if isinstance(value, SecretStr):
        return ""
    text = str(value)
    return types.masked_url(text) if "://" in text else text


def normal(field: Field, text: str) -> str:
    """Return what was typed as the field would show it again."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").split("\n")]
    if field.control in {Control.LINES, Control.CHOICES}:
        return "\n".join(line for line in lines if line)
    return " ".join(lines).strip()


def value_of(field: Field, text: str) -> object:
    """Return what a field's text stands for, as digest.toml would have it; None for nothing.

    Text that is no number stays text: whoever checks the settings says what is wrong.
    """
    if field.control is Control.YES:
        return text == _YES
    if field.control in {Control.LINES, Control.CHOICES}:
        return text.split("\n") if text else ([] if field.default else None)
    if not text:
        return None
    if field.control is Control.NUMBER:
        return _number(text)
    return text


def _number(text: str) -> object:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _fields(model: type[BaseModel], way: tuple[str, ...], without: tuple[str, ...]) -> Iterator[Field]:
    hints = get_type_hints(model, include_extras=True)
    for name, info in model.model_fields.items():
        plain = bare(info.annotation)
        if name in without or tagged_models(info.annotation) or _holds_tables(plain):
            continue
        if isinstance(plain, type) and issubclass(plain, BaseModel):
            yield from _fields(plain, (*way, name), ())
        elif (control := _control(hints[name])) is not None:
            yield _field((*way, name), info, control, meaning(model, name))


def _holds_tables(annotation: object) -> bool:
    return any(
        isinstance(one := bare(each), type) and issubclass(one, BaseModel) for each in get_args(annotation)
    )


def _field(way: tuple[str, ...], info: FieldInfo, control: Control, said: str) -> Field:
    default = info.get_default(call_default_factory=True, validated_data={})
    bounds = {type(one).__name__: one for one in info.metadata}
    return Field(
        way=way,
        label=_NAMES.get(way[-1], way[-1].replace("_", " ").capitalize()),
        hint=_MARKUP.sub(lambda found: found[1] or "", said).replace("_", " "),
        control=control,
        default="" if default is PydanticUndefined else text_of(default),
        choices=tuple(map(str, _choices(info.annotation))),
        is_required=info.is_required(),
        least=_bound(bounds, ("Ge", "ge"), ("Gt", "gt")),
        most=_bound(bounds, ("Le", "le"), ("Lt", "lt")),
    )


def _bound(bounds: Mapping[str, Any], *kinds: tuple[str, str]) -> str:
    for kind, name in kinds:
        if kind in bounds:
            return f"{getattr(bounds[kind], name):g}"
    return ""


def _choices(annotation: object) -> Iterator[object]:
    """Yield the values that a setting, or each of its list, may have; none where any may be."""
    plain = bare(annotation)
    if get_origin(plain) is Literal:
        yield from get_args(plain)
    elif isinstance(plain, type) and issubclass(plain, StrEnum):
        yield from plain
    elif get_origin(plain) is tuple:
        yield from _choices(get_args(plain)[0])


_BY_TYPE: Final[tuple[tuple[object, Control | None], ...]] = (
    (types.Clock, Control.CLOCK),
    (types.Deadline, Control.TEXT),
    (types.Color, Control.COLOR),
    (types.YesNo, Control.YES),
    (types.Whole, Control.NUMBER),
    (types.Number, Control.NUMBER),
    (types.Words, Control.LINES),
    (types.ListKeys, Control.LINES),
    (types.SourceUrl, Control.ADDRESS),
    (types.WebUrl, Control.ADDRESS),
    (types.Secret, None),
    (types.ConfigPath, None),
    (types.Lines, None),
)


def _control(annotation: object) -> Control | None:
    """Return how a setting of a type is filled in; None for what the desk never sees."""
    inner = _without_none(annotation)
    for kind, control in _BY_TYPE:
        if inner == kind or _base(inner) == kind:
            return control
    plain = bare(inner)
    if isinstance(plain, type) and issubclass(plain, SecretStr):
        return None
    if any(True for _ in _choices(plain)):
        return Control.CHOICES if get_origin(plain) is tuple else Control.CHOICE
    return Control.TEXT


def _without_none(annotation: object) -> object:
    if get_origin(annotation) in {Union, UnionType}:
        inner = [each for each in get_args(annotation) if each is not type(None)]
        if len(inner) == 1:
            return inner[0]
    return annotation


def _base(annotation: object) -> object:
    """Return an annotation without the bounds that a setting adds to its type."""
    if get_origin(annotation) is not Annotated:
        return None
    plain, *marks = get_args(annotation)
    for kind, _ in _BY_TYPE:
        base, *known = get_args(kind)
        if plain == base and marks[: len(known)] == known:
            return kind
    return None
