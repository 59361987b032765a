"""The machine: its database, disk, clock, time zones, files and what is installed."""

from __future__ import annotations

import importlib.util
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from digest.errors import ConfigurationError, DatabaseUnavailable, MissingExtra, SchemaOutdated
from digest.installing import install_line
from digest.rendering.checks.findings import Finding, Level
from digest.settings import kinds
from digest.settings.layers import read_dotenv
from digest.settings.schema import Settings
from digest.storage.database import file_of
from digest.storage.pooling import is_pooled
from digest.upkeep import refusing, time_zones
from digest.upkeep.alarms.of_the_machine import disks, places
from digest.upkeep.doctor.patient import Examined, Patient
from digest.wiring.newsroom import check_schema, database_url, direct_url

OTHERS = stat.S_IRWXG | stat.S_IRWXO
OLD_RULES_YEARS = 1

EXTRAS = {
    "desk": ("starlette", "uvicorn", "argon2", "cryptography"),
    "postgres": ("psycopg",),
    "feedback": ("flufl.bounce",),
    "extraction": ("trafilatura",),
    "check": ("dns",),
    "llm": ("pydantic_ai",),
    "oidc": ("joserfc",),
    "tracing": ("opentelemetry.sdk",),
}
"""By which package an extra is known to be there."""


def settings(patient: Patient) -> Examined:
    """Look for what a run, or the desk, would refuse before it does anything."""
    try:
        refusing.check(patient.loaded.settings)
    except ConfigurationError as refused:
        remedy = f"mend it in {patient.loaded.config or 'the configuration'}"
        found = [Finding(Level.ERROR, "settings", one.where, one.problem, remedy) for one in refused.faults]
        return Examined("settings", "", tuple(found))
    return Examined("settings", "let a run begin, and the desk open")


def schema(settings: Settings) -> Iterator[Finding]:
    """Yield that the database can't be read, or has not this version's tables."""
    try:
        check_schema(database_url(settings))
    except SchemaOutdated:
        yield Finding(
            Level.ERROR, "database", "the database", "has not this version's tables", "run `digest migrate`"
        )
    except DatabaseUnavailable as away:
        # pgbouncer's own word where it is to hand out connections by the statement.
        is_pool = "statement pooling" in str(away)
        remedy = "let pgbouncer pool by transaction (pool_mode)" if is_pool else "see database.url"
        yield Finding(Level.ERROR, "database", "the database", f"can't be read ({away})", remedy)


def database(patient: Patient) -> Examined:
    """Look whether the database can be read and has this version's tables."""
    try:
        found = tuple(schema(patient.loaded.settings))
        if not found:
            found = tuple(_pool(patient.loaded.settings))
    except MissingExtra as missing:
        problem = f"can't be read ({str(missing).rstrip('.')})"
        found = (Finding(Level.ERROR, "database", "the database", problem, "see database.url"),)
    return Examined("database", "can be read, and its tables are this version's", found)


def _pool(settings: Settings) -> Iterator[Finding]:
    """Yield that a pool stands where a session of one's own is needed."""
    direct = direct_url(settings)
    try:
        if not is_pooled(direct):
            return
    except DatabaseUnavailable as away:
        problem, remedy = f"can't be reached ({away})", "see database.direct_url"
        yield Finding(Level.ERROR, "database", "PostgreSQL itself", problem, remedy)
        return
    problem = (
        "is reached through a pool (pgbouncer): in its transaction or statement mode workers hear no "
        "wake-up call, and backups fail"
    )
    remedy = "name PostgreSQL's own address in database.direct_url"
    yield Finding(Level.WARNING, "database", "the database", problem, remedy)


def disk(patient: Patient) -> Examined:
    """Look for room where the database and the folder are."""
    settings = patient.loaded.settings
    found = tuple(
        Finding(
            Level.WARNING,
            "disk",
            f"the disk of {one.path}",
            f"is {one.percent} % full: {one.free // 2**20} MiB are left",
            "make room: a full disk stops the ledger, and with it every edition",
        )
        for one in disks([patient.loaded.folder, *places(settings)], patient.world.disk)
        if one.percent >= settings.alerts.disk_percent
    )
    return Examined("disk", "has room", found)


