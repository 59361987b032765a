"""A monitor hears of each run's start and end, with the exit code and the words."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from digest.cli.exits import Exit
from tests.journeys.desk import AT_SEND, CUTOFF, OUTBOX, Folder
from tests.upkeep.receiver import Receiver, receiving


def newsroom(root: Path, receiver: Receiver, *, newsletter: str = "", transport: str = OUTBOX) -> Folder:
    ping = f'ping = "{receiver.url}/check-of-the-morning"'
    return Folder(root).ready(newsletter=f"{ping}\n{newsletter}", transport=transport)


@pytest.mark.parametrize(
    ("newsletter", "transport", "code", "heard", "words"),
    [
        pytest.param("", OUTBOX, Exit.DONE, "0", "sent 5 of 5", id="done"),
        pytest.param(
            'approval = "required"',
            OUTBOX,
            Exit.WAITING_FOR_APPROVAL,
            "0",
            "approve",
            id="waits for approval",
        ),
        pytest.param(
            "weekdays = ['mon']\nmax_age_hours = 1",
            OUTBOX,
            Exit.NOTHING_TO_SEND,
            "11",
            "nothing to send",
            id="nothing to send",
        ),
        pytest.param(
            "",
            'kind = "smtp"\nhost = "127.0.0.1"\nport = 1\ntls = "none"',
            Exit.UNAVAILABLE,
            "69",
            "Nothing is lost",
            id="transport away",
        ),
    ],
)
def test_start_and_end_are_told_with_exit_code_and_words(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    newsletter: str,
    transport: str,
    code: Exit,
    heard: str,
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    with receiving() as monitor:
        folder = newsroom(tmp_path, monitor, newsletter=newsletter, transport=transport)
        said = folder("run", "morning", now=AT_SEND)

    assert said.code == code
    assert monitor.paths == ["/check-of-the-morning/start", f"/check-of-the-morning/{heard}"]
    rids = {parse_qs(urlsplit(one.path).query)["rid"][0] for one in monitor.got}
    assert len(rids) == 1
    assert words in monitor.got[1].body.decode()
    assert b"@list.example" not in monitor.got[1].body


def test_a_database_that_cannot_be_opened_is_a_failure_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with receiving() as monitor:
        folder = newsroom(tmp_path, monitor)
        (tmp_path / "digest.db").unlink()
        said = folder("run", "morning", now=AT_SEND)

    assert said.code == Exit.CONFIGURATION
    assert monitor.paths[-1].endswith("/78")
    assert b"digest migrate" in monitor.got[-1].body


def test_a_monitor_that_is_away_costs_no_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with receiving() as monitor:
        folder = newsroom(tmp_path, monitor)
    said = folder("run", "morning", now=AT_SEND)

    assert said.code == Exit.DONE
    assert sum(folder.recipients().values()) == 5
    assert "the ping did not arrive" in said.err
    assert "check-of-the-morning" not in said.err


def test_a_rehearsal_pings_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with receiving() as monitor:
        newsroom(tmp_path, monitor)("run", "morning", "--dry-run", now=CUTOFF)

    assert monitor.paths == []
