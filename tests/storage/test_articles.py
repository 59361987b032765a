from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TypedDict

import pytest

from digest.model import CanonicalUrl, Passage, SourceKey
from digest.ports import Collected, Memory
from digest.storage.articles import SqlArticleStore
from digest.storage.database import Database
from tests.storage.samples import NOW, SOURCE, article

LATER = NOW + timedelta(hours=1)


class Span(TypedDict):
    """A stretch of time, as `seen` takes it."""

    since: datetime
    until: datetime


EVER = Span(since=datetime(1990, 1, 1, tzinfo=UTC), until=datetime(2100, 1, 1, tzinfo=UTC))


@pytest.fixture
def store(database: Database) -> SqlArticleStore:
    return database.articles


def crawl(
    store: SqlArticleStore, collected: Collected, *, now: datetime = NOW, undated_are_news: bool = False
) -> int:
    return store.record(SOURCE, collected, undated_count_from_first_seen=undated_are_news, now=now)


def test_an_article_comes_back_as_it_was(store: SqlArticleStore) -> None:
    written = article(summary="Late — again ⛴", byline="Ada", language="en")

    assert crawl(store, Collected((written,))) == 1

    (seen,) = store.seen([SOURCE], **EVER)
    assert seen.article == written
    assert (seen.first_seen, seen.changed_at, seen.gone_at) == (NOW, NOW, None)
    assert seen.first_seen.utcoffset() == timedelta(0)


def test_the_first_good_crawl_is_backlog_and_the_next_is_news(store: SqlArticleStore) -> None:
    crawl(store, Collected(is_failed=True))
    crawl(store, Collected((article(1),)))
    crawl(store, Collected((article(1), article(2))), now=LATER)

    assert [(one.article.guid, one.is_backlog) for one in store.seen([SOURCE], **EVER)] == [
        ("g1", True),
        ("g2", False),
    ]


def test_an_empty_first_crawl_is_a_first_crawl(store: SqlArticleStore) -> None:
    crawl(store, Collected())
    crawl(store, Collected((article(),)), now=LATER)

    (seen,) = store.seen([SOURCE], **EVER)
    assert not seen.is_backlog


def test_undated_articles_of_a_folder_are_news_on_the_first_crawl_too(store: SqlArticleStore) -> None:
    undated = article(1, published=None)
    dated = article(2)

    crawl(store, Collected((undated, dated)), undated_are_news=True)

    by_guid = {one.article.guid: one.is_backlog for one in store.seen([SOURCE], **EVER)}
    assert by_guid == {"g1": False, "g2": True}


def test_a_failed_crawl_changes_nothing(store: SqlArticleStore) -> None:
    crawl(store, Collected((article(),), memory=Memory({"etag": "1"})))

    assert crawl(store, Collected((article(2),), memory=Memory({"etag": "2"}), is_failed=True)) == 0

    assert store.memory(SOURCE) == Memory({"etag": "1"})
    assert len(store.seen([SOURCE], **EVER)) == 1


def test_a_source_is_remembered_from_its_first_good_crawl(store: SqlArticleStore) -> None:
    assert store.memory(SOURCE) is None

    crawl(store, Collected(memory=Memory({"etag": "abc"})))

    assert store.memory(SOURCE) == Memory({"etag": "abc"})
    assert store.memory(SourceKey("another")) is None


def test_only_new_text_moves_changed_at(store: SqlArticleStore) -> None:
    crawl(store, Collected((article(),)))

    assert crawl(store, Collected((article(tags=("port",)),)), now=LATER) == 0
    (seen,) = store.seen([SOURCE], **EVER)
    assert (seen.changed_at, seen.article.tags) == (NOW, ("port",))

    again = replace(article(), passages=(Passage(("The ferry sank.",)),))
    assert crawl(store, Collected((again,)), now=LATER) == 1
    (seen,) = store.seen([SOURCE], **EVER)
    assert (seen.first_seen, seen.changed_at, seen.article) == (NOW, LATER, again)


@pytest.mark.parametrize("name", ["g1", "https://harbour.example/1"])
def test_a_withdrawn_article_is_gone_until_it_comes_back(store: SqlArticleStore, name: str) -> None:
    crawl(store, Collected((article(1), article(2))))

    crawl(store, Collected(gone=(name, "never heard of")), now=LATER)
    assert [one.gone_at for one in store.load([article(1).id, article(2).id])] == [LATER, None]

    crawl(store, Collected((article(1),)), now=LATER + timedelta(hours=1))
    assert [one.gone_at for one in store.load([article(1).id])] == [None]


def test_gone_names_mean_only_their_own_source(store: SqlArticleStore) -> None:
    crawl(store, Collected((article(),)))

    store.record(
        SourceKey("another"), Collected(gone=("g1",)), undated_count_from_first_seen=False, now=LATER
    )

    assert store.load([article().id])[0].gone_at is None


