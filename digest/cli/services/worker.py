"""`digest worker`: one of any number of processes, on any number of machines, that send together.

Procrastinate only wakes: a job says "drain this edition" or "look after this newsletter", and the ledger
alone decides who sends what. A job that is lost, late or run five times does no harm.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import click

from digest.cli import pinging
from digest.cli.exits import Exit
from digest.cli.interrupts import endings
from digest.cli.options import session_command
from digest.cli.printing.progress import LogProgress
from digest.cli.session import Session
from digest.day import job, readership, rounds, waiting
from digest.day.parts import DayParts
from digest.dispatch.shutdown import STOPPING
from digest.editions.weekly import weekly_key
from digest.errors import (
    ConfigurationError,
    DatabaseUnavailable,
    DigestError,
    Fault,
    MissingExtra,
    SchemaOutdated,
)
from digest.model import Approval, DayReport, Edition, EditionKey, EditionState, Ending
from digest.selection.window import cutoff, deadline, edition_day, send_time
from digest.settings.loading import Loaded
from digest.settings.unpacking import newsletters_of
from digest.storage.desk.runs import SqlRuns
from digest.storage.ledger.waking import DRAIN, QUEUE, QUEUE_SCHEMA
from digest.upkeep import feedback, heartbeats, logbook, logs, shifts, tracing
from digest.upkeep.alarms import of_the_database
from digest.upkeep.alarms.bell import bell_of
from digest.upkeep.lookout import Lookout
from digest.upkeep.pings import ping_of
from digest.wiring import newsroom as wiring
from digest.wiring.newsroom import Newsroom
from subscribers.errors import SubscribersError

if TYPE_CHECKING:
    from procrastinate import App

log = logging.getLogger(__name__)

LOOK, DAY = "digest.look", "digest.day"

LATE_START = timedelta(hours=1)
"""How long after its sending time a quiet day without an edition is still looked for articles."""

RESTED = timedelta(days=7)
"""A newsletter without an edition for longer is at rest: nothing of it is made up for."""

_RUNS_LOOKED_AT = 50
_CAME_TO_NOTHING = frozenset({Ending.SOURCES_DOWN, logbook.FAILED, logbook.AWAY})

AGAIN_S = 5.0
"""How long a worker that lost its database waits before it connects again."""

QUIET_MINUTES = 5
"""A day that has no edition yet is looked at so often: every look crawls."""


def add_to(group: click.Group) -> None:
    """Add the command of this module."""
    session_command(group, "worker", answers=False)(worker)


@click.option("--once", is_flag=True, help="Do what is due and waiting, then end.")
@click.option(
    "--jobs", default=2, show_default=True, type=click.IntRange(1, 64), help="Jobs at once in this process."
)
def worker(session: Session, *, once: bool, jobs: int) -> int:
    """Send editions when they are due, together with other workers; needs PostgreSQL.

    Each newsletter's day is run at its cutoff and from its sending time on, as `digest run` would.
    """
    loaded = session.load()
    url = wiring.database_url(loaded.settings)
    if not url.startswith("postgresql"):
        problem = "workers need PostgreSQL; on SQLite let cron or a systemd timer call `digest run`"
        raise ConfigurationError([Fault("database.url", problem)])
    with ExitStack() as stack:
        newsroom = stack.enter_context(Newsroom(loaded) if once else _opened(loaded, session.clock))
        stack.enter_context(heartbeats.at_work(newsroom, "worker", clock=session.clock))
        errands = stack.enter_context(closing(Errands(newsroom, session.clock)))
        direct = wiring.direct_url(loaded.settings)
        asyncio.run(_work(lambda: _app(direct, errands), errands, jobs=jobs, is_once=once))
    return Exit.DONE


def _opened(loaded: Loaded, clock: Callable[[], datetime]) -> Newsroom:
    """Return the newsroom, as soon as its database is there and has this version's schema."""
    said = ""
    while True:
        try:
            return Newsroom(loaded)
        except (DatabaseUnavailable, SchemaOutdated) as error:
            if str(error) != said:
                said = str(error)
                log.warning("%s; trying again every %.0f s", said, AGAIN_S)
            of_the_database.away(loaded, said, now=clock())
            time.sleep(AGAIN_S)


