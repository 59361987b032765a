"""The rows of a file in the order of their addresses, however many there are.

An index is filled five times faster in its own order than at random places (docs/decisions.md), and all
rows about one address come together.
"""

from __future__ import annotations

import heapq
import marshal
import tempfile
from collections.abc import Iterator
from types import TracebackType
from typing import NamedTuple

RUN_ROWS = 40_000
"""Rows sorted in memory at once: some 20 MB."""

_BLOCK_ROWS = 500


class CheckedRow(NamedTuple):
    """A row whose address is one, as plain values that a file can hold.

    Attributes:
        canonical: first, so that rows sort by it, and those of one address by their line.
        status: an `ImportedStatus`, by its value.
        said_yes: milliseconds since 1970 UTC.
        paused_until: an ISO date.
    """

    canonical: str
    line: int
    address: str
    status: str
    name: str = ""
    said_yes: int | None = None
    language: str = ""
    timezone: str = ""
    tags: tuple[str, ...] = ()
    ip: str = ""
    topics: tuple[str, ...] = ()
    frequency: str = ""
    paused_until: str | None = None


Plain = tuple[object, ...]


class Sorter:
    """Takes rows in any order and gives them back sorted; what memory can't hold lies in a private file."""

    def __init__(self, run_rows: int = RUN_ROWS) -> None:
        """Begin with no rows."""
        self._run_rows = run_rows
        self._rows: list[Plain] = []
        self._runs: list[list[int]] = []
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__; it has no name from the start

    def __enter__(self) -> Sorter:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Forget the rows."""
        self._file.close()

    def add(self, row: Plain) -> None:
        """Take a `CheckedRow`, as a plain tuple."""
        self._rows.append(row)
        if len(self._rows) >= self._run_rows:
            self._put_aside()

    def rows(self) -> Iterator[CheckedRow]:
        """Yield all rows by canonical address, then line; to be asked once, after the last is added."""
        if not self._runs:
            self._rows.sort()
            return map(CheckedRow._make, self._rows)
        self._put_aside()
        starts = [sum(sum(run) for run in self._runs[:place]) for place in range(len(self._runs))]
        runs = (self._read(start, sizes) for start, sizes in zip(starts, self._runs, strict=True))
        return map(CheckedRow._make, heapq.merge(*runs))

    def _put_aside(self) -> None:
        rows = self._rows
        rows.sort()
        sizes = []
        for place in range(0, len(rows), _BLOCK_ROWS):
            block = marshal.dumps(rows[place : place + _BLOCK_ROWS])
            sizes.append(len(block))
            self._file.write(block)
        self._runs.append(sizes)
        self._rows = []

    def _read(self, place: int, sizes: list[int]) -> Iterator[Plain]:
        for size in sizes:
            self._file.seek(place)
            # Read whole: marshal's own reading of a file takes ten times as long.
            block: list[Plain] = marshal.loads(self._file.read(size))  # noqa: S302 - our own, nameless file
            place += size
            yield from block
