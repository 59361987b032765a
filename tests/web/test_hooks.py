"""The provider's webhook: signed posts are kept once, everything else is refused."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from starlette.testclient import TestClient

from digest.day import job
from digest.model import DeliveryState
from digest.storage.upkeep.hook_posts import TAKEN_FOR
from digest.transports.sendgrid.events import SIGNATURE_HEADER, TIMESTAMP_HEADER
from digest.transports.sendgrid.rows import REFERENCE_ARG
from digest.upkeep.hook_posts import judge
from digest.upkeep.proofs import refusals_of
from digest.web.app import build
from digest.web.hooks import by_sendgrids_key
from subscribers import people
from tests.journeys.desk import Folder
from tests.transports.reports.shapes import (
    CERTIFICATE_URL,
    CONFIRM_URL,
    NOW,
    READER,
    TOPIC,
    certificate,
    confirmation,
    notification,
    of_brevo,
    of_mailgun,
    postmark_bounce,
    ses_bounce,
)
from tests.transports.reports.shapes import signed as amazon_signed
from tests.web.newsroom import KEY, SEND_TIME, Open, at_work

SECRET = ec.generate_private_key(ec.SECP256R1())


def public_key() -> str:
    der = SECRET.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return base64.b64encode(der).decode()


def signed(body: bytes, at: int) -> dict[str, str]:
    signature = SECRET.sign(str(at).encode() + body, ec.ECDSA(hashes.SHA256()))
    return {SIGNATURE_HEADER: base64.b64encode(signature).decode(), TIMESTAMP_HEADER: str(at)}


async def posted(opened: Open, body: bytes, headers: dict[str, str]) -> int:
    app = build(opened.desk)
    app.state.hooks = {"sendgrid": by_sendgrids_key(public_key())}
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="https://desk.example") as client:
        return (await client.post("/hooks/sendgrid", content=body, headers=headers)).status_code


def post(opened: Open, body: bytes, headers: dict[str, str]) -> int:

    return asyncio.run(posted(opened, body, headers))


def wait_until_judged(opened: Open) -> None:
    while opened.desk.newsroom.database.hook_posts.count():
        time.sleep(0.01)


def test_ten_thousand_events_are_answered_before_they_are_judged(opened: Open) -> None:
    at = int(SEND_TIME.timestamp())
    events = [
        {
            "event": "delivered",
            "sg_event_id": f"event-{number}",
            "timestamp": at,
            "email": f"reader{number}@list.example",
            REFERENCE_ARG: f"1.{number}.1.{number:016x}",
        }
        for number in range(10_000)
    ]
    body = json.dumps(events).encode()
    opened.clock.now = SEND_TIME
    opened.desk.judge.stop()

    answers = [post(opened, body, signed(body, at)) for _ in range(2)]
    waiting = opened.desk.newsroom.database.hook_posts.count()
    judged = judge(opened.desk.newsroom, clock=opened.clock, until=lambda: False)

    assert answers == [204, 204]
    assert (waiting, judged) == (2, 2)
    assert opened.desk.newsroom.database.hook_posts.count() == 0


def test_ten_thousand_bounces_with_long_replies_are_no_more_than_is_taken(opened: Open) -> None:
    at = int(SEND_TIME.timestamp())
    bounce = {
        "event": "bounce",
        "timestamp": at,
        "smtp-id": f"<{'k' * 40}@ismtpd-555.sjc2.example>",
        "sg_message_id": "m" * 60,
        "status": "5.7.1",
        "type": "blocked",
        "bounce_classification": "Reputation",
        "reason": "550 5.7.1 " + "The message was refused, see the postmaster's page for why. " * 12,
    }
    body = json.dumps(
        [
            {
                **bounce,
                "sg_event_id": f"bounce-{number}",
                "email": f"reader{number}@list.example",
                REFERENCE_ARG: f"1.{number}.1.{number:016x}",
            }
            for number in range(10_000)
        ]
    ).encode()
    opened.clock.now = SEND_TIME
    opened.desk.judge.stop()

    answer = post(opened, body, signed(body, at))

    assert len(body) > 10_000_000
    assert (answer, opened.desk.newsroom.database.hook_posts.count()) == (204, 1)


def test_a_post_that_was_begun_and_not_ended_is_judged_again(opened: Open) -> None:
    posts = opened.desk.newsroom.database.hook_posts
    opened.desk.judge.stop()
    posts.keep("sendgrid", b"[]", now=opened.clock())
    posts.take(now=opened.clock())

    at_once = judge(opened.desk.newsroom, clock=opened.clock, until=lambda: False)
    opened.clock.forward(TAKEN_FOR)
    later = judge(opened.desk.newsroom, clock=opened.clock, until=lambda: False)

    assert (at_once, later) == (0, 1)


def test_signed_events_are_kept_once_and_others_are_refused(opened: Open) -> None:
    parts = opened.desk.parts("morning")
    job.approve(parts, KEY, by="amina", now=opened.clock())
    opened.clock.now = SEND_TIME
    opened.desk.courier.look_once()
    reference = opened.desk.ledger.records(KEY, [DeliveryState.SENT])[0].reference
    at = int(SEND_TIME.timestamp())
    body = json.dumps(
        [{"event": "spamreport", "sg_event_id": "e1", "timestamp": at, REFERENCE_ARG: reference}]
    ).encode()

    kept = [post(opened, body, signed(body, at)) for _ in range(2)]
    forged = post(opened, body + b" ", signed(body, at))
    replayed = post(opened, body, signed(body, at - 3 * 24 * 3600))
    unsigned = post(opened, body, {})
    nonsense = post(opened, b"{}", signed(b"{}", at))

    wait_until_judged(opened)

    assert kept == [204, 204]
    assert (forged, replayed, unsigned, nonsense) == (403, 403, 403, 400)
    assert opened.desk.ledger.feedback(KEY).complained == 1


def test_without_a_key_there_is_no_such_page(opened: Open) -> None:
    assert httpx.post(f"{opened.url}/hooks/sendgrid", content=b"[]").status_code == 404


HOOKS = f"""
[hooks.ses]
topics = ["{TOPIC}"]

