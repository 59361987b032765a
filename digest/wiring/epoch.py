"""What this machine remembers of what has left, beside the database: an older copy sends nothing twice.

A database that was restored knows nothing of what left after its backup, and would send that again. So each
time an edition begins or ends to leave, the database counts one more, and the file beside it notes the
count and the edition. A file that is ahead of its database proves that the database is a copy from
before: whatever began to leave since then waits for somebody's word.

A folder that was copied whole has a file that is as old as its database. Such a file tells by itself that
it is a copy: it names its own inode and when it was written, and a copy has another inode, made later.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from digest.model import EditionKey
from digest.settings.loading import Loaded
from digest.storage import database as our_storage
from digest.storage.database import Database
from digest.storage.epochs import SqlEpochs

log = logging.getLogger(__name__)

COPIED_AFTER_S = 2.0
"""A file is renamed so soon after it was written: a later change is a copy's, or that of its mode."""

MOST_NOTED = 200
"""Editions, the newest by count: older ones are past every deadline."""


@dataclass(slots=True)
class Remembered:
    """What the file holds.

    Attributes:
        epoch: the highest count that was seen.
        noted: editions by name, with the count when each last began or ended to leave.
        waiting: editions that began to leave after the database's backup, and wait for a word.
        lifted: editions whose word was given.
        found_at: when a database that has sent before was first seen here, without a file, or with a
            copy of one; ISO 8601.
        inode: the file's own; 0 in files of before.
        written: when it was, in seconds of the file system's clock.
        is_copy: the file is not the one that was written, but a copy of it; never stored.
    """

    epoch: int = 0
    noted: dict[str, int] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)
    lifted: list[str] = field(default_factory=list)
    found_at: str = ""
    inode: int = 0
    written: float = 0.0
    is_copy: bool = False


