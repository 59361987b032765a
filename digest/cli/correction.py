"""`digest correct`: a correction, only to those who got the wrong text."""

from __future__ import annotations

import click

from digest.cli.exits import OF_ENDING
from digest.cli.options import session_command
from digest.cli.printing import completing
from digest.cli.printing.progress import watching
from digest.cli.printing.report_lines import report_lines, report_values
from digest.cli.printing.terminal import errors
from digest.cli.session import Session
from digest.day import correcting, job, readership
from digest.editions.corrections import refuse_while_leaving, set_right
from digest.errors import BadData
from digest.model import Edition, Item
from digest.model.desk import AuditEntry, Correction


def add_to(group: click.Group) -> None:
    """Add the command of this module."""
    session_command(group, "correct")(correct)


@click.argument("edition", shell_complete=completing.editions)
@click.option(
    "--story", required=True, metavar="URL", help="The address, or the headline, of the wrong story."
)
@click.option("--text", required=True, help="What is right, in words for readers.")
@click.option("--headline", default="", help="The right headline.  [default: the story's own]")
@click.option("--subject", default="", help="The subject of the mail.  [default: Correction: HEADLINE]")
@click.option("--by", default="operator", show_default=True, help="Who corrects; kept in the audit.")
@click.option("--yes", is_flag=True, help="Don't ask before sending.")
def correct(
    session: Session,
    *,
    edition: str,
    story: str,
    text: str,
    headline: str,
    subject: str,
    by: str,
    yes: bool,
) -> int:
    """Send a correction of one story to those who got the edition, and to nobody else.

    EDITION is a newsletter, for its latest, or newsletter/2026-11-23.
    """
    with session.newsroom() as newsroom, watching(errors) as progress:
        found = session.named(newsroom, edition)
        parts = newsroom.parts(found.key.newsletter, progress=progress, clock=session.clock)
        refuse_while_leaving(found.key, parts.ledger.tally(found.key))
        right = set_right(found, newsroom.database.history.corrections(found.key))
        item = _item(found, right, story)
        headline = " ".join(headline.split()) or item.headline
        subject = subject or correcting.subject_of(found, headline)
        _refuse(right, item, text, headline, subject)
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
            subject=subject,
            headline=headline,
            by=by,
            now=session.now,
        )
        database = newsroom.database
        database.history.keep_correction(
            Correction(found.key, item.article, headline, text.strip(), by, session.now, told.key)
        )
        detail = f"told by {told.key}: {told.subject}"
        database.audit_log.add(
            AuditEntry(session.now, by, "corrected", str(found.key), found.revision, detail=detail)
        )
        report = job.dispatch(parts, told.key, now=session.now)
    session.answer(report_values(report), *report_lines(report))
    return OF_ENDING[report.ending]


def _refuse(edition: Edition, item: Item, text: str, headline: str, subject: str) -> None:
    """Refuse what no reader would take for a correction.

    Raises:
        BadData: a line is too long, or nothing is said that the mail did not say.
    """
    for name, line in (("headline", headline), ("subject", subject)):
        if len(line) > correcting.LONGEST_LINE:
            most = correcting.LONGEST_LINE
            raise BadData(f"The {name}", f"it has {len(line)} characters, {most} at most", "Shorten it.")
    if correcting.is_old_subject(edition, subject):
        raise BadData("The subject", "it is that of the wrong mail", "Say that it is a correction.")
    if correcting.says_nothing_new(item, text, headline):
        raise BadData("What is right", "it is what the edition says already", "Say what was wrong.")


def _item(edition: Edition, right: Edition, story: str) -> Item:
    """Return the item with this address or headline, the mailed or the corrected one, as it was told last.

    Raises:
        BadData: there is none.
    """
    for mailed, item in zip(edition.items, right.items, strict=True):
        if story in {item.url, item.url.partition("#")[0], item.headline, mailed.headline, item.article}:
            return item
    known = "; ".join(item.url for item in edition.items[:3])
    raise BadData(f"{edition.key}", f"it holds no story {story!r}", f"It holds {known} and others.")
