"""Posts of Amazon SNS: signed, by a certificate that lies at Amazon.

Anybody with an account may have Amazon sign a post to us: only topics that the settings name count.

Source: "Verifying the signatures of Amazon SNS messages", Amazon SNS Developer Guide.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from threading import Lock
from typing import Final
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from digest.errors import BadData
from digest.transports.reports.posts import (
    Object,
    Proof,
    SignatureInvalid,
    check_age,
    parsed_object,
    text,
)

PROVIDER: Final = "Amazon SNS"

Fetch = Callable[[str], bytes]
"""Gets what lies at an address; raises an `OSError` where it can't."""

NOTIFICATION: Final = "Notification"
_CONFIRMATIONS: Final = frozenset({"SubscriptionConfirmation", "UnsubscribeConfirmation"})
_OF_NOTIFICATION: Final = ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
_OF_CONFIRMATION: Final = ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")
_MAY_LACK: Final = "Subject"

_HOST: Final = re.compile(r"sns\.[a-z0-9-]{4,40}\.amazonaws\.com(?:\.cn)?")
_CERTIFICATE: Final = re.compile(r"/SimpleNotificationService-[A-Za-z0-9]{1,80}\.pem")
_KEPT: Final = 8
_HASHES: Final[Mapping[str, type[hashes.SHA1 | hashes.SHA256]]] = {"1": hashes.SHA1, "2": hashes.SHA256}


class Verifier:
    """Knows whose topics count, and the certificates it has fetched; safe to share between threads."""

    def __init__(self, topics: Sequence[str], fetch: Fetch) -> None:
        """Fetch nothing yet."""
        self._topics, self._fetch = frozenset(topics), fetch
        self._keys: OrderedDict[str, x509.Certificate] = OrderedDict()
        self._lock = Lock()

    def __call__(self, body: bytes, headers: Mapping[str, str], now: datetime) -> Proof:
        """Return what to do about a post of ours.

        Raises:
            BadData: it is no JSON object.
            SignatureInvalid: Amazon did not sign it, or not lately, or for a topic that is not ours.
            OSError: the certificate can't be had now; the post will come again.
        """
        said = parsed_object(body, PROVIDER)
        kind = text(said, "Type")
        if not kind and headers.get("x-amz-sns-rawdelivery", "").lower() == "true":
            raise SignatureInvalid(PROVIDER, "it bears no signature: switch raw message delivery off")
        if text(said, "TopicArn") not in self._topics:
            raise SignatureInvalid(PROVIDER, "it is of no topic that the settings name")
        if kind != NOTIFICATION and kind not in _CONFIRMATIONS:
            raise SignatureInvalid(PROVIDER, "it is of no known type")
        signed = _signed_bytes(said, _OF_NOTIFICATION if kind == NOTIFICATION else _OF_CONFIRMATION)
        check_age(PROVIDER, _moment(said), now)
        self._check(said, signed, now)
        if kind == NOTIFICATION:
            return Proof()
        return Proof(
            confirm=_confirming(said) if kind == "SubscriptionConfirmation" else "", holds_events=False
        )

    def _check(self, said: Object, signed: bytes, now: datetime) -> None:
        algorithm = _HASHES.get(str(said.get("SignatureVersion")))
        if algorithm is None:
            raise SignatureInvalid(PROVIDER, "it is signed in no known way")
        try:
            signature = base64.b64decode(str(said.get("Signature")), validate=True)
        except (binascii.Error, ValueError) as error:
            raise SignatureInvalid(PROVIDER, "the signature is malformed") from error
        certificate = self._certificate(said.get("SigningCertURL"))
        key = certificate.public_key()
        if not isinstance(key, RSAPublicKey):
            raise SignatureInvalid(PROVIDER, "its certificate holds no RSA key")
        if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
            raise SignatureInvalid(PROVIDER, "its certificate is not valid now")
        try:
            key.verify(signature, signed, PKCS1v15(), algorithm())
        except InvalidSignature as error:
            raise SignatureInvalid(PROVIDER, "the signature is not Amazon's") from error

    def _certificate(self, url: object) -> x509.Certificate:
        address = amazons(url, _CERTIFICATE)
        if not address:
            raise SignatureInvalid(PROVIDER, "its certificate does not lie at Amazon")
        with self._lock:
            known = self._keys.get(address)
        if known is not None:
            return known
        try:
            found = x509.load_pem_x509_certificate(self._fetch(address))
        except ValueError as error:
            raise SignatureInvalid(PROVIDER, "its certificate can't be read") from error
        with self._lock:
            self._keys[address] = found
            while len(self._keys) > _KEPT:
                self._keys.popitem(last=False)
        return found


def amazons(url: object, path: re.Pattern[str]) -> str:
    """Return an address that is surely Amazon's and has such a path; empty for any other."""
    if not isinstance(url, str) or not url.isascii() or not url.isprintable() or "\\" in url:
        return ""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    is_plain = parts.scheme == "https" and port in (None, 443) and "@" not in parts.netloc
    if not is_plain or parts.fragment or not _HOST.fullmatch(parts.hostname or ""):
        return ""
    return url if path.fullmatch(parts.path) else ""


_ROOT: Final = re.compile(r"/?")


def _confirming(said: Object) -> str:
    address = amazons(said.get("SubscribeURL"), _ROOT)
    if not address:
        raise SignatureInvalid(PROVIDER, "the address that confirms it does not lie at Amazon")
    return address


def _signed_bytes(said: Object, names: Sequence[str]) -> bytes:
    lines = []
    for name in names:
        value = said.get(name)
        if value is None and name == _MAY_LACK:
            continue
        if not isinstance(value, str):
            raise SignatureInvalid(PROVIDER, "it lacks what is to be signed")
        lines += [name, value]
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _moment(said: Object) -> datetime:
    try:
        found = datetime.fromisoformat(str(said.get("Timestamp")))
    except ValueError as error:
        raise SignatureInvalid(PROVIDER, "it does not say when it was signed") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def message_of(body: bytes) -> tuple[str, str]:
    """Return a notification's message, and its id.

    Raises:
        BadData: it is no notification.
    """
    said = parsed_object(body, PROVIDER)
    message = said.get("Message")
    if said.get("Type") != NOTIFICATION or not isinstance(message, str):
        raise BadData(f"{PROVIDER}'s webhook", "it is no notification")
    return message, str(said.get("MessageId"))
