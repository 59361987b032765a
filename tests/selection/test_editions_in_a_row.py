"""Any schedule of crawls, publishings, edits and runs puts an eligible article into exactly one edition."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from digest.model import (
    AlreadySent,
    ArticleId,
    EditionKey,
    Identity,
    Newsletter,
    Schedule,
    SectionRule,
    SeenArticle,
    Selection,
    SentArticle,
    Window,
)
from digest.selection import select
from digest.selection.rules import Rule
from digest.selection.window import appears, edition_day, window_for
from tests.selection.newsroom import article, newsletter, schedule, seen

BEGIN = datetime(2026, 10, 22, tzinfo=UTC)
STEP = timedelta(minutes=30)
STEPS = 7 * 48
KINDS = (
    schedule("Europe/Berlin", "02:30", "03:30"),
    schedule("Africa/Cairo", "00:00", "06:00"),
    schedule("Australia/Lord_Howe", "22:00", "06:30"),
    schedule("Africa/Nairobi", "06:00", "06:30"),
)
LONG_STEP = timedelta(hours=3)
"""As many steps of these are six weeks."""
WEEKLY = schedule(
    "Africa/Nairobi",
    "06:00",
    "06:30",
    weekdays=frozenset({4}),
    first_window=timedelta(days=7),
    max_age=timedelta(days=9),
)
RARE_KINDS = (
    WEEKLY,
    schedule(
        "Europe/Berlin",
        "22:00",
        "06:30",
        weekdays=frozenset({6}),
        first_window=timedelta(days=7),
        max_age=timedelta(days=9),
    ),
    schedule("Africa/Cairo", "00:00", "06:00", weekdays=frozenset({0, 2, 4}), max_age=timedelta(days=5)),
)
"""Their ages are what the settings give: the longest gap between editions and 48 hours."""


@dataclass
class Published:
    """What a source holds: when a piece appears there, the date it bears, and its words now."""

    name: str
    appears: datetime
    dated: datetime | None
    words: str


@dataclass
class Desk:
    """A newsletter's whole memory: what was crawled and what each sent edition held."""

    letter: Newsletter
    store: dict[ArticleId, SeenArticle] = field(default_factory=dict)
    identities: dict[Identity, EditionKey] = field(default_factory=dict)
    recent: list[SentArticle] = field(default_factory=list)
    considered: set[ArticleId] = field(default_factory=set)
    last_cutoff: datetime | None = None
    editions: dict[EditionKey, tuple[Window, datetime, list[str]]] = field(default_factory=dict)

    def crawl(self, pieces: list[Published], now: datetime) -> None:
        for piece in pieces:
            if piece.appears > now:
                continue
            found = article(piece.name, piece.words, piece.words * 20, published=piece.dated)
            known = self.store.get(found.id)
            if known is None:
                self.store[found.id] = seen(found, first_seen=now)
            elif known.article.content_hash != found.content_hash:
                self.store[found.id] = replace(known, article=found, changed_at=now)

    def run(self, now: datetime, *, is_sent: bool) -> None:
        kind = self.letter.schedule
        key = EditionKey(self.letter.key, edition_day(kind, now))
        if key in self.editions or not appears(kind, key.day):
            return
        window = window_for(kind, key.day, last_cutoff=self.last_cutoff, now=now)
        sent = AlreadySent(
            dict(self.identities), tuple(self.recent), self.last_cutoff, frozenset(self.considered)
        )
        selection = select(list(self.store.values()), newsletter=self.letter, window=window, sent=sent)
        if is_sent and selection.sections:
            self._keep(key, selection, now)

    def _keep(self, key: EditionKey, selection: Selection, now: datetime) -> None:
        told = [
            one for section in selection.sections for story in section.stories for one in story.articles
        ]
        self.editions[key] = (selection.window, now, [one.url for one in told])
        self.last_cutoff = selection.window.end
        for one in told:
            self.identities |= dict.fromkeys(one.identities, key)
            self.recent.append(SentArticle(self.store[one.id], key, one.content_hash))
        self.considered |= {
            one.article for one in selection.decisions if not one.is_in and one.rule != Rule.AFTER_CUTOFF
        }


def words(number: int, version: int = 0) -> str:
    """Return words that no other article has."""
    noise = hashlib.sha256(f"{number}.{version}".encode()).hexdigest()
    return " ".join(noise[at : at + 8] for at in range(0, 64, 8))


