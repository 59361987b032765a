"""The day's job on a small newsroom: what cron sees, and what readers get."""

from __future__ import annotations

import pytest

from digest.cli.exits import Exit
from tests.journeys.desk import AT_SEND, NEXT_DAY, Folder

MONDAY = {
    "clock": (
        "Tower clock is repaired after a year",
        "The clock over the fish market strikes again. A watchmaker from the hills cut the missing wheel.",
    ),
    "school": (
        "Two schools swap teachers for a term",
        "Mathematics and music will be taught across the river from January. Parents voted for it.",
    ),
    "tram": (
        "Brakes of every tram are checked at night",
        "Engineers found worn blocks on three cars last week. No passenger was ever in danger, they said.",
    ),
}


def test_a_run_sends_each_subscriber_one_mail_and_the_audit_adds_up(folder: Folder) -> None:
    folder.ready()

    said = folder("run", "morning", "--json", now=AT_SEND)

    assert said.code == Exit.DONE
    assert said.values["tally"]["sent"] == 5
    assert folder.recipients() == {f"reader{number}@list.example": 1 for number in range(5)}
    audit = folder("audit", "morning", "--json")
    assert audit.code == Exit.DONE
    assert audit.values["is_settled"]
    assert audit.values["tally"]["adds_up"]


def test_a_second_run_sends_nothing_and_says_so(folder: Folder) -> None:
    folder.ready()
    folder("run", "morning", now=AT_SEND)
    before = {path.name: path.stat().st_mtime_ns for path in (folder.root / "outbox").rglob("*.eml")}

    said = folder("run", "morning", now="2026-11-23T07:15:00+03:00")

    assert said.code == Exit.DONE
    assert "already sent" in said.out
    after = {path.name: path.stat().st_mtime_ns for path in (folder.root / "outbox").rglob("*.eml")}
    assert after == before


def test_the_mail_tells_each_article_once_with_links_of_the_readers_own(folder: Folder) -> None:
    folder.ready()

    folder("run", "morning", now=AT_SEND)

    mail = folder.mails()[0]
    text = mail.get_body(("plain",))
    html = mail.get_body(("html",))
    assert text is not None
    assert html is not None
    for title in ("Harbor pilots get a third boat", "Library lends tools beside books"):
        assert text.get_content().count(title) == 1
        assert title in html.get_content()
    assert "%%" not in mail.as_string()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    unsubscribes = {one["List-Unsubscribe"] for one in folder.mails()}
    assert len(unsubscribes) == 5


def test_no_article_comes_twice_in_the_same_newsletter(folder: Folder) -> None:
    folder.ready()
    folder("run", "morning", now=AT_SEND)
    for name, (title, body) in MONDAY.items():
        folder.add_article(name, "2026-11-23T15:00:00+03:00", title=title, body=body)

    said = folder("run", "morning", "--json", now=NEXT_DAY)

    assert said.code == Exit.DONE
    edition = folder("explain", "morning/2026-11-24", "--json").values
    told = {one["title"]: one["rule"] for one in edition["decisions"] if not one["is_in"]}
    assert told["Evening ferry runs until midnight"] == "already-sent"
    assert sum(one["is_in"] for one in edition["decisions"]) == 3


def test_before_the_send_time_the_edition_waits_approved(folder: Folder) -> None:
    folder.ready()

    early = folder("run", "morning", now="2026-11-23T05:00:00+03:00")
    between = folder("run", "morning", now="2026-11-23T06:10:00+03:00")

    assert "not yet time: its day ends at 2026-11-23 06:00 EAT" in early.out
    assert "not yet time: goes out at 2026-11-23 06:30 EAT" in between.out
    assert (early.code, between.code) == (Exit.DONE, Exit.DONE)
    assert not folder.mails()
    assert folder("run", "morning", now=AT_SEND).code == Exit.DONE
    assert len(folder.mails()) == 5


