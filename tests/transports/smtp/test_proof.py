"""Only proof is proof: whatever a server says, nobody counts as sent whom it did not take."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import TransportUnavailable
from digest.model import Batch, Outcome
from digest.testing import a_batch, a_delivery
from digest.transports.smtp.transport import SmtpTransport
from tests.transports.smtp.raw_server import YES, Moment, RawServer, Said, Script, running

STRAYS = {
    "another 250": b"250 once more\r\n",
    "two more 250": b"250 and\r\n250 and\r\n",
    "a 550": b"550 5.1.1 no such user\r\n",
    "a 451": b"451 4.3.0 later\r\n",
    "a 354": b"354 go on\r\n",
    "a greeting": b"220 hello again\r\n",
    "a goodbye": b"221 bye\r\n",
    "words": b"Warning: queue is slow\r\n",
    "an empty line": b"\r\n",
    "a bare line feed": b"\n",
    "a bare carriage return": b"250 a\r250 b\r\n",
    "noise": b"\x00\xff\xfe\x80\x1b[2J\r\n",
    "a NUL behind a code": b"250 \x00\r\n",
    "a short code": b"25\r\n",
    "a long code": b"2500 ok\r\n",
    "a code in Arabic digits": "٢٥٠ ok\r\n".encode(),
    "a code without a space": b"250ok\r\n",
    "a code of no kind": b"199 ok\r\n",
    "a line without end": b"250 " + b"x" * 70_000 + b"\r\n",
    "a reply of two codes": b"250-first\r\n550 second\r\n",
    "a reply without end": b"250-" + b"\r\n250-".join([b"x" * 900] * 90) + b"\r\n250 end\r\n",
    "half a code": b"2",
}
WHERE = {"before": 0, "after": 1}


def sent(server: RawServer, batch: Batch, **options: object) -> dict[str, Outcome]:
    """Send by one connection and return the outcomes by address; none where the server is not trusted."""
    chosen: dict[str, object] = {"timeout_s": 1, "answer_timeout_s": 1, "connections": 1, **options}
    transport = SmtpTransport("127.0.0.1", server.port, tls="none", **chosen)  # type: ignore[arg-type]
    try:
        outcomes = {one.reference: one.outcome for one in transport.send(batch)}
    except TransportUnavailable:
        return {}
    finally:
        transport.close()
    return {one.address: outcomes[one.reference] for one in batch.deliveries}


def check(server: RawServer, outcomes: dict[str, Outcome]) -> None:
    """Nobody is sent whom the server did not take, nobody taken goes again, nobody gets two."""
    for address, outcome in outcomes.items():
        took = server.taken[address]
        assert took <= 1, address
        assert outcome is not Outcome.SENT or took, address
        assert outcome not in {Outcome.AGAIN, Outcome.FAILED} or not took, address


def once(verb: str, mail: int, said: Said) -> Script:
    """Say it at the first moment that fits."""
    left = [said]

    def script(moment: Moment) -> Said | None:
        return left.pop() if left and (moment.verb, moment.mail) == (verb, mail) else None

    return script


@pytest.mark.parametrize("offers", [("PIPELINING",), ("SIZE",)], ids=["pipelined", "plain"])
@pytest.mark.parametrize("takes", [True, False], ids=["taken", "refused"])
@pytest.mark.parametrize("pieces", ["together", "apart"])
@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("name", STRAYS)
def test_a_stray_after_a_mail_makes_no_wrong_receipt(
    name: str, where: str, pieces: str, takes: bool, offers: tuple[str, ...]
) -> None:
    true = YES["."] if takes else b"554 5.7.1 not this one\r\n"
    parts = [STRAYS[name], true] if where == "before" else [true, STRAYS[name]]
    said = Said(tuple(parts) if pieces == "apart" else (b"".join(parts),), takes=takes)
    with running(RawServer(once(".", 3, said), extensions=offers)) as server:
        outcomes = sent(server, a_batch(count=6))

    check(server, outcomes)
    assert list(outcomes.values()).count(Outcome.UNCERTAIN) <= 1
    assert list(outcomes.values()).count(Outcome.SENT) >= 4


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA", "RSET"])
@pytest.mark.parametrize("offers", [("PIPELINING",), ("SIZE",)], ids=["pipelined", "plain"])
@pytest.mark.parametrize("name", STRAYS)
def test_a_stray_before_a_mail_makes_no_wrong_receipt(
    name: str, offers: tuple[str, ...], verb: str
) -> None:
    said = Said((STRAYS[name], YES[verb]))
    mail = 6 if verb == "RSET" else 3
    with running(RawServer(once(verb, mail, said), extensions=offers)) as server:
        outcomes = sent(server, a_batch(count=6))

    check(server, outcomes)
    assert Outcome.FAILED not in outcomes.values()
    assert list(outcomes.values()).count(Outcome.SENT) >= 4


@pytest.mark.parametrize("offers", [("PIPELINING",), ("SIZE",)], ids=["pipelined", "plain"])
@pytest.mark.parametrize("takes", [True, False], ids=["taken", "lost"])
@pytest.mark.parametrize(
    "said",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"2", id="one digit"),
        pytest.param(b"250", id="a code without an end"),
        pytest.param(b"250 kep", id="half a line"),
        pytest.param(b"250-kept\r\n", id="half a reply"),
        pytest.param(b"\xff\x00", id="noise"),
    ],
)
def test_half_an_answer_at_the_close_is_none(offers: tuple[str, ...], takes: bool, said: bytes) -> None:
    with running(RawServer(once(".", 3, Said((said,), takes, closes=True)), extensions=offers)) as server:
        outcomes = sent(server, a_batch(count=6))

    check(server, outcomes)
    assert list(outcomes.values()).count(Outcome.UNCERTAIN) == 1
    assert list(outcomes.values()).count(Outcome.SENT) == 5


@pytest.mark.parametrize("offers", [("PIPELINING",), ("SIZE",)], ids=["pipelined", "plain"])
@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA", "."])
@pytest.mark.parametrize("closes", [True, False], ids=["closes", "stays"])
def test_a_421_in_mid_stream_goes_on_by_another_connection(
    offers: tuple[str, ...], verb: str, closes: bool
) -> None:
    said = Said((b"421 4.3.2 going down\r\n",), takes=False, closes=closes)
    with running(RawServer(once(verb, 3, said), extensions=offers)) as server:
        outcomes = sent(server, a_batch(count=6))

    check(server, outcomes)
    assert list(outcomes.values()).count(Outcome.SENT) >= 5
    assert Outcome.UNCERTAIN not in outcomes.values()


def test_a_last_mail_is_not_proved_by_a_stray_answer() -> None:
    said = Said((b"250 soon\r\n", b"550 5.7.1 after all not\r\n"), takes=False)
    with running(RawServer(once(".", 1, said))) as server:
        outcomes = sent(server, a_batch(count=1))

    assert set(outcomes.values()) == {Outcome.UNCERTAIN}


def test_a_server_out_of_its_mind_makes_few_uncertain_and_is_then_left_alone() -> None:
    batch = a_batch(*(a_delivery(number) for number in range(200)))
    with running(RawServer(lambda one: Said((b"huh?\r\n",)) if one.verb == "." else None)) as server:
        transport = SmtpTransport("127.0.0.1", server.port, tls="none", timeout_s=1, connections=2)
        outcomes = [one.outcome for one in transport.send(batch)]
        with pytest.raises(TransportUnavailable, match="trusted"):
            list(transport.send(a_batch(count=3)))
        transport.close()

    assert outcomes.count(Outcome.UNCERTAIN) <= 4
    assert outcomes.count(Outcome.AGAIN) == 200 - outcomes.count(Outcome.UNCERTAIN)


VERBS = st.sampled_from(["MAIL", "RCPT", "DATA", ".", "RSET", "QUIT"])
PIECES = st.lists(st.sampled_from([*STRAYS.values(), *YES.values()]), min_size=0, max_size=3)


@settings(deadline=None, max_examples=60, derandomize=True)
@given(
    data=st.lists(
        st.tuples(VERBS, st.integers(1, 5), PIECES, st.booleans(), st.booleans()), min_size=1, max_size=3
    ),
    is_pipelined=st.booleans(),
)
def test_no_talk_at_all_makes_a_wrong_receipt(
    data: list[tuple[str, int, list[bytes], bool, bool]], is_pipelined: bool
) -> None:
    """A refused or taken mail says so truly, among whatever else is said before and after."""
    left = list(data)

    def script(moment: Moment) -> Said | None:
        for one in left:
            verb, mail, strays, is_first, takes = one
            if (moment.verb, moment.mail) == (verb, mail):
                left.remove(one)
                true = YES[verb] if takes else b"554 5.0.0 refused\r\n"
                pieces = [true, *strays] if is_first else [*strays, true]
                return Said(tuple(pieces), takes=takes)
        return None

    extensions = ("PIPELINING",) if is_pipelined else ()
    with running(RawServer(script, extensions=extensions)) as server:
        outcomes = sent(server, a_batch(count=5), timeout_s=0.3, answer_timeout_s=0.3)

    check(server, outcomes)
