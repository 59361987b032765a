"""`digest correct`: a correction, only to those who got the wrong text."""

from __future__ import annotations

import click

from digest.cli.exits import OF_ENDING
from digest.cli.options import session_command
from digest.cli.printing.progress import watching
from digest.cli.printing.report_lines import report_lines, report_values
from digest.cli.printing.terminal import errors
from digest.cli.session import Session
from digest.day import job, readership
from digest.editions.corrections import refuse_while_leaving
from digest.errors import BadData
from digest.model import Edition, Item
from digest.model.desk import AuditEntry, Correction


def add_to(group: click.Group) -> None:
    """Add the command of this module."""
    session_command(group, "correct")(correct)


@click.argument("edition")
@click.option(
    "--story", required=True, metavar="URL", help="The address, or the headline, of the wrong story."
)
@click.option("--text", required=True, help="What is right, in words for readers.")
@click.option("--subject", default="", help="The subject of the mail.  [default: Correction: HEADLINE]")
@click.option("--by", default="operator", show_default=True, help="Who corrects; kept in the audit.")
@click.option("--yes", is_flag=True, help="Don't ask before sending.")
def correct(
    session: Session, *, edition: str, story: str, text: str, subject: str, by: str, yes: bool
) -> int:
    """Send a correction of one story to those who got the edition, and to nobody else.

    EDITION is a newsletter, for its latest, or newsletter/2026-11-23.
    """
    with session.newsroom() as newsroom, watching(errors) as progress:
        found = session.named(newsroom, edition)
        parts = newsroom.parts(found.key.newsletter, progress=progress, clock=session.clock)
        refuse_while_leaving(found.key, parts.ledger.tally(found.key))
        item = _item(found, story)
        readers = parts.ledger.count(
            parts.readers.recipients(found.key, readership.of(parts, found.key).readers.audience)
        )
        if not yes:
            click.confirm(
                f"Send the correction of “{item.headline}” to {readers} readers?", abort=True, err=True
            )
        told = job.correct(
            parts,
            found.key,
            item.article,
            text,
            subject=subject or f"Correction: {item.headline}",
            by=by,
            now=session.now,
        )
        database = newsroom.database
        database.history.keep_correction(
            Correction(found.key, item.article, item.headline, text.strip(), by, session.now, told.key)
        )
        detail = f"told by {told.key}: {told.subject}"
        database.audit_log.add(
            AuditEntry(session.now, by, "corrected", str(found.key), found.revision, detail=detail)
        )
        report = job.dispatch(parts, told.key, now=session.now)
    session.answer(report_values(report), *report_lines(report))
    return OF_ENDING[report.ending]


def _item(edition: Edition, story: str) -> Item:
    """Return the item with this address or headline.

    Raises:
        BadData: there is none.
    """
    for item in edition.items:
        if story in {item.url, item.url.partition("#")[0], item.headline, item.article}:
            return item
    known = "; ".join(item.url for item in edition.items[:3])
    raise BadData(f"{edition.key}", f"it holds no story {story!r}", f"It holds {known} and others.")
