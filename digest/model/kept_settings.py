"""Settings that were changed at the desk: values by their place, in versions that only grow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

Place = tuple[str, ...]
"""The way to a value: `newsletters`, a newsletter's key, and on; a section stands by its key, a source by
its name. The place of a newsletter, a section or a source itself holds whether it is there; that of a
list, its order."""


@dataclass(frozen=True, slots=True)
class KeptValue:
    """What the desk says of one place.

    Attributes:
        json: `null` for nothing at all, whatever the file says.
        version: the one that said it.
    """

    json: str
    version: int
    who: str
    at: datetime

    @property
    def origin(self) -> str:
        """Return where it came from, as `digest config` tells it."""
        return f"desk, version {self.version}, {self.who}"


@dataclass(frozen=True, slots=True)
class Kept:
    """All that the desk says, as of one version; 0 for nothing yet."""

    version: int = 0
    values: Mapping[Place, KeptValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SettingChange:
    """One value that a version changed.

    Attributes:
        before, after: as JSON; None where the desk says nothing, so that the file counts.
    """

    place: Place
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class SettingsVersion:
    """What somebody changed at once."""

    number: int
    who: str
    at: datetime
    said: str
    changes: tuple[SettingChange, ...] = ()
