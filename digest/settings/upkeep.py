"""Settings for whoever looks after the machine: logs, alerts, metrics, traces, providers' posts."""

from __future__ import annotations

import base64
import binascii
import re
import shlex
from pathlib import Path
from typing import Annotated, Literal, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, PlainValidator, SecretStr, model_validator

from digest.settings.fields import (
    ConfigPath,
    Secret,
    SecretUrl,
    Text,
    Whole,
    Words,
    YesNo,
    is_loopback,
    one_line,
)
from digest.settings.mailboxes import Alerts, Sender
from digest.settings.tables import Table
from digest.settings.values.hosts import ServerName, is_host

SECRET_MARK = "whsec_"  # noqa: S105 - what every such secret begins with
_LEAST_BYTES, _MOST_BYTES = 24, 64
_MOST_SECRETS = 3
_LEAST_TOKEN = 16


EditionEvent = Literal["edition.drafted", "edition.approved", "edition.sent", "edition.failed"]
AlertEvent = Literal["alert.opened", "alert.closed"]
ReaderEvent = Literal[
    "subscriber.joined",
    "subscriber.left",
    "subscriber.address_dead",
    "subscriber.complained",
    "subscriber.changed",
]
EDITION_EVENTS: tuple[EditionEvent, ...] = get_args(EditionEvent)
ALERT_EVENTS: tuple[AlertEvent, ...] = get_args(AlertEvent)
READER_EVENTS: tuple[ReaderEvent, ...] = get_args(ReaderEvent)


def _hook_secret(value: object) -> SecretStr:
    text = one_line(value.get_secret_value() if isinstance(value, SecretStr) else value)
    if not text:
        return SecretStr("")
    ones = text.split()
    if not all(map(_may_sign, ones)) or len(ones) > _MOST_SECRETS:
        raise ValueError(
            f"must be {SECRET_MARK} and then 24 to 64 random bytes in base64, as `openssl rand -base64 32` "
            "gives them; while it is changed the old one behind it, after a blank"
        )
    return SecretStr(" ".join(ones))


def _may_sign(secret: str) -> bool:
    return secret.startswith(SECRET_MARK) and _LEAST_BYTES <= len(signing_bytes(secret)) <= _MOST_BYTES


