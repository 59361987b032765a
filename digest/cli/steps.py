"""The day's job and its single steps."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, replace

import click

from digest.cli import pinging, settling
from digest.cli.exits import OF_ENDING, Exit, help_text
from digest.cli.options import session_command
from digest.cli.printing import completing
from digest.cli.printing.progress import watching
from digest.cli.printing.report_lines import (
    crawl_lines,
    crawl_values,
    edition_values,
    feedback_lines,
    feedback_values,
    report_lines,
    report_values,
)
from digest.cli.printing.terminal import errors
from digest.cli.session import Session
from digest.day import interventions, job, readership, rounds, waiting
from digest.day.parts import DayParts
from digest.errors import NothingToSend
from digest.model import CrawlReport, DayReport, DeliveryState, EditionKey, EditionState, Ending, Step
from digest.ports import Progress
from digest.selection.explain import count_lines, not_weighed
from digest.settings.loading import Loaded
from digest.upkeep import logbook, logs, shifts, tracing
from digest.upkeep.alarms import of_the_database
from digest.upkeep.alarms.bell import bell_of
from digest.upkeep.pings import ping_of

NEWSLETTER = click.argument("newsletter", shell_complete=completing.newsletters)
VERDICTS = {
    "sent": DeliveryState.SENT,
    "failed": DeliveryState.FAILED,
    "resend": DeliveryState.PLANNED,
}
"""What an operator may say of held deliveries."""

SETTLED = {"failed": DeliveryState.FAILED, "held": DeliveryState.HELD}
"""What an operator may have sent anew."""

DATE = click.option(
    "--date",
    "day",
    metavar="DAY",
    shell_complete=completing.days,
    help="The edition's local day (2026-11-23; 2026-11-28/weekly for the week's best of that day).",
)


def add_to(group: click.Group) -> None:
    """Add the commands of this module."""
    session_command(group, "run", epilog=help_text())(run)
    session_command(group, "collect")(collect)
    session_command(group, "draft")(draft)
    session_command(group, "approve")(approve)
    session_command(group, "dispatch")(dispatch)
    session_command(group, "close")(close)
    session_command(group, "feedback")(feedback)


@NEWSLETTER
@DATE
@click.option(
    "--until",
    type=click.Choice([str(step) for step in (Step.COLLECT, Step.DRAFT, Step.APPROVE)]),
    help="Stop after this step.",
)
@click.option("--dry-run", is_flag=True, help="Collect, then only say what would be sent to how many.")
def run(session: Session, newsletter: str, day: str | None, until: str | None, *, dry_run: bool) -> int:
    """Do the day's job: collect, draft, approve, dispatch, close. Safe to run any number of times.

    On its weekday the week's best follows, for readers who chose one mail a week. What nobody approved in
    time does not go out. Whoever stands in `[alerts]` is told of what is wrong, once.
    """
    loaded = session.load()
    if dry_run:
        with session.newsroom(loaded) as newsroom, watching(errors) as progress:
            parts = newsroom.parts(newsletter, progress=progress, clock=session.clock)
            return _rehearse(session, parts, newsletter, session.key(parts, day))
    return pinging.told(
        ping_of(loaded.settings, newsletter),
        lambda: _do(session, loaded, newsletter, day, Step(until) if until else Step.CLOSE),
        lambda reports: _all_told(session, reports),
    )


def _do(
    session: Session, loaded: Loaded, newsletter: str, day: str | None, goal: Step
) -> Sequence[DayReport]:
    """Do a newsletter's day as far as `goal`, and look after what is wrong."""
    spans = tracing.spans_of(loaded.settings)
    with ExitStack() as stack:
        with of_the_database.watched(loaded, now=session.now):
            newsroom = stack.enter_context(session.newsroom(loaded))
        bell = bell_of(newsroom.settings)
        shown: Progress = stack.enter_context(watching(errors))
        progress = stack.enter_context(
            shifts.begun(newsroom, newsletter, shown, clock=session.clock, spans=spans)
        )
        parts = newsroom.parts(newsletter, progress=progress, clock=session.clock)
        key = session.key(parts, day)
        stack.enter_context(logs.about(edition=str(key)))
        return shifts.done(
            newsroom,
            newsletter,
            "digest run",
            lambda: rounds.run(parts, key, now=session.now, until=goal),
            bell=bell,
            clock=session.clock,
        )


@NEWSLETTER
def collect(session: Session, newsletter: str) -> int:
    """Crawl the newsletter's sources and keep what is new."""
    with session.newsroom() as newsroom, watching(errors) as progress:
        parts = newsroom.parts(newsletter, progress=progress, clock=session.clock)
        key = session.key(parts, None)

        def crawled() -> tuple[DayReport]:
            found = job.collect(parts, now=session.now)
            return (waiting.collected(key, found),)

        (report,) = logbook.keeping(newsroom, newsletter, "digest collect", crawled, clock=session.clock)
    crawl = report.crawl or CrawlReport()
    failed = f", {len(crawl.failed_sources)} sources failed" if crawl.failed_sources else ""
    code = OF_ENDING[report.ending]
    session.answer_unless_quiet(
        code,
        {**crawl_values(crawl), "outcome": str(report.ending)},
        f"{newsletter}: {crawl.articles} articles read, {crawl.new_or_changed} new or changed{failed}",
        *crawl_lines(crawl),
    )
    if crawl.is_down:
        click.echo(f"digest: {report.note}", err=True)
    return code