class FileEpoch:
    """The file beside the database; several processes may use it at once."""

    def __init__(self, path: Path, database: SqlEpochs, *, is_beside: bool) -> None:
        """Touch nothing yet.

        Args:
            path: the file, which only this class writes.
            is_beside: the database is a file in the same folder, so that a copy without its memory is one
                that was moved or restored. A database elsewhere may be new to this machine alone.
        """
        self._path, self._database, self._is_beside = path, database, is_beside

    def look(self, *, now: datetime) -> None:
        """Find out whether the database is older than what is remembered here."""
        with self._locked():
            memory = self._read()
            count = self._database.now()
            if memory is None:
                if count and self._is_beside:
                    log.warning("%s is new here: what was due already waits for a word", self._path.stem)
                    self._write(Remembered(epoch=count, found_at=now.isoformat()))
                return
            if memory.is_copy and self._is_beside:
                log.warning("%s is a copy: what was due already waits for a word", self._path.stem)
                memory.found_at, memory.lifted = now.isoformat(), []
                self._write(memory)
            if memory.epoch <= count:
                return
            since = [name for name, at in memory.noted.items() if at > count]
            memory.waiting = sorted({*memory.waiting, *since})
            # A word was given for the restore of before: what left by it has left since this backup, too.
            memory.lifted = [name for name in memory.lifted if name not in memory.waiting]
            log.warning(
                "the database is older than what this machine remembers (it was restored): %s",
                f"{', '.join(memory.waiting)} must wait for a word" if since else "nothing left since",
            )
            # The file first: if we die in between, the next look finds the same once more.
            self._write(memory)
            memory.epoch = self._database.advance(above=memory.epoch)
            self._write(memory)

    def found(self, *, now: datetime) -> None:
        """Note that the database was put here just now; where there is a memory, `look` finds out more."""
        with self._locked():
            if self._read() is None:
                self._write(Remembered(epoch=self._database.now(), found_at=now.isoformat()))

    def why_waits(self, key: EditionKey, *, due: datetime | None) -> str:
        """Return why nothing of an edition may leave before somebody's word; empty where it may.

        Args:
            due: when it was due to leave; None where a person sends it by hand.
        """
        memory = self._read()
        if memory is None or str(key) in memory.lifted:
            return ""
        if str(key) in memory.waiting:
            return "it began to leave after the backup from which the database was restored"
        if due is not None and memory.found_at and due < datetime.fromisoformat(memory.found_at):
            return (
                "the database was moved or restored here after it was due, and may have sent it elsewhere"
            )
        return ""

    def lift(self, key: EditionKey) -> None:
        """Let an edition leave, on somebody's word."""
        with self._locked():
            memory = self._read() or Remembered(epoch=self._database.now())
            memory.waiting = [name for name in memory.waiting if name != str(key)]
            memory.lifted = [*memory.lifted, str(key)][-MOST_NOTED:]
            self._write(memory)

    @contextmanager
    def noted(self, key: EditionKey) -> Iterator[None]:
        """Note that an edition begins to leave, and that it ended."""
        self._note(key)
        try:
            yield
        finally:
            self._note(key)

    def pass_by(self) -> None:
        """Count one more for no edition: what was copied before is older from now on."""
        self._note(None)

    def _note(self, key: EditionKey | None) -> None:
        with self._locked():
            # The database first: a file that is ahead by a crash would call the database a copy.
            count = self._database.advance()
            memory = self._read() or Remembered()
            memory.epoch = max(memory.epoch, count)
            if key is not None:
                memory.noted[str(key)] = count
            memory.noted = dict(sorted(memory.noted.items(), key=lambda one: one[1])[-MOST_NOTED:])
            self._write(memory)

    def _read(self) -> Remembered | None:
        """Return what is remembered; None where there is no file, or one that nobody can read."""
        try:
            with self._path.open(encoding="utf-8") as file:
                memory = _memory(json.load(file))
                memory.is_copy = _is_copy(memory, os.fstat(file.fileno()))
        except FileNotFoundError:
            return None
        except (OSError, KeyError, ValueError, TypeError) as problem:
            log.warning("%s can't be read and is begun anew: %s", self._path, problem)
            return None
        return memory

    def _write(self, memory: Remembered) -> None:
        """Replace the file in one step; where that fails the day goes on without a memory."""
        part = self._path.with_name(f"{self._path.name}.part")
        try:
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                own = os.fstat(descriptor)
                memory.inode, memory.written, memory.is_copy = own.st_ino, own.st_ctime, False
                values = asdict(memory)
                del values["is_copy"]
                json.dump(values, file, indent=1)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._path)
        except OSError as problem:
            log.warning("%s can't be written, a restored database would go unnoticed: %s", part, problem)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Let one process at a time change file and count together, where the folder can be locked."""
        try:
            folder = os.open(self._path.parent, os.O_RDONLY)
        except OSError:
            yield
            return
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)


def _is_copy(memory: Remembered, found: os.stat_result) -> bool:
    """Tell whether a file is another one than was written.

    Two signs, for each alone deceives: some file systems number their files anew when they are mounted, and
    `chmod` changes a file's time.
    """
    is_other = bool(memory.inode) and found.st_ino != memory.inode
    return is_other and abs(found.st_ctime - memory.written) > COPIED_AFTER_S


def _memory(given: object) -> Remembered:
    """Return what a file's JSON says.

    Raises:
        KeyError, TypeError, ValueError: it is not what was written.
    """
    if not isinstance(given, dict):
        raise TypeError("it is no object")
    return Remembered(
        epoch=int(given["epoch"]),
        noted={str(name): int(at) for name, at in dict(given["noted"]).items()},
        waiting=[str(name) for name in given["waiting"]],
        lifted=[str(name) for name in given["lifted"]],
        found_at=datetime.fromisoformat(given["found_at"]).isoformat() if given["found_at"] else "",
        inode=int(given.get("inode", 0)),
        written=float(given.get("written", 0.0)),
    )


def epoch_of(loaded: Loaded, database: Database) -> FileEpoch:
    """Return what this machine remembers of a newsroom, beside its database or its configuration."""
    url = loaded.settings.database.url.get_secret_value()
    file = our_storage.file_of(url)
    if file is None:
        return FileEpoch(loaded.folder / "digest.epoch", database.epochs, is_beside=False)
    return FileEpoch(file.with_name(f"{file.name}.epoch"), database.epochs, is_beside=True)
