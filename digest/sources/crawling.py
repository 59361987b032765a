"""The crawl that all HTTP sources share: conditional fetch, page after page, entries to articles."""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from digest.model import Article, ArticleId, Problem
from digest.ports import Collected, Memory
from digest.sources.entries import Entry, Profile, moment_of, read_entry
from digest.sources.known_entries import KnownEntries, mark_of, reading_of
from digest.sources.naming import told_apart, told_of
from digest.sources.order import placed
from digest.sources.pages.closings import Closings
from digest.sources.pages.full_pages import FullPages, FullText
from digest.sources.pages.shared_pictures import SharedPictures
from digest.sources.web.fetching import ACCEPT, Fetched, Fetcher, FetchFailed
from digest.sources.web.urls import shown

HORIZON = timedelta(days=31)
"""How far back a first crawl follows a source that has more than one page."""
OVERLAP = timedelta(hours=26)
"""How far back of the newest article known a later crawl looks again: clocks differ, and so do zones."""
MAX_SHARED = 500
"""Addresses of several articles that are remembered."""
MAX_ANSWERS = 30
MAX_PICTURES_TOLD = 3
"""Pages of one list (or maps of one index) that one crawl reads at most."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """One answer of a source, parsed.

    Attributes:
        failure: why nothing of it could be read; empty where it is what it should be.
        gone: guids or URLs that the source says are withdrawn.
        following: where the list goes on; not followed where all entries here are old.
        parts: lists that this one is made of; read in any case.
        is_index: it is nothing but a list of parts, which may change while it stays the same.
        known: the marks of entries that are there and were not even parsed: an earlier crawl read them.
    """

    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    failure: str = ""
    gone: tuple[str, ...] = ()
    following: str = ""
    parts: tuple[str, ...] = ()
    is_index: bool = False
    known: tuple[str, ...] = ()


Parse = Callable[[Fetched, str], Parsed]
"""From an answer and the name it has in problems to its entries."""

ParseNew = Callable[[Fetched, str, KnownEntries], Parsed]
"""The same, for a format that can leave known entries out before they are parsed."""


@dataclass(frozen=True, slots=True)
class Asking:
    """How a source's interface is asked.

    Attributes:
        address: what to fetch first, given the moment from which on articles are wanted; it may hold a
            key, so it is never shown or stored. None asks for the source's own URL.
        accept: the Accept header.
        advice: what to do about an HTTP status, in place of the fetcher's general word.
    """

    address: Callable[[datetime], str] | None = None
    accept: str = ACCEPT
    advice: Mapping[int, str] = field(default_factory=dict)


PLAINLY = Asking()


class Crawl:
    """One crawl of one source.

    Args:
        url: the source's own address; what is remembered belongs to it.
        parse: reads the source's format.
        parse_new: where given, reads it in place of `parse`.
        full_text: where bodies come from.
        asking: how its interface is asked, where the URL alone doesn't say it.
    """

    def __init__(
        self,
        url: str,
        fetcher: Fetcher,
        profile: Profile,
        *,
        parse: Parse,
        parse_new: ParseNew | None = None,
        full_text: FullText,
        now: datetime,
        asking: Asking = PLAINLY,
    ) -> None:
        """Prepare the crawl; nothing is fetched yet."""
        self._url, self._fetcher, self._profile, self._parse = url, fetcher, profile, parse
        self._parse_new = parse_new
        self._full_text, self._asking, self._now, self._where = full_text, asking, now, shown(url)
        self._problems: list[Problem] = []
        self._gone: list[str] = []
        self._is_provisional = False
        self._parts: dict[str, list[str]] = {}
        self._parts_read: dict[str, list[str]] = {}
        self._shared: dict[str, None] = {}
        self._pictures = 0
        self._known = KnownEntries({})

    def run(self, memory: Memory) -> Collected:
        """Return what is there now; see `Source.collect`."""
        notes = dict(memory.notes) if memory.notes.get("url") == self._url else {}
        newest = _moment(notes.get("newest", ""))
        since = newest - OVERLAP if newest else self._now - HORIZON
        address = self._asking.address(since) if self._asking.address else self._url
        asked = _mark(address.encode())
        is_same_question = notes.get("asked", asked) == asked
        try:
            fetched = self._fetcher.get(
                address,
                etag=notes.get("etag", "") if is_same_question else "",
                last_modified=notes.get("last_modified", "") if is_same_question else "",
                accept=self._asking.accept,
            )
        except FetchFailed as error:
            return self._failed(memory, self._advised(error))
        digest = _mark(fetched.body)
        if fetched.is_unchanged and not notes:
            return self._failed(
                memory, "answered that nothing has changed (304), though nothing is known of it"
            )
        if fetched.is_unchanged or (is_same_question and digest == notes.get("digest")):
            return Collected(memory=memory, is_unchanged=True)
        if fetched.moved_to:
            self._note(f"has moved for good to {shown(fetched.moved_to)}; put that into digest.toml")
        reading = reading_of(self._profile, self._full_text)
        # An editor's order is read whole: what moved up there was known before.
        is_known = notes.get("reading") == reading and not notes.get("ordered")
        self._known = KnownEntries(memory.entries if is_known else {})
        if self._parse_new is None:
            parsed = self._parse(fetched, self._where)
        else:
            parsed = self._parse_new(fetched, self._where, self._known)
        if parsed.failure:
            return self._failed(memory, parsed.failure)
        pages = FullPages(
            self._fetcher,
            self._profile,
            self._full_text,
            known=notes.get("pages", "").split(),
            now=self._now,
        )
        self._parts = _stored_parts(notes.get("parts", ""))
        self._shared = dict.fromkeys(notes.get("shared", "").split())
        articles, latest = self._articles(address, parsed, pages, since)
        is_empty = not articles and not self._known.kept
        if latest is None and newest is None and not self._problems and is_empty:
            self._note("holds no articles")
        closings = Closings.read(notes.get("closings", ""))
        pictures = SharedPictures.read(notes.get("pictures", ""))
        articles = placed(pictures.clean(closings.clean(articles, self._known.kept)))
        self._problems.extend(pages.problems)
        self._gone.extend(pages.gone)
        self._is_provisional |= pages.is_provisional
        moment = newest if self._is_provisional else latest or newest
        if moment is not None and newest is not None and parsed.known:
            moment = max(moment, newest)
        kept = {
            "url": self._url,
            "reading": reading,
            "ordered": "yes" if any(one.source_place for one in articles) else "",
            "pages": " ".join(pages.marks),
            "closings": closings.write(),
            "pictures": pictures.write(),
            "shared": " ".join(tuple(self._shared)[-MAX_SHARED:]),
            "newest": moment.isoformat() if moment else "",
            "parts": json.dumps(self._parts_read) if self._parts_read and not self._is_provisional else "",
            **({} if parsed.is_index else self._validators(fetched, digest, asked)),
        }
        return Collected(
            articles=tuple(articles),
            problems=tuple(self._problems),
            memory=Memory({name: note for name, note in kept.items() if note}, self._known.entries()),
            gone=tuple(self._gone),
            known=len(self._known.kept),
        )

    def _failed(self, memory: Memory, problem: str) -> Collected:
        return Collected(problems=(Problem(self._where, problem),), memory=memory, is_failed=True)

    def _advised(self, error: FetchFailed) -> str:
        return self._asking.advice.get(error.status, error.problem)

    def _validators(self, fetched: Fetched, digest: str, asked: str) -> dict[str, str]:
        """What proves the next answer unchanged; nothing where another look may give more."""
        if self._is_provisional:
            return {}
        return {
            "etag": fetched.etag,
            "last_modified": fetched.last_modified,
            "digest": digest,
            "asked": asked if self._asking.address else "",
        }

    def _articles(
        self, address: str, first: Parsed, pages: FullPages, since: datetime
    ) -> tuple[list[Article], datetime | None]:
        """Turn the entries of every answer into articles; tell the newest date among them."""
        articles: list[Article] = []
        ids: set[ArticleId] = set()
        latest: datetime | None = None
        for parsed, go_on in self._answers(address, first):
            self._problems.extend(parsed.problems)
            self._gone.extend(parsed.gone)
            ids.update(self._known.keep(mark) for mark in parsed.known)
            is_new = False
            for entry in self._apart(parsed.entries):
                mark = entry.mark or mark_of(entry)
                article, moment = self._read(entry, mark, ids)
                if moment is not None:
                    is_new = is_new or moment >= since
                    latest = min(self._now, max(moment, latest or moment))
                if article is None:
                    continue
                if (found := pages.complete(entry, article)) is not None:
                    articles.append(found)
                if article.id in pages.left:
                    self._known.drop(article.id)
            if parsed.following and is_new:
                go_on.append(parsed.following)
        if (more := self._pictures - MAX_PICTURES_TOLD) > 0:
            self._note(f"names {more} further pictures that can't go into a mail; they were left out")
        return articles, latest

    def _few(self, problems: Sequence[Problem], picture: str) -> list[Problem]:
        """Return an entry's problems; that with its picture only where few were told yet."""
        self._pictures += bool(picture)
        is_told = self._pictures <= MAX_PICTURES_TOLD
        return [problem for problem in problems if is_told or problem.what != picture]

    def _read(self, entry: Entry, mark: str, ids: set[ArticleId]) -> tuple[Article | None, datetime | None]:
        """Return what an entry gives, and when it is from; no article where that is there already.

        What was read without any fault is known at the next crawl.

        Args:
            ids: what this crawl has met; the entry's article is added.
        """
        if self._known.holds(mark):
            ids.add(self._known.keep(mark))
            return None, moment_of(entry, self._profile, now=self._now)
        read = read_entry(entry, self._profile, now=self._now)
        self._problems.extend(self._few(read.problems, entry.picture_problem))
        self._is_provisional |= read.is_provisional
        if read.article is None:
            return None, None
        moment = read.article.updated or read.article.published
        if read.article.id in ids:
            return None, moment
        ids.add(read.article.id)
        if read.problems or read.is_provisional:
            self._known.drop(read.article.id)
        else:
            self._known.add(read.article.id, mark)
        return read.article, moment

    def _apart(self, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """Tell an answer's entries apart, and tell how many are left out."""
        apart = told_apart(entries, self._shared)
        self._shared.update(dict.fromkeys(apart.shared))
        found, told = apart.entries, tuple(told_of(apart))
        if told:  # at every crawl, for which all are compared
            found = tuple(replace(entry, mark="") for entry in found)
        for what in told:
            self._note(what)
        return found

    def _answers(self, address: str, first: Parsed) -> Iterator[tuple[Parsed, deque[str]]]:
        """Yield each answer with the queue of addresses that its reader may lengthen."""
        queue, asked = deque(first.parts), {address}
        yield first, queue
        while queue:
            if (following := queue.popleft()) in asked:
                continue
            if len(asked) >= MAX_ANSWERS:
                self._note(f"goes on after {MAX_ANSWERS} pages; the rest was left out")
                return
            asked.add(following)
            if (parsed := self._further(following)) is not None:
                queue.extend(parsed.parts)
                yield parsed, queue

    def _further(self, address: str) -> Parsed | None:
        """Return a further answer; None where it can't be had, or says the same as at the last crawl."""
        name = _mark(address.encode())
        etag, last_modified, digest = self._parts.get(name, ["", "", ""])
        try:
            fetched = self._fetcher.get(
                address, etag=etag, last_modified=last_modified, accept=self._asking.accept
            )
        except FetchFailed as error:
            self._go_without(address, self._advised(error))
            return None
        found = _mark(fetched.body)
        if fetched.is_unchanged or found == digest:
            self._parts_read[name] = self._parts[name]
            return None
        parsed = self._parse(fetched, shown(address))
        if parsed.failure:
            self._go_without(address, parsed.failure)
            return None
        self._parts_read[name] = [fetched.etag, fetched.last_modified, found]
        return parsed

    def _go_without(self, address: str, problem: str) -> None:
        """Go on without a further answer; the next crawl asks for everything again."""
        self._is_provisional = True
        self._problems.append(Problem(shown(address), problem))

    def _note(self, what: str) -> None:
        self._problems.append(Problem(self._where, what))


def _mark(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def _stored_parts(note: str) -> dict[str, list[str]]:
    """Return the validators of an index's parts: [ETag, Last-Modified, digest] by address."""
    try:
        stored = json.loads(note or "{}")
        return {str(name): [str(one) for one in row] for name, row in stored.items() if len(row) == 3}
    except (ValueError, TypeError, AttributeError):
        return {}
