"""Who posts is proved before anything is believed."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from digest.errors import BadData
from digest.transports.reports import mailgun, sns
from digest.transports.reports.posts import Proof, SignatureInvalid, by_password, by_token
from tests.transports.reports.shapes import (
    CERTIFICATE_URL,
    CONFIRM_URL,
    NOW,
    TOPIC,
    certificate,
    confirmation,
    notification,
    of_mailgun,
    ses_bounce,
    signed,
)

BOUNCE = ses_bounce("Permanent", "General", "smtp; 550 5.1.1 no such user")


def verifier(found: bytes | None = None) -> tuple[sns.Verifier, list[str]]:
    asked: list[str] = []

    def fetch(url: str) -> bytes:
        asked.append(url)
        return certificate() if found is None else found

    return sns.Verifier([TOPIC], fetch), asked


def verified(said: object, by: sns.Verifier | None = None) -> Proof:
    return (by or verifier()[0])(json.dumps(said).encode(), {}, NOW)


@pytest.mark.parametrize("version", ["1", "2"])
def test_amazons_signature_is_believed_and_its_certificate_fetched_once(version: str) -> None:
    by, asked = verifier()
    post = signed(notification(BOUNCE, Subject="Amazon SES Email Event Notification"), version=version)

    proofs = [verified(post, by) for _ in range(3)]

    assert proofs == [Proof()] * 3
    assert asked == [CERTIFICATE_URL]


def test_a_subscription_is_to_be_confirmed_where_amazon_says() -> None:
    assert verified(signed(confirmation())) == Proof(confirm=CONFIRM_URL, holds_events=False)
    assert verified(signed(confirmation("UnsubscribeConfirmation"))) == Proof(holds_events=False)


@pytest.mark.parametrize(
    "post",
    [
        pytest.param({**signed(notification(BOUNCE)), "Message": "{}"}, id="other-words"),
        pytest.param({**signed(notification(BOUNCE)), "Subject": "x"}, id="a-subject-more"),
        pytest.param({**signed(notification(BOUNCE)), "SignatureVersion": "3"}, id="unknown-version"),
        pytest.param({**signed(notification(BOUNCE)), "SignatureVersion": "1"}, id="other-version"),
        pytest.param({**signed(notification(BOUNCE)), "Signature": "*"}, id="malformed"),
        pytest.param({**signed(notification(BOUNCE)), "Signature": None}, id="none"),
        pytest.param(signed(notification(BOUNCE, topic=TOPIC + "x")), id="a-strangers-topic"),
        pytest.param(signed(notification(BOUNCE, at=NOW - timedelta(hours=26))), id="replayed"),
        pytest.param(signed(notification(BOUNCE, at=NOW + timedelta(hours=1))), id="from-tomorrow"),
        pytest.param({**signed(notification(BOUNCE)), "Timestamp": "today"}, id="no-time"),
        pytest.param({**signed(notification(BOUNCE)), "Type": "Other"}, id="unknown-type"),
        pytest.param(
            {**signed(notification(BOUNCE)), "TopicArn": [TOPIC][0:0]}, id="topic-of-a-wrong-type"
        ),
        pytest.param({**signed(notification(BOUNCE)), "MessageId": 7}, id="id-of-a-wrong-type"),
        pytest.param(signed(confirmation(url="https://evil.example/")), id="confirms-elsewhere"),
        pytest.param(
            signed(confirmation(url="https://sns.eu-west-1.amazonaws.com/a?b")), id="confirms-a-path"
        ),
    ],
)
def test_anything_else_is_refused(post: dict[str, Any]) -> None:
    with pytest.raises(SignatureInvalid):
        verified(post)


@pytest.mark.parametrize(
    "url",
    [
        "http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1a.pem",
        "https://sns.eu-west-1.amazonaws.com.evil.example/SimpleNotificationService-1a.pem",
        "https://evil.example/sns.eu-west-1.amazonaws.com/SimpleNotificationService-1a.pem",
        "https://sns.eu-west-1.amazonaws.com@evil.example/SimpleNotificationService-1a.pem",
        "https://evil.example#@sns.eu-west-1.amazonaws.com/SimpleNotificationService-1a.pem",
        "https://bucket.s3.amazonaws.com/SimpleNotificationService-1a.pem",
        "https://sns.eu-west-1.amazonaws.com:8443/SimpleNotificationService-1a.pem",
        "https://sns.eu-west-1.amazonaws.com:x/SimpleNotificationService-1a.pem",
        "https://sns.eu-west-1.amazonaws.com/other.pem",
        "https://sns.eu-west-1.amazonaws.com/../SimpleNotificationService-1a.pem",
        "https://snsXeu-west-1.amazonaws.com/SimpleNotificationService-1a.pem",
        "https://sns.eu-west-1.amazonaws.com\\@evil.example/SimpleNotificationService-1a.pem",
        "//sns.eu-west-1.amazonaws.com/SimpleNotificationService-1a.pem",
        "https://[sns.eu-west-1.amazonaws.com/SimpleNotificationService-1a.pem",
        "",
        None,
        7,
    ],
    ids=repr,
)
def test_a_certificate_that_lies_elsewhere_is_not_even_fetched(url: object) -> None:
    by, asked = verifier()

    with pytest.raises(SignatureInvalid):
        verified({**signed(notification(BOUNCE)), "SigningCertURL": url}, by)

    assert asked == []


def test_china_has_amazons_of_its_own() -> None:
    url = "https://sns.cn-north-1.amazonaws.com.cn/SimpleNotificationService-1a2b.pem"

    assert verified({**signed(notification(BOUNCE)), "SigningCertURL": url}) == Proof()


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(b"no certificate", id="unreadable"),
        pytest.param(certificate(until=NOW - timedelta(days=1)), id="run-out"),
        pytest.param(certificate(key=rsa.generate_private_key(65537, 2048)), id="of-another-key"),
    ],
)
def test_a_certificate_that_proves_nothing_is_refused(found: bytes) -> None:
    with pytest.raises(SignatureInvalid):
        verified(signed(notification(BOUNCE)), verifier(found)[0])


def test_what_is_no_object_is_bad_data() -> None:
    with pytest.raises(BadData):
        verified([])


def hooked(
    event: object, *, key: str = "word", at: int | None = None, token: str = "t" * 50
) -> dict[str, Any]:
    stamp = str(int(NOW.timestamp()) if at is None else at)
    signature = hmac.new(key.encode(), (stamp + token).encode(), hashlib.sha256).hexdigest()
    return {"signature": {"timestamp": stamp, "token": token, "signature": signature}, "event-data": event}


def test_mailguns_signature_is_believed_with_its_token() -> None:
    body = json.dumps(hooked(of_mailgun("delivered"))).encode()

    assert mailgun.by_key("word")(body, {}, NOW) == Proof(token="t" * 50)


@pytest.mark.parametrize(
    "post",
    [
        pytest.param(hooked({}, key="other"), id="another-key"),
        pytest.param(hooked({}, at=int(NOW.timestamp()) - 26 * 3600), id="replayed"),
        pytest.param(hooked({}, at=int(NOW.timestamp()) + 3600), id="from-tomorrow"),
        pytest.param(hooked({}, at=10**11), id="no-time"),
        pytest.param(hooked({}, token="t" * 201), id="a-long-token"),
        pytest.param({"event-data": {}}, id="unsigned"),
        pytest.param({"signature": "words"}, id="words"),
        pytest.param({"signature": {"timestamp": [], "token": {}, "signature": None}}, id="wrong-types"),
        pytest.param({"signature": {"timestamp": "1", "token": "é", "signature": "é"}}, id="not-ascii"),
    ],
)
def test_mailgun_is_not_believed_otherwise(post: dict[str, Any]) -> None:
    with pytest.raises(SignatureInvalid):
        mailgun.by_key("word")(json.dumps(post).encode(), {}, NOW)


def basic(text: str) -> str:
    return "Basic " + base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    ("verify", "right"),
    [
        pytest.param(by_password("Postmark", "quay", "wörd:s"), basic("quay:wörd:s"), id="password"),
        pytest.param(by_token("Brevo", "a-token"), "Bearer a-token", id="token"),
    ],
)
def test_a_secret_in_the_request_is_compared_whole(verify: Callable[..., Proof], right: str) -> None:
    wrong = [
        "",
        right[:-2],
        right + "x",
        right.upper(),
        "Basic",
        "Basic é",
        "Bearer é",
        f"Digest {right}",
        basic("a:b"),
    ]

    assert verify(b"", {"authorization": right}, NOW) == Proof()
    for given in wrong:
        with pytest.raises(SignatureInvalid):
            verify(b"", {"authorization": given}, NOW)
    with pytest.raises(SignatureInvalid):
        verify(b"", {}, NOW)
