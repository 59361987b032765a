"""`digest subscribers`: the people, from the command line."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from digest.cli import one_reader
from digest.cli.exits import Exit
from digest.cli.options import session_command
from digest.cli.printing import completing
from digest.cli.printing.progress import watching
from digest.cli.printing.terminal import errors
from digest.cli.session import Session
from digest.errors import OutputUnwritable
from digest.settings.unpacking import newsletters_of
from digest.wiring.segments import counted
from subscribers.exporting import export_csv, export_jsonl
from subscribers.imports.batching import ImportTerms
from subscribers.imports.importing import ImportReport, import_file
from subscribers.imports.shapes import FIELDS
from subscribers.lists import CountedList, listed, titles
from subscribers.segments import Segment, from_data

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


def add_to(group: click.Group) -> None:
    """Add the group of this module."""
    people = click.Group("subscribers", help="Import, show and change the people who get the mail.")
    session_command(people, "import")(import_)
    session_command(people, "export")(export)
    session_command(people, "lists")(lists)
    session_command(people, "segments")(segments)
    one_reader.add_to(people)
    group.add_command(people)


@FILE
@click.option(
    "--list",
    "mailing_list",
    required=True,
    metavar="NAME",
    shell_complete=completing.lists,
    help="The list they go to.",
)
@click.option("--consent", default="", help="How they consented, in words; kept with each person.")
@click.option("--tag", "tags", multiple=True, help="A tag for each of them; may be repeated.")
@click.option("--map", "mapping", multiple=True, metavar="FIELD=COLUMN", help="Which column holds a field.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="NAME=FIELD",
    help="What a column says, as in 'Opted out=disabled'; several may be one field.",
)
@click.option(
    "--ignore-column",
    "ignored",
    multiple=True,
    metavar="NAME",
    help="A column that says nothing about mail, whatever it sounds like.",
)
@click.option("--dry-run", is_flag=True, help="Judge every row, write nothing.")
def import_(
    session: Session,
    *,
    file: Path,
    mailing_list: str,
    consent: str,
    tags: tuple[str, ...],
    mapping: tuple[str, ...],
    columns: tuple[str, ...],
    ignored: tuple[str, ...],
    dry_run: bool,
) -> int:
    """Import subscribers from CSV or JSON lines; bad rows are named by line, the good ones kept.

    A column that may say who wants no mail, and is not understood, stops the import: say what it is with
    --column, or set it aside with --ignore-column.
    """
    terms = ImportTerms(
        mailing_list=mailing_list,
        now=session.now,
        words=consent,
        tags=tags,
        mapping=dict(_pair(text) for text in mapping),
        columns=dict(_column(text) for text in columns),
        ignored=ignored,
        is_dry_run=dry_run,
    )
    with session.newsroom() as newsroom, watching(errors) as progress:
        sent_to = {name for one in newsletters_of(newsroom.settings) for name in one.lists}
        report = import_file(
            newsroom.people,
            file,
            terms,
            progress=lambda done: progress.step("import", done),
            reading=lambda done: progress.step("read", done),
        )
    for problem in report.problems:
        click.echo(f"{file.name}, line {problem.line}: {problem.reason}", err=True)
    session.answer(asdict(report), *_lines(report, mailing_list))
    if mailing_list not in sent_to:
        known = ", ".join(sorted(sent_to))
        click.echo(f"digest: no newsletter goes to the list {mailing_list!r}; there are: {known}", err=True)
    return Exit.BAD_DATA if report.bad else Exit.DONE


@click.argument("file", type=click.Path(dir_okay=False, path_type=Path, allow_dash=True), default=Path("-"))
@click.option(
    "--list",
    "mailing_lists",
    multiple=True,
    metavar="NAME",
    shell_complete=completing.lists,
    help="Only this list; may be repeated.",
)
def export(session: Session, file: Path, mailing_lists: tuple[str, ...]) -> int:
    """Write every subscription as CSV, or as JSON lines where FILE ends in .jsonl; - is stdout."""
    is_json = file.suffix in {".jsonl", ".ndjson"}
    write = export_jsonl if is_json else export_csv
    with session.newsroom() as newsroom:
        if file == Path("-"):
            count = write(newsroom.people, sys.stdout, lists=mailing_lists)
            click.echo(f"{count} subscriptions", err=True)
            return Exit.DONE
        try:
            with file.open("w", encoding="utf-8", newline="") as out:
                count = write(newsroom.people, out, lists=mailing_lists)
            file.chmod(0o600)
        except OSError as error:
            raise OutputUnwritable(file, error.strerror or str(error)) from error
    session.answer({"file": str(file), "subscriptions": count}, f"wrote {count} subscriptions to {file}")
    return Exit.DONE


def lists(session: Session) -> int:
    """Show the mailing lists with their numbers of active readers."""
    with session.newsroom() as newsroom:
        found = listed(newsroom.people)
    values = {"lists": [asdict(one) for one in found]}
    session.answer(values, *(_counted(one) for one in found))
    return Exit.DONE


@click.option(
    "--list",
    "mailing_lists",
    multiple=True,
    metavar="NAME",
    shell_complete=completing.lists,
    help="Of these lists; else of all. Repeatable.",
)
@click.option("--where", default="", metavar="JSON", help='Another one, as in {"has_tag": "coast"}.')
def segments(session: Session, mailing_lists: tuple[str, ...], where: str) -> int:
    """Count the readers of each segment that the settings name, or of one written here."""
    with session.newsroom() as newsroom:
        wanted: dict[str, Segment | None] = {"everybody": None, **newsroom.segments}
        if where:
            wanted = {"everybody": None, "where": _segment(where)}
        keys = mailing_lists or tuple(titles(newsroom.people))
        counts = {
            name: counted(newsroom.people, keys, segment, now=session.now)
            for name, segment in wanted.items()
        }
    session.answer(
        {"lists": keys, "segments": counts}, *(f"{name:<24} {n:,}" for name, n in counts.items())
    )
    return Exit.DONE


def _segment(text: str) -> Segment:
    try:
        return from_data(json.loads(text))
    except ValueError as error:
        raise click.UsageError(f"--where: {error}") from error


def _counted(one: CountedList) -> str:
    counts = ", ".join(f"{count:,} {state}" for state, count in sorted(one.counts.items()))
    return f"{one.mailing_list.key:<24} {counts or 'nobody yet'}"


def _pair(text: str) -> tuple[str, str]:
    field, equals, column = text.partition("=")
    if not equals:
        raise click.UsageError(f"--map {text!r}: write FIELD=COLUMN, as in email=Mail")
    return field, column


def _column(text: str) -> tuple[str, str]:
    column, equals, field = text.rpartition("=")
    if not equals or field.strip() not in FIELDS:
        known = ", ".join(FIELDS)
        raise click.UsageError(f"--column {text!r}: write NAME=FIELD, a field being one of {known}")
    return column, field.strip()


def _lines(report: ImportReport, mailing_list: str) -> list[str]:
    """Return what an import did, in lines."""
    what = "would be " if report.is_dry_run else ""
    counts = {
        "added": report.added,
        "activated": report.activated,
        "unchanged": report.unchanged,
        "unsubscribed": report.ended,
        "suppressed": report.suppressed,
        "kept out": report.kept_out,
        "bad": report.bad,
    }
    told = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    return [
        f"{mailing_list}: {report.rows} rows ({report.shape}, {report.encoding}): {what}{told or 'nothing'}"
    ]
