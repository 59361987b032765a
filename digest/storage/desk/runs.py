"""The runs of the job: what each came to, and what its crawl found wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from digest.model import CrawlReport, Problem
from digest.model.desk import JobRun
from digest.storage.desk.tables import runs
from digest.storage.engine import Store
from digest.storage.records import restored, stored

if TYPE_CHECKING:
    from digest.storage.columns import AnyRow

MOST_KEPT = 400
"""Rows of one newsletter; the oldest go."""

MOST_PROBLEMS = 100
"""Of one run; a broken source can have thousands."""

_LONGEST = 500


class SqlRuns:
    """Kept one by one; a run that came to the same as the one before it only counts that one up."""

    def __init__(self, store: Store) -> None:
        """Read and write through `store`, which its owner closes."""
        self._store = store

    def keep(self, run: JobRun) -> None:
        """Keep a run, and forget the newsletter's oldest ones."""
        values = _values(run)
        newest = select(runs).where(runs.c.newsletter == run.newsletter).order_by(runs.c.id.desc())
        with self._store.writing() as connection:
            last = connection.execute(newest.limit(1)).one_or_none()
            if last is not None and _is_same(last, values):
                counted = {"ended_at": run.ended_at, "times": last.times + 1, "crawl": values["crawl"]}
                connection.execute(update(runs).where(runs.c.id == last.id).values(**counted))
                return
            connection.execute(insert(runs).values(times=run.times, started_at=run.started_at, **values))
            kept = newest.with_only_columns(runs.c.id).limit(MOST_KEPT)
            own = runs.c.newsletter == run.newsletter
            connection.execute(delete(runs).where(own, runs.c.id.not_in(kept)))

    def listed(
        self, *, newsletter: str = "", before: int | None = None, limit: int = 50
    ) -> tuple[JobRun, ...]:
        """Return runs, the newest first.

        Args:
            newsletter: only this one's; of all newsletters where it is empty.
            before: only those with a smaller number, for the next page.
        """
        query = select(runs).order_by(runs.c.id.desc()).limit(limit)
        if newsletter:
            query = query.where(runs.c.newsletter == newsletter)
        if before is not None:
            query = query.where(runs.c.id < before)
        with self._store.reading() as connection:
            return tuple(_run(row) for row in connection.execute(query))


def _values(run: JobRun) -> dict[str, object]:
    return {
        "newsletter": run.newsletter,
        "edition": run.edition,
        "by": run.by,
        "ended_at": run.ended_at,
        "ending": run.ending,
        "note": run.note[:_LONGEST],
        "is_failed": run.is_failed,
        "crawl": stored(CrawlReport, _bounded(run.crawl)).decode() if run.crawl else "",
    }


def _bounded(crawl: CrawlReport) -> CrawlReport:
    problems = tuple(
        Problem(one.where[:_LONGEST], one.what[:_LONGEST]) for one in crawl.problems[:MOST_PROBLEMS]
    )
    return replace(crawl, problems=problems)


def _is_same(last: AnyRow, values: dict[str, object]) -> bool:
    """Tell whether two runs came to the same: nothing new was read, nothing else went wrong."""
    known = ("edition", "by", "ending", "note", "is_failed")
    if any(getattr(last, name) != values[name] for name in known):
        return False
    if not (last.crawl and values["crawl"]):
        return not last.crawl and not values["crawl"]
    before, now = (restored(CrawlReport, str(text), name="a run") for text in (last.crawl, values["crawl"]))
    is_quiet = not now.new_or_changed
    return is_quiet and (before.failed_sources, before.problems) == (now.failed_sources, now.problems)


def _run(row: AnyRow) -> JobRun:
    return JobRun(
        newsletter=row.newsletter,
        edition=row.edition,
        by=row.by,
        started_at=row.started_at,
        ended_at=row.ended_at,
        ending=row.ending,
        note=row.note,
        is_failed=row.is_failed,
        crawl=restored(CrawlReport, row.crawl, name="a run") if row.crawl else None,
        times=row.times,
        number=row.id,
    )
