"""The tutorial, word for word, on a machine that has nothing of ours: its mails are in ten mailboxes."""

from __future__ import annotations

import mailbox
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import Message
from pathlib import Path

import pytest

from tests.docs.blocks import DOCS, ROOT, blocks_of
from tests.processes.departing import LastWords
from tests.requiring import needed
from tests.transports.smtp.postfix_relay import DAEMONS, PROGRAM

BLOCKS = [one for one in blocks_of(DOCS / "tutorial.md") if one.language == "sh"]
SHIPPED = ("digest", "subscribers", "templates", "deploy", "pyproject.toml", "README.md", "LICENSE")
READERS = 10
LONG_S = 600.0


@pytest.fixture
def machine() -> Iterator[tuple[Path, dict[str, str]]]:
    """A home and a checkout that others may enter, and the environment of a new login."""
    needed(Path(PROGRAM).exists() and DAEMONS.is_dir(), "Postfix is not installed: apt-get install postfix")
    if os.geteuid() != 0:
        pytest.skip("Postfix's master runs as root only")
    # Not below pytest's own folder: every session that begins closes that to Postfix's users.
    place = Path(tempfile.mkdtemp(prefix="digest-tutorial-"))
    place.chmod(0o755)
    home, checkout = place / "home", place / "source"
    last_words = LastWords([PROGRAM, "-c", str(home / "mail/config"), "stop"], ["rm", "-rf", str(place)])
    home.mkdir()
    checkout.mkdir()
    for name in SHIPPED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, checkout / name)
    python = Path(getattr(sys, "_base_executable", sys.executable)).parent
    passed = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    cache = {"PIP_CACHE_DIR": str(Path.home() / ".cache/pip"), **passed}
    path = f"{python}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    yield checkout, {"HOME": str(home), "PATH": path, "LANG": "C.UTF-8", **cache}
    last_words.say()


def _typed(text: str, folder: Path, environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run lines of the page in one shell that stops at the first that fails."""
    script = Path(environ["HOME"]) / "typed.sh"
    script.write_text(text)
    command = ["sh", "-eu", str(script)]
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)


def _arrived(boxes: Path) -> list[Message]:
    """Return all mails, once there are as many as readers: Postfix delivers after it has said yes."""
    until = time.monotonic() + LONG_S
    found: list[Message] = []
    while len(found) < READERS and time.monotonic() < until:
        found = [mail for box in boxes.glob("*/*") for mail in mailbox.Maildir(box, create=False)]
        time.sleep(0.2)
    return found


def _not_at_midnight() -> None:
    """Wait until no run of some minutes would see two days."""
    now = datetime.now(UTC)
    if (now + timedelta(minutes=12)).date() != now.date():
        midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), UTC)
        time.sleep((midnight - now).total_seconds() + 1)


@pytest.mark.slow
@pytest.mark.postfix
@pytest.mark.timeout(2400)
def test_the_tutorial_ends_with_an_edition_in_ten_mailboxes(machine: tuple[Path, dict[str, str]]) -> None:
    checkout, environ = machine
    *steps, stop = [block.text for block in BLOCKS]
    assert "trial-mail-server.sh" in stop
    _not_at_midnight()

    done = _typed("".join(steps), checkout, environ)

    assert done.returncode == 0, done.stdout + done.stderr
    home = Path(environ["HOME"])
    mails = _arrived(home / "mail/boxes")
    assert len(mails) == READERS, (home / "mail/log").read_text()
    assert len({mail["To"] for mail in mails}) == READERS
    assert len({mail["List-Unsubscribe"] for mail in mails}) == READERS
    for mail in mails:
        assert "ferry" in str(mail) or "Ferry" in str(mail)
    ended = _typed(f"CHECKOUT={checkout}\n{stop}", checkout, environ)
    assert ended.returncode == 0, ended.stdout + ended.stderr
