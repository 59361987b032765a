"""A day that went to nobody is not done: its exit code, its words, its audit, and the run after it."""

from __future__ import annotations

import json

import pytest

from digest.cli.exits import Exit
from digest.model import EditionKey, Outcome, Receipt
from digest.storage.database import open_database
from subscribers.model import Frequency
from tests.journeys.desk import AT_SEND, CUTOFF, NEXT_DAY, OUTBOX, Folder
from tests.journeys.sending.test_weekly import SATURDAY, choose, publish
from tests.storage.samples import DAY

KEY = EditionKey("morning", DAY)
AWAY = 'kind = "smtp"\nhost = "127.0.0.1"\nport = 9\ntls = "none"'
DEADLINE = 'deadline = "10:00"'
TOO_LATE = "2026-11-23T11:00:00+03:00"
EVERYBODY = {f"reader{number}@list.example": 1 for number in range(5)}


def server_comes_back(folder: Folder) -> None:
    folder.config.write_text(folder.config.read_text().replace(AWAY, OUTBOX))


def sent_before(folder: Folder, count: int) -> None:
    """Freeze the edition, let so many of its five mails leave, and have the rest wait."""
    folder.ready(transport=AWAY, newsletter=DEADLINE)
    assert folder("run", "morning", now=AT_SEND).code == Exit.UNAVAILABLE
    if count:
        database = open_database(f"sqlite:///{folder.root}/digest.db")
        claimed = database.ledger.claim(KEY, "me", limit=count, lease_s=60)
        database.ledger.settle(KEY, "me", [Receipt(one.reference, Outcome.SENT) for one in claimed])
        database.close()
    server_comes_back(folder)


def test_a_first_run_after_the_deadline_is_missed_and_stays_so(folder: Folder) -> None:
    folder.ready(newsletter=DEADLINE)

    runs = [folder("run", "morning", "--json", now=TOO_LATE) for _ in range(2)]
    dry = folder("run", "morning", "--dry-run", now=TOO_LATE)
    audit = folder("audit", "morning", "--json", now=TOO_LATE)
    status = folder("status", now=TOO_LATE)

    assert not folder.mails()
    assert {one.code for one in (*runs, dry, audit)} == {Exit.MISSED}
    for said in (*runs, audit):
        assert said.values["outcome"] == "closed, and it reached hardly anybody or nobody"
        assert "sent 0 of 5; 5 skipped" in said.values["note"]
        assert "the deadline had passed for 5" in said.values["note"]
        assert said.values["tally"]["late"] == 5
    assert "already sent" not in dry.out
    assert "reached hardly anybody or nobody" in status.out
    assert "Closed, and it reached hardly anybody or nobody." in folder("audit", "morning").out


@pytest.mark.parametrize(
    ("count", "code"),
    [
        pytest.param(0, Exit.MISSED, id="the server was dead all morning"),
        pytest.param(2, Exit.MISSED, id="most were too late"),
        pytest.param(3, Exit.CLOSED_WITH_FAULTS, id="some were too late"),
    ],
)
def test_a_server_that_is_dead_past_the_deadline_is_told_by_how_many_it_cost(
    folder: Folder, count: int, code: Exit
) -> None:
    sent_before(folder, count)

    late = folder("run", "morning", "--json", now=TOO_LATE)
    again = folder("run", "morning", "--json", now=TOO_LATE)
    audit = folder("audit", "morning", "--json")

    assert late.code == again.code == audit.code == code
    assert late.values["outcome"] == audit.values["outcome"] != "already sent"
    assert late.values["tally"]["late"] == 5 - count