@NEWSLETTER
@DATE
@click.option("--subject", metavar="TEXT", help="Announce it by this subject.")
@click.option(
    "--subject-b", metavar="TEXT", help="Test this second subject on some readers; empty for no test."
)
def draft(
    session: Session, newsletter: str, day: str | None, subject: str | None, subject_b: str | None
) -> int:
    """Draft the edition from what was collected; a subject of yours makes the draft an edited one."""
    with session.parts(newsletter) as parts:
        key = session.key(parts, day)
        edition = job.draft(parts, key, now=session.now)
        if subject is not None or subject_b is not None:
            edition = interventions.announce(
                parts, key, subject=subject, subject_b=subject_b, now=session.now
            )
        crowds = not_weighed(parts.editions.decisions(key))
    session.answer(
        {**edition_values(edition), "not_weighed": [asdict(one) for one in crowds]},
        f"{edition.key}: {edition.state}, revision {edition.revision}, {len(edition.items)} items",
        f"  {edition.subject}",
        *([f"  or, on test: {edition.subject_b}"] if edition.subject_b else []),
        *(f"  {line}" for line in count_lines(crowds)),
    )
    return Exit.DONE


@NEWSLETTER
@DATE
@click.option("--by", default="operator", show_default=True, help="Who approves; kept in the audit.")
@click.option(
    "--late", "is_late_meant", is_flag=True, help='Past its time too, where late_approval = "ask".'
)
def approve(session: Session, newsletter: str, day: str | None, by: str, *, is_late_meant: bool) -> int:
    """Approve the drafted edition: its bytes, as they are now."""
    with session.parts(newsletter) as parts:
        edition = interventions.approve(
            parts, session.key(parts, day), by=by, now=session.now, is_late_meant=is_late_meant
        )
    session.answer(edition_values(edition), f"{edition.key}: {edition.state}")
    return Exit.DONE


@NEWSLETTER
@DATE
@click.option(
    "--cancel",
    "is_canceled",
    is_flag=True,
    help="Send nothing more of it. Before anything has left it is a draft again; later it is closed.",
)
@click.option("--for-good", is_flag=True, help="With --cancel: close it, though nothing has left yet.")
@click.option("--yes", is_flag=True, help="With --cancel: do not ask once more.")
@click.option("--resume", "is_resumed", is_flag=True, help="Go on after it stopped by itself.")
@click.option(
    "--after-restore",
    "is_lifted",
    is_flag=True,
    help="Send it from a database that was restored or moved: its readers have not had it.",
)
@click.option(
    "--settle-held",
    "verdict",
    type=click.Choice(list(VERDICTS)),
    help="What held deliveries were, on your word; `resend` sends them again.",
)
@click.option(
    "--settle",
    "settled",
    type=click.Choice(list(SETTLED)),
    help="Send anew to whoever failed, or is held; what they ended for is mended.",
)
@click.option(
    "--reason",
    "reasons",
    multiple=True,
    metavar="TEXT",
    help="Only those that ended for it, as `digest audit` tells; may be given again.",
)
@click.option(
    "--subscriber",
    "subscribers",
    multiple=True,
    metavar="ID",
    help="Settle only this one's, as `digest audit` names them; may be given again.",
)
@click.option("--winner", type=click.Choice(["a", "b"]), help="End the test of two subjects by your word.")
@click.option("--by", default="operator", show_default=True, help="Whose word it is; kept in the audit.")
def dispatch(
    session: Session,
    newsletter: str,
    day: str | None,
    *,
    verdict: str | None,
    settled: str | None,
    reasons: tuple[str, ...],
    subscribers: tuple[str, ...],
    by: str,
    winner: str | None,
    is_canceled: bool,
    for_good: bool,
    yes: bool,
    is_resumed: bool,
    is_lifted: bool,
) -> int:
    """Send the approved edition to everyone who has not had it; or cancel, resume or settle it."""
    words = (is_canceled, is_resumed, is_lifted, verdict, settled, winner)
    _require_one([word for word in words if word])
    if (for_good or yes) and not is_canceled:
        raise click.UsageError("--for-good and --yes go with --cancel.")
    if subscribers and verdict is None and settled is None:
        raise click.UsageError("--subscriber goes with --settle or --settle-held.")
    if reasons and settled is None:
        raise click.UsageError("--reason goes with --settle.")
    if settled is not None:
        return settling.settle(
            session, newsletter, day, SETTLED[settled], reasons=reasons, subscribers=subscribers, by=by
        )
    with session.parts(newsletter) as parts:
        key = session.key(parts, day)
        if verdict is not None:
            return settling.settle_held(
                session, parts, key, to=VERDICTS[verdict], subscribers=subscribers, by=by
            )
        if is_canceled:
            return _cancel(session, parts, key, by=by, is_final=for_good, is_sure=yes)
        if winner is not None:
            arm = "" if winner == "a" else winner
            return _told(session, interventions.choose_subject(parts, key, arm, by=by, now=session.now))
        if is_lifted:
            interventions.lift(parts, key)
        if is_resumed:
            return _told(session, interventions.resume(parts, key, now=session.now))
        return _told(session, job.dispatch(parts, key, now=session.now))