def clock(patient: Patient) -> Examined:
    """Look whether something keeps the clock right."""
    kept = patient.world.clock_is_kept()
    if kept is False:
        problem = "is kept right by nothing, and editions leave by it"
        one = Finding(
            Level.WARNING, "clock", "this machine's clock", problem, "start systemd-timesyncd or chrony"
        )
        return Examined("clock", "", (one,))
    return Examined(
        "clock", "is kept right" if kept else "shows a time; whether it is right nobody here knows"
    )


def zones(patient: Patient) -> Examined:
    """Look how old the rules of the world's clocks are."""
    rules = time_zones.in_force()
    year = int(rules.version[:4]) if rules.version else patient.now.year
    shown = f"{rules.version or 'of no known version'} of {rules.origin}"
    if rules.passed_over:
        shown += f"; the system's {rules.passed_over} is older and passed over"
    found: tuple[Finding, ...] = ()
    if patient.now.year - year > OLD_RULES_YEARS:
        problem = f"are of {rules.version}: zones that have changed since are an hour off"
        remedy = "pip install -U tzdata, or upgrade the system's package of that name"
        found = (Finding(Level.WARNING, "time zones", "the rules of time zones", problem, remedy),)
    return Examined("time zones", f"are {shown}", found)


def files(patient: Patient) -> Examined:
    """Look for files with secrets or readers in them that others may read."""
    found = []
    for path in _private(patient):
        try:
            mode = path.stat().st_mode
        except OSError:
            continue
        if mode & OTHERS:
            problem = f"may be read or written by others (mode {stat.S_IMODE(mode):o})"
            remedy = f"chmod {'700' if stat.S_ISDIR(mode) else '600'} {path}"
            found.append(Finding(Level.WARNING, "files", str(path), problem, remedy))
    return Examined("files", "are read by their owner alone", tuple(found))


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


def extras(patient: Patient) -> Examined:
    """Look whether what the settings ask for is installed."""
    found = []
    for extra, why in _wanted(patient.loaded.settings):
        if any(_is_missing(name) for name in EXTRAS[extra]):
            remedy = install_line(extra)
            found.append(Finding(Level.ERROR, "extras", why, f"needs the extra `{extra}`", remedy))
    return Examined("extras", "that the settings need are installed", tuple(found))


def _is_missing(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is None
    except ModuleNotFoundError:  # of a package whose parent is not there
        return True


def _wanted(settings: Settings) -> Iterator[tuple[str, str]]:
    if database_url(settings).startswith("postgresql"):
        yield "postgres", "database.url"
    if isinstance(settings.summaries, kinds.LlmSettings):
        yield "llm", 'summaries.kind = "llm"'
    if isinstance(settings.transport, kinds.SmtpSettings) and settings.transport.bounces is not None:
        yield "feedback", "transport.bounces"
    if settings.desk.oidc is not None:
        yield "oidc", "desk.oidc"
    if settings.tracing.endpoint:
        yield "tracing", "tracing.endpoint"


def _private(patient: Patient) -> Iterator[Path]:
    if patient.loaded.config is not None:
        yield patient.loaded.config
    yield from _secrets(patient.loaded.folder)
    file = file_of(database_url(patient.loaded.settings))
    if file is not None:
        yield from (Path(f"{file}{ending}") for ending in ("", "-wal", "-shm", ".epoch"))
    transport = patient.loaded.settings.transport
    if isinstance(transport, kinds.OutboxSettings):
        yield transport.path


def _secrets(folder: Path) -> Iterator[Path]:
    """Yield what holds secrets beside the configuration; a container's own secrets are its runtime's."""
    dotenv = folder / ".env"
    yield dotenv
    variables, _ = read_dotenv(dotenv)
    named = os.environ.get("DIGEST_SECRETS_DIR") or variables.get("DIGEST_SECRETS_DIR") or ""
    place = (folder / Path(named).expanduser()).absolute()
    if not named or place.is_relative_to("/run/secrets"):
        return
    yield place
    try:
        yield from sorted(place.iterdir())
    except OSError:
        return