def test_yesterdays_edition_that_went_to_nobody_is_told_by_todays_run(folder: Folder) -> None:
    sent_before(folder, 0)
    publish(folder, 1)

    said = folder("run", "morning", "--json", now=NEXT_DAY)
    again = folder("run", "morning", "--json", now=NEXT_DAY)

    assert said.code == Exit.MISSED
    assert said.values["outcome"] == "done"
    assert [one["edition"] for one in said.values["earlier"]] == ["morning/2026-11-23"]
    assert (again.code, again.values["outcome"]) == (Exit.DONE, "already sent")
    assert folder.recipients() == EVERYBODY


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        pytest.param(
            'lists = ["mornings"]', 'lists = ["morning"]', "there is no list 'mornings'", id="renamed"
        ),
        pytest.param(
            'lists = ["empty"]', 'lists = ["morning"]', "the list 'empty' is empty", id="an empty one"
        ),
        pytest.param(
            'lists = ["morning"]\nsegment = "coast"',
            'lists = ["morning"]',
            "the segment 'coast' takes none of the 5 readers of morning",
            id="a segment",
        ),
    ],
)
def test_a_newsletter_without_readers_stops_before_its_freeze_and_goes_out_once_mended(
    folder: Folder, wrong: str, right: str, said: str
) -> None:
    folder.ready(newsletter=DEADLINE, more='\n[segments.coast]\nall_of = [{ has_tag = "coast" }]\n')
    (folder.root / "nobody.csv").write_text("email,name,status\nx@list.example,X,unsubscribed\n")
    assert folder("subscribers", "import", str(folder.root / "nobody.csv"), "--list", "left").code == 0
    if "empty" in wrong:
        rows = "email,name\n"
        (folder.root / "empty.csv").write_text(rows)
        folder("subscribers", "import", str(folder.root / "empty.csv"), "--list", "empty")
    config = folder.config.read_text()
    folder.config.write_text(config.replace(right, wrong))

    runs = [folder("run", "morning", "--json", now=AT_SEND) for _ in range(2)]
    dry = folder("run", "morning", "--dry-run", now=AT_SEND)
    folder.config.write_text(config)
    mended = folder("run", "morning", now=AT_SEND)

    assert {one.code for one in (*runs, dry)} == {Exit.NO_READERS}
    for one in runs:
        assert (one.values["outcome"], one.values["state"]) == ("nobody to send to", "approved")
        assert said in one.values["note"] or "there is no list 'empty'" in one.values["note"]
    assert mended.code == Exit.DONE
    assert folder.recipients() == EVERYBODY


def test_a_list_whose_readers_all_left_is_told_with_their_states(folder: Folder) -> None:
    folder.ready(readers=2)
    for number in range(2):
        folder("subscribers", "unsubscribe", f"reader{number}@list.example", "--list", "morning")

    said = folder("run", "morning", now=AT_SEND)

    assert said.code == Exit.NO_READERS
    assert "the list 'morning' has no reader who may get mail (2 ended)" in said.out


def test_without_readers_until_the_deadline_the_day_went_to_nobody(folder: Folder) -> None:
    folder.ready(newsletter=DEADLINE)
    folder.config.write_text(folder.config.read_text().replace('lists = ["morning"]', 'lists = ["gone"]'))

    late = folder("run", "morning", "--json", now=TOO_LATE)
    again = folder("run", "morning", "--json", now=TOO_LATE)

    assert late.code == again.code == folder("audit", "morning").code == Exit.MISSED
    assert "there is no list 'gone'" in late.values["note"]
    assert late.values["state"] == "closed"


def test_a_day_whose_readers_all_chose_the_weeks_best_is_as_it_should_be(folder: Folder) -> None:
    folder.ready(readers=1)
    choose(folder, "reader0@list.example", Frequency.WEEKLY)

    said = folder("run", "morning", "--json", now=AT_SEND)

    assert (said.code, said.values["outcome"]) == (Exit.DONE, "done")


def test_a_weeks_best_that_nobody_chose_is_as_it_should_be(folder: Folder) -> None:
    folder.ready()
    assert folder("run", "morning", now=AT_SEND).code == Exit.DONE

    said = folder("run", "morning", "--date", "2026-11-28/weekly", "--json", now=SATURDAY)

    assert said.code == Exit.DONE


def test_a_day_on_which_no_source_could_be_read_is_no_quiet_day(folder: Folder) -> None:
    folder.ready()
    (folder.root / "articles").rename(folder.root / "away")

    collected = folder("collect", "morning", "--json", now=AT_SEND)
    runs = [folder("run", "morning", "--json", now=AT_SEND) for _ in range(2)]
    audit = folder("audit", "morning", "--json", now=AT_SEND)
    dry = folder("run", "morning", "--dry-run", now=AT_SEND)
    (folder.root / "away").rename(folder.root / "articles")
    mended = folder("run", "morning", now=AT_SEND)

    assert collected.code == Exit.SOURCES_DOWN
    assert "the only source failed" in collected.err
    assert {one.code for one in runs} == {dry.code} == {Exit.SOURCES_DOWN}
    assert runs[0].values["outcome"] == "no source could be read"
    assert "the only source failed" in runs[0].values["note"]
    assert mended.code == Exit.DONE
    assert audit.code != Exit.DONE


