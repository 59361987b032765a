"""Reads the layers, checks everything, and gives the settings with their origins."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from pydantic import TypeAdapter, ValidationError

from digest.errors import ConfigurationError, Fault
from digest.model.kept_settings import Kept, Place
from digest.settings import layers, names
from digest.settings.checks import Looks, Origin, cross_faults, look_faults
from digest.settings.faults import faults_of
from digest.settings.fields import SecretUrl, at_home, paths_relative_to
from digest.settings.kept.laying import held_back, laid_over
from digest.settings.origins import origins_of
from digest.settings.schema import DatabaseSettings, Settings
from digest.settings.values.databases import DatabaseUrl

DEFAULT_CONFIG = "digest.toml"
EMPTY: Mapping[str, object] = MappingProxyType({})
NO_KINDS: Mapping[str, Collection[str]] = MappingProxyType({})
NOTHING_KEPT = Kept()
Keeping = Callable[[str], Kept | None]
"""Gives what the desk keeps in the database of a URL; None where it can't be read now."""
_REQUIRED: layers.Tree = {"site": {}, "transport": {}, "newsletters": {}}
_URL: TypeAdapter[SecretUrl] = TypeAdapter(DatabaseUrl)


@dataclass(frozen=True, slots=True)
class Loaded:
    """The settings, and where each came from.

    Attributes:
        origins: dotted name → `default`, `digest.toml, line 12`, `environment variable …`, `.env`,
            `secrets file …` or `flag`.
        folder: where relative paths start; absolute.
        config: the file that was read; None where everything came from elsewhere.
        kept: what of it the desk's users changed.
        data: all layers as they were written, secrets too: for forms and for writing it out.
        file_data: the same without what the desk says.
        written: the file alone with what the desk says over it, as `digest config --export` has it.
        again: loads it once more, with what the desk keeps then, or with what is given in its place;
            None where nothing is kept.
    """

    settings: Settings
    origins: Mapping[str, str]
    folder: Path
    config: Path | None
    kept: Kept = NOTHING_KEPT
    data: Mapping[str, object] = field(default_factory=dict, repr=False)
    file_data: Mapping[str, object] = field(default_factory=dict, repr=False)
    written: Mapping[str, object] = field(default_factory=dict, repr=False)
    again: Callable[[Kept | None], Loaded] | None = field(default=None, repr=False, compare=False)


def load(
    config: Path | None,
    *,
    environ: Mapping[str, str],
    overrides: Mapping[str, object] = EMPTY,
    extra_kinds: Mapping[str, Collection[str]] = NO_KINDS,
    looks: Looks | None = None,
    keeping: Keeping | None = None,
) -> Loaded:
    """Return the settings: flags > environment > .env > secrets directory > desk > digest.toml.

    Args:
        config: the file; None for DIGEST_CONFIG, else digest.toml in the current folder.
        environ: the process's environment.
        overrides: from flags: dotted name → value (`transport.kind`, `newsletters.morning.send_at`).
        extra_kinds: kinds that plug-ins bring, under `sources`, `transports` and `summarizers`.
        looks: says what is wrong with a theme and a template; neither is looked at without it.
        keeping: gives what the desk's users changed. With it there need be no newsletter: they are made
            at the desk.

    Raises:
        ConfigurationError: with every fault there is.
    """
    named = config or (Path(environ["DIGEST_CONFIG"]) if environ.get("DIGEST_CONFIG") else None)
    path = _at_home(str(named or DEFAULT_CONFIG), "--config" if config else "DIGEST_CONFIG")
    files = _Files(path, named is not None, path.parent.resolve(), environ, overrides)
    if not files.is_anything:
        raise ConfigurationError(
            [Fault(str(path), f"no such file in {files.folder}; `digest init` writes one")]
        )

    def judged(given: Kept | None) -> Loaded:
        found = files.read()
        below = _merged(found[0])
        kept = given
        if kept is None and keeping is not None:
            kept = _kept(below, files.folder, keeping)
        if kept is not None and kept.values:
            found = files.read(kept, held_back(below))
        loaded = _judged(found, files.folder, extra_kinds, looks, may_be_empty=keeping is not None)
        return replace(
            loaded,
            config=path if path.is_file() else None,
            kept=kept or NOTHING_KEPT,
            file_data=MappingProxyType(below),
            written=MappingProxyType(found[0][1].values),
            again=judged if keeping else None,
        )

    return judged(None)


def _at_home(path: str, where: str) -> Path:
    try:
        return at_home(path)
    except ValueError as error:
        raise ConfigurationError([Fault(where, str(error))]) from None


def _merged(low_to_high: Iterable[layers.Layer]) -> layers.Tree:
    data: layers.Tree = {}
    for layer in low_to_high:
        data = layers.merged(data, layer.values)
    return data


