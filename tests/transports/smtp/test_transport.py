from __future__ import annotations

import asyncio
import logging
import ssl
from collections import Counter
from collections.abc import Callable, Iterator

import aiosmtplib
import pytest
import trustme
from aiosmtpd.smtp import AuthResult, LoginPassword
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import TransportUnavailable
from digest.model import Batch, Outcome, Receipt
from digest.storage.ledger.references import lasting
from digest.testing import a_batch, a_delivery, a_rendered
from digest.transports.mime import build
from digest.transports.smtp.transport import SmtpTransport
from digest.transports.verp import ReturnPath, Verp
from tests.transports.smtp.server import DROP, ScriptedServer, running


@pytest.fixture(params=[True, False], ids=["pipelined", "plain"])
def server(request: pytest.FixtureRequest) -> Iterator[ScriptedServer]:
    with running(ScriptedServer(offers_pipelining=request.param)) as started:
        yield started


def send(server: ScriptedServer, batch: Batch, **options: object) -> dict[str, Receipt]:
    """Send a batch and return the receipts by address."""
    chosen: dict[str, object] = {"tls": "none", "timeout_s": 5, "answer_timeout_s": 5, **options}
    transport = SmtpTransport("127.0.0.1", server.port, **chosen)  # type: ignore[arg-type]
    try:
        receipts = list(transport.send(batch))
    finally:
        transport.close()
    by_reference = {receipt.reference: receipt for receipt in receipts}
    assert len(receipts) == len(by_reference) == len(batch.deliveries)
    return {delivery.address: by_reference[delivery.reference] for delivery in batch.deliveries}


def outcomes(receipts: dict[str, Receipt]) -> Counter[Outcome]:
    return Counter(receipt.outcome for receipt in receipts.values())


def only(number: int, answer: str) -> Callable[[str], str]:
    return lambda address: answer if address == f"reader{number}@readers.example" else ""


def test_each_reader_gets_one_mail(server: ScriptedServer) -> None:
    receipts = send(server, a_batch(count=25))

    assert outcomes(receipts) == {Outcome.SENT: 25}
    assert Counter(mail.recipient for mail in server.arrived) == Counter(receipts.keys())


def test_connections_are_kept_from_batch_to_batch(server: ScriptedServer) -> None:
    transport = SmtpTransport("127.0.0.1", server.port, tls="none", connections=2)

    for first in (0, 10, 20):
        list(transport.send(a_batch(*(a_delivery(first + number) for number in range(10)))))
    transport.close()

    assert server.connections <= 2
    assert len(server.arrived) == 30


def test_the_bytes_arrive_as_they_were_built(server: ScriptedServer) -> None:
    rendered = a_rendered(text="%%name%%\n.\n..\n. x\n\n.hidden\n%%name%%")
    batch = a_batch(a_delivery(1, name="."), a_delivery(2, name=".\r\n.\r\n"), rendered=rendered)

    send(server, batch)

    template = build(batch.letterhead, rendered, batch.deliveries[0].edition, carries_reference=True)
    built = {d.address: template.join(d, v) for d, v in zip(batch.deliveries, batch.values, strict=True)}
    assert {mail.recipient: mail.content for mail in server.arrived} == built


LINES = st.lists(
    st.sampled_from(["", ".", "..", ".a", "a.", "From x", "é" * 50, "z" * 90, " ", "%%name%%"]), max_size=12
).map("\n".join)


@settings(deadline=None, max_examples=20, derandomize=True)
@given(text=LINES)
def test_aiosmtplib_would_deliver_the_very_same(text: str) -> None:
    """The oracle: the library's own client, given the whole mail."""
    batch = a_batch(a_delivery(1), rendered=a_rendered(text=text))
    (delivery,), (values,) = batch.deliveries, batch.values
    whole = build(batch.letterhead, batch.rendered, delivery.edition, carries_reference=True)
    with running(ScriptedServer()) as server:
        send(server, batch)
        asyncio.run(
            aiosmtplib.send(
                whole.join(delivery, values),
                hostname="127.0.0.1",
                port=server.port,
                sender="morning@harbour.example",
                recipients=[delivery.address],
                start_tls=False,
            )
        )

    ours, theirs = server.arrived
    assert ours == theirs


