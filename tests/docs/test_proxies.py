"""The proxies' examples in deploy/, driven: nginx and Caddy themselves before a stand-in of the desk."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from digest.model.pictures import MEDIA
from tests.docs.blocks import ROOT

SITE, DESK = "news.example", "desk.news.example"
MB = 1_000_000
LONG_S = 60.0
TOKEN = "u1.a-readers-own-token"


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy that runs, and the folder where it may have written."""

    port: int
    folder: Path
    is_encrypted: bool

    def ask(
        self,
        host: str,
        path: str,
        *,
        method: str = "GET",
        size: int = 0,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, str]:
        """Return status and body; the body says what the desk was handed."""
        there: http.client.HTTPConnection
        if self.is_encrypted:
            trusting = ssl._create_unverified_context()
            there = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=LONG_S, context=trusting)
        else:
            there = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONG_S)
        named = {"Host": host, "Content-Length": str(size), **(headers or {})}
        try:
            there.request(method, path, body=bytes(size) if size else None, headers=named)
            answer = there.getresponse()
            return answer.status, answer.read().decode()
        except (BrokenPipeError, ConnectionResetError, ssl.SSLError):  # closed while more was to come
            return 413, ""
        finally:
            there.close()

    def written(self) -> str:
        """Return every log that there is."""
        return "".join(one.read_text("utf-8", "replace") for one in self.folder.rglob("*.log"))


class _Desk(BaseHTTPRequestHandler):
    """Says what it was handed."""

    def _answer(self) -> None:
        left = int(self.headers.get("Content-Length", 0))
        size = left
        while left > 0:
            left -= len(self.rfile.read(min(left, MB)))
        told = f"{self.headers['Host']} {self.path} {size} {self.headers['X-Forwarded-For']}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    do_GET = do_POST = _answer  # noqa: N815 - the library's names

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def _desk() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Desk)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def _running(command: list[str], folder: Path, port: int) -> Iterator[None]:
    home = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "stderr.log").open("wb") as said:
        process = subprocess.Popen(command, cwd=folder, env=home, stdout=said, stderr=said)
        try:
            until = time.monotonic() + LONG_S
            while not _listens(port):
                assert process.poll() is None, (folder / "stderr.log").read_text()
                assert time.monotonic() < until, "it does not listen"
                time.sleep(0.05)
            yield
        finally:
            process.terminate()
            process.wait(LONG_S)


