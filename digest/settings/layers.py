"""The layers of the configuration, each as a tree of raw values that remembers its origins."""

from __future__ import annotations

import copy
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import cast

from dotenv.parser import parse_stream

from digest.errors import Fault
from digest.settings import names
from digest.settings.fields import EnvText
from digest.settings.lines import lines_of

Tree = dict[str, object]


@dataclass(slots=True)
class Layer:
    """One layer; `faults` are what could not be placed in the tree.

    Attributes:
        values: nested dicts and lists, as the schema nests; lists are whole.
        origins: for each path set here, where it came from.
        is_unreadable: the file could not be read at all.
    """

    values: Tree = field(default_factory=dict)
    origins: dict[names.Path, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    is_unreadable: bool = False


def merged(low: Mapping[str, object], high: Mapping[str, object]) -> Tree:
    """Return `low` overlaid by `high`: tables merge, anything else is replaced."""
    result = dict(low)
    for name, value in high.items():
        below = result.get(name)
        both = isinstance(below, dict) and isinstance(value, dict)
        result[name] = merged(cast(Tree, below), cast(Tree, value)) if both else value
    return result


def overlaid(low: Mapping[names.Path, str], high: Mapping[names.Path, str]) -> dict[names.Path, str]:
    """Return the origins of `low` overlaid by those of `high`, which hide what lies under them."""
    kept = {
        path: origin
        for path, origin in low.items()
        if not any(path[: len(above)] == above for above in high if len(above) <= len(path))
    }
    return {**kept, **high}


def toml_layer(path: Path) -> Layer:
    """Return what a TOML file says."""
    layer = Layer()
    try:
        text = path.read_bytes().decode()
        layer.values = tomllib.loads(text)
    except FileNotFoundError:
        problem = "no such file; `digest init` writes one"
    except IsADirectoryError:
        problem = "is a folder; name the file in it"
    except OSError as error:
        problem = f"can't be read: {error.strerror}"
    except UnicodeDecodeError as error:
        problem = f"is not UTF-8 text (byte {error.start})"
    except tomllib.TOMLDecodeError as error:
        problem = f"is not valid TOML: {error}"
    else:
        lines = lines_of(text)
        for leaf in _leaves(layer.values):
            line = next((lines[leaf[:end]] for end in range(len(leaf), 0, -1) if leaf[:end] in lines), None)
            layer.origins[leaf] = f"{path.name}, line {line}" if line else path.name
        return layer
    return Layer(faults=[Fault(str(path), problem)], is_unreadable=True)


def environment_layer(environ: Mapping[str, str], below: Tree) -> Layer:
    """Return what the environment says."""
    ours = [
        (name, text, f"environment variable {name}")
        for name, text in environ.items()
        if names.is_ours(name)
    ]
    return _variables_layer(ours, below)


def read_dotenv(path: Path) -> tuple[Mapping[str, str], list[Fault]]:
    """Return the DIGEST_ variables of a .env file and its faults; a missing file has neither.

    Other programs' variables are not our business, but a line that can't be read might be ours.
    """
    try:
        text = path.read_bytes().decode()
    except FileNotFoundError:
        return {}, []
    except OSError as error:
        return {}, [Fault(str(path), f"can't be read: {error.strerror}")]
    except UnicodeDecodeError as error:
        return {}, [Fault(str(path), f"is not UTF-8 text (byte {error.start})")]
    variables: dict[str, str] = {}
    faults: list[Fault] = []
    for binding in parse_stream(StringIO(text)):
        if binding.error:
            faults.append(Fault(str(path), f"line {binding.original.line} is not NAME=value"))
        elif binding.key and binding.key.upper().startswith(names.PREFIX):
            variables[binding.key] = binding.value or ""
    return variables, faults


def dotenv_layer(variables: Mapping[str, str], faults: list[Fault], below: Tree) -> Layer:
    """Return what the .env file says."""
    ours = [(name, text, ".env") for name, text in variables.items() if names.is_ours(name)]
    layer = _variables_layer(ours, below)
    layer.faults.extend(faults)
    if any(name.upper() == "DIGEST_CONFIG" for name in variables):
        layer.faults.append(
            Fault(
                "DIGEST_CONFIG", "is read before .env; set it in the environment, or give --config", ".env"
            )
        )
    return layer


def secrets_layer(folder: Path, below: Tree) -> Layer:
    """Return what the files of a secrets directory say, each named as its variable (any case).

    Files that do not begin with `digest_` belong to others and are left alone.
    """
    found: list[tuple[str, str, str]] = []
    faults: list[Fault] = []
    try:
        files = sorted(path for path in folder.iterdir() if path.is_file() and names.is_ours(path.name))
    except OSError as error:
        return Layer(faults=[Fault("DIGEST_SECRETS_DIR", f"{folder} can't be read: {error.strerror}")])
    for path in files:
        try:
            text = path.read_bytes().decode().rstrip("\r\n")
        except OSError as error:
            faults.append(Fault(path.name, f"can't be read: {error.strerror}", f"secrets file {path}"))
        except UnicodeDecodeError:
            faults.append(Fault(path.name, "is not UTF-8 text", f"secrets file {path}"))
        else:
            found.append((path.name, text, f"secrets file {path.name}"))
    layer = _variables_layer(found, below)
    layer.faults.extend(faults)
    return layer


def flags_layer(overrides: Mapping[str, object], below: Tree) -> Layer:
    """Return what flags say: dotted names and values, text standing for what the setting needs."""
    layer = Layer()
    for name, value in overrides.items():
        _put(layer, below, names.steps_of_name(name), _container(value), "flag")
    return layer


def _variables_layer(variables: Iterable[tuple[str, str, str]], below: Tree) -> Layer:
    layer = Layer()
    # Whole tables come before what lies in them, whatever the environment's order.
    for name, text, origin in sorted(variables, key=lambda each: (each[0].count(names.SEPARATOR), each[0])):
        steps = names.steps_of_variable(name)
        if not all(steps):
            layer.faults.append(
                Fault(name, "is no setting's name: there is a '_' too many or too few", origin)
            )
            continue
        _put(layer, below, steps, _container(text), origin)
    return layer


def _container(value: object) -> object:
    """Read JSON lists and objects out of text; leave other text to the setting's own type."""
    if not isinstance(value, str):
        return value
    if value.lstrip()[:1] in {"[", "{"}:
        try:
            return cast(object, json.loads(value))
        except ValueError:
            return EnvText(value)
    return EnvText(value)


def _put(layer: Layer, below: Tree, steps: tuple[str, ...], value: object, origin: str) -> None:
    """Set one value, making tables on the way and copying lists of lower layers whole."""
    node: object = layer.values
    low: object = below
    path: names.Path = ()
    for place, step in enumerate(steps):
        key = _key(step, node, low)
        if key is None:
            layer.faults.append(
                Fault(names.dotted((*path, step)), f"there's no place {step} in the list", origin)
            )
            return
        path = (*path, key)
        low = _child(low, key)
        if place == len(steps) - 1:
            _set(node, key, value)
            layer.origins = overlaid(layer.origins, dict.fromkeys(_leaf_paths(path, value), origin))
            return
        inner = _child(node, key)
        if not isinstance(inner, dict | list):
            is_index = steps[place + 1].isdecimal() and path not in names.NUMBERED_TABLES
            starts_list = isinstance(low, list) or is_index
            inner = copy.deepcopy(low) if isinstance(low, list) else ([] if starts_list else {})
            _set(node, key, inner)
        node = inner


def _key(step: str, node: object, low: object) -> names.Step | None:
    """Return the step as it is written below: a list's index, or a key whose '-' a variable can't hold."""
    if isinstance(node, list):
        return int(step) if step.isdecimal() and int(step) <= len(node) else None
    for table in (node, low):
        if isinstance(table, dict) and step not in table:
            written = [key for key in table if isinstance(key, str) and key.replace("-", "_") == step]
            if written:
                return written[0]
    return step


def _child(node: object, key: names.Step) -> object:
    if isinstance(node, dict):
        return node.get(key)
    if isinstance(node, list) and isinstance(key, int) and key < len(node):
        return cast(object, node[key])
    return None


def _set(node: object, key: names.Step, value: object) -> None:
    if isinstance(node, list) and isinstance(key, int):
        node[key : key + 1] = [value]
    elif isinstance(node, dict):
        node[key] = value


def _leaves(value: object, path: names.Path = ()) -> Iterable[names.Path]:
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    elif isinstance(value, list) and any(isinstance(inner, dict) for inner in value):
        for index, inner in enumerate(value):
            yield from _leaves(inner, (*path, index))
    else:
        yield path


def _leaf_paths(path: names.Path, value: object) -> Iterable[names.Path]:
    """Return the leaves of a table, so that its other keys keep their origin; a list is one leaf."""
    if isinstance(value, dict):
        return list(_leaves(value, path))
    return [path]
