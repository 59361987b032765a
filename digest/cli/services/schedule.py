"""`digest schedule`: one process that does every newsletter's day when it is due, as cron would.

It decides nothing: the ledger does, so that a cron line, a second schedule or a worker beside it does no
harm. Each look opens the newsroom anew: a changed configuration counts from the next minute on, and a
database that is away, or a configuration with faults, is told and waited for.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from secrets import token_hex

import click

from digest.cli.exits import Exit
from digest.cli.interrupts import finishing
from digest.cli.options import session_command
from digest.cli.services.worker import Errands
from digest.cli.session import Session
from digest.dispatch.shutdown import STOPPING
from digest.errors import ConfigurationError, DigestError
from digest.model.upkeep import SILENT_AFTER
from digest.settings.origins import locating
from digest.settings.unpacking import newsletters_of
from digest.upkeep.alarms import of_the_database
from digest.upkeep.heartbeats import REPLACED_AFTER, Pulse
from digest.wiring.newsroom import Newsroom
from digest.wiring.transport import verp_of
from subscribers.errors import SubscribersError

log = logging.getLogger(__name__)

LOOK_S = 20.0
"""So often it is asked what is due: a day begins at most so late."""

BOUNCES_EVERY = timedelta(hours=1)
AT_ONCE = 16
"""Newsletters whose work is done at the same time."""

FEEDBACK, WATCH = "", "!"
"""Whose turns reading the bounce box and looking after alarms are; no newsletter has these keys."""


def add_to(group: click.Group) -> None:
    """Add the command of this module."""
    session_command(group, "schedule", answers=False)(schedule)


@click.option("--once", is_flag=True, help="Do what is due, then end.")
@click.option(
    "--crawl-every",
    default=60,
    show_default=True,
    type=click.IntRange(0, 1440),
    metavar="MINUTES",
    help="Crawl between the days too: feeds show only their newest entries. 0 for never.",
)
def schedule(session: Session, *, once: bool, crawl_every: int) -> int:
    """Do every newsletter's day when it is due, in one process: for containers; no cron is needed.

    Runs beside cron, workers or a second one of its kind do no harm. A database that is away is waited
    for, but not with --once; a configuration with faults is refused at the start, and waited for where it
    was changed later. SIGTERM, SIGINT and SIGHUP finish what is on its way; a SIGHUP that is ignored at the
    start (nohup) stays so.
    """
    turns = Turns(session, crawl_every=timedelta(minutes=crawl_every))
    with (
        closing(turns),
        finishing(STOPPING),
        ThreadPoolExecutor(AT_ONCE + 2, thread_name_prefix="newsletter") as threads,
    ):
        try:
            turns.begin(threads, is_once=once)
            while not once:
                STOPPING.sleep(LOOK_S)
                if STOPPING.is_asked:
                    break
                turns.look(threads)
        except KeyboardInterrupt:
            STOPPING.ask()
            log.info("ending; what is on its way is finished first")
    return Exit.DONE


def _watch(errands: Errands) -> None:
    """Look whether all is well, whatever the newsletters are at."""
    errands.watch()
    errands.close()


class Turns:
    """What is done for each newsletter, one thing at a time; never shared between threads itself."""

    def __init__(self, session: Session, *, crawl_every: timedelta) -> None:
        """Nothing was done yet, so that everything is crawled at the first look.

        Args:
            crawl_every: how long after a crawl the next one is due; zero for none between the days.
        """
        self._session, self._crawl_every = session, crawl_every
        self._under_way: dict[str, Future[None]] = {}
        self._done_at: dict[str, datetime] = {}
        self._problem = ""
        self._name, self._began, self._has_beaten = token_hex(4), session.clock(), False

    def close(self) -> None:
        """End in order: nobody looks for whoever did."""
        if self._has_beaten:
            try:
                with Newsroom(self._session.load()) as newsroom:
                    newsroom.database.heartbeats.end(self._name)
            except (DigestError, SubscribersError) as error:
                log.debug("the last heartbeat was lost: %s", error)

    def begin(self, threads: ThreadPoolExecutor, *, is_once: bool) -> None:
        """Look for the first time.

        Raises:
            ConfigurationError: nobody who starts this waits for another configuration.
            DigestError: it is the only look, and nothing can be done.
        """
        try:
            self._begin_what_is_due(threads)
        except ConfigurationError:
            raise
        except (DigestError, SubscribersError) as error:
            if is_once:
                raise
            self._tell(str(error))

    def look(self, threads: ThreadPoolExecutor) -> None:
        """Begin whatever is due and not under way; what keeps us from it is told."""
        try:
            self._begin_what_is_due(threads)
        except (DigestError, SubscribersError) as error:
            self._tell(str(error))

    def _begin_what_is_due(self, threads: ThreadPoolExecutor) -> None:
        now = self._session.clock()
        loaded = self._session.load()
        with (
            of_the_database.watched(loaded, now=now, waits=of_the_database.WAITS),
            locating(loaded.origins),
            Newsroom(loaded) as newsroom,
        ):
            self._beat(newsroom)
            due = set(Errands(newsroom, self._session.clock).due())
            newsletters = newsletters_of(newsroom.settings)
            keys = [newsletter.key for newsletter in newsletters if not newsletter.is_paused]
            has_bounces = verp_of(newsroom.settings) is not None
        self._tell("")
        for key in keys:
            if key in due:
                self._begin(threads, key, partial(Errands.day, newsletter=key))
            elif self._crawl_every and self._is_time(key, self._crawl_every, now):
                self._begin(threads, key, partial(Errands.crawl, newsletter=key))
        self._begin(threads, WATCH, _watch)
        if has_bounces and self._is_time(FEEDBACK, BOUNCES_EVERY, now):
            self._begin(threads, FEEDBACK, Errands.hear)

    def _beat(self, newsroom: Newsroom) -> None:
        """Say that we are at work; the first time, whoever of our kind fell silent is replaced."""
        pulse = Pulse(
            newsroom, "schedule", name=self._name, clock=self._session.clock, started_at=self._began
        )
        pulse.sweep(silent=REPLACED_AFTER if self._has_beaten else SILENT_AFTER)
        pulse.beat()
        self._has_beaten = True

    def _begin(self, threads: ThreadPoolExecutor, key: str, act: Callable[[Errands], None]) -> None:
        before = self._under_way.get(key)
        if before is not None and not before.done():
            return
        self._done_at[key] = self._session.clock()
        self._under_way[key] = threads.submit(self._do, act)

    def _do(self, act: Callable[[Errands], None]) -> None:
        if STOPPING.is_asked:
            # It waited for a thread: nothing new begins.
            return
        try:
            with Newsroom(self._session.load()) as newsroom:
                act(Errands(newsroom, self._session.clock, by="digest schedule"))
        except (DigestError, SubscribersError) as error:
            log.warning("%s", error)
        except Exception:
            # A fault of ours in one newsletter's day: the others' go on, and the next look tries again.
            log.exception("a newsletter's work broke off")

    def _is_time(self, key: str, every: timedelta, now: datetime) -> bool:
        """Tell whether it is due again; a clock that was set back says nothing, so that it is."""
        done_at = self._done_at.get(key)
        return done_at is None or not timedelta(0) <= now - done_at < every

    def _tell(self, problem: str) -> None:
        """Log what keeps us from looking, once, and that it is over."""
        if problem and problem != self._problem:
            log.error("%s; looking again every %.0f s", problem, LOOK_S)
        elif self._problem and not problem:
            log.info("all is well again")
        self._problem = problem
