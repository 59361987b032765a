"""Rows of the publisher's own database, on SQLite and PostgreSQL."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from digest.model import Image, SourceKey
from digest.ports import Collected, Memory
from digest.sources.sql import SqlSource, parameters, refusal
from digest.testing import check_source
from tests.sources import sites
from tests.sources.feeds import NAIROBI, NOW

QUERY = (
    "SELECT id, path AS url, headline AS title, body AS html, author AS byline, topics AS tags, "
    "published_at AS published FROM stories WHERE updated_at >= :since AND updated_at < :until ORDER BY id"
)
HTML = f"<p>{sites.LEAD}</p><h2>Then</h2><p>{sites.CLOSING}</p>"


def fill(url: str, stamp: str) -> None:
    """Make the publisher's table with one fresh and one old story."""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(
            text(
                "CREATE TABLE stories (id integer PRIMARY KEY, path text, headline text, body text, "
                f"author text, topics text, published_at {stamp}, updated_at {stamp})"
            )
        )
        row = text(
            "INSERT INTO stories VALUES (:id, :path, :headline, :body, 'Ada', 'sea, ferries', :at, :at)"
        )
        for number, at in ((1, "2026-03-04 07:30:00"), (2, "2025-12-04 07:30:00")):
            values = {"id": number, "path": f"/ferry-{number}", "headline": f"Ferry {number}", "body": HTML}
            connection.execute(
                row, {**values, "at": at if stamp == "text" else datetime.fromisoformat(f"{at}Z")}
            )
    engine.dispose()


@pytest.fixture
def stories(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'cms.db'}"
    fill(url, "text")
    return url


def source(url: str, query: str = QUERY) -> SqlSource:
    return SqlSource(SourceKey("cms"), url, query, zone=NAIROBI, base_url="https://quay.example")


def collect(url: str, query: str = QUERY, memory: Memory | None = None, now: datetime = NOW) -> Collected:
    return source(url, query).collect(memory or Memory(), now=now)


def test_a_row_becomes_an_article(stories: str) -> None:
    found = collect(stories)

    (article,) = found.articles
    assert (article.url, article.guid, article.title) == ("https://quay.example/ferry-1", "1", "Ferry 1")
    assert (article.byline, article.tags) == ("Ada", ("sea", "ferries"))
    assert article.published == datetime(2026, 3, 4, 4, 30, tzinfo=UTC)
    assert [passage.heading for passage in article.passages] == ["", "Then"]
    assert found.problems == ()


@pytest.mark.postgres
def test_postgresql_knows_zones_and_can_not_be_written(postgres_url: str) -> None:
    fill(postgres_url, "timestamptz")

    (article,) = collect(postgres_url).articles
    refused = collect(postgres_url, "SELECT nextval('pg_catalog.pg_class_oid_seq'), 1 AS id")
    written = collect(postgres_url, "SELECT setval(pg_get_serial_sequence('stories', 'id'), 5) AS id")

    assert article.published == datetime(2026, 3, 4, 7, 30, tzinfo=UTC)
    assert refused.is_failed
    assert written.is_failed or written.articles == ()


def test_later_crawls_look_back_a_day_only(stories: str) -> None:
    first = collect(stories, now=NOW - timedelta(hours=4))
    again = collect(stories, memory=first.memory)
    later = collect(stories, memory=again.memory, now=NOW + timedelta(days=1))

    assert [one.guid for one in first.articles] == ["1"]
    assert again.articles == first.articles
    assert later.articles == ()
    assert later.problems == ()


def table(tmp_path: Path, columns: str, *rows: tuple[object, ...]) -> str:
    """Return the URL of a database with one small table, `stories`."""
    with closing(sqlite3.connect(tmp_path / "small.db")) as connection, connection:
        connection.execute(f"CREATE TABLE stories ({columns})")
        marks = ", ".join("?" * len(columns.split(",")))
        connection.executemany(f"INSERT INTO stories VALUES ({marks})", rows)
    return f"sqlite:///{tmp_path / 'small.db'}"


@pytest.mark.parametrize("mark", [" ", "T"])
@pytest.mark.parametrize("end", ["", "Z"])
def test_sqlite_s_rows_of_today_are_met_and_later_ones_are_not(tmp_path: Path, mark: str, end: str) -> None:
    stamps = ("2026-03-05 07:30:00", "2026-03-05 23:30:00", "2026-03-04 07:30:00", "2025-03-05 07:30:00")
    rows = [(number, f"Ferry {number}", at.replace(" ", mark) + end) for number, at in enumerate(stamps)]
    url = table(tmp_path, "id, title, published", *rows)
    query = "SELECT * FROM stories WHERE published >= :since AND published < :until"

    assert {one.guid for one in collect(url, query).articles} == {"0", "2"}
    assert [one.guid for one in collect(table_of_one(tmp_path, rows[0]), query).articles] == ["0"]


def table_of_one(tmp_path: Path, row: tuple[object, ...]) -> str:
    (tmp_path / "one").mkdir()
    return table(tmp_path / "one", "id, title, published", row)