class Errands:
    """What the jobs do, each with parts of its own; called from several threads."""

    def __init__(
        self, newsroom: Newsroom, clock: Callable[[], datetime], *, by: str = "digest worker"
    ) -> None:
        """Work in `newsroom`, which its owner closes.

        Args:
            by: the command, as the book of runs names it.
        """
        self._newsroom, self._clock, self._by = newsroom, clock, by
        self._bell = bell_of(newsroom.settings)
        self._spans = tracing.spans_of(newsroom.settings)
        self._lookout = Lookout(newsroom, self._bell)

    def drain(self, newsletter: str, day: str, slot: str) -> None:
        """Send what is planned of a frozen edition."""
        key = EditionKey(newsletter, date.fromisoformat(day), slot)
        self._do(newsletter, lambda parts: [job.dispatch(parts, key, now=self._clock())])

    def day(self, newsletter: str) -> None:
        """Do the newsletter's day as far as it can be done now."""
        self._refresh()

        def run() -> Sequence[DayReport]:
            with shifts.begun(
                self._newsroom, newsletter, LogProgress(), clock=self._clock, spans=self._spans
            ) as progress:
                parts = self._newsroom.parts(newsletter, progress=progress, clock=self._clock)
                now = self._clock()
                key = EditionKey(newsletter, edition_day(parts.newsletter.schedule, now))
                with logs.about(edition=str(key)):
                    return shifts.done(
                        self._newsroom,
                        newsletter,
                        self._by,
                        lambda: rounds.run(parts, key, now=now),
                        bell=self._bell,
                        clock=self._clock,
                    )

        def told(reports: Sequence[DayReport]) -> int:
            self._log(reports)
            return Exit.DONE

        try:
            pinging.told(ping_of(self._newsroom.settings, newsletter), run, told)
        except (DigestError, SubscribersError) as error:
            # The next look tries again; the ledger knows what has left.
            log.warning("%s: %s", newsletter, error)

    def crawl(self, newsletter: str) -> None:
        """Crawl the newsletter's sources and keep what is new."""

        def crawled(parts: DayParts) -> Sequence[DayReport]:
            now = self._clock()
            key = EditionKey(newsletter, edition_day(parts.newsletter.schedule, now))
            return logbook.keeping(
                self._newsroom,
                newsletter,
                self._by,
                lambda: (waiting.collected(key, job.collect(parts, now=now)),),
                clock=self._clock,
            )

        self._do(newsletter, crawled)

    def hear(self) -> None:
        """Take in refusals and read the bounce box."""
        try:
            heard = feedback.empty_bounce_box(self._newsroom, now=self._clock())
        except (DigestError, SubscribersError) as error:
            log.warning("%s", error)
        else:
            log.info("bounce box: %d events, %d of them new", heard.events, heard.new)

    def watch(self) -> None:
        """Look whether all is well, and tell; whoever waits for a day does not wait for this."""
        self._lookout.look(self._clock())

    def close(self) -> None:
        """Wait for the look that is under way."""
        self._lookout.stop()

    def due(self) -> list[str]:
        """Return the newsletters whose day has something to do now."""
        self._refresh()
        return [
            newsletter.key
            for newsletter in newsletters_of(self._newsroom.settings)
            if is_due(self._house(newsletter.key), self._clock(), runs=self._newsroom.database.runs)
        ]

    def _refresh(self) -> None:
        """Take in what was changed at the desk; what can't be taken in waits until it is mended."""
        try:
            self._newsroom.refresh()
        except DigestError as error:
            log.warning("what was changed at the desk is not taken in: %s", error)

    def _house(self, newsletter: str) -> DayParts:
        return self._newsroom.parts(newsletter, progress=LogProgress(), clock=self._clock)

    def _do(self, newsletter: str, act: Callable[[DayParts], Sequence[DayReport]]) -> None:
        self._refresh()
        try:
            reports = act(self._house(newsletter))
        except (DigestError, SubscribersError) as error:
            # The next look tries again; the ledger knows what has left.
            log.warning("%s: %s", newsletter, error)
        else:
            self._log(reports)

    def _log(self, reports: Sequence[DayReport]) -> None:
        for report in reports:
            log.info("%s: %s %s", report.key, report.ending, report.note)


def is_due(parts: DayParts, now: datetime, *, runs: SqlRuns) -> bool:
    """Tell whether the day of a newsletter has something to do now that no person must do first."""
    key = EditionKey(parts.newsletter.key, edition_day(parts.newsletter.schedule, now))
    weekly = weekly_key(key.newsletter, key.day)
    return _is_due(parts, key, now, runs) or (
        rounds.is_weekly_due(parts, weekly) and _is_due(parts, weekly, now, runs)
    )


def _is_due(parts: DayParts, key: EditionKey, now: datetime, runs: SqlRuns) -> bool:
    schedule = parts.newsletter.schedule
    edition = parts.editions.load(key)
    ends, leaves = cutoff(schedule, key.day), send_time(schedule, key.day)
    if edition is None:
        if now < ends or now.minute % QUIET_MINUTES or not readership.appears(parts, key):
            return False
        return now < leaves + LATE_START or _was_slept_through(parts, key, now, runs)
    if edition.state is EditionState.DRAFT:
        if parts.newsletter.is_paused:
            return False
        return now >= ends and parts.newsletter.approval is Approval.AUTO and not edition.canceled
    if edition.state is EditionState.APPROVED:
        return now >= leaves
    return edition.state is EditionState.DISPATCHING and _is_free(parts, edition, now)