steps = st.integers(min_value=0, max_value=STEPS)
pieces = st.tuples(steps, st.none() | st.integers(min_value=-80 * 2, max_value=10 * 2))

rare_pieces = st.tuples(steps, st.none() | st.integers(min_value=-8 * 10, max_value=8))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    kind=st.sampled_from(KINDS),
    published=st.lists(pieces, min_size=1, max_size=8),
    crawls=st.lists(steps, max_size=20),
    runs=st.lists(st.tuples(steps, st.booleans(), st.booleans()), max_size=14),
    edits=st.lists(st.tuples(steps, st.integers(min_value=0, max_value=7)), max_size=4),
)
@example(
    kind=KINDS[3],
    published=[(3, 0), (10, -20), (40, None), (60, -100)],
    crawls=[4, 11, 41, 61, 62],
    runs=[(6, True, True), (54, True, True), (60, True, False), (102, True, True), (150, True, True)],
    edits=[(61, 1), (63, 0)],
)
@example(  # made early, exactly at the cutoff
    kind=KINDS[3],
    published=[(0, 0), (4, 0), (54, 0), (100, 0)],
    crawls=[0, 4],
    runs=[(2, True, False), (54, True, True), (102, True, True)],
    edits=[],
)
def test_each_eligible_article_is_in_exactly_one_edition(
    kind: Schedule,
    published: list[tuple[int, int | None]],
    crawls: list[int],
    runs: list[tuple[int, bool, bool]],
    edits: list[tuple[int, int]],
) -> None:
    play(kind, STEP, published, crawls, runs, edits)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    kind=st.sampled_from(RARE_KINDS),
    published=st.lists(rare_pieces, min_size=1, max_size=8),
    crawls=st.lists(steps, max_size=20),
    runs=st.lists(st.tuples(steps, st.booleans(), st.booleans()), max_size=30),
    edits=st.lists(st.tuples(steps, st.integers(min_value=0, max_value=7)), max_size=4),
)
@example(  # published just before a weekly cutoff, met after it; made early; a week missed
    kind=WEEKLY,
    published=[(8, 0), (10, -2), (40, 0), (66, None), (120, 0), (130, 0)],
    crawls=[12],
    runs=[(9, True, True), (63, True, True), (177, True, True), (233, True, True)],
    edits=[(70, 1)],
)
def test_so_it_is_where_editions_appear_on_few_days_of_the_week(
    kind: Schedule,
    published: list[tuple[int, int | None]],
    crawls: list[int],
    runs: list[tuple[int, bool, bool]],
    edits: list[tuple[int, int]],
) -> None:
    desk = play(kind, LONG_STEP, published, crawls, runs, edits)

    assert {key.day.weekday() for key in desk.editions} <= kind.weekdays


def play(
    kind: Schedule,
    step: timedelta,
    published: list[tuple[int, int | None]],
    crawls: list[int],
    runs: list[tuple[int, bool, bool]],
    edits: list[tuple[int, int]],
) -> Desk:
    """Live through all steps; each eligible article is in exactly one edition then."""
    desk = Desk(replace(newsletter(SectionRule("all", "All", max_items=1000)), schedule=kind))
    sources = [
        Published(
            name=str(number),
            appears=BEGIN + at * step,
            dated=None if shift is None else BEGIN + (at + shift) * step,
            words=words(number),
        )
        for number, (at, shift) in enumerate(published)
    ]
    for now_at in range(STEPS + 1):
        now = BEGIN + now_at * step
        for at, number in edits:
            if at == now_at and number < len(sources):
                sources[number].words = words(number, at + 1)
        if now_at in crawls:
            desk.crawl(sources, now)
        for at, is_sent, crawls_first in runs:
            if at == now_at:
                if crawls_first:
                    desk.crawl(sources, now)
                desk.run(now, is_sent=is_sent)

    told = [url for _, _, urls in desk.editions.values() for url in urls]
    assert len(told) == len(set(told))
    for one in desk.store.values():
        expected = first_edition_for(one, desk)
        if expected is not None:
            assert one.article.url in desk.editions[expected][2]
    return desk


def first_edition_for(one: SeenArticle, desk: Desk) -> EditionKey | None:
    """Return the first sent edition that could know the article, where it isn't too old for that one."""
    effective = one.article.published or one.first_seen
    for number, (key, (window, made, _)) in enumerate(desk.editions.items()):
        if one.first_seen <= made and effective < window.end:
            oldest = window.start if number == 0 else window.end - desk.letter.schedule.max_age
            return key if effective >= oldest else None
    return None
