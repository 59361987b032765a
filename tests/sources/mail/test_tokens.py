"""Boxes whose server takes no password are logged in to by OAuth; no secret is ever told."""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

import pytest

from digest.model import SourceKey
from digest.ports import Collected, Memory
from digest.settings.source_kinds import OAuthSettings
from digest.sources.mail.boxes import ImapBox
from digest.sources.mail.tokens import Exchange, GivenToken, NoToken, TokenCommand, TokenFile, Tokens
from digest.sources.mailbox import MailboxSource
from digest.wiring.sources import tokens_of
from tests.sources.mail import imap_servers
from tests.sources.mail.imap_servers import USER, Rude
from tests.sources.mail.letters import BASE, NOW, letter

TOKEN = "ya29.a-secret_token"
PROOFS = {
    "AUTH=XOAUTH2": f"user={USER}\x01auth=Bearer {TOKEN}\x01\x01",
    "AUTH=OAUTHBEARER": f"n,a={USER},\x01auth=Bearer {TOKEN}\x01\x01",
}


@dataclass
class TokenServer:
    """A token server's answer, and what it was asked."""

    answer: object = field(default_factory=dict)
    status: int = 200
    asked: list[dict[str, str]] = field(default_factory=list)
    url: str = ""


@contextmanager
def token_server(told: TokenServer) -> Iterator[TokenServer]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            told.asked.append(dict(parse_qsl(body)))
            content = told.answer if isinstance(told.answer, bytes) else json.dumps(told.answer).encode()
            self.send_response(told.status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        told.url = f"http://127.0.0.1:{server.server_address[1]}/token"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield told
        finally:
            server.shutdown()
            thread.join()


def collected(port: int, tokens: Tokens) -> Collected:
    box = ImapBox("127.0.0.1", USER, port=port, tls=imap_servers.trust(), tokens=tokens)
    source = MailboxSource(SourceKey("letters"), box, zone=ZoneInfo("UTC"), base_url=BASE)
    return source.collect(Memory(), now=NOW)


def told(found: Collected) -> str:
    return "\n".join(map(str, found.problems))


@pytest.mark.parametrize("offers", [*PROOFS, "AUTH=PLAIN AUTH=XOAUTH2 SASL-IR"])
def test_a_box_is_read_with_a_token(offers: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    mail = letter("The bridge opened on Monday.\n\nIt cost much.", Subject="Bridge")
    with imap_servers.rude(Rude({4: mail}, offers=offers)) as server:
        found = collected(server.port, GivenToken(TOKEN))

    assert [one.title for one in found.articles] == ["Bridge"]
    assert server.proofs == [PROOFS.get(offers, PROOFS["AUTH=XOAUTH2"])]
    assert TOKEN not in caplog.text


@pytest.mark.parametrize(
    ("offers", "answer", "said"),
    [
        (
            "AUTH=XOAUTH2",
            "NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)",
            "does not take the token",
        ),
        ("AUTH=OAUTHBEARER", "NO AUTHENTICATE failed.", "does not take the token"),
        ("AUTH=XOAUTH2", "NO [UNAVAILABLE] later", "can't check logins just now"),
        ("AUTH=PLAIN", "", "offers no login by OAuth"),
    ],
)
def test_a_token_that_is_not_taken_is_told(offers: str, answer: str, said: str) -> None:
    with imap_servers.rude(Rude({}, offers=offers, login=answer)) as server:
        found = collected(server.port, GivenToken(TOKEN))

    assert found.is_failed
    assert said in told(found)
    assert TOKEN not in told(found)
    assert USER not in told(found)


def test_a_token_is_read_from_a_file_or_a_program(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n")

    assert TokenFile(tmp_path / "token").access_token() == TOKEN
    assert TokenCommand((sys.executable, "-c", f"print('{TOKEN}')")).access_token() == TOKEN


@pytest.mark.parametrize(
    ("tokens", "said"),
    [
        (TokenFile(Path("nowhere") / "token"), "token_file can't be read"),
        (TokenCommand((sys.executable, "-c", f"print('{TOKEN}'); raise SystemExit(3)")), "exit code 3"),
        (TokenCommand((sys.executable, "-c", "print('')")), "holds none"),
        (TokenCommand((sys.executable, "-c", "print('two words')")), "holds none"),
        (TokenCommand(("./no-such-program", TOKEN)), "no-such-program can't be run"),
        (GivenToken("  "), "holds none"),
        (
            Exchange("http://127.0.0.1:9/token", "app", TOKEN, refresh_token=TOKEN),
            "127.0.0.1 can't be asked",
        ),
    ],
)
def test_no_token_is_told_without_secrets(tokens: Tokens, said: str) -> None:
    with pytest.raises(NoToken) as raised:
        tokens.access_token()

    assert said in str(raised.value)
    assert TOKEN not in str(raised.value)
    assert TOKEN not in repr(tokens) or isinstance(tokens, TokenCommand)


def test_a_refresh_token_is_exchanged() -> None:
    with token_server(TokenServer({"access_token": TOKEN, "expires_in": 3599})) as server:
        found = Exchange(server.url, "app", "word", "mail", "lasting").access_token()

    assert found == TOKEN
    assert server.asked == [
        {
            "grant_type": "refresh_token",
            "client_id": "app",
            "client_secret": "word",
            "refresh_token": "lasting",
            "scope": "mail",
        }
    ]


def test_an_application_asks_in_its_own_name() -> None:
    with token_server(TokenServer({"access_token": TOKEN})) as server:
        Exchange(server.url, "app", "word", "https://outlook.example/.default").access_token()

    assert server.asked[0]["grant_type"] == "client_credentials"


def test_a_new_refresh_token_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    file = tmp_path / "refresh"
    file.write_text("first\n")
    with token_server(TokenServer({"access_token": TOKEN, "refresh_token": "second"})) as server:
        exchange = Exchange(server.url, "app", refresh_token_file=file)
        exchange.access_token()
        exchange.access_token()

    assert [one["refresh_token"] for one in server.asked] == ["first", "second"]
    assert file.read_text() == "second\n"
    assert file.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        (
            {"error": "invalid_grant", "error_description": f"Bad {TOKEN}"},
            400,
            "let the box's owner allow it",
        ),
        ({"error": "invalid_client"}, 401, "client_secret is wrong"),
        ({"error": "unauthorized_client"}, 400, "look at its permissions"),
        ({"error": f"odd {TOKEN}"}, 400, "status 400"),
        (b"<html>", 503, "status 503"),
        (b"[]", 200, "holds none"),
        ({"access_token": 7}, 200, "holds none"),
        ({"error": "invalid_scope"}, 200, "look at scope"),
    ],
)
def test_a_token_server_that_refuses_is_told(answer: object, status: int, said: str) -> None:
    with token_server(TokenServer(answer, status)) as server, pytest.raises(NoToken) as raised:
        Exchange(server.url, "app", refresh_token="lasting").access_token()

    assert said in str(raised.value)
    assert TOKEN not in str(raised.value)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({"token": TOKEN}, GivenToken(TOKEN)),
        ({"command": ["show", "me"]}, TokenCommand(("show", "me"))),
        (
            {"provider": "google", "client_id": "app", "client_secret": "w", "refresh_token": "r"},
            Exchange("https://oauth2.googleapis.com/token", "app", "w", "", "r"),
        ),
        (
            {"provider": "microsoft", "tenant": "t.example", "client_id": "app", "client_secret": "w"},
            Exchange(
                "https://login.microsoftonline.com/t.example/oauth2/v2.0/token",
                "app",
                "w",
                "https://outlook.office365.com/.default",
            ),
        ),
        (
            {"provider": "microsoft", "client_id": "app", "refresh_token": "r"},
            Exchange(
                "https://login.microsoftonline.com/organizations/oauth2/v2.0/token",
                "app",
                "",
                "https://outlook.office.com/IMAP.AccessAsUser.All offline_access",
                "r",
            ),
        ),
        (
            {
                "token_url": "https://id.example/token",
                "client_id": "app",
                "refresh_token": "r",
                "scope": "imap",
            },
            Exchange("https://id.example/token", "app", "", "imap", "r"),
        ),
    ],
)
def test_settings_say_where_tokens_come_from(said: dict[str, object], wanted: Tokens) -> None:
    assert tokens_of(OAuthSettings.model_validate(said)) == wanted


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"token": "t", "command": ["x"]}, "give one of"),
        ({"provider": "google"}, "give one of"),
        ({"client_id": "app", "refresh_token": "r"}, "name the provider"),
        ({"provider": "google", "client_id": "app"}, "needs a refresh_token"),
        ({"token_url": "http://id.example/t", "client_id": "a", "refresh_token": "r"}, "https://"),
    ],
)
def test_settings_that_give_no_token_are_refused(said: dict[str, object], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        OAuthSettings.model_validate(said)


def test_nothing_said_is_no_oauth() -> None:
    assert not OAuthSettings().is_given
    assert replace(ImapBox("h", "u"), tokens=None).tokens is None
