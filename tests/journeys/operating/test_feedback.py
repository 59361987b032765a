"""What comes back by mail: a bounce suppresses the reader it means, and nobody else."""

from __future__ import annotations

import json
import mailbox
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from digest.cli.exits import Exit
from digest.model import EditionKey, MailEvent
from digest.settings.loading import load
from digest.storage.ledger.references import of_claim
from digest.transports.sendgrid.events import read_events
from digest.transports.sendgrid.rows import REFERENCE_ARG
from digest.upkeep import feedback
from digest.wiring.newsroom import Newsroom
from tests.journeys.desk import AT_SEND, NEXT_DAY, Folder
from tests.journeys.sending.test_killed import CountingSink, sink

__all__ = ["sink"]

BOUNCES = '[transport.bounces]\ndomain = "bounce.gazette.example"\npath = "bounces"'


def a_bounce(to: str, reader: str, reply: str = "550 5.1.1 no such user") -> bytes:
    """Return a delivery status notification, RFC 3464, as Postfix writes it."""
    return f"""\
From: MAILER-DAEMON@mx.list.example
To: {to}
Subject: Undelivered Mail Returned to Sender
Date: Mon, 23 Nov 2026 07:00:00 +0300
Message-ID: <bounce-of-{reader}>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

The mail could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.list.example

Final-Recipient: rfc822; {reader}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; {reply}

--b--
""".encode()


@pytest.fixture
def sent(folder: Folder, sink: tuple[CountingSink, int]) -> tuple[Folder, dict[str, str]]:
    handler, port = sink
    transport = f'kind = "smtp"\nhost = "127.0.0.1"\nport = {port}\ntls = "none"\n\n{BOUNCES}'
    folder.ready(readers=3, transport=transport)
    mailbox.Maildir(folder.root / "bounces", create=True).close()
    assert folder("run", "morning", now=AT_SEND).code == Exit.DONE
    return folder, handler.senders


def test_a_bounce_suppresses_exactly_the_reader_it_means(sent: tuple[Folder, dict[str, str]]) -> None:
    folder, senders = sent
    assert len(set(senders.values())) == 3
    box = mailbox.Maildir(folder.root / "bounces")
    box.add(a_bounce(senders["reader1@list.example"], "reader1@list.example"))
    box.add(b"From: a.person@list.example\nSubject: thank you\n\nA fine edition.\n")
    box.close()

    said = folder("feedback", "--json", now=NEXT_DAY)
    again = folder("feedback", "--json", now=NEXT_DAY)

    assert said.code == Exit.DONE
    assert said.values == {
        "events": 1,
        "new": 1,
        "problems": 1,
        "refused": 0,
        "unsubscribed": 0,
        "refusals": {"dead": {"count": 1, "example": "550 5.1.1 no such user"}},
        "doubted": [],
    }
    assert again.values["events"] == 0
    shown = folder("subscribers", "show", "reader1@list.example", "--json").values
    assert [one["kind"] for one in shown["suppressions"]] == ["hard_bounce"]
    for other in ("reader0", "reader2"):
        shown = folder("subscribers", "show", f"{other}@list.example", "--json").values
        assert not shown["suppressions"]


def test_without_a_bounce_box_the_command_says_which_setting_is_missing(folder: Folder) -> None:
    folder.ready(readers=1)

    said = folder("feedback")

    assert said.code == Exit.CONFIGURATION
    assert "transport.bounces" in said.err


def test_a_bounce_box_that_is_no_maildir_is_named(folder: Folder, sink: tuple[CountingSink, int]) -> None:
    _, port = sink
    folder.ready(
        readers=1,
        transport=f'kind = "smtp"\nhost = "127.0.0.1"\nport = {port}\ntls = "none"\n\n{BOUNCES}',
    )
    Path("bounces").mkdir(exist_ok=True)

    said = folder("feedback")

    assert said.code == Exit.BAD_DATA
    assert "bounces" in said.err


def put(folder: Folder, senders: dict[str, str], replies: dict[str, str]) -> None:
    """Put a bounce of each reader into the box, in the words of its server."""
    box = mailbox.Maildir(folder.root / "bounces")
    for reader, reply in replies.items():
        box.add(a_bounce(senders[reader], reader, reply))
    box.close()


def barred(folder: Folder) -> set[str]:
    """Return which readers get no more mail."""
    engine = create_engine(f"sqlite:///{folder.root / 'digest.db'}")
    with engine.connect() as connection:
        found = set(connection.scalars(text("SELECT canonical FROM suppression")))
    engine.dispose()
    return found


