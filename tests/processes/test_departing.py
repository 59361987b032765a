"""Tests that are ended leave no server behind."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests.postgres import programs
from tests.rendering.browser import CHROMIUM
from tests.requiring import needed

ROOT = Path(__file__).resolve().parents[2]
LONG_S = 600.0


def _started(code: str) -> subprocess.Popen[str]:
    """Start Python code that prints a line once it stands, and return when it does."""
    command = [sys.executable, "-c", code]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    assert process.stdout.readline()
    return process


def _runs(process: int) -> bool:
    """Tell whether it does anything yet: one that ended and that nobody has asked after has no words."""
    try:
        return bool(Path(f"/proc/{process}/cmdline").read_bytes())
    except OSError:
        return False


def _becomes(wanted: bool, path: Path) -> bool:
    until = time.monotonic() + LONG_S
    while path.exists() is not wanted and time.monotonic() < until:
        time.sleep(0.05)
    return path.exists() is wanted


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_the_last_words_are_said_however_the_process_ended(ending: signal.Signals, tmp_path: Path) -> None:
    said = tmp_path / "said"
    code = (
        "import signal, time; from tests.processes.departing import LastWords\n"
        # Whoever is started in the background ignores it, and hands that on.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        f"words = LastWords(['false'], ['touch', {str(said)!r}])\n"
        "print('ready', flush=True); time.sleep(3600)"
    )
    process = _started(code)

    process.send_signal(ending)
    process.communicate()

    assert _becomes(True, said)


@pytest.mark.postgres
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL])
def test_a_postgresql_of_ended_tests_is_gone_with_its_files(ending: signal.Signals) -> None:
    needed(programs(), "PostgreSQL is not installed: apt-get install postgresql")
    code = (
        "import time; from tests.postgres import PostgresServer, programs\n"
        "server = PostgresServer(programs())\n"
        "print(server._home, flush=True); time.sleep(3600)"
    )
    command = [sys.executable, "-c", code]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    home = Path(process.stdout.readline().strip())
    server = int((home / "data/postmaster.pid").read_text().split()[0])

    process.send_signal(ending)
    process.communicate()

    assert _becomes(False, home)
    assert not _runs(server)


@pytest.mark.chromium
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL, signal.SIGHUP])
def test_a_chromium_of_ended_tests_leaves_no_files(ending: signal.Signals) -> None:
    needed(CHROMIUM.exists(), "Chromium is not installed: apt-get install chromium")
    # Not below pytest's own folder: its path is too long for Chromium's socket.
    place = Path(tempfile.mkdtemp(prefix="d-"))
    code = (
        f"import tempfile, time; tempfile.tempdir = {str(place)!r}\n"
        "from tests.rendering.browser import browsers\n"
        "with browsers() as current:\n"
        "    current().new_page()\n"
        "    print('ready', flush=True); time.sleep(3600)"
    )
    process = _started(code)
    (folder,) = place.iterdir()
    assert list(folder.iterdir())

    process.send_signal(ending)
    process.communicate()

    assert _becomes(False, folder)
    place.rmdir()
