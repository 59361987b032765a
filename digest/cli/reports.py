"""Commands that look and change nothing of the ledger: preview, explain, audit, status, alerts, config."""

from __future__ import annotations

import webbrowser
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

import click

from digest.cli import standings
from digest.cli.exits import OF_ENDING, Exit
from digest.cli.options import session_command
from digest.cli.printing import alarm_lines, completing
from digest.cli.printing.report_lines import blurb_notes, edition_values, tally_line, tally_values
from digest.cli.printing.terminal import table
from digest.cli.session import Session
from digest.dispatch import audit as account
from digest.errors import ConfigurationError, Fault, UnknownEdition
from digest.model import Edition, EditionKey, EditionState, Ending, Newsletter
from digest.selection.window import edition_day, next_send
from digest.settings.unpacking import newsletters_of
from digest.wiring.newsroom import Newsroom

AHEAD = timedelta(days=7)
"""So far ahead `explain` says what an edition would hold, were it drafted now."""

EDITION = click.argument("edition", shell_complete=completing.editions)


def add_to(group: click.Group) -> None:
    """Add the commands of this module."""
    session_command(group, "preview")(preview)
    session_command(group, "explain")(explain)
    session_command(group, "audit")(audit)
    session_command(group, "status")(status)
    session_command(group, "alerts")(alerts)


@click.argument("newsletter", shell_complete=completing.newsletters)
@click.option(
    "--date",
    "day",
    metavar="DAY",
    shell_complete=completing.days,
    help="The edition's local day (2026-11-23).",
)
@click.option("--as", "reader", metavar="ADDRESS", help="As this subscriber will see it.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("preview"),
    show_default=True,
    help="The folder to write into.",
)
@click.option("--collect/--no-collect", default=True, help="Crawl the sources first.")
@click.option("--open", "is_opened", is_flag=True, help="Open the page in a browser.")
def preview(
    session: Session,
    newsletter: str,
    day: str | None,
    reader: str | None,
    out: Path,
    *,
    collect: bool,
    is_opened: bool,
) -> int:
    """Write the edition as html, txt and eml, as it stands now; the ledger is not touched."""
    from digest.cli.printing import preview_files
    from digest.day import job

    with session.parts(newsletter) as parts, session.newsroom() as newsroom:
        key = session.key(parts, day)
        if collect:
            job.collect(parts, now=session.now)
        edition = parts.editions.load(key)
        if edition is None:
            edition = job.propose(parts, key, now=session.now)[0]
        delivery = newsroom.reader(edition.key, reader)
        written = preview_files.write(parts, edition, delivery, out, now=session.now)
    session.answer(
        {**edition_values(edition), "files": [str(path) for path in written]},
        f"{key}: {edition.subject}",
        *(f"  {path}" for path in written),
        *(f"  {note}" for note in blurb_notes(edition)),
    )
    if is_opened:
        webbrowser.open(written[0].resolve().as_uri())
    return Exit.DONE


@EDITION
@click.argument("url", required=False)
def explain(session: Session, edition: str, url: str | None) -> int:
    """Say why each article, or the one at URL, is in the edition or out of it.

    EDITION is a newsletter, for its latest, or newsletter/2026-11-23. Of one that is still to come it
    says what it would hold, were it drafted now.
    """
    from digest.day import job
    from digest.day.gathering import reconsider
    from digest.selection import explain as reasons

    newsletter, _, day = edition.partition("/")
    with session.parts(newsletter) as parts:
        key = session.key(parts, day or None)
        stored = parts.editions.load(key) if day else parts.editions.latest(newsletter)
        if stored is not None:
            key, decisions = stored.key, parts.editions.decisions(stored.key)
        elif not _is_at_hand(parts.newsletter, key, session.now):
            raise UnknownEdition(str(key))
        else:
            decisions = job.reasons(parts, key, now=session.now)
        found = reasons.matching(decisions, url)
        if url and not found:
            editions, articles = parts.editions, parts.reading.articles
            found = reconsider(
                parts.newsletter, key, url, editions=editions, articles=articles, now=session.now
            )
        problems = {} if url else parts.reading.articles.problems(parts.newsletter.sources)
    outs, unused = reasons.left_out(() if url else decisions), reasons.unused(problems)
    session.answer(
        {
            "edition": str(key),
            "decisions": reasons.records(found),
            "left_out": [asdict(one) for one in outs],
            "not_used": [asdict(one) for one in unused],
        },
        f"{key}: {sum(reasons.is_told(one) for one in decisions)} of {len(decisions)} articles are in",
        *reasons.lines(found),
        *(["Left out, by reason:", *reasons.count_lines(outs)] if outs else []),
        *(["What the last crawls could not use:", *reasons.count_lines(unused)] if unused else []),
    )
    if url and not found:
        click.echo(
            f"digest: no source of {newsletter} has given {url}; `digest collect {newsletter}` looks again",
            err=True,
        )
        return Exit.BAD_DATA
    return Exit.DONE