[hooks.postmark]
username = "quay"
password = "lantern"

[hooks.mailgun]
signing_key = "word"

[hooks.brevo]
token = "a-token"
"""


@pytest.fixture
def hooked(folder: Folder) -> Iterator[tuple[Open, TestClient, list[str]]]:
    config = folder.root / "digest.toml"
    config.write_text(config.read_text(encoding="utf-8") + HOOKS, encoding="utf-8")
    asked: list[str] = []

    def fetch(url: str) -> bytes:
        asked.append(url)
        return certificate()

    with at_work(folder) as opened:
        opened.clock.now = NOW
        opened.desk.judge.stop()
        yield opened, TestClient(build(opened.desk, hook_fetch=fetch)), asked


def mailgun_post(event: object, token: str = "t" * 50) -> bytes:
    stamp = str(int(NOW.timestamp()))
    signature = hmac.new(b"word", (stamp + token).encode(), hashlib.sha256).hexdigest()
    signed = {"timestamp": stamp, "token": token, "signature": signature}
    return json.dumps({"signature": signed, "event-data": event}).encode()


def test_each_providers_post_is_kept_and_judged(
    hooked: tuple[Open, TestClient, list[str]],
) -> None:
    opened, client, _ = hooked
    gone = "550 5.1.1 user unknown"
    basic = {"authorization": "Basic " + base64.b64encode(b"quay:lantern").decode()}
    ses = json.dumps(amazon_signed(notification(ses_bounce("Permanent", "NoEmail", gone))))

    answers = [
        client.post("/hooks/ses", content=ses),
        client.post("/hooks/postmark", json=postmark_bounce("HardBounce", gone), headers=basic),
        client.post("/hooks/mailgun", content=mailgun_post(of_mailgun("complained"))),
        client.post(
            "/hooks/brevo", json=of_brevo("unsubscribed"), headers={"authorization": "Bearer a-token"}
        ),
    ]
    judged = judge(opened.desk.newsroom, clock=opened.clock, until=lambda: False)

    assert [one.status_code for one in answers] == [204] * 4
    assert judged == 4
    assert people.show(opened.desk.newsroom.people, READER).suppressions


def test_who_proves_nothing_is_refused_and_who_may_send_a_password_is_asked_for_it(
    hooked: tuple[Open, TestClient, list[str]],
) -> None:
    opened, client, asked = hooked
    wrong = {"authorization": "Basic " + base64.b64encode(b"quay:x").decode()}

    codes = {
        "ses": client.post("/hooks/ses", content=json.dumps(notification({}))).status_code,
        "strange": client.post("/hooks/ses", content=b"{}").status_code,
        "no json": client.post("/hooks/ses", content=b"{").status_code,
        "asked": client.post("/hooks/postmark", json={}).status_code,
        "wrong": client.post("/hooks/postmark", json={}, headers=wrong).status_code,
        "mailgun": client.post("/hooks/mailgun", json={}).status_code,
        "brevo": client.post("/hooks/brevo", json={}).status_code,
        "unknown": client.post("/hooks/other", json={}).status_code,
        "sendgrid": client.post("/hooks/sendgrid", json=[]).status_code,
        "huge": client.post("/hooks/mailgun", content=b" " * 5_000_001).status_code,
        "get": client.get("/hooks/mailgun").status_code,
    }

    assert codes == {
        "ses": 403,
        "strange": 403,
        "no json": 400,
        "asked": 401,
        "wrong": 403,
        "mailgun": 403,
        "brevo": 401,
        "unknown": 404,
        "sendgrid": 404,
        "huge": 413,
        "get": 405,
    }
    assert opened.desk.newsroom.database.hook_posts.count() == 0
    assert asked == []


def test_a_subscription_to_a_topic_of_ours_is_confirmed_at_amazon(
    hooked: tuple[Open, TestClient, list[str]],
) -> None:
    opened, client, asked = hooked

    answer = client.post("/hooks/ses", content=json.dumps(amazon_signed(confirmation())))

    assert answer.status_code == 204
    assert asked == [CERTIFICATE_URL, CONFIRM_URL]
    assert opened.desk.newsroom.database.hook_posts.count() == 0


def test_a_signature_of_mailguns_serves_for_one_post_only(
    hooked: tuple[Open, TestClient, list[str]],
) -> None:
    opened, client, _ = hooked
    first, other = mailgun_post(of_mailgun("delivered")), mailgun_post(of_mailgun("complained"))

    codes = [client.post("/hooks/mailgun", content=body).status_code for body in (first, first, other)]

    assert codes == [204, 204, 403]
    assert opened.desk.newsroom.database.hook_posts.count() == 1


def test_a_certificate_that_cannot_be_had_lets_amazon_try_again(folder: Folder) -> None:
    config = folder.root / "digest.toml"
    config.write_text(config.read_text(encoding="utf-8") + HOOKS, encoding="utf-8")

    def fetch(_url: str) -> bytes:
        raise OSError("away")

    with at_work(folder) as opened:
        opened.clock.now = NOW
        client = TestClient(build(opened.desk, hook_fetch=fetch))
        post = json.dumps(amazon_signed(notification(ses_bounce("Permanent", "NoEmail", "gone"))))

        assert client.post("/hooks/ses", content=post).status_code == 503


def test_after_a_change_of_the_key_every_refused_post_is_noted_until_one_is_good(opened: Open) -> None:
    room, moment = opened.desk.newsroom, [SEND_TIME]
    at = int(SEND_TIME.timestamp())
    object.__setattr__(opened.desk, "clock", lambda: moment[0])

    def refused_at(minutes: int) -> int:
        moment[0] = SEND_TIME + timedelta(minutes=minutes)
        return post(opened, b"[]", signed(b"something else", at))

    refused = [refused_at(minutes) for minutes in (0, 10, 20, 30)]
    known = refusals_of(room.database.alerts, "sendgrid")
    moment[0] = SEND_TIME + timedelta(minutes=40)
    unread = post(opened, b"no list", signed(b"no list", at + 2400))
    moment[0] = SEND_TIME + timedelta(minutes=50)
    good = post(opened, b"[]", signed(b"[]", at + 3000))

    assert (refused, unread, good) == ([403] * 4, 400, 204)
    assert known is not None
    assert known.times == 4
    assert known.last - known.since == timedelta(minutes=30)
    assert "SendGrid" in known.why
    assert refusals_of(room.database.alerts, "sendgrid") is None
