from __future__ import annotations

import gzip
import socket
import ssl
import threading
import zlib
from collections.abc import Iterator

import pytest
import trustme

from digest.sources.web.fetching import Fetcher, FetchFailed
from tests.sources.servers import RawServer, answer, header_of, path_of, site
from tests.sources.web.rude_servers import Rude, improper, saying, too_much

SHORT_S, MAX_BYTES = 0.5, 200_000


@pytest.fixture(scope="module")
def fetcher() -> Iterator[Fetcher]:
    made = Fetcher(
        user_agent="digest-tests (https://digest.example)",
        allowed_hosts=("127.0.0.1", "localhost"),
        deadline_s=SHORT_S,
        max_bytes=MAX_BYTES,
    )
    yield made
    made.close()


@pytest.fixture(scope="module")
def patient() -> Iterator[Fetcher]:
    made = Fetcher(user_agent="digest-tests", allowed_hosts=("127.0.0.0/8", "localhost"))
    yield made
    made.close()


def test_a_page_comes_with_what_the_next_fetch_needs(patient: Fetcher) -> None:
    headers = {
        "ETag": '"7"',
        "Last-Modified": "Wed, 04 Mar 2026 10:00:00 GMT",
        "Content-Type": "text/HTML; charset=Latin-1",
    }

    with site({"/a?b=c": answer(b"hello", headers=headers)}) as server:
        fetched = patient.get(f"{server.url}/a?b=c")

    assert (fetched.body, fetched.status, fetched.etag) == (b"hello", 200, '"7"')
    assert fetched.last_modified == "Wed, 04 Mar 2026 10:00:00 GMT"
    assert (fetched.content_type, fetched.charset) == ("text/html", "iso8859-1")
    assert header_of(server.requests[0], "User-Agent") == "digest-tests"
    assert header_of(server.requests[0], "Host") == server.url.removeprefix("http://")


def test_validators_are_sent_and_304_is_unchanged(patient: Fetcher) -> None:
    with site({"/": answer(status="304 Not Modified")}) as server:
        fetched = patient.get(server.url, etag='W/"1"', last_modified="yesterday")

    assert fetched.is_unchanged
    assert fetched.body == b""
    assert header_of(server.requests[0], "If-None-Match") == 'W/"1"'
    assert header_of(server.requests[0], "If-Modified-Since") == "yesterday"


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        pytest.param("gzip", gzip.compress(b"<a>hello</a>" * 50), id="gzip"),
        pytest.param("x-gzip", gzip.compress(b"<a>hello</a>" * 25) * 2, id="two gzip members"),
        pytest.param("deflate", zlib.compress(b"<a>hello</a>" * 50), id="deflate, as the RFC says"),
        pytest.param("deflate", zlib.compress(b"<a>hello</a>" * 50)[2:-4], id="deflate, as servers do"),
        pytest.param("gzip", b"<a>hello</a>" * 50, id="said gzip, sent plain"),
        pytest.param("identity", b"<a>hello</a>" * 50, id="identity"),
    ],
)
def test_a_packed_body_is_unpacked(patient: Fetcher, encoding: str, packed: bytes) -> None:
    with site({"/": answer(packed, headers={"Content-Encoding": encoding})}) as server:
        assert patient.get(server.url).body == b"<a>hello</a>" * 50


def test_redirects_are_followed_and_a_lasting_move_is_told(patient: Fetcher) -> None:
    pages = {
        "/old": answer(status="301 Moved", headers={"Location": "/newer"}),
        "/newer": answer(status="308 Moved", headers={"Location": "newest?x=1"}),
        "/newest?x=1": answer(b"here"),
        "/today": answer(status="302 Found", headers={"Location": "/old"}),
    }

    with site(pages) as server:
        lasting, passing = patient.get(f"{server.url}/old"), patient.get(f"{server.url}/today")

    assert lasting.moved_to == lasting.url == f"{server.url}/newest?x=1"
    assert passing.body == b"here"
    assert passing.moved_to == ""


def test_credentials_go_to_their_own_origin_only(patient: Fetcher) -> None:
    with site({"/": answer(b"other")}) as other:
        moved = answer(status="302 Found", headers={"Location": f"{other.url}/"})
        with site(
            {"/in": answer(status="302 Found", headers={"Location": "/out"}), "/out": moved}
        ) as first:
            patient.get(first.url.replace("http://", "http://ada:se%3Acret@") + "/in")

    assert header_of(first.requests[0], "Authorization") == "Basic YWRhOnNlOmNyZXQ="
    assert header_of(first.requests[1], "Authorization") == "Basic YWRhOnNlOmNyZXQ="
    assert header_of(other.requests[0], "Authorization") == ""


def test_credentials_in_a_redirect_are_not_used(patient: Fetcher) -> None:
    with site({"/b": answer(b"x")}) as server:
        target = server.url.replace("http://", "http://eve:word@") + "/b"
        with site({"/a": answer(status="302 Found", headers={"Location": target})}) as first:
            patient.get(f"{first.url}/a")

    assert header_of(server.requests[0], "Authorization") == ""


def test_errors_show_neither_credentials_nor_query(patient: Fetcher) -> None:
    with site({}) as server, pytest.raises(FetchFailed) as caught:
        patient.get(server.url.replace("http://", "http://ada:word@") + "/x?key=hidden")

    assert caught.value.is_gone
    assert "word" not in str(caught.value)
    assert "hidden" not in str(caught.value)
    assert "/x?…" in str(caught.value)


