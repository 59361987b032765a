"""One entry of any source to one Article: what feeds, files and APIs have in common."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import quote, unquote
from zoneinfo import ZoneInfo

from digest.errors import BadData, TookTooLong
from digest.model import Article, CanonicalUrl, Image, Problem, SourceKey
from digest.sources.dates import reading as dates
from digest.sources.pages.appeared import without_own_end, without_own_line
from digest.sources.pages.cleaning import clean, clean_summary
from digest.sources.pages.headlines import clean_title
from digest.sources.pages.labels import label_of, title_says
from digest.sources.text.blocks import Block, fold, shorten, to_passages
from digest.sources.text.bounds import MAX_TEXT, bounded
from digest.sources.text.fields import clean_byline, language_tag, unique_tags
from digest.sources.text.patience import WORK, Clock, check, patience
from digest.sources.web.urls import canonical, shown, shown_link

MAX_TITLE = 300
MAX_GUID = 500
MAX_FIELD = 20_000
"""In characters: how much of a title or summary is read."""
TITLE_FROM_TEXT = 80
_SAFE = "!$&'()*+,;=:@/~-._?"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Profile:
    """What the settings say about a source.

    Attributes:
        zone: for stamps that name none.
        publisher: the name readers know it by; the source's own title where empty.
        language: BCP 47; for articles whose source names none.
    """

    key: SourceKey
    zone: ZoneInfo
    publisher: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as its source gave it: text plain, dates raw, nothing checked.

    Attributes:
        where: names it in problems (`https://…, entry 3`).
        url: absolute, or relative to `base`.
        blocks: the body, uncleaned.
        is_partial: the source itself says, or shows, that the body goes on elsewhere.
        needs_page: the source knows little but the address; `title` is a guess that the page's beats.
        form: the kind of piece that the source's data say it is; see `Article.form`.
        picture_problem: what to tell where none of its pictures can go into a mail.
        place: what tells it from other articles at its address; a fragment of the article's URL.
        mark: what its bytes are known again by, where its source tells (`digest.sources.known_entries`).
    """

    where: str
    url: str
    base: str = ""
    guid: str = ""
    title: str = ""
    byline: str = ""
    published: object = ""
    updated: object = ""
    summary: str = ""
    blocks: Sequence[Block] = ()
    language: str = ""
    tags: Sequence[str] = ()
    image: Image | None = None
    publisher: str = ""
    is_partial: bool = False
    needs_page: bool = False
    place: str = ""
    form: str = ""
    picture_problem: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """An entry read: an article where it can be one, and what was wrong.

    Attributes:
        is_provisional: a date too far ahead was left out; another day it may be believed.
    """

    article: Article | None
    problems: tuple[Problem, ...] = ()
    is_provisional: bool = False


def each_alone(
    makers: Iterable[tuple[str, Callable[[str], Entry]]], clock: Clock = WORK
) -> list[Entry | Problem]:
    """Make entries of a source's own items, each on its own: one that breaks its reader is a problem.

    Args:
        makers: what each is called in problems, and what makes its entry, given that name.
        clock: what counts the time that each may take.
    """
    found: list[Entry | Problem] = []
    for where, make in makers:
        try:
            with patience(clock):
                found.append(make(where))
        except TookTooLong as error:
            found.append(Problem(where, str(error)))
        except Exception as error:  # noqa: BLE001 - a stranger's item, and libraries that read it
            found.append(broken(where, error))
    return found


def parted(made: Iterable[Entry | Problem]) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """Return the entries that were made, and the problems of those that were not."""
    listed = list(made)
    entries = tuple(one for one in listed if isinstance(one, Entry))
    return entries, tuple(one for one in listed if isinstance(one, Problem))


def broken(where: str, error: Exception) -> Problem:
    """Return what is told of an entry that breaks its reader."""
    log.warning("%s breaks its reader", where, exc_info=error)
    return Problem(where, f"can't be read ({type(error).__name__}); it was left out, the others were kept")


def read_entry(entry: Entry, profile: Profile, *, now: datetime, clock: Clock = WORK) -> Read:
    """Return the entry's article; one without a usable address, or without any text, is a problem.

    So is one that breaks its reader, or takes too long; one whose text is longer than any article is cut.

    Args:
        entry: as its source gave it.
        profile: of the source.
        now: bounds the dates that can be believed.
        clock: what counts the time that it may take.
    """
    try:
        blocks, is_cut = bounded(entry.blocks)
        title, summary = entry.title[:MAX_FIELD], entry.summary[:MAX_FIELD]
        with patience(clock):
            if (blocks, title, summary) != (entry.blocks, entry.title, entry.summary):
                entry = replace(entry, blocks=blocks, title=title, summary=summary)
            read = _read(entry, profile, now=now)
    except TookTooLong as error:
        return Read(None, (Problem(entry.where, f"{shown(entry.url)} {error}"),))
    except Exception as error:  # noqa: BLE001 - a stranger's entry costs itself only
        return Read(None, (broken(entry.where, error),))
    if not is_cut:
        return read
    what = f"has a text longer than {MAX_TEXT} characters; the rest was left out"
    return replace(read, problems=(*read.problems, Problem(entry.where, what)))


