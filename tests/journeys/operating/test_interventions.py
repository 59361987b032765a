"""An operator cancels, lets go on, and settles; an article that is withdrawn leaves the edition."""

from __future__ import annotations

import pytest

from digest.cli.exits import Exit
from digest.model import DeliveryState, EditionKey, Outcome, Receipt
from digest.storage.database import open_database
from tests.journeys.desk import AT_SEND, CUTOFF, Folder
from tests.storage.samples import DAY

KEY = EditionKey("morning", DAY)
SMTP_AWAY = 'kind = "smtp"\nhost = "127.0.0.1"\nport = 9\ntls = "none"'


def with_outbox(folder: Folder) -> None:
    text = folder.config.read_text()
    start, end = text.index("[transport]"), text.index("[newsletters.morning]")
    folder.config.write_text(f'{text[:start]}[transport]\nkind = "outbox"\npath = "outbox"\n\n{text[end:]}')


def held(folder: Folder, count: int, outcome: Outcome = Outcome.UNCERTAIN) -> list[str]:
    """Freeze the day's edition, let `count` of its deliveries end, as held at first, and return whose.

    The relay is away until then; afterwards there is an outbox.
    """
    assert folder("run", "morning", now=AT_SEND).code == Exit.UNAVAILABLE
    database = open_database(f"sqlite:///{folder.root}/digest.db")
    ledger = database.ledger
    claimed = ledger.claim(KEY, "me", limit=count, lease_s=60)
    ledger.settle(KEY, "me", [Receipt(one.reference, outcome, "lost") for one in claimed])
    ledger.settle_uncertain(KEY, DeliveryState.HELD, "nobody knows")
    database.close()
    with_outbox(folder)
    return [one.subscriber for one in claimed]


def test_a_draft_that_is_canceled_before_anybody_approved_it_reaches_nobody_ever(folder: Folder) -> None:
    folder.ready()
    folder("run", "morning", "--until", "draft", now=CUTOFF)

    said = folder("dispatch", "morning", "--cancel", "--by", "amina", "--json", now=CUTOFF)
    later = folder("run", "morning", "--json", now=AT_SEND)

    assert (said.code, later.code) == (Exit.DONE, Exit.DONE)
    for told in (said.values, later.values):
        assert told["outcome"] == "canceled"
        assert "canceled by amina; sent 0 of 5" in told["note"]
        assert told["tally"]["skipped"] == told["tally"]["frozen"] == 5
    assert not folder.mails()
    assert "canceled by amina" in folder("audit", "morning").out


def test_a_cancel_in_the_middle_tells_what_was_sent_before(folder: Folder) -> None:
    held(folder.ready(transport=SMTP_AWAY), 2, Outcome.SENT)

    said = folder("dispatch", "morning", "--cancel", now=AT_SEND)

    assert said.code == Exit.DONE
    assert "canceled by operator; sent 2 of 5" in said.out
    assert not folder.mails()
    assert folder("audit", "morning").code == Exit.DONE


def test_a_stopped_edition_says_how_to_go_on_and_goes_on(folder: Folder) -> None:
    held(folder.ready(transport=SMTP_AWAY), 1, Outcome.SENT)
    database = open_database(f"sqlite:///{folder.root}/digest.db")
    database.ledger.stop(KEY, "7 of 9 mails bounced, the bound is 8.0%")
    database.close()

    stopped = folder("run", "morning", now=AT_SEND)
    resumed = folder("dispatch", "morning", "--resume", now=AT_SEND)

    assert stopped.code == Exit.STOPPED
    assert "7 of 9 mails bounced" in stopped.out
    assert "digest dispatch morning --date 2026-11-23 --resume, or --cancel" in stopped.out
    assert resumed.code == Exit.DONE
    assert len(folder.mails()) == 4


@pytest.mark.parametrize(("word", "count"), [("sent", "sent"), ("failed", "failed")])
def test_held_deliveries_are_settled_by_an_operators_word(folder: Folder, word: str, count: str) -> None:
    who = held(folder.ready(transport=SMTP_AWAY), 2)
    assert folder("run", "morning", now=AT_SEND).code == Exit.CLOSED_WITH_FAULTS

    first = folder(
        "dispatch", "morning", "--settle-held", word, "--subscriber", who[0], "--json", now=AT_SEND
    )
    rest = folder("dispatch", "morning", "--settle-held", word, "--by", "amina", "--json", now=AT_SEND)

    assert first.values["settled"] == rest.values["settled"] == 1
    assert first.values["tally"]["held"] == 1
    assert rest.values["tally"]["held"] == 0
    assert rest.values["tally"][count] == (5 if word == "sent" else 2)
    assert rest.code == (Exit.DONE if word == "sent" else Exit.CLOSED_WITH_FAULTS)
    assert len(folder.mails()) == 3
    if word == "failed":
        assert "by the word of amina" in folder("audit", "morning").out


