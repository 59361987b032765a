"""Ways of telling that misbehave: each is given up in time, and holds up no other."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.cli.exits import Exit
from digest.model.upkeep import Alert, AlertKind, Trouble
from digest.rendering.checks import records
from digest.settings.upkeep import AlertSmtpSettings
from digest.upkeep.alarms import programs, ringing
from digest.upkeep.alarms.bell import bell_of
from digest.upkeep.alarms.channels import MailChannel
from digest.upkeep.alarms.messages import message_of
from tests.journeys.desk import Folder, killed_environment
from tests.upkeep.receiver import receiving
from tests.upkeep.stage import DAY, DEAD, HOUR, MINUTE, SECRET, SEND, Stage, World, source_dead

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
MESSAGE = message_of(Alert(1, Trouble(AlertKind.DISK_FULL, "disk", "said", "do"), NOW), url="", now=NOW)
LONG_S = 600.0


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.chdir(tmp_path)
    folder = Folder(tmp_path).ready(transport=DEAD, newsletter='deadline = "10:00"')
    with receiving() as receiver:
        with folder.config.open("a") as config:
            config.write(f'\n[alerts]\nurl = "{receiver.url}/alerts"\nsecret = "{SECRET}"\n')
        yield Stage(folder, receiver)


def script(text: str) -> tuple[str, ...]:
    return (sys.executable, "-c", text)


LEAVES_ONE = """
import os, sys, time
if os.fork():
    sys.exit({code})
while os.path.exists("goes on"):
    time.sleep(0.1)
