from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from subscribers import people, preferences, privacy, suppression
from subscribers.errors import UnknownSubscriber
from subscribers.imports.batching import ImportTerms
from subscribers.imports.importing import BATCH_ROWS, import_file
from subscribers.imports.reading import RowProblem
from subscribers.model import ConsentMethod, Frequency, SubscriptionState, SuppressionKind
from subscribers.storage.database import SubscriberDatabase
from tests.subscribers.readers import DAY, NOW, join, load, mailed, sign_up


def _state(database: SubscriberDatabase, address: str) -> SubscriptionState:
    (one,) = people.show(database, address).subscriptions
    return one.state


def test_good_rows_are_kept_and_bad_ones_reported_by_line(
    database: SubscriberDatabase, tmp_path: Path
) -> None:
    report = load(
        database,
        tmp_path,
        "email,name\n"
        "ann@harbour.example,Ann\n"
        "not an address,Nobody\n"
        ",No address\n"
        '"bob@harbour.example,"Bob\n'
        "\n"
        "cid@harbour.example,Cid\n"
        "ANN@harbour.example,Ann again\n",
    )

    assert (report.rows, report.added, report.unchanged, report.bad) == (6, 2, 1, 3)
    assert [problem.line for problem in report.problems] == [3, 4, 5]
    assert mailed(database) == {"ann@harbour.example", "cid@harbour.example"}
    assert all("@harbour" not in problem.reason for problem in report.problems)


def test_an_import_keeps_the_proof_of_consent(database: SubscriberDatabase, tmp_path: Path) -> None:
    load(
        database,
        tmp_path,
        "email,confirm_time,confirm_ip\nann@harbour.example,2024-05-06 07:08:09,192.0.2.9\n",
        words="Signed up on our old site.",
    )

    (proof,) = people.show(database, "ann@harbour.example").consents

    assert proof.method is ConsentMethod.IMPORT
    assert proof.at == datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
    assert (proof.words, proof.source) == ("Signed up on our old site.", "list.csv")
    assert len(proof.ip_hash) == 32
    assert "192.0.2.9" not in proof.ip_hash


def test_a_consent_of_the_future_is_one_of_today(database: SubscriberDatabase, tmp_path: Path) -> None:
    load(database, tmp_path, "email,consented_at\nann@harbour.example,2099-01-01\n")

    assert people.show(database, "ann@harbour.example").consents[0].at == NOW


def test_all_that_a_row_can_say_is_kept(database: SubscriberDatabase, tmp_path: Path) -> None:
    load(
        database,
        tmp_path,
        "email;first name;last name;language;timezone;tags;topics;frequency;status;paused_until\n"
        'ann@harbour.example; Ann\t;Lee;fr_CA;Africa/Nairobi;"VIP, ""local"", VIP";world+sport;'
        "weekly;paused;2026-12-24\n",
        tags=("2026",),
    )

    person = people.show(database, "ann@harbour.example")

    assert person.subscriber is not None
    assert person.subscriber.name == "Ann Lee"
    assert person.subscriber.language == "fr-CA"
    assert person.subscriber.timezone == "Africa/Nairobi"
    assert person.subscriber.tags == ("2026", "VIP", "local")
    (on,) = person.subscriptions
    assert (on.topics, on.frequency, on.paused_until) == (
        ("sport", "world"),
        Frequency.WEEKLY,
        date(2026, 12, 24),
    )
    assert mailed(database) == set()


def test_a_second_import_changes_nothing(database: SubscriberDatabase, tmp_path: Path) -> None:
    text = (
        "email,status,tags\nann@harbour.example,,x\nbob@harbour.example,unsubscribed,\n"
        "cid@harbour.example,bounced,\n"
    )
    load(database, tmp_path, text)
    before = privacy.everything(database, "ann@harbour.example")

    report = load(database, tmp_path, text, now=NOW + DAY)

    assert (report.added, report.ended, report.suppressed) == (0, 0, 0)
    assert (report.unchanged, report.kept_out) == (1, 2)
    assert privacy.everything(database, "ann@harbour.example") == before