def signing_bytes(secret: str) -> bytes:
    """Return the key that a Standard Webhooks secret stands for; empty where it is none."""
    try:
        return base64.b64decode(secret.removeprefix(SECRET_MARK), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _token(value: object) -> SecretStr:
    text = one_line(value.get_secret_value() if isinstance(value, SecretStr) else value)
    if text and (len(text) < _LEAST_TOKEN or not text.isascii() or " " in text):
        raise ValueError(f"must have {_LEAST_TOKEN} ASCII characters or more, none of them a space")
    return SecretStr(text)


def _command(value: object) -> tuple[str, ...]:
    if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        words = tuple(one_line(one) for one in value)
    else:
        try:
            words = tuple(shlex.split(one_line(value)))
        except ValueError as error:
            raise ValueError(f"can't be split into words: {error}") from None
    if words and not words[0]:
        raise ValueError("its first word names the program: it is empty")
    return words


def _hook_url(value: object) -> SecretUrl:
    raw = one_line(value.get_secret_value() if isinstance(value, SecretStr) else value)
    try:
        parts = urlsplit(raw)
        host, _port = parts.hostname or "", parts.port
    except ValueError as error:
        raise ValueError(f"is no URL: {error}") from None
    if any(mark.isspace() for mark in raw) or not is_host(host) or parts.scheme not in {"http", "https"}:
        raise ValueError("must be a full URL that starts with https://")
    if parts.scheme == "http" and not is_loopback(host):
        raise ValueError("must start with https:// (http:// is for localhost only)")
    return SecretUrl(raw)


def _ping_url(value: object) -> SecretUrl:
    url = _hook_url(value)
    if urlsplit(url.get_secret_value()).fragment:
        raise ValueError("must hold no '#': /start and the exit code are added to its path")
    return url


HookSecret = Annotated[SecretStr, PlainValidator(_hook_secret)]
HookUrl = Annotated[SecretUrl, PlainValidator(_hook_url)]
PingUrl = Annotated[SecretUrl, PlainValidator(_ping_url)]
Token = Annotated[SecretStr, PlainValidator(_token)]
Command = Annotated[tuple[str, ...], PlainValidator(_command)]


class LogsSettings(Table):
    """What commands, the desk and workers log on stderr; never an address, never a token."""

    format: Literal["text", "json"] = "text"
    """Lines for people, or one JSON object a line with `run`, `edition` and `worker`."""


class AlertSmtpSettings(Table):
    """A mail server for alerts alone: another one than the newsletters', which may be what is away."""

    host: Annotated[ServerName, Field(min_length=1)]
    """The server's name."""
    port: Annotated[Whole, Field(ge=1, le=65535)] | None = None
    """587 where not given, 465 with tls = "tls", 25 with tls = "none"."""
    username: Text = ""
    """Left out where the server asks for none."""
    password: Secret = SecretStr("")
    """Needed with a username. Better in DIGEST_ALERTS__SMTP__PASSWORD or a secrets file."""
    tls: Literal["starttls", "tls", "none"] = "starttls"
    """How the connection is encrypted."""
    sender: Sender
    """Who alerts are from: `Name <address>`."""
    to: Annotated[Alerts, Field(min_length=1)]
    """Who gets them, five at most; `desk.alerts` do too."""

    @model_validator(mode="after")
    def _whole_login(self) -> AlertSmtpSettings:
        has_password = bool(self.password.get_secret_value())
        if bool(self.username) != has_password:
            raise ValueError("needs username and password, or neither")
        if has_password and self.tls == "none" and not is_loopback(self.host):
            raise ValueError("tls must not be 'none': the password would travel in clear text")
        return self

    @property
    def effective_port(self) -> int:
        """Return the port, or the usual one for this way of encryption."""
        return self.port or {"starttls": 587, "tls": 465, "none": 25}[self.tls]


class AlertsSettings(Table):
    """Who is told that something is wrong, and when: docs/operations.md."""

    smtp: AlertSmtpSettings | None = None
    """A mail server for alerts alone."""
    url: HookUrl | None = None
    """A webhook: gets each alert as JSON, signed by Standard Webhooks; needs `secret`."""
    secret: HookSecret = SecretStr("")
    """Signs what goes to `url`: whsec_ and base64. Better in DIGEST_ALERTS__SECRET or a secrets file."""
    command: Command = ()
    """A program with its arguments: gets each alert as JSON on stdin; no shell is asked."""
    approval_minutes: Annotated[Whole, Field(ge=0, le=24 * 60)] = 30
    """So long before it would be too late an edition that nobody approved is told; 0 for not before."""
    no_run_minutes: Annotated[Whole, Field(ge=5, le=24 * 60)] = 30
    """So long after its sending time a newsletter that no run looked after is told."""
    source_crawls: Annotated[Whole, Field(ge=1, le=100)] = 3
    """A source is told that could not be read so often in a row."""
    bounce_hours: Annotated[Whole, Field(ge=1, le=24 * 31)] = 26
    """A bounce box is told that nobody read for so long after mail was sent."""
    disk_percent: Annotated[Whole, Field(ge=50, le=100)] = 95
    """A disk is told that is so full."""
    certificate_days: Annotated[Whole, Field(ge=1, le=90)] = 14
    """So long before its end a certificate of `site.url` or `desk.url` is told."""
    records: YesNo = True
    """Whether certificates and DNS records are looked at, a few times a day, where mail leaves."""

    @model_validator(mode="after")
    def _signed(self) -> AlertsSettings:
        if self.url is not None and not self.secret.get_secret_value():
            raise ValueError("url needs a secret too: whsec_ and what `openssl rand -base64 32` gives")
        return self


class WebhookSettings(Table):
    """A program that is told what becomes of editions, readers and alerts: docs/api.md."""

    url: HookUrl
    """Gets each event as JSON, signed by Standard Webhooks."""
    secret: HookSecret
    """Signs what goes to `url`: whsec_ and base64. Better in a secrets file."""
    events: tuple[EditionEvent | ReaderEvent | AlertEvent, ...] = EDITION_EVENTS
    """What it is told; of readers and of alerts only where they are named."""
    addresses: YesNo = False
    """Whether it is told the addresses of readers, and not only their ids."""

    @model_validator(mode="after")
    def _signed(self) -> WebhookSettings:
        if not self.secret.get_secret_value():
            raise ValueError("secret is empty: whsec_ and what `openssl rand -base64 32` gives")
        return self


def _prom_file(path: Path) -> Path:
    if path.suffix != ".prom":
        raise ValueError("must end in .prom: the collector reads no other file")
    return path


class MetricsSettings(Table):
    """Figures for Prometheus."""

    token: Token = SecretStr("")
    """Lets a scraper in at /metrics of the desk, as a bearer token; without it there is no such page."""
    textfile: Annotated[ConfigPath, AfterValidator(_prom_file)] | None = None
    """A file for node_exporter's textfile collector, written by each run and worker; it ends in .prom."""


class TracingSettings(Table):
    """Traces of runs for OpenTelemetry; needs the extra `tracing`."""

    endpoint: HookUrl | None = None
    """Where spans go, by OTLP over HTTP: `http://localhost:4318/v1/traces`; none are made without it."""


_ARN = re.compile(r"arn:aws[a-z-]{0,20}:sns:[a-z0-9-]{4,40}:[0-9]{12}:[A-Za-z0-9_-]{1,256}(?:\.fifo)?")


def _topics(given: tuple[str, ...]) -> tuple[str, ...]:
    for one in given:
        if not _ARN.fullmatch(one):
            raise ValueError(f"{one!r} is no topic's ARN, as arn:aws:sns:eu-west-1:123456789012:reports")
    return given


def _given(secret: SecretStr) -> SecretStr:
    if not secret.get_secret_value():
        raise ValueError("must not be empty: anybody could know it")
    return secret


Given = Annotated[Secret, AfterValidator(_given)]


class SesHookSettings(Table):
    """Amazon SES, by SNS; posts to /hooks/ses."""

    topics: Annotated[Words, Field(min_length=1), AfterValidator(_topics)]
    """The ARNs of your topics; anybody can have Amazon sign posts of other ones."""


class PostmarkHookSettings(Table):
    """Postmark; posts to /hooks/postmark."""

    username: Annotated[Text, Field(min_length=1, pattern="^[^:]+$")]
    """As in the webhook's address or authentication, at Postmark."""
    password: Given
    """The same. Better in DIGEST_HOOKS__POSTMARK__PASSWORD or a secrets file."""


class MailgunHookSettings(Table):
    """Mailgun; posts to /hooks/mailgun."""

    signing_key: Given
    """The HTTP webhook signing key. Better in DIGEST_HOOKS__MAILGUN__SIGNING_KEY or a secrets file."""


class BrevoHookSettings(Table):
    """Brevo; posts to /hooks/brevo."""

    token: Secret = SecretStr("")
    """The token of the webhook's authentication; or else a name and a password."""
    username: Annotated[Text, Field(pattern="^[^:]*$")] = ""
    """As in the webhook's address, at Brevo."""
    password: Secret = SecretStr("")
    """The same. Secrets are better in DIGEST_HOOKS__BREVO__… or a secrets file."""

    @model_validator(mode="after")
    def _one_proof(self) -> BrevoHookSettings:
        has_password = bool(self.username and self.password.get_secret_value())
        if bool(self.token.get_secret_value()) == has_password:
            raise ValueError("name either a token, or a username and a password")
        return self


class HooksSettings(Table):
    """What providers whom mail reaches by SMTP report: bounces, complaints and the like."""

    ses: SesHookSettings | None = None
    """Amazon SES."""
    postmark: PostmarkHookSettings | None = None
    """Postmark."""
    mailgun: MailgunHookSettings | None = None
    """Mailgun."""
    brevo: BrevoHookSettings | None = None
    """Brevo."""