def test_one_source_of_two_that_fails_is_told_and_no_more(folder: Folder) -> None:
    folder.ready(more='\n[[newsletters.morning.sources]]\nkind = "folder"\npath = "elsewhere"\n')
    quiet = folder("run", "morning", "--json", now="2026-12-08T06:30:00+03:00")

    collected = folder("collect", "morning", now=AT_SEND)
    done = folder("run", "morning", now=AT_SEND)

    assert collected.code == done.code == Exit.DONE
    assert "1 sources failed" in collected.out
    assert quiet.code == Exit.NOTHING_TO_SEND
    assert "1 of 2 sources could not be read" in quiet.values["note"]


def test_sources_that_hold_nothing_new_are_a_quiet_day(folder: Folder) -> None:
    folder.ready()
    assert folder("run", "morning", now=AT_SEND).code == Exit.DONE

    said = folder("run", "morning", "--json", now=NEXT_DAY)
    audit = folder("audit", "morning", "--json", now=NEXT_DAY)

    assert said.code == audit.code == Exit.NOTHING_TO_SEND
    assert audit.values["edition"] == "morning/2026-11-24"
    assert audit.values["outcome"] == "nothing to send"


@pytest.mark.parametrize("words", [(), ("--until", "draft")], ids=["run", "drafted"])
def test_too_few_stories_before_the_day_has_ended_are_no_quiet_day_yet(
    folder: Folder, words: tuple[str, ...]
) -> None:
    folder.ready()
    early = "2026-11-23T02:30:00+03:00"

    quiet = folder("-q", "run", "morning", *words, now=early)
    told = folder("run", "morning", *words, "--json", now=early)
    rehearsed = folder("run", "morning", "--dry-run", "--json", now=early)
    after = folder("run", "morning", now=AT_SEND)

    assert (quiet.code, quiet.out, quiet.err) == (Exit.DONE, "", "")
    assert (told.code, told.values["outcome"]) == (Exit.DONE, "not yet time")
    assert "so far it holds 2 of at least 3 items" in told.values["note"]
    assert (rehearsed.code, rehearsed.values["outcome"]) == (Exit.DONE, "not yet time")
    assert after.code == Exit.DONE


def test_an_audit_on_a_day_without_an_edition_says_so(folder: Folder) -> None:
    folder.ready(newsletter='deadline = "10:00"\nweekdays = ["mon", "tue", "wed", "thu", "fri"]')
    assert folder("run", "morning", now=AT_SEND).code == Exit.DONE

    early = folder("audit", "morning", now="2026-11-24T05:00:00+03:00")
    due = folder("audit", "morning", "--json", now=NEXT_DAY)
    late = folder("audit", "morning", now="2026-11-24T11:00:00+03:00")
    free = folder("audit", "morning", "--json", now="2026-11-28T11:00:00+03:00")

    assert early.code == Exit.DONE
    assert early.out.startswith(
        "morning/2026-11-24: not drafted yet, it goes out at 06:30 EAT; the latest is morning/2026-11-23"
    )
    assert (due.code, due.values["edition"]) == (Exit.UNFINISHED, "morning/2026-11-24")
    assert late.code == Exit.MISSED
    assert "no run made one in time" in late.out
    assert (free.code, free.values["today"]["outcome"]) == (Exit.DONE, "no edition on this day")


def test_a_normal_morning_is_silent_for_cron(folder: Folder) -> None:
    folder.ready()
    times = ("2026-11-23T05:00:00+03:00", CUTOFF, "2026-11-23T06:10:00+03:00", AT_SEND, AT_SEND)

    runs = [folder("-q", "run", "morning", now=now) for now in times]

    assert [(one.code, one.out, one.err) for one in runs] == [(Exit.DONE, "", "")] * len(times)
    assert folder.recipients() == EVERYBODY
    asked = folder("-q", "run", "morning", "--json", now=AT_SEND).out
    assert json.loads(asked)["outcome"] == "already sent"


def test_what_went_wrong_is_told_to_cron_though_it_asked_for_quiet(folder: Folder) -> None:
    folder.ready(newsletter=DEADLINE)

    said = folder("-q", "run", "morning", now=TOO_LATE)

    assert said.code == Exit.MISSED
    assert "the deadline had passed for 5" in said.out