"""
"""Ends at once, and leaves one behind that goes on as long as the test and holds its lines open."""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("pass", "", id="reads nothing"),
        pytest.param(LEAVES_ONE.format(code=0), "", id="leaves one in the background"),
        pytest.param(
            LEAVES_ONE.format(code=4), "ended with 4: it said nothing", id="leaves one, and fails"
        ),
        pytest.param(
            "import sys; sys.stderr.write('x' * 1_000_000 + '\\nno such\\x00 room\\n'); sys.exit(3)",
            "ended with 3: no such room",
            id="talks much",
        ),
        pytest.param("import sys; sys.exit('ä' * 900)", "ended with 1: " + "ä" * 200, id="one long line"),
        pytest.param("import os; os.kill(os.getpid(), 9)", "ended with -9", id="is killed"),
    ],
)
def test_a_programs_own_end_counts_whatever_it_leaves_or_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    sign = tmp_path / "goes on"
    sign.touch()

    found = programs.told(script(text), b"{}", within_s=LONG_S)

    sign.unlink()
    assert said in found
    assert bool(said) is bool(found)


def test_a_program_that_reads_nothing_of_much_is_not_waited_for() -> None:
    much = b"x" * 1_000_000

    assert "was not done within 1 s" in programs.told(
        script("import time; time.sleep(600)"), much, within_s=1
    )
    assert (
        programs.told(
            script("import sys; sys.exit(len(sys.stdin.buffer.read()) != 1_000_000)"), much, within_s=LONG_S
        )
        == ""
    )


def test_a_program_that_does_not_end_is_ended_with_all_it_began(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    text = f"import os, time; line = open({str(pipe)!r}, 'w'); os.fork(); time.sleep(900000)"

    found = programs.told(script(text), b"{}", within_s=2.0)

    assert "was not done within 2 s" in found
    # Nobody is left who holds the other end open.
    os.set_blocking(read, True)
    assert os.read(read, 1) == b""
    os.close(read)


@contextmanager
def drips(first: bytes) -> Iterator[int]:
    """Yield the port of a server that says `first`, then a byte at a time, and never comes to an end."""
    is_over = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        try:
            line, _ = listener.accept()
        except OSError:
            return
        with line:
            try:
                line.sendall(first)
                while not is_over.wait(0.05):
                    line.sendall(b"x")
            except OSError:
                return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        is_over.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(LONG_S)


@pytest.mark.parametrize(
    "first", [pytest.param(b"", id="greeting"), pytest.param(b"220 here\r\n250 ", id="answer")]
)
def test_a_mail_server_that_drips_is_given_up(first: bytes) -> None:
    with drips(first) as port:
        settings = AlertSmtpSettings.model_validate(
            {
                "host": "127.0.0.1",
                "port": port,
                "tls": "none",
                "sender": "A <a@desk.example>",
                "to": ["chief@desk.example"],
            }
        )
        channel = MailChannel(settings, ("chief@desk.example",), within_s=0.5)

        assert "was not done within" in channel.tell(MESSAGE)


def desk_is_elsewhere(stage: Stage) -> None:
    stage.configure("https://gazette.example", "https://www.gazette.press")
    with stage.folder.config.open("a") as config:
        config.write('\n[desk]\nurl = "https://desk.gazette.press"\n')


@dataclass
class Halves(World):
    """A net in which some hosts and domains answer, and others do not."""

    deaf: frozenset[str] = frozenset()

    def certificate_ends(self, host: str, port: int) -> datetime | str | None:
        return None if host in self.deaf else self.ends

    def txt(self, name: str) -> tuple[str, ...]:
        if any(name.endswith(one) for one in self.deaf):
            raise records.RecordsUnavailable("no answer")
        return super().txt(name)

    def resolver(self) -> Halves:
        return self


def test_a_server_that_does_not_answer_hides_no_other_ones_certificate(stage: Stage) -> None:
    desk_is_elsewhere(stage)
    stage.world = Halves(ends=SEND + 3 * DAY, deaf=frozenset({"desk.gazette.press"}))
    stage.ring(SEND)
    stage.world.ends = SEND + 90 * DAY
    stage.ring(SEND + 7 * HOUR)

    told = [(one.values["type"], one.values["data"]["about"]) for one in stage.receiver.got]
    assert told == [("alert.opened", "www.gazette.press:443"), ("alert.closed", "www.gazette.press:443")]


def test_what_is_known_of_a_server_stays_until_it_answers(stage: Stage) -> None:
    desk_is_elsewhere(stage)
    stage.world = world = Halves(ends="certificate has expired")
    stage.ring(SEND)
    world.deaf, world.ends = frozenset({"www.gazette.press"}), SEND + 90 * DAY
    stage.ring(SEND + 7 * HOUR)

    told = [(one.values["type"], one.values["data"]["about"]) for one in stage.receiver.got]
    assert sorted(told) == [
        ("alert.closed", "desk.gazette.press:443"),
        ("alert.opened", "desk.gazette.press:443"),
        ("alert.opened", "www.gazette.press:443"),
    ]


def test_a_domain_of_which_nothing_can_be_asked_hides_no_other_ones_record(stage: Stage) -> None:
    stage.configure("morning@gazette.example", "morning@gazette.press")
    text = stage.folder.config.read_text()
    head, mark, rest = text.partition("[newsletters.morning]")
    own, _, more = rest.partition("[alerts]")
    other = f"{mark}{own}".replace("gazette.press", "adverts.press").replace("morning", "adverts")
    stage.folder.config.write_text(f"{head}{mark}{own}{other}[alerts]{more}")
    stage.world = world = Halves(names={"gazette.press": ("v=spf1 mx -all",)})
    stage.ring(SEND)
    world.deaf, world.names = frozenset({"adverts.press"}), {}
    stage.ring(SEND + 7 * HOUR)

    assert [one.values["data"]["about"] for one in stage.receiver.got] == ["SPF of gazette.press"]


def test_a_dead_source_is_told_with_the_reason(stage: Stage) -> None:
    stage.ring(source_dead(stage))

    (dead,) = [one for one in stage.receiver.got if one.values["data"]["kind"] == "source-dead"]
    data = dead.values["data"]
    assert "in 3 crawls in a row: " in data["said"]
    assert "digest collect morning" in data["what_to_do"]


def test_a_webhook_that_comes_after_slow_ones_has_the_stamp_of_its_own_moment(stage: Stage) -> None:
    minutes = iter(range(0, 60, 3))
    with stage.newsroom(SEND) as newsroom:
        for about in ("first", "second"):
            newsroom.database.alerts.open(Trouble(AlertKind.DISK_FULL, about, "said", "do"), now=SEND)

        ringing.tell(newsroom, bell_of(newsroom.settings), now=SEND, elapsed=lambda: next(minutes) * 60.0)

    stamps = [int(one.headers["webhook-timestamp"]) - int(SEND.timestamp()) for one in stage.receiver.got]
    assert stamps == [3 * 60, 6 * 60]


@pytest.mark.parametrize("status", [301, 302, 307, 400, 404, 429, 500, 503])
def test_a_receiver_that_does_not_say_yes_is_asked_again_at_each_look(stage: Stage, status: int) -> None:
    stage.world.used = 97
    stage.receiver.status = status
    for number in range(2):
        stage.ring(SEND + MINUTE * number)
    stage.receiver.status = 204
    for number in range(2, 5):
        stage.ring(SEND + MINUTE * number)

    assert stage.receiver.kinds == [("alert.opened", "disk-full")] * 3
    assert len({one.headers["webhook-id"] for one in stage.receiver.got}) == 1


def test_of_two_ways_one_of_which_is_dead_the_other_tells_once(stage: Stage) -> None:
    with stage.folder.config.open("a") as config:
        config.write('command = ["/no/such/program"]\n')
    stage.world.used = 97
    for number in range(4):
        stage.ring(SEND + MINUTE * number)

    assert stage.receiver.kinds == [("alert.opened", "disk-full")]


KILLS = """
import os, pathlib, signal, sys
told = pathlib.Path("told")
told.write_text((told.read_text() if told.exists() else "") + sys.stdin.read() + chr(10))
if not os.path.exists("spared"):
    pathlib.Path("spared").touch()
    os.kill(os.getppid(), signal.SIGKILL)
"""


def test_whoever_is_killed_between_telling_and_writing_it_down_tells_twice_never_not_at_all(
    stage: Stage,
) -> None:
    root = stage.folder.root
    config = stage.folder.config.read_text().partition("[alerts]")[0]
    (root / "kills.py").write_text(KILLS)
    command = json.dumps([sys.executable, "kills.py"])
    stage.folder.config.write_text(f"{config}\n[alerts]\ncommand = {command}\n")
    with stage.newsroom(SEND) as newsroom:
        newsroom.database.alerts.open(Trouble(AlertKind.TEST, "alerts", "said", "do"), now=SEND)

    def look(minutes: int) -> int:
        now = (SEND + MINUTE * minutes).isoformat()
        words = (
            sys.executable,
            "-m",
            "digest",
            "alerts",
            "--config",
            str(stage.folder.config),
            "--now",
            now,
        )
        environment = {**killed_environment(), "PYTHONPATH": str(Path(__file__).parents[2])}
        return subprocess.run(words, cwd=root, env=environment, capture_output=True, check=False).returncode

    killed, at_once, later, again = (look(minutes) for minutes in (0, 1, 3, 6))

    told = [json.loads(line)["data"]["id"] for line in (root / "told").read_text().splitlines()]
    assert killed == -signal.SIGKILL
    assert {at_once, later, again} == {Exit.ALERTED}
    assert len(told) == 2
    assert len(set(told)) == 1
