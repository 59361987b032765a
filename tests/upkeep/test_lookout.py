"""What is looked after stands each by itself: what one part meets keeps no other from its turn."""

from __future__ import annotations

import socketserver
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from digest.day import job
from digest.upkeep import calls
from digest.upkeep.alarms.bell import Bell, bell_of
from digest.upkeep.alarms.channels import Channel
from digest.upkeep.alarms.messages import Message
from digest.upkeep.lookout import Lookout, look_after
from tests.journeys.desk import AT_SEND, Folder
from tests.upkeep.receiver import Receiver, receiving
from tests.upkeep.stage import CUTOFF, KEY, SECRET, Stage

SEND = datetime.fromisoformat(AT_SEND)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as opened:
        yield opened


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, receiver: Receiver) -> Stage:
    monkeypatch.chdir(tmp_path)
    folder = Folder(tmp_path).ready()
    with folder.config.open("a") as config:
        config.write(f'\n[webhooks.cms]\nurl = "{receiver.url}/cms"\nsecret = "{SECRET}"\n')
        config.write(f'\n[alerts]\nurl = "{receiver.url}/alerts"\nsecret = "{SECRET}"\n')
        config.write('\n[metrics]\ntextfile = "digest.prom"\n')
    return Stage(folder, receiver)


class Broken:
    """A channel with a fault of ours in it."""

    name = "broken"

    def tell(self, message: Message) -> str:
        raise LookupError(message.subject)


@contextmanager
def dribbling() -> Iterator[str]:
    """A receiver that answers a byte now and then, and never to the end."""
    is_over = threading.Event()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            try:
                self.wfile.write(b"HTTP/1.1 200 OK\r\nx-slow: ")
                while not is_over.wait(0.02):
                    self.wfile.write(b"a")
            except OSError:
                pass

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            is_over.set()
            server.shutdown()
            thread.join(timeout=120)


def test_alarms_that_fail_keep_neither_figures_nor_webhooks_from_their_turn(
    stage: Stage, receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    stage.run(SEND)
    receiver.got.clear()
    with closing(sqlite3.connect(stage.folder.root / "digest.db")) as raw:
        raw.execute("DELETE FROM webhook_event")
        raw.execute("ALTER TABLE instance RENAME TO instance_gone")
        raw.commit()
    (stage.folder.root / "digest.prom").unlink()

    with stage.newsroom(SEND + MINUTE) as newsroom:
        look_after(newsroom, bell_of(newsroom.settings), now=SEND + MINUTE)

    assert "alarms could not be looked after" in caplog.text
    assert [one.values["type"] for one in receiver.got if one.path == "/cms"] == [
        "edition.drafted",
        "edition.approved",
        "edition.sent",
    ]
    figures = (stage.folder.root / "digest.prom").read_text()
    assert 'digest_upkeep_failures_total{part="alarms"} 1.0' in figures
    assert 'digest_upkeep_failures_total{part="webhooks"} 0.0' in figures


def test_a_place_that_cannot_be_looked_at_keeps_no_alert_of_the_others(
    stage: Stage, receiver: Receiver
) -> None:
    stage.run(SEND)
    receiver.got.clear()
    with closing(sqlite3.connect(stage.folder.root / "digest.db")) as raw:
        raw.execute("ALTER TABLE instance RENAME TO instance_gone")
        raw.commit()
    stage.world.used = 99

    with pytest.raises(Exception, match="instance"):
        stage.ring(SEND + MINUTE)

    assert ("alert.opened", "disk-full") in [
        (one.values["type"], one.values["data"]["kind"]) for one in receiver.got if one.path == "/alerts"
    ]


def test_a_broken_channel_keeps_no_other_from_telling(stage: Stage, receiver: Receiver) -> None:
    stage.run(SEND)
    receiver.got.clear()
    with stage.newsroom(SEND + timedelta(days=3)) as newsroom:
        bell = bell_of(newsroom.settings)
        channels: tuple[Channel, ...] = (Broken(), *bell.channels)
        look_after(newsroom, Bell(bell.url, channels, bell.rules), now=SEND + timedelta(days=3))

    assert [one.values["type"] for one in receiver.got if one.path == "/alerts"]


def test_who_looks_never_waits_for_a_receiver(stage: Stage, receiver: Receiver) -> None:
    stage.configure("minimum_items = 3", 'minimum_items = 3\napproval = "required"')
    with stage.parts(CUTOFF) as parts:
        job.collect(parts, now=CUTOFF)
        job.draft(parts, KEY, now=CUTOFF)
    receiver.holds.clear()

    with stage.newsroom(CUTOFF) as newsroom:
        lookout = Lookout(newsroom, bell_of(newsroom.settings))
        began = lookout.look(CUTOFF)
        came = receiver.came.wait(120)
        again = lookout.look(CUTOFF)
        receiver.holds.set()
        lookout.stop()
        later = lookout.look(CUTOFF + 2 * MINUTE)
        lookout.stop()

    assert (began, came, again, later) == (True, True, False, True)
    assert {one.values["type"] for one in receiver.got if one.path == "/cms"} == {"edition.drafted"}


def test_a_receiver_that_answers_a_byte_at_a_time_is_left_in_time() -> None:
    with dribbling() as url:
        problem = calls.posted(url, b"{}", within_s=0.3)

    assert problem == "no answer within 0 s"
