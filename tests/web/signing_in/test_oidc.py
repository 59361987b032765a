"""Logging in by an identity provider, against one of our own with real signatures."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from digest.model.desk import Role, User
from digest.web.serving.request import Cookie
from digest.web.serving.state import Access
from tests.journeys.desk import Folder
from tests.web.newsroom import DRAFTED, Clock, Open, at_work
from tests.web.signing_in.identity_provider import (
    CLIENT,
    SECRET,
    Claims,
    IdentityProvider,
    identity_provider,
    made,
)

EMAIL = "amina@gazette.example"
AMINA = {"email": EMAIL, "email_verified": True, "groups": ["news", "choir"]}
GROUPS = 'roles_claim = "groups"\n[desk.oidc.roles]\nnews = ["editor"]\nchiefs = ["editor", "approver"]\n'


def configured(folder: Folder, issuer: str, more: str = "") -> Folder:
    own = f'issuer = "{issuer}"\nclient_id = "{CLIENT}"\nclient_secret = "{SECRET}"'
    folder.config.write_text(f"{folder.config.read_text()}\n[desk.oidc]\n{own}\n{more}")
    return folder


@pytest.fixture
def clock() -> Clock:
    return Clock(DRAFTED)


@pytest.fixture
def provider(clock: Clock) -> Iterator[IdentityProvider]:
    with identity_provider(clock) as running:
        running.person = dict(AMINA)
        yield running


@pytest.fixture
def opened(folder: Folder, provider: IdentityProvider, clock: Clock) -> Iterator[Open]:
    """A desk that knows Amina's address."""
    with at_work(configured(folder, provider.issuer), clock=clock) as desk:
        user = User(EMAIL, frozenset({Role.APPROVER}))
        desk.desk.logins.keep_user(user, "unused", now=desk.clock())
        yield desk


def browser(opened: Open) -> httpx.Client:
    return httpx.Client(base_url=opened.url, headers={"accept": "text/html"}, timeout=120)


def came_back(client: httpx.Client) -> httpx.Response:
    """Go out by the login page's link, through the provider, and back."""
    out = client.get("/desk/oidc/login")
    assert out.status_code == 303, out.text
    door = httpx.get(out.headers["location"])
    return client.get(door.headers["location"])


def refused(opened: Open) -> str:
    """Return the sentence of a login that must not succeed."""
    with browser(opened) as client:
        answer = came_back(client)
        inside = client.get("/desk")
    assert answer.status_code == 403
    assert inside.status_code == 303
    told = re.search(r'role="alert">([^<]+)<', answer.text)
    assert told
    return told[1].replace("&#39;", "'")


def test_whom_the_provider_names_comes_in_with_the_roles_of_add_user(opened: Open) -> None:
    with browser(opened) as client:
        page = client.get("/desk/login").text
        answer = came_back(client)
        inside = client.get("/desk")

    assert 'href="/desk/oidc/login"' in page
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
    assert inside.status_code == 200
    assert "amina@gazette.example" in inside.text
    entry = opened.desk.audit_log.entries()[0]
    assert (entry.who, entry.action, entry.detail) == ("amina@gazette.example", "logged in", "by OIDC")


def test_the_way_out_carries_state_nonce_and_a_challenge_and_no_secret(opened: Open) -> None:
    with browser(opened) as client:
        out = client.get("/desk/oidc/login")

    asked = httpx.URL(out.headers["location"]).params
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == f"{opened.url}/desk/oidc/back"
    assert asked["tenant"] == "quay"
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 43
    cookie = out.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert asked["state"] not in cookie


def test_over_tls_the_browsers_mark_can_be_set_by_no_other_host() -> None:
    assert Cookie(Access("https://desk.example"), "oidc").name == "__Host-desk-oidc"


BENT: dict[str, Callable[[Claims], None]] = {
    "another issuer": lambda claims: claims.update(iss="https://evil.example"),
    "no issuer": lambda claims: claims.pop("iss"),
    "another audience": lambda claims: claims.update(aud="shop"),
    "another party": lambda claims: claims.update(aud=[CLIENT, "shop"], azp="shop"),
    "several audiences, no party": lambda claims: claims.update(aud=[CLIENT, "shop"]),
    "another nonce": lambda claims: claims.update(nonce="of another login"),
    "no nonce": lambda claims: claims.pop("nonce"),
    "run out": lambda claims: claims.update(exp=claims["iat"] - 61),
    "no end": lambda claims: claims.pop("exp"),
    "made an hour ago": lambda claims: claims.update(iat=claims["iat"] - 3600),
    "made in the future": lambda claims: claims.update(iat=claims["iat"] + 3600),
    "no subject": lambda claims: claims.pop("sub"),
    "an address that nobody verified": lambda claims: claims.update(email_verified=False),
    "an address verified in words only": lambda claims: claims.update(email_verified="true"),
    "no address": lambda claims: claims.pop("email"),
    "a stranger": lambda claims: claims.update(email="eve@gazette.example"),
}


def test_a_token_that_is_not_as_it_must_be_lets_nobody_in(opened: Open, provider: IdentityProvider) -> None:
    for fault, bend in BENT.items():
        provider.bend = bend
        opened.clock.forward(timedelta(minutes=11))

        assert refused(opened).startswith("The login was refused: "), fault
        assert opened.desk.audit_log.entries()[0].action == "login refused", fault

    provider.bend = lambda _claims: None
    opened.clock.forward(timedelta(minutes=11))
    with browser(opened) as client:
        assert came_back(client).status_code == 303


