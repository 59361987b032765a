"""What is logged: ids of runs, editions and workers, and never an address, a reader's link or a secret."""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import date
from pathlib import Path

import pytest

from digest.model import EditionKey
from digest.upkeep import logs
from tests.journeys.desk import AT_SEND, CUTOFF, Folder
from tests.transports.smtp.server import ScriptedServer, running
from tests.upkeep.receiver import receiving

TOKEN = "u1.0f3c~morning.RkAbCdEfGhIjKlMnOpQrSt"
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w")


@pytest.mark.parametrize(
    ("said", "written"),
    [
        pytest.param("refused amina@reader.example now", "refused a***@reader.example now", id="address"),
        pytest.param("<amina+x@reader.example>:", "<a***@reader.example>:", id="in brackets"),
        pytest.param("a***@reader.example", "a***@reader.example", id="masked before"),
        pytest.param("žofie@büro.example", "ž***@büro.example", id="of any script"),
        pytest.param(f"GET /u/{TOKEN}", "GET /u/***", id="a reader's link"),
        pytest.param(f"bad token {TOKEN}.", "bad token ***.", id="its token alone"),
        pytest.param("/desk/enter/Zm9vYmFyYmF6", "/desk/enter/***", id="one-time link"),
        pytest.param("whsec_MDEyMzQ1Njc4OWFiY2RlZg==", "***", id="a hook's secret"),
        pytest.param("key SG.abcdefgh.ijklmnop", "key ***", id="SendGrid's key"),
        pytest.param("Authorization: Bearer abcdefghij", "Authorization: ***", id="bearer"),
        pytest.param("?api_key=abcdef&x=1", "?api_key=***&x=1", id="in a query"),
        pytest.param("password='hunter22'", "password='***'", id="named"),
        pytest.param(
            "- metrics.token: must have 16 signs", "- metrics.token: must have 16 signs", id="a fault"
        ),
        pytest.param(
            "(newsletters.morning.sources[1].password: weighs nothing)",
            "(newsletters.morning.sources[1].password: weighs nothing)",
            id="a fault of a source, whatever its words",
        ),
        pytest.param("password: must have", "password: *** have", id="a password that begins like a fault"),
        pytest.param("token=needs more", "token=*** more", id="a token that begins like another"),
        pytest.param("metrics.token=hunter22", "metrics.token=***", id="a setting's value"),
        pytest.param("box.password: hunter22", "box.password: ***", id="what is no setting of ours"),
        pytest.param("token: must-have-16", "token: ***", id="a token that begins like a fault"),
        pytest.param("postgresql://digest:pw@db/x", "postgresql://digest:p***@db/x", id="in a URL"),
        pytest.param("3 @ 4, morning/2026-11-23", "3 @ 4, morning/2026-11-23", id="nothing of the kind"),
        pytest.param("frozen 5 = sent 5 + failed 0", "frozen 5 = sent 5 + failed 0", id="counts"),
    ],
)
def test_a_line_holds_no_address_and_no_secret(said: str, written: str) -> None:
    assert logs.scrubbed(said) == written


def test_scrubbing_takes_time_linear_in_the_line() -> None:
    for text in ("a" * 200_000, "@" * 200_000, "u1." * 70_000, "a@" * 100_000, "password=" * 20_000):
        assert len(logs.scrubbed(text)) <= logs.MOST_CHARS * 4


def test_a_json_line_names_run_edition_and_worker_and_hides_what_broke() -> None:
    logger = logging.getLogger("digest.test")
    key = EditionKey("morning", date(2026, 11, 23))
    said = ("%s: lost %s", (key, "amina@reader.example"))
    try:
        raise KeyError("no amina@reader.example here")  # noqa: TRY301 - its traceback is wanted
    except KeyError:
        record = logger.makeRecord("digest.test", logging.ERROR, "f", 1, *said, sys.exc_info())

    with logs.about(run="a1b2", worker="c3d4"):
        line = json.loads(logs.JsonLines().format(record))

    assert line["edition"] == "morning/2026-11-23"
    assert (line["run"], line["worker"], line["newsletter"]) == ("a1b2", "c3d4", "morning")
    assert line["level"] == "error"
    assert line["message"] == "morning/2026-11-23: lost a***@reader.example"
    assert "KeyError: 'no a***@reader.example here'" in line["error"]
    assert "amina" not in json.dumps(line)