@contextmanager
def _nginx(folder: Path, desk: int) -> Iterator[Proxy]:
    key, certificate, port, plain = folder / "k.pem", folder / "c.pem", _free_port(), _free_port()
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        f"/CN={SITE}",
    ]
    subprocess.run([*made, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    site = (ROOT / "deploy/nginx.conf").read_text()
    changes = {
        "    listen [::]:443 ssl;\n": "",
        "    listen [::]:80;\n": "",
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "listen 80": f"listen 127.0.0.1:{plain}",
        "/etc/letsencrypt/live/news.example/fullchain.pem": str(certificate),
        "/etc/letsencrypt/live/news.example/privkey.pem": str(key),
        "/var/log/nginx/error.log": f"{folder}/error.log",
        "127.0.0.1:8420": f"127.0.0.1:{desk}",
    }
    for shown, here in changes.items():
        assert shown in site, shown
        site = site.replace(shown, here)
    (folder / "site.conf").write_text(site)
    places = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; user root; error_log {folder}/error.log; events {{}}\n"
        f"http {{ access_log {folder}/access.log;\n{places} include {folder}/site.conf; }}\n"
    )
    with _running(["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)], folder, port):
        yield Proxy(port, folder, is_encrypted=True)


@contextmanager
def _caddy(folder: Path, desk: int) -> Iterator[Proxy]:
    port = _free_port()
    site = (ROOT / "deploy/Caddyfile").read_text()
    changes = {
        "{\n\tlog {": "{\n\tadmin off\n\tauto_https off\n\tlog {",
        "{$SITE_HOST}": f"http://{SITE}:{port}",
        "{$DESK_HOST}": f"http://{DESK}:{port}",
        "desk:8420": f"127.0.0.1:{desk}",
    }
    for shown, here in changes.items():
        assert shown in site, shown
        site = site.replace(shown, here)
    (folder / "Caddyfile").write_text(site)
    with _running(["caddy", "run", "--adapter", "caddyfile", "--config", "Caddyfile"], folder, port):
        yield Proxy(port, folder, is_encrypted=False)


PROXIES: dict[str, Callable[[Path, int], AbstractContextManager[Proxy]]] = {
    "nginx": _nginx,
    "caddy": _caddy,
}


@pytest.fixture(scope="module", params=list(PROXIES))
def proxy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    _skip_without(request.param)
    with _desk() as desk, PROXIES[request.param](tmp_path_factory.mktemp("proxy"), desk) as running:
        yield running


def _skip_without(name: str) -> None:
    for program in (name, "openssl"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed: apt-get install {program}")


@pytest.mark.parametrize(
    "path", ["/u/abc", "/archive/morning", "/archive/public.css?1", "/signup/daily", "/hooks/sendgrid"]
)
def test_readers_pages_are_on_the_public_host(proxy: Proxy, path: str) -> None:
    status, told = proxy.ask(SITE, path)

    assert status == 200
    assert told.split()[:2] == [SITE, path]


@pytest.mark.parametrize(
    "path",
    [
        "/desk",
        "/desk/",
        "/desk/login",
        "/desk/static/public.css",
        "/%64esk/login",
        "//desk/login",
        "/u/../desk/login",
        "/u/%2e%2e/desk/login",
        "/api/v1/openapi.json",
        "/metrics",
        "/readyz",
    ],
)
def test_what_is_inside_is_closed_on_the_public_host(proxy: Proxy, path: str) -> None:
    status, told = proxy.ask(SITE, path)

    # Caddy passes on a way that leads back as it was written; that is no page of the desk either.
    assert status == 404 or "/u/" in told, told


@pytest.mark.parametrize(
    "path", ["/desk", "/desk/login", "/api/v1/openapi.json", f"{MEDIA}a.png", "/metrics", "/readyz"]
)
def test_the_desks_host_has_desk_programs_figures_and_pictures(proxy: Proxy, path: str) -> None:
    assert proxy.ask(DESK, path)[1].split()[:2] == [DESK, path]


def test_the_desks_host_leads_to_the_desk(proxy: Proxy) -> None:
    assert proxy.ask(DESK, "/")[0] == 302


@pytest.mark.parametrize(
    ("host", "path", "size", "wanted"),
    [
        pytest.param(SITE, "/hooks/sendgrid", 7 * MB, 200, id="events"),
        pytest.param(SITE, "/p/abc", 20 * MB, 413, id="too-large-for-readers"),
        pytest.param(DESK, "/desk/readers/import", 60 * MB, 200, id="an-import"),
    ],
)
def test_bodies_have_the_room_that_they_need(
    proxy: Proxy, host: str, path: str, size: int, wanted: int
) -> None:
    status, told = proxy.ask(host, path, method="POST", size=size)

    assert status in ({200} if wanted == 200 else {413, 502})
    if wanted == 200:
        assert told.split()[2] == str(size)


def test_nobody_says_for_himself_where_he_comes_from(proxy: Proxy) -> None:
    assert proxy.ask(SITE, "/u/abc", headers={"X-Forwarded-For": "192.0.2.9"})[1].split()[3:] == [
        "127.0.0.1"
    ]


@pytest.mark.parametrize("name", list(PROXIES))
def test_no_log_holds_a_token_even_while_the_desk_is_away(name: str, tmp_path: Path) -> None:
    _skip_without(name)

    with PROXIES[name](tmp_path, _free_port()) as running:
        asked = [
            running.ask(SITE, f"/u/{TOKEN}")[0],
            running.ask(SITE, f"/u/{TOKEN}", method="POST", size=10 * MB)[0],
            running.ask(DESK, f"/desk/enter/{TOKEN}")[0],
        ]

    assert asked[0] == asked[2] == 502
    assert TOKEN not in running.written()