def test_a_token_that_the_providers_key_did_not_sign_lets_nobody_in(
    opened: Open, provider: IdentityProvider
) -> None:
    for forge in (provider.unsigned, provider.signed_by_the_public_key, provider.signed_by_a_stranger):
        provider.forge = forge

        assert refused(opened) == "The login was refused: its token is not valid.", forge.__name__


def test_the_answer_counts_only_in_the_browser_that_began_and_only_once(opened: Open) -> None:
    with browser(opened) as victim, browser(opened) as attacker:
        victim.get("/desk/oidc/login")
        out = attacker.get("/desk/oidc/login")
        back = httpx.get(out.headers["location"]).headers["location"]
        planted = victim.get(back)
        bare = httpx.get(back)
        other_state = attacker.get(re.sub(r"state=[^&]+", "state=guessed", back))
        again = attacker.get(back)

    assert [one.status_code for one in (planted, bare, other_state, again)] == [403] * 4


def test_an_answer_of_another_provider_and_a_no_let_nobody_in(opened: Open) -> None:
    for change in ("&iss=https://evil.example", "&error=access_denied"):
        with browser(opened) as client:
            out = client.get("/desk/oidc/login")
            back = httpx.get(out.headers["location"]).headers["location"]
            assert client.get(back + change).status_code == 403


def test_whoever_takes_too_long_begins_again(opened: Open, clock: Clock) -> None:
    with browser(opened) as client:
        out = client.get("/desk/oidc/login")
        back = httpx.get(out.headers["location"]).headers["location"]
        clock.forward(timedelta(minutes=11))
        answer = client.get(back)

    assert answer.status_code == 403
    assert "took too long" in answer.text


def test_keys_are_kept_and_asked_for_anew_when_the_provider_turns_them(
    opened: Open, provider: IdentityProvider, clock: Clock
) -> None:
    codes = []
    for _ in range(2):
        with browser(opened) as client:
            codes.append(came_back(client).status_code)
    once = provider.asked.count("/keys")
    provider.key = made("two")
    clock.forward(timedelta(minutes=2))
    with browser(opened) as client:
        codes.append(came_back(client).status_code)

    assert codes == [303, 303, 303]
    assert once == 1
    assert provider.asked.count("/keys") == 2


def test_a_provider_of_another_name_or_none_at_all_is_told_on_the_login_page(
    opened: Open, provider: IdentityProvider
) -> None:
    provider.named = "https://somebody.example"
    with browser(opened) as client:
        answer = client.get("/desk/oidc/login")

    assert answer.status_code == 502
    assert "calls itself by another name" in answer.text


@pytest.mark.parametrize(
    ("groups", "roles"),
    [
        pytest.param(["news", "choir"], {Role.EDITOR}, id="a list"),
        pytest.param("chiefs", {Role.EDITOR, Role.APPROVER}, id="one word"),
        pytest.param(["choir"], None, id="no group that counts"),
        pytest.param({"news": True}, None, id="no list"),
        pytest.param([["news"]], None, id="a list in a list"),
    ],
)
def test_roles_come_from_the_groups_that_the_settings_name(
    folder: Folder, provider: IdentityProvider, clock: Clock, groups: object, roles: set[Role] | None
) -> None:
    provider.person["groups"] = groups
    with at_work(configured(folder, provider.issuer, GROUPS), clock=clock) as opened:
        if roles is None:
            assert "none of the groups" in refused(opened)
            assert opened.desk.logins.find(EMAIL) is None
            return
        with browser(opened) as client:
            assert came_back(client).status_code == 303
        found = opened.desk.logins.find(EMAIL)

        assert found is not None
        assert found[0].roles == roles
        for guess in ("", "a password that nobody has", "unused"):
            form = {"name": EMAIL, "password": guess}
            tried = httpx.post(
                f"{opened.url}/desk/login", data=form, headers={"sec-fetch-site": "same-origin"}
            )
            assert tried.status_code == 403


def test_who_left_the_group_or_was_removed_does_not_come_in_again(
    folder: Folder, provider: IdentityProvider, clock: Clock
) -> None:
    with at_work(configured(folder, provider.issuer, GROUPS), clock=clock) as opened:
        with browser(opened) as client:
            came_back(client)
            provider.person["groups"] = ["chiefs"]
            came_back(client)
            changed = opened.desk.logins.find(EMAIL)
            opened.desk.logins.deactivate(EMAIL)
            outside = client.get("/desk").status_code
        assert "no account here" in refused(opened)

    assert changed is not None
    assert changed[0].roles == {Role.EDITOR, Role.APPROVER}
    assert outside == 303


def test_nobody_comes_in_under_a_name_that_the_log_keeps_for_itself(
    folder: Folder, provider: IdentityProvider, clock: Clock
) -> None:
    provider.person["preferred_username"] = "Operator"
    more = f'user_claim = "preferred_username"\n{GROUPS}'
    with at_work(configured(folder, provider.issuer, more), clock=clock) as opened:
        assert "nobody’s name" in refused(opened)


def test_without_the_setting_there_is_no_such_way_in(folder: Folder) -> None:
    with at_work(folder) as opened, browser(opened) as client:
        assert client.get("/desk/oidc/login").status_code == 404
        assert client.get("/desk/oidc/back?code=x&state=y").status_code == 404
        assert "oidc" not in client.get("/desk/login").text


def test_a_desk_without_a_provider_does_not_load_its_libraries(tmp_path: Path) -> None:
    code = (
        "import sys, digest.web.app;print([one for one in sys.modules if one.split('.')[0] == 'joserfc'])"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"
