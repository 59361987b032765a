"""What a server says of everybody: nobody is given up, and the mended day reaches each reader once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from digest.cli.exits import Exit
from tests.journeys.desk import AT_SEND, Folder, Said
from tests.journeys.sending.mail_server import Refusing, by_smtp, serving

READERS = 60
EVERYBODY = {f"reader{number}@list.example": 1 for number in range(READERS)}
SOON = "2026-11-23T06:34:00+03:00"
LATER = "2026-11-23T06:40:00+03:00"


@pytest.fixture(params=[True, False], ids=["pipelined", "plain"])
def server(request: pytest.FixtureRequest) -> Iterator[Refusing]:
    with serving(Refusing(offers_pipelining=request.param)) as started:
        yield started


def counts(folder: Folder) -> dict[str, int]:
    tally = folder("audit", "morning", "--json", now=AT_SEND).values["tally"]
    return {
        name: count for name, count in tally.items() if count and name not in {"frozen", "adds_up", "late"}
    }


def a_run(folder: Folder, now: str = AT_SEND) -> Said:
    return folder("run", "morning", now=now)


SAID_OF_EVERYBODY: list[Any] = [
    pytest.param("on_rcpt", "554 5.7.1 <{}>: Relay access denied", id="relaying denied"),
    pytest.param("on_rcpt", "454 4.7.1 <{}>: Relay access denied", id="relaying denied for now"),
    pytest.param("on_rcpt", "550 5.4.5 Daily user sending limit exceeded", id="a daily limit"),
    pytest.param(
        "on_rcpt", "504 5.5.2 <vm>: Helo command rejected: need fully-qualified hostname", id="HELO at RCPT"
    ),
    pytest.param(
        "on_rcpt",
        "554 5.7.1 Client host [192.0.2.7] blocked using zen.spamhaus.example",
        id="listed at RCPT",
    ),
    pytest.param("on_rcpt", "530 5.7.0 Authentication required", id="login wanted at RCPT"),
    pytest.param("on_rcpt", "550 5.1.1 <{}>: User unknown", id="a relay that lost its table"),
    pytest.param("on_rcpt", "550 no", id="words that say nothing"),
    pytest.param("on_rcpt", "451 4.3.0 <{}>: Temporary lookup failure", id="for now"),
    pytest.param("on_rcpt", "450 4.1.1 <{}>: unverified address: Address lookup timed out", id="callouts"),
    pytest.param(
        "on_rcpt", "451 temporary local problem - please try later", id="for now, without a status"
    ),
    pytest.param("on_rcpt", "452 4.3.1 Insufficient system storage", id="a full disk"),
    pytest.param("on_rcpt", "452 4.2.2 mailbox full", id="every mailbox full"),
    pytest.param("on_data", "451 4.7.1 Service unavailable - try again later", id="a dead milter"),
    pytest.param("on_data", "451 4.3.2 system not accepting messages", id="a server that is shut"),
    pytest.param("on_mail", "553 5.7.1 Sender address rejected: not owned by user", id="the sender"),
    pytest.param("on_mail", "550 5.1.0 no", id="MAIL, words that say nothing"),
    pytest.param("on_mail", "451 4.3.0 queue file write error", id="MAIL for now"),
    pytest.param("on_mail", "550 5.1.1 user unknown", id="MAIL, words of a mailbox"),
    pytest.param("on_data", "554 5.7.1 Message rejected as spam", id="the content"),
    pytest.param("on_data", "550 5.7.1 message content rejected due to policy", id="a policy on content"),
    pytest.param("on_data", "554 transaction failed", id="after DATA, words that say nothing"),
    pytest.param("on_data", "552 5.3.4 Message size exceeds fixed limit", id="too big after DATA"),
]


@pytest.mark.parametrize(("stage", "answer"), SAID_OF_EVERYBODY)
def test_what_is_said_of_everybody_fails_nobody_and_the_mended_day_reaches_each_once(
    folder: Folder, server: Refusing, stage: str, answer: str
) -> None:
    folder.ready(readers=READERS, transport=by_smtp(server.port))
    setattr(server, stage, answer.format)

    refused = a_run(folder)
    asked = server.asked.total()
    paused = a_run(folder, SOON)

    assert refused.code == paused.code == Exit.UNAVAILABLE
    words = answer.partition("<{}>")[2] or answer
    assert words.strip(": ")[:40] in refused.err
    assert words.strip(": ")[:40] in paused.err
    assert "pauses until 2026-11-23 06:35 EAT" in paused.err
    assert "digest dispatch morning --date 2026-11-23 --resume" in paused.err
    assert server.asked.total() == asked <= 40
    assert counts(folder) == {"planned": READERS}

    server.mend()
    mended = a_run(folder, LATER)

    assert mended.code == Exit.DONE
    assert server.got == EVERYBODY
    assert counts(folder) == {"sent": READERS}


@pytest.mark.parametrize(
    "answer",
    [
        "550 5.4.5 Daily sending quota exceeded",
        "452 4.5.3 Your daily message limit is reached",
        "554 5.7.1 Client host [192.0.2.7] blocked",
        "550 no more",
        "451 4.3.0 Temporary lookup failure",
        "450 4.3.2 Service currently unavailable",
        "550 5.1.1 User unknown",
        "550 5.7.1 rejected by policy",
        "535 5.7.8 authentication failed",
    ],
)
def test_a_refusal_from_the_middle_of_the_list_on_fails_nobody(
    folder: Folder, server: Refusing, answer: str
) -> None:
    folder.ready(readers=READERS, transport=by_smtp(server.port))
    server.limit, server.over = 20, answer

    refused = a_run(folder)

    assert refused.code == Exit.UNAVAILABLE
    assert counts(folder) == {"sent": 20, "planned": 40}

    server.mend()
    resumed = folder("dispatch", "morning", "--resume", now=AT_SEND)

    assert resumed.code == Exit.DONE
    assert server.got == EVERYBODY
    assert counts(folder) == {"sent": READERS}
