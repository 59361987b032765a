"""No story twice to one reader, none lost to another: whatever editions share, in whatever order."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Select, create_engine, text

from digest.editions.variants import choose, narrow
from digest.errors import EditionConflict
from digest.model import Edition, EditionKey, Section, StoryLabel, Variant
from digest.model.repeats import Repeats
from digest.storage.database import Database, open_database
from digest.testing.builders import a_newsletter
from tests.storage.samples import (
    DAY,
    HASH,
    NOW,
    Reader,
    add_readers,
    article,
    audience,
    edition,
    item,
    readers,
    rendered,
)

SINCE = NOW - timedelta(days=15)
SECTIONS = ("harbour", "town")
STORIES = st.lists(st.integers(1, 7), min_size=1, max_size=5, unique=True)
TOPICS = st.sampled_from(("", "harbour", "town"))


def made(name: str, stories: list[int]) -> Edition:
    """Return an edition of these stories, the odd ones about the harbour."""
    of = {
        key: tuple(item(article(number)) for number in stories if number % 2 == odd)
        for key, odd in zip(SECTIONS, (1, 0), strict=True)
    }
    sections = tuple(Section(key, key.title(), items) for key, items in of.items() if items)
    return replace(edition(EditionKey(name, DAY)), sections=sections)


def told(of: Edition) -> list[str]:
    return [one.article for one in of.items]


def freeze(database: Database, of: Edition, who: Select[tuple[str, ...]], names: list[str]) -> Repeats:
    """Freeze as the job does, and return what was known of other editions."""
    database.editions.save_draft(of, (), expected_revision=0, now=NOW)
    database.editions.approve(of.key, HASH, by="editor", now=NOW)
    repeats = database.ledger.repeats(of.key, names, since=SINCE)
    newsletter = replace(a_newsletter(of.key.newsletter), sections=())
    wanted = choose(of, newsletter, database.ledger.wanted(who, repeats), frozenset({"en"}))
    variants = [
        replace(rendered(one), is_empty=not narrow(of, one.topics, one.had).items) for one in wanted
    ]
    database.ledger.freeze(of.key, variants, who, now=NOW, repeats=repeats)
    return repeats


def got(database: Database, of: Edition, url: str) -> dict[str, list[str]]:
    """Return the articles that each reader of an edition is sent."""
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT d.subscriber FROM delivery d JOIN edition e ON e.id = d.edition_id"
                " JOIN stretch s ON s.edition_id = d.edition_id"
                " AND d.number BETWEEN s.first_number AND s.last_number"
                " WHERE e.newsletter = :name AND s.state <> 'skipped'"
            ),
            {"name": of.key.newsletter},
        ).scalars()
        who = list(rows)
    engine.dispose()
    found = {}
    for one in who:
        variant = database.results.variant_of(of.key, one)
        assert variant is not None
        found[one] = told(narrow(of, variant.topics, variant.had))
    return found


@settings(
    deadline=None,
    max_examples=40,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    days=st.lists(st.tuples(STORIES, st.sets(st.integers(0, 3))), min_size=2, max_size=4),
    topics=st.tuples(TOPICS, TOPICS, TOPICS, TOPICS),
)
def test_nobody_gets_a_story_twice_and_nobody_misses_one_they_had_not(
    migrated_sqlite: Path, days: list[tuple[list[int], set[int]]], topics: tuple[str, ...]
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "digest.db"
        shutil.copy(migrated_sqlite, path)
        url = f"sqlite:///{path}"
        people = [Reader(f"r{number}", topics=topic) for number, topic in enumerate(topics)]
        add_readers(url, people)
        database = open_database(url)
        names = [f"n{place}" for place in range(len(days))]
        had: dict[str, Counter[str]] = {one.id: Counter() for one in people}
        try:
            for name, (stories, members) in zip(names, days, strict=True):
                of = made(name, stories)
                ids = [people[number].id for number in sorted(members)]
                freeze(database, of, audience().where(readers.c.id.in_(ids)), names)
                sent = got(database, of, url)
                for one in (people[number] for number in members):
                    due = told(narrow(of, (one.topics,) if one.topics else ()))
                    if one.topics not in {"", *(section.key for section in of.sections)}:
                        due = told(of)
                    assert sent.get(one.id, []) == [each for each in due if not had[one.id][each]]
                    had[one.id].update(sent.get(one.id, []))
                tally = database.ledger.tally(of.key)
                assert (tally.frozen, tally.adds_up) == (len(ids), True)
        finally:
            database.close()
    assert all(times == 1 for counter in had.values() for times in counter.values())


@pytest.fixture
def url(database: Database, database_url: str) -> str:
    add_readers(database_url, [Reader("r1"), Reader("r2")])
    return database_url


def test_an_edition_frozen_meanwhile_is_found_out(database: Database, url: str) -> None:
    del url
    first, second = made("n0", [1, 2]), made("n1", [2, 3])
    database.editions.save_draft(second, (), expected_revision=0, now=NOW)
    database.editions.approve(second.key, HASH, by="editor", now=NOW)
    before = database.ledger.repeats(second.key, ["n0", "n1"], since=SINCE)
    freeze(database, first, audience(), ["n0", "n1"])

    with pytest.raises(EditionConflict, match="frozen meanwhile"):
        database.ledger.freeze(second.key, [rendered()], audience(), now=NOW, repeats=before)

    assert database.ledger.tally(second.key).frozen == 0


def test_an_update_is_a_story_of_its_own(database: Database, url: str) -> None:
    first, second = made("n0", [1]), made("n1", [1])
    (section,) = second.sections
    updated = replace(section, items=tuple(replace(one, label=StoryLabel.UPDATE) for one in section.items))
    freeze(database, first, audience(), ["n0", "n1"])

    freeze(database, replace(second, sections=(updated,)), audience(), ["n0", "n1"])

    assert got(database, second, url)["r1"] == told(second)


def test_who_was_skipped_there_gets_it_here(database: Database, url: str) -> None:
    first, second = made("n0", [1]), made("n1", [1])
    freeze(database, first, audience(), ["n0", "n1"])
    database.ledger.skip(first.key, "unsubscribed")

    freeze(database, second, audience(), ["n0", "n1"])

    assert got(database, second, url)["r1"] == told(second)


def test_newsletters_that_are_not_named_do_not_count(database: Database, url: str) -> None:
    first, second = made("n0", [1]), made("n1", [1])
    freeze(database, first, audience(), ["n0"])

    repeats = freeze(database, second, audience(), ["n1"])

    assert repeats.sharing == ()
    assert got(database, second, url)["r1"] == told(second)
    assert database.results.variant_of(second.key, "r1") == Variant()
