"""Where each value came from, and the rows of `digest config`, secrets masked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import time

from pydantic import BaseModel, SecretStr

from digest.errors import ConfigurationError, Fault
from digest.settings import names
from digest.settings.fields import MASK, SECRET_NAME, SecretUrl, masked_url
from digest.settings.schema import Settings

DEFAULT = "default"
"""The origin of what is given nowhere."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of `digest config`.

    Attributes:
        value: as in digest.toml; secrets masked, empty for a setting that is not given.
        variable: the environment variable that would set it.
    """

    name: str
    value: str
    origin: str
    variable: str


def origins_of(
    settings: Settings, data: Mapping[str, object], origin: Callable[[names.Path], str]
) -> dict[str, str]:
    """Return the origin of every value, by dotted name."""
    return {
        names.dotted(path): (origin(path) if _is_given(data, path) else "") or DEFAULT
        for path, _ in values_of(settings)
    }


def located(faults: Iterable[Fault], origins: Mapping[str, str]) -> tuple[Fault, ...]:
    """Return the faults with where their settings stand, as far as those are given anywhere.

    Args:
        origins: of every value, by dotted name.
    """
    return tuple(one if one.origin else replace(one, origin=_place(one.where, origins)) for one in faults)


def _place(where: str, origins: Mapping[str, str]) -> str:
    """Return the origin of a setting, or of the first that is given in its table."""
    inside = (found for name, found in origins.items() if name.startswith((f"{where}.", f"{where}[")))
    return next((one for one in (origins.get(where, ""), *inside) if one not in {"", DEFAULT}), "")


@contextmanager
def locating(origins: Mapping[str, str]) -> Iterator[None]:
    """Let faults that are found later than the settings were read name their places too."""
    try:
        yield
    except ConfigurationError as error:
        found = located(error.faults, origins)
        if found == error.faults:
            raise
        raise type(error)(found) from error


def rows(settings: Settings, origins: Mapping[str, str]) -> list[Row]:
    """Return every setting with its value and origin, in the order of the schema."""
    return [
        Row(name, _shown(path, value), origins.get(name, DEFAULT), names.variable_for(path))
        for path, value in values_of(settings)
        for name in [names.dotted(path)]
    ]


def values_of(value: object, path: names.Path = ()) -> Iterator[tuple[names.Path, object]]:
    """Yield the path and value of every single setting."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from values_of(getattr(value, name), (*path, name))
        for name, extra in (value.model_extra or {}).items():
            yield from values_of(extra, (*path, name))
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from values_of(inner, (*path, name))
    elif isinstance(value, tuple | list) and any(isinstance(each, BaseModel | Mapping) for each in value):
        for index, inner in enumerate(value):
            yield from values_of(inner, (*path, index))
    else:
        yield path, value


def _is_given(data: object, path: names.Path) -> bool:
    node = data
    for step in path:
        if isinstance(node, Mapping):
            if step not in node:
                return False
            node = node[step]
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            return False
    return True


def is_secret(path: names.Path, value: object) -> bool:
    """Tell whether `digest config` masks a value, or a part of it."""
    if isinstance(value, SecretUrl):
        return masked_url(value.get_secret_value()) != value.get_secret_value()
    if isinstance(value, SecretStr):
        return bool(value.get_secret_value())
    is_named_so = bool(value) and bool(SECRET_NAME.search(str(path[-1])))
    return is_named_so or (isinstance(value, str) and "://" in value and masked_url(value) != value)


def _shown(path: names.Path, value: object) -> str:
    if isinstance(value, SecretUrl):
        return masked_url(value.get_secret_value())
    if isinstance(value, SecretStr):
        return MASK if value.get_secret_value() else ""
    if value and SECRET_NAME.search(str(path[-1])):  # a plug-in's own setting: its type can't tell
        return MASK
    return _plain(value)


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, tuple | list):
        return ", ".join(_plain(each) for each in value)
    text = str(value)
    return masked_url(text) if "://" in text else text
