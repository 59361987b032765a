from __future__ import annotations

from datetime import timedelta

from digest.model import CrawlReport, Problem, SourceKey
from digest.model.desk import JobRun
from digest.storage.database import Database
from digest.storage.desk.runs import MOST_KEPT, MOST_PROBLEMS
from tests.storage.samples import NOW

CRAWL = CrawlReport(3, 5, 1, (SourceKey("feed:a"),), (Problem("feed a, entry 2", "has no title"),))


def a_run(
    minute: int, *, newsletter: str = "morning", note: str = "", crawl: CrawlReport | None = None
) -> JobRun:
    at = NOW + timedelta(minutes=minute)
    return JobRun(newsletter, "morning/2026-11-23", "digest run", at, at, "closed", note, crawl=crawl)


def test_a_run_comes_back_as_it_was_kept(database: Database) -> None:
    database.runs.keep(a_run(0, note="all is well", crawl=CRAWL))

    (found,) = database.runs.listed()
    assert (found.note, found.crawl, found.times) == ("all is well", CRAWL, 1)
    assert (found.started_at, found.ended_at) == (NOW, NOW)


def test_the_same_again_is_counted_and_anything_else_is_a_row(database: Database) -> None:
    quiet = CrawlReport(0, 5, 1, CRAWL.failed_sources, CRAWL.problems)
    for minute, (note, crawl) in enumerate(
        [("a", CRAWL), ("a", quiet), ("a", quiet), ("a", CRAWL), ("b", CRAWL)]
    ):
        database.runs.keep(a_run(minute, note=note, crawl=crawl))
    database.runs.keep(a_run(9, newsletter="evening", note="b", crawl=quiet))

    found = database.runs.listed()
    assert [(one.newsletter, one.note, one.times) for one in found] == [
        ("evening", "b", 1),
        ("morning", "b", 1),
        ("morning", "a", 1),
        ("morning", "a", 3),
    ]
    assert found[-1].ended_at - found[-1].started_at == timedelta(minutes=2)
    assert [one.note for one in database.runs.listed(before=found[1].number, limit=1)] == ["a"]


def test_the_book_stays_bounded(database: Database) -> None:
    many = CrawlReport(problems=tuple(Problem(f"row {n}", "x" * 900) for n in range(MOST_PROBLEMS + 5)))
    database.runs.keep(a_run(0, newsletter="evening"))
    for minute in range(MOST_KEPT + 3):
        database.runs.keep(a_run(minute, note=str(minute)))
    database.runs.keep(a_run(0, note="last", crawl=many))

    found = database.runs.listed(limit=10_000)
    assert len([one for one in found if one.newsletter == "morning"]) == MOST_KEPT
    assert len([one for one in found if one.newsletter == "evening"]) == 1
    assert found[0].crawl is not None
    assert len(found[0].crawl.problems) == MOST_PROBLEMS
    assert all(len(one.what) == 500 for one in found[0].crawl.problems)
