"""The settings of logging in at the desk by an identity provider."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator

from digest.settings.fields import FullText, Listed, Secret, Text, WebUrl, Words, is_loopback
from digest.settings.tables import Table

RoleName = Literal["editor", "approver", "ops", "manager"]


class OidcSettings(Table):
    """Logging in by OpenID Connect; takes the extra `oidc`. The provider comes back to /desk/oidc/back."""

    issuer: WebUrl
    """The provider, exactly as its tokens name it."""
    client_id: Annotated[Text, Field(min_length=1)]
    """What the provider calls the desk."""
    client_secret: Secret = SecretStr("")
    """Better in DIGEST_DESK__OIDC__CLIENT_SECRET or a secrets file; empty for a public client."""
    scopes: Words = ("openid", "email")
    """What is asked for."""
    user_claim: FullText = "email"
    """The claim that names the user; an email address must be a verified one."""
    roles_claim: Text = ""
    """The claim with groups; without it only users of `digest desk add-user` come in, with their roles."""
    roles: Mapping[str, Annotated[tuple[RoleName, ...], Listed]] = Field(default_factory=dict)
    """Which roles each group has; who is in none of these groups does not come in."""
    label: FullText = "single sign-on"
    """What the login page calls it."""

    @model_validator(mode="after")
    def _is_safe(self) -> OidcSettings:
        parts = urlsplit(self.issuer)
        if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
            raise ValueError("issuer must start with https:// (http:// is for localhost only)")
        return self

    @model_validator(mode="after")
    def _roles_have_a_claim(self) -> OidcSettings:
        if bool(self.roles_claim) != bool(self.roles):
            raise ValueError("roles_claim and roles go together")
        if "openid" not in self.scopes:
            raise ValueError("scopes must hold openid")
        return self
