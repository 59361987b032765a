"""How an IMAP server that takes no passwords is logged in to, as settings."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import SecretStr, model_validator

from digest.settings.fields import ConfigPath, Secret, SecureUrl, Text, Words
from digest.settings.tables import Table

GOOGLE: Final = "https://oauth2.googleapis.com/token"
MICROSOFT: Final = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"
MICROSOFT_FOR_A_PERSON: Final = "https://outlook.office.com/IMAP.AccessAsUser.All offline_access"
MICROSOFT_FOR_AN_APPLICATION: Final = "https://outlook.office365.com/.default"


class OAuthSettings(Table):
    """A login by OAuth, with an access token in place of the password: one way to get it."""

    token: Secret = SecretStr("")
    """An access token, where something else keeps this setting fresh."""
    token_file: ConfigPath | None = None
    """A file with the access token, which something else keeps fresh."""
    command: Words = ()
    """A program and its arguments; what it prints is the access token. It runs at every crawl."""
    provider: Literal["google", "microsoft", "other"] = "other"
    """Whose token server is asked; with other, token_url names it."""
    tenant: Text = "organizations"
    """The Microsoft tenant: its id or domain. An application that asks in its own name needs it."""
    token_url: SecureUrl | None = None
    """The token server."""
    client_id: Text = ""
    """The application, as it is registered there."""
    client_secret: Secret = SecretStr("")
    """The application's secret, where it has one."""
    refresh_token: Secret = SecretStr("")
    """What the box's owner allowed once; without one the application asks in its own name."""
    refresh_token_file: ConfigPath | None = None
    """A file with the refresh token; a new one that the server gives is written to it."""
    scope: Text = ""
    """What is asked for; the provider's scope for IMAP where not given."""

    @model_validator(mode="after")
    def _one_way(self) -> OAuthSettings:
        if not self.is_given:
            return self
        ways = [bool(self.token.get_secret_value()), self.token_file is not None, bool(self.command)]
        is_exchange = bool(self.client_id)
        if sum(ways) + is_exchange != 1:
            raise ValueError("give one of token, token_file, command and client_id")
        if not is_exchange:
            return self
        if self.provider == "other" and self.token_url is None:
            raise ValueError("name the provider, or its token_url")
        if self.refresh_token.get_secret_value() and self.refresh_token_file is not None:
            raise ValueError("give refresh_token or refresh_token_file, not both")
        if not self._is_allowed_by_a_person and not self.client_secret.get_secret_value():
            raise ValueError("needs a refresh_token, or the client_secret of an application of its own")
        return self

    @property
    def is_given(self) -> bool:
        """Tell whether anything is said."""
        return self != OAuthSettings.model_construct()

    @property
    def _is_allowed_by_a_person(self) -> bool:
        return bool(self.refresh_token.get_secret_value()) or self.refresh_token_file is not None

    @property
    def effective_token_url(self) -> str:
        """Return the token server's address."""
        known = {"google": GOOGLE, "microsoft": MICROSOFT.format(tenant=self.tenant)}
        return self.token_url or known.get(self.provider, "")

    @property
    def effective_scope(self) -> str:
        """Return what is asked for; Google wants no scope where a refresh token has it already."""
        if self.scope or self.provider != "microsoft":
            return self.scope
        return MICROSOFT_FOR_A_PERSON if self._is_allowed_by_a_person else MICROSOFT_FOR_AN_APPLICATION