def test_a_name_is_learned_but_never_replaced(database: SubscriberDatabase, tmp_path: Path) -> None:
    load(database, tmp_path, "email,name\nann@harbour.example,\nbob@harbour.example,Bob\n")

    load(database, tmp_path, "email,name\nann@harbour.example,Ann\nbob@harbour.example,Robert\n")

    names = [people.show(database, f"{who}@harbour.example").subscriber for who in ("ann", "bob")]
    assert [person and person.name for person in names] == ["Ann", "Bob"]


@pytest.mark.parametrize(
    ("status", "state", "kind"),
    [
        ("unsubscribed", SubscriptionState.ENDED, None),
        ("FALSE", SubscriptionState.ENDED, None),
        ("cleaned", SubscriptionState.ACTIVE, SuppressionKind.HARD_BOUNCE),
        ("spam", SubscriptionState.ACTIVE, SuppressionKind.COMPLAINT),
        ("blocklisted", SubscriptionState.ACTIVE, SuppressionKind.MANUAL),
    ],
)
def test_a_no_in_a_file_counts_for_readers_already_there(
    database: SubscriberDatabase,
    tmp_path: Path,
    status: str,
    state: SubscriptionState,
    kind: SuppressionKind | None,
) -> None:
    join(database, "ann@harbour.example")

    load(database, tmp_path, f"email,status\nann@harbour.example,{status}\n")

    assert mailed(database) == set()
    person = people.show(database, "ann@harbour.example")
    assert person.subscriptions[0].state is state
    assert [one.kind for one in person.suppressions] == ([kind] if kind else [])


def test_a_status_that_is_no_clear_yes_is_a_bad_row(database: SubscriberDatabase, tmp_path: Path) -> None:
    report = load(
        database, tmp_path, "email,status\nann@harbour.example,pending\nbob@harbour.example,who knows\n"
    )

    assert [problem.line for problem in report.problems] == [2, 3]
    assert mailed(database) == set()


def test_an_import_never_revives_a_no(database: SubscriberDatabase, tmp_path: Path) -> None:
    preferences.unsubscribe(database, join(database, "ended@harbour.example"), "morning", now=NOW)
    preferences.unsubscribe(database, join(database, "asked@harbour.example"), "morning", now=NOW)
    sign_up(database, "asked@harbour.example", now=NOW + DAY)
    preferences.unsubscribe_all(database, join(database, "all@harbour.example"), now=NOW)
    for kind in (SuppressionKind.HARD_BOUNCE, SuppressionKind.COMPLAINT, SuppressionKind.MANUAL):
        suppression.suppress(database, f"{kind}@harbour.example", kind, now=NOW)
    join(database, "erased@harbour.example")
    privacy.erase(database, "erased@harbour.example", now=NOW)
    privacy.retain(database, now=NOW + 4 * DAY)
    out = ["ended", "asked", "all", "hard_bounce", "complaint", "manual", "erased"]

    rows = "".join(f"{who}@harbour.example\n" for who in out)
    report = load(database, tmp_path, f"email\n{rows}new@harbour.example\n", now=NOW + 5 * DAY)

    assert mailed(database, now=NOW + 5 * DAY) == {"new@harbour.example"}
    assert (report.added, report.kept_out) == (1, 7)
    assert [problem.line for problem in report.problems] == list(range(2, 9))
    with pytest.raises(UnknownSubscriber):
        people.get(database, "erased@harbour.example")


def test_a_waiting_sign_up_that_never_said_no_is_vouched_for(
    database: SubscriberDatabase, tmp_path: Path
) -> None:
    sign_up(database, "ann@harbour.example")

    report = load(database, tmp_path, "email\nann@harbour.example\n")

    assert report.activated == 1
    assert mailed(database) == {"ann@harbour.example"}


@pytest.mark.parametrize(
    "rows", [["", "unsubscribed"], ["unsubscribed", ""], ["", "bounced"], ["bounced", ""]]
)
def test_within_one_file_the_no_wins_in_any_order(
    database: SubscriberDatabase, tmp_path: Path, rows: list[str]
) -> None:
    text = "".join(f"ann@harbour.example,{status}\n" for status in rows)

    load(database, tmp_path, f"email,status\n{text}")

    assert mailed(database) == set()


