"""A story by its address, as people paste it: it goes where it was sent to, or they are told why not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from digest.model import EditionKey
from tests.journeys.desk import Folder
from tests.web.newsroom import KEY, Client, at_work

PARAGRAPHS = "".join(
    f"<p>Paragraph {number}: the ferry bell was cast in {1880 + number}, and it has rung every evening"
    f" since {name} hung it above the ticket window of the old customs house.</p>"
    for number, name in enumerate(("Ana", "Ben", "Caro", "Dan"), start=1)
)
TITLE = "The bell of the ferry is back"
ARTICLE = (
    f"<!doctype html><html lang=en><title>{TITLE}</title><article><h1>{TITLE}</h1>{PARAGRAPHS}</article>"
)
WALL = (
    "<!doctype html><html><title>Log in</title><form><input name=user><input type=password></form>"
    "<h1>Log in</h1><p>Subscribers only. Log in to read this article.</p>"
)
ANSWERS: dict[str, tuple[int, str, bytes]] = {
    "/bell": (200, "text/html; charset=utf-8", ARTICLE.encode()),
    "/moved": (301, "/bell", b""),
    "/for-now": (302, "/bell", b""),
    "/circle": (302, "/circle", b""),
    "/inside": (302, "http://10.0.0.1/x", b""),
    "/forbidden": (403, "text/html", b"no"),
    "/often": (429, "text/html", b"no"),
    "/broken": (500, "text/html", b"no"),
    "/paper.pdf": (200, "application/pdf", b"%PDF-1.4\n" + b"\x00\xff" * 300),
    "/wall": (200, "text/html", WALL.encode()),
    "/empty": (200, "text/html", b""),
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, kind, body = ANSWERS.get(self.path.split("?")[0], (404, "text/html", b"no"))
        self.send_response(status)
        self.send_header("location" if status in {301, 302} else "content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def host() -> Iterator[str]:
    """A site of this machine that the settings allow."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=120)


@pytest.fixture
def client(folder: Folder) -> Iterator[Client]:
    config = folder.config.read_text()
    folder.config.write_text(f'{config}\n[fetching]\nallowed_hosts = ["127.0.0.1"]\n')
    with at_work(folder) as opened, opened.client() as client:
        yield client


def sections(client: Client, headline: str) -> list[tuple[str, str]]:
    """Return section and link of every story with this headline."""
    edition = client.opened.edition
    return [
        (part.key, one.url) for part in edition.sections for one in part.items if one.headline == headline
    ]


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("http://{}/bell", id="as it is"),
        pytest.param("  http://{}/bell\n", id="with white space"),
        pytest.param("HTTP://{}/bell", id="in capitals"),
        pytest.param("http://{}/bell?utm_source=letter&fbclid=x", id="with tracking"),
        pytest.param("http://{}/moved", id="moved for good"),
        pytest.param("http://{}/for-now", id="moved for now"),
    ],
)
def test_it_goes_to_the_section_that_was_chosen_and_once(client: Client, host: str, typed: str) -> None:
    added = client.edit("add-url", url=typed.format(host), section="port")
    again = client.edit("add-url", url=f"http://{host}/bell", section="city")

    assert added.status_code == 200, added.text
    assert again.status_code == 422
    assert sections(client, TITLE) == [("port", f"http://{host}/bell")]


@pytest.mark.parametrize(
    ("typed", "told", "german"),
    [
        ("http://{}/gone", "nothing is there (404)", "dort ist nichts (404)"),
        ("http://{}/forbidden", "does not let us read it (403)", "lässt uns sie nicht lesen (403)"),
        ("http://{}/often", "can’t give it now (429)", "kann sie jetzt nicht geben (429)"),
        ("http://{}/broken", "can’t give it now (500)", "kann sie jetzt nicht geben (500)"),
        ("http://{}/circle", "leads on and on", "leitet immer weiter"),
        ("http://{}/inside", "private or special address", "privaten oder besonderen Adresse"),
        ("http://{}/paper.pdf", "no article that can be read", "keinen lesbaren Artikel"),
        ("http://{}/wall", "asks for a log-in", "verlangt eine Anmeldung"),
        ("http://{}/empty", "no article that can be read", "keinen lesbaren Artikel"),
        ("http://10.0.0.1/x", "private or special address", "privaten oder besonderen Adresse"),
        ("http://[fe80::1]/x", "private or special address", "privaten oder besonderen Adresse"),
        ("10.0.0.1/x", "private or special address", "privaten oder besonderen Adresse"),
        ("www.nowhere.invalid/a", "can’t be reached", "nicht zu erreichen"),
        ("http://münchen.invalid/a", "can’t be reached", "nicht zu erreichen"),
        ("https://{}/bell", "can’t be reached", "nicht zu erreichen"),
        ("ftp://harbour.example/a", "does not begin with https://", "beginnt nicht mit https://"),
        ("mailto:ana@harbour.example", "does not begin with https://", "beginnt nicht mit https://"),
        ("ana@harbour.example", "does not begin with https://", "beginnt nicht mit https://"),
        ("javascript:alert(1)", "does not begin with https://", "beginnt nicht mit https://"),
        ("the bell", "does not begin with https://", "beginnt nicht mit https://"),
        ("http://", "does not begin with https://", "beginnt nicht mit https://"),
        ("http://harbour.example:99999/a", "does not begin with https://", "beginnt nicht mit https://"),
        ("", "does not begin with https://", "beginnt nicht mit https://"),
        (
            "https://harbour.example/" + "a" * 2_000,
            "does not begin with https://",
            "beginnt nicht mit https://",
        ),
    ],
)
def test_why_it_is_not_had_is_told_in_the_readers_language(
    client: Client, host: str, typed: str, told: str, german: str
) -> None:
    before = client.opened.edition
    for language, words in (("en", told), ("de", german)):
        client.http.headers["accept-language"] = language
        answer = client.edit("add-url", url=typed.format(host), section="port")

        assert answer.status_code == 422
        assert words in answer.json()["problem"]
    assert client.opened.edition == before


def test_one_that_a_source_brought_goes_where_it_was_sent_to(client: Client) -> None:
    item = client.opened.edition.items[0]
    held = client.edit("add-url", url=item.url, section="rest")
    client.edit("drop", article=item.article)
    added = client.edit("add-url", url=item.url, section="rest")

    assert (held.status_code, added.status_code) == (422, 200)
    assert sections(client, item.headline) == [("rest", item.url)]


def test_one_that_readers_had_the_day_before_is_refused_by_that_days_name(
    client: Client, host: str
) -> None:
    """As another edition of the newsletter holds it."""
    opened = client.opened
    client.edit("add-url", url=f"http://{host}/bell", section="port")
    (item,) = (one for one in opened.edition.items if one.headline == TITLE)
    yesterday = replace(
        opened.edition,
        key=EditionKey(KEY.newsletter, KEY.day - timedelta(days=1)),
        sections=(replace(opened.edition.sections[0], items=(item,)),),
        blocks=(),
        revision=0,
    )
    opened.desk.editions.save_draft(yesterday, (), expected_revision=0, now=opened.clock())
    opened.desk.editions.approve(
        yesterday.key, "0" * 64, by="amina", expected_revision=1, now=opened.clock()
    )
    client.edit("drop", article=item.article)
    again = client.edit("add-url", url=f"http://{host}/bell", section="port")

    assert again.status_code == 422
    assert f"{KEY.newsletter}/2026-11-22 holds it already" in again.json()["problem"]
