"""Commands that begin something, or begin it again: init, demo, migrate, copy-database, backup, restore."""

from __future__ import annotations

import os
import secrets
import shlex
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from digest import installing
from digest.cli import demo as demonstration
from digest.cli.exits import Exit
from digest.cli.options import session_command
from digest.cli.printing import completing
from digest.cli.printing.progress import watching
from digest.cli.printing.terminal import errors
from digest.cli.session import Session
from digest.errors import OutputUnwritable
from digest.selection.window import instant
from digest.settings import opml as feed_lists
from digest.settings import scaffold
from digest.settings.fields import zone
from digest.settings.loading import DEFAULT_CONFIG
from digest.settings.unpacking import newsletters_of
from digest.upkeep import backup as backups
from digest.upkeep import timers
from digest.wiring import copying, newsroom
from digest.wiring.transport import verp_of

FIRST_COMMANDS = (
    "migrate",
    f"subscribers import {scaffold.SUBSCRIBERS} --list morning",
    "preview morning",
    "run morning",
)
"""What a new folder is told to begin with."""


def add_to(group: click.Group) -> None:
    """Add the commands of this module."""
    session_command(group, "init")(init)
    session_command(group, "demo")(demo)
    session_command(group, "migrate")(migrate)
    session_command(group, "copy-database")(copy_database)
    session_command(group, "backup")(backup)
    session_command(group, "restore")(restore)


def _zone(_: click.Context, __: click.Parameter, value: str) -> ZoneInfo:
    try:
        return zone(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path())
@click.option(
    "--timezone",
    default="UTC",
    show_default=True,
    callback=_zone,
    shell_complete=completing.time_zones,
    help="The zone of the newsletter's times.",
)
@click.option(
    "--opml",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A feed reader's list of feeds: each becomes a source.",
)
@click.option(
    "--cron", is_flag=True, help="Print the crontab lines of FOLDER, made first where it is not there."
)
@click.option(
    "--systemd",
    is_flag=True,
    help="Write units into FOLDER/systemd; FOLDER is made first where it is not there.",
)
def init(
    session: Session, folder: Path, timezone: ZoneInfo, opml: Path | None, *, cron: bool, systemd: bool
) -> int:
    """Make a newsletter folder: digest.toml with comments, a sample article and a sample list."""
    is_for_timers = cron or systemd
    if is_for_timers and _is_there(session, folder):
        return _timers(session, folder, is_cron=cron, is_systemd=systemd)
    feeds = () if opml is None else feed_lists.read(opml.read_bytes(), str(opml))
    names = _make(folder, _contents(session.now, timezone, feeds))
    wrote = [f"wrote {name}" for name in names]
    if feeds:
        wrote.append(f"{sum(one.is_secure for one in feeds)} of {len(feeds)} feeds are sources")
    if is_for_timers:  # what is printed goes into a crontab
        click.echo("\n".join(wrote), err=True)
        return _timers(session, folder, is_cron=cron, is_systemd=systemd)
    go_there = [] if folder == Path() else [f"  cd {shlex.quote(str(folder))}"]
    session.answer(
        {"files": names},
        *wrote,
        "Next:",
        *go_there,
        *(f"  {installing.as_typed()} {command}" for command in FIRST_COMMANDS),
    )
    return Exit.DONE


def _is_there(session: Session, folder: Path) -> bool:
    """Tell whether timers are for a folder of before: a new one is where nothing is yet."""
    return session.config is not None or (folder.is_dir() and any(folder.iterdir()))


def _contents(
    now: datetime, timezone: ZoneInfo, feeds: tuple[feed_lists.ListedFeed, ...]
) -> Mapping[str, str]:
    return scaffold.files(
        secret_key=secrets.token_urlsafe(32),
        before=_first_cutoff(now, timezone),
        timezone=timezone,
        feeds=feeds,
    )


def _make(folder: Path, contents: Mapping[str, str]) -> list[str]:
    """Write a newsletter's files and return their names.

    Raises:
        OutputUnwritable: one is there already, or can't be written.
    """
    taken = [name for name in contents if (folder / name).exists()]
    if taken:
        raise OutputUnwritable(folder / taken[0], "it is already there; nothing was changed")
    for name, text in contents.items():
        _write(folder / name, text)
    try:
        # It holds the key that signs readers' links.
        (folder / scaffold.CONFIG).chmod(0o600)
    except OSError as error:
        raise OutputUnwritable(folder, error.strerror or str(error)) from error
    return [str(folder / name) for name in contents]


