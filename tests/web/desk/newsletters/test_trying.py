"""A source that gives nothing says why, in the language of whoever tries it, without machines' words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from lxml.html import fromstring

from digest.web.serving.limits import RateLimit
from tests.web.newsroom import Open, at_work, written
from tests.web.wording.forbidden import forbidden_in

HERE = "/desk/newsletters/morning/sources"
ITEM = (
    b"<item><title>\xd9\x85</title><link>https://h.example/a</link>"
    b"<pubDate>Mon, 23 Nov 2026 05:00:00 +0300</pubDate></item>"
)
FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><title>\xd9\x85</title>%s</channel></rss>'
ANSWERS: dict[str, tuple[int, str, bytes]] = {
    "page": (200, "text/html", b"<html><head><title>News</title></head><body><h1>News</h1></body></html>"),
    "login": (200, "text/html", b"<html><body><form><input type=password></form></body></html>"),
    "pdf": (200, "application/pdf", b"%PDF-1.7 ..."),
    "json": (200, "application/json", b'{"items": 3}'),
    "no-json": (200, "application/json", b"{no json"),
    "empty": (200, "text/xml", b""),
    "feed": (200, "text/xml", FEED % ITEM),
    "cut": (200, "text/xml", (FEED % ITEM)[:150]),
    "none": (200, "text/xml", FEED % b""),
    "undated": (
        200,
        "text/xml",
        FEED % ITEM.replace(b"Mon, 23 Nov 2026 05:00:00 +0300", b"\xd8\xa3\xd9\x85"),
    ),
    "old": (200, "text/xml", FEED % ITEM.replace(b"2026", b"2019")),
    "large": (200, "text/xml", b"<rss>" + b" " * 5_100_000),
    **{str(code): (code, "text/html", b"") for code in (401, 403, 404, 410, 418, 429, 500, 503)},
}
TRIED = [("feed", name) for name in ANSWERS if name != "feed"]
TRIED += [("jsonfeed", "feed"), ("jsonfeed", "json"), ("jsonfeed", "no-json"), ("jsonfeed", "page")]
TRIED += [("wordpress", "page"), ("wordpress", "404"), ("sitemap", "page"), ("feed", "nobody")]
THE_SAME = frozenset(["RSS", "Atom", "JSON", "WordPress", "MB", "Name", "HTTP", "xml", "robots", "txt"])
"""Names that are the same in every language."""


class _Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        name = self.path.strip("/").split("/", maxsplit=1)[0]
        code, kind, body = ANSWERS.get(name, ANSWERS["404"])
        self.send_response(code)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.close_connection = True
        try:
            self.wfile.write(body)
        except OSError:
            return  # a client that has read enough

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def a_site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Server) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    root: Path = tmp_path_factory.mktemp("tried")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        folder = written(root)
        with folder.config.open("a") as config:
            config.write('\n[fetching]\nallowed_hosts = ["127.0.0.1"]\nrecheck = false\n')
        with at_work(folder) as found:
            yield found


def tried(opened: Open, language: str, kind: str, url: str) -> Any:
    """Return what the page says of a source that is tried."""
    opened.desk.limits.tries = RateLimit(1, timedelta(hours=1))
    with opened.client() as client:
        client.http.headers["accept-language"] = language
        answer = client.post(HERE, kind=kind, url=url)
    assert answer.status_code == 200
    page: Any = fromstring(answer.text)
    (trial,) = page.xpath("//section[@class='trial']")
    return trial


@pytest.mark.parametrize(("kind", "name"), TRIED)
def test_what_is_wrong_with_a_source_is_told_in_ones_language_without_a_word_of_machines(
    opened: Open, kind: str, name: str
) -> None:
    with a_site() as site:
        url = f"{site}/{name}" if name != "nobody" else "http://127.0.0.1:9/feed"
        told = tried(opened, "ar", kind, url)
        english = tried(opened, "en", kind, url).text_content()

    said = told.text_content().replace(url, "")
    assert re.search("[\u0600-\u06ff]", said)
    assert set(re.findall("[A-Za-z]{2,}", said)) <= THE_SAME
    assert forbidden_in(english) == []


def test_a_good_source_tells_what_it_gives(opened: Open) -> None:
    with a_site() as site:
        told = tried(opened, "en", "feed", f"{site}/feed")

    assert [one.text_content() for one in told.xpath(".//dd")][:2] == ["1", "1"]
    assert not told.xpath(".//*[@class='alert']")
