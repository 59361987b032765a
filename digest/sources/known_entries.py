"""Entries that an earlier crawl read: known again by what they say, and not read anew.

Of a feed's entries nine in ten were there yesterday. What an entry of the same bytes would give is what the
store holds, so long as nothing else that reading depends on has changed: this code, the source's settings,
what the entry takes over from its feed. Whatever has, everything is read anew.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version

from digest.errors import BadData
from digest.model import ArticleId
from digest.sources.entries import Entry, Profile
from digest.sources.pages.full_pages import FullText
from digest.sources.web.urls import canonical

READING = 2
"""Raised where the same entry would give another article: then every entry is read once more.

So it is with every release, whether somebody thought of raising this or not.
"""

MAX_ENTRIES = 1500
"""Entries that are remembered of a source beside those that it holds now."""

_APART = ":"


class KnownEntries:
    """What is remembered of a source's entries: for each article the mark of the entry it was read from.

    An article has one mark, its latest: an entry that is corrected, and then put back, is read both times.

    Attributes:
        kept: the articles whose entries this crawl met again and did not read.
    """

    def __init__(self, entries: Mapping[ArticleId, str]) -> None:
        """Begin with what an earlier crawl kept, the latest last."""
        self._entries = dict(entries)
        self._articles = {mark: article for article, mark in entries.items()}
        self._raw = {mark.partition(_APART)[0]: mark for mark in self._articles if _APART in mark}
        self.kept: list[ArticleId] = []
        self._added = 0

    def raw(self, content: bytes) -> str:
        """Return the whole mark of an entry of these bytes; empty where none is known."""
        return self._raw.get(_hashed(content, 16), "")

    def holds(self, mark: str) -> bool:
        """Tell whether an entry that says just this is known.

        One known by its bytes is not: whoever parsed it all the same did so to name it anew.
        """
        return _APART not in mark and mark in self._articles

    def keep(self, mark: str) -> ArticleId:
        """Note that a known entry was met again, and return its article's id."""
        article = self._articles[mark]
        self.kept.append(article)
        self._entries[article] = self._entries.pop(article, mark)
        return article

    def add(self, article: ArticleId, mark: str) -> None:
        """Remember an entry that was read, with all that could be had, as the latest."""
        self._entries.pop(article, None)
        self._entries[article] = mark
        self._added += 1

    def drop(self, article: ArticleId) -> None:
        """Forget an entry: another crawl may make more of it."""
        self._entries.pop(article, None)

    def entries(self) -> dict[ArticleId, str]:
        """Return what the next crawl is given."""
        most = MAX_ENTRIES + len(self.kept) + self._added
        return dict(list(self._entries.items())[-most:])


def reading_of(profile: Profile, full_text: FullText) -> str:
    """Return what stands for everything that reading an entry depends on beside the entry."""
    parts = (READING, _release(), profile.key, profile.zone, profile.publisher, profile.language, full_text)
    return _hashed("\x1f".join(map(str, parts)).encode(), 16)


def mark_of(entry: Entry) -> str:
    """Return the mark of an entry by all that its source said of it."""
    return _hashed(repr(replace(entry, where="", mark="")).encode("utf-8", "replace"), 16)


def raw_mark(entry: Entry, content: bytes, head: str) -> str:
    """Return the mark of an entry by its bytes, with its name and its page for `are_apart`.

    Args:
        head: what stands for all that entries take over from their feed.
    """
    return _APART.join((_hashed(content, 16), *_names(entry), _head_mark(head)))


def are_apart(fresh: Iterable[Entry], known: Sequence[str], head: str) -> bool:
    """Tell whether new entries can be read without the known ones that are still there.

    Not where the feed's head differs from what it was; not where a new one has the name or the page of a
    known one, or a known one is there twice: which is which shows only where all are read.
    """
    guids, pages = set(), set()
    same = _head_mark(head)
    for mark in known:
        _, guid, page, before = mark.split(_APART)
        if before != same:
            return False
        guids.add(guid)
        pages.add(page)
    pages.discard("")
    if len(set(known)) < len(known):
        return False
    return not any(guid in guids or page in pages for guid, page in map(_names, fresh))


def _names(entry: Entry) -> tuple[str, str]:
    try:
        page = canonical(entry.url, entry.base) if entry.url.strip() else ""
    except BadData:
        page = ""
    guid = _hashed(entry.guid.encode("utf-8", "replace"), 8)
    return guid, _hashed(page.encode("utf-8", "replace"), 8) if page else ""


@functools.lru_cache(maxsize=16)
def _head_mark(head: str) -> str:
    return _hashed(head.encode("utf-8", "replace"), 8)


def _hashed(content: bytes, digits: int) -> str:
    return hashlib.sha256(content).hexdigest()[:digits]


@functools.cache
def _release() -> str:
    try:
        return version("newsroom-digest")
    except PackageNotFoundError:  # run from a folder that was never installed
        return ""