def test_required_approval_waits_for_an_editor(folder: Folder) -> None:
    folder.ready(newsletter='approval = "required"')

    waiting = folder("run", "morning", now=AT_SEND)
    approved = folder("approve", "morning", "--by", "amina", now=AT_SEND)
    done = folder("run", "morning", now=AT_SEND)

    assert waiting.code == Exit.WAITING_FOR_APPROVAL
    assert approved.code == Exit.DONE
    assert done.code == Exit.DONE
    assert len(folder.mails()) == 5


def test_a_template_changed_after_an_editors_approval_withdraws_it(folder: Folder) -> None:
    folder.ready(newsletter='approval = "required"')
    folder("run", "morning", now=AT_SEND)
    folder("approve", "morning", now=AT_SEND)
    changed = folder.config.read_text().replace("Gazette Morning", "Gazette Noon")
    folder.config.write_text(changed.replace("7 Rope Walk", "9 Rope Walk"))

    said = folder("run", "morning", now=AT_SEND)

    assert said.code == Exit.WAITING_FOR_APPROVAL
    assert "changed since it was approved" in said.out
    assert not folder.mails()


def test_the_single_steps_do_what_a_run_does(folder: Folder) -> None:
    folder.ready()

    codes = [
        folder(step, "morning", now=AT_SEND).code
        for step in ("collect", "draft", "approve", "dispatch", "close")
    ]

    assert codes == [Exit.DONE] * 5
    assert len(folder.mails()) == 5


def test_a_dry_run_stores_no_edition_and_sends_nothing(folder: Folder) -> None:
    folder.ready()

    said = folder("run", "morning", "--dry-run", now=AT_SEND)

    assert said.code == Exit.DONE
    assert "would send 4 items to 5 readers" in said.out
    assert not (folder.root / "outbox").exists()
    assert "not drafted" in folder("status", now=AT_SEND).out


def test_a_dry_run_after_the_edition_says_that_it_was_sent(folder: Folder) -> None:
    folder.ready()
    folder("run", "morning", now=AT_SEND)

    said = folder("run", "morning", "--dry-run", now=AT_SEND)

    assert said.code == Exit.DONE
    assert "already sent" in said.out


def test_an_edition_with_failed_mail_says_so_each_time(folder: Folder) -> None:
    folder.ready(transport='kind = "smtp"\nhost = "127.0.0.1"\nport = 9\ntls = "none"')
    folder("run", "morning", now=AT_SEND)
    folder("dispatch", "morning", "--cancel", now=AT_SEND)

    again = folder("run", "morning", now=AT_SEND)

    assert "already sent" not in again.out
    assert not folder.mails()


def test_past_the_deadline_nothing_goes_out(folder: Folder) -> None:
    folder.ready(newsletter='deadline = "10:00"')

    said = folder("run", "morning", "--json", now="2026-11-23T11:00:00+03:00")

    assert not folder.mails()
    assert said.values["tally"]["skipped"] == 5


def test_who_unsubscribed_after_the_freeze_gets_nothing(folder: Folder) -> None:
    folder.ready()
    people = "email,name,status\nreader1@list.example,Reader 1,unsubscribed\n"
    (folder.root / "left.csv").write_text(people)

    folder("subscribers", "import", str(folder.root / "left.csv"), "--list", "morning")
    folder("run", "morning", now=AT_SEND)

    assert "reader1@list.example" not in folder.recipients()
    assert len(folder.mails()) == 4


def test_a_preview_shows_the_bytes_that_are_sent_and_touches_no_edition(folder: Folder) -> None:
    folder.ready()

    said = folder("preview", "morning", "--as", "reader3@list.example", now=AT_SEND)

    assert said.code == Exit.DONE
    assert "not drafted" in folder("status", now=AT_SEND).out
    page = (folder.root / "preview" / "morning-2026-11-23.html").read_text()
    folder("run", "morning", now=AT_SEND)
    mail = next(one for one in folder.mails() if "reader3@" in one["To"])
    body = mail.get_body(("html",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n").strip() == page.strip()


@pytest.mark.parametrize("command", ["status", "config"])
def test_looking_commands_answer_in_json(folder: Folder, command: str) -> None:
    folder.ready()

    said = folder(command, "--json", now=AT_SEND)

    assert said.code == Exit.DONE
    assert said.values