def test_a_text_line_names_them_too_but_says_nothing_twice() -> None:
    logger = logging.getLogger("digest.test")
    named = logger.makeRecord("digest.test", logging.INFO, "f", 1, "morning/2026-11-23: done", (), None)
    plain = logger.makeRecord("digest.test", logging.INFO, "f", 1, "collect: 4 of 4", (), None)
    alone = logging.makeLogRecord({"msg": "no run is near", "name": "digest.test", "levelname": "INFO"})

    with logs.about(run="a1b2", worker="c3d4", edition="morning/2026-11-23"):
        lines = [logs.TextLines().format(one) for one in (named, plain)]

    assert lines[0].endswith("INFO digest.test: morning/2026-11-23: done [worker c3d4, run a1b2]")
    assert lines[1].endswith(": collect: 4 of 4 [worker c3d4, run a1b2, morning/2026-11-23]")
    assert logs.TextLines().format(alone).endswith("INFO digest.test: no run is near")


@pytest.mark.parametrize("shape", ["text", "json"])
def test_a_whole_day_logs_no_address_and_no_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shape: str
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = Folder(tmp_path).ready()
    folder.config.write_text(folder.config.read_text() + f'\n[logs]\nformat = "{shape}"\n')
    (tmp_path / "articles" / "broken.md").write_text("---\n: amina@reader.example\n---\n")

    said = [
        folder("-v", "run", "morning", now=CUTOFF),
        folder("-v", "run", "morning", now=AT_SEND),
        folder("-v", "run", "morning", now=AT_SEND),
        folder("-v", "audit", "morning", now=AT_SEND),
        folder("-v", "close", "morning", now=AT_SEND),
        folder("-v", "dispatch", "morning", "--settle", "failed", now=AT_SEND),
        folder("-v", "run", "evening", now=AT_SEND),
    ]

    lines = "".join(one.err for one in said)
    tokens = {
        found
        for mail in folder.mails()
        for found in re.findall(r"/[upvl]/([A-Za-z0-9._~-]{20,})", mail.as_string())
    }
    assert len(folder.mails()) == 5
    assert tokens
    assert ADDRESS.findall(lines) == []
    assert not any(token in lines for token in tokens)
    if shape == "json":
        logged = [json.loads(line) for line in lines.splitlines() if line.startswith("{")]
        ours = [one for one in logged if one.get("run")]
        assert {one.get("edition") for one in ours} >= {"morning/2026-11-23"}
        assert len({one["run"] for one in ours}) == 2


@pytest.mark.parametrize("shape", ["text", "json"])
def test_a_server_that_names_readers_in_its_answers_names_none_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shape: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with receiving() as monitor, running(ScriptedServer()) as server:
        server.on_rcpt = lambda recipient: f"550 5.7.1 <{recipient}> is refused, says {recipient}"
        transport = f'kind = "smtp"\nhost = "127.0.0.1"\nport = {server.port}\ntls = "none"'
        ping = f'ping = "{monitor.url}/check"'
        folder = Folder(tmp_path).ready(transport=transport, newsletter=ping)
        with folder.config.open("a") as config:
            config.write(f'\n[logs]\nformat = "{shape}"\n[alerts]\nurl = "{monitor.url}/alerts"\n')
            config.write('secret = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="\n')
        said = [folder("-v", "run", "morning", now=AT_SEND) for _ in range(2)]

    heard = b"".join(one.body for one in monitor.got).decode()
    lines = "".join(one.err for one in said)
    assert said[0].code != 0
    assert "is refused" in lines + heard
    assert "@list.example" not in re.sub(r"\*\*\*@list\.example", "", lines + heard)
    assert "check" not in lines
