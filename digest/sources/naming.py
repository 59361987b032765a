"""Entries that bear one name, or one address, and are articles of their own."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

from digest.errors import BadData
from digest.model import page_name
from digest.sources.entries import Entry
from digest.sources.text.blocks import fold
from digest.sources.web.urls import canonical

_ADDRESS_SIGNS = frozenset("/#?")
FEWEST_OF_ONE_NAME = 3
"""So many entries of one guid and one address are no versions of one article: the guid means nothing."""


@dataclass(frozen=True, slots=True)
class Apart:
    """Entries told apart.

    Attributes:
        repeats: how many said just what another one of their name says.
        versions: how many were another version of an article named before them.
        shared: marks of the addresses that several articles have, for the next crawl.
    """

    entries: tuple[Entry, ...]
    repeats: int = 0
    versions: int = 0
    shared: tuple[str, ...] = ()


def told_apart(entries: Iterable[Entry], shared: Collection[str] = ()) -> Apart:
    """Give entries that say different things different names and addresses.

    Args:
        entries: of one answer.
        shared: as an earlier answer gave them: an entry left alone at such an address keeps its name.
    """
    every = tuple(entries)
    kept, repeats = _without_repeats(every)
    kept, versions = _by_guid(kept)
    found: list[str] = []
    places: dict[int, Entry] = {}
    for page, numbers in _groups(kept, _page).items():
        mark = _mark(page)
        if page and (len(numbers) > 1 or mark in shared):
            found.append(mark)
            places.update(_placed(kept, numbers))
    named = [places.get(number, entry) for number, entry in enumerate(kept)]
    single = dict[Hashable, Entry]()
    for number, entry in enumerate(named):
        single.setdefault((entry.guid, entry.place) if number in places else number, entry)
    versions += len(named) - len(single)
    return Apart(tuple(single.values()), repeats, versions, tuple(found))


def latest_apart(entries: Sequence[Entry]) -> Apart:
    """Give entries names of their own where later ones are newer versions, as in files and tables.

    Of one name, address and title the last one counts, and of a name without an address whatever the title.
    """
    latest: dict[Hashable, Entry] = {}
    for entry in entries:
        has_name_alone = entry.guid == entry.url and not _ADDRESS_SIGNS & set(entry.url)
        name = (entry.guid, entry.url, "" if has_name_alone else fold(entry.title))
        latest.pop(name, None)
        latest[name] = entry
    kept, few = _without_few_versions(list(latest.values()))
    apart = told_apart(tuple(reversed(kept)))
    versions = len(entries) - len(latest) + few + apart.versions
    return replace(apart, entries=tuple(reversed(apart.entries)), versions=versions)


def _without_few_versions(entries: list[Entry]) -> tuple[list[Entry], int]:
    """Keep the last of two entries that are named by their address alone; three are articles."""
    dropped: set[int] = set()
    for guid, numbers in _groups(entries, lambda entry: entry.guid).items():
        if len(numbers) < FEWEST_OF_ONE_NAME and all(entries[one].url == guid for one in numbers):
            dropped.update(numbers[:-1])
    return [one for number, one in enumerate(entries) if number not in dropped], len(dropped)


def told_of(apart: Apart) -> Iterable[str]:
    """Yield what is told of entries left out, by count and reason."""
    if apart.repeats:
        yield f"names {apart.repeats} entries twice; each was taken once"
    if apart.versions:
        yield f"holds {apart.versions} further versions of other entries; one of each was taken"


def _without_repeats(entries: Sequence[Entry]) -> tuple[list[Entry], int]:
    """Keep the first of those that say the same at one page, however its address is spelled."""
    kept: dict[Hashable, Entry] = {}
    for entry in entries:
        name = _twin(entry.guid, entry.base) if _is_address(entry.guid) else entry.guid
        if entry.url.strip() and (entry.summary or entry.blocks):
            name = str(entry.published)  # names may be new at each look; a podcast's texts may not
        kept.setdefault((name, _twin(entry.url, entry.base), _said(entry)), entry)
    return list(kept.values()), len(entries) - len(kept)


def _is_address(guid: str) -> bool:
    return guid.startswith(("http://", "https://"))


def _twin(url: str, base: str) -> str:
    """Return what one page's addresses share: no tracking, anchor, AMP, scheme, www or m, closing slash."""
    try:
        page = canonical(url, base) if url.strip() else ""
    except BadData:
        return url
    return page_name(page.partition("#")[0])


def _by_guid(entries: Sequence[Entry]) -> tuple[list[Entry], int]:
    """Name entries of one guid by their links, or by link and title where the guid means nothing."""
    renamed: dict[int, Entry | None] = {}
    for guid, numbers in _groups(entries, lambda entry: entry.guid).items():
        if not guid or len(numbers) == 1 or guid == entries[numbers[0]].url:
            continue  # named by their address, or by nothing but it: see `_placed`
        is_constant = len(numbers) >= FEWEST_OF_ONE_NAME
        for same in _groups(entries, lambda entry: entry.url, numbers).values():
            is_alone = len(same) == 1 and bool(entries[same[0]].url)
            for place, number in enumerate(same):
                entry = entries[number]
                if is_alone:
                    renamed[number] = replace(entry, guid=entry.url)
                elif is_constant:
                    renamed[number] = replace(entry, guid=_titled(entry))
                elif place:
                    renamed[number] = None
    found = [renamed.get(number, entry) for number, entry in enumerate(entries)]
    kept = [entry for entry in found if entry is not None]
    return kept, len(found) - len(kept)


def _placed(entries: Sequence[Entry], numbers: Sequence[int]) -> Iterable[tuple[int, Entry]]:
    """Yield entries of one page with a place in it each: the anchor, else one made of guid or title."""
    anchors = [entries[number].url.partition("#")[2] for number in numbers]
    have_own = all(anchors) and len(set(anchors)) == len(anchors)
    titles = Counter(_titled(entries[number]) for number in numbers)
    for number, anchor in zip(numbers, anchors, strict=True):
        entry = entries[number]
        guid = _titled(entry) if entry.guid == entry.url and not have_own else entry.guid
        if guid == _titled(entry) and titles[guid] >= FEWEST_OF_ONE_NAME:
            guid = f"{guid} {_said(entry)}"  # a column's name, not a title
        place = anchor if have_own else f"a{_mark(guid)[:8]}"
        yield number, replace(entry, guid=guid, place=place)


def _titled(entry: Entry) -> str:
    return f"{entry.url} {fold(entry.title) or _said(entry)}"


def _page(entry: Entry) -> str:
    try:
        return canonical(entry.url, entry.base) if entry.url.strip() else ""
    except BadData:
        return ""


def _said(entry: Entry) -> str:
    text = "\x1f".join((entry.title, entry.summary, *(str(block.text) for block in entry.blocks)))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def _groups(
    entries: Sequence[Entry], key: Callable[[Entry], str], numbers: Iterable[int] | None = None
) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number in range(len(entries)) if numbers is None else numbers:
        found[key(entries[number])].append(number)
    return found


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
