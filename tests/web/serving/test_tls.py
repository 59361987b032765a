"""The desk over TLS: a cookie that no other host can set, and a browser that stays there."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import trustme
import uvicorn
from playwright.sync_api import Browser, expect

from digest.cli.session import Session
from digest.web.app import build
from digest.web.serving.state import Access, Desk
from tests.journeys.desk import Folder
from tests.rendering.browser import WAIT_MS
from tests.web.newsroom import DRAFTED, PASSWORD, Clock

KNOWN = "__Host-desk-known"
"""Of a browser in which somebody logged in before (`signing_in/tries.py`)."""

FORM = {"name": "bo", "password": PASSWORD}


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def secure(folder: Folder, authority: trustme.CA, tmp_path: Path) -> Iterator[str]:
    """A desk behind a certificate of 127.0.0.1."""
    certificate = authority.issue_cert("127.0.0.1")
    key, chain = tmp_path / "key.pem", tmp_path / "chain.pem"
    certificate.private_key_pem.write_to_path(str(key))
    for blob in certificate.cert_chain_pems:
        blob.write_to_path(str(chain), append=True)
    session = Session(folder.config, as_json=False, rehearsed_now=None)
    with (
        contextlib.closing(socket.create_server(("127.0.0.1", 0))) as listening,
        session.newsroom() as newsroom,
    ):
        url = f"https://127.0.0.1:{listening.getsockname()[1]}"
        desk = Desk(session.load(), newsroom, Access(url), clock=Clock(DRAFTED), sends=False)
        config = uvicorn.Config(
            build(desk), log_level="error", http="h11", ws="none", ssl_keyfile=key, ssl_certfile=str(chain)
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        try:
            yield url
        finally:
            server.should_exit = True
            thread.join(timeout=120)


def test_the_sessions_cookie_is_bound_to_the_host_and_to_tls(secure: str, authority: trustme.CA) -> None:
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    with httpx.Client(base_url=secure, verify=trusting, headers={"accept": "text/html"}) as client:
        came_in = client.post("/desk/login", data=FORM, headers={"sec-fetch-site": "same-origin"})
        inside = client.get("/desk")
        planted = httpx.get(
            f"{secure}/desk", verify=trusting, cookies={"desk": client.cookies["__Host-desk"]}
        )

    name, *terms = [part.strip() for part in came_in.headers["set-cookie"].split(";")]
    assert name.startswith("__Host-desk=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=lax"} <= set(terms)
    assert not any(term.startswith("Domain") for term in terms)
    assert inside.status_code == 200
    assert inside.headers["strict-transport-security"]
    # Under the name it has without TLS, which another host could set, it opens nothing.
    assert planted.status_code == 401


@pytest.mark.chromium
def test_a_browser_takes_and_keeps_that_cookie(chromium: Browser, secure: str) -> None:
    context = chromium.new_context(ignore_https_errors=True)
    context.set_default_timeout(WAIT_MS)
    try:
        page = context.new_page()
        page.goto(f"{secure}/desk")
        page.get_by_label("Name").fill("bo")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        expect(page.get_by_role("heading", name="Today")).to_be_visible()
        terms = {
            one["name"]: (one["secure"], one["httpOnly"], one["sameSite"]) for one in context.cookies()
        }
        assert terms == dict.fromkeys(("__Host-desk", KNOWN), (True, True, "Lax"))
        page.get_by_role("button", name="Log out").click()
        expect(page.get_by_role("heading", name="The desk")).to_be_visible()
        # That somebody logged in here before stays known, and lets nobody in.
        assert [one["name"] for one in context.cookies()] == [KNOWN]
    finally:
        context.close()
