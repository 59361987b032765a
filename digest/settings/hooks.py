"""The settings of what providers report by webhook; SendGrid's key stands at the desk's."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr, model_validator

from digest.settings.fields import Secret, Text, Words
from digest.settings.tables import Table

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
