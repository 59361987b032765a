"""A whole day through the command line, mended in time or not, killed at each of its durable steps."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Protocol

import pytest

from digest.cli.app import run
from digest.cli.exits import Exit
from digest.cli.session import Session
from digest.day import job
from digest.dispatch import crashpoints
from digest.model import EditionKey
from tests.journeys.desk import AT_SEND, Folder
from tests.postgres import PostgresServer
from tests.processes.forking import command, ended, forked, silence
from tests.storage.samples import DAY

READERS = 3
LONGEST = 300
EVERY = 1 if os.environ.get("DIGEST_TEST_SOAK") else 7
"""`make soak` kills at every step, `make test` at every seventh."""


class Days(Protocol):
    """Makes newsrooms on the morning of an edition."""

    def __call__(self, path: Path) -> Folder: ...


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def days(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Days]:
    """Copies of one newsroom, each with a database of its own."""
    (tmp_path / "first").mkdir()
    if request.param == "sqlite":
        first = Folder(tmp_path / "first").ready(readers=READERS)

        def copied(path: Path) -> Folder:
            shutil.copytree(first.root, path)
            return Folder(path)

        yield copied
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    template = server.create()
    first = Folder(tmp_path / "first").ready(readers=READERS, database=server.url(template))
    made: list[str] = []

    def filled(path: Path) -> Folder:
        shutil.copytree(first.root, path)
        made.append(server.create(template=template))
        config = path / "digest.toml"
        config.write_text(config.read_text().replace(server.url(template), server.url(made[-1])))
        return Folder(path)

    yield filled
    for name in (*made, template):
        server.drop(name)


def a_run(folder: Folder, *, crash_at: int = 0) -> int:
    """Run the day in a process of its own and return how that ended."""
    return ended(command(folder.config, "run", "morning", now=AT_SEND, crash_at=crash_at))


KEY = EditionKey("morning", DAY)
MENDED = "The right subject"
MENDED_EVERY = 19
"""That way is twice as long as a day that nobody cancels."""


def a_mended_run(folder: Folder, *, crash_at: int = 0) -> int:
    """Freeze, cancel, mend, approve and send the day in a process of its own; return how that ended."""
    return ended(forked(_mend_quietly, str(folder.root), crash_at))


def _mend_quietly(root: str, crash_at: int) -> None:
    """Do what an editor does who sees a typo in time; whoever comes after a crash goes on from there."""
    silence()
    crashpoints.POINTS.at = crash_at
    config = Path(root) / "digest.toml"

    def said(*words: str) -> int:
        return run([*words, "--config", str(config), "--now", AT_SEND])

    session = Session(config, as_json=False, rehearsed_now=datetime.fromisoformat(AT_SEND))
    said("run", "morning", "--until", "draft")
    with session.parts("morning") as parts:
        # Frozen, and nothing claimed: that is how an edition stands in its hold window.
        if not job.loaded(parts, KEY).canceled:
            job.freeze(parts, job.approve(parts, KEY, by="auto", now=session.now), now=session.now)
            said("dispatch", "morning", "--cancel")
    said("draft", "morning", "--subject", MENDED)
    said("approve", "morning")
    os._exit(said("run", "morning"))


@pytest.mark.slow
def test_a_day_that_is_canceled_and_mended_reaches_every_reader_once_wherever_it_dies(
    days: Days, tmp_path: Path
) -> None:
    for step in range(1, LONGEST, EVERY if EVERY == 1 else MENDED_EVERY):
        folder = days(tmp_path / f"mend{step:03}")

        code = a_mended_run(folder, crash_at=step)

        if code != Exit.DONE:
            assert code == -signal.SIGKILL, step
            a_mended_run(folder, crash_at=1 + step % 11)
            assert a_mended_run(folder) == Exit.DONE, step
        assert folder.recipients() == {f"reader{number}@list.example": 1 for number in range(READERS)}
        assert {mail["Subject"] for mail in folder.mails()} == {MENDED}
        audit = folder("audit", "morning/2026-11-23", "--json").values
        assert (audit["is_settled"], audit["tally"]["sent"]) == (True, READERS)
        if code == Exit.DONE:
            assert step > 20, "canceled and mended, a day has more steps than that"
            return
    pytest.fail("the day never came to its end")


@pytest.mark.slow
def test_a_day_killed_at_any_durable_step_reaches_every_reader_once(days: Days, tmp_path: Path) -> None:
    for step in range(1, LONGEST, EVERY):
        folder = days(tmp_path / f"step{step:03}")

        code = a_run(folder, crash_at=step)

        if code == Exit.DONE:
            assert step > 20, "a day has more steps than that: collect, draft, approve, freeze, send, close"
            return
        assert code == -signal.SIGKILL
        # Whoever cleans up may die as well, soon after it began.
        a_run(folder, crash_at=1 + step % 5)
        assert a_run(folder) == Exit.DONE, step
        assert folder.recipients() == {f"reader{number}@list.example": 1 for number in range(READERS)}
        audit = folder("audit", "morning", "--json").values
        assert audit["state"] == "closed"
        assert audit["is_settled"]
        assert audit["tally"]["sent"] == READERS
    pytest.fail("the day never came to its end")