@pytest.mark.parametrize("status", [204, 206, 300, 400, 401, 403, 404, 410, 418, 429, 500, 503])
def test_every_other_status_is_a_failure_that_names_it(patient: Fetcher, status: int) -> None:
    with site({"/": answer(status=f"{status} Some")}) as server, pytest.raises(FetchFailed) as caught:
        patient.get(server.url)

    assert caught.value.status == status
    assert caught.value.is_gone is (status in {404, 410})


@pytest.mark.parametrize(
    "rude",
    [
        pytest.param(one, id=one.name)
        for one in (*too_much(deadline_s=SHORT_S, max_bytes=MAX_BYTES), *improper())
    ],
)
def test_a_rude_server_is_a_failure_within_bounds(fetcher: Fetcher, rude: Rude) -> None:
    with RawServer(rude.act) as server, pytest.raises(FetchFailed) as caught:
        fetcher.get(server.url)

    assert rude.said in caught.value.problem


@pytest.mark.parametrize(
    "rude", [pytest.param(one, id=one.name) for one in too_much(deadline_s=0.05, max_bytes=50_000)]
)
def test_nothing_but_the_bound_cut_it(patient: Fetcher, rude: Rude) -> None:
    with RawServer(rude.act) as server:
        assert patient.get(server.url).body


def test_an_untrusted_certificate_is_refused(fetcher: Fetcher) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)

    with RawServer(saying(answer(b"secret")), tls=context) as server, pytest.raises(FetchFailed) as caught:
        fetcher.get(server.url)

    assert "certificate" in caught.value.problem
    assert not server.requests


def test_a_plain_server_on_an_https_url_is_a_failure(fetcher: Fetcher) -> None:
    with RawServer(saying(b"HTTP/1.1 400 Bad\r\n\r\n")) as server, pytest.raises(FetchFailed) as caught:
        fetcher.get(server.url.replace("http://", "https://"))

    assert caught.value.status == 0


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://x.example/", "file:///etc/passwd", "x.example", "http://", "http://x y.example/"),
        *("http://[::1", "javascript:1", "http://a:99999/", "//x.example/", ""),
    ],
)
def test_what_is_no_web_address_is_a_failure(fetcher: Fetcher, url: str) -> None:
    with pytest.raises(FetchFailed):
        fetcher.get(url)


def test_a_dead_port_is_a_failure(fetcher: Fetcher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closing:
        port = closing.getsockname()[1]

    with pytest.raises(FetchFailed, match="can't be reached"):
        fetcher.get(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    "address",
    [
        *(
            "10.0.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
        ),
        *(
            "::1",
            "::",
            "::ffff:192.168.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::",
            "fe80::1",
            "fd00::1",
            "ff02::1",
        ),
    ],
)
def test_a_name_that_leads_inward_is_refused_before_connecting(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    fetcher = Fetcher(user_agent="digest-tests", allowed_hosts=("intranet.example", "10.9.0.0/16"))
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_, **__: [(family, socket.SOCK_STREAM, 6, "", (address, 80))]
    )

    with pytest.raises(FetchFailed, match="allowed_hosts"):
        fetcher.get("http://harmless.example/")


def test_the_checked_address_is_the_one_dialed(monkeypatch: pytest.MonkeyPatch, patient: Fetcher) -> None:
    """A name that answers differently the second time (rebinding) is never asked a second time."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def resolve(host: str, port: int, *args: object, **more: object) -> object:
        if host == "rebinding.example":
            asked.append(host)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
        return real(host, port, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)

    with site({"/": answer(b"here")}) as server:
        fetched = patient.get(server.url.replace("127.0.0.1", "rebinding.example"))

    assert fetched.body == b"here"
    assert asked == ["rebinding.example"]


def test_a_resolver_that_hangs_ends_with_the_deadline(
    fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    hang = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [None] * hang.wait(30))

    with pytest.raises(FetchFailed, match="within"):
        fetcher.get("http://slow.example/")
    hang.set()


def test_one_host_is_asked_one_thing_at_a_time(patient: Fetcher) -> None:
    lock, open_now, most = threading.Lock(), 0, 0

    def act(connection: socket.socket, request: bytes) -> None:
        nonlocal open_now, most
        with lock:
            open_now += 1
            most = max(most, open_now)
        threading.Event().wait(0.02)
        with lock:
            open_now -= 1
        connection.sendall(answer(path_of(request).encode()))

    bodies: list[bytes] = []
    with RawServer(act) as server:
        threads = [
            threading.Thread(target=lambda n=n: bodies.append(patient.get(f"{server.url}/{n}").body))
            for n in range(10)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert most == 1
    assert sorted(bodies) == sorted(f"/{n}".encode() for n in range(10))


def test_a_kept_connection_that_the_server_closed_is_opened_anew(patient: Fetcher) -> None:
    def act(connection: socket.socket, request: bytes) -> None:
        connection.sendall(answer(path_of(request).encode()))
        connection.close()

    with RawServer(act) as server:
        bodies = [patient.get(f"{server.url}/{n}").body for n in range(5)]

    assert bodies == [b"/0", b"/1", b"/2", b"/3", b"/4"]
