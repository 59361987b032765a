"""`digest desk` as a process: open once it is bound, a taken port, a link only where it is asked for."""

from __future__ import annotations

import contextlib
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from digest.cli.exits import Exit
from tests.journeys.desk import Folder, killed_environment


@pytest.fixture
def ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.chdir(tmp_path)
    return Folder(tmp_path).ready()


@contextlib.contextmanager
def desk(folder: Folder, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start the desk and yield it with the first line it says."""
    command = [sys.executable, "-m", "digest", "desk", "--port", "0", *options]
    with subprocess.Popen(
        command,
        cwd=folder.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=killed_environment(),
    ) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline()
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=600)


def test_the_desk_answers_as_soon_as_it_says_that_it_is_open(ready: Folder) -> None:
    with desk(ready) as (process, said):
        url = said.split()[5].removesuffix("/desk;")
        answer = httpx.get(f"{url}/healthz")
        process.send_signal(signal.SIGINT)
        out, _err = process.communicate(timeout=600)

    assert said.startswith("The desk is open at http://127.0.0.1:")
    assert answer.status_code == 200
    assert "/desk/enter/" not in out


def test_the_link_is_printed_where_it_is_asked_for(ready: Folder) -> None:
    with desk(ready, "--link") as (process, said):
        assert process.stdout is not None
        link = process.stdout.readline()

    assert said.startswith("The desk is open at ")
    assert "/desk/enter/" in link


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_port_that_is_taken_is_an_error_of_its_own(ready: Folder, host: str) -> None:
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = str(taken.getsockname()[1])
        said = ready("desk", "--host", host, "--port", port)

    assert said.code == Exit.PORT_TAKEN
    assert "The desk is open" not in said.out
    assert f"port {port}" in said.err
    assert "another --port" in said.err


def test_a_host_that_is_not_ours_is_one_too(ready: Folder) -> None:
    said = ready("desk", "--host", "192.0.2.1", "--port", "0")

    assert said.code == Exit.PORT_TAKEN
