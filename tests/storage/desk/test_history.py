"""The desk's part of the database, on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from digest.errors import EditionConflict
from digest.model import EventKind, MailEvent, Outcome, Receipt
from digest.model.desk import AuditEntry, Change, ChangeState, Correction, Role, SignOff, User
from digest.storage.database import Database
from tests.storage.samples import (
    HASH,
    KEY,
    NOW,
    add_readers,
    approved,
    audience,
    edition,
    frozen,
    people,
    rendered,
)

AMINA = User("amina", frozenset({Role.EDITOR, Role.APPROVER}))
HOUR = timedelta(hours=1)


def a_change(revision: int, said: str = "moved a story", who: str = "amina") -> Change:
    return Change(revision, who, NOW, said, '{"forward": 1}', '{"backward": 1}')


def keep(database: Database, said: str, *, continues: int = 0) -> None:
    stored = database.editions.load(KEY)
    assert stored is not None
    database.history.keep_change(
        replace(stored, subject=said, is_edited=True),
        (),
        a_change(stored.revision + 1, said),
        expected_revision=stored.revision,
        continues=continues,
    )


def test_a_session_knows_its_user_until_it_runs_out(database: Database) -> None:
    database.logins.keep_user(AMINA, "hash", now=NOW)
    secret = database.logins.open_session(AMINA, lasts=HOUR, now=NOW)

    found = database.logins.session(secret, now=NOW)

    assert found is not None
    assert found.user == AMINA
    assert len(found.csrf) > 30
    assert database.logins.session(secret, now=NOW + HOUR) is None
    assert database.logins.session("guessed", now=NOW) is None


def test_a_link_opens_one_session(database: Database) -> None:
    secret = database.logins.make_link(AMINA, lasts=HOUR, now=NOW)

    first = database.logins.use_link(secret, lasts=HOUR, now=NOW)

    assert first is not None
    assert database.logins.use_link(secret, lasts=HOUR, now=NOW) is None
    assert database.logins.session(secret, now=NOW) is None
    assert database.logins.session(first, now=NOW) is not None


def test_no_secret_is_stored_as_it_is(database: Database, database_url: str) -> None:
    secrets = [
        database.logins.make_link(AMINA, lasts=HOUR, now=NOW),
        database.logins.open_session(AMINA, lasts=HOUR, now=NOW),
    ]

    engine = create_engine(database_url)
    with engine.connect() as connection:
        rows = str(connection.execute(text("SELECT * FROM desk_login")).all())
    engine.dispose()

    assert not any(secret in rows for secret in secrets)


def test_a_changed_or_removed_user_is_logged_out_everywhere(database: Database) -> None:
    is_new = database.logins.keep_user(AMINA, "hash", now=NOW)
    secret = database.logins.open_session(AMINA, lasts=HOUR, now=NOW)
    again = database.logins.keep_user(User("amina", frozenset()), "other", now=NOW)

    assert (is_new, again) == (True, False)
    assert database.logins.session(secret, now=NOW) is None
    assert database.logins.find("amina") == (User("amina", frozenset()), "other")
    assert database.logins.deactivate("amina")
    assert database.logins.find("amina") is None
    assert database.logins.users() == ()
    assert not database.logins.deactivate("nobody")


def test_a_draft_and_its_change_are_kept_together_or_not_at_all(database: Database) -> None:
    database.editions.save_draft(edition(), (), expected_revision=0, now=NOW)
    keep(database, "first")
    stale = replace(edition(), subject="late")

    with pytest.raises(EditionConflict):
        database.history.keep_change(stale, (), a_change(2, "late"), expected_revision=1)

    assert [change.said for change in database.history.changes(KEY)] == ["first"]
    stored = database.editions.load(KEY)
    assert stored is not None
    assert (stored.subject, stored.revision, stored.is_edited) == ("first", 2, True)


def test_undone_changes_are_gone_once_written_over(database: Database) -> None:
    database.editions.save_draft(edition(), (), expected_revision=0, now=NOW)
    for said in ("first", "second"):
        keep(database, said)
    last, stored = database.history.changes(KEY)[-1], database.editions.load(KEY)
    assert stored is not None

    database.history.keep_turn(
        stored, (), replace(last, state=ChangeState.UNDONE), expected_revision=3, now=NOW
    )
    undone = [(change.said, change.state) for change in database.history.changes(KEY)]
    keep(database, "third")

    assert undone == [("first", ChangeState.DONE), ("second", ChangeState.UNDONE)]
    assert [change.said for change in database.history.changes(KEY)] == ["first", "third"]


def test_what_goes_on_with_a_change_is_the_same_step(database: Database) -> None:
    database.editions.save_draft(edition(), (), expected_revision=0, now=NOW)
    keep(database, "T")
    keep(database, "Typed", continues=database.history.changes(KEY)[0].number)

    (only,) = database.history.changes(KEY)

    assert (only.said, only.revision) == ("Typed", 3)


def test_sign_offs_remember_the_edition_as_it_was(database: Database) -> None:
    database.editions.save_draft(edition(), (), expected_revision=0, now=NOW)
    stored = database.editions.load(KEY)
    assert stored is not None

    database.history.sign(SignOff(stored, HASH, "amina", NOW))
    keep(database, "Another subject")

    (found,) = database.history.sign_offs(KEY)
    assert (found.edition.subject, found.who, found.content_hash) == (stored.subject, "amina", HASH)


def test_corrections_are_kept_with_the_edition_that_was_wrong(database: Database) -> None:
    database.editions.save_draft(edition(), (), expected_revision=0, now=NOW)
    told = replace(KEY, slot="correction-1")
    wrong = edition().items[0]
    correction = Correction(KEY, wrong.article, wrong.headline, "Right.", "amina", NOW, told)

    database.history.keep_correction(correction)

    assert database.history.corrections(KEY) == (correction,)


def test_the_audit_log_grows_and_nothing_else(database: Database, database_url: str) -> None:
    for number in range(5):
        database.audit_log.add(
            AuditEntry(NOW, "amina", f"did {number}", edition=str(KEY) if number % 2 else "")
        )

    entries = database.audit_log.entries(limit=3)
    rest = database.audit_log.entries(before=entries[-1].number)
    engine = create_engine(database_url)
    for statement in ("UPDATE audit_entry SET who = 'eve'", "DELETE FROM audit_entry WHERE id = 1"):
        with pytest.raises(DBAPIError, match="only grows"), engine.begin() as connection:
            connection.execute(text(statement))
    engine.dispose()

    assert [entry.action for entry in (*entries, *rest)] == [f"did {number}" for number in (4, 3, 2, 1, 0)]
    assert [entry.action for entry in database.audit_log.entries(edition=str(KEY))] == ["did 3", "did 1"]
    assert {entry.who for entry in database.audit_log.entries()} == {"amina"}


def test_clicks_count_each_reader_once_for_each_address(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(3))
    claimed = database.ledger.claim(KEY, "me", limit=10, lease_s=60)
    database.ledger.settle(KEY, "me", [Receipt(one.reference, Outcome.SENT) for one in claimed])
    clicks = [(0, "a"), (0, "a"), (1, "a"), (2, "b")]
    database.ledger.record_events(
        MailEvent(f"e{at}", EventKind.CLICKED, claimed[who].reference, NOW, url=f"https://x.example/{url}")
        for at, (who, url) in enumerate(clicks)
    )

    assert database.clicks.of(KEY).by_url == {"https://x.example/a": 2, "https://x.example/b": 1}


def test_recipients_are_those_who_got_it_or_may_have_and_still_want_it(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(4))
    claimed = database.ledger.claim(KEY, "me", limit=10, lease_s=60)
    outcomes = [Outcome.SENT, Outcome.SENT, Outcome.UNCERTAIN, Outcome.FAILED]
    receipts = [Receipt(one.reference, what) for one, what in zip(claimed, outcomes, strict=True)]
    database.ledger.settle(KEY, "me", receipts)
    add_readers(database_url, [replace(people(1)[0], id="latecomer", address="late@example.org")])

    assert database.ledger.count(audience()) == 5
    assert database.ledger.count(database.results.recipients(KEY, audience())) == 3


def test_a_timeline_tells_when_things_happened(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(1))

    found = database.results.timeline(KEY)

    assert found.approved_by
    assert found.approved_at is not None
    assert found.closed_at is None


def publish(database: Database, database_url: str, subjects: dict[str, str]) -> None:
    """Keep editions of these days as ones that readers have."""
    for day, subject in subjects.items():
        key = replace(KEY, day=date.fromisoformat(day))
        found = replace(edition(key), subject=subject)
        database.editions.save_draft(found, (), expected_revision=0, now=NOW)
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE edition SET state = 'closed'"))
    engine.dispose()


def test_a_span_of_days_has_its_published_editions_newest_first(
    database: Database, database_url: str
) -> None:
    days = ("2026-10-31", "2026-11-01", "2026-11-30", "2026-12-01")
    publish(database, database_url, dict.fromkeys(days, "The ferry is late"))
    history, name = database.history, KEY.newsletter

    november = history.published(name, now=NOW, limit=9, since=date(2026, 11, 1), until=date(2026, 12, 1))

    assert [one.key.day.day for one in november] == [30, 1]
    assert [day.isoformat() for day in history.published_days(name, now=NOW)] == list(reversed(days))
    assert history.published_days("evening", now=NOW) == ()


def test_a_canceled_edition_is_out_only_where_its_own_mail_left(
    database: Database, database_url: str
) -> None:
    """What readers got of another edition publishes nothing."""
    other = replace(KEY, slot="other")
    frozen(database, database_url, people(2), other)
    claimed = database.ledger.claim(other, "me", limit=2, lease_s=60)
    database.ledger.settle(other, "me", [Receipt(one.reference, Outcome.SENT) for one in claimed])
    approved(database)
    database.ledger.freeze(KEY, [rendered()], audience(), now=NOW)
    held = replace(KEY, slot="held")
    approved(database, held)
    database.ledger.freeze(held, [rendered()], audience(), now=NOW)
    assert database.ledger.claim(held, "dead", limit=1, lease_s=60)
    assert database.ledger.expire(held, owner="dead") == 1

    for key in (KEY, held, other):
        database.ledger.cancel(key, "not today")

    out = {key.slot: database.history.is_published(key, now=NOW) for key in (KEY, held, other)}
    assert out == {KEY.slot: False, "held": True, "other": True}