def test_only_a_dead_mailbox_costs_a_reader_and_the_operator_hears_of_the_rest(
    sent: tuple[Folder, dict[str, str]],
) -> None:
    folder, senders = sent
    dead, full, blocked = sorted(senders)
    put(
        folder,
        senders,
        {dead: "550 no such user", full: "552 5.1.1 mailbox full", blocked: "550 5.1.1 blocked by policy"},
    )

    said = folder("feedback", "--json", now=NEXT_DAY)

    assert barred(folder) == {dead}
    assert said.values["refusals"] == {
        "dead": {"count": 1, "example": "550 no such user"},
        "full": {"count": 1, "example": "552 5.1.1 mailbox full"},
        "policy": {"count": 1, "example": "550 5.1.1 blocked by policy"},
    }
    assert "bounce box: 1 refusals are not the readers' fault (policy)" in said.err


def test_refusals_are_told_in_words_without_an_address(sent: tuple[Folder, dict[str, str]]) -> None:
    folder, senders = sent
    put(folder, senders, {"reader1@list.example": "550 <reader1@list.example>: relay access denied"})

    said = folder("feedback", now=NEXT_DAY)

    assert "1 for something to mend on your side or on the way: nobody is suppressed" in said.out
    assert "reader1@" not in said.out + said.err


def test_a_refusal_that_is_not_the_readers_fault_suppresses_nobody_however_often_it_comes(
    sent: tuple[Folder, dict[str, str]],
) -> None:
    folder, senders = sent
    for day in range(24, 31):
        for reader in senders:
            box = mailbox.Maildir(folder.root / "bounces")
            raw = a_bounce(senders[reader], reader, f"550 5.7.1 day {day}: your IP is on a blocklist")
            box.add(raw.replace(b"23 Nov", b"%d Nov" % day))
            box.close()
        assert folder("feedback", now=f"2026-11-{day}T08:00:00+03:00").code == Exit.DONE

    assert barred(folder) == set()


READERS = 60


@pytest.fixture
def many(folder: Folder, sink: tuple[CountingSink, int]) -> tuple[Folder, dict[str, str]]:
    handler, port = sink
    transport = f'kind = "smtp"\nhost = "127.0.0.1"\nport = {port}\ntls = "none"\n\n{BOUNCES}'
    folder.ready(readers=READERS, transport=transport)
    mailbox.Maildir(folder.root / "bounces", create=True).close()
    assert folder("run", "morning", now=AT_SEND).code == Exit.DONE
    return folder, handler.senders


EDITION = "morning/2026-11-23"


def test_a_box_full_of_dead_mailboxes_suppresses_nobody_until_somebody_has_looked(
    many: tuple[Folder, dict[str, str]],
) -> None:
    folder, senders = many
    dead = sorted(senders)[:25]
    put(folder, senders, dict.fromkeys(dead, "550 5.1.1 User unknown"))

    said = folder("feedback", "--json", now=NEXT_DAY)

    assert barred(folder) == set()
    assert said.values["doubted"] == [EDITION]
    assert "too many to be believed" in said.err

    believed = folder("feedback", "--believe", EDITION, "--by", "Ada", "--json", now=NEXT_DAY)

    assert believed.values == {"edition": EDITION, "new": 25}
    assert barred(folder) == set(dead)
    again = folder("feedback", "--believe", EDITION, "--json", now=NEXT_DAY)
    assert again.values["new"] == 0


def test_those_that_were_believed_before_it_was_too_many_are_free_again(
    many: tuple[Folder, dict[str, str]],
) -> None:
    folder, senders = many
    first, more = sorted(senders)[:12], sorted(senders)[12:24]
    put(folder, senders, dict.fromkeys(first, "550 5.1.1 User unknown"))
    folder("feedback", now=NEXT_DAY)
    assert barred(folder) == set(first)

    put(folder, senders, dict.fromkeys(more, "550 5.1.1 User unknown"))
    folder("feedback", now=NEXT_DAY)

    assert barred(folder) == set()
    folder("feedback", "--believe", EDITION, now=NEXT_DAY)
    assert barred(folder) == {*first, *more}


@pytest.mark.parametrize(
    ("count", "is_believed"),
    [pytest.param(19, True, id="under twenty"), pytest.param(20, False, id="twenty of sixty")],
)
def test_the_bound_is_twenty_and_a_fifth(
    many: tuple[Folder, dict[str, str]], count: int, *, is_believed: bool
) -> None:
    folder, senders = many
    dead = sorted(senders)[:count]
    put(folder, senders, dict.fromkeys(dead, "550 5.1.1 User unknown"))

    folder("feedback", now=NEXT_DAY)

    assert barred(folder) == (set(dead) if is_believed else set())