def _timers(session: Session, folder: Path, *, is_cron: bool, is_systemd: bool) -> int:
    """Print crontab lines, or write systemd's units, for the newsletters of a folder."""
    if session.config is None:
        session = replace(session, config=folder / scaffold.CONFIG)
    settings = session.load().settings
    newsletters = newsletters_of(settings)
    place = timers.Place(folder.resolve(), installing.program(), _owner(folder))
    today = session.now.date()
    has_bounces = verp_of(settings) is not None
    if is_cron:
        lines = timers.crontab(newsletters, place, today=today, has_bounces=has_bounces)
        session.answer({"crontab": lines}, lines.rstrip())
    if is_systemd:
        texts = timers.units(newsletters, place, today=today, has_bounces=has_bounces)
        for name, text in texts.items():
            _write(folder / "systemd" / name, text)
        names = [str(folder / "systemd" / name) for name in texts]
        starts = " ".join(name for name in texts if name.endswith(".timer"))
        session.answer(
            {"files": names},
            *(f"wrote {name}" for name in names),
            "Next, as root:",
            f"  cp {folder.resolve() / 'systemd'}/digest-* /etc/systemd/system/ && systemctl daemon-reload",
            f"  systemctl enable --now {starts} digest-desk.service",
        )
    return Exit.DONE


def _owner(folder: Path) -> str:
    """Return whose a folder is; empty where the machine has no name for its number."""
    try:
        return folder.owner()
    except (KeyError, NotImplementedError):
        return ""


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputUnwritable(path, error.strerror or str(error)) from error


def _first_cutoff(now: datetime, timezone: ZoneInfo) -> datetime:
    """Return until when the first edition of a new folder takes articles, if it is run soon."""
    return min(now, instant(timezone, now.astimezone(timezone).date(), scaffold.CUTOFF))


@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("demo"))
def demo(session: Session, folder: Path) -> int:
    """Do the whole job on bundled articles, into an outbox, and print where to look."""
    return demonstration.show(session, folder)


@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--with-config", is_flag=True, help="digest.toml too, which holds the secret key.")
@click.option(
    "--age", "recipients", multiple=True, metavar="KEY", help="Encrypt it for this public key of age's."
)
def backup(session: Session, file: Path, *, with_config: bool, recipients: tuple[str, ...]) -> int:
    """Write the whole database into FILE, while others may send.

    A database that is restored from it finds out what has left since, and does not send it again.
    """
    loaded = session.load()
    with watching(errors) as progress:
        backups.back_up(
            loaded,
            file,
            now=session.now,
            with_config=with_config,
            recipients=recipients,
            copied=lambda done, of: progress.step("backup", done, of),
        )
    size = file.stat().st_size
    session.answer({"file": str(file), "bytes": size}, f"wrote {file} ({size / 1e6:,.1f} MB)")
    return Exit.DONE


@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", "may_replace", is_flag=True, help="Keep a database that is there aside.")
@click.option(
    "--identity",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The file with age's private key, for an encrypted backup.",
)
def restore(session: Session, file: Path, *, may_replace: bool, identity: Path | None) -> int:
    """Put the database back that `digest backup` wrote; let nothing send meanwhile.

    What was due since the backup waits for your word: its readers may have it.
    """
    restored = backups.put_back(
        session.load,
        file,
        config=session.config or Path(os.environ.get("DIGEST_CONFIG") or DEFAULT_CONFIG),
        now=session.now,
        identity=identity,
        may_replace=may_replace,
    )
    kept = [f"The database before is {restored.kept}."] if restored.kept else []
    session.answer(
        {"made_at": restored.made_at, "kept": restored.kept and str(restored.kept)},
        f"The database is as it was at {restored.made_at:%Y-%m-%d %H:%M %Z}.",
        *kept,
        "Next: digest migrate. What was due since then waits: `digest run` says how to send it, or not.",
    )
    return Exit.DONE


@click.argument("url")
def copy_database(session: Session, url: str) -> int:
    """Copy everything into an empty database at URL, as from SQLite to PostgreSQL.

    Let nothing send meanwhile. Afterwards put URL into database.url. A password is better left out of
    URL: PostgreSQL reads PGPASSWORD or ~/.pgpass.
    """
    loaded = session.load()
    with watching(errors) as progress:
        counts = copying.copy_database(
            loaded.settings, url, lambda table, rows: progress.step(table, rows, rows)
        )
    session.answer(
        {"rows": counts},
        *(f"{table}: {rows}" for table, rows in counts.items() if rows),
        f"{sum(counts.values())} rows are copied; now put the new database into digest.toml, database.url",
    )
    return Exit.DONE


def migrate(session: Session) -> int:
    """Bring the database up to this version's schema; run it after every upgrade."""
    loaded = session.load()
    moved = newsroom.migrate(newsroom.database_url(loaded.settings))
    session.answer(
        {name: {"from": before or None, "to": after} for name, (before, after) in moved.items()},
        *(
            f"{name}: already at {after}" if before == after else f"{name}: {before or 'empty'} → {after}"
            for name, (before, after) in moved.items()
        ),
    )
    return Exit.DONE