def test_a_query_that_converts_its_stamps_is_asked_once_as_it_is(tmp_path: Path) -> None:
    rows = ((1, "Now", "2026-03-05T14:30:00+03:00"), (2, "Tonight", "2026-03-05T23:30:00+03:00"))
    url = table(tmp_path, "id, title, published", *rows)

    found = collect(url, "SELECT * FROM stories WHERE datetime(published) < :until")

    assert [one.guid for one in found.articles] == ["1"]


def test_columns_beside_the_picture_and_json_in_columns_are_read(tmp_path: Path) -> None:
    address = "https://quay.example/a.jpg"
    url = table(
        tmp_path,
        "id, title, tags, image, image_alt, image_width, image_height, image_credit",
        (1, "Plain", '["sea", "ferries"]', address, "A ferry", 640, "480", "Ada"),
        (
            2,
            "Packed",
            "[sea]",
            f'{{"url": "{address}", "alt": "Two", "width": 800}}',
            None,
            None,
            None,
            None,
        ),
        (3, "Small", "sea, quay", address, "A dot", 1, 1, None),
    )

    plain, packed, small = collect(url, "SELECT * FROM stories ORDER BY id").articles

    assert plain.image == Image(address, "A ferry", 640, 480, "Ada")
    assert packed.image == Image(address, "Two", 800, None, "")
    assert small.image is None
    assert (plain.tags, packed.tags, small.tags) == (("sea", "ferries"), ("[sea]",), ("sea", "quay"))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("DELETE FROM stories", "no SELECT"),
        ("SELECT 1; DROP TABLE stories", "several"),
        ("WITH gone AS (DELETE FROM stories RETURNING id) SELECT id FROM gone", "change data"),
        ("SELECT id FROM stories WHERE at > :then", ":then"),
        ("PRAGMA query_only = 0", "no SELECT"),
        ("/* SELECT */ UPDATE stories SET id = 1", "no SELECT"),
    ],
)
def test_what_is_no_single_select_is_never_run(stories: str, query: str, said: str) -> None:
    found = collect(stories, query)

    assert found.is_failed
    assert said in found.problems[0].what
    assert collect(stories).articles


@pytest.mark.parametrize(
    "query",
    [
        "select ';' as id",
        "SELECT id FROM a -- ; drop table\n WHERE x = 'DELETE FROM b'",
        "WITH a AS (SELECT 1 AS id) SELECT id FROM a;",
        "SELECT id, at::date AS published FROM stories ORDER BY update DESC",
        "SELECT id FROM a WHERE note = 'until :then'",
    ],
)
def test_a_harmless_select_is_not_refused(query: str) -> None:
    assert refusal(query) == ""


def test_parameters_are_those_outside_of_strings_and_casts() -> None:
    query = (
        "SELECT a::text, '10:30 :no' FROM t WHERE b > :since AND c = \":neither\" -- :nor\n AND d < :until"
    )

    assert parameters(query) == {"since", "until"}


def test_a_database_that_is_not_there_is_a_problem_and_is_not_made(tmp_path: Path) -> None:
    found = collect(f"sqlite:///{tmp_path / 'none.db'}")

    assert found.is_failed
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize(
    ("url", "query", "said"),
    [
        ("{stories}", "SELECT x FROM nowhere", "no such table"),
        ("{stories}", "SELECT headline AS title FROM stories", "no column id or url, only title"),
        ("{stories}", "SELECT 1 AS id WHERE 1 = 0", "no rows"),
        ("nonsense", QUERY, "names no database"),
        ("martian://host/db", QUERY, "not installed"),
        ("postgresql+psycopg://ada:hidden-word@127.0.0.1:9/cms", QUERY, "can't be read"),
        ("{stories}", "SELECT id, 'T' AS title FROM stories WHERE id = 'x :y'", ""),
    ],
)
def test_every_fault_says_what_to_do(
    stories: str, caplog: pytest.LogCaptureFixture, url: str, query: str, said: str
) -> None:
    with caplog.at_level(logging.DEBUG):
        found = collect(url.format(stories=stories), query)

    assert said in found.problems[0].what
    assert "hidden-word" not in f"{caplog.text} {found.problems}"
    assert not [one for one in caplog.records if one.name.startswith("digest")], "who collects logs it"


def test_a_query_longer_than_the_bound_is_ended(stories: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.sources.sql.TIMEOUT_S", 0.2)
    counting = "WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < 30000000)"

    found = collect(stories, f"{counting} SELECT max(id) AS id FROM n")

    assert found.is_failed
    assert "interrupted" in found.problems[0].what


def test_more_rows_than_the_bound_are_told(stories: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.sources.sql.MAX_ROWS", 1)

    found = collect(stories, "SELECT id, headline AS title, path AS url FROM stories")

    assert len(found.articles) == 1
    assert "more than 1 rows" in found.problems[0].what


def test_the_source_keeps_its_promises(stories: str) -> None:
    check_source(lambda: source(stories), now=NOW)
