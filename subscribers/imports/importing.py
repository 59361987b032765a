"""Subscribers from files: streamed, each row judged, the bad ones reported, the good ones kept.

A file is someone else's word: it may add readers and end subscriptions, but never revives one who
unsubscribed, bounced, complained or was erased. Running it again changes nothing.
"""

from __future__ import annotations

import logging
from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from subscribers.errors import UnreadableFile
from subscribers.imports.batching import Batch, ImportTerms
from subscribers.imports.reading import (
    RawRow,
    RowProblem,
    csv_rows,
    detect_delimiter,
    detect_encoding,
    json_lines,
    open_text,
)
from subscribers.imports.rows import Rows, check_columns, object_rows, table_rows
from subscribers.imports.shapes import FIELDS, Shape, exact, label, recognize
from subscribers.imports.sorting import Sorter
from subscribers.imports.verdicts import Verdict
from subscribers.lists import checked_key, ensured
from subscribers.storage.database import Ids, SubscriberDatabase

log = logging.getLogger(__name__)

BATCH_ROWS = 10_000
"""Rows in one transaction: under half a second of the writers' lock."""

_JSON_LINES = frozenset({".jsonl", ".ndjson", ".json"})
_REMEDY = "Its first line must name the columns, one of them `email`; or say which with --map email=COLUMN."


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do.

    Attributes:
        rows: rows that are not empty, the header left out; the sum of the counts that follow.
        added: new on the list, and active.
        activated: were waiting for confirmation, and the file vouches for them.
        unchanged: were on the list already.
        ended: the file says unsubscribed, and now they are.
        suppressed: the file says bounced, complained or blocked, and now they are.
        kept_out: said no here before; the file can't change that.
        bad: could not be understood.
        problems: the first of the bad and kept-out rows, by line.
        shape: whose export it was taken for; `encoding` and `delimiter` as found.
        unused: the columns of a CSV file that were not understood: may one of them say no?
    """

    rows: int
    added: int
    activated: int
    unchanged: int
    ended: int
    suppressed: int
    kept_out: int
    bad: int
    problems: tuple[RowProblem, ...]
    shape: str
    encoding: str
    delimiter: str
    is_dry_run: bool
    unused: tuple[str, ...] = ()


def import_file(
    database: SubscriberDatabase,
    path: Path,
    terms: ImportTerms,
    *,
    on_problem: Callable[[RowProblem], None] | None = None,
    progress: Callable[[int], None] | None = None,
    reading: Callable[[int], None] | None = None,
) -> ImportReport:
    """Import a CSV file, or JSON lines where the name ends in .jsonl, .ndjson or .json.

    Args:
        on_problem: told every bad or kept-out row, in no order; the report holds the first ones by line.
        progress: told the number of rows done after each batch.
        reading: told the number of rows read, now and then: all are read before the first is done.

    Raises:
        UnreadableFile: no rows can be found in it; nothing was changed.
        MayMeanNo: a column may say who wants no mail, and the terms don't say what it is; likewise.
        InvalidListKey: the list's key can't be used.
        ValueError: the mapping names no such field.
    """
    _check(terms)
    tally = _Tally(terms.max_problems, on_problem, progress)
    named = replace(terms, source=terms.source or _name(terms, path)[:200])
    take_in = _take_in_objects if path.suffix.lower() in _JSON_LINES else _take_in_table
    return take_in(database, path, named, tally, reading)


class _Tally:
    """Counts and problems of an import under way."""

    def __init__(
        self,
        max_problems: int,
        on_problem: Callable[[RowProblem], None] | None,
        progress: Callable[[int], None] | None,
    ) -> None:
        self._max_problems, self._on_problem, self._progress = max_problems, on_problem, progress
        self._problems: list[RowProblem] = []
        self._verdicts: Counter[Verdict] = Counter()
        self._bad = self._told_rows = 0

    @property
    def rows(self) -> int:
        return self._verdicts.total() + self._bad

    def refuse(self, problem: RowProblem) -> None:
        self._bad += 1
        self._tell(problem)

    def add(self, batch: Batch) -> None:
        self._verdicts.update(batch.verdicts)
        for problem in sorted(batch.problems):
            self._tell(problem)
        self._step()

    def end(self) -> None:
        if self._told_rows != self.rows:
            self._step()

    def _step(self) -> None:
        self._told_rows = self.rows
        if self._progress is not None:
            self._progress(self.rows)

    def _tell(self, problem: RowProblem) -> None:
        if self._on_problem is not None:
            self._on_problem(problem)
        # Rows come in the order of their addresses: of all problems the first lines are kept.
        insort(self._problems, problem)
        del self._problems[self._max_problems :]

    def report(self, shape: str, encoding: str, delimiter: str, *, is_dry_run: bool) -> ImportReport:
        count = self._verdicts
        return ImportReport(
            rows=self.rows,
            added=count[Verdict.ADD],
            activated=count[Verdict.ACTIVATE],
            unchanged=count[Verdict.KEEP],
            ended=count[Verdict.END],
            suppressed=count[Verdict.SUPPRESS],
            kept_out=count[Verdict.SAID_NO] + count[Verdict.IS_SUPPRESSED],
            bad=self._bad,
            problems=tuple(self._problems),
            shape=shape,
            encoding=encoding,
            delimiter=delimiter,
            is_dry_run=is_dry_run,
        )


def _run(
    database: SubscriberDatabase,
    rows: Rows,
    terms: ImportTerms,
    tally: _Tally,
    reading: Callable[[int], None] | None,
) -> None:
    """Sort the rows by address, then judge and store them a batch at a time."""
    ids = Ids(terms.now)
    with Sorter() as sorter:
        for count, row in enumerate(rows, start=1):
            if reading is not None and count % BATCH_ROWS == 0:
                reading(count)
            if isinstance(row, RowProblem):
                tally.refuse(row)
            else:
                sorter.add(row)
        ordered = sorter.rows()
        before: Batch | None = None
        while found := list(islice(ordered, BATCH_ROWS)):
            batch = Batch(terms, found)
            if terms.is_dry_run:
                with database.reading() as connection:
                    batch.judge(connection, database.salt(connection), ids, before)
                before = batch
            else:
                with database.writing() as connection:
                    ensured(connection, terms.mailing_list, now=terms.now)
                    batch.judge(connection, database.salt(connection), ids)
                    batch.store(connection)
            tally.add(batch)
    tally.end()
    if not terms.is_dry_run:
        database.refresh_statistics()
    log.info("import into %s: %d rows", terms.mailing_list, tally.rows)


def _take_in_table(
    database: SubscriberDatabase,
    path: Path,
    terms: ImportTerms,
    tally: _Tally,
    reading: Callable[[int], None] | None,
) -> ImportReport:
    encoding = detect_encoding(path)
    with open_text(path, encoding) as stream:
        delimiter = detect_delimiter(stream)
        raw = csv_rows(stream, delimiter)
        shape, first = _shape_of(raw, terms, path)
        _run(database, table_rows(shape, first, raw, _name(terms, path)), terms, tally, reading)
    report = tally.report(shape.name, encoding, delimiter, is_dry_run=terms.is_dry_run)
    return replace(report, unused=shape.unused)


def _take_in_objects(
    database: SubscriberDatabase,
    path: Path,
    terms: ImportTerms,
    tally: _Tally,
    reading: Callable[[int], None] | None,
) -> ImportReport:
    encoding = detect_encoding(path)
    with open_text(path, encoding) as stream:
        _run(database, object_rows(json_lines(stream), terms, _name(terms, path)), terms, tally, reading)
    return tally.report("json lines", encoding, "", is_dry_run=terms.is_dry_run)


def _name(terms: ImportTerms, path: Path) -> str:
    return terms.file_name or path.name


def _check(terms: ImportTerms) -> None:
    checked_key(terms.mailing_list)
    unknown = sorted({*terms.mapping, *terms.columns.values()} - set(FIELDS))
    if unknown:
        raise ValueError(f"No field {', '.join(unknown)}; there are {', '.join(FIELDS)}.")
    meant = {exact(column) for column in (*terms.mapping.values(), *terms.columns)}
    if both := sorted(column for column in terms.ignored if exact(column) in meant):
        raise ValueError(f"Column {', '.join(both)} is given a field and set aside: choose one.")


def _shape_of(
    raw: Iterator[RawRow | RowProblem], terms: ImportTerms, path: Path
) -> tuple[Shape, RawRow | None]:
    """Return the file's shape, and its first row where that is no header."""
    first = next(raw, None)
    if first is None:
        raise UnreadableFile(path.name, "there is nothing in it", _REMEDY)
    if isinstance(first, RowProblem):
        raise UnreadableFile(path.name, "its first line can't be read", _REMEDY)
    shape = recognize(
        first.fields,
        mapping=terms.mapping,
        columns=terms.columns,
        ignored=terms.ignored,
        file_name=_name(terms, path),
    )
    is_named = shape is None or shape.has_header
    there = (label(cell if is_named else "", index) for index, cell in enumerate(first.fields))
    check_columns(terms, there, path.name)
    if shape is None:
        raise UnreadableFile(path.name, "no column of it can be the address", _REMEDY)
    return shape, None if shape.has_header else first