@pytest.mark.parametrize("phase", ["on_rcpt", "on_data"])
@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("451 4.3.0 try later", Outcome.AGAIN),
        ("550 5.1.1 <reader3@readers.example> unknown", Outcome.FAILED),
    ],
)
def test_a_refusal_concerns_one_reader(
    server: ScriptedServer, phase: str, answer: str, outcome: Outcome
) -> None:
    setattr(server, phase, only(3, answer))

    receipts = send(server, a_batch(count=6), connections=1)

    refused = receipts.pop("reader3@readers.example")
    assert refused.outcome is outcome
    assert refused.reason == answer.replace("<reader3@readers.example>", "<<address>>")
    assert outcomes(receipts) == {Outcome.SENT: 5}
    assert server.connections == 1


def test_a_refused_sender_fails_no_reader(server: ScriptedServer) -> None:
    server.on_mail = lambda _: "550 5.7.1 not you"

    receipts = send(server, a_batch(count=3))

    assert outcomes(receipts) == {Outcome.AGAIN: 3}


def test_a_cut_before_the_body_is_tried_once_more_and_arrives(server: ScriptedServer) -> None:
    cuts = [DROP]
    server.on_rcpt = lambda _: cuts.pop() if cuts else ""

    receipts = send(server, a_batch(count=6), connections=1)

    assert outcomes(receipts) == {Outcome.SENT: 6}
    assert len(server.arrived) == 6
    assert server.connections == 2


@pytest.mark.parametrize("stage", ["on_mail", "on_rcpt"])
@pytest.mark.parametrize("answer", [DROP, "421 4.3.2 shutting down"])
def test_a_server_that_lets_nothing_through_is_unavailable(
    server: ScriptedServer, stage: str, answer: str
) -> None:
    setattr(server, stage, lambda _: answer)

    with pytest.raises(TransportUnavailable, match=r"shutting down|connection"):
        send(server, a_batch(count=50), connections=1)

    assert server.connections <= 4
    assert server.arrived == []


def test_cuts_for_the_last_reader_leave_that_one_to_be_tried_again(server: ScriptedServer) -> None:
    server.on_rcpt = lambda _: DROP

    receipts = send(server, a_batch(count=1), connections=1)

    assert outcomes(receipts) == {Outcome.AGAIN: 1}


def test_cuts_behind_what_was_taken_leave_the_rest_to_be_tried_again(server: ScriptedServer) -> None:
    answers = ["", ""]
    server.on_rcpt = lambda _: answers.pop() if answers else DROP

    receipts = send(server, a_batch(count=50), connections=1)

    assert outcomes(receipts) == {Outcome.SENT: 2, Outcome.AGAIN: 48}
    assert server.connections <= 5


def test_a_cut_after_the_final_dot_is_uncertain_and_never_repeated(server: ScriptedServer) -> None:
    server.on_data = only(2, DROP)

    receipts = send(server, a_batch(count=6), connections=1)

    assert receipts.pop("reader2@readers.example").outcome is Outcome.UNCERTAIN
    assert outcomes(receipts) == {Outcome.SENT: 5}
    assert Counter(mail.recipient for mail in server.arrived).most_common(1)[0][1] == 1


def test_no_answer_after_the_final_dot_is_uncertain(server: ScriptedServer) -> None:
    server.hangs_s = 2

    receipts = send(server, a_batch(count=1), answer_timeout_s=0.2)

    assert outcomes(receipts) == {Outcome.UNCERTAIN: 1}


def test_a_421_moves_on_to_another_connection(server: ScriptedServer) -> None:
    answers = ["421 4.7.0 too many mails"]
    server.on_rcpt = lambda _: answers.pop() if answers else ""

    receipts = send(server, a_batch(count=4), connections=1)

    assert outcomes(receipts) == {Outcome.SENT: 4}


def test_a_connection_that_died_while_idle_costs_nothing(server: ScriptedServer) -> None:
    transport = SmtpTransport("127.0.0.1", server.port, tls="none", connections=1)
    list(transport.send(a_batch(a_delivery(1))))
    cuts = [DROP]
    server.on_mail = lambda _: cuts.pop() if cuts else ""

    receipts = list(transport.send(a_batch(a_delivery(2))))
    transport.close()

    assert [receipt.outcome for receipt in receipts] == [Outcome.SENT]


def test_nobody_listening_is_unavailable() -> None:
    transport = SmtpTransport("127.0.0.1", 1, tls="none")

    with pytest.raises(TransportUnavailable, match=r"127\.0\.0\.1:1"):
        list(transport.send(a_batch()))
    transport.close()


