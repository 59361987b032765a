"""Editions and articles are found by their words, the same on both databases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select, text

from digest.model import Article, Blurb, BlurbSentence, CanonicalUrl, EditionKey, Passage
from digest.model.desk import Correction
from digest.ports import Collected
from digest.storage import database as schema
from digest.storage.database import Database
from digest.storage.searching.tables import article_words
from digest.storage.searching.words import Sought, sought, tokens_of
from tests.storage.samples import KEY, NOW, SOURCE, article, edition, item
from tests.storage.searching.asked import ASKED, CASES
from tests.storage.searching.test_words import TEXTS
from tests.storage.test_schema import upgraded

NOTHING = Sought(())
LONG_AGO = NOW - timedelta(days=400)


def told(database: Database, day: str, *headlines: str, subject: str = "", slot: str = "") -> EditionKey:
    """Keep a draft of these stories."""
    key = EditionKey("morning", date.fromisoformat(day), slot)
    held = [
        article(
            1000 + number,
            url=CanonicalUrl(f"https://harbour.example/{day}{slot}/{number}"),
            title=line,
            guid="",
        )
        for number, line in enumerate(headlines)
    ]
    draft = edition(key, held)
    if subject:
        draft = replace(draft, subject=subject)
    database.editions.save_draft(draft, (), expected_revision=0, now=NOW)
    return key


def collected(database: Database, *articles: Article) -> None:
    database.articles.record(
        SOURCE, Collected(articles=articles), undated_count_from_first_seen=False, now=NOW
    )


def days(database: Database, wanted: str, **more: object) -> list[int]:
    found = database.looking_back.editions("morning", sought(wanted), limit=9, **more)  # type: ignore[arg-type]
    return [one.edition.key.day.day for one in found]


def titles(database: Database, wanted: str, **more: object) -> list[str]:
    found = database.looking_back.articles([SOURCE], sought(wanted), limit=9, **more)  # type: ignore[arg-type]
    return [one.seen.article.title for one in found]


@pytest.mark.parametrize(
    ("said", "wanted", "is_there"), [one for one in TEXTS if "half a sign" not in str(one.id)]
)
def test_the_database_finds_what_the_text_says(
    database: Database, said: str, wanted: str, is_there: bool
) -> None:
    told(database, "2026-11-20", said)
    collected(database, article(1, title="Nothing", passages=(Passage((said,)),)))

    assert bool(days(database, wanted)) is is_there
    assert bool(titles(database, wanted)) is is_there


@pytest.mark.parametrize(
    ("said", "wanted", "is_there"), [one for one in CASES if one.values[2] is not None]
)
def test_both_databases_find_it_however_it_is_asked_for(
    database: Database, said: str, wanted: str, is_there: bool
) -> None:
    told(database, "2026-11-20", said)

    assert bool(days(database, wanted)) is is_there


def test_both_databases_find_what_is_asked_for_and_nothing_else(database: Database) -> None:
    """All texts lie there at once: each search tells exactly those that say it."""
    said = dict.fromkeys(one[0] for one in ASKED)
    collected(database, *(article(number, title=line) for number, line in enumerate(said)))

    for wanted in dict.fromkeys(one[1] for one in ASKED):
        what = sought(wanted)
        if what:
            found = database.looking_back.articles([SOURCE], what, limit=999)
            shown = {one.seen.article.title for one in found}
            assert shown == {line for line in said if what.is_said_by(line, *told_by(line))}, wanted


def told_by(title: str) -> list[str]:
    """Return what else an article of that title says."""
    one = article(1, title=title)
    return [
        one.summary,
        one.byline,
        one.publisher,
        *one.tags,
        *(" ".join(p.paragraphs) for p in one.passages),
    ]


def test_a_word_that_stands_there_a_thousand_times_is_found_in_its_last_place(
    database: Database, database_url: str
) -> None:
    """PostgreSQL keeps 255 places of a lexeme."""
    texts = ("la mer " * 1_000 + "la gare 東京" + "の東京" * 600 + "駅",)
    collected(database, article(1, title="Far", passages=(Passage(texts),)))

    for wanted in ('"la gare"', '"mer la gare"', "la gare", "東京駅", '"の東京駅"'):
        assert titles(database, wanted) == ["Far"], wanted
    for wanted in ('"gare la"', '"la la"', "東駅", '"lá mér gâre"'):
        assert titles(database, wanted) == [], wanted
    engine = create_engine(database_url)
    with engine.begin() as connection:
        kept = connection.scalars(select(article_words.c.words)).one()
    engine.dispose()
    assert kept[-len(tokens_of(texts)) :] == tokens_of(texts)
    assert kept.count("la") == 1_001


def test_words_are_found_in_one_story_or_in_the_editions_own_lines(database: Database) -> None:
    told(database, "2026-11-20", "Crane by the island", "Almond trees", subject="Quay news")

    found = database.looking_back.editions("morning", sought("crane island"), limit=9)[0]

    assert [one.headline for one in found.edition.items if one.article in found.stories] == [
        "Crane by the island"
    ]
    assert days(database, "crane almond") == []
    assert days(database, "quay") == [20]
    assert database.looking_back.editions("evening", sought("quay"), limit=9) == ()


def test_a_draft_is_found_by_what_it_says_now(database: Database) -> None:
    key = told(database, "2026-11-20", "Crane by the island")
    stored = database.editions.load(key)
    assert stored is not None
    (one,) = stored.items
    blurb = Blurb((BlurbSentence("A zeppelin landed."),))
    changed = replace(one, headline="Boat to the island", blurb=blurb)
    sections = (replace(stored.sections[0], items=(changed,), intro="Cloudy notes"),)
    database.editions.save_draft(replace(stored, sections=sections), (), expected_revision=1, now=NOW)

    assert days(database, "crane") == []
    assert days(database, "boat") == days(database, "zeppelin") == days(database, "cloudy") == [20]


def test_a_change_that_is_refused_changes_no_words(database: Database) -> None:
    key = told(database, "2026-11-20", "Ferry to the island")
    stored = database.editions.load(key)
    assert stored is not None

    with pytest.raises(Exception, match="revision"):
        database.editions.save_draft(replace(stored, subject="Gone"), (), expected_revision=7, now=NOW)

    assert days(database, "gone") == []


def test_editions_are_told_page_by_page_newest_first(database: Database) -> None:
    for day in ("2026-11-18", "2026-11-20", "2026-11-19"):
        told(database, day, "Ferry")
    told(database, "2026-11-19", "Ferry again", slot="correction-1")
    looking_back = database.looking_back

    first = looking_back.editions("morning", sought("ferry"), limit=2)
    rest = looking_back.editions("morning", sought("ferry"), limit=9, after=first[-1].edition.key)
    every = looking_back.editions("morning", NOTHING, limit=9)

    assert [str(one.edition.key) for one in (*first, *rest)] == [str(one.edition.key) for one in every]
    assert [one.edition.key.slot for one in every] == ["", "correction-1", "", ""]


def test_readers_find_only_what_is_out(database: Database, database_url: str) -> None:
    told(database, "2026-11-20", "Ferry")
    told(database, "2026-11-21", "Ferry")
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE edition SET state = 'closed' WHERE day = '2026-11-20'"))
    engine.dispose()

    assert days(database, "ferry", out_by=NOW) == [20]
    assert days(database, "ferry") == [21, 20]


def test_a_correction_is_found_by_what_is_right(database: Database) -> None:
    key = told(database, "2026-11-20", "Ferry")
    stored = database.editions.load(key)
    assert stored is not None
    database.history.keep_correction(
        Correction(key, stored.items[0].article, "Ferry", "It was a trawler.", "amina", NOW, KEY)
    )

    assert days(database, "trawler") == days(database, "trawler ferry") == [20]


def test_articles_of_any_day_are_found_by_day_and_source(database: Database) -> None:
    collected(
        database,
        article(1, title="Ferry now"),
        article(2, title="Ferry long ago", published=LONG_AGO),
        article(3, title="Ferry of a day", published=None, published_on=date(2026, 11, 22)),
        article(4, title="Ferry without a date", published=None),
    )

    assert titles(database, "ferry") == [
        "Ferry without a date",
        "Ferry now",
        "Ferry of a day",
        "Ferry long ago",
    ]
    assert titles(database, "ferry", until=LONG_AGO + timedelta(days=1)) == ["Ferry long ago"]
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert titles(database, "", since=noon, until=noon + timedelta(hours=1)) == ["Ferry of a day"]
    assert database.looking_back.articles([], sought("ferry"), limit=9) == ()


def test_articles_are_told_page_by_page_though_many_are_of_one_moment(database: Database) -> None:
    collected(database, *(article(number, published=NOW) for number in range(7)))
    looking_back = database.looking_back

    told_so_far: list[str] = []
    after: tuple[datetime, str] | None = None
    while page := looking_back.articles([SOURCE], sought("ferry"), limit=3, after=after):
        told_so_far += [one.seen.article.id for one in page]
        after = page[-1].at, page[-1].seen.article.id

    assert len(told_so_far) == len(set(told_so_far)) == 7


def test_a_changed_article_is_found_by_its_new_words_alone(database: Database) -> None:
    collected(database, article(1, title="Crane"))
    collected(database, article(1, title="Trawler"))

    assert (titles(database, "crane"), titles(database, "trawler")) == ([], ["Trawler"])


def test_an_article_names_the_editions_that_told_it(database: Database) -> None:
    one = article(1, title="Ferry")
    collected(database, one)
    draft = edition(KEY, [one])
    database.editions.save_draft(draft, (), expected_revision=0, now=NOW)

    (found,) = database.looking_back.articles([SOURCE], sought("ferry"), limit=9, newsletter="morning")

    assert found.told_in == (KEY,)
    assert item(one).article == found.seen.article.id


@pytest.mark.parametrize("table", ["edition", "article"])
def test_what_is_forgotten_is_found_no_more(database: Database, database_url: str, table: str) -> None:
    one = article(1, title="Ferry")
    collected(database, one)
    database.editions.save_draft(edition(KEY, [one]), (), expected_revision=0, now=NOW)
    engine = create_engine(database_url)
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("PRAGMA foreign_keys=ON"))
        connection.execute(text(f"DELETE FROM {table}"))
        left = connection.scalar(text(f"SELECT count(*) FROM {table}_words"))
        if engine.dialect.name == "sqlite":
            find = f"{table}_search"
            left += connection.scalar(text(f"SELECT count(*) FROM {find} WHERE {find} MATCH 'ferry'")) or 0
    engine.dispose()

    assert left == 0


def test_a_draft_of_sixty_stories_is_kept_in_one_go(database: Database) -> None:
    lines: Sequence[str] = [f"Story {number} of the harbour" for number in range(60)]
    told(database, "2026-11-20", *lines)

    (found,) = database.looking_back.editions("morning", sought("story harbour"), limit=9)

    assert len(found.stories) == 60


def test_what_older_versions_kept_is_taken_in(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/old.db"
    old = upgraded(url, "0021")
    fresh = schema.open_database(url)
    fresh.close()
    when = "'2026-11-23 03:00:00.000000'"
    content = (
        '{"subject":"Quay news","sections":[{"key":"a","items":'
        '[{"article":"a1","headline":"Ferry","blurb":{"sentences":[{"text":"It is late."}]}}]}]}'
    )
    told_article = (
        '{"title":"École","passages":[{"paragraphs":["A lighthouse."]}],"published":"2026-11-01T08:00:00Z"}'
    )
    with old.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO edition (id, newsletter, day, slot, state, revision, approved_hash,"
                " approved_by,"
                " cutoff, content, content_sha256, created_at, changed_at, reached_nobody)"
                f" VALUES (1, 'morning', '2026-11-23', '', 'draft', 1, '', '', {when}, :content, '',"
                f" {when}, {when}, false)"
            ),
            {"content": content},
        )
        connection.execute(
            text(
                "INSERT INTO article (id, source, url, guid, content_hash, first_seen, changed_at,"
                " is_backlog,"
                f" content) VALUES ('b1', 'harbour', 'u', '', 'h', {when}, {when}, false, :content)"
            ),
            {"content": told_article},
        )
    old.dispose()

    schema.migrate(url)

    engine = create_engine(url)
    with engine.connect() as connection:
        edition_rows = (
            connection.execute(
                text(
                    "SELECT article FROM edition_words WHERE id IN"
                    " (SELECT rowid FROM edition_search WHERE edition_search MATCH 'late OR quay')"
                    " ORDER BY 1"
                )
            )
            .scalars()
            .all()
        )
        articles = connection.execute(
            text(
                "SELECT article, at FROM article_words WHERE id IN"
                " (SELECT rowid FROM article_search WHERE article_search MATCH 'ecole AND lighthouse')"
            )
        ).all()
    engine.dispose()
    assert edition_rows == ["", "a1"]
    assert [tuple(row) for row in articles] == [("b1", "2026-11-01 08:00:00.000000")]
