"""The files: who may read and write them, and what kind of disk the ledger lies on."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from digest.rendering.checks.findings import Finding, Level
from digest.settings import kinds
from digest.settings.layers import read_dotenv
from digest.settings.source_kinds import MailboxSettings
from digest.storage.database import file_of
from digest.upkeep.doctor.patient import Examined, Patient
from digest.wiring.newsroom import database_url

OTHERS = stat.S_IRWXG | stat.S_IRWXO
FAR = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "davfs", "ceph", "glusterfs"})
"""File systems of other machines, by the kernel's names; those by FUSE are below."""

FAR_BY_FUSE = ("fuse.sshfs", "fuse.s3fs", "fuse.rclone", "fuse.davfs", "fuse.glusterfs", "fuse.gcsfuse")
FLEETING = frozenset({"tmpfs", "ramfs"})


def files(patient: Patient) -> Examined:
    """Look for files with secrets or readers in them that others may read."""
    found = []
    for path in dict.fromkeys(_private(patient)):
        try:
            mode = path.stat().st_mode
        except OSError:
            continue
        if mode & OTHERS:
            problem = f"may be read or written by others (mode {stat.S_IMODE(mode):o})"
            remedy = f"chmod {'700' if stat.S_ISDIR(mode) else '600'} {path}"
            found.append(Finding(Level.WARNING, "files", str(path), problem, remedy))
    return Examined("files", "are read by their owner alone", tuple(found))


def _private(patient: Patient) -> Iterator[Path]:
    settings, folder = patient.loaded.settings, patient.loaded.folder
    if patient.loaded.config is not None:
        yield patient.loaded.config
    yield from (folder / ".env", folder / "preview")
    yield from _secrets(folder)
    file = file_of(database_url(settings))
    if file is not None:
        yield from (Path(f"{file}{ending}") for ending in ("", "-wal", "-shm", ".epoch"))
    if isinstance(settings.transport, kinds.OutboxSettings):
        yield settings.transport.path
    for newsletter in settings.newsletters.values():
        for source in newsletter.sources:
            if isinstance(source, MailboxSettings) and source.oauth is not None:
                named = (source.oauth.token_file, source.oauth.refresh_token_file)
                yield from (one for one in named if one is not None)


def _secrets(folder: Path) -> Iterator[Path]:
    """Yield the secrets directory and what is in it; a container's own is its runtime's."""
    variables, _ = read_dotenv(folder / ".env")
    named = os.environ.get("DIGEST_SECRETS_DIR") or variables.get("DIGEST_SECRETS_DIR")
    place = (folder / Path(named).expanduser()).absolute() if named else folder
    if not named or place.is_relative_to("/run/secrets"):
        return
    yield place
    try:
        yield from sorted(place.iterdir())
    except OSError:
        return


def umask(patient: Patient) -> Examined:
    """Look whether what commands make is their owner's alone, and their owner's at all."""
    mask = patient.world.umask()
    if mask is None:
        return Examined("umask", "is not told by this system")
    level, problem = Level.WARNING, ""
    if mask & stat.S_IRWXU:
        level, problem = Level.ERROR, "keeps their own owner from new files"
    elif OTHERS & ~mask:
        problem = "lets others at new files, which hold readers and secrets"
    remedy = "set `umask 077` in the crontab's line, or UMask=0077 in the unit"
    found = (Finding(level, "umask", f"umask {mask:04o}", problem, remedy),) if problem else ()
    return Examined("umask", f"is {mask:04o}", found)


def ledger(patient: Patient) -> Examined:
    """Look whether the database's file can be written by whoever runs this, and stays where it is."""
    file = file_of(database_url(patient.loaded.settings))
    if file is None:
        return Examined("ledger", "is kept by PostgreSQL")
    return Examined("ledger", "lies on a disk of this machine, and is ours", tuple(_of_file(patient, file)))


def _of_file(patient: Patient, file: Path) -> Iterator[Finding]:
    kind = patient.world.file_system(file)
    if kind in FAR or kind.startswith(FAR_BY_FUSE):
        problem = f"lies on a disk of another machine ({kind}), where SQLite's locks can't be relied on"
        yield _finding(file, problem, "move it to a disk of this machine, or take PostgreSQL", Level.ERROR)
    if kind in FLEETING:
        problem = f"lies in memory ({kind}): a restart forgets who got what"
        yield _finding(file, problem, "move it, and name its place in database.url")
    for path in (file, file.parent):
        if path.exists() and not os.access(path, os.W_OK):
            remedy = "give it to the user who runs this (chown), or run this as its owner"
            yield _finding(path, "can't be written by this user", remedy, Level.ERROR)
            return
    owner = file.stat().st_uid if file.exists() else patient.world.user()
    if owner != patient.world.user():
        problem = "belongs to another user: what is written beside it now, that one may not change"
        yield _finding(
            file, problem, f"run every command as user {owner} (sudo -u '#{owner}'), or chown it"
        )


def _finding(path: Path, problem: str, remedy: str, level: Level = Level.WARNING) -> Finding:
    return Finding(level, "ledger", str(path), problem, remedy)
