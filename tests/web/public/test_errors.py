"""What readers see where a request comes to nothing: their own language, and nothing of the desk."""

from __future__ import annotations

import logging
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from digest.errors import OutputUnwritable, TransportUnavailable
from digest.web.app import build
from digest.web.serving.headers import PAGE_POLICY
from tests.journeys.desk import Folder
from tests.web.newsroom import Open, at_work
from tests.web.public.test_reading import dump

DESK_WORDS = re.compile(r"/desk(?!/static/public\.css)|digest |Today|desk", re.IGNORECASE)


@pytest.fixture
def opened_to_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    with at_work(Folder(tmp_path_factory.mktemp("errors")).ready(readers=1)) as opened:
        yield opened


def asked(opened: Open, status: int, headers: dict[str, str]) -> httpx.Response:
    """Make a request that ends with the status."""
    with httpx.Client(base_url=opened.url, headers=headers, timeout=120) as web:
        match status:
            case 400:
                return web.post("/signup/morning", content="&".join("a=b" for _ in range(1_001)))
            case 404:
                return web.get("/nowhere/at/all")
            case 405:
                return web.delete("/signup/morning")
            case 413:
                return web.post("/signup/morning", content=b"name=" + b"x" * 30_000)
            case _:
                for number in range(5):
                    web.post("/signup/morning", data={"email": f"guest{number}@list.example"})
                return web.post("/signup/morning", data={"email": "one.more@list.example"})


@pytest.mark.parametrize(
    ("status", "title"),
    [
        (400, "Dieses Formular war nicht lesbar"),
        (404, "Diese Seite gibt es nicht"),
        (405, "An dieser Adresse lässt sich nichts tun"),
        (413, "Das ist zu viel Text"),
        (429, "Zu viele Anfragen"),
    ],
)
@pytest.mark.parametrize("accept", ["text/html", "*/*"])
def test_every_fault_is_told_in_the_readers_language_without_a_word_of_the_desk(
    opened_to_all: Open, status: int, title: str, accept: str
) -> None:
    answer = asked(opened_to_all, status, {"accept": accept, "accept-language": "de-AT,en;q=0.3"})

    page = answer.text
    assert answer.status_code == status
    assert f"<h1>{title}</h1>" in page
    assert 'lang="de' in page
    assert not DESK_WORDS.search(page)
    assert answer.headers["content-security-policy"] == PAGE_POLICY
    assert ("retry-after" in answer.headers) == (status == 429)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        pytest.param(ZeroDivisionError("secret detail"), 500, id="nobody foresaw it"),
        pytest.param(TransportUnavailable("smtp", "secret detail"), 503, id="a part that is down"),
        pytest.param(OutputUnwritable(Path("x"), "secret detail"), 503, id="a full disk"),
    ],
)
def test_a_fault_of_ours_tells_readers_nothing_of_its_kind(
    opened_to_all: Open, error: Exception, status: int
) -> None:
    async def broken(_request: Request) -> Response:
        raise error

    app = build(opened_to_all.desk, more=[Route("/x/broken", broken), Route("/desk/broken", broken)])
    web = TestClient(app, raise_server_exceptions=False, headers={"accept": "text/html"})
    shown, at_desk = web.get("/x/broken"), web.get("/desk/broken")

    assert (shown.status_code, at_desk.status_code) == (status, status)
    assert "secret detail" not in shown.text
    assert not DESK_WORDS.search(shown.text)
    assert shown.headers["content-security-policy"] == PAGE_POLICY
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert "Back to Today" in at_desk.text


def test_who_hangs_up_halfway_leaves_no_trace(opened_to_all: Open) -> None:
    def halfway(path: str) -> None:
        host, _, port = opened_to_all.url.removeprefix("http://").partition(":")
        head = f"POST {path} HTTP/1.1\r\nhost: x\r\ncontent-length: 900\r\n\r\nname="
        with socket.create_connection((host, int(port))) as line:
            line.sendall(head.encode())

    faults: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: faults.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("uvicorn.error").addHandler(handler)
    try:
        halfway("/signup/morning")
        halfway("/desk/logout")
        httpx.get(f"{opened_to_all.url}/signup/morning")
        time.sleep(0.2)
    finally:
        logging.getLogger("uvicorn.error").removeHandler(handler)

    assert faults == []


@pytest.mark.parametrize("way", ["/u/", "/p/", "/v/", "/c/"])
def test_a_forged_or_expired_link_is_told_in_the_readers_language(opened_to_all: Open, way: str) -> None:
    before = dump(opened_to_all.folder)
    headers = {"accept": "text/html", "accept-language": "sw"}

    answer = httpx.get(f"{opened_to_all.url}{way}u1.nobody~morning.AAAA", headers=headers)

    assert answer.status_code == 404
    assert 'lang="sw"' in answer.text
    assert not DESK_WORDS.search(answer.text)
    assert dump(opened_to_all.folder) == before
