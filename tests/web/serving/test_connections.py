"""Half a request holds nobody up: time-outs for headers and bodies, and a bound that chooses well."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

import httpx
import pytest

from digest.web.serving.connections import Bounds
from digest.web.serving.wording.script_words import STATIC
from tests.journeys.desk import Folder
from tests.web.newsroom import Open, at_work

HALF_HEADERS = b"GET /desk/login HTTP/1.1\r\nHost: desk.example\r\nX-Slow: "
HALF_BODY = b"POST /desk/login HTTP/1.1\r\nHost: desk.example\r\nContent-Length: 5000\r\n\r\nname=a"
HALF_HOOK = b"POST /hooks/sendgrid HTTP/1.1\r\nHost: desk.example\r\nContent-Length: 900000\r\n\r\n["
NOTHING = b""
LONG = 120.0


@contextlib.contextmanager
def half_open(url: str, starts: Sequence[bytes]) -> Iterator[list[socket.socket]]:
    """Open a connection for each start of a request, and send nothing more."""
    parts = urlsplit(url)
    with contextlib.ExitStack() as stack:
        opened = []
        for start in starts:
            one = socket.create_connection((parts.hostname or "", parts.port or 0), timeout=LONG)
            stack.enter_context(contextlib.closing(one))
            one.sendall(start)
            opened.append(one)
        yield opened


def is_closed(one: socket.socket) -> bool:
    """Wait until the server closes; False where it answers instead."""
    try:
        return one.recv(1) == b""
    except ConnectionResetError:
        return True


def test_four_hundred_half_open_requests_stop_nobody(opened: Open) -> None:
    starts = [HALF_HEADERS, HALF_BODY, HALF_HOOK, NOTHING] * 100

    with half_open(opened.url, starts):
        answers = [httpx.get(f"{opened.url}{path}", timeout=LONG) for path in ("/healthz", "/desk/login")]

    assert [one.status_code for one in answers] == [200, 200]


def test_where_too_many_are_open_those_that_wait_longest_give_way(folder: Folder) -> None:
    with at_work(folder, bounds=Bounds(header_s=LONG, pause_s=LONG, most=20)) as opened:
        with half_open(opened.url, [HALF_HEADERS, HALF_BODY] * 30) as waiting:
            answers = [httpx.get(f"{opened.url}/desk/login", timeout=LONG) for _ in range(3)]
            oldest = is_closed(waiting[0])

        assert [one.status_code for one in answers] == [200, 200, 200]
        assert oldest


def test_those_that_take_no_more_of_their_answers_stop_nobody_either(folder: Folder) -> None:
    with (
        at_work(folder, bounds=Bounds(header_s=LONG, pause_s=LONG, stall_s=LONG, most=4)) as opened,
        deaf(opened.url, count=6),
    ):
        assert answered(f"{opened.url}/healthz") == 200


@contextlib.contextmanager
def deaf(url: str, *, count: int) -> Iterator[None]:
    """Open connections that ask for more than fits into them, and read nothing."""
    parts = urlsplit(url)
    size = max((one.stat().st_size, one.name) for one in STATIC.iterdir() if one.is_file())
    ask = f"GET /desk/static/{size[1]} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode()
    assert httpx.get(f"{url}/desk/static/{size[1]}").status_code == 200
    with contextlib.ExitStack() as stack:
        for _ in range(count):
            one = stack.enter_context(contextlib.closing(socket.socket()))
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            one.connect((parts.hostname or "", parts.port or 0))
            with contextlib.suppress(OSError):
                one.sendall(ask * (8_000_000 // size[0]))
        yield


def answered(url: str) -> int:
    """Ask until there is an answer: while answers are under way nobody gives way to us."""
    while True:
        with contextlib.suppress(httpx.TransportError):
            return httpx.get(url, timeout=LONG).status_code
        time.sleep(0.1)


@pytest.mark.parametrize(
    "start",
    [
        pytest.param(NOTHING, id="nothing at all"),
        pytest.param(HALF_HEADERS, id="half the headers"),
        pytest.param(HALF_BODY, id="half a form"),
        pytest.param(HALF_HOOK, id="half a post"),
        pytest.param(
            b"GET /healthz HTTP/1.1\r\nHost: d.example\r\n\r\n" + HALF_HEADERS, id="half a second request"
        ),
    ],
)
def test_whoever_sends_half_a_request_is_let_go(folder: Folder, start: bytes) -> None:
    bounds = Bounds(header_s=0.3, pause_s=0.3)
    with at_work(folder, bounds=bounds) as opened, half_open(opened.url, [start]) as (one,):
        while one.recv(4096) if start.startswith(b"GET /healthz") else not is_closed(one):
            pass


def test_bytes_one_by_one_lengthen_no_header_and_no_body(folder: Folder) -> None:
    bounds = Bounds(header_s=0.5, pause_s=0.4, body_s=0.8)
    with at_work(folder, bounds=bounds) as opened:
        for start in (HALF_HEADERS, HALF_BODY):
            with half_open(opened.url, [start]) as (one,):
                one.settimeout(0.1)
                sent = 0
                with contextlib.suppress(ConnectionError):
                    while sent < 1_000:
                        one.sendall(b"a")
                        sent += 1
                        with contextlib.suppress(TimeoutError):
                            if not one.recv(1):
                                break

                assert sent < 1_000


def test_a_slow_body_that_goes_on_is_taken(folder: Folder) -> None:
    def slowly() -> Iterator[bytes]:
        for piece in (b"name=nobody", b"&password=", b"lanterns"):
            time.sleep(0.2)
            yield piece

    bounds = Bounds(header_s=0.4, pause_s=5.0, body_s=30.0)
    with at_work(folder, bounds=bounds) as opened:
        answer = httpx.post(
            f"{opened.url}/desk/login",
            content=slowly(),
            headers={
                "content-type": "application/x-www-form-urlencoded",
                "sec-fetch-site": "same-origin",
            },
            timeout=LONG,
        )

    assert answer.status_code < 500
