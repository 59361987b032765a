"""Every kind of alert, by every way: told once, and once when all is well, with a dead mail server."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from digest.cli.exits import Exit
from digest.model import Outcome
from digest.model.desk import JobRun
from digest.model.upkeep import BOUNCE_BOX_READ, AlertKind
from digest.upkeep.alarms.messages import SUBJECTS
from digest.upkeep.proofs import Proofs
from tests.journeys.desk import Folder
from tests.transports.smtp.server import ScriptedServer, running
from tests.upkeep.receiver import receiving
from tests.upkeep.stage import (
    CASES,
    DAY,
    DEAD,
    HOUR,
    KEY,
    MINUTE,
    SECRET,
    SEND,
    Stage,
    settled,
)
from tests.upkeep.test_alarms import approve, bring_articles, end_run, settle_anew

OUTBOX = 'kind = "outbox"\npath = "outbox"'
WAYS = ("url", "command", "mail")
ELSEWHERE = frozenset({AlertKind.TEST, AlertKind.DATABASE_AWAY})
"""Kinds that are not found by a look: `digest alerts --test`, and test_database_away.py."""

NEVER_WELL = frozenset({AlertKind.SKIPPED})
"""Too late is too late."""


@dataclass(frozen=True)
class Heard:
    """Three who are told, of whom none needs the newsletter's mail server."""

    stage: Stage
    server: ScriptedServer
    file: Path

    def of(self, kind: AlertKind) -> dict[str, list[str]]:
        """Return what each was told of a kind, in order: `opened` and `closed`."""
        url = [one.values for one in self.stage.receiver.got]
        lines = self.file.read_text().splitlines() if self.file.exists() else []
        command: list[Any] = [json.loads(line) for line in lines]
        return {
            "url": [_end(one) for one in url if one["data"]["kind"] == kind],
            "command": [_end(one) for one in command if one["data"]["kind"] == kind],
            "mail": [
                "closed" if "All well again: " in text else "opened"
                for text in (mail.content.decode() for mail in self.server.arrived)
                if SUBJECTS[kind] in text.partition("\r\n\r\n")[0].replace("\r\n ", " ")
            ],
        }

    def said(self, kind: AlertKind) -> dict[str, str]:
        """Return what the webhook was told of its opening."""
        data = [one.values["data"] for one in self.stage.receiver.got if one.values["data"]["kind"] == kind]
        found: dict[str, str] = data[0]
        return found


def _end(values: Any) -> str:
    return str(values["type"]).removeprefix("alert.")


@pytest.fixture
def heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "told"
    program = f"import sys; open({str(file)!r}, 'a').write(sys.stdin.read() + chr(10))"
    folder = Folder(tmp_path).ready(transport=DEAD, newsletter='deadline = "10:00"')
    with receiving() as receiver, running(ScriptedServer()) as server:
        with folder.config.open("a") as config:
            config.write(
                f'\n[alerts]\nurl = "{receiver.url}/alerts"\nsecret = "{SECRET}"\n'
                f"command = {json.dumps([sys.executable, '-c', program])}\n"
                f'[alerts.smtp]\nhost = "127.0.0.1"\nport = {server.port}\ntls = "none"\n'
                'sender = "Quay Gazette <alerts@gazette.example>"\nto = ["chief@desk.example"]\n'
            )
        yield Heard(Stage(folder, receiver), server, file)


def next_day_goes_out(stage: Stage) -> None:
    """Let the next day's edition reach everybody."""
    text = stage.folder.config.read_text()
    for old, new in (
        (DEAD, OUTBOX),
        ('approval = "required"', 'approval = "auto"'),
        ('lists = ["renamed"]', 'lists = ["morning"]'),
    ):
        text = text.replace(old, new)
    stage.folder.config.write_text(text)
    (stage.folder.root / "articles").mkdir(exist_ok=True)
    for name in ("pilots", "ferry", "library"):
        published = "2026-11-24T02:00:00+03:00"
        stage.folder.add_article(f"new-{name}", published, title=f"Again {name}", body=f"{name} again.")
    # The code is that of the day before too, which reached nobody.
    assert stage.run(SEND + DAY) in {Exit.DONE, Exit.MISSED}
    assert stage.folder("audit", "morning", now=(SEND + DAY).isoformat()).code == Exit.DONE


