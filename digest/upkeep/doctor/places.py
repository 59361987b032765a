"""The places that the settings name: programs, files and folders that are needed later."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from digest.rendering.checks.findings import Finding, Level
from digest.settings import kinds
from digest.settings.schema import Settings
from digest.upkeep.doctor.patient import Examined, Patient


def places(patient: Patient) -> Examined:
    """Look whether the programs, files and folders of the settings are there, and can be used."""
    return Examined("places", "that the settings name are there", tuple(findings(patient.loaded.settings)))


def findings(settings: Settings) -> Iterator[Finding]:
    """Yield each place that is not there, or can't be used by whoever asks."""
    if settings.alerts.command:
        yield from _program("alerts.command", settings.alerts.command[0])
    if settings.metrics.textfile is not None:
        yield from _file("metrics.textfile", settings.metrics.textfile)
    transport = settings.transport
    if isinstance(transport, kinds.OutboxSettings):
        yield from _writable("transport.path", transport.path)
    if isinstance(transport, kinds.SmtpSettings) and transport.bounces is not None:
        yield from _there("transport.bounces.path", transport.bounces.path)
    for key, newsletter in settings.newsletters.items():
        for source in newsletter.sources:
            path = getattr(source, "path", None)
            if isinstance(path, Path):
                yield from _there(f"newsletters.{key}.sources: {source.key}", path)


def _program(setting: str, name: str) -> Iterator[Finding]:
    if shutil.which(name):
        return
    problem = "can't be run: it is no program" if _exists(Path(name)) else "is not there"
    remedy = f"name a program by its whole path in {setting}, and let it be run (chmod +x)"
    yield _missing(f"{setting} {name}", problem, remedy)


def _file(setting: str, path: Path) -> Iterator[Finding]:
    if path.is_dir():
        yield _missing(f"{setting} {path}", "is a folder", f"name a file in {setting}")
    elif not _exists(path.parent) or not path.parent.is_dir():
        remedy = f"mkdir -p {path.parent}, or name another one in {setting}"
        yield _missing(f"{setting} {path}", "is in a folder that is not there", remedy)
    else:
        yield from _writable(setting, path.parent)


def _writable(setting: str, path: Path) -> Iterator[Finding]:
    """Yield that we may not write where a folder is, or is to be made."""
    there = next((one for one in (path, *path.parents) if _exists(one)), path)
    if there.is_dir() and not os.access(there, os.W_OK | os.X_OK):
        remedy = "give it to the user who runs this, or name another one"
        yield _missing(f"{setting} {there}", "can't be written by this user", remedy)


def _there(setting: str, path: Path | None) -> Iterator[Finding]:
    """Yield that we can't read what others may still put there: no more than a warning."""
    if path is None:
        return
    if not _exists(path):
        yield _missing(f"{setting} {path}", "is not there", "make it, or name another one", Level.WARNING)
    elif not os.access(path, os.R_OK):
        remedy = "let the user who runs this read it"
        yield _missing(f"{setting} {path}", "can't be read by this user", remedy, Level.WARNING)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # below a folder that is closed to us
        return False


def _missing(element: str, problem: str, remedy: str, level: Level = Level.ERROR) -> Finding:
    return Finding(level, "places", element, problem, remedy)
