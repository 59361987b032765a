from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import BadData, ConfigurationError
from digest.model import EventKind
from digest.transports.sendgrid.events import EventVerifier, SignatureInvalid, read_events
from tests.transports.sendgrid.mock import Mock

NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
STAMP = str(int(NOW.timestamp()))
MOCK = Mock()
VERIFIER = EventVerifier(MOCK.public_key)


def event(kind: str = "delivered", **more: Any) -> dict[str, Any]:
    return {
        "email": "ann@readers.example",
        "timestamp": int(NOW.timestamp()) - 60,
        "event": kind,
        "sg_event_id": "e-1",
        "sg_message_id": "m-1.filter",
        "digest_reference": "1-2-1-abc",
        **more,
    }


def body_of(*events: object) -> bytes:
    return json.dumps(events).encode()


def test_what_sendgrid_signed_is_taken() -> None:
    body, signature = MOCK.signed([event()], STAMP)

    VERIFIER.verify(body, signature=signature, timestamp=STAMP, now=NOW)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        pytest.param({"body": b"[]"}, "not SendGrid's", id="other body"),
        pytest.param({"timestamp": "1"}, "not SendGrid's", id="other time"),
        pytest.param({"signature": ""}, "malformed|not SendGrid's", id="no signature"),
        pytest.param({"signature": "?"}, "malformed|not SendGrid's", id="no base64"),
        pytest.param({"signature": "é"}, "malformed", id="no ASCII"),
        pytest.param({"timestamp": "soon"}, "malformed", id="no number"),
        pytest.param({"timestamp": "9" * 30}, "malformed", id="no time at all"),
        pytest.param({"body": b"\xff\xfe"}, "malformed", id="no UTF-8"),
        pytest.param({"now": NOW + timedelta(hours=26)}, "not lately", id="a replay"),
        pytest.param({"now": NOW - timedelta(minutes=6)}, "not lately", id="from the future"),
    ],
)
def test_what_sendgrid_did_not_sign_now_is_refused(change: dict[str, Any], problem: str) -> None:
    body, signature = MOCK.signed([event()], STAMP)
    call = {"body": body, "signature": signature, "timestamp": STAMP, "now": NOW, **change}

    with pytest.raises(SignatureInvalid, match=problem):
        VERIFIER.verify(call.pop("body"), **call)


@settings(deadline=None, max_examples=100, derandomize=True)
@given(body=st.binary(max_size=50), signature=st.text(max_size=80), timestamp=st.text(max_size=12))
def test_no_call_of_a_stranger_passes_or_crashes(body: bytes, signature: str, timestamp: str) -> None:
    with pytest.raises(SignatureInvalid):
        VERIFIER.verify(body, signature=signature, timestamp=timestamp, now=NOW)


def rsa_key() -> str:
    key = rsa.generate_private_key(65537, 2048).public_key()
    return base64.b64encode(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


@pytest.mark.parametrize("key", ["", "not a key", rsa_key()], ids=["empty", "text", "RSA"])
def test_a_key_that_is_none_is_a_fault(key: str) -> None:
    with pytest.raises(ConfigurationError, match="sendgrid_key"):
        EventVerifier(key)


@pytest.mark.parametrize(
    ("said", "kind", "is_permanent"),
    [
        (event("processed"), EventKind.ACCEPTED, False),
        (event("delivered"), EventKind.DELIVERED, False),
        (event("deferred", response="451 busy"), EventKind.DEFERRED, False),
        (event("bounce", type="bounce", status="5.1.1", reason="550 unknown"), EventKind.BOUNCED, True),
        (event("bounce", type="blocked", status="5.7.1"), EventKind.BOUNCED, False),
        (event("bounce", status="4.2.2"), EventKind.BOUNCED, False),
        (event("bounce", type="bounce", status="5.1.1"), EventKind.BOUNCED, False),
        (event("bounce", type="bounce", bounce_classification="Invalid Address"), EventKind.BOUNCED, True),
        (event("dropped", reason="Bounced Address"), EventKind.REJECTED, False),
        (event("dropped", reason="Invalid"), EventKind.REJECTED, True),
        (event("spamreport"), EventKind.COMPLAINED, False),
        (event("unsubscribe"), EventKind.UNSUBSCRIBED, False),
        (event("group_unsubscribe"), EventKind.UNSUBSCRIBED, False),
        (event("spam_report"), EventKind.COMPLAINED, False),
        (event("Delivered", timestamp=str(int(NOW.timestamp()) - 60)), EventKind.DELIVERED, False),
        (event("click", url="https://harbour.example/a"), EventKind.CLICKED, False),
        (event("group_resubscribe"), EventKind.UNKNOWN, False),
    ],
    ids=lambda value: value["event"] if isinstance(value, dict) else "",
)
def test_an_event_is_told_in_our_words(said: dict[str, Any], kind: EventKind, is_permanent: bool) -> None:
    (found,), problems = read_events(body_of(said), now=NOW)

    assert (found.kind, found.is_permanent) == (kind, is_permanent)
    assert (found.verdict is not None) is (kind in (EventKind.BOUNCED, EventKind.REJECTED))
    assert (found.reference, found.event_id) == ("1-2-1-abc", "e-1")
    assert found.at == NOW - timedelta(seconds=60)
    assert found.url == said.get("url", "")
    assert json.loads(found.raw) == said
    assert problems == ()


def test_the_same_event_twice_is_one() -> None:
    events, _ = read_events(body_of(event(), event(), event(sg_event_id="e-2")), now=NOW)

    assert [found.event_id for found in events] == ["e-1", "e-2"]


def test_an_event_without_an_id_has_the_same_one_each_time() -> None:
    said = event(sg_event_id=None)

    (first,), _ = read_events(body_of(said), now=NOW)
    (second,), _ = read_events(body_of(said), now=NOW + timedelta(hours=1))

    assert first.event_id == second.event_id != ""


def test_opens_and_mails_that_are_not_ours_are_left_out() -> None:
    stranger = event()
    del stranger["digest_reference"]

    assert read_events(body_of(event("open"), stranger), now=NOW) == ((), ())


def test_a_broken_event_is_a_problem_and_the_good_ones_are_kept() -> None:
    events, problems = read_events(body_of(7, event(timestamp="?"), None), now=NOW)

    assert [found.at for found in events] == [NOW]
    assert [problem.where for problem in problems] == ["SendGrid event 1", "SendGrid event 3"]


@pytest.mark.parametrize("body", [b"", b"{}", b"\xff", b"[[[", b" " * 5_000_001])
def test_what_is_no_list_of_events_is_bad_data(body: bytes) -> None:
    with pytest.raises(BadData):
        read_events(body, now=NOW)
