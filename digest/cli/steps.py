"""The day's job and its single steps."""

from __future__ import annotations

import click

from digest import job
from digest.cli.exits import OF_ENDING, Exit
from digest.cli.options import session_command
from digest.cli.session import Session
from digest.cli.words import crawl_values, edition_values, report_lines, report_values
from digest.job import House
from digest.model import DayReport, EditionKey, Step

NEWSLETTER = click.argument("newsletter")
DATE = click.option("--date", "day", metavar="DAY", help="The edition's local day (2026-11-23).")


def add_to(group: click.Group) -> None:
    """Add the commands of this module."""
    session_command(group, "run")(run)
    session_command(group, "collect")(collect)
    session_command(group, "draft")(draft)
    session_command(group, "approve")(approve)
    session_command(group, "dispatch")(dispatch)
    session_command(group, "close")(close)


@NEWSLETTER
@DATE
@click.option(
    "--until",
    type=click.Choice([Step.COLLECT, Step.DRAFT, Step.APPROVE]),
    help="Stop after this step.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be sent to how many; store and send nothing.")
def run(session: Session, newsletter: str, day: str | None, until: str | None, *, dry_run: bool) -> int:
    """Do the day's job: collect, draft, approve, dispatch, close. Safe to run any number of times."""
    with session.house(newsletter) as house:
        key = session.key(house, day)
        if dry_run:
            return _rehearse(session, house, newsletter, key)
        goal = Step(until) if until else Step.CLOSE
        return _told(session, job.run(house, key, now=session.now, until=goal))


@NEWSLETTER
def collect(session: Session, newsletter: str) -> int:
    """Crawl the newsletter's sources and keep what is new."""
    with session.house(newsletter) as house:
        crawl = job.collect(house, now=session.now)
    failed = f", {len(crawl.failed_sources)} sources failed" if crawl.failed_sources else ""
    session.answer(
        crawl_values(crawl),
        f"{newsletter}: {crawl.articles} articles read, {crawl.new_or_changed} new or changed{failed}",
    )
    return Exit.DONE


@NEWSLETTER
@DATE
def draft(session: Session, newsletter: str, day: str | None) -> int:
    """Draft the edition from what was collected."""
    with session.house(newsletter) as house:
        edition = job.draft(house, session.key(house, day), now=session.now)
    session.answer(
        edition_values(edition),
        f"{edition.key}: {edition.state}, revision {edition.revision}, {len(edition.items)} items",
        f"  {edition.subject}",
    )
    return Exit.DONE


@NEWSLETTER
@DATE
@click.option("--by", default="operator", show_default=True, help="Who approves; kept in the audit.")
def approve(session: Session, newsletter: str, day: str | None, by: str) -> int:
    """Approve the drafted edition: its bytes, as they are now."""
    with session.house(newsletter) as house:
        edition = job.approve(house, session.key(house, day), by=by, now=session.now)
    session.answer(edition_values(edition), f"{edition.key}: {edition.state}")
    return Exit.DONE


@NEWSLETTER
@DATE
def dispatch(session: Session, newsletter: str, day: str | None) -> int:
    """Send the approved edition to everyone who has not had it."""
    with session.house(newsletter) as house:
        return _told(session, job.dispatch(house, session.key(house, day), now=session.now))


@NEWSLETTER
@DATE
def close(session: Session, newsletter: str, day: str | None) -> int:
    """Close the edition when every delivery is settled."""
    with session.house(newsletter) as house:
        return _told(session, job.close(house, session.key(house, day), now=session.now))


def _told(session: Session, report: DayReport) -> int:
    """Answer with a run's report and return its exit code."""
    session.answer(report_values(report), *report_lines(report))
    return OF_ENDING[report.ending]


def _rehearse(session: Session, house: House, newsletter: str, key: EditionKey) -> int:
    """Answer with what a run would send now."""
    crawl = job.collect(house, now=session.now)
    edition = house.editions.load(key)
    if edition is None:
        edition = job.compose(house, key, job.choose(house, key, now=session.now))
    readers = house.ledger.count(house.audience)
    session.answer(
        {"crawl": crawl_values(crawl), "edition": edition_values(edition), "readers": readers},
        f"{key}: would send {len(edition.items)} items to {readers} readers of {newsletter}",
        f"  {edition.subject}",
    )
    return Exit.DONE
