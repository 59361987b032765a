"""Which rules of the world's clocks count: the system's, or those of the newer `tzdata` package.

Python looks into the system's folder first (PEP 615), however old that is: on a Debian 12 of 2025 a
newsletter of Vancouver or Casablanca would leave an hour off in the winter of 2026.
"""

from __future__ import annotations

import os
import re
import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import tzdata

_VERSION = re.compile(r"(?:# version )?(\d{4}[a-z]{1,3})\s*\Z")
_FILES = "tzdata.zi", "+VERSION", "VERSION"
"""Where distributions write the version of their rules; the first line of each."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules that count.

    Attributes:
        version: as IANA names it (2026a); empty where nobody says.
        origin: a folder, or "the tzdata package".
        passed_over: an older version that the machine has too; empty where there is none.
    """

    version: str
    origin: str
    passed_over: str = ""


PACKAGE = "the tzdata package"


def in_force() -> Rules:
    """Return the rules that zones are made of now, without a change."""
    package, folder = tzdata.IANA_VERSION, _folder(zoneinfo.TZPATH)
    if folder is None:
        older = _folder(_standard_path())
        return Rules(package, PACKAGE, "" if older is None else _version(older))
    return Rules(_version(folder), str(folder))


def take_the_newer() -> None:
    """Let the `tzdata` package count where it is newer than the system's rules.

    Called once, before any zone is made. A PYTHONTZPATH that somebody set stays as it is, and so do rules
    that do not say how old they are.
    """
    if "PYTHONTZPATH" in os.environ:
        return
    folder = _folder(zoneinfo.TZPATH)
    if folder is not None and (found := _version(folder)) and found < tzdata.IANA_VERSION:
        zoneinfo.reset_tzpath(to=())
        zoneinfo.ZoneInfo.clear_cache()


def _standard_path() -> Sequence[str]:
    """Return where Python looks if it is told nothing."""
    return ("/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo")


def _folder(path: Sequence[str]) -> Path | None:
    """Return the first folder that has zones in it."""
    return next((Path(one) for one in path if (Path(one) / "Europe").is_dir()), None)


def _version(folder: Path) -> str:
    """Return the version of a folder's rules; empty where it does not say."""
    for name in _FILES:
        try:
            with (folder / name).open(encoding="ascii", errors="replace") as file:
                found = _VERSION.match(file.readline(100))
        except OSError:
            continue
        if found:
            return found[1]
    return ""