def test_what_was_believed_stays_believed_when_more_come(many: tuple[Folder, dict[str, str]]) -> None:
    folder, senders = many
    dead = sorted(senders)[:40]
    put(folder, senders, dict.fromkeys(dead[:30], "550 5.1.1 User unknown"))
    folder("feedback", now=NEXT_DAY)
    folder("feedback", "--believe", EDITION, now=NEXT_DAY)
    put(folder, senders, dict.fromkeys(dead[30:], "550 5.1.1 User unknown"))

    said = folder("feedback", "--json", now=NEXT_DAY)

    assert said.values["doubted"] == []
    assert barred(folder) == set(dead)


def test_of_an_edition_that_never_was_nothing_is_believed(folder: Folder) -> None:
    folder.ready(readers=1)

    said = folder("feedback", "--believe", "morning/2020-01-01")

    assert said.code != Exit.DONE
    assert "2020-01-01" in said.err


def events_of(
    folder: Folder, count: int, reply: str = "550 5.1.1 User unknown", event: str = "bounce"
) -> tuple[MailEvent, ...]:
    """Return SendGrid's bounces of so many readers of the edition, read as the webhook reads them."""
    engine = create_engine(f"sqlite:///{folder.root / 'digest.db'}")
    with engine.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT d.edition_id, number, 1 AS attempt, claim_id FROM delivery d JOIN stretch s"
                " ON s.edition_id = d.edition_id AND number BETWEEN first_number AND last_number"
                " ORDER BY number LIMIT :count"
            ),
            {"count": count},
        ).all()
    engine.dispose()
    said = [
        {
            "event": event,
            "type": event,
            "sg_event_id": f"e{row.number}",
            "reason": reply,
            REFERENCE_ARG: of_claim(row.edition_id, row.claim_id)(row.number, row.attempt),
        }
        for row in rows
    ]
    return read_events(json.dumps(said).encode(), now=datetime(2026, 11, 24, tzinfo=UTC))[0]


@pytest.mark.parametrize(
    ("count", "reply", "suppressed"),
    [
        pytest.param(15, "550 5.1.1 User unknown", 15, id="some are dead"),
        pytest.param(30, "550 5.1.1 User unknown", 0, id="half are dead at once"),
        pytest.param(30, "550 5.7.1 blocked by policy", 0, id="half are blocked"),
        pytest.param(30, "552 5.2.2 mailbox full", 0, id="half are full"),
    ],
)
def test_a_batch_of_events_is_doubted_like_a_box_of_bounces(
    many: tuple[Folder, dict[str, str]], count: int, reply: str, suppressed: int
) -> None:
    folder, _ = many
    now = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
    for _ in range(2):
        with Newsroom(load(folder.config, environ={})) as newsroom:
            feedback.take_in(newsroom, events_of(folder, count, reply), now=now)

    assert len(barred(folder)) == suppressed
    folder("feedback", "--believe", EDITION, now=NEXT_DAY)
    assert len(barred(folder)) == (count if "unknown" in reply else 0)


@pytest.mark.parametrize(
    ("reason", "suppressions", "state"),
    [
        pytest.param("Unsubscribed Address", [], "ended", id="unsubscribed"),
        pytest.param("Spam Reporting Address", ["complaint"], "ended", id="complained"),
        pytest.param("Bounced Address", [], "active", id="bounced once, for whatever reason"),
    ],
)
def test_who_told_sendgrid_no_before_is_heard_and_is_no_complaint_of_this_edition(
    many: tuple[Folder, dict[str, str]], reason: str, suppressions: list[str], state: str
) -> None:
    folder, _ = many
    now = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
    with Newsroom(load(folder.config, environ={})) as newsroom:
        events = events_of(folder, 1, reason, "dropped")
        (address,) = (
            meant[0] for meant in newsroom.database.ledger.readers_of([events[0].reference]).values()
        )
        for _ in range(2):
            feedback.take_in(newsroom, events, now=now)
        told = newsroom.database.ledger.feedback(EditionKey("morning", date(2026, 11, 23)))

    shown = folder("subscribers", "show", address, "--json").values
    assert [one["kind"] for one in shown["suppressions"]] == suppressions
    assert [one["state"] for one in shown["subscriptions"]] == [state]
    assert (told.complained, told.unsubscribed) == (0, 0)