def test_a_vouched_sign_up_ended_in_the_same_file_is_ended(
    database: SubscriberDatabase, tmp_path: Path
) -> None:
    sign_up(database, "ann@harbour.example")
    sign_up(database, "bob@harbour.example")

    load(
        database,
        tmp_path,
        "email,status\nann@harbour.example,\nbob@harbour.example,unsubscribed\nann@harbour.example,unsubscribed\n",
    )

    assert _state(database, "ann@harbour.example") is SubscriptionState.ENDED
    assert _state(database, "bob@harbour.example") is SubscriptionState.ENDED


def test_a_dry_run_says_what_a_run_would_and_writes_nothing(
    sqlite_database: SubscriberDatabase, tmp_path: Path
) -> None:
    preferences.unsubscribe(
        sqlite_database, join(sqlite_database, "out@harbour.example"), "morning", now=NOW
    )
    names = [f"r{number}@harbour.example," for number in range(BATCH_ROWS + 10)]
    names += [
        "r1@harbour.example,",
        "r2@harbour.example,unsubscribed",
        "r2@harbour.example,",
        "r3@harbour.example,bounced",
    ]
    names += ["r3@harbour.example,", "out@harbour.example,", "nobody,"]
    text = "email,status\n" + "\n".join(names) + "\n"

    rehearsed = load(sqlite_database, tmp_path, text, is_dry_run=True)

    assert mailed(sqlite_database) == set()
    done = load(sqlite_database, tmp_path, text)
    assert (done.added, done.unchanged, done.ended, done.suppressed, done.kept_out, done.bad) == (
        BATCH_ROWS + 10, 1, 1, 1, 3, 1,
    )  # fmt: skip
    fields = (
        "rows",
        "added",
        "activated",
        "unchanged",
        "ended",
        "suppressed",
        "kept_out",
        "bad",
        "problems",
    )
    assert [getattr(rehearsed, name) for name in fields] == [getattr(done, name) for name in fields]


def test_a_dry_run_holds_no_lock_and_makes_no_list(database: SubscriberDatabase, tmp_path: Path) -> None:
    with database.writing():
        report = load(database, tmp_path, "email\nann@harbour.example\n", is_dry_run=True)

    assert report.added == 1
    with pytest.raises(UnknownSubscriber):
        people.show(database, "ann@harbour.example")


def test_every_problem_is_told_though_the_report_holds_the_first_ones(
    sqlite_database: SubscriberDatabase, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("email\n" + "nobody\n" * 20)
    told: list[RowProblem] = []
    steps: list[int] = []

    report = import_file(
        sqlite_database,
        path,
        ImportTerms("morning", NOW, max_problems=3),
        on_problem=told.append,
        progress=steps.append,
    )

    assert [problem.line for problem in report.problems] == [2, 3, 4]
    assert [problem.line for problem in told] == list(range(2, 22))
    assert steps == [20]


def test_reading_is_told_before_anything_is_done(
    sqlite_database: SubscriberDatabase, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("email\n" + "".join(f"r{n}@harbour.example\n" for n in range(2 * BATCH_ROWS + 1)))
    told: list[str] = []

    import_file(
        sqlite_database,
        path,
        ImportTerms("morning", NOW, is_dry_run=True),
        progress=lambda done: told.append(f"done {done}"),
        reading=lambda read: told.append(f"read {read}"),
    )

    assert told == [
        "read 10000", "read 20000", "done 10000", "done 20000", "done 20001"
    ]  # fmt: skip


def test_another_writer_gets_in_between_two_batches(
    sqlite_database: SubscriberDatabase, tmp_path: Path
) -> None:
    done = threading.Event()
    path = tmp_path / "list.csv"
    path.write_text("email\n" + "".join(f"r{n}@harbour.example\n" for n in range(2 * BATCH_ROWS)))

    def write(_rows: int) -> None:
        if not done.is_set():
            done.set()
            join(sqlite_database, "ann@harbour.example", "evening")

    import_file(sqlite_database, path, ImportTerms("morning", NOW), progress=write)

    assert len(mailed(sqlite_database, ["morning", "evening"])) == 2 * BATCH_ROWS + 1