def test_held_deliveries_are_sent_again_by_an_operators_word_though_the_edition_was_closed(
    folder: Folder,
) -> None:
    held(folder.ready(transport=SMTP_AWAY), 2)
    assert folder("run", "morning", now=AT_SEND).code == Exit.CLOSED_WITH_FAULTS
    assert len(folder.mails()) == 3

    said = folder("dispatch", "morning", "--settle-held", "resend", "--json", now=AT_SEND)

    assert said.code == Exit.DONE
    assert said.values["state"] == "closed"
    assert folder.recipients() == {f"reader{number}@list.example": 1 for number in range(5)}


def test_past_the_deadline_held_deliveries_are_not_sent_again(folder: Folder) -> None:
    held(folder.ready(transport=SMTP_AWAY, newsletter='deadline = "10:00"'), 2)
    folder("run", "morning", now=AT_SEND)

    said = folder("dispatch", "morning", "--settle-held", "resend", now="2026-11-23T10:00:00+03:00")

    assert said.code == Exit.BAD_DATA
    assert "deadline, 2026-11-23 10:00 EAT, has passed" in said.err
    assert folder("audit", "morning", "--json").values["tally"]["held"] == 2


def test_a_subscriber_with_nothing_held_is_named_as_a_fault(folder: Folder) -> None:
    held(folder.ready(transport=SMTP_AWAY), 1)

    said = folder("dispatch", "morning", "--settle-held", "sent", "--subscriber", "nobody", now=AT_SEND)

    assert said.code == Exit.BAD_DATA
    assert "1 of the subscribers named have no held delivery" in said.err


def test_an_article_withdrawn_after_the_approval_is_dropped_and_the_rest_goes_out(folder: Folder) -> None:
    folder.ready()
    assert folder("run", "morning", "--until", "approve", now=CUTOFF).code == Exit.DONE
    (folder.root / "articles" / "library.md").unlink()

    said = folder("run", "morning", now=AT_SEND)

    assert said.code == Exit.DONE
    assert len(folder.mails()) == 5
    text = folder.mails()[0].get_body(("plain",))
    assert text is not None
    assert "Library lends tools" not in text.get_content()
    assert "Evening ferry runs" in text.get_content()


def test_an_editor_is_asked_again_when_an_approved_article_is_withdrawn(folder: Folder) -> None:
    folder.ready(newsletter='approval = "required"')
    folder("run", "morning", now=AT_SEND)
    folder("approve", "morning", now=AT_SEND)
    (folder.root / "articles" / "ferry.md").unlink()

    asked = folder("run", "morning", now=AT_SEND)
    again = folder("run", "morning", now=AT_SEND)
    folder("approve", "morning", "--by", "amina", now=AT_SEND)
    sent = folder("run", "morning", now=AT_SEND)

    assert (asked.code, again.code) == (Exit.WAITING_FOR_APPROVAL, Exit.WAITING_FOR_APPROVAL)
    assert "withdrawn by its publisher; approve it again" in asked.out
    assert sent.code == Exit.DONE
    assert len(folder.mails()) == 5
    assert all(b"Evening ferry" not in mail.as_bytes() for mail in folder.mails())


def test_too_little_is_left_when_articles_are_withdrawn_and_nothing_goes_out(folder: Folder) -> None:
    folder.ready()
    folder("run", "morning", "--until", "approve", now=CUTOFF)
    for name in ("ferry", "library"):
        (folder.root / "articles" / f"{name}.md").unlink()

    said = folder("run", "morning", now=AT_SEND)
    again = folder("run", "morning", now=AT_SEND)

    assert (said.code, again.code) == (Exit.NOTHING_TO_SEND, Exit.NOTHING_TO_SEND)
    assert "2 of at least 3 items" in said.out
    assert not folder.mails()


def test_a_backup_restored_after_the_deadline_sends_nothing_again(folder: Folder) -> None:
    folder.ready(newsletter='deadline = "10:00"')
    folder("run", "morning", "--until", "approve", now=CUTOFF)
    backup = (folder.root / "digest.db").read_bytes()
    assert folder("run", "morning", now=AT_SEND).code == Exit.DONE
    for path in folder.root.glob("digest.db*"):
        path.unlink()
    (folder.root / "digest.db").write_bytes(backup)
    (folder.root / "outbox").rename(folder.root / "first")

    said = folder("run", "morning", "--json", now="2026-11-23T11:00:00+03:00")

    assert said.values["tally"]["skipped"] == 5
    assert not folder.mails()


def test_wrong_pairs_of_options_are_refused(folder: Folder) -> None:
    folder.ready()

    assert folder("dispatch", "morning", "--cancel", "--resume").code == Exit.USAGE
    assert folder("dispatch", "morning", "--subscriber", "x").code == Exit.USAGE
