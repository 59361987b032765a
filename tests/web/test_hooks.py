"""The provider's webhook: signed posts are kept once, everything else is refused."""

from __future__ import annotations

import asyncio
import base64
import json
import time

import httpx
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from digest.day import job
from digest.model import DeliveryState
from digest.storage.upkeep.hook_posts import TAKEN_FOR
from digest.transports.sendgrid.events import SIGNATURE_HEADER, TIMESTAMP_HEADER, EventVerifier
from digest.transports.sendgrid.rows import REFERENCE_ARG
from digest.upkeep.hook_posts import judge
from digest.web.app import build
from tests.web.newsroom import KEY, SEND_TIME, Open

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
    app.state.sendgrid = EventVerifier(public_key())
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