def test_an_international_address_goes_by_smtputf8(server: ScriptedServer) -> None:
    receipts = send(server, a_batch(a_delivery(1, address="дмитрий@readers.example"), a_delivery(2)))

    assert outcomes(receipts) == {Outcome.SENT: 2}
    by_address = {mail.recipient: mail for mail in server.arrived}
    assert by_address["дмитрий@readers.example"].utf8
    assert not by_address["reader2@readers.example"].utf8


def test_the_envelope_sender_names_the_delivery(server: ScriptedServer) -> None:
    verp = Verp("secret", "harbour.example")
    batch = a_batch(count=3)

    send(server, batch, bounce_signer=ReturnPath(verp, lasting))

    found = {mail.recipient: verp.reference(mail.sender) for mail in server.arrived}
    assert found == {delivery.address: delivery.reference for delivery in batch.deliveries}


def test_the_envelope_sender_is_the_same_at_every_attempt_and_by_every_claim(
    server: ScriptedServer,
) -> None:
    references = ["12-7-1-abc", "12-7-2-abc", "12-7-3-zzz"]
    attempts = [
        a_delivery(7, attempt=number)._replace(reference=reference)
        for number, reference in enumerate(references, start=1)
    ]

    for one in attempts:
        send(server, a_batch(one), bounce_signer=ReturnPath(Verp("secret", "harbour.example"), lasting))

    assert len({mail.sender for mail in server.arrived}) == 1
    quoted = [
        f"X-Digest-Reference: {one}\r\n".encode() in mail.content
        for one, mail in zip(references, server.arrived, strict=True)
    ]
    assert all(quoted)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def server_tls(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.fixture
def client_tls(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")
@pytest.mark.parametrize("pipelining", [True, False])
@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_mail_goes_through_tls_with_a_login(
    server_tls: ssl.SSLContext, client_tls: ssl.SSLContext, tls: str, pipelining: bool
) -> None:
    options: dict[str, object] = {"auth_required": True, "authenticator": check_login}
    options |= {"tls_context": server_tls} if tls == "starttls" else {"ssl_context": server_tls}
    if tls == "tls":
        options["auth_require_tls"] = False
    with running(ScriptedServer(offers_pipelining=pipelining), **options) as server:
        receipts = send(
            server,
            a_batch(count=10),
            tls=tls,
            tls_context=client_tls,
            username="press",
            password="pass word",
        )

    assert outcomes(receipts) == {Outcome.SENT: 10}


def test_a_refused_login_is_unavailable_and_the_password_is_in_no_log(
    server_tls: ssl.SSLContext, client_tls: ssl.SSLContext, caplog: pytest.LogCaptureFixture
) -> None:
    options: dict[str, object] = {"authenticator": check_login, "tls_context": server_tls}
    with (
        caplog.at_level(logging.DEBUG),
        running(ScriptedServer(), **options) as server,
        pytest.raises(TransportUnavailable, match="535") as caught,
    ):
        send(
            server,
            a_batch(),
            tls="starttls",
            tls_context=client_tls,
            username="press",
            password="hunter2",
        )

    assert "hunter2" not in caplog.text + str(caught.value)


def test_a_server_without_starttls_gets_no_mail(server: ScriptedServer) -> None:
    with pytest.raises(TransportUnavailable, match="STARTTLS"):
        send(server, a_batch(), tls="starttls")

    assert server.arrived == []


def test_a_certificate_of_a_stranger_gets_no_mail(server_tls: ssl.SSLContext) -> None:
    server = ScriptedServer()

    with running(server, tls_context=server_tls), pytest.raises(TransportUnavailable, match="certificate"):
        send(server, a_batch(), tls="starttls")

    assert server.arrived == []


def test_a_caller_that_stops_listening_leaves_a_working_transport(server: ScriptedServer) -> None:
    transport = SmtpTransport("127.0.0.1", server.port, tls="none", connections=1)
    receipts = transport.send(a_batch(count=30))
    next(receipts)
    receipts.close()  # type: ignore[attr-defined]

    again = list(transport.send(a_batch(a_delivery(100))))
    transport.close()

    assert [receipt.outcome for receipt in again] == [Outcome.SENT]


def check_login(
    server: object, session: object, envelope: object, mechanism: str, auth_data: object
) -> AuthResult:
    assert isinstance(auth_data, LoginPassword)
    return AuthResult(success=auth_data == LoginPassword(b"press", b"pass word"), handled=False)