def _is_at_hand(newsletter: Newsletter, key: EditionKey, now: datetime) -> bool:
    """Tell whether an edition that is not stored is today's or one of the coming week's."""
    today = edition_day(newsletter.schedule, now)
    return today <= key.day <= today + AHEAD


@EDITION
def audit(session: Session, edition: str) -> int:
    """Show where every delivery of an edition ended; fail where it does not add up.

    EDITION is a newsletter, for today's edition, or newsletter/2026-11-23. A newsletter whose day has no
    edition yet is told so, with its latest one; where there should be one by now, the day has failed.
    """
    with session.newsroom() as newsroom:
        gap = standings.gap(newsroom, edition, session.now)
        if gap is not None and gap.is_due:
            session.answer(gap.values(), f"{gap.key}: {gap.ending}: {gap.note}")
            return gap.code
        found = session.named(newsroom, edition)
        before = {"today": gap.values()} if gap else {}
        first = [f"{gap.key}: {gap.note}; the latest is {found.key}"] if gap else []
        ledger = newsroom.database.ledger
        ending, note = standings.of_edition(newsroom, found, session.now)
        waits = standings.after_restore(newsroom, found.key, found, session.now)
        outcome: dict[str, object] = {
            "outcome": str(ending),
            "note": note,
            "after_restore": waits,
            **before,
        }
        if found.state in {EditionState.DRAFT, EditionState.APPROVED}:
            told_of = {"edition": str(found.key), "state": str(found.state), **outcome}
            session.answer(told_of, *first, f"{found.key}: {note}")
            return OF_ENDING[ending]
        told = account.report(
            ledger.tally(found.key),
            ledger.records(found.key, account.TOLD_STATES),
            edition=found.key,
            dispatch=ledger.dispatch(found.key),
            remedy=_remedy,
        )
    values: dict[str, object] = {
        "edition": str(found.key),
        "state": str(found.state),
        "subject": found.subject,
        "tally": tally_values(told.tally),
        "is_settled": told.is_settled,
        "paused": told.paused,
        "reasons": [{**asdict(group), "way_back": told.way_back(group)} for group in told.failures],
        "deliveries": [asdict(line) for line in told.lines],
        **outcome,
    }
    is_told = ending not in {Ending.DONE, Ending.CANCELED, Ending.STOPPED}
    ended = [f"{str(ending).capitalize()}."] if is_told else []
    ended += [f"Stopped: {waits}"] if waits else []
    title = f"{found.key}: {found.state}: {found.subject}"
    session.answer(values, *first, title, *told.summary(), *ended, *told.reasons(), *told.details())
    return OF_ENDING[ending] if told.adds_up else Exit.BAD_DATA


