"""Reads the layers, checks everything, and gives the settings with their origins."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from pydantic import ValidationError

from digest.errors import ConfigurationError, Fault
from digest.settings import layers, names
from digest.settings.checks import Looks, Origin, cross_faults, look_faults
from digest.settings.faults import faults_of
from digest.settings.fields import paths_relative_to
from digest.settings.origins import origins_of
from digest.settings.schema import Settings

DEFAULT_CONFIG = "digest.toml"
EMPTY: Mapping[str, object] = MappingProxyType({})
NO_KINDS: Mapping[str, Collection[str]] = MappingProxyType({})
_REQUIRED: layers.Tree = {"site": {}, "transport": {}, "newsletters": {}}


@dataclass(frozen=True, slots=True)
class Loaded:
    """The settings, and where each came from.

    Attributes:
        origins: dotted name → `default`, `digest.toml, line 12`, `environment variable …`, `.env`,
            `secrets file …` or `flag`.
        folder: where relative paths start; absolute.
        config: the file that was read; None where everything came from elsewhere.
    """

    settings: Settings
    origins: Mapping[str, str]
    folder: Path
    config: Path | None


def load(
    config: Path | None,
    *,
    environ: Mapping[str, str],
    overrides: Mapping[str, object] = EMPTY,
    extra_kinds: Mapping[str, Collection[str]] = NO_KINDS,
    looks: Looks | None = None,
) -> Loaded:
    """Return the settings: flags > environment > .env > secrets directory > digest.toml.

    Args:
        config: the file; None for DIGEST_CONFIG, else digest.toml in the current folder.
        environ: the process's environment.
        overrides: from flags: dotted name → value (`transport.kind`, `newsletters.morning.send_at`).
        extra_kinds: kinds that plug-ins bring, under `sources`, `transports` and `summarizers`.
        looks: says what is wrong with a theme and a template; neither is looked at without it.

    Raises:
        ConfigurationError: with every fault there is.
    """
    named = config or (Path(environ["DIGEST_CONFIG"]) if environ.get("DIGEST_CONFIG") else None)
    path = (named or Path(DEFAULT_CONFIG)).expanduser()
    folder = path.parent.resolve()
    found = _read(path, named is not None, folder, environ, overrides)
    if found is None:
        raise ConfigurationError([Fault(str(path), f"no such file in {folder}; `digest init` writes one")])

    low_to_high, layer_faults = found
    faults = list(layer_faults)
    origins: dict[names.Path, str] = {}
    data: layers.Tree = {}
    for layer in low_to_high:
        data = layers.merged(data, layer.values)
        origins = layers.overlaid(origins, layer.origins)

    origin = partial(_origin, origins)
    settings: Settings | None = None
    with paths_relative_to(folder):
        try:
            settings = Settings(layers=[each.values for each in reversed(low_to_high)])  # type: ignore[call-arg]  # read by settings_customise_sources
        except ValidationError as error:
            faults.extend(faults_of(error, Settings, origin))
    faults.extend(cross_faults(data, origin, extra_kinds))
    faults.extend(_looks(data, origin, looks, folder, {fault.where for fault in faults}))
    if any(layer.is_unreadable for layer in low_to_high):
        # What the file would have said is unknown: only what was given elsewhere can be judged.
        faults = [fault for fault in faults if fault.origin or fault in layer_faults]
    if faults or settings is None:
        raise ConfigurationError(faults)
    config_read = path if path.is_file() else None
    return Loaded(settings, MappingProxyType(origins_of(settings, data, origin)), folder, config_read)


def _looks(
    data: layers.Tree, origin: Origin, looks: Looks | None, folder: Path, told: set[str]
) -> Iterator[Fault]:
    """Yield each fault of the looks that nothing else has told."""
    with paths_relative_to(folder):
        for fault in look_faults(data, origin, looks) if looks else ():
            if fault.where not in told:
                told.add(fault.where)
                yield fault


def _origin(origins: Mapping[names.Path, str], where: names.Path) -> str:
    """Return where the value at a path came from: its own origin, its table's, or its first value's."""
    around = (where[:end] for end in range(len(where), -1, -1))
    inside = (path for path in origins if path[: len(where)] == where)
    return next((origins[path] for path in chain(around, inside) if path in origins), "")


def _read(
    path: Path,
    is_named: bool,
    folder: Path,
    environ: Mapping[str, str],
    overrides: Mapping[str, object],
) -> tuple[list[layers.Layer], list[Fault]] | None:
    """Return the layers, lowest first, and their faults; None where there is no configuration at all."""
    required = layers.Layer(values=dict(_REQUIRED))
    dotenv, dotenv_faults = layers.read_dotenv(folder / ".env")
    has_file = is_named or path.exists()
    secrets = environ.get("DIGEST_SECRETS_DIR") or dotenv.get("DIGEST_SECRETS_DIR")
    if not (has_file or secrets or overrides or any(map(names.is_ours, (*environ, *dotenv)))):
        return None

    low_to_high = [required]
    below: layers.Tree = dict(_REQUIRED)

    def add(layer: layers.Layer) -> None:
        nonlocal below
        low_to_high.append(layer)
        below = layers.merged(below, layer.values)

    if has_file:
        add(layers.toml_layer(path))
    if secrets:
        add(layers.secrets_layer(folder / Path(secrets).expanduser(), below))
    add(layers.dotenv_layer(dotenv, dotenv_faults, below))
    add(layers.environment_layer(environ, below))
    add(layers.flags_layer(overrides, below))
    return low_to_high, [fault for layer in low_to_high for fault in layer.faults]
