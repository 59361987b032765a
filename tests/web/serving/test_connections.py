"""Half a request holds nobody up: time-outs for headers and bodies, and a bound that chooses well."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

import httpx
import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from digest.web.serving.connections import Bounded, Bounds, bounded
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


async def answers(scope: Scope, _receive: Receive, send: Send) -> None:
    """Answer `/big` with more than any connection holds, and whatever else with a word."""
    assert scope["type"] == "http"
    pieces = 64 if scope["path"] == "/big" else 1
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for number in range(pieces):
        more = number + 1 < pieces
        await send(
            {"type": "http.response.body", "body": b"x" * (1_000_000 if more else 1), "more_body": more}
        )


def test_those_that_take_no_more_of_their_answers_give_way() -> None:
    bounds = Bounds(header_s=LONG, pause_s=LONG, stall_s=LONG, most=4)
    config = uvicorn.Config(
        answers, log_level="error", access_log=False, http=bounded(bounds), lifespan="off"
    )
    server = uvicorn.Server(config)
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            with half_open(url, [b"GET /big HTTP/1.1\r\nHost: d.example\r\n\r\n"] * bounds.most):
                while not _are_stalled(server, bounds.most):
                    assert thread.is_alive()
                    time.sleep(0.02)
                assert httpx.get(f"{url}/small", timeout=LONG).status_code == 200
        finally:
            server.should_exit = True
            thread.join(LONG)


def _are_stalled(server: uvicorn.Server, count: int) -> bool:
    """Tell whether so many connections are open, and none of their clients takes anything."""
    known = list(server.server_state.connections)
    return len(known) == count and all(isinstance(one, Bounded) and one.flow.write_paused for one in known)


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