def _was_slept_through(parts: DayParts, key: EditionKey, now: datetime, runs: SqlRuns) -> bool:
    """Tell whether nobody looked since an edition was to leave that may still leave.

    The machine slept, or was off, or no source could be read all the while. Without a deadline nobody said
    until when a late mail is wanted.
    """
    schedule = parts.newsletter.schedule
    leaves, until = send_time(schedule, key.day), deadline(schedule, key.day)
    latest = parts.editions.latest(key.newsletter)
    if until is None or now >= until or latest is None or key.day - latest.key.day > RESTED:
        return False
    return not any(
        run.edition == str(key)
        and run.ended_at >= leaves
        and run.ending not in _CAME_TO_NOTHING
        and run.ending != Ending.DONE  # a crawl alone: an edition that is done would be there
        for run in runs.listed(newsletter=key.newsletter, limit=_RUNS_LOOKED_AT)
    )


def _is_free(parts: DayParts, edition: Edition, now: datetime) -> bool:
    dispatch = parts.ledger.dispatch(edition.key)
    if dispatch is None or dispatch.stopped:
        return False
    if dispatch.paused_until is not None and now < dispatch.paused_until:
        return False
    return dispatch.hold_until is None or now >= dispatch.hold_until


def _app(url: str, errands: Errands) -> App:
    """Return Procrastinate with our tasks.

    Raises:
        MissingExtra: it is not installed.
    """
    try:
        import procrastinate
        from procrastinate.exceptions import AlreadyEnqueued
    except ImportError as missing:
        raise MissingExtra("digest worker", "postgres") from missing

    connector = procrastinate.PsycopgConnector(
        conninfo="postgresql://" + url.partition("://")[2],
        kwargs={"options": f"-c search_path={QUEUE_SCHEMA}"},
    )
    app = procrastinate.App(connector=connector, worker_defaults={"queues": [QUEUE]})

    @app.task(name=DRAIN, queue=QUEUE)
    async def drain(newsletter: str, day: str, slot: str = "") -> None:
        await asyncio.to_thread(errands.drain, newsletter, day, slot)

    @app.task(name=DAY, queue=QUEUE)
    async def day(newsletter: str) -> None:
        await asyncio.to_thread(errands.day, newsletter)

    @app.periodic(cron="* * * * *")
    @app.task(name=LOOK, queue=QUEUE, queueing_lock=LOOK)
    async def look(timestamp: int) -> None:
        log.debug("looking for the minute %d", timestamp)
        await _sweep(app)
        errands.watch()
        for newsletter in await asyncio.to_thread(errands.due):
            try:
                await day.configure(queueing_lock=f"{DAY} {newsletter}").defer_async(newsletter=newsletter)
            except AlreadyEnqueued:
                log.debug("%s: its day waits for a worker already", newsletter)

    return app


async def _work(make: Callable[[], App], errands: Errands, *, jobs: int, is_once: bool) -> None:
    if not is_once:
        await _keep_working(make, errands, jobs=jobs)
        return
    errands.watch()
    for newsletter in await asyncio.to_thread(errands.due):
        await asyncio.to_thread(errands.day, newsletter)
    await _serve(make(), jobs=jobs, is_once=True)


async def _serve(app: App, *, jobs: int, is_once: bool) -> None:
    async with app.open_async():
        await _sweep(app)
        # Finished jobs say nothing that the ledger does not say better.
        await app.run_worker_async(
            wait=not is_once, concurrency=jobs, delete_jobs="always", install_signal_handlers=is_once
        )


async def _sweep(app: App) -> None:
    """Take away the jobs of workers that died over them: the next look does what they were to do."""
    from procrastinate.jobs import Status

    for stale in await app.job_manager.get_stalled_jobs(queue=QUEUE):
        log.info("the worker of %s is gone; the next look makes up for it", stale.task_name)
        await app.job_manager.finish_job(stale, status=Status.FAILED, delete_job=True)


async def _keep_working(make: Callable[[], App], errands: Errands, *, jobs: int) -> None:
    """Serve until a signal says to stop, whatever becomes of the database in the meantime.

    Procrastinate's worker ends when it loses its connection; the first job of the next one is a look.
    """
    from procrastinate.exceptions import ProcrastinateException
    from psycopg import Error as PostgresError

    # It warns once for each try of each connection.
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)
    is_over = asyncio.Event()
    for signal_number in endings():
        asyncio.get_running_loop().add_signal_handler(signal_number, is_over.set)
    told = asyncio.create_task(is_over.wait())
    while not is_over.is_set():
        serving = asyncio.create_task(_serve(make(), jobs=jobs, is_once=False))
        await asyncio.wait({serving, told}, return_when=asyncio.FIRST_COMPLETED)
        if is_over.is_set():
            # Its jobs finish what is on its way, and end.
            STOPPING.ask()
            serving.cancel()
        problem = (await asyncio.gather(serving, return_exceptions=True))[0]
        if is_over.is_set():
            return
        if isinstance(problem, BaseException) and not isinstance(
            problem, ProcrastinateException | PostgresError
        ):
            raise problem
        log.error("the database can't be reached; trying again in %.0f s", AGAIN_S)
        errands.watch()
        await asyncio.wait({told}, timeout=AGAIN_S)
