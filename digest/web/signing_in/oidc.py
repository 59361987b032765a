"""Logging in by an identity provider: out through its door, back with a code, in with roles."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from digest.errors import DigestError
from digest.model.desk import Role, User
from digest.settings.loading import Loaded
from digest.settings.signing_in import OidcSettings
from digest.web.serving.accounts.passwords import hashed
from digest.web.serving.handshakes import MINUTES, Handshake, IdentityProvider, LoginRefused
from digest.web.serving.limits import waiting
from digest.web.serving.request import Ask, Cookie
from digest.web.serving.state import Access
from digest.web.signing_in.login import let_in
from digest.web.signing_in.tries import succeeded, tried
from digest.words.speaking import say

BACK = "/desk/oidc/back"
"""Where an identity provider sends people back to."""

_LONGEST_NAME = 80
_RESERVED = frozenset({"operator", "digest", "desk", "nobody"})
"""Names that mean no person in the log."""


def provider_of(loaded: Loaded, access: Access) -> IdentityProvider | None:
    """Return the identity provider of the settings; only here are its libraries loaded.

    Raises:
        MissingExtra: the extra `oidc` is not installed.
    """
    settings = loaded.settings.desk.oidc
    if settings is None:
        return None
    from digest.web.signing_in.identity import Provider

    return Provider(settings, f"{access.url}{BACK}")


def leave(ask: Ask) -> Response:
    """Send the browser to the provider, with a mark by which it is known again."""
    provider = _provider(ask)
    wait = tried(ask, "")
    if wait:
        return _no(ask, say("Too many tries. %(wait)s", wait=waiting(wait)), 429)
    handshake = Handshake(*(secrets.token_urlsafe(32) for _ in range(3)))
    try:
        door = provider.door(handshake, now=ask.now)
    except DigestError as error:
        return _no(ask, str(error), 502)
    response = RedirectResponse(door, 303)
    secret = ask.desk.under_way.begin(handshake, now=ask.now)
    Cookie(ask.desk.access, "oidc").put(response, secret, lasts_s=MINUTES * 60)
    return response


def back(ask: Ask) -> Response:
    """Let in whom the provider names, with the roles they have."""
    provider = _provider(ask)
    cookie = Cookie(ask.desk.access, "oidc")
    handshake = ask.desk.under_way.take(ask.request.cookies.get(cookie.name, ""), now=ask.now)
    if handshake is None:
        return _no(
            ask, say("That login was not begun in this browser, or took too long. Begin again."), 403
        )
    try:
        claims = provider.claims(ask.query, handshake, now=ask.now)
        user = _user(ask, provider.settings, claims)
    except DigestError as error:
        ask.desk.note("nobody", "login refused", detail=f"by OIDC: {error}"[:300])
        return _no(ask, str(error), 403)
    succeeded(ask, "")
    ask.desk.note(user.name, "logged in", detail="by OIDC")
    response = let_in(ask.desk, user, now=ask.now)
    cookie.drop(response)
    return response


def _user(ask: Ask, settings: OidcSettings, claims: Mapping[str, Any]) -> User:
    """Return who comes in.

    Raises:
        LoginRefused: the claims name nobody who may.
    """
    name = claims.get(settings.user_claim)
    if not isinstance(name, str) or not name.strip() or len(name) > _LONGEST_NAME:
        raise LoginRefused(say("it does not say %(what)s", what=settings.user_claim))
    if settings.user_claim == "email" and claims.get("email_verified") is not True:
        raise LoginRefused(say("the provider has not verified the email address"))
    name = name.strip()
    if name.casefold() in _RESERVED:
        raise LoginRefused(say("%(name)s is nobody’s name here", name=name))
    logins = ask.desk.logins
    if settings.roles_claim:
        roles = roles_of(settings, claims)
        if not roles:
            raise LoginRefused(say("%(name)s is in none of the groups that may come in", name=name))
        user = User(name, roles)
        # No password opens this account: the hash is of one that nobody has seen.
        if logins.keep_roles(user, hashed(secrets.token_urlsafe(32)), now=ask.now):
            return user
    else:
        known = logins.find(name)
        if known is not None:
            return known[0]
    raise LoginRefused(say("%(name)s has no account here", name=name))


def roles_of(settings: OidcSettings, claims: Mapping[str, Any]) -> frozenset[Role]:
    """Return the roles of the groups that the claims name."""
    groups = claims.get(settings.roles_claim)
    named = [groups] if isinstance(groups, str) else groups if isinstance(groups, list) else []
    return frozenset(
        Role(role) for group in named if isinstance(group, str) for role in settings.roles.get(group, ())
    )


def _provider(ask: Ask) -> IdentityProvider:
    if ask.desk.provider is None:
        raise HTTPException(404)
    return ask.desk.provider


def _no(ask: Ask, problem: str, code: int) -> Response:
    return ask.page("login.html", code=code, problem=problem, name="")
