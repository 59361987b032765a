"""All the cases of a day in one table: what is in, what is out, and by which rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from digest.model import AlreadySent, Article, EditionKey, Identity, SeenArticle
from digest.selection.eligibility import Ledger, effective_time, judge
from digest.selection.rules import Rule
from digest.selection.window import cutoff, window_for
from tests.selection.newsroom import DAY, END, NOTHING_SENT, YESTERDAY, already, article, schedule, seen

case = pytest.param
H = timedelta(hours=1)
TICK = timedelta(microseconds=1)
LATER = AlreadySent({}, (), DAY.start)
"""A ledger with a sent edition that held nothing of what is asked about."""


def piece(hours: float, name: str = "quay", **more: Any) -> Article:
    """Return an article published so many hours before the cutoff."""
    return article(name, "Quay reopens", "The old quay reopens.", published=END - hours * H, **more)


def met(one: Article, hours: float, **more: Any) -> SeenArticle:
    """Return it as first seen so many hours before the cutoff."""
    return seen(one, first_seen=END - hours * H, **more)


def undated(name: str = "quay") -> Article:
    return article(name, "Quay reopens", "The old quay reopens.")


def dated(day: str) -> Article:
    return article("quay", "Quay reopens", published_on=date.fromisoformat(day))


def weighed(one: SeenArticle) -> AlreadySent:
    return AlreadySent({}, (), DAY.start, frozenset({one.article.id}))


def changed(one: SeenArticle) -> SeenArticle:
    return replace(one, article=replace(one.article, title="Quay reopens: corrected"), changed_at=END - H)


quay = met(piece(30), 30)
reused = EditionKey("morning", date(2026, 11, 20))
by_guid = AlreadySent({Identity("guid:harbour|7"): YESTERDAY}, (), DAY.start)

CASES: Sequence[Any] = [
    # (article, ledger, rule that keeps it out or None)
    case(met(piece(1), 1), LATER, None, id="an hour before the cutoff"),
    case(met(piece(0), 0), LATER, Rule.AFTER_CUTOFF, id="exactly at the cutoff"),
    case(seen(article("a", published=END - TICK)), LATER, None, id="a microsecond before the cutoff"),
    case(met(piece(24), 24), LATER, None, id="exactly at the last cutoff: this edition's"),
    case(met(piece(24.01), 24.01), LATER, Rule.BEFORE_WINDOW, id="just before the last cutoff, known then"),
    case(met(piece(1), -0.3), LATER, None, id="published before the cutoff, crawled after it"),
    case(met(piece(30), 20), LATER, None, id="a late arrival"),
    case(met(piece(71.9), 20), LATER, None, id="late arrival just within max_age"),
    case(met(piece(72), 20), LATER, None, id="late arrival exactly at max_age"),
    case(met(piece(72.1), 20), LATER, Rule.TOO_OLD, id="late arrival past max_age"),
    case(
        met(piece(30), 20, is_backlog=True),
        LATER,
        Rule.BEFORE_WINDOW,
        id="a new source's archive isn't late",
    ),
    case(met(piece(3), 1, is_backlog=True), LATER, None, id="a new source's fresh article"),
    case(met(piece(-2), 1), LATER, Rule.AFTER_CUTOFF, id="post-dated by two hours waits"),
    case(met(piece(-2), 23), LATER, Rule.AFTER_CUTOFF, id="post-dated, though seen long ago"),
    case(met(piece(-24 * 900), 1), LATER, Rule.AFTER_CUTOFF, id="dated years ahead"),
    case(met(piece(2), 30), LATER, None, id="post-dated then, due today"),
    case(met(undated(), 1), LATER, None, id="undated counts from when it was seen"),
    case(met(undated(), 30), LATER, Rule.BEFORE_WINDOW, id="undated, seen before the last cutoff"),
    case(met(undated(), 1, is_backlog=True), LATER, Rule.UNDATED, id="undated in a first crawl"),
    case(met(undated(), -0.5), LATER, Rule.AFTER_CUTOFF, id="undated, seen after the cutoff"),
    case(met(dated("2026-11-23"), 2), LATER, None, id="a bare date, today, seen today"),
    case(met(dated("2026-11-22"), 2), LATER, None, id="a bare date, yesterday, counts to its end"),
    case(met(dated("2026-11-22"), 20), LATER, None, id="a bare date counts from when it was seen that day"),
    case(met(dated("2026-11-20"), 2), LATER, None, id="a bare date three days back, seen today"),
    case(met(dated("2026-11-19"), 2), LATER, Rule.TOO_OLD, id="a bare date four days back"),
    case(met(dated("2026-11-23"), -2), LATER, Rule.AFTER_CUTOFF, id="a bare date, seen after the cutoff"),
    case(met(dated("2026-11-24"), 2), LATER, Rule.AFTER_CUTOFF, id="a bare date tomorrow"),
    case(
        seen(article("a", published=END - 2 * H, updated=END - 9 * H)),
        LATER,
        None,
        id="updated before published",
    ),
    case(
        seen(article("a", published=END - 40 * H, updated=END - H), first_seen=END - 40 * H),
        LATER,
        Rule.BEFORE_WINDOW,
        id="a new update stamp alone makes nothing new",
    ),
    case(met(piece(23), 23), NOTHING_SENT, None, id="first run ever: the last day"),
    case(
        met(piece(25), 0.5, is_backlog=True),
        NOTHING_SENT,
        Rule.BEFORE_WINDOW,
        id="first run ever: not the archive",
    ),
    case(met(undated(), 0.5), NOTHING_SENT, None, id="first run ever: a folder's undated file"),
    case(quay, already(quay), Rule.ALREADY_SENT, id="yesterday's edition holds it"),
    case(changed(quay), already(quay), Rule.CORRECTION_OFFERED, id="sent, and changed since"),
    case(
        met(piece(2), 2),
        AlreadySent({Identity("url:harbour.example/quay"): reused}, (), DAY.start),
        Rule.ALREADY_SENT,
        id="an edition long ago holds its address",
    ),
    case(
        met(piece(2, url="http://harbour.example/quay"), 2),
        already(quay),
        Rule.ALREADY_SENT,
        id="the site moved from https to http",
    ),
    case(
        met(piece(30, "moved", guid="7"), 30),
        by_guid,
        Rule.ALREADY_SENT,
        id="a new address under the old guid",
    ),
    case(met(piece(2, "another", guid="7"), 2), by_guid, None, id="the guid given to another article"),
    case(
        met(article("another", "Quay", guid="7"), 2),
        by_guid,
        Rule.ALREADY_SENT,
        id="an undated one under the old guid",
    ),
    case(met(piece(2, guid="7", source="coast"), 2), by_guid, None, id="the same guid from another source"),
    case(met(piece(2), 2, gone_at=END - H), LATER, Rule.GONE, id="its page is gone"),
    case(
        met(piece(20), 20), weighed(met(piece(20), 20)), Rule.WEIGHED_BEFORE, id="lost by quota: not again"
    ),
    case(
        changed(met(piece(20), 20)), weighed(met(piece(20), 20)), None, id="lost by quota, rewritten since"
    ),
    case(
        replace(changed(met(piece(40), 40)), changed_at=END - 30 * H),
        weighed(met(piece(40), 40)),
        Rule.WEIGHED_BEFORE,
        id="lost by quota, rewritten before it was weighed",
    ),
    case(changed(met(piece(40), 40)), LATER, None, id="known before, rewritten since, never sent"),
    case(met(article("a", published=END - H), 1), LATER, None, id="no title, no text"),
]


@pytest.mark.parametrize(("one", "ledger", "rule"), CASES)
def test_every_case_of_a_day(one: SeenArticle, ledger: AlreadySent, rule: Rule | None) -> None:
    verdict = judge(one, window=DAY, schedule=schedule(), ledger=Ledger.of(ledger))

    assert verdict.rule is rule
    assert bool(verdict.reason) is (rule is not None)


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert len(CASES) >= 35


@pytest.mark.parametrize(
    ("one", "ledger", "rule"),
    [
        pytest.param(met(piece(90), 90), LATER, None, id="too old"),
        pytest.param(met(piece(30), 30), LATER, None, id="before the window"),
        pytest.param(met(piece(-0.1), -0.2), LATER, None, id="published after the cutoff and seen since"),
        pytest.param(met(undated(), 1, is_backlog=True), LATER, None, id="undated archive"),
        pytest.param(met(piece(20), 20), weighed(met(piece(20), 20)), None, id="weighed before"),
        pytest.param(
            met(piece(-48), 1), LATER, Rule.AFTER_CUTOFF, id="but nothing dated ahead of its crawl"
        ),
        pytest.param(quay, already(quay), Rule.ALREADY_SENT, id="but nothing twice"),
        pytest.param(met(piece(2), 2, gone_at=END), LATER, Rule.GONE, id="but nothing gone"),
    ],
)
def test_a_pin_overrides_time_and_nothing_else(
    one: SeenArticle, ledger: AlreadySent, rule: Rule | None
) -> None:
    verdict = judge(one, window=DAY, schedule=schedule(), ledger=Ledger.of(ledger), is_pinned=True)

    assert verdict.rule is rule


def test_an_exclude_beats_a_pin() -> None:
    one = met(piece(1), 1)

    verdict = judge(
        one, window=DAY, schedule=schedule(), ledger=Ledger.of(LATER), is_pinned=True, is_excluded=True
    )

    assert verdict.rule is Rule.EXCLUDED


def test_a_correction_names_the_command() -> None:
    verdict = judge(changed(quay), window=DAY, schedule=schedule(), ledger=Ledger.of(already(quay)))

    assert "`digest correct morning/2026-11-22`" in verdict.reason


@pytest.mark.parametrize(
    ("zone", "day", "first_seen", "expected"),
    [
        pytest.param(
            "Africa/Cairo",
            "2026-04-24",
            "2026-04-20T00:00",
            "2026-04-23T22:00",
            id="no midnight, seen before",
        ),
        pytest.param(
            "Africa/Cairo", "2026-04-24", "2026-04-24T09:00", "2026-04-24T09:00", id="seen that day"
        ),
        pytest.param(
            "Europe/Berlin", "2026-10-25", "2026-10-27T00:00", "2026-10-25T22:59:59.999999", id="a 25 h day"
        ),
        pytest.param(
            "Pacific/Apia", "2011-12-30", "2012-01-05T00:00", "2011-12-30T10:00", id="a day of 0 h"
        ),
    ],
)
def test_a_bare_date_stays_within_its_local_day(
    zone: str, day: str, first_seen: str, expected: str
) -> None:
    one = seen(dated(day), first_seen=datetime.fromisoformat(first_seen).replace(tzinfo=UTC))

    assert effective_time(one, ZoneInfo(zone)) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        pytest.param("Europe/Berlin", "2026-03-29", 23, id="23 h"),
        pytest.param("Europe/Berlin", "2026-10-25", 25, id="25 h"),
        pytest.param("Australia/Lord_Howe", "2026-10-04", 23.5, id="23.5 h"),
        pytest.param("Australia/Lord_Howe", "2026-04-05", 24.5, id="24.5 h"),
    ],
)
def test_a_day_of_another_length_loses_and_doubles_nothing(zone: str, day: str, hours: float) -> None:
    kind = schedule(zone)
    today = date.fromisoformat(day)
    window = window_for(kind, today, last_cutoff=cutoff(kind, today - timedelta(days=1)))
    before = window_for(kind, today - timedelta(days=1), last_cutoff=window.start - 24 * H)

    assert window.end - window.start == timedelta(hours=hours)
    for moment in (window.start, window.end - TICK):
        one = seen(article("a", published=moment))
        verdicts = [
            judge(one, window=w, schedule=kind, ledger=Ledger.of(LATER)).rule for w in (before, window)
        ]
        assert verdicts == [Rule.AFTER_CUTOFF, None]


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        ("", "It has no date and came with its source's archive."),
        (
            "'30 Feb' is not a date that can be read",
            "Its date '30 Feb' is not a date that can be read, and it came with its source's archive.",
        ),
    ],
)
def test_an_undated_article_s_reason_says_what_is_wrong_with_its_date(problem: str, said: str) -> None:
    one = met(replace(undated(), date_problem=problem), 1, is_backlog=True)

    found = judge(one, window=DAY, schedule=schedule(), ledger=Ledger.of(LATER))

    assert (found.rule, found.reason) == (Rule.UNDATED, said)
