from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import create_engine, text

from digest.errors import BadData, EditionConflict, UnknownEdition
from digest.model import (
    AlreadySent,
    ArticleId,
    Decision,
    EditionKey,
    EditionState,
    Outcome,
    Receipt,
)
from digest.ports import Collected
from digest.storage.database import Database
from tests.storage.samples import (
    DAY,
    HASH,
    KEY,
    NOW,
    SOURCE,
    add_readers,
    approved,
    article,
    audience,
    edition,
    frozen,
    people,
    rendered,
)

TOMORROW = EditionKey("morning", DAY + timedelta(days=1))
EVENING = EditionKey("morning", DAY, "evening")
DRAFT, APPROVED = EditionState.DRAFT, EditionState.APPROVED
DISPATCHING, CLOSED = EditionState.DISPATCHING, EditionState.CLOSED


def decision(number: int, *, is_in: bool = True, rule: str = "chosen") -> Decision:
    return Decision(
        article(number).id, f"u{number}", "Ferry", is_in, rule, "So.", (("score", 0.5),), "harbour"
    )


def save(database: Database, key: EditionKey = KEY, number: int = 1, **more: object) -> None:
    database.editions.save_draft(
        edition(key, [article(number)], **more),  # type: ignore[arg-type] # a cutoff, at most
        (),
        expected_revision=0,
        now=NOW,
    )


def sent(database: Database, before: EditionKey = TOMORROW, days: int = 3) -> AlreadySent:
    return database.editions.already_sent("morning", before=before, since=NOW - timedelta(days=days))


def held(database: Database, before: EditionKey = TOMORROW) -> set[str]:
    return set(sent(database, before).identities)


def test_a_draft_comes_back_as_it_was(database: Database) -> None:
    draft = edition()

    stored = database.editions.save_draft(draft, [decision(1)], expected_revision=0, now=NOW)

    assert stored == draft == database.editions.load(KEY)
    assert database.editions.decisions(KEY) == (decision(1),)


def test_each_change_is_one_more_revision(database: Database) -> None:
    save(database)

    second = database.editions.save_draft(
        replace(edition(), subject="Later still", revision=77), (), expected_revision=1, now=NOW
    )

    assert (second.revision, second.subject) == (2, "Later still")
    assert database.editions.load(KEY) == second


@pytest.mark.parametrize("expected", [0, 2])
def test_a_change_to_another_revision_is_a_conflict(database: Database, expected: int) -> None:
    save(database)

    with pytest.raises(EditionConflict, match="revision 1 is stored"):
        database.editions.save_draft(edition(), (), expected_revision=expected, now=NOW)
    with pytest.raises(EditionConflict, match="revision 0 is stored"):
        database.editions.save_draft(edition(TOMORROW), (), expected_revision=1, now=NOW)


def test_an_approved_edition_is_no_longer_a_draft(database: Database) -> None:
    approved(database)

    with pytest.raises(EditionConflict, match="no longer a draft"):
        database.editions.save_draft(edition(), (), expected_revision=1, now=NOW)


def test_an_approval_is_bound_to_its_hash(database: Database) -> None:
    save(database)

    first = database.editions.approve(KEY, HASH, by="ada", now=NOW)

    assert (first.state, first.approved_hash) == (APPROVED, HASH)
    assert database.editions.approve(KEY, HASH, by="bob", now=NOW) == first
    with pytest.raises(EditionConflict, match="other contents"):
        database.editions.approve(KEY, "b" * 64, by="ada", now=NOW)


def test_an_approval_of_an_older_revision_is_a_conflict(database: Database) -> None:
    save(database)
    database.editions.save_draft(edition(), (), expected_revision=1, now=NOW)

    with pytest.raises(EditionConflict, match="revision 2 is stored"):
        database.editions.approve(KEY, HASH, by="ada", now=NOW, expected_revision=1)
    assert database.editions.approve(KEY, HASH, by="ada", now=NOW, expected_revision=2).state is APPROVED


def test_a_withdrawn_approval_leaves_a_draft(database: Database) -> None:
    approved(database)

    draft = database.editions.withdraw(KEY, now=NOW)

    assert (draft.state, draft.approved_hash) == (DRAFT, "")
    assert database.editions.withdraw(KEY, now=NOW) == draft
    assert database.editions.save_draft(edition(), (), expected_revision=1, now=NOW).revision == 2


def test_what_is_being_sent_cannot_be_withdrawn(database: Database) -> None:
    approved(database)
    database.editions.advance(KEY, DISPATCHING, now=NOW)

    with pytest.raises(EditionConflict, match="already dispatching"):
        database.editions.withdraw(KEY, now=NOW)