@click.option(
    "--expect",
    metavar="NEWSLETTER",
    shell_complete=completing.newsletters,
    help="Only say whether its edition of today went out; exit code 0 where it did, or need not yet.",
)
def status(session: Session, expect: str | None) -> int:
    """List the newsletters, their last editions, when the next one goes out, and who is at work."""
    if expect is not None:
        return _expected(session, expect)
    with session.newsroom() as newsroom:
        newsletters = newsletters_of(newsroom.settings)
        editions, ledger = newsroom.database.editions, newsroom.database.ledger
        answers: list[dict[str, object]] = []
        restored: list[str] = []
        rows = list[tuple[str, str, str, str]]()
        for newsletter in newsletters:
            today = edition_day(newsletter.schedule, session.now)
            goes_out = next_send(newsletter.schedule, session.now)
            last = editions.listed(newsletter.key, limit=5)
            gap = standings.gap(newsroom, newsletter.key, session.now)
            answers.append(
                {
                    "newsletter": newsletter.key,
                    "title": newsletter.title,
                    "edition_day": today.isoformat(),
                    "next_send": goes_out.isoformat() if goes_out else None,
                    "editions": [
                        edition_values(one) | _standing(newsroom, one, session.now) for one in last
                    ],
                    "today": gap.values() if gap else None,
                }
            )
            if not any(one.key == EditionKey(newsletter.key, today) for one in last):
                when = standings.next_time(newsletter, session.now)
                is_due = gap is not None and gap.is_due
                why = f"{gap.ending}: {gap.note}" if gap is not None and is_due else ""
                rows.append((f"{newsletter.key}/{today}", "not drafted", when, why))
            for one in last:
                is_frozen = one.state in {EditionState.DISPATCHING, EditionState.CLOSED}
                ending = standings.of_edition(newsroom, one, session.now)[0]
                sums = f"{tally_line(ledger.tally(one.key))}: {ending}" if is_frozen else ""
                if waits := standings.after_restore(newsroom, one.key, one, session.now):
                    sums, restored = sums or str(Ending.STOPPED), [*restored, f"{one.key}: {waits}"]
                rows.append((str(one.key), str(one.state), one.subject, sums))
        beats, alive = standings.at_work(newsroom, session.now)
        alarmed = [alarm_lines.values(one) for one in newsroom.database.alerts.opened()]
    if session.as_json:
        session.answer({"newsletters": answers, "at_work": beats, "alerts": alarmed})
        return Exit.DONE
    click.echo("\n".join(table(("edition", "state", "subject", "deliveries"), rows)))
    for newsletter in newsletters:
        click.echo(f"{newsletter.key}: the next is due {standings.coming(newsletter, session.now)}")
    for line in [*restored, *alive]:
        click.echo(line)
    if alarmed:
        click.echo(f"{len(alarmed)} alerts are open: digest alerts")
    return Exit.DONE


def _expected(session: Session, newsletter: str) -> int:
    """Answer whether the day's edition went out."""
    with session.newsroom() as newsroom:
        found = standings.expected(newsroom, newsletter, session.now)
    if found.code or session.as_json or not session.is_quiet:
        session.answer(found.values(), f"{found.key}: {found.ending}: {found.note}")
    return found.code


@click.option("--test", "is_test", is_flag=True, help="Only send a test by every channel of [alerts].")
def alerts(session: Session, *, is_test: bool) -> int:
    """Look for what is wrong now, tell whom it concerns, and list what is open; fail where something is.

    What is new is told by the channels of [alerts], once, and once more when all is well again.
    """
    if is_test:
        return _tried_out(session)
    from digest.upkeep.alarms import of_the_database, ringing
    from digest.upkeep.alarms.bell import bell_of

    loaded = session.load()
    with of_the_database.watched(loaded, now=session.now), session.newsroom(loaded) as newsroom:
        ringing.ring(newsroom, bell_of(newsroom.settings), now=session.now)
        of_the_database.back(loaded, now=session.now)
        found = newsroom.database.alerts.opened()
    lines = [line for one in found for line in alarm_lines.lines(one)]
    if found or session.as_json or not session.is_quiet:
        values = {"alerts": [alarm_lines.values(one) for one in found]}
        session.answer(values, *(lines or ["All is well."]))
    return Exit.ALERTED if found else Exit.DONE


def _tried_out(session: Session) -> int:
    from digest.upkeep.alarms import ringing
    from digest.upkeep.alarms.bell import bell_of

    bell = bell_of(session.load().settings)
    if not bell.channels:
        raise ConfigurationError([Fault("alerts", "names no channel: give smtp, url or command")])
    found = ringing.try_out(bell, now=session.now)
    session.answer(
        {"channels": {name: problem or "told" for name, problem in found.items()}},
        *(f"{name}: {problem or 'told'}" for name, problem in found.items()),
    )
    return Exit.UNAVAILABLE if any(found.values()) else Exit.DONE


def _remedy(reason: str) -> str:
    from digest.transports.blaming import remedy_for  # a quarter second, where something failed

    return remedy_for(reason)


def _standing(newsroom: Newsroom, edition: Edition, now: datetime) -> dict[str, object]:
    """Return how an edition stands, as `--json` shows it."""
    ending, note = standings.of_edition(newsroom, edition, now)
    waits = standings.after_restore(newsroom, edition.key, edition, now)
    return {"outcome": str(ending), "note": note, "after_restore": waits}
