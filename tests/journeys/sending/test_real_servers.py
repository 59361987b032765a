"""Mail servers as they are, through the command line: nobody is written off, everybody gets one mail."""

from __future__ import annotations

from collections import Counter, deque

import pytest
from sqlalchemy import create_engine, text

from digest.cli.exits import Exit
from digest.dispatch.shutdown import STOPPING
from tests.journeys.desk import AT_SEND, Folder
from tests.transports.sendgrid import mock as sendgrid_mock
from tests.transports.sendgrid.mock import KEY, Mock
from tests.transports.smtp import raw_server
from tests.transports.smtp.raw_server import YES, Moment, RawServer, Said, haraka

READERS = 13
BOUNCES = '\n[transport.bounces]\ndomain = "gazette.example"\npath = "bounced"'


def by_smtp(port: int, more: str = "", after: str = "") -> str:
    return f'kind = "smtp"\nhost = "127.0.0.1"\nport = {port}\ntls = "none"\n{more}\n{after}'


def counts(folder: Folder) -> dict[str, int]:
    tally = folder("audit", "morning", "--json", now=AT_SEND).values["tally"]
    return {name: count for name, count in tally.items() if count and name not in {"frozen", "adds_up"}}


def everybody(readers: int) -> dict[str, int]:
    return {f"reader{number}@list.example": 1 for number in range(readers)}


def a_run(folder: Folder) -> int:
    STOPPING.forget()
    try:
        return folder("run", "morning", now=AT_SEND).code
    finally:
        STOPPING.forget()


def time_passes(folder: Folder) -> None:
    """Let the waits of whoever is to be tried again be over."""
    engine = create_engine(f"sqlite:///{folder.root / 'digest.db'}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE straggler SET not_before_ms = 0 WHERE state = 'planned'"))
        connection.execute(text("DELETE FROM pace"))
    engine.dispose()


class Storm(deque[str]):
    """Has the run end after each refusal, so that no test waits for a minute."""

    def popleft(self) -> str:
        STOPPING.ask()
        return super().popleft()


STRAYS = {
    "words": b"Warning: disk is nearly full\r\n",
    "another 250": b"250 2.0.0 Ok\r\n250 2.0.0 Ok\r\n",
    "noise": b"\x00\xff\x01\r\n",
}


@pytest.mark.parametrize("pipelining", ["true", "false"])
@pytest.mark.parametrize("stray", STRAYS.values(), ids=STRAYS)
def test_a_stray_answer_holds_one_reader_and_sends_nobody_on_paper_only(
    folder: Folder, stray: bytes, pipelining: str
) -> None:
    """From the stray line on that server's connection takes nothing more."""
    spoiled: set[int] = set()

    def script(moment: Moment) -> Said | None:
        if moment.verb == "." and moment.mail == 4:
            spoiled.add(moment.connection)
            return Said((stray,), takes=False)
        return (
            Said((YES["."],), takes=False) if moment.verb == "." and moment.connection in spoiled else None
        )

    with raw_server.running(RawServer(script)) as server:
        more = f"connections = 1\npipelining = {pipelining}"
        folder.ready(readers=READERS, transport=by_smtp(server.port, more))
        code = a_run(folder)
        first = counts(folder)
        spoiled.clear()
        settled = folder("dispatch", "morning", "--settle-held", "resend", now=AT_SEND)
        again = a_run(folder)

    assert code == Exit.CLOSED_WITH_FAULTS
    assert first == {"sent": READERS - 1, "held": 1}
    assert settled.code in {Exit.DONE, Exit.UNFINISHED}
    assert again == Exit.DONE
    assert counts(folder) == {"sent": READERS}
    assert server.taken == everybody(READERS)


