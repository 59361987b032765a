"""Reports in the shapes that providers' documentation gives, values our own; and Amazon's signature."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

from digest.transports.mime import REFERENCE_HEADER

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
REFERENCE = "12-4711-1-9x3kq0zt5c"
READER = "nuru@list.example"
TOPIC = "arn:aws:sns:eu-west-1:210987654321:quay-reports"
CERTIFICATE_URL = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1a2b3c4d5e6f.pem"
CONFIRM_URL = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=2336412f37"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def certificate(*, until: datetime = NOW + timedelta(days=300), key: rsa.RSAPrivateKey = KEY) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(41)
        .not_valid_before(NOW - timedelta(days=400))
        .not_valid_after(until)
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM)


def signed(said: dict[str, Any], *, version: str = "2") -> dict[str, Any]:
    """Sign as Amazon does: name and value on lines of their own, in the order of the alphabet."""
    names = ["Message", "MessageId", "SubscribeURL", "Subject", "Timestamp", "Token", "TopicArn", "Type"]
    if said["Type"] == "Notification":
        names = [name for name in names if name not in ("SubscribeURL", "Token")]
    text = "".join(f"{name}\n{said[name]}\n" for name in names if name in said)
    algorithm = hashes.SHA256() if version == "2" else hashes.SHA1()
    signature = KEY.sign(text.encode(), padding.PKCS1v15(), algorithm)
    return {
        **said,
        "SignatureVersion": version,
        "Signature": base64.b64encode(signature).decode(),
        "SigningCertURL": CERTIFICATE_URL,
    }


def notification(event: object, *, at: datetime = NOW, topic: str = TOPIC, **more: str) -> dict[str, Any]:
    return {
        "Type": "Notification",
        "MessageId": "7d1f0c52-5a40-5c1b-9b37-0f5b1f3f2a77",
        "TopicArn": topic,
        "Message": event if isinstance(event, str) else json.dumps(event),
        "Timestamp": at.isoformat().replace("+00:00", "Z"),
        **more,
    }


def confirmation(kind: str = "SubscriptionConfirmation", url: str = CONFIRM_URL) -> dict[str, Any]:
    return {
        **notification("You have chosen to subscribe to the topic."),
        "Type": kind,
        "Token": "2336412f37",
        "SubscribeURL": url,
    }


def of_ses(kind: str, part: dict[str, Any], *, reference: str = REFERENCE) -> dict[str, Any]:
    """Return an event as SES publishes it."""
    name = {"DeliveryDelay": "deliveryDelay", "Rendering Failure": "failure"}.get(kind, kind.lower())
    return {
        "eventType": kind,
        "mail": {
            "timestamp": "2026-11-23T03:31:00.000Z",
            "source": "morning@gazette.example",
            "messageId": "0102018f3a7b9c00-4e5f",
            "destination": [READER],
            "headersTruncated": False,
            "headers": [
                {"name": "From", "value": "Quay Gazette <morning@gazette.example>"},
                {"name": REFERENCE_HEADER, "value": reference},
            ],
            "commonHeaders": {"messageId": "<k7@gazette.example>"},
        },
        name: part,
    }


def ses_bounce(kind: str, subtype: str, reply: str) -> dict[str, Any]:
    who = {"emailAddress": READER, "action": "failed", "status": "5.1.1", "diagnosticCode": reply}
    return of_ses(
        "Bounce",
        {
            "bounceType": kind,
            "bounceSubType": subtype,
            "bouncedRecipients": [who],
            "timestamp": "2026-11-23T03:31:05.000Z",
            "feedbackId": "0102018f3a7bb1aa-77aa",
            "reportingMTA": "dns; a8-50.smtp-out.example",
        },
    )


def of_postmark(record: str, **more: object) -> dict[str, Any]:
    return {
        "RecordType": record,
        "MessageID": "3c9f8b1e-62f2-4f0a-8c6d-9d2b6a1f0e11",
        "ServerID": 77,
        "MessageStream": "broadcast",
        "Metadata": {"digest-reference": REFERENCE},
        **more,
    }


def postmark_bounce(kind: str, details: str) -> dict[str, Any]:
    return of_postmark(
        "Bounce",
        ID=5150151,
        Type=kind,
        TypeCode=1,
        Email=READER,
        Details=details,
        Description="The mail could not be delivered.",
        BouncedAt="2026-11-23T03:31:05Z",
        Inactive=True,
    )


def of_mailgun(event: str, **more: object) -> dict[str, Any]:
    return {
        "event": event,
        "id": "Zq3mB0xGTvS4",
        "timestamp": 1795404665.25,
        "recipient": READER,
        "message": {"headers": {"message-id": "k7@gazette.example"}},
        "user-variables": {"digest-reference": REFERENCE},
        **more,
    }


def mailgun_failure(severity: str, reason: str, code: int, message: str) -> dict[str, Any]:
    status = {"code": code, "message": message, "description": "", "attempt-no": 1}
    return of_mailgun("failed", severity=severity, reason=reason, **{"delivery-status": status})


def of_brevo(event: str, **more: object) -> dict[str, Any]:
    return {
        "event": event,
        "email": READER,
        "id": 26224,
        "date": "2026-11-23 04:31:05",
        "ts": 1795408265,
        "ts_event": 1795404665,
        "ts_epoch": 1795404665250,
        "message-id": "<202611230331.4711@smtp-relay.example>",
        "X-Mailin-custom": REFERENCE,
        **more,
    }