def _kept(data: Mapping[str, object], folder: Path, keeping: Keeping) -> Kept | None:
    """Return what the desk keeps in the database that the other layers name; None where they name none."""
    table = data.get("database", {})
    default = DatabaseSettings.model_fields["url"].default.get_secret_value()
    given = table.get("url", default) if isinstance(table, Mapping) else default
    with paths_relative_to(folder):
        try:
            url = _URL.validate_python(given)
        except ValidationError:
            return None
    return keeping(url.get_secret_value())


def _judged(
    found: tuple[list[layers.Layer], list[Fault]],
    folder: Path,
    extra_kinds: Mapping[str, Collection[str]],
    looks: Looks | None,
    *,
    may_be_empty: bool,
) -> Loaded:
    """Return the settings of some layers.

    Raises:
        ConfigurationError: with every fault there is.
    """
    low_to_high, layer_faults = found
    faults = list(layer_faults)
    origins: dict[names.Path, str] = {}
    for layer in low_to_high:
        origins = layers.overlaid(origins, layer.origins)
    data = _merged(low_to_high)
    origin = partial(_origin, origins)
    settings: Settings | None = None
    with paths_relative_to(folder):
        try:
            settings = Settings(layers=[each.values for each in reversed(low_to_high)])  # type: ignore[call-arg]  # read by settings_customise_sources
        except ValidationError as error:
            faults.extend(faults_of(error, Settings, origin))
    if not may_be_empty and data.get("newsletters") == {}:
        faults.append(Fault("newsletters", "must not be empty"))
    faults.extend(cross_faults(data, origin, extra_kinds))
    faults.extend(_looks(data, origin, looks, folder, {fault.where for fault in faults}))
    if any(layer.is_unreadable for layer in low_to_high):
        # What the file would have said is unknown: only what was given elsewhere can be judged.
        faults = [fault for fault in faults if fault.origin or fault in layer_faults]
    if faults or settings is None:
        raise ConfigurationError(faults)
    told = MappingProxyType(origins_of(settings, data, origin))
    return Loaded(settings, told, folder, None, data=MappingProxyType(data))


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
    """Return where a value came from: its own place, its table's, its first value's, or a neighbor's."""
    around = (where[:end] for end in range(len(where), -1, -1))
    inside = (path for path in origins if path[: len(where)] == where)
    # What is missing is missed in the table around it, which begins at the first that is given there.
    beside = (path for path in origins if where[:-1] and path[: len(where) - 1] == where[:-1])
    return next((origins[path] for path in chain(around, inside, beside) if path in origins), "")


@dataclass(frozen=True, slots=True)
class _Files:
    """Where the layers are read from.

    Attributes:
        is_named: somebody asked for this very file.
    """

    path: Path
    is_named: bool
    folder: Path
    environ: Mapping[str, str]
    overrides: Mapping[str, object]

    @property
    def is_anything(self) -> bool:
        """Tell whether there is any configuration at all."""
        dotenv, _ = layers.read_dotenv(self.folder / ".env")
        given = any(map(names.is_ours, (*self.environ, *dotenv)))
        return bool(self._has_file or self._secrets(dotenv) or self.overrides or given)

    @property
    def _has_file(self) -> bool:
        return self.is_named or self.path.exists()

    def _secrets(self, dotenv: Mapping[str, str]) -> str | None:
        return self.environ.get("DIGEST_SECRETS_DIR") or dotenv.get("DIGEST_SECRETS_DIR")

    def read(
        self, kept: Kept = NOTHING_KEPT, held: tuple[Place, ...] = ()
    ) -> tuple[list[layers.Layer], list[Fault]]:
        """Return the layers, lowest first, and their faults; the second is the file's, with the desk's.

        Args:
            kept: what the desk says over the file, but not at places that are `held` back.
        """
        low_to_high = [layers.Layer(values=dict(_REQUIRED))]
        below: layers.Tree = dict(_REQUIRED)

        def add(layer: layers.Layer) -> None:
            nonlocal below
            low_to_high.append(layer)
            below = layers.merged(below, layer.values)

        file = layers.toml_layer(self.path) if self._has_file else layers.Layer()
        add(laid_over(file, kept, held))
        dotenv, dotenv_faults = layers.read_dotenv(self.folder / ".env")
        if secrets := self._secrets(dotenv):
            add(layers.secrets_layer(self.folder / _at_home(secrets, "DIGEST_SECRETS_DIR"), below))
        add(layers.dotenv_layer(dotenv, dotenv_faults, below))
        add(layers.environment_layer(self.environ, below))
        add(layers.flags_layer(self.overrides, below))
        return low_to_high, [fault for layer in low_to_high for fault in layer.faults]
