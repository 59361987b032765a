"""The machine: its database, disk, clock, time zones, files and what is installed."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from datetime import timedelta

from digest import plugins
from digest.errors import ConfigurationError, DatabaseUnavailable, MissingExtra, SchemaOutdated
from digest.installing import install_line
from digest.rendering.checks.findings import Finding, Level
from digest.settings import kinds
from digest.settings.schema import Settings
from digest.settings.source_kinds import FolderSettings, SitemapSettings
from digest.storage.pooling import is_pooled, require_writes
from digest.upkeep import refusing, time_zones
from digest.upkeep.alarms.of_the_machine import disks, places
from digest.upkeep.doctor.patient import Examined, Patient
from digest.wiring.newsroom import check_schema, database_url, direct_url

OLD_RULES_YEARS = 1
SLOW = timedelta(minutes=5)

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
        refusing.check(patient.loaded.settings, patient.loaded.origins)
    except ConfigurationError as refused:
        place = str(patient.loaded.config or "the configuration")
        found = tuple(
            Finding(Level.ERROR, "settings", one.where, one.problem, f"mend it in {one.origin or place}")
            for one in refused.faults
        )
        return Examined("settings", "", found)
    return Examined("settings", "let a run begin, and the desk open")


def schema(settings: Settings) -> Iterator[Finding]:
    """Yield that the database can't be read, or has not this version's tables."""
    try:
        check_schema(database_url(settings))
    except SchemaOutdated as other:
        problem, remedy = "has not this version's tables", "run `digest migrate`"
        if other.is_newer:
            problem = f"has the tables of a newer version ({other.found}; this one knows {other.needed})"
            remedy = (
                "install the newer version again, or put back the backup of before (docs/how-to/backup.md)"
            )
        yield Finding(Level.ERROR, "database", "the database", problem, remedy)
    except DatabaseUnavailable as away:
        remedy = in_a_clause(away.remedy)
        yield Finding(Level.ERROR, "database", "the database", f"can't be read ({away.problem})", remedy)
    except ConfigurationError as no_database:
        said = "; ".join(fault.problem for fault in no_database.faults)
        yield Finding(
            Level.ERROR, "database", "the database", f"can't be read ({said})", "see database.url"
        )


def database(patient: Patient) -> Examined:
    """Look whether the database can be read and has this version's tables."""
    try:
        found = tuple(schema(patient.loaded.settings))
        if not found:
            found = (
                *_unopened(patient),
                *_unwritable(patient.loaded.settings),
                *_pool(patient.loaded.settings),
            )
    except MissingExtra as missing:
        problem = f"can't be read ({str(missing).rstrip('.')})"
        found = (Finding(Level.ERROR, "database", "the database", problem, "see database.url"),)
    return Examined("database", "can be read, and its tables are this version's", found)


def _unopened(patient: Patient) -> Iterator[Finding]:
    """Yield what a run met that opened all it needs: a server that lends one connection, say."""
    away = patient.problem
    if isinstance(away, DatabaseUnavailable):
        problem, remedy = f"can't be used by a run ({away.problem})", in_a_clause(away.remedy)
        yield Finding(Level.ERROR, "database", "the database", problem, remedy)


def _unwritable(settings: Settings) -> Iterator[Finding]:
    """Yield that the database can be read, but not written: nothing is, to find out."""
    try:
        require_writes(database_url(settings))
    except DatabaseUnavailable as away:
        problem, remedy = f"can't be written ({away.problem})", in_a_clause(away.remedy)
        yield Finding(Level.ERROR, "database", "the database", problem, remedy)


def in_a_clause(sentence: str) -> str:
    """Return a sentence as a finding's fix: a clause."""
    return sentence[:1].lower() + sentence[1:].rstrip(".")


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
    """Look for room where the database and the folder are: for bytes, and for files."""
    settings = patient.loaded.settings
    folders = [patient.loaded.folder, *places(settings)]
    bound = settings.alerts.disk_percent
    full = [
        (one, f"is {one.percent} % full: {one.free // 2**20} MiB are left")
        for one in disks(folders, patient.world.disk)
        if one.percent >= bound
    ]
    crowded = [
        (one, f"has as many files as it can hold: {one.percent} %, {one.free} more fit")
        for one in disks(folders, patient.world.inodes)
        if one.percent >= bound
    ]
    remedy = "make room: a full disk stops the ledger, and with it every edition"
    found = tuple(
        Finding(Level.WARNING, "disk", f"the disk of {one.path}", problem, remedy)
        for one, problem in (*full, *crowded)
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
        return Examined("clock", "", (one, *_ahead(patient)))
    found = tuple(_ahead(patient))
    return Examined(
        "clock",
        "is kept right" if kept else "shows a time; whether it is right nobody here knows",
        found,
    )


def _ahead(patient: Patient) -> Iterator[Finding]:
    """Yield that something was done here at a time that this clock has still before it."""
    if patient.newsroom is None:
        return
    runs = patient.newsroom.database.runs.listed(limit=1)
    beats = patient.newsroom.database.heartbeats.listed()
    latest, what = max(
        (
            (patient.now, ""),
            *((one.ended_at, "the last run ended") for one in runs),
            *((one.beat_at, f"{one.kind} {one.name} was heard of") for one in beats),
        )
    )
    if latest - patient.now > SLOW:
        problem = f"shows {patient.now:%Y-%m-%d %H:%M %Z}, and {what} {latest:%Y-%m-%d %H:%M %Z}"
        remedy = "set it right (timedatectl), before an edition leaves at the wrong hour"
        yield Finding(Level.ERROR, "clock", "this machine's clock", problem, remedy)


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


def extras(patient: Patient) -> Examined:
    """Look whether what the settings ask for is installed."""
    found = []
    for extra, why in _wanted(patient.loaded.settings):
        if any(_is_missing(name) for name in EXTRAS[extra]):
            remedy = install_line(extra)
            found.append(Finding(Level.ERROR, "extras", why, f"needs the extra `{extra}`", remedy))
    return Examined("extras", "that the settings need are installed", tuple(found))


def plug_ins(_patient: Patient) -> Examined:
    """Look whether every plug-in that is installed can be loaded, used or not."""
    found = tuple(
        Finding(
            Level.WARNING,
            "plug-ins",
            f"the {one.group.noun} {one.name} of {one.package}",
            f"can't be used ({one.problem})",
            "install another version of that package, or take it away",
        )
        for one in plugins.survey()
        if one.problem
    )
    return Examined("plug-ins", "can be loaded, where there are any", found)


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
    yield from (("extraction", where) for where in _of_pages(settings))
    if settings.desk.oidc is not None:
        yield "oidc", "desk.oidc"
    if settings.tracing.endpoint:
        yield "tracing", "tracing.endpoint"


def _of_pages(settings: Settings) -> Iterator[str]:
    """Yield the sources whose articles are pages."""
    for key, newsletter in settings.newsletters.items():
        for source in newsletter.sources:
            if _needs_pages(source):
                yield f"newsletters.{key}.sources: {source.key}"


def _needs_pages(source: object) -> bool:
    """Tell whether articles of a source are pages, whatever it says of them."""
    if isinstance(source, FolderSettings):
        return any(True for _ in source.path.glob("*.htm*"))
    return isinstance(source, SitemapSettings)
