"""Two subjects: a share of the readers gets each, the rest the one that did better, hours later."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from digest.cli.exits import Exit
from digest.model import DeliveryState, EditionKey, EventKind, MailEvent
from digest.storage.database import open_database
from tests.journeys.desk import AT_SEND, CUTOFF, Folder
from tests.journeys.sending.test_workers import a_worker
from tests.postgres import PostgresServer
from tests.processes.forking import ended

READERS = 50
EARLY, LATE = "2026-11-23T07:00:00+03:00", "2026-11-23T07:31:00+03:00"
FIRST, SECOND = "Ferries run late", "A third boat for the pilots"
TESTED = "subject_test_percent = 20"
COUNTED = "\n[clicks]\ncount = true"


def half_sent(folder: Folder, url: str, *, more: str = COUNTED, tested: str = TESTED) -> None:
    """Send the first shares of an edition to which an operator gave two subjects."""
    folder.ready(readers=READERS, database=url, newsletter=tested, more=more)
    assert folder("run", "morning", "--until", "draft", now=CUTOFF).code == Exit.DONE
    said = folder("draft", "morning", "--subject", FIRST, "--subject-b", SECOND, "--json", now=CUTOFF)
    assert (said.values["subject"], said.values["subject_b"]) == (FIRST, SECOND)
    assert folder("run", "morning", now=AT_SEND).code == Exit.DONE


def subjects(folder: Folder) -> Counter[str]:
    return Counter(str(mail["Subject"]) for mail in folder.mails())


def click(folder: Folder, url: str, subject: str) -> None:
    """Let everyone who got this subject open a story, as the provider's events would tell."""
    got = {str(mail["To"]) for mail in folder.mails() if mail["Subject"] == subject}
    database = open_database(url)
    key = EditionKey("morning", date(2026, 11, 23))
    database.ledger.record_events(
        MailEvent(f"click-{one.reference}", EventKind.CLICKED, one.reference, datetime.now(UTC))
        for one in database.ledger.records(key, [DeliveryState.SENT])
        if any(one.address in to for to in got)
    )
    database.close()


def assert_each_once(folder: Folder) -> None:
    assert folder.recipients() == {f"reader{number}@list.example": 1 for number in range(READERS)}
    audit = folder("audit", "morning", "--json").values
    assert audit["is_settled"]
    assert audit["tally"]["sent"] == READERS


@pytest.mark.parametrize("clicked", [FIRST, SECOND])
def test_the_run_after_the_test_sends_the_rest_what_was_clicked(
    folder: Folder, either_url: str, clicked: str
) -> None:
    half_sent(folder, either_url)
    shares = subjects(folder)
    click(folder, either_url, clicked)

    early = folder("run", "morning", now=EARLY)
    between = subjects(folder)
    late = folder("run", "morning", now=LATE)

    assert shares == between == {FIRST: 10, SECOND: 10}
    assert (early.code, late.code) == (Exit.DONE, Exit.DONE)
    assert subjects(folder)[clicked] == READERS - 10
    assert_each_once(folder)


def test_nobody_waits_for_clicks_that_nothing_counts(folder: Folder) -> None:
    folder.ready(readers=READERS, newsletter=f"subject_test = true\n{TESTED}")

    assert folder("run", "morning", "--until", "draft", now=CUTOFF).code == Exit.DONE
    warned = folder("check", "morning", "--no-dns", "--no-spam", now=CUTOFF).out
    said = folder("run", "morning", now=AT_SEND)

    assert said.code == Exit.DONE
    assert set(subjects(folder).values()) == {READERS // 2}
    assert "no clicks are counted" in warned
    assert "no clicks are counted" in said.err
    assert_each_once(folder)


def test_an_operator_is_waited_for_where_no_clicks_are_counted(folder: Folder, either_url: str) -> None:
    half_sent(folder, either_url, more="", tested=f'{TESTED}\nsubject_test_by = "operator"')

    said = folder("dispatch", "morning", "--winner", "b", now=EARLY)

    assert said.code == Exit.DONE
    assert subjects(folder) == {FIRST: 10, SECOND: READERS - 10}
    assert_each_once(folder)


def test_too_few_readers_are_warned_of_and_no_single_click_decides(folder: Folder) -> None:
    folder.ready(readers=9, newsletter="subject_test = true", more=COUNTED)
    assert folder("run", "morning", "--until", "draft", now=CUTOFF).code == Exit.DONE

    warned = folder("check", "morning", "--no-dns", "--no-spam", now=CUTOFF).out
    assert folder("run", "morning", now=AT_SEND).code == Exit.DONE
    (only,) = subjects(folder)
    click(folder, f"sqlite:///{folder.root}/digest.db", only)
    late = folder("run", "morning", now=LATE)

    assert "each subject to 0 of the readers, too few to tell" in warned
    assert late.code == Exit.DONE
    assert subjects(folder)[only] == 1
    assert "no clicks to decide by" in late.err


def test_an_operator_ends_the_test_by_a_word(folder: Folder, either_url: str) -> None:
    half_sent(folder, either_url)
    click(folder, either_url, FIRST)

    said = folder("dispatch", "morning", "--winner", "b", now=EARLY)
    again = folder("dispatch", "morning", "--winner", "a", now=EARLY)

    assert said.code == Exit.DONE
    assert subjects(folder) == {FIRST: 10, SECOND: READERS - 10}
    assert again.code == Exit.BAD_DATA
    assert "operator decided already" in again.err
    assert_each_once(folder)


@pytest.mark.postgres
def test_a_worker_sends_the_rest_when_the_test_is_over(
    folder: Folder, postgres_server: PostgresServer
) -> None:
    name = postgres_server.create_migrated()
    half_sent(folder, postgres_server.url(name))
    click(folder, postgres_server.url(name), SECOND)

    worked = ended(a_worker(folder, "--once", now=LATE))

    assert worked == Exit.DONE
    assert subjects(folder) == {FIRST: 10, SECOND: READERS - 10}
    assert_each_once(folder)
    postgres_server.drop(name)


def test_a_newsletter_may_test_two_subjects_every_day(folder: Folder) -> None:
    folder.ready(readers=READERS, newsletter=f"subject_test = true\n{TESTED}", more=COUNTED)

    code = folder("run", "morning", now=AT_SEND).code
    folder("run", "morning", now=LATE)

    assert code == Exit.DONE
    assert len(subjects(folder)) == 2
    assert_each_once(folder)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--subject", " "), "an empty subject"),
        (("--subject", "The same", "--subject-b", "The same"), "both subjects"),
    ],
)
def test_subjects_that_make_no_test_are_refused(folder: Folder, words: tuple[str, ...], said: str) -> None:
    folder.ready(readers=2)
    assert folder("run", "morning", "--until", "draft", now=CUTOFF).code == Exit.DONE

    refused = folder("draft", "morning", *words, now=CUTOFF)

    assert refused.code == Exit.BAD_DATA
    assert said in refused.err