def _read(entry: Entry, profile: Profile, *, now: datetime) -> Read:
    if not entry.url.strip():
        return Read(
            None, (Problem(entry.where, f"{entry.title or 'it'!r} has no address; it was left out"),)
        )
    try:
        url = _placed(canonical(entry.url, entry.base), entry.place)
        link = shown_link(entry.url, entry.base)
    except BadData as error:
        return Read(None, (Problem(entry.where, f"has no usable address: {error}"),))
    language = language_tag(entry.language) or language_tag(profile.language)
    publisher = profile.publisher or entry.publisher
    summary = clean_summary(fold(entry.summary), entry.title)
    title = clean_title(fold(entry.title), entry.publisher or publisher)
    title = clean_title(title, publisher) or _title_from(summary, entry.blocks)
    if not title:
        return Read(None, (Problem(entry.where, f"{url} has neither a title nor any text"),))
    summary = without_own_end(summary, title, (profile.publisher, entry.publisher))
    stamps = read_stamps(entry, profile.zone, now=now, language=language)
    check()
    byline = clean_byline(entry.byline)
    blocks = without_own_line(entry.blocks, title, (profile.publisher, entry.publisher))
    if byline and " " not in byline and byline.casefold() in {tag.strip().casefold() for tag in entry.tags}:
        byline = ""  # many feeds name the section for want of an author
    label = label_of(
        title, (*([entry.summary] if entry.summary else ()), *entry.blocks), entry.tags, asks_foot=True
    )
    title = title if not label or title_says(title, label) else f"{label}: {title}"
    article = Article(
        source=profile.key,
        url=url,
        title=shorten(title, MAX_TITLE),
        guid=_guid(entry.guid),
        byline=byline,
        published=stamps.published,
        published_on=stamps.published_on,
        updated=stamps.updated,
        summary=summary,
        passages=to_passages(clean(blocks, title=title, byline=byline, publisher=publisher)),
        language=language,
        tags=unique_tags(entry.tags),
        image=entry.image,
        publisher=publisher,
        date_problem=stamps.date_problem,
        link=link if link != url else "",
        label=label,
        form=entry.form,
    )
    pictures = (Problem(entry.where, entry.picture_problem),) if entry.picture_problem else ()
    return Read(article, (*stamps.problems, *pictures), stamps.is_provisional)


@dataclass(frozen=True, slots=True)
class Stamps:
    """An article's dates, read and believed.

    Attributes:
        date_problem: see `Article.date_problem`.
    """

    published: datetime | None = None
    published_on: date | None = None
    updated: datetime | None = None
    problems: tuple[Problem, ...] = ()
    is_provisional: bool = False
    date_problem: str = ""


def read_stamps(entry: Entry, zone: ZoneInfo, *, now: datetime, language: str) -> Stamps:
    """Read both raw dates; where only the update is dated, that is the publication."""
    problems: list[Problem] = []
    told: list[str] = []
    readings: list[dates.Reading] = []
    for name, raw in (("publication", entry.published), ("update", entry.updated)):
        is_missing = raw is None or raw == ""
        reading = dates.Reading() if is_missing else dates.read(raw, zone=zone, now=now, language=language)
        if reading.problem:
            told.append(f"{str(raw)[:60]!r} {reading.problem}")
            problems.append(Problem(entry.where, f"its {name} date {told[-1]}"))
        readings.append(reading)
    first, second = readings
    is_provisional = any("ahead" in reading.problem for reading in readings)
    if first.at is None and first.on is None:
        first, second = second, dates.Reading()
    changed = second.at if second.at != first.at else None
    is_undated = first.at is None and first.on is None
    date_problem = told[0] if told and is_undated else ""
    return Stamps(first.at, first.on, changed, tuple(problems), is_provisional, date_problem)


def moment_of(entry: Entry, profile: Profile, *, now: datetime) -> datetime | None:
    """Return when an entry's article was changed or published, and read nothing else of it."""
    language = language_tag(entry.language) or language_tag(profile.language)
    stamps = read_stamps(entry, profile.zone, now=now, language=language)
    return stamps.updated or stamps.published


def place_of(name: str) -> str:
    """Return what tells an entry without an address from the others at its channel's."""
    return "a" + hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:8]


def _placed(url: CanonicalUrl, place: str) -> CanonicalUrl:
    return CanonicalUrl(f"{url}#{quote(unquote(place), safe=_SAFE)}") if place and "#" not in url else url


def _guid(raw: str) -> str:
    guid = raw.strip()
    return guid if len(guid) <= MAX_GUID else hashlib.sha256(guid.encode("utf-8", "replace")).hexdigest()


def _title_from(summary: str, blocks: Iterable[Block]) -> str:
    text = summary or next((block.text for block in blocks), "")
    return shorten(text, TITLE_FROM_TEXT)
