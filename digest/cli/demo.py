"""`digest demo`: two days of invented news through the whole job, nothing leaving the machine."""

from __future__ import annotations

import secrets
import shlex
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from importlib.resources import as_file, files
from pathlib import Path

import click

from digest import installing
from digest.cli.exits import OF_ENDING, Exit
from digest.cli.printing import preview_files
from digest.cli.printing.progress import watching
from digest.cli.printing.report_lines import report_values, tally_line
from digest.cli.printing.terminal import bold, errors, table
from digest.cli.session import Session
from digest.day import job
from digest.day.parts import DayParts
from digest.dispatch import audit as account
from digest.errors import OutputUnwritable
from digest.model import DayReport, EditionKey
from digest.selection.window import send_time
from digest.settings.placeholders import filled
from digest.settings.unpacking import newsletter_of
from digest.wiring import newsroom as wiring
from subscribers.imports.batching import ImportTerms
from subscribers.imports.importing import ImportReport, import_file

NEWSLETTER = "morning"
MARKER = ".digest-demo"
"""A folder with this file is a demo's, and the next demo may clear it away."""

PICTURES = {
    f"https://{publisher}.example/pictures/": "../pictures/" for publisher in ("harbour", "ledger", "wire")
}
LAST_CRAWL = timedelta(minutes=35)
"""The last crawl before the cutoff: what has no date of its own counts from when it was first seen."""

TEXTS = frozenset({".md", ".html", ".txt", ".jsonl"})


@dataclass(frozen=True, slots=True)
class Day:
    """One of the demo's days: what the run said, and the pages it left to look at."""

    report: DayReport
    pages: tuple[Path, ...] = ()
    is_settled: bool = False


def show(session: Session, folder: Path) -> int:
    """Run two days into `folder` and answer with where to look.

    Raises:
        OutputUnwritable: the folder holds something else, or can't be written.
    """
    _prepare(folder)
    here = replace(session, config=folder / "digest.toml")
    settings = here.load().settings
    schedule = newsletter_of(settings, NEWSLETTER).schedule
    today = session.now.astimezone(schedule.zone)
    last = today.date() - timedelta(days=today.time() < schedule.send_at)
    first = last - timedelta(days=1)
    _date_articles(folder, first)
    wiring.migrate(wiring.database_url(settings))
    people = _import(here, folder)
    days = [_day(here, folder, day) for day in (first, last)]
    session.answer(
        {
            "folder": str(folder),
            "outbox": str(folder / "outbox"),
            "days": [
                {
                    **report_values(day.report),
                    "pages": [str(path) for path in day.pages],
                    "is_settled": day.is_settled,
                }
                for day in days
            ],
        }
    ) if session.as_json else _tell(folder, people, days)
    return max((OF_ENDING[day.report.ending] for day in days), default=Exit.DONE)


def _prepare(folder: Path) -> None:
    """Fill the folder with what is bundled; clear away an earlier demo first."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARKER).exists():
            raise OutputUnwritable(folder, "it holds something that no demo made; name another folder")
        shutil.rmtree(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MARKER).touch()
        with as_file(files("digest") / "_demo") as bundled:
            shutil.copytree(bundled, folder, dirs_exist_ok=True)
        config = folder / "digest.toml"
        config.chmod(0o600)
        key = secrets.token_urlsafe(32)
        config.write_text(
            config.read_text(encoding="utf-8").replace("{{SECRET_KEY}}", key), encoding="utf-8"
        )
    except OSError as error:
        raise OutputUnwritable(folder, error.strerror or str(error)) from error


def _date_articles(folder: Path, day: date) -> None:
    """Date the bundled articles around `day`."""
    for path in sorted((folder / "articles").rglob("*")):
        if path.suffix in TEXTS:
            path.write_text(filled(path.read_text(encoding="utf-8"), day), encoding="utf-8")


def _import(session: Session, folder: Path) -> ImportReport:
    terms = ImportTerms(mailing_list=NEWSLETTER, now=session.now, words="invented for the demo")
    with session.newsroom() as newsroom:
        return import_file(newsroom.people, folder / "subscribers.csv", terms)


@contextmanager
def _house(session: Session, now: datetime) -> Iterator[tuple[wiring.Newsroom, DayParts]]:
    with session.newsroom() as newsroom, watching(errors) as progress:
        yield newsroom, newsroom.parts(NEWSLETTER, progress=progress, clock=lambda: now)


def _day(session: Session, folder: Path, day: date) -> Day:
    """Run one day as cron would: a crawl shortly before the cutoff, the rest at the send time."""
    schedule = newsletter_of(session.load().settings, NEWSLETTER).schedule
    now = send_time(schedule, day)
    key = EditionKey(NEWSLETTER, day)
    with _house(session, now) as (newsroom, parts):
        job.collect(parts, now=now - LAST_CRAWL)
        report = job.run(parts, key, now=now)
        if report.edition is None:
            return Day(report)
        reader = newsroom.reader(key, None)
        pages = preview_files.write(
            parts, report.edition, reader, folder / "preview", now=now, local=PICTURES
        )
        return Day(
            report, pages, is_settled=account.report(parts.ledger.tally(key), edition=key).is_settled
        )


def _tell(folder: Path, people: ImportReport, days: list[Day]) -> None:
    """Say where to look, as a person would want to be told."""
    click.echo(
        f"\n{bold(f'{people.rows} rows of subscribers')}: {people.added} added, {people.bad} bad, "
        f"{people.unchanged} doubled, {people.ended} unsubscribed"
    )
    for day in days:
        edition = day.report.edition
        if edition is None:
            click.echo(f"\n{bold(str(day.report.key))}: {day.report.note}")
            continue
        click.echo(f"\n{bold(str(edition.key))}  {edition.subject}")
        rows = [
            ("", "" if place else section.title, f"[{item.label}] " * bool(item.label) + item.headline)
            for section in edition.sections
            for place, item in enumerate(section.items)
        ]
        click.echo("\n".join(table(("", "", ""), rows)))
        if day.report.tally is not None:
            click.echo(f"  audit    {tally_line(day.report.tally)}")
        click.echo(f"  preview  {day.pages[0]}")
    outbox = bold(str(folder / "outbox"))
    click.echo(f"\nEvery mail is a file in {outbox}; open one in any mail program.\nTry next:")
    program = installing.as_typed()
    for command in (
        f"explain {NEWSLETTER}",
        f"audit {NEWSLETTER}",
        f"run {NEWSLETTER} --date {days[0].report.key.day}",
    ):
        click.echo(f"  {program} {command} --config {shlex.quote(str(folder / 'digest.toml'))}")