@pytest.mark.parametrize(
    ("start", "to", "is_allowed"),
    [
        pytest.param(DRAFT, DISPATCHING, False, id="nobody approved it"),
        pytest.param(DRAFT, CLOSED, False, id="nor sent it"),
        pytest.param(DRAFT, APPROVED, False, id="approving needs a hash"),
        pytest.param(APPROVED, DISPATCHING, True, id="the way out"),
        pytest.param(APPROVED, CLOSED, True, id="given up before the freeze"),
        pytest.param(APPROVED, APPROVED, True, id="reached already"),
        pytest.param(DISPATCHING, CLOSED, True, id="the end"),
        pytest.param(DISPATCHING, APPROVED, True, id="passed already"),
        pytest.param(CLOSED, DISPATCHING, True, id="closed long ago"),
        pytest.param(CLOSED, CLOSED, True, id="closed twice"),
    ],
)
def test_an_edition_only_goes_forward(
    database: Database, start: EditionState, to: EditionState, is_allowed: bool
) -> None:
    save(database)
    if start is not DRAFT:
        database.editions.approve(KEY, HASH, by="ada", now=NOW)
    if start in {DISPATCHING, CLOSED}:
        database.editions.advance(KEY, DISPATCHING, now=NOW)
    if start is CLOSED:
        database.editions.advance(KEY, CLOSED, now=NOW)

    if not is_allowed:
        with pytest.raises(EditionConflict):
            database.editions.advance(KEY, to, now=NOW)
        return
    order = list(EditionState)
    assert database.editions.advance(KEY, to, now=NOW).state is max(start, to, key=order.index)


def test_an_edition_closes_only_when_all_deliveries_ended(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(1))

    with pytest.raises(EditionConflict, match="still on their way"):
        database.editions.advance(KEY, CLOSED, now=NOW)

    database.ledger.skip(KEY, "too late")
    assert database.editions.advance(KEY, CLOSED, now=NOW).state is CLOSED


def test_an_unknown_edition_is_named(database: Database) -> None:
    assert database.editions.load(KEY) is None
    assert database.editions.latest("morning") is None
    for act in (
        lambda: database.editions.decisions(KEY),
        lambda: database.editions.approve(KEY, HASH, by="ada", now=NOW),
        lambda: database.editions.advance(KEY, CLOSED, now=NOW),
        lambda: database.editions.withdraw(KEY, now=NOW),
    ):
        with pytest.raises(UnknownEdition, match="morning/2026-11-23"):
            act()


def test_editions_are_listed_newest_first(database: Database) -> None:
    for key in (KEY, TOMORROW, EVENING, EditionKey("weekly", DAY)):
        save(database, key)

    assert [one.key for one in database.editions.listed("morning")] == [TOMORROW, EVENING, KEY]
    assert len(database.editions.listed()) == 4
    assert [one.key for one in database.editions.listed(limit=1)] == [TOMORROW]
    latest = database.editions.latest("morning")
    assert latest is not None
    assert latest.key == TOMORROW


def test_a_correction_is_listed_but_is_never_the_latest_edition(database: Database) -> None:
    corrections = (replace(KEY, slot="correction-1"), replace(EVENING, slot=f"{EVENING.slot}-correction-2"))
    for key in (KEY, EVENING, *corrections):
        save(database, key)

    latest = database.editions.latest("morning")

    assert latest is not None
    assert latest.key == EVENING
    assert set(corrections) < {one.key for one in database.editions.listed("morning")}


def test_contents_changed_behind_our_back_are_refused(database: Database, database_url: str) -> None:
    save(database)
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE edition SET content = replace(content, 'late', 'sunk')"))
    engine.dispose()

    with pytest.raises(BadData, match=r"morning/2026-11-23.*hash"):
        database.editions.load(KEY)


def test_the_first_edition_has_nothing_behind_it(database: Database) -> None:
    assert sent(database) == AlreadySent({})


def test_what_went_out_is_held(database: Database) -> None:
    database.articles.record(
        SOURCE, Collected((article(),)), undated_count_from_first_seen=False, now=NOW - timedelta(hours=2)
    )
    approved(database)

    found = sent(database)

    assert found.identities == dict.fromkeys(article().identities, KEY)
    assert found.last_cutoff == NOW
    assert [(one.seen.article, one.edition, one.content_hash) for one in found.recent] == [
        (article(), KEY, article().content_hash)
    ]