def mail_leaves(stage: Stage) -> None:
    stage.configure(DEAD, OUTBOX)
    with stage.parts(SEND) as parts:
        parts.ledger.resume(KEY)
    assert stage.run(SEND + MINUTE) == Exit.DONE


def a_run_ends(stage: Stage) -> None:
    with stage.newsroom(SEND) as newsroom:
        at = SEND + 32 * MINUTE
        newsroom.database.runs.keep(JobRun("morning", "", "digest run", at, at, "done"))


def resend_failed(stage: Stage) -> None:
    stage.folder("dispatch", "morning", "--date", f"{KEY.day}", "--settle", "failed", now=SEND.isoformat())
    with stage.parts(SEND) as parts:
        settled(parts, Outcome.SENT)


def cancel(stage: Stage) -> None:
    with stage.parts(SEND) as parts:
        parts.ledger.cancel(KEY, "amina")


def read_the_box(stage: Stage) -> None:
    with stage.newsroom(SEND) as newsroom:
        newsroom.database.alerts.reach(BOUNCE_BOX_READ, now=SEND + 27 * HOUR)


def a_good_post(stage: Stage) -> None:
    with stage.newsroom(SEND) as newsroom:
        Proofs(newsroom).good("mailgun", now=SEND + 38 * MINUTE)


def renew(stage: Stage) -> None:
    stage.world.ends = SEND + 90 * DAY


def put_back(stage: Stage) -> None:
    stage.world.names["gazette.press"] = ("v=spf1 mx -all",)


def make_room(stage: Stage) -> None:
    stage.world.used = 60


MENDS: dict[AlertKind, Callable[[Stage], None]] = {
    AlertKind.UNAPPROVED: approve,
    AlertKind.NOTHING_SENT: next_day_goes_out,
    AlertKind.REACHED_NOBODY: next_day_goes_out,
    AlertKind.NO_READERS: next_day_goes_out,
    AlertKind.FAILED: resend_failed,
    AlertKind.HELD: settle_anew,
    AlertKind.STOPPED: cancel,
    AlertKind.TRANSPORT_AWAY: mail_leaves,
    AlertKind.RUN_FAILED: a_run_ends,
    AlertKind.RUN_STUCK: end_run,
    AlertKind.NO_RUN: a_run_ends,
    AlertKind.SOURCE_DEAD: bring_articles,
    AlertKind.BOUNCE_BOX_UNREAD: read_the_box,
    AlertKind.FEEDBACK_REFUSED: a_good_post,
    AlertKind.DISK_FULL: make_room,
    AlertKind.CERTIFICATE: renew,
    AlertKind.DNS_RECORD: put_back,
}


def test_every_kind_has_a_case_and_an_end() -> None:
    kinds = {case.values[1] for case in CASES}

    assert kinds | ELSEWHERE == set(AlertKind)
    assert set(MENDS) | NEVER_WELL == kinds
    assert set(SUBJECTS) == set(AlertKind)


def test_the_docs_have_every_kind() -> None:
    page = (Path(__file__).parents[2] / "docs/operations.md").read_text()
    rows = Counter(line.split("`")[1] for line in page.splitlines() if line.startswith("| `"))

    assert [one for one in AlertKind if rows[one.value] != 1] == [AlertKind.TEST]


@pytest.mark.parametrize(("prepare", "kind"), CASES)
def test_each_way_tells_it_once_and_once_when_all_is_well(
    heard: Heard, prepare: Callable[[Stage], datetime], kind: AlertKind
) -> None:
    stage = heard.stage
    now = prepare(stage)

    for minutes in (0, 1):
        stage.ring(now + MINUTE * minutes)
    opened = heard.of(kind)
    if kind in MENDS:
        MENDS[kind](stage)
    late = now + 7 * HOUR if kind in {AlertKind.CERTIFICATE, AlertKind.DNS_RECORD} else now + 2 * MINUTE
    late = max(late, SEND + DAY + MINUTE) if MENDS.get(kind) is next_day_goes_out else late
    for minutes in (0, 1):
        stage.ring(late + MINUTE * minutes)

    ends = [] if kind in NEVER_WELL else ["closed"]
    assert opened == {way: ["opened"] for way in WAYS}
    assert heard.of(kind) == {way: ["opened", *ends] for way in WAYS}
    assert heard.said(kind)["what_to_do"].endswith((".", "`"))
