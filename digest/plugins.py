"""Third parties' sources, summarizers and transports, by entry point.

A plug-in's package names a factory::

    [project.entry-points."digest.transports"]
    pigeon = "pigeon_post:PigeonTransport"

and `kind = "pigeon"` in the settings asks for it; the factory is called with the section's other
settings as keyword arguments. `digest.testing` has the checks that a plug-in's author runs. Nothing is
imported but what the settings name, so a broken plug-in harms only whoever asks for it.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import EntryPoint, EntryPoints, entry_points
from typing import Any

from digest.errors import ConfigurationError, Fault


class Group(StrEnum):
    """The entry-point groups; each word is what one of its plug-ins is called."""

    SOURCE = "digest.sources"
    SUMMARIZER = "digest.summarizers"
    TRANSPORT = "digest.transports"

    @property
    def noun(self) -> str:
        """Return the word for one plug-in of the group."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Plugin:
    """One installed plug-in, whether or not it works.

    Attributes:
        package: the distribution that brings it, with its version.
        target: `module:attribute`, as the package declares it.
        problem: why it can't be used; empty where it can.
    """

    group: Group
    name: str
    package: str
    target: str
    problem: str = ""


def names(group: Group) -> tuple[str, ...]:
    """Return the names that installed packages declare, sorted; nothing is imported."""
    return tuple(sorted({point.name for point in _installed(group, tuple(sys.path))}))


def _installed(group: Group, path: tuple[str, ...]) -> EntryPoints:
    """Return what all packages on the path declare of one group."""
    return _declared(path)[group]


@functools.lru_cache(maxsize=8)
def _declared(path: tuple[str, ...]) -> Mapping[Group, EntryPoints]:  # noqa: ARG001 - found there
    """Return what all packages on the path declare; a process reads their files once."""
    everything = entry_points()
    return {group: everything.select(group=group) for group in Group}


def load(group: Group, name: str, *, where: str, built_in: Sequence[str] = ()) -> Callable[..., Any]:
    """Return the factory of one plug-in.

    Args:
        group: what kind of plug-in.
        name: as in the settings.
        where: the setting's dotted name, for the error (`transport.kind`).
        built_in: names that need no plug-in, for the error.

    Raises:
        ConfigurationError: nothing of that name is installed, two packages claim it, it fails to
            import, or it is nothing to call.
    """
    points = _points(group, name)
    if not points:
        known = ", ".join(sorted({*built_in, *names(group)})) or "none"
        problem = f"no {group.noun} is called {name!r}; there are: {known}"
        raise ConfigurationError([Fault(where, problem)])
    if len(points) > 1:
        claimed = " and ".join(sorted(_package(point) for point in points))
        raise ConfigurationError([Fault(where, f"{claimed} both bring a {group.noun} called {name!r}")])
    try:
        return _factory(points[0])
    except PluginBroken as error:
        problem = f"the {group.noun} {name!r} of {_package(points[0])} can't be used: {error}"
        raise ConfigurationError([Fault(where, problem)]) from error


def survey() -> tuple[Plugin, ...]:
    """Import every installed plug-in and return what is there, the broken ones with their problem."""
    found: list[Plugin] = []
    for group in Group:
        for name in names(group):
            points = _points(group, name)
            for point in points:
                problem = "another package brings the same name" if len(points) > 1 else ""
                try:
                    _factory(point)
                except PluginBroken as error:
                    problem = str(error)
                found.append(Plugin(group, name, _package(point), point.value, problem))
    return tuple(found)


class PluginBroken(Exception):
    """A plug-in can't be imported, or is nothing to call."""


def _factory(point: EntryPoint) -> Callable[..., Any]:
    try:
        factory = point.load()
    except (Exception, SystemExit) as error:  # a stranger's module may raise anything when imported
        raise PluginBroken(f"{point.value} raises {type(error).__name__}: {error}") from error
    if not callable(factory):
        raise PluginBroken(f"{point.value} is of type {type(factory).__name__}, nothing to call")
    return factory  # type: ignore[no-any-return]


def _points(group: Group, name: str) -> list[EntryPoint]:
    """Return the entry points of that name, a package that is on the path twice only once."""
    points = {
        (_package(point), point.value): point
        for point in _installed(group, tuple(sys.path)).select(name=name)
    }
    return list(points.values())


def _package(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist else "an unknown package"
