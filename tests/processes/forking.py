"""Processes that tests start by the hundred, and kill: forks of one that has done a whole day before.

A fork begins with everything imported that a day needs, which alone takes several times as long as a day.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any

LONG_S = 600.0
"""How long such a process may take; a busy machine needs its time."""


def context() -> ForkServerContext:
    """Return a way to start such processes.

    Of a process of tests there is one server of forks, whoever asks first: it has what all of them need.
    """
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload(
        [
            "tests.dispatch.killing",
            "tests.processes.forked_day",
            "sqlalchemy.dialects.postgresql.psycopg",
            "psycopg",
            "procrastinate",
        ]
    )
    return found


def forked(work: Callable[..., None], *given: Any) -> ForkServerProcess:
    """Start work in a process of its own."""
    process = context().Process(target=work, args=given)
    process.start()
    return process


def command(config: Path, *words: str, now: str | None = None, crash_at: int = 0) -> ForkServerProcess:
    """Start a command of `digest` in a process of its own, which says nothing.

    Args:
        crash_at: the durable step that it dies at; 0 for none.
    """
    when = ["--now", now] if now else []
    return forked(_run, [*words, "--config", str(config), *when], crash_at)


def ended(process: ForkServerProcess) -> int:
    """Wait for the end of a process and return its exit code."""
    process.join(LONG_S)
    assert process.exitcode is not None, "it runs for too long"
    return process.exitcode


def silence() -> None:
    """Let this process say nothing any more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _run(words: list[str], crash_at: int) -> None:
    from digest.cli.app import run
    from digest.dispatch import crashpoints

    silence()
    crashpoints.POINTS.at = crash_at
    os._exit(run(words))