def test_a_server_that_answers_anything_is_left_alone_and_nobody_is_lost(folder: Folder) -> None:
    mad = [True]

    def script(moment: Moment) -> Said | None:
        return Said((b"hello?\r\n",), takes=False) if mad[0] and moment.verb == "." else None

    with raw_server.running(RawServer(script)) as server:
        folder.ready(readers=60, transport=by_smtp(server.port, "connections = 2"))
        code = a_run(folder)
        first = counts(folder)
        mad[0] = False
        time_passes(folder)
        second = a_run(folder)
        folder("dispatch", "morning", "--settle-held", "resend", now=AT_SEND)
        a_run(folder)

    assert code == Exit.UNAVAILABLE
    assert first.keys() <= {"planned", "held", "uncertain"}
    assert first["planned"] >= 56
    assert second == Exit.CLOSED_WITH_FAULTS
    assert counts(folder) == {"sent": 60}
    assert server.taken == everybody(60)


def test_a_server_that_refuses_what_comes_behind_a_mail_costs_nobody_a_try(folder: Folder) -> None:
    with raw_server.running(RawServer(haraka)) as server:
        folder.ready(readers=60, transport=by_smtp(server.port))
        code = a_run(folder)

    assert code == Exit.DONE
    assert counts(folder) == {"sent": 60}
    assert server.taken == everybody(60)
    attempts = folder("audit", "morning", now=AT_SEND).out
    assert "attempt 2" not in attempts


def test_a_greylister_that_keeps_the_whole_sender_knows_us_the_second_time(folder: Folder) -> None:
    seen: Counter[tuple[str, str]] = Counter()

    def script(moment: Moment) -> Said | None:
        if moment.verb != "RCPT":
            return None
        triplet = (server.senders[moment.recipient][-1], moment.recipient)
        seen[triplet] += 1
        if len(seen) == READERS:
            STOPPING.ask()
        return Said((b"451 4.7.1 Greylisted, try again\r\n",), takes=False) if seen[triplet] == 1 else None

    with raw_server.running(RawServer(script)) as server:
        folder.ready(readers=READERS, transport=by_smtp(server.port, after=BOUNCES))
        code = a_run(folder)
        first = counts(folder)
        time_passes(folder)
        again = a_run(folder)

    assert (code, first) == (Exit.UNFINISHED, {"planned": READERS})
    assert again == Exit.DONE
    assert counts(folder) == {"sent": READERS}
    assert server.taken == everybody(READERS)
    assert set(seen.values()) == {2}


@pytest.mark.parametrize(
    ("greeting", "more", "most"),
    [
        pytest.param("mx.list.example ESMTP Exim 4.96", "", 10, id="Exim"),
        pytest.param("mx.list.example ESMTP", "mails_per_connection = 7", 7, id="a setting"),
    ],
)
def test_no_connection_carries_more_mails_than_its_share(
    folder: Folder, greeting: str, more: str, most: int
) -> None:
    with raw_server.running(RawServer(greeting=greeting)) as server:
        folder.ready(readers=60, transport=by_smtp(server.port, f"connections = 2\n{more}"))
        code = a_run(folder)

    assert code == Exit.DONE
    assert counts(folder) == {"sent": 60}
    assert server.taken == everybody(60)
    assert max(server.per_connection.values()) <= most


@pytest.mark.parametrize(
    ("storm", "retry_after"),
    [
        pytest.param(sendgrid_mock.STORM_429, "0", id="429 at once"),
        pytest.param(sendgrid_mock.STORM_503, "0", id="503 at once"),
        pytest.param(sendgrid_mock.STORM_429, "Mon, 23 Nov 2020 03:00:00 GMT", id="a moment that is past"),
        pytest.param(sendgrid_mock.TIMED_OUT, "0", id="408"),
    ],
)
def test_a_storm_of_sendgrid_fails_nobody_however_long(
    folder: Folder, storm: str, retry_after: str
) -> None:
    with sendgrid_mock.running(Mock(script=Storm(), retry_after=retry_after)) as mock:
        transport = f'kind = "sendgrid"\napi_key = "{KEY}"\napi_url = "{mock.url}"'
        folder.ready(readers=30, transport=transport)
        codes = []
        for _ in range(8):
            mock.script.append(storm)
            codes.append(a_run(folder))
            time_passes(folder)
        stormy = counts(folder)
        again = a_run(folder)

    assert set(codes) == {Exit.UNFINISHED}
    assert stormy == {"planned": 30}
    assert again == Exit.DONE
    assert counts(folder) == {"sent": 30}
    assert Counter(mock.addresses) == everybody(30)
