"""Somebody is told: every kind of trouble, once, with what to do, though the mail server is dead."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from digest.cli.exits import Exit
from digest.day import job
from digest.model import DeliveryState, EditionState, Ending
from digest.model.desk import JobRun
from digest.model.upkeep import AlertKind
from digest.upkeep.alarms.of_the_machine import is_reserved
from tests.journeys.desk import Folder
from tests.transports.smtp.server import ScriptedServer, running
from tests.upkeep.receiver import receiving
from tests.upkeep.stage import (
    CASES,
    CUTOFF,
    DAY,
    DEAD,
    DEADLINE,
    HOUR,
    KEY,
    MINUTE,
    SECRET,
    SEND,
    Stage,
    disk_full,
    not_sent,
    record_gone,
    run_stuck,
    some_are_held,
    source_dead,
    transport_away,
    unapproved,
)


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.chdir(tmp_path)
    folder = Folder(tmp_path).ready(transport=DEAD, newsletter='deadline = "10:00"')
    with receiving() as receiver:
        with folder.config.open("a") as config:
            config.write(f'\n[alerts]\nurl = "{receiver.url}/alerts"\nsecret = "{SECRET}"\n')
        yield Stage(folder, receiver)


def test_the_table_has_every_kind() -> None:
    assert {case.values[1] for case in CASES} == set(AlertKind) - {AlertKind.TEST, AlertKind.DATABASE_AWAY}


@pytest.mark.parametrize(("prepare", "kind"), CASES)
def test_an_alert_arrives_once_though_the_mail_server_is_dead(
    stage: Stage, prepare: Callable[[Stage], datetime], kind: AlertKind
) -> None:
    now = prepare(stage)

    for minutes in (0, 1, 5):
        stage.ring(now + MINUTE * minutes)

    told = [one for one in stage.receiver.got if one.values["data"]["kind"] == kind]
    (got,) = [one for one in told if one.values["type"] == "alert.opened"]
    assert [one for one in told if one is not got] == []
    assert got.values["data"]["said"]
    assert got.values["data"]["what_to_do"].endswith((".", "`"))
    assert b"@list.example" not in got.body
    assert is_signed(got.headers, got.body)


def is_signed(headers: dict[str, str], body: bytes) -> bool:
    """Check as a receiver would, who knows only the specification."""
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return headers["webhook-signature"] == f"v1,{wanted}"


def approve(stage: Stage) -> None:
    with stage.parts(DEADLINE - 10 * MINUTE) as parts:
        job.approve(parts, KEY, by="amina", now=DEADLINE - 10 * MINUTE)


def mend_transport(stage: Stage) -> None:
    stage.configure(DEAD, 'kind = "outbox"\npath = "outbox"')
    with stage.parts(SEND) as parts:
        parts.ledger.resume(KEY)
    assert stage.run(SEND + MINUTE) == Exit.DONE


def bring_articles(stage: Stage) -> None:
    (stage.folder.root / "articles").mkdir()
    stage.run(CUTOFF + 5 * MINUTE)


def end_run(stage: Stage) -> None:
    with stage.newsroom(SEND) as newsroom:
        newsroom.database.heartbeats.end("a1b2")


def settle_anew(stage: Stage) -> None:
    with stage.parts(SEND) as parts:
        parts.ledger.settle_held(KEY, DeliveryState.SENT, "an operator saw it")


@pytest.mark.parametrize(
    ("prepare", "mend", "kind", "said"),
    [
        pytest.param(unapproved, approve, AlertKind.UNAPPROVED, "is approved", id="approved"),
        pytest.param(
            transport_away, mend_transport, AlertKind.TRANSPORT_AWAY, "ended with", id="mail leaves"
        ),
        pytest.param(
            source_dead, bring_articles, AlertKind.SOURCE_DEAD, "was read again", id="source lives"
        ),
        pytest.param(run_stuck, end_run, AlertKind.RUN_STUCK, "has ended", id="run ended"),
        pytest.param(some_are_held, settle_anew, AlertKind.HELD, "sent to 5 of 5", id="held are settled"),
        pytest.param(
            disk_full,
            lambda stage: setattr(stage.world, "used", 60),
            AlertKind.DISK_FULL,
            "room again",
            id="disk has room",
        ),
    ],
)
def test_when_all_is_well_again_that_is_told_once_too(
    stage: Stage,
    prepare: Callable[[Stage], datetime],
    mend: Callable[[Stage], object],
    kind: AlertKind,
    said: str,
) -> None:
    now = prepare(stage)
    stage.ring(now)
    mend(stage)

    for minutes in (2, 3):
        stage.ring(now + MINUTE * minutes)

    ends = [one.values for one in stage.receiver.got if one.values["type"] == "alert.closed"]
    (end,) = [one for one in ends if one["data"]["kind"] == kind]
    assert said in end["data"]["said"]
    assert end["data"]["subject"].startswith("All well again: ")


def test_a_day_that_was_not_sent_is_well_when_the_next_one_is(stage: Stage) -> None:
    stage.ring(not_sent(stage))
    stage.configure('approval = "required"', 'approval = "auto"')
    stage.configure(DEAD, 'kind = "outbox"\npath = "outbox"')
    for name in ("pilots", "ferry", "library"):
        stage.folder.add_article(
            f"new-{name}", "2026-11-24T02:00:00+03:00", title=name, body=f"{name} again."
        )
    assert stage.run(SEND + DAY) == Exit.DONE

    stage.ring(SEND + DAY + MINUTE)

    ends = [one.values["data"] for one in stage.receiver.got if one.values["type"] == "alert.closed"]
    assert [(one["kind"], one["about"]) for one in ends] == [("nothing-sent", str(KEY))]
    assert "morning/2026-11-24 went out" in ends[0]["said"]


def test_a_run_that_sent_nothing_does_not_prove_that_mail_can_leave(stage: Stage) -> None:
    stage.ring(transport_away(stage))
    with stage.newsroom(SEND) as newsroom:
        at = SEND + 12 * HOUR
        newsroom.database.runs.keep(JobRun("morning", "", "digest run", at, at, Ending.NOT_YET.value))

    stage.ring(SEND + 12 * HOUR)

    assert ("alert.closed", "transport-away") not in stage.receiver.kinds


def test_what_a_receiver_could_not_take_is_told_at_the_next_look(stage: Stage) -> None:
    now = disk_full(stage)
    stage.receiver.status = 503
    stage.ring(now)
    stage.receiver.status = 200

    stage.ring(now + MINUTE)
    stage.ring(now + 2 * MINUTE)

    assert stage.receiver.kinds == [("alert.opened", "disk-full")] * 2
    assert stage.receiver.got[0].headers["webhook-id"] == stage.receiver.got[1].headers["webhook-id"]


def test_a_disk_with_no_room_for_more_files_is_told_as_a_full_one_is(stage: Stage) -> None:
    stage.world.files = 97
    stage.ring(SEND)
    stage.world.files = 40
    stage.ring(SEND + MINUTE)

    opened, closed = (one.values["data"] for one in stage.receiver.got)
    assert stage.receiver.kinds == [("alert.opened", "disk-full"), ("alert.closed", "disk-full")]
    assert "97 %, 3 more fit" in opened["said"]
    assert "There is room again" in closed["said"]


def test_a_full_disk_that_wavers_is_one_alert(stage: Stage) -> None:
    for number, used in enumerate((96, 94, 95, 94)):
        stage.world.used = used
        stage.ring(SEND + MINUTE * number)

    assert stage.receiver.kinds == [("alert.opened", "disk-full")]


def test_what_cannot_be_asked_ends_no_alert(stage: Stage) -> None:
    now = record_gone(stage)
    stage.ring(now)
    stage.world.is_deaf = True
    stage.ring(now + 6 * HOUR)

    assert stage.receiver.kinds == [("alert.opened", "dns-record")]


def test_a_program_and_a_mail_server_of_its_own_are_told_too(stage: Stage) -> None:
    told = stage.folder.root / "told.json"
    program = f"import sys, pathlib; pathlib.Path({str(told)!r}).write_bytes(sys.stdin.buffer.read())"
    with running(ScriptedServer()) as server:
        with stage.folder.config.open("a") as config:
            config.write(
                f"command = {json.dumps([sys.executable, '-c', program])}\n"
                f'[alerts.smtp]\nhost = "127.0.0.1"\nport = {server.port}\ntls = "none"\n'
                'sender = "Quay Gazette <alerts@gazette.example>"\nto = ["chief@desk.example"]\n'
            )
        stage.ring(disk_full(stage))
        (mail,) = server.arrived

    assert json.loads(told.read_bytes())["data"]["kind"] == "disk-full"
    assert mail.recipient == "chief@desk.example"
    assert stage.receiver.kinds == [("alert.opened", "disk-full")]


def test_channels_can_be_tried_out(stage: Stage) -> None:
    good = stage.folder("alerts", "--test", "--json")
    stage.receiver.status = 500
    bad = stage.folder("alerts", "--test")

    assert (good.code, good.values) == (Exit.DONE, {"channels": {"url": "told"}})
    assert stage.receiver.kinds[0] == ("alert.opened", "test")
    assert bad.code == Exit.UNAVAILABLE
    assert "url: the answer was 500" in bad.out


def test_what_is_open_is_listed_and_fails(stage: Stage) -> None:
    now = unapproved(stage)

    wrong = stage.folder("alerts", now=now.isoformat())
    approve(stage)
    stage.configure(DEAD, 'kind = "outbox"\npath = "outbox"')
    assert stage.run(now) == Exit.DONE
    well = stage.folder("alerts", now=(now + MINUTE).isoformat())

    quiet = stage.folder("-q", "alerts", now=(now + MINUTE).isoformat())

    assert (quiet.code, quiet.out) == (Exit.DONE, "")
    assert wrong.code == Exit.ALERTED
    assert "unapproved: morning/2026-11-23" in wrong.out
    assert (well.code, well.out) == (Exit.DONE, "All is well.\n")


@pytest.mark.parametrize(
    ("host", "is_nobody"),
    [
        ("gazette.example", True),
        ("mail.example.org", False),
        ("example.org", True),
        ("localhost", True),
        ("192.0.2.7", True),
        ("2001:db8::1", True),
        ("nas.local", True),
        ("gazette.press", False),
        ("", True),
    ],
)
def test_names_that_nobody_can_know_are_not_asked_for(host: str, *, is_nobody: bool) -> None:
    assert is_reserved(host) is is_nobody


def test_an_edition_that_ended_well_rings_nothing(stage: Stage) -> None:
    stage.configure(DEAD, 'kind = "outbox"\npath = "outbox"')
    assert stage.run(SEND) == Exit.DONE

    stage.ring(SEND + HOUR)
    stage.ring(SEND + 20 * HOUR)

    with stage.parts(SEND) as parts:
        edition = parts.editions.load(KEY)
        assert edition is not None
        assert edition.state is EditionState.CLOSED
    assert stage.receiver.got == []


def test_a_check_warns_where_nobody_would_hear_of_a_dead_mail_server(stage: Stage) -> None:
    heard = stage.folder("check", "--no-dns", "--json").values
    config = stage.folder.config
    config.write_text(config.read_text().partition("[alerts]")[0] + '[desk]\nalerts = ["a@desk.example"]\n')
    unheard = stage.folder("check", "--no-dns", "--json").values

    assert [one for one in heard["findings"] if one["check"] == "alerts"] == []
    (finding,) = [one for one in unheard["findings"] if one["check"] == "alerts"]
    assert finding["level"] == "warning"
    assert "the newsletters' own transport" in finding["problem"]
