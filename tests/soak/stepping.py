"""A crash at each durable step: freeze, cancel, freeze anew, every claim, receipt and settling, close.

Each process dies at its own step n; then one comes that finishes. Step after step, until all of them
reach the end of the edition alive.
"""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Callable, Iterable
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from digest.dispatch import crashpoints
from digest.errors import EditionConflict
from digest.model import EditionKey, EditionState
from digest.storage.database import Database, open_database
from tests.dispatch import killing
from tests.processes.forking import forked
from tests.soak.lines import Line, count, reached
from tests.storage.samples import DAY, HASH, NOW, add_readers, approved, audience, people, rendered

READERS = 9
LONGEST = 400


def freeze_and_send(url: str, key: EditionKey, kind: str, path: Path, crash_at: int) -> None:
    """Freeze, drain and close one edition in this process, which dies at one of its steps."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 2)
    crashpoints.POINTS.at = crash_at
    database = open_database(url, steps=crashpoints.POINTS.reached)
    _mended(database, key)
    killing.send(url, key, kind, path, 0.0, crash_at)
    tally = database.ledger.tally(key)
    if tally.frozen and not tally.open:
        database.editions.advance(key, EditionState.CLOSED, now=NOW)
    database.close()


def _mended(database: Database, key: EditionKey) -> None:
    """Freeze the edition, cancel it before its first byte, approve it again and freeze it anew, once.

    Another process may be anywhere on the same way: whoever finds its step taken tries the next one.
    """
    for _ in range(50):
        try:
            found = database.editions.load(key)
            if found is not None and not found.canceled:
                database.ledger.freeze(key, [rendered()], audience(), now=NOW)
                database.ledger.take_back(key, "canceled by the soak", by="the soak", now=NOW)
            database.editions.approve(key, HASH, by="the soak", now=NOW)
            database.ledger.freeze(key, [rendered()], audience(), now=NOW)
        except EditionConflict:
            continue
        return
    raise AssertionError(f"{key} is never frozen")


def step_through(
    line: Line, url: str, *, steps: Iterable[int], told: Callable[[str], None] = lambda _said: None
) -> int:
    """Crash at each of these steps until no process dies any more; return the last one that killed.

    Args:
        told: is given a line for each edition that does not come out even.
    """
    database = open_database(url)
    add_readers(url, people(READERS))
    last = 0
    with tempfile.TemporaryDirectory(prefix="steps-") as folder:
        for step in steps:
            key = approved(database, EditionKey("morning", DAY, f"{line.kind}{line.processes}s{step:03}"))
            path = Path(folder) / f"{step:03}"
            with reached(line.kind, path) as (kind, got):
                dead = _killed([_start(url, key, kind, path, step) for _ in range(line.processes)])
                # Whoever cleans up may die as well, soon after it began.
                again = _killed([_start(url, key, kind, path, 1 + step % 5)]) if dead else 0
                last_one = _start(url, key, kind, path, 0)
                last_one.join()
                line.kills += dead + again
                line.editions += 1
                was_good = line.is_good
                count(line, database, key, got(), dead + again)
                line.wrong_sums += last_one.exitcode != 0
                edition = database.editions.load(key)
                line.wrong_sums += edition is None or edition.state is not EditionState.CLOSED
                if was_good and not line.is_good:
                    told(f"{line.engine} {line.processes} x {line.kind}: step {step} came out wrong")
            if not dead:
                break
            last = step
    database.close()
    return last


def _start(url: str, key: EditionKey, kind: str, path: Path, crash_at: int) -> ForkServerProcess:
    return forked(freeze_and_send, url, key, kind, path, crash_at)


def _killed(processes: list[ForkServerProcess]) -> int:
    """Wait for all and return how many died; one that ends by itself in any other way has no place here."""
    for process in processes:
        process.join()
    odd = [one.exitcode for one in processes if one.exitcode not in {0, -signal.SIGKILL}]
    if odd:
        raise RuntimeError(f"a process ended with {odd}: neither killed nor done")
    return sum(one.exitcode == -signal.SIGKILL for one in processes)
