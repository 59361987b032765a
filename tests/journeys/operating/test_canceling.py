"""A cancel before the first byte brings the draft back: mended and approved it reaches everybody once."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections import Counter

import pytest

from digest.cli.exits import Exit
from digest.model import EditionKey, Outcome, Receipt
from digest.storage.database import open_database
from subscribers.model import Frequency
from tests.journeys.desk import AT_SEND, CUTOFF, OUTBOX, Folder
from tests.journeys.sending.test_weekly import SATURDAY, a_week, choose, ready
from tests.storage.samples import DAY

KEY = EditionKey("morning", DAY)
AWAY = 'kind = "smtp"\nhost = "127.0.0.1"\nport = 9\ntls = "none"'
EVERYBODY = Counter({f"reader{number}@list.example": 1 for number in range(5)})
LATER = "2026-11-23T09:00:00+03:00"
HOLD = "\n[dispatch]\nhold_minutes = 30\n"


def test_a_canceled_edition_is_mended_approved_and_sent_before_the_deadline(folder: Folder) -> None:
    folder.ready(transport=AWAY, newsletter='deadline = "10:00"')
    assert folder("run", "morning", now=AT_SEND).code == Exit.UNAVAILABLE
    folder.config.write_text(folder.config.read_text().replace(AWAY, OUTBOX))

    canceled = folder("dispatch", "morning", "--cancel", "--by", "amina", "--json", now=AT_SEND)
    twice = folder("dispatch", "morning", "--cancel", "--by", "amina", "--json", now=AT_SEND)
    run = folder("run", "morning", "--json", now=AT_SEND)
    audit = folder("audit", "morning", "--json", now=AT_SEND)
    mended = folder("draft", "morning", "--subject", "The right subject", "--json", now=LATER)
    approved = folder("approve", "morning", "--by", "amina", now=LATER)
    sent = folder("run", "morning", "--json", now=LATER)

    assert (canceled.code, twice.code) == (Exit.DONE, Exit.DONE)
    assert canceled.values["outcome"] == twice.values["outcome"] == "a draft again"
    assert canceled.values["state"] == "draft"
    assert "canceled by amina at 2026-11-23 06:30 EAT, before anything had left" in canceled.values["note"]
    assert (run.code, audit.code) == (Exit.WAITING_FOR_APPROVAL, Exit.WAITING_FOR_APPROVAL)
    assert "canceled by amina" in run.values["note"]
    assert mended.values["revision"] == 2
    assert (approved.code, sent.code) == (Exit.DONE, Exit.DONE)
    assert folder.recipients() == EVERYBODY
    assert {mail["Subject"] for mail in folder.mails()} == {"The right subject"}
    assert {mail["Date"].datetime.isoformat() for mail in folder.mails()} == {LATER}


@pytest.mark.parametrize("until", ["approve", "close"], ids=["approved", "frozen and given back"])
def test_it_may_be_approved_as_it_was(folder: Folder, until: str) -> None:
    folder.ready(transport=AWAY)
    folder("run", "morning", *(["--until", until] if until == "approve" else []), now=AT_SEND)
    folder.config.write_text(folder.config.read_text().replace(AWAY, OUTBOX))

    canceled = folder("dispatch", "morning", "--cancel", "--json", now=AT_SEND)
    waiting = folder("run", "morning", now=LATER)
    folder("approve", "morning", now=LATER)

    assert canceled.values["outcome"] == "a draft again"
    assert waiting.code == Exit.WAITING_FOR_APPROVAL
    assert folder("run", "morning", now=LATER).code == Exit.DONE
    assert folder.recipients() == EVERYBODY


def test_in_the_hold_window_it_comes_back_and_is_frozen_anew(
    folder: Folder,
) -> None:
    now = "2036-11-24T06:30:00+03:00"
    folder.ready(transport=AWAY, more=HOLD)
    for name in ("pilots", "ferry", "library", "rain"):
        folder.add_article(name, "2036-11-24T05:00:00+03:00")

    waiting = folder("run", "morning", "--json", now=now)
    canceled = folder("dispatch", "morning", "--cancel", "--json", now=now)
    approved = folder("approve", "morning", now=now)
    again = folder("run", "morning", "--json", now=now)

    assert (waiting.code, waiting.values["outcome"]) == (Exit.DONE, "not yet time")
    assert "5 of 5 deliveries wait for their time" in waiting.values["note"]
    assert canceled.values["outcome"] == "a draft again"
    assert canceled.values["tally"] is None
    assert approved.code == Exit.DONE
    assert (again.values["outcome"], again.values["tally"]["planned"]) == ("not yet time", 5)


def test_nobody_approves_it_again_and_the_day_ends_without_it(folder: Folder) -> None:
    folder.ready(newsletter='deadline = "10:00"')
    folder("run", "morning", "--until", "approve", now=CUTOFF)
    folder("dispatch", "morning", "--cancel", now=CUTOFF)

    late = folder("run", "morning", "--json", now="2026-11-23T11:00:00+03:00")
    refused = folder("approve", "morning", now="2026-11-23T11:00:00+03:00")

    assert late.code == Exit.WAITING_FOR_APPROVAL
    assert "nothing was sent, and nothing will be" in late.values["note"]
    assert refused.code == Exit.BAD_DATA
    assert not folder.mails()


def test_after_the_first_byte_a_cancel_closes_it(folder: Folder) -> None:
    folder.ready(transport=AWAY)
    folder("run", "morning", now=AT_SEND)
    database = open_database(f"sqlite:///{folder.root}/digest.db")
    claimed = database.ledger.claim(KEY, "me", limit=1, lease_s=60)
    database.ledger.settle(KEY, "me", [Receipt(one.reference, Outcome.AGAIN, "451") for one in claimed])
    database.close()

    said = folder("dispatch", "morning", "--cancel", "--json", now=AT_SEND)

    assert (said.values["outcome"], said.values["state"]) == ("canceled", "closed")
    assert said.values["tally"]["skipped"] == 5


def test_for_good_closes_what_could_come_back_and_what_did(folder: Folder) -> None:
    folder.ready()
    folder("run", "morning", "--until", "approve", now=AT_SEND)
    folder("dispatch", "morning", "--cancel", now=AT_SEND)

    said = folder("dispatch", "morning", "--cancel", "--for-good", "--json", now=AT_SEND)
    run = folder("run", "morning", "--json", now=AT_SEND)

    assert (said.values["outcome"], run.values["outcome"]) == ("canceled", "canceled")
    assert run.code == Exit.DONE
    assert not folder.mails()


def test_a_draft_that_came_back_keeps_its_text_though_articles_came_since(folder: Folder) -> None:
    folder.ready()
    folder("run", "morning", "--until", "approve", now=AT_SEND)
    before = folder("dispatch", "morning", "--cancel", "--json", now=AT_SEND).values["subject"]
    body = "A brand new story about the lighthouse keeper and her lamp, told at great length in the town."
    folder.add_article("lamp", "2026-11-23T05:30:00+03:00", title="A lamp is lit", body=body)

    folder("run", "morning", now=LATER)
    after = folder("status", "--json", now=LATER).values["newsletters"][0]["editions"][0]

    assert (after["subject"], after["revision"], after["state"]) == (before, 1, "draft")
    assert after["outcome"] == "waiting for approval"


def test_a_correction_that_is_canceled_is_told_by_another_text(folder: Folder) -> None:
    folder.ready()
    assert folder("run", "morning", now=AT_SEND).code == Exit.DONE
    config = folder.config.read_text()
    folder.config.write_text(config.replace(OUTBOX, AWAY))
    words = ("correct", "morning", "--yes", "--story", "Evening ferry runs until midnight", "--text")
    assert folder(*words, "Until elven.", now=LATER).code == Exit.UNAVAILABLE
    folder.config.write_text(config)

    canceled = folder(
        "dispatch", "morning", "--date", "2026-11-23/correction-1", "--cancel", "--json", now=LATER
    )
    again = folder(*words, "Until eleven.", now=LATER)

    assert canceled.values["outcome"] == "a draft again"
    assert again.code == Exit.DONE, again.err
    assert folder.recipients() == Counter(dict.fromkeys(EVERYBODY, 2))
    assert "Until elven" not in "".join(str(mail) for mail in folder.mails())


def answered(folder: Folder, answer: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Cancel at a terminal and answer what it asks."""
    ours, theirs = pty.openpty()
    os.write(ours, f"{answer}\n".encode())
    command = [sys.executable, "-m", "digest", "dispatch", "morning", "--cancel", *words]
    try:
        return subprocess.run(
            [*command, "--config", str(folder.config), "--now", AT_SEND],
            stdin=theirs,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        os.close(theirs)
        os.close(ours)


def test_a_terminal_is_asked_once_more_and_told_what_will_happen(folder: Folder) -> None:
    folder.ready(transport=AWAY, newsletter='deadline = "10:00"')
    folder("run", "morning", now=AT_SEND)

    no = answered(folder, "n")
    for_good = answered(folder, "n", "--for-good")
    state = folder("status", "--json", now=AT_SEND).values["newsletters"][0]["editions"][0]["state"]
    yes = answered(folder, "y")

    assert (
        "morning/2026-11-23 becomes a draft again: its approval and its 5 planned deliveries go"
        in no.stderr
    )
    assert "It can be mended, approved and sent until 2026-11-23 10:00 EAT." in no.stderr
    assert "nothing ever will: the edition is closed for good" in for_good.stderr
    assert (no.returncode, state) == (Exit.DONE, "dispatching")
    assert "Nothing was canceled." in no.stderr
    assert (yes.returncode, "a draft again" in yes.stdout) == (Exit.DONE, True)


def test_a_weeks_best_comes_back_as_well(folder: Folder) -> None:
    ready(folder)
    choose(folder, "reader0@list.example", Frequency.WEEKLY)
    a_week(folder)
    named = ("--date", "2026-11-28/weekly")
    folder("run", "morning", *named, "--until", "approve", now=SATURDAY)

    canceled = folder("dispatch", "morning", *named, "--cancel", "--json", now=SATURDAY)
    waiting = folder("run", "morning", *named, "--json", now=SATURDAY)
    approved = folder("approve", "morning", *named, now=SATURDAY)
    sent = folder("run", "morning", *named, "--json", now=SATURDAY)

    assert canceled.values["outcome"] == "a draft again"
    assert waiting.code == Exit.WAITING_FOR_APPROVAL
    assert "digest approve morning --date 2026-11-28/weekly" in waiting.values["note"]
    assert approved.code == sent.code == Exit.DONE
    assert folder.recipients() == Counter({"reader1@list.example": 5, "reader0@list.example": 1})
