"""Articles as JSON objects: the lines of a file, or what was pushed."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import orjson

from digest.model import Article, Problem, SourceKey
from digest.model.articles import Pushed
from digest.ports import Collected, Memory
from digest.sources.entries import Entry, Profile, each_alone, read_entry
from digest.sources.naming import latest_apart, told_of
from digest.sources.pages.closings import clean_closings
from digest.sources.pages.extraction import decode
from digest.sources.rows import entry_of

MAX_LINE_BYTES = 10_000_000


class JsonlSource:
    """Articles as lines: `url` or `id`, `title`, `text` or `html` or `passages`, and what else is known.

    The names read are those of `rows.entry_of`. A bad line is a problem with its number; the others
    are kept.

    Args:
        key: the source's stable name.
        path: the file.
        zone: for stamps that name none.
        base_url: relative addresses are resolved against it; a line without one is at this URL plus its id.
        publisher: the name readers know the source by.
        language: where the article names none.
    """

    undated_count_from_first_seen = True

    def __init__(
        self,
        key: SourceKey,
        path: Path,
        *,
        zone: ZoneInfo,
        base_url: str,
        publisher: str = "",
        language: str = "",
    ) -> None:
        self._path, self._base_url = Path(path), base_url.rstrip("/") + "/"
        self._profile = Profile(key, zone, publisher, language)

    @property
    def key(self) -> SourceKey:
        """Return the stable name."""
        return self._profile.key

    def collect(self, memory: Memory, *, now: datetime) -> Collected:
        """Return what the file holds now."""
        problems: list[Problem] = []
        entries: list[Entry] = []
        digest = hashlib.sha256()
        try:
            with self._path.open("rb") as file:
                for number, line in _lines(file):
                    digest.update(line)
                    where = f"{self._path.name}, line {number}"
                    entries.extend(self._read(line, where, problems))
        except OSError as error:
            problem = Problem(str(self._path), f"can't be read ({error.strerror}); check the path")
            return Collected(problems=(problem,), memory=memory, is_failed=True)
        mark = digest.hexdigest()[:32]
        apart = latest_apart(entries)
        articles = self._articles(apart.entries, problems, now)
        if mark == memory.notes.get("digest") and not problems:
            return Collected(memory=memory, is_unchanged=True)
        problems.extend(Problem(self._path.name, what) for what in told_of(apart))
        cleaned, closings = clean_closings(articles, memory.notes.get("closings", ""))
        notes = {"digest": mark, "closings": closings}
        return Collected(
            cleaned, tuple(problems), Memory({name: note for name, note in notes.items() if note})
        )

    def _articles(
        self, entries: Iterable[Entry], problems: list[Problem], now: datetime
    ) -> tuple[Article, ...]:
        found: dict[str, Article] = {}
        for entry in entries:
            read = read_entry(entry, self._profile, now=now)
            problems.extend(read.problems)
            if read.article:
                found[read.article.id] = read.article
        return tuple(found.values())

    def _read(self, line: bytes, where: str, problems: list[Problem]) -> Iterator[Entry]:
        if not line.strip():
            return
        if len(line) >= MAX_LINE_BYTES:
            problems.append(
                Problem(where, f"is longer than {MAX_LINE_BYTES // 1_000_000} MB; it was left out")
            )
            return
        try:
            row = orjson.loads(decode(line).strip("\ufeff\r\n"))
        except orjson.JSONDecodeError as error:
            problems.append(Problem(where, f"is no JSON ({error})"))
            return
        if not isinstance(row, dict):
            problems.append(Problem(where, "is no JSON object"))
            return
        (made,) = each_alone([(where, functools.partial(self._entry, row))])
        if isinstance(made, Problem):
            problems.append(made)
        else:
            yield made

    def _entry(self, row: dict[str, object], where: str) -> Entry:
        return entry_of(row, where, base=self._base_url)


class PushSource(JsonlSource):
    """Articles that were pushed by the API; each is known by the pusher's own id.

    Args:
        pushed: gives what was pushed and is still kept.
    """

    def __init__(
        self,
        key: SourceKey,
        pushed: Callable[[], Iterable[Pushed]],
        *,
        zone: ZoneInfo,
        base_url: str,
        publisher: str = "",
        language: str = "",
    ) -> None:
        super().__init__(key, Path(), zone=zone, base_url=base_url, publisher=publisher, language=language)
        self._pushed = pushed

    def collect(self, memory: Memory, *, now: datetime) -> Collected:
        """Return what was pushed, and what of it was withdrawn."""
        problems: list[Problem] = []
        entries: list[Entry] = []
        gone: list[str] = []
        digest = hashlib.sha256()
        for one in self._pushed():
            digest.update(b"%d %b %b\n" % (one.is_gone, one.name.encode(), one.body))
            if one.is_gone:
                gone.append(one.name)
            else:
                entries.extend(self._read(one.body, f"{self.key}, article {one.name}", problems))
        mark = digest.hexdigest()[:32]
        if mark == memory.notes.get("digest"):
            return Collected(memory=memory, is_unchanged=True)
        articles, closings = clean_closings(
            self._articles(entries, problems, now), memory.notes.get("closings", "")
        )
        notes = {"digest": mark, "closings": closings}
        kept = Memory({name: note for name, note in notes.items() if note})
        return Collected(articles, tuple(problems), kept, gone=tuple(gone))


def _lines(file: object) -> Iterator[tuple[int, bytes]]:
    """Yield numbered lines, none longer than the bound; what is over it is skipped, not held."""
    number = 0
    readline = file.readline  # type: ignore[attr-defined]
    while line := readline(MAX_LINE_BYTES):
        number += 1
        yield number, line
        while not line.endswith(b"\n") and len(line) >= MAX_LINE_BYTES:
            line = readline(MAX_LINE_BYTES)
