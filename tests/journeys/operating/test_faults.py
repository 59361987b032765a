"""What goes wrong outside: a clear message, the right exit code, and nothing good lost."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.cli.exits import Exit
from tests.journeys.desk import AT_SEND, Folder

HUGE = 11_000_000


class Hostile(http.server.BaseHTTPRequestHandler):
    """Feeds that are broken, huge, or fine."""

    def do_GET(self) -> None:
        body = {
            "/broken.xml": b"<rss><channel><item><title>half an item",
            "/page.html": b"<html><body>not a feed at all</body></html>",
            "/fine.xml": FINE,
        }.get(self.path, b"x" * HUGE)
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Stay silent."""


FINE = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>
<item><title>Bridge opens to bicycles on Sunday mornings</title>
<link>https://wire.example/bridge</link><guid>w1</guid>
<pubDate>Mon, 23 Nov 2026 02:00:00 GMT</pubDate>
<description>The old bridge is closed to cars from six to noon. Riders asked for it in May.</description>
</item></channel></rss>"""


@pytest.fixture
def server() -> Iterator[str]:
    httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hostile)
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{httpd.server_address[1]}"
    finally:
        httpd.shutdown()
        thread.join()
        httpd.server_close()


def feeds(*urls: str) -> str:
    tables = "".join(
        f'\n[[newsletters.morning.sources]]\nkind = "feed"\nurl = "{url}"\nfull_text = "never"\n'
        for url in urls
    )
    return tables + '\n[fetching]\nallowed_hosts = ["localhost"]\n'


@pytest.mark.parametrize(
    ("path", "said"),
    [
        pytest.param("/broken.xml", "broken.xml", id="bad feed"),
        pytest.param("/page.html", "page.html", id="a page, no feed"),
        pytest.param("/huge.xml", "10", id="huge body"),
    ],
)
def test_a_bad_source_is_named_and_costs_only_its_own_articles(
    folder: Folder, server: str, path: str, said: str
) -> None:
    folder.ready(more=feeds(server + path, server + "/fine.xml"))

    told = folder("run", "morning", "--json", now=AT_SEND)

    assert told.code == Exit.DONE
    crawl = told.values["crawl"]
    assert any(path in problem and said in problem for problem in crawl["problems"])
    assert crawl["articles"] >= 5
    assert told.values["tally"]["sent"] == 5
    text = folder.mails()[0].get_body(("plain",))
    assert text is not None
    assert "Bridge opens to bicycles" in text.get_content()


def test_a_dead_host_is_named_and_the_edition_goes_out(folder: Folder) -> None:
    folder.ready(more=feeds("http://localhost:9/feed.xml"))

    told = folder("run", "morning", "--json", now=AT_SEND)

    assert told.code == Exit.DONE
    assert told.values["crawl"]["failed_sources"] == ["feed:http://localhost:9/feed.xml"]
    assert any("localhost:9" in problem for problem in told.values["crawl"]["problems"])
    assert len(folder.mails()) == 5


def test_a_broken_csv_row_is_named_by_line_and_the_good_rows_are_kept(folder: Folder) -> None:
    folder.ready(readers=1)
    csv = "email,name\nana@list.example,Ana\nnot-an-address,Bo\ncy@list.example,Cy\n"
    (folder.root / "more.csv").write_text(csv)

    said = folder("subscribers", "import", str(folder.root / "more.csv"), "--list", "morning", "--json")

    assert said.code == Exit.BAD_DATA
    assert said.values["added"] == 2
    assert [problem["line"] for problem in said.values["problems"]] == [3]
    assert "more.csv, line 3: " in said.err
    folder("run", "morning", now=AT_SEND)
    assert len(folder.mails()) == 3


def test_an_import_into_a_list_that_no_newsletter_goes_to_says_so(folder: Folder) -> None:
    folder.ready(readers=1)

    said = folder("subscribers", "import", str(folder.root / "people.csv"), "--list", "mornin")

    assert "'mornin'; there are: morning" in said.err


def test_a_binary_file_among_the_articles_is_named_and_left_out(folder: Folder) -> None:
    folder.ready()
    (folder.root / "articles" / "random.txt").write_bytes(bytes(range(256)) * 8)

    said = folder("run", "morning", "--json", now=AT_SEND)

    assert said.code == Exit.DONE
    assert any("random.txt" in problem for problem in said.values["crawl"]["problems"])
    assert said.values["crawl"]["articles"] == 4


def test_all_configuration_faults_are_listed_at_once(folder: Folder) -> None:
    folder.write()
    text = folder.config.read_text().replace('cutoff = "06:00"', 'cutof = "06:00"')
    folder.config.write_text(text.replace("Africa/Nairobi", "Africa/Nairobbery").replace("kv3-Zq81", ""))

    said = folder("status")

    assert said.code == Exit.CONFIGURATION
    assert "cutof" in said.err
    assert "Africa/Nairobbery" in said.err


def test_an_unknown_variable_in_the_environment_is_refused(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.ready()
    monkeypatch.setenv("DIGEST_SITE__NAMES", "x")

    said = folder("status")

    assert said.code == Exit.CONFIGURATION
    assert "DIGEST_SITE__NAMES" in said.err


def test_a_template_without_its_blocks_is_refused_before_anything_is_frozen(folder: Folder) -> None:
    folder.ready()
    site = folder.root / "site"
    site.mkdir()
    (site / "broadsheet.html").write_text("<!doctype html><html><body>{{ nothing_here }}</body></html>")
    config = folder.config.read_text().replace(
        'name = "Quay Gazette"', 'name = "Quay Gazette"\ntemplates = "site"'
    )
    folder.config.write_text(config)

    said = folder("run", "morning", now=AT_SEND)

    assert said.code == Exit.CONFIGURATION
    assert "broadsheet.html" in said.err
    assert not folder.mails()
    (site / "broadsheet.html").unlink()
    assert folder("run", "morning", now=AT_SEND).code == Exit.DONE
    assert len(folder.mails()) == 5


def test_no_articles_is_nothing_to_send(folder: Folder) -> None:
    folder.ready()
    for path in (folder.root / "articles").glob("*.md"):
        path.unlink()

    said = folder("run", "morning", now=AT_SEND)

    assert said.code == Exit.NOTHING_TO_SEND
    assert "digest explain" in said.out
    assert not folder.mails()
    assert folder("explain", "morning/2026-11-23", now=AT_SEND).code == Exit.DONE


def test_a_database_without_its_schema_says_migrate(folder: Folder) -> None:
    folder.write()

    said = folder("run", "morning", now=AT_SEND)

    assert said.code == Exit.CONFIGURATION
    assert "digest migrate" in said.err


def test_a_relay_that_is_away_loses_nothing(folder: Folder) -> None:
    folder.ready(transport='kind = "smtp"\nhost = "127.0.0.1"\nport = 9\ntls = "none"')

    said = folder("run", "morning", now=AT_SEND)

    assert said.code == Exit.UNAVAILABLE
    tally = folder("audit", "morning", "--json").values["tally"]
    assert tally["planned"] == tally["frozen"] == 5
    text = folder.config.read_text()
    start, end = text.index("[transport]"), text.index("[newsletters.morning]")
    folder.config.write_text(f'{text[:start]}[transport]\nkind = "outbox"\npath = "outbox"\n\n{text[end:]}')
    assert folder("run", "morning", now=AT_SEND).code == Exit.DONE
    assert len(folder.mails()) == 5


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(["run"], Exit.USAGE, id="no newsletter"),
        pytest.param(["run", "evening"], Exit.CONFIGURATION, id="unknown newsletter"),
        pytest.param(["run", "morning", "--date", "tomorrow"], Exit.USAGE, id="no date"),
        pytest.param(["audit", "morning"], Exit.BAD_DATA, id="no edition yet"),
        pytest.param(["explain", "morning/2020-01-01"], Exit.BAD_DATA, id="no edition of that day"),
        pytest.param(["explain", "morning/2099-01-01"], Exit.BAD_DATA, id="no edition for years"),
        pytest.param(["frobnicate"], Exit.USAGE, id="unknown command"),
        pytest.param(
            ["explain", "morning", "https://nowhere.example/x"], Exit.BAD_DATA, id="unseen article"
        ),
    ],
)
def test_wrong_words_have_their_own_exit_codes(folder: Folder, arguments: list[str], code: Exit) -> None:
    folder.ready()

    said = folder(*arguments, now=AT_SEND)

    assert said.code == code
    assert said.err


def test_a_file_where_the_outbox_belongs_is_a_fault_of_the_configuration_and_nothing_is_lost(
    folder: Folder, tmp_path: Path
) -> None:
    folder.ready()
    (tmp_path / "outbox").write_text("a file where the folder should be")

    said = folder("run", "morning", now=AT_SEND)

    assert said.code == Exit.CONFIGURATION
    assert "transport.path: must name a folder, and it is a file" in said.err
    (tmp_path / "outbox").unlink()
    assert folder("run", "morning", now=AT_SEND).code == Exit.DONE
    assert len(folder.mails()) == 5
