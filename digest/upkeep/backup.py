"""One file with all that a newsroom must not lose, and the way back from it.

The file is a plain tar: `about.json`, `database`, and `digest.toml` where asked for. Encrypted it is a file
of age's (https://age-encryption.org), made and read by the program of that name.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tarfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from digest.errors import BadData, DigestError, OutputUnwritable
from digest.settings.loading import Loaded
from digest.storage import database_backup
from digest.storage.database import open_database
from digest.wiring.epoch import epoch_of
from digest.wiring.newsroom import check_schema, database_url, direct_url

ABOUT, DATABASE, CONFIG = "about.json", "database", "digest.toml"
_AGE = b"age-encryption.org/"
_MOST_ABOUT = 10_000


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back.

    Attributes:
        made_at: when the backup was made.
        kept: where the database before is; None where there was none.
    """

    made_at: datetime
    kept: Path | None


def back_up(
    loaded: Loaded,
    target: Path,
    *,
    now: datetime,
    with_config: bool = False,
    recipients: Sequence[str] = (),
    copied: Callable[[int, int], None] | None = None,
) -> None:
    """Write a backup, while others may send. Afterwards this database counts as newer than the backup.

    Args:
        with_config: digest.toml too, whose secret key readers' links are signed with.
        recipients: age's public keys; none for a file that is not encrypted.

    Raises:
        DatabaseUnavailable: the database can't be read now.
        OutputUnwritable: the file is there already or can't be written, or age fails.
        SchemaOutdated: the database wants `digest migrate`.
    """
    if target.exists():
        raise OutputUnwritable(target, "it is there already; nothing was changed")
    url = database_url(loaded.settings)
    check_schema(url)
    database = open_database(url)
    try:
        with _beside(target) as folder:
            database_backup.back_up(direct_url(loaded.settings), folder / DATABASE, copied=copied)
            epoch_of(loaded, database).pass_by()
            _pack(folder, loaded.config if with_config else None, now)
            if recipients:
                keys = [word for key in recipients for word in ("-r", key)]
                _age([*keys, "-o", str(folder / "sealed"), str(folder / "packed")])
            (folder / ("sealed" if recipients else "packed")).rename(target)
    except DigestError:
        raise
    except OSError as problem:
        raise OutputUnwritable(target, problem.strerror or str(problem)) from problem
    finally:
        database.close()


def put_back(
    load: Callable[[], Loaded],
    source: Path,
    *,
    config: Path,
    now: datetime,
    identity: Path | None = None,
    may_replace: bool = False,
) -> Restored:
    """Make a newsroom what a backup holds. What was due by now waits for a word before it leaves.

    Args:
        load: reads the configuration, once it is there.
        config: where digest.toml is put if it is not there and the backup holds it.
        identity: age's private key, for an encrypted backup.

    Raises:
        BadData: the file is no backup, or of another kind of database, or a database is there already.
        ConfigurationError: there is no configuration to say where the database goes.
        DatabaseUnavailable: the database can't be written.
        OutputUnwritable: a file can't be.
    """
    try:
        with _beside(source) as folder:
            about = _unpack(_opened(source, folder, identity), folder)
            if not config.exists() and (folder / CONFIG).exists():
                shutil.copyfile(folder / CONFIG, config)
                config.chmod(0o600)
            loaded = load()
            url = database_url(loaded.settings)
            kept = database_backup.put_back(
                direct_url(loaded.settings), folder / DATABASE, may_replace=may_replace, now=now
            )
    except DigestError:
        raise
    except OSError as problem:
        raise OutputUnwritable(source, problem.strerror or str(problem)) from problem
    database = open_database(url)
    try:
        epoch_of(loaded, database).found(now=now)
    finally:
        database.close()
    return Restored(about, kept)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Yield a private folder on the same disk, for what is half done."""
    with TemporaryDirectory(prefix=".digest-", dir=path.absolute().parent) as folder:
        yield Path(folder)


def _pack(folder: Path, config: Path | None, now: datetime) -> None:
    parts = {DATABASE: folder / DATABASE, **({CONFIG: config} if config is not None else {})}
    about = {
        "made_at": now.isoformat(),
        "version": metadata.version("newsroom-digest"),
        "sha256": {name: _sum(path) for name, path in parts.items()},
    }
    (folder / ABOUT).write_text(json.dumps(about), encoding="utf-8")
    (folder / "packed").touch(mode=0o600)
    with tarfile.open(folder / "packed", "w") as tar:
        tar.add(folder / ABOUT, ABOUT)
        for name, path in parts.items():
            tar.add(path, name)


def _opened(source: Path, folder: Path, identity: Path | None) -> Path:
    """Return the tar: the file itself, or what age makes of it."""
    with source.open("rb") as file:
        if file.read(len(_AGE)) != _AGE:
            return source
    if identity is None:
        raise BadData(str(source), "it is encrypted", "Name the file with age's key: --identity FILE.")
    _age(["--decrypt", "-i", str(identity), "-o", str(folder / "packed"), str(source)])
    return folder / "packed"


def _unpack(packed: Path, folder: Path) -> datetime:
    """Take the known parts out of a tar, whatever else it holds; return when it was made."""
    try:
        with tarfile.open(packed, "r:") as tar:
            for name in (ABOUT, DATABASE, CONFIG):
                _take(tar, name, folder / name)
        with (folder / ABOUT).open(encoding="utf-8") as file:
            about = json.loads(file.read(_MOST_ABOUT))
        _require_sums(folder, about)
        return datetime.fromisoformat(about["made_at"])
    except FileNotFoundError as missing:
        problem = f"it is no backup of ours: {Path(str(missing.filename)).name} is missing in it"
        raise BadData(str(packed), problem, "Name another file.") from missing
    except (tarfile.TarError, AttributeError, KeyError, TypeError, ValueError) as problem:
        raise BadData(str(packed), f"it is no backup of ours: {problem}", "Name another file.") from problem


def _require_sums(folder: Path, about: Mapping[str, Any]) -> None:
    """Refuse parts that are not as they were written; a backup of before tells no sums."""
    for name, wanted in about.get("sha256", {}).items():
        if name in {DATABASE, CONFIG} and _sum(folder / name) != wanted:
            raise ValueError(f"{name} in it is not as it was written")


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _take(tar: tarfile.TarFile, name: str, to: Path) -> None:
    try:
        member = tar.getmember(name)
    except KeyError:
        if name == CONFIG:
            return
        raise
    content = tar.extractfile(member) if member.isfile() else None
    if content is None:
        raise ValueError(f"{name} is no file")
    to.touch(mode=0o600)
    with content, to.open("wb") as file:
        shutil.copyfileobj(content, file)


def _age(words: Sequence[str]) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - age's own words, keys and files
            ["age", *words],  # noqa: S607 - wherever it is installed
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError as missing:
        raise BadData("age", "the program is not installed here", "Install it, or do without.") from missing
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["it failed"])[0]
        raise BadData("age", said, "See its own help for keys.")
