"""A folder of articles: .md with front matter, .html and .txt, subfolders included."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from digest.errors import BadData
from digest.model import Article, ArticleId, Problem, SourceKey
from digest.ports import Collected, Memory
from digest.sources.documents import read_document
from digest.sources.entries import Profile, broken, read_entry
from digest.sources.pages.closings import clean_closings

ENDINGS = frozenset({".md", ".markdown", ".html", ".htm", ".txt"})
MAX_BYTES = 10_000_000


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
        contents = {name: self._content(name, problems) for name in files}
        marks = {name: _mark(content) for name, content in contents.items()}
        if not problems and marks == {name: file.mark for name, file in known.items()}:
            return Collected(memory=memory, is_unchanged=True)
        found: dict[ArticleId, Article] = {}
        kept: dict[str, _File] = {}
        for name, content in contents.items():
            article, kept[name] = self._read(name, content, problems, known.get(name, _File()), now)
            if article is None:
                continue
            if article.id in found:
                problems.append(
                    Problem(name, f"has the id {article.guid!r} of another file; it was left out")
                )
            found.setdefault(article.id, article)
        articles, closings = clean_closings(found.values(), memory.notes.get("closings", ""))
        gone = {file.guid for file in known.values()} - {file.guid for file in kept.values()}
        return Collected(
            articles=articles,
            problems=tuple(problems),
            memory=_memory(kept, closings),
            gone=tuple(sorted(gone)),
        )

    def _failed(self, memory: Memory, problem: str) -> Collected:
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

    def _content(self, name: str, problems: list[Problem]) -> bytes | None:
        path = self._path / name
        try:
            if path.stat().st_size > MAX_BYTES:
                problems.append(
                    Problem(name, f"is bigger than {MAX_BYTES // 1_000_000} MB; it was left out")
                )
                return None
            return path.read_bytes()
        except OSError as error:
            problems.append(Problem(name, f"can't be read ({error.strerror})"))
            return None

    def _read(
        self, name: str, content: bytes | None, problems: list[Problem], before: _File, now: datetime
    ) -> tuple[Article | None, _File]:
        """Return the file's article, if it has one, and what to remember of the file.

        A file that can't be read today withdraws nothing: it keeps the guid it had.
        """
        unread = _File("", before.guid)
        if content is None:
            return None, unread
        if not content.strip():
            problems.append(Problem(name, "is empty"))
            return None, unread
        try:
            document = read_document(content, name, self._base_url, zone=self._profile.zone, now=now)
        except BadData as error:
            problems.append(Problem(name, error.problem))
            return None, unread
        except Exception as error:  # noqa: BLE001 - a stranger's file, and libraries that read it
            problems.append(broken(name, error))
            return None, unread
        if document.is_draft:
            return None, _File(_mark(content))
        read = read_entry(document.entry, self._profile, now=now)
        told = [*(Problem(name, problem) for problem in document.problems), *read.problems]
        problems.extend(told)
        if read.article is None:
            return None, unread
        return read.article, _File("" if told else _mark(content), read.article.guid)


@dataclass(frozen=True, slots=True)
class _File:
    """What is remembered of a file.

    Attributes:
        mark: the digest of its bytes; empty where it is to be read again in any case.
        guid: its article's; empty where it gave none.
    """

    mark: str = ""
    guid: str = ""


def _mark(content: bytes | None) -> str:
    return "" if content is None else hashlib.sha256(content).hexdigest()[:16]


def _memory(files: Mapping[str, _File], closings: str) -> Memory:
    rows = {name: [file.mark, file.guid] for name, file in files.items()}
    notes = {"files": json.dumps(rows, ensure_ascii=False), "closings": closings}
    return Memory({name: note for name, note in notes.items() if note})


def _known(memory: Memory) -> dict[str, _File]:
    try:
        rows = json.loads(memory.notes.get("files", "{}"))
        return {str(name): _File(str(mark), str(guid)) for name, (mark, guid) in rows.items()}
    except (ValueError, TypeError, AttributeError):
        return {}
