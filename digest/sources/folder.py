"""A folder of articles: .md with front matter, .html and .txt, subfolders included."""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from digest.errors import BadData
from digest.model import Article, Problem, SourceKey
from digest.ports import Collected, Memory
from digest.sources.cleaning import closing_boilerplate, without_boilerplate
from digest.sources.documents import read_document
from digest.sources.entries import Profile, read_entry

ENDINGS = frozenset({".md", ".markdown", ".html", ".htm", ".txt"})
MAX_BYTES = 10_000_000

log = logging.getLogger(__name__)


class FolderSource:
    """Articles as files.

    A file's time on disk is no publication date: undated files count from when they were first seen. A
    file that goes away is withdrawn.

    Args:
        key: the source's stable name.
        path: the folder.
        zone: for stamps that name none.
        base_url: a file without an address of its own is at this URL plus its path without ending.
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
        self._path, self._base_url = Path(path), base_url
        self._profile = Profile(key, zone, publisher, language)

    @property
    def key(self) -> SourceKey:
        """Return the stable name."""
        return self._profile.key

    def collect(self, memory: Memory, *, now: datetime) -> Collected:
        """Return what the folder holds now; unreadable files are problems, the others are kept."""
        problems: list[Problem] = []
        try:
            files = sorted(self._files(problems))
        except OSError as error:
            return self._failed(memory, f"can't be read ({error.strerror}); check the path")
        known = _known(memory)
        if known and not files:
            return self._failed(memory, "is empty, though it held articles before; is it mounted?")
        articles: list[Article] = []
        marks: dict[str, str] = {}
        for name in files:
            found, mark = self._read(name, problems, now)
            articles.extend(found)
            marks[name] = mark
        gone = tuple(sorted(set(known) - set(marks)))
        closings = closing_boilerplate(articles)
        articles = [without_boilerplate(article, closings) for article in articles]
        is_unchanged = marks == known and not problems
        return Collected(
            articles=() if is_unchanged else tuple(articles),
            problems=tuple(problems),
            memory=Memory({"files": json.dumps(marks, ensure_ascii=False)}),
            is_unchanged=is_unchanged,
            gone=gone,
        )

    def _failed(self, memory: Memory, problem: str) -> Collected:
        log.warning("source %s: %s %s", self.key, self._path, problem)
        return Collected(problems=(Problem(str(self._path), problem),), memory=memory, is_failed=True)

    def _files(self, problems: list[Problem]) -> Iterator[str]:
        """Yield relative paths; hidden files and links that lead out of the folder are left out."""
        root = self._path.resolve(strict=True)

        def complain(error: OSError) -> None:
            if Path(str(error.filename)).resolve() == root:
                raise error
            problems.append(Problem(str(error.filename), f"can't be read ({error.strerror})"))

        for folder, folders, names in os.walk(root, onerror=complain):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in names:
                path = Path(folder, name)
                if name.startswith(".") or path.suffix.lower() not in ENDINGS:
                    continue
                relative = path.relative_to(root).as_posix()
                if path.is_symlink() and not path.resolve().is_relative_to(root):
                    problems.append(
                        Problem(relative, "is a link that leads out of the folder; it was left out")
                    )
                    continue
                yield relative

    def _read(self, name: str, problems: list[Problem], now: datetime) -> tuple[list[Article], str]:
        """Return the file's article, if it has one, and the digest of its bytes."""
        path = self._path / name
        try:
            size = path.stat().st_size
            if size > MAX_BYTES:
                problems.append(
                    Problem(name, f"is bigger than {MAX_BYTES // 1_000_000} MB; it was left out")
                )
                return [], f"size {size}"
            content = path.read_bytes()
        except OSError as error:
            problems.append(Problem(name, f"can't be read ({error.strerror})"))
            return [], ""
        mark = hashlib.sha256(content).hexdigest()[:16]
        if not content.strip():
            problems.append(Problem(name, "is empty"))
            return [], mark
        try:
            document = read_document(content, name, self._base_url, zone=self._profile.zone, now=now)
        except BadData as error:
            problems.append(Problem(name, error.problem))
            return [], mark
        if document.is_draft:
            return [], mark
        read = read_entry(document.entry, self._profile, now=now)
        problems.extend(Problem(name, problem) for problem in document.problems)
        problems.extend(read.problems)
        return [read.article] if read.article else [], mark


def _known(memory: Memory) -> dict[str, str]:
    try:
        files = json.loads(memory.notes.get("files", "{}"))
    except ValueError:
        return {}
    return {str(name): str(mark) for name, mark in files.items()} if isinstance(files, dict) else {}
