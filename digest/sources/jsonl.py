"""A file of articles, one JSON object a line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import orjson

from digest.model import Article, Image, Problem, SourceKey
from digest.ports import Collected, Memory
from digest.sources.closings import clean_closings
from digest.sources.entries import Entry, Profile, read_entry
from digest.sources.extraction import decode
from digest.sources.markup import plain, read_html
from digest.sources.pictures import usable_image
from digest.sources.prose import Block, fold, read_plain

MAX_LINE_BYTES = 10_000_000


class JsonlSource:
    """Articles as lines: `url` or `id`, `title`, `text` or `html` or `passages`, and what else is known.

    Names read: id, url, title, byline (author, authors), published (date), updated, summary
    (description), text (body), html, passages ([{heading, level, paragraphs}]), language (lang), tags,
    image (a URL or {url, alt, width, height, credit}), publisher. A bad line is a problem with its
    number; the others are kept.

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
        articles: dict[str, Article] = {}
        digest = hashlib.sha256()
        try:
            with self._path.open("rb") as file:
                for number, line in _lines(file):
                    digest.update(line)
                    where = f"{self._path.name}, line {number}"
                    for article in self._read(line, where, problems, now):
                        articles[article.id] = article
        except OSError as error:
            problem = Problem(str(self._path), f"can't be read ({error.strerror}); check the path")
            return Collected(problems=(problem,), memory=memory, is_failed=True)
        mark = digest.hexdigest()[:32]
        if mark == memory.notes.get("digest") and not problems:
            return Collected(memory=memory, is_unchanged=True)
        cleaned, closings = clean_closings(articles.values(), memory.notes.get("closings", ""))
        notes = {"digest": mark, "closings": closings}
        return Collected(
            cleaned, tuple(problems), Memory({name: note for name, note in notes.items() if note})
        )

    def _read(self, line: bytes, where: str, problems: list[Problem], now: datetime) -> Iterator[Article]:
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
        read = read_entry(self._entry(row, where), self._profile, now=now)
        problems.extend(read.problems)
        if read.article:
            yield read.article

    def _entry(self, row: Mapping[str, object], where: str) -> Entry:
        name = _text(row, "id", "guid")
        address = _text(row, "url", "link")
        return Entry(
            where=where,
            url=address or name,
            base=self._base_url,
            guid=name or address,
            title=plain(_text(row, "title", "headline")),
            byline=_names(row.get("byline") or row.get("author") or row.get("authors")),
            published=row.get("published") or row.get("date") or "",
            updated=row.get("updated") or row.get("modified") or "",
            summary=plain(_text(row, "summary", "description")),
            blocks=_body(row),
            language=_text(row, "language", "lang"),
            tags=_tags(row.get("tags")),
            image=_image(row.get("image"), self._base_url),
            publisher=_text(row, "publisher"),
        )


def _lines(file: object) -> Iterator[tuple[int, bytes]]:
    """Yield numbered lines, none longer than the bound; what is over it is skipped, not held."""
    number = 0
    readline = file.readline  # type: ignore[attr-defined]
    while line := readline(MAX_LINE_BYTES):
        number += 1
        yield number, line
        while not line.endswith(b"\n") and len(line) >= MAX_LINE_BYTES:
            line = readline(MAX_LINE_BYTES)


def _body(row: Mapping[str, object]) -> tuple[Block, ...]:
    passages = row.get("passages")
    if isinstance(passages, list):
        return tuple(
            block for passage in passages if isinstance(passage, dict) for block in _passage(passage)
        )
    if html := _text(row, "html", "content_html"):
        return read_html(html)
    return read_plain(_text(row, "text", "body", "content"))


def _passage(passage: Mapping[str, object]) -> Iterator[Block]:
    level = passage.get("level")
    if heading := fold(_text(passage, "heading")):
        yield Block(heading, level if isinstance(level, int) and 1 <= level <= 6 else 2)
    paragraphs = passage.get("paragraphs")
    for paragraph in paragraphs if isinstance(paragraphs, list) else ():
        if isinstance(paragraph, str) and (text := fold(paragraph)):
            yield Block(text)


def _names(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(name for each in value if (name := _names(each)))
    if isinstance(value, dict):
        value = value.get("name")
    return fold(value) if isinstance(value, str) else ""


def _tags(value: object) -> list[str]:
    if isinstance(value, str):
        return [part.strip() for part in value.split(",")]
    return [tag for tag in value if isinstance(tag, str)] if isinstance(value, list) else []


def _image(value: object, base: str) -> Image | None:
    if isinstance(value, dict):
        return usable_image(value.get("url") or value.get("src"), base, value)
    return usable_image(value, base)


def _text(row: Mapping[str, object], *names: str) -> str:
    for name in names:
        value = row.get(name)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    return ""
