"""Servers as they are: what they offer and don't keep, and how many mails they like by one connection."""

from __future__ import annotations

from collections import Counter

import pytest

from digest.model import Batch, Outcome, Receipt
from digest.testing import a_batch, a_delivery
from digest.transports.smtp.manners import Pipelining
from digest.transports.smtp.transport import SmtpTransport
from tests.transports.smtp.raw_server import YES, Moment, RawServer, Said, Script, haraka, running


def send(server: RawServer, batch: Batch, *, times: int = 1, **options: object) -> list[Receipt]:
    chosen: dict[str, object] = {"timeout_s": 1, "answer_timeout_s": 1, "connections": 1, **options}
    transport = SmtpTransport("127.0.0.1", server.port, tls="none", **chosen)  # type: ignore[arg-type]
    try:
        return [receipt for _ in range(times) for receipt in transport.send(batch)]
    finally:
        transport.close()


def lines_behind(server: RawServer) -> int:
    return sum(bool(moment.behind) for moment in server.moments if moment.verb == ".")


def late(reply: bytes, *, closes: bool = False, is_one: bool = False) -> Script:
    """Refuse whatever travels behind a final dot with these words."""

    def script(moment: Moment) -> Said | None:
        lines = moment.behind.count(b"\n")
        if moment.verb != "." or not lines:
            return None
        return Said((YES["."] + reply * (1 if closes or is_one else lines),), skips=True, closes=closes)

    return script


@pytest.mark.parametrize("connections", [1, 4])
def test_a_server_that_can_not_keep_up_costs_nobody_a_try(connections: int) -> None:
    with running(RawServer(haraka)) as server:
        receipts = send(server, a_batch(count=30), connections=connections)

    assert Counter(one.outcome for one in receipts) == {Outcome.SENT: 30}
    assert set(server.taken.values()) == {1}
    assert server.connections == connections
    # Each connection may have had one on its way when the first was refused.
    assert 1 <= lines_behind(server) <= connections


@pytest.mark.parametrize(
    ("reply", "closes"),
    [
        pytest.param(b"503 5.5.1 Error: nested MAIL command\r\n", False, id="503"),
        pytest.param(b"554 SMTP synchronization error\r\n", True, id="Exim: closes"),
        pytest.param(b"554 5.5.1 Error: improper command pipelining\r\n", False, id="words"),
        pytest.param(b"421 4.5.0 improper command pipelining\r\n", True, id="421: closes"),
        pytest.param(b"451 commands out of sequence\r\n", False, id="451"),
    ],
)
def test_who_refuses_haste_is_spoken_to_step_by_step(reply: bytes, closes: bool) -> None:
    with running(RawServer(late(reply, closes=closes))) as server:
        receipts = send(server, a_batch(count=12))

    assert Counter(one.outcome for one in receipts) == {Outcome.SENT: 12}
    assert set(server.taken.values()) == {1}
    assert lines_behind(server) == 1


def test_one_refusal_for_all_that_came_too_early_is_understood() -> None:
    with running(RawServer(late(b"503 slowly\r\n", is_one=True))) as server:
        receipts = send(server, a_batch(count=12), timeout_s=2.0)

    assert Counter(one.outcome for one in receipts) == {Outcome.SENT: 12}
    assert set(server.taken.values()) == {1}


def test_a_server_that_throws_away_what_is_behind_a_mail_is_spoken_to_step_by_step() -> None:
    with running(RawServer(late(b""))) as server:
        receipts = send(server, a_batch(count=12), timeout_s=2.0)

    assert Counter(one.outcome for one in receipts) == {Outcome.SENT: 12}
    assert set(server.taken.values()) == {1}
    assert lines_behind(server) == 1


@pytest.mark.parametrize(
    ("pipelining", "offers", "behind"),
    [
        pytest.param("auto", True, 5, id="auto, offered"),
        pytest.param("auto", False, 0, id="auto, not offered"),
        pytest.param(True, True, 5, id="true, offered"),
        pytest.param(True, False, 0, id="true, not offered"),
        pytest.param(False, True, 0, id="false"),
    ],
)
def test_pipelining_is_used_where_it_is_offered_and_wanted(
    pipelining: Pipelining, offers: bool, behind: int
) -> None:
    with running(RawServer(extensions=("PIPELINING",) if offers else ())) as server:
        receipts = send(server, a_batch(count=6), pipelining=pipelining)

    assert {one.outcome for one in receipts} == {Outcome.SENT}
    assert lines_behind(server) == behind


def test_true_tries_pipelining_anew_with_each_connection() -> None:
    with running(RawServer(haraka)) as server:
        receipts = send(server, a_batch(count=20), pipelining=True, mails_per_connection=5)

    assert {one.outcome for one in receipts} == {Outcome.SENT}
    assert lines_behind(server) == 4


@pytest.mark.parametrize("offers", [("PIPELINING",), ()], ids=["pipelined", "plain"])
@pytest.mark.parametrize(
    ("greeting", "mails", "most"),
    [
        pytest.param("mx.example ESMTP Exim 4.96 Mon, 23 Nov 2026", None, 10, id="Exim"),
        pytest.param("mx.example ESMTP Postfix", None, 100, id="others"),
        pytest.param("mx.example ESMTP Exim 4.96", 30, 30, id="a setting"),
        pytest.param("mx.example ESMTP", 1, 1, id="one by one"),
    ],
)
def test_a_connection_carries_no_more_mails_than_the_server_likes(
    greeting: str, mails: int | None, most: int, offers: tuple[str, ...]
) -> None:
    count = 205 if most == 100 else 35
    batch = a_batch(*(a_delivery(number) for number in range(count)))
    with running(RawServer(greeting=greeting, extensions=offers)) as server:
        receipts = send(server, batch, mails_per_connection=mails)

    assert Counter(one.outcome for one in receipts) == {Outcome.SENT: count}
    assert set(server.taken.values()) == {1}
    assert max(server.per_connection.values()) == most
    assert server.connections == -(-count // most)


def test_the_share_of_a_connection_holds_from_batch_to_batch() -> None:
    with running(RawServer()) as server:
        send(server, a_batch(count=4), times=5, mails_per_connection=10)

    assert list(server.per_connection.values()) == [10, 10]


def test_refused_readers_count_for_the_share_too() -> None:
    def script(moment: Moment) -> Said | None:
        return Said((b"550 5.1.1 no such user\r\n",), takes=False) if moment.verb == "RCPT" else None

    with running(RawServer(script)) as server:
        receipts = send(server, a_batch(count=25), mails_per_connection=10)

    assert Counter(one.outcome for one in receipts) == {Outcome.FAILED: 25}
    assert server.connections == 3
