"""Against Postfix's own sink, and beside its own source."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.errors import TransportUnavailable
from digest.model import Outcome
from digest.testing import a_batch, a_rendered
from digest.transports.smtp.transport import SmtpTransport
from tests.ports import free_port

SINK = shutil.which("smtp-sink") or "/usr/sbin/smtp-sink"

pytestmark = [
    pytest.mark.postfix,
    pytest.mark.skipif(not Path(SINK).exists(), reason="Postfix's smtp-sink is not installed"),
]


@pytest.fixture
def sink(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """Run smtp-sink with the parametrized options; give its port and the folder of its mails."""
    port = free_port()
    options = list(getattr(request, "param", ()))
    if os.geteuid() == 0:  # smtp-sink refuses to run as root
        options += ["-u", "nobody"]
    command = [SINK, *options, "-d", "mail.%M.", f"127.0.0.1:{port}", "100"]
    tmp_path.chmod(0o777)
    for parent in tmp_path.parents:
        if parent.name.startswith("pytest-"):
            parent.chmod(0o755)
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port, tmp_path
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    for _ in range(6000):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("smtp-sink does not listen")


def send(port: int, count: int, *, pipelining: bool = True) -> list[Outcome]:
    transport = SmtpTransport("127.0.0.1", port, tls="none", pipelining=pipelining)
    batch = a_batch(count=count, rendered=a_rendered(text="%%name%%\n.\n.x\n" + "long line " * 400))
    try:
        return [receipt.outcome for receipt in transport.send(batch)]
    finally:
        transport.close()


@pytest.mark.parametrize("pipelining", [True, False])
def test_every_mail_arrives_once_and_whole(sink: tuple[int, Path], pipelining: bool) -> None:
    port, folder = sink

    outcomes = send(port, 200, pipelining=pipelining)

    assert outcomes == [Outcome.SENT] * 200
    mails = [path.read_text() for path in folder.glob("mail.*")]
    assert len(mails) == 200
    assert len({mail.partition("Message-ID: ")[2][:60] for mail in mails}) == 200
    assert all(mail.count("\n.x") == 1 and mail.rstrip().endswith("--") for mail in mails)


@pytest.mark.parametrize(
    ("sink", "outcome"),
    [
        pytest.param(("-f", "."), Outcome.FAILED, id="550 to the mail"),
        pytest.param(("-r", "."), Outcome.AGAIN, id="450 to the mail"),
        pytest.param(("-f", "RCPT"), Outcome.FAILED, id="550 to RCPT"),
        pytest.param(("-r", "DATA"), Outcome.AGAIN, id="450 to DATA"),
        pytest.param(("-f", "MAIL"), Outcome.AGAIN, id="550 to the sender"),
        pytest.param(("-Q", "."), Outcome.AGAIN, id="421 to the mail"),
    ],
    indirect=["sink"],
)
def test_what_postfix_says_is_told_apart(sink: tuple[int, Path], outcome: Outcome) -> None:
    port, _ = sink

    assert send(port, 10) == [outcome] * 10


@pytest.mark.parametrize("sink", [("-Q", "RCPT"), ("-q", "RCPT")], indirect=True, ids=["421", "cut"])
def test_a_server_that_ends_each_envelope_carries_nothing_and_spends_no_try(sink: tuple[int, Path]) -> None:
    port, _ = sink

    with pytest.raises(TransportUnavailable, match=r"421|closed the connection"):
        send(port, 10)


@pytest.mark.parametrize("sink", [("-q", ".")], indirect=True, ids=["cut after the mail"])
def test_a_cut_after_the_mail_is_uncertain(sink: tuple[int, Path]) -> None:
    port, _ = sink

    assert send(port, 1) == [Outcome.UNCERTAIN]