def test_of_two_articles_of_one_name_the_first_is_kept(store: SqlArticleStore) -> None:
    assert crawl(store, Collected((article(title="First"), article(title="Second")))) == 1

    assert [one.article.title for one in store.seen([SOURCE], **EVER)] == ["First"]


def test_seen_gives_what_was_first_seen_changed_or_published_in_a_half_open_span(
    store: SqlArticleStore,
) -> None:
    old = NOW - timedelta(days=30)
    crawl(store, Collected((article(1, published=old), article(2, published=old))), now=old)
    crawl(store, Collected((article(1, published=old, title="New title"),)), now=NOW)
    crawl(store, Collected((article(3, published=NOW + timedelta(hours=2)),)), now=LATER)

    def found(since: datetime, until: datetime) -> list[str]:
        return [one.article.guid for one in store.seen([SOURCE], since=since, until=until)]

    assert found(NOW, LATER) == ["g1"]
    assert found(NOW + timedelta(microseconds=1), LATER) == []
    assert found(LATER, LATER + timedelta(minutes=1)) == ["g3"]
    assert found(NOW + timedelta(hours=2), NOW + timedelta(hours=3)) == ["g3"]
    assert sorted(found(old, old + timedelta(seconds=1))) == ["g1", "g2"]
    assert store.seen([SourceKey("another")], **EVER) == ()


@pytest.mark.parametrize(
    ("day", "is_found"),
    [
        pytest.param(date(2026, 11, 21), False, id="over everywhere on Earth"),
        pytest.param(date(2026, 11, 22), True, id="still going on in Hawaii"),
        pytest.param(date(2026, 11, 23), True, id="today"),
        pytest.param(date(2026, 11, 24), False, id="begun nowhere yet"),
    ],
)
def test_a_date_without_a_time_is_found_wherever_it_is_that_day(
    store: SqlArticleStore, day: date, is_found: bool
) -> None:
    crawl(store, Collected((article(published=None, published_on=day),)), now=NOW - timedelta(days=90))

    found = store.seen([SOURCE], since=NOW, until=NOW + timedelta(hours=1))

    assert bool(found) is is_found


def test_text_that_no_database_holds_costs_only_its_own_article(
    store: SqlArticleStore, caplog: pytest.LogCaptureFixture
) -> None:
    half = article(1, summary="half a pair \ud83d")
    null = article(2, guid="g\0two", url=CanonicalUrl("https://harbour.example/\0"), title="nul \0 inside")

    crawl(store, Collected((half, null, article(3))))

    assert {one.article.title for one in store.seen([SOURCE], **EVER)} == {
        "nul \0 inside",
        "Ferry 3 is late",
    }
    assert "not valid Unicode" in caplog.text


def test_many_articles_are_loaded_in_the_order_asked_for(store: SqlArticleStore) -> None:
    crawl(store, Collected(tuple(article(number) for number in range(1, 1203))))
    ids = [article(number).id for number in (1200, 3, 1)]

    assert [one.article.id for one in store.load(ids)] == ids
    assert crawl(store, Collected(tuple(article(number) for number in range(1, 1203))), now=LATER) == 0


def test_a_naive_datetime_is_refused(store: SqlArticleStore) -> None:
    with pytest.raises(Exception, match="naive"):
        crawl(store, Collected((article(),)), now=datetime(2026, 11, 23, 3, 0))  # noqa: DTZ001


def test_seen_can_be_asked_for_one_address(store: SqlArticleStore) -> None:
    crawl(store, Collected((article(1), article(2))))
    (first, _) = store.seen([SOURCE], since=NOW, until=LATER)
    path = first.article.url.partition("://")[2]

    def found(address: str) -> list[str]:
        return [one.article.url for one in store.seen([SOURCE], since=NOW, until=LATER, address=address)]

    assert found(path) == [first.article.url]
    assert found(path.upper()) == [first.article.url]
    assert found("%") == []


def test_of_runs_that_crawl_at_once_one_has_found_each_article(store: SqlArticleStore) -> None:
    together = threading.Barrier(5)

    def record(_number: int) -> int:
        together.wait()
        return crawl(store, Collected((article(1), article(2))))

    with ThreadPoolExecutor(5) as pool:
        assert sorted(pool.map(record, range(5))) == [0, 0, 0, 0, 2]


def test_a_memory_names_only_entries_whose_articles_are_there(store: SqlArticleStore) -> None:
    """What was deleted or withdrawn is read again where its source still has it."""
    kept, gone = article(1), article(2)
    names = {kept.id: "mark 1", gone.id: "mark 2", article(3).id: "its article was never stored"}
    crawl(store, Collected((kept, gone), memory=Memory({"url": "x"}, names)))

    before = store.memory(SOURCE)
    crawl(store, Collected(memory=Memory({"url": "x"}, names), gone=(gone.guid,)), now=LATER)
    after = store.memory(SOURCE)

    assert before is not None
    assert before.entries == {kept.id: "mark 1", gone.id: "mark 2"}
    assert after is not None
    assert after.entries == {kept.id: "mark 1"}