def test_a_held_article_keeps_the_hash_it_was_sent_with(database: Database) -> None:
    for number, title in enumerate(("The ferry is late", "The ferry sank")):
        database.articles.record(
            SOURCE,
            Collected((article(title=title),)),
            undated_count_from_first_seen=False,
            now=NOW + timedelta(hours=number),
        )
        if number == 0:
            approved(database)

    (recent,) = sent(database).recent

    assert recent.content_hash == article(title="The ferry is late").content_hash
    assert recent.seen.article.title == "The ferry sank"


def test_an_edition_does_not_stand_in_its_own_way(database: Database) -> None:
    approved(database)

    assert held(database, KEY) == set()
    assert held(database, EVENING) == set(article().identities)


def test_other_newsletters_are_nobodys_business(database: Database) -> None:
    approved(database, EditionKey("weekly", DAY))

    assert held(database) == set()


def test_a_draft_that_was_passed_over_holds_nothing(database: Database) -> None:
    save(database)

    assert held(database, TOMORROW) == set()
    assert sent(database).last_cutoff is None
    assert held(database, EVENING) == set(article().identities)


def test_a_redrafted_edition_lets_go_of_what_it_dropped(database: Database) -> None:
    save(database)
    database.editions.save_draft(edition(articles=[article(2)]), (), expected_revision=1, now=NOW)

    assert held(database, EVENING) == set(article(2).identities)


def test_an_edition_that_reached_nobody_holds_nothing(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(2))
    database.ledger.skip(KEY, "the deadline had passed")
    assert held(database) == set(article().identities)

    database.editions.advance(KEY, CLOSED, now=NOW)

    assert sent(database) == AlreadySent({})


def test_an_edition_that_reached_one_reader_holds_its_articles(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(2))
    (delivery,) = database.ledger.claim(KEY, "me", limit=1, lease_s=60)
    database.ledger.settle(KEY, "me", [Receipt(delivery.reference, Outcome.SENT)])
    database.ledger.skip(KEY, "the deadline had passed")

    database.editions.advance(KEY, CLOSED, now=NOW)

    assert held(database) == set(article().identities)


def test_the_last_cutoff_is_the_one_before(database: Database) -> None:
    for days in (3, 2, -1):
        key = EditionKey("morning", DAY - timedelta(days=days))
        save(database, key, days + 2, cutoff=NOW - timedelta(days=days))
        database.editions.approve(key, HASH, by="ada", now=NOW)

    assert sent(database, KEY).last_cutoff == NOW - timedelta(days=2)


def test_recent_reaches_back_only_so_far_but_identities_for_ever(database: Database) -> None:
    database.articles.record(SOURCE, Collected((article(),)), undated_count_from_first_seen=False, now=NOW)
    old = EditionKey("morning", date(2020, 1, 1))
    save(database, old, cutoff=NOW - timedelta(days=2000))
    database.editions.approve(old, HASH, by="ada", now=NOW)

    found = sent(database)

    assert found.recent == ()
    assert set(found.identities) == set(article().identities)


def test_what_an_edition_weighed_and_left_out_is_told(database: Database) -> None:
    decisions = [
        decision(1),
        decision(2, is_in=False, rule="quota"),
        decision(3, is_in=False, rule="after-cutoff"),
    ]
    database.editions.save_draft(edition(), decisions, expected_revision=0, now=NOW)
    database.editions.approve(KEY, HASH, by="ada", now=NOW)

    assert sent(database).considered == frozenset({ArticleId(article(2).id)})


def test_freezing_needs_an_approval_of_these_very_contents(database: Database, database_url: str) -> None:
    add_readers(database_url, people(1))
    save(database)
    with pytest.raises(EditionConflict, match="not approved"):
        database.ledger.freeze(KEY, [rendered()], audience(), now=NOW)

    database.editions.approve(KEY, HASH, by="ada", now=NOW)
    with pytest.raises(EditionConflict, match="other contents"):
        database.ledger.freeze(KEY, [rendered()], audience(), now=NOW, content_hash="b" * 64)

    assert database.ledger.freeze(KEY, [rendered()], audience(), now=NOW, content_hash=HASH) == 1


def test_of_first_drafts_written_at_once_one_is_kept_and_the_others_are_told(database: Database) -> None:
    together = threading.Barrier(5)

    def draft(_number: int) -> str:
        together.wait()
        try:
            return str(database.editions.save_draft(edition(), (), expected_revision=0, now=NOW).revision)
        except EditionConflict:
            return "conflict"

    with ThreadPoolExecutor(5) as pool:
        ends = sorted(pool.map(draft, range(5)))

    assert ends == ["1", *["conflict"] * 4]