@NEWSLETTER
@DATE
def close(session: Session, newsletter: str, day: str | None) -> int:
    """Close the edition when every delivery is settled."""
    with session.parts(newsletter) as parts:
        return _told(session, job.close(parts, session.key(parts, day), now=session.now))


@click.option(
    "--believe",
    "believed",
    metavar="EDITION",
    shell_complete=completing.editions,
    help="You looked at the many mailboxes of this edition (morning/2026-11-23) that were called dead at"
    " once, and they are: suppress their readers.",
)
@click.option("--by", default="operator", show_default=True, help="Whose word it is; kept in the audit.")
def feedback(session: Session, believed: str | None, by: str) -> int:
    """Read refusals and the bounce box: bounces, complaints, unsubscribes by mail; held mail is proved.

    Dead mailboxes and complaints are suppressed. Says what refusals there were: of a dead mailbox, a full
    one, of your mail, or of something to mend.
    """
    from digest.upkeep import feedback as hearing

    with session.newsroom() as newsroom:
        if believed:
            key = session.named(newsroom, believed).key
            new = hearing.believe(newsroom, key, by=by, now=session.now)
            said = f"{key}: {new} reports of dead mailboxes are taken in"
            session.answer({"edition": str(key), "new": new}, said)
            return Exit.DONE
        heard = hearing.empty_bounce_box(newsroom, now=session.now)
    needs_somebody = heard.problems or heard.doubted
    session.answer_unless_quiet(needs_somebody, feedback_values(heard), *feedback_lines(heard))
    return Exit.DONE


def _require_one(words: Sequence[object]) -> None:
    if len(words) > 1:
        raise click.UsageError(
            "--cancel, --resume, --after-restore, --settle, --settle-held and --winner: one at a time."
        )


def _cancel(
    session: Session, parts: DayParts, key: EditionKey, *, by: str, is_final: bool, is_sure: bool
) -> int:
    """Cancel an edition; on a terminal ask first, with what will happen in this very case."""
    if sys.stdin.isatty() and not is_sure:
        what = interventions.foresee(parts, key, now=session.now, is_final=is_final)
        click.echo(interventions.foreseen(parts, key, what), err=True)
        if not click.confirm("Cancel it?", err=True):
            click.echo("Nothing was canceled.", err=True)
            return Exit.DONE
    return _told(session, interventions.cancel(parts, key, by=by, now=session.now, is_final=is_final))


def _all_told(session: Session, reports: Sequence[DayReport]) -> int:
    """Answer with a run's reports and return the exit code that somebody should hear of."""
    first, *more = reports
    slots = {one.key.slot: report_values(one) for one in more if one not in first.earlier}
    earlier = {"earlier": [report_values(one) for one in first.earlier]} if first.earlier else {}
    code = OF_ENDING[rounds.worst(reports).ending]
    values = report_values(first) | slots | earlier
    session.answer_unless_quiet(code, values, *(line for one in reports for line in report_lines(one)))
    return code


def _told(session: Session, report: DayReport) -> int:
    """Answer with a run's report and return its exit code."""
    session.answer(report_values(report), *report_lines(report))
    return OF_ENDING[report.ending]


def _rehearse(session: Session, parts: DayParts, newsletter: str, key: EditionKey) -> int:
    """Answer with what a run would send now; articles are collected, nothing else is kept."""
    edition = parts.editions.load(key)
    if edition is not None and edition.state in {EditionState.DISPATCHING, EditionState.CLOSED}:
        report = job.standing_of(parts, edition, now=session.now)
        is_well = report.ending is Ending.DONE
        return _told(session, replace(report, ending=Ending.ALREADY_SENT) if is_well else report)
    parts = readership.of(parts, key)
    if edition is None and not readership.appears(parts, key):
        return _told(session, DayReport(key, Ending.NOT_TODAY, ""))
    crawl = job.collect(parts, now=session.now)
    if edition is None or (edition.state is EditionState.DRAFT and not edition.is_kept):
        try:
            edition = job.propose(parts, key, now=session.now)[0]
        except NothingToSend as nothing:
            return _told(session, waiting.nothing(parts, key, nothing, crawl, now=session.now))
    why = waiting.why_nobody(parts, key)
    if why:
        return _told(session, DayReport(key, Ending.NO_READERS, why, crawl=crawl, edition=edition))
    readers = parts.ledger.count(parts.readers.audience)
    session.answer(
        {"crawl": crawl_values(crawl), "edition": edition_values(edition), "readers": readers},
        f"{key}: would send {len(edition.items)} items to {readers} readers of {newsletter}",
        f"  {edition.subject}",
    )
    return Exit.DONE
