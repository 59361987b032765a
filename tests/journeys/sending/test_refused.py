"""A server that refuses a reader at our call: whose mailbox is dead gets no more, and nobody else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import create_engine, text

from digest.cli.exits import Exit
from digest.storage.database import Database, open_database
from digest.testing.builders import NOW
from digest.wiring import refusals
from subscribers import suppression
from subscribers.model import SuppressionKind
from subscribers.storage import database as people_storage
from subscribers.storage.database import SubscriberDatabase
from tests.journeys.desk import AT_SEND, NEXT_DAY, Folder
from tests.journeys.sending.test_killed import LATER
from tests.transports.smtp.server import listening

DEAD, UNWANTED, FULL, GONE_DOMAIN, WELL = (f"reader{number}@list.example" for number in range(5))
ANSWERS = {
    DEAD: "550 5.1.1 <reader0@list.example>: Recipient address rejected: User unknown",
    UNWANTED: "550 5.7.1 message refused by policy",
    FULL: "552 5.2.2 mailbox full",
    GONE_DOMAIN: "550 5.1.2 domain not found",
}


class PickySink:
    """A mail server that refuses some recipients and counts whom it was asked for."""

    def __init__(self) -> None:
        self.answers: dict[str, str] = dict(ANSWERS)
        self.asked: Counter[str] = Counter()

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        self.asked[address] += 1
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        return "250 kept"


@pytest.fixture
def picky() -> Iterator[tuple[PickySink, int]]:
    handler = PickySink()
    with listening(handler) as port:
        yield handler, port


def by_smtp(port: int) -> str:
    return f'kind = "smtp"\nhost = "127.0.0.1"\nport = {port}\ntls = "none"'


@pytest.fixture
def ready(folder: Folder, picky: tuple[PickySink, int]) -> Folder:
    return folder.ready(readers=5, transport=by_smtp(picky[1]))


def barred(folder: Folder, address: str) -> list[str]:
    shown = folder("subscribers", "show", address, "--json").values
    return [one["kind"] for one in shown["suppressions"]]


def counted(folder: Folder) -> list[tuple[str, str]]:
    """Return (event id, kind) of everything that counts against anybody."""
    engine = create_engine(f"sqlite:///{folder.root / 'digest.db'}")
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT event_id, kind FROM subscriber_event ORDER BY 1")).all()
    engine.dispose()
    return [(row.event_id, row.kind) for row in rows]


@pytest.fixture
def both(ready: Folder) -> Iterator[tuple[Database, SubscriberDatabase]]:
    """The ledger and the people of a folder, opened once more."""
    url = f"sqlite:///{ready.root / 'digest.db'}"
    ledger, people = open_database(url), people_storage.open_database(url)
    try:
        yield ledger, people
    finally:
        ledger.close()
        people.close()


def unheard(folder: Folder) -> None:
    """Take back that refusals were taken in: a crash right after telling the subscribers."""
    engine = create_engine(f"sqlite:///{folder.root / 'digest.db'}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE dispatch SET refusals_heard_at = NULL"))
    engine.dispose()


def untold(folder: Folder) -> None:
    """Take back everything the subscribers were told: a crash right before."""
    unheard(folder)
    engine = create_engine(f"sqlite:///{folder.root / 'digest.db'}")
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM subscriber_event"))
        connection.execute(text("DELETE FROM suppression"))
    engine.dispose()


def next_edition(folder: Folder) -> int:
    for hour, title in enumerate(LATER):
        folder.add_article(
            f"later{hour}", f"2026-11-24T0{hour + 1}:00:00+03:00", title=title, body=title + "."
        )
    return folder("run", "morning", now=NEXT_DAY).code


def test_a_mailbox_that_does_not_exist_gets_no_next_edition_and_the_others_do(
    ready: Folder, picky: tuple[PickySink, int]
) -> None:
    ready("run", "morning", now=AT_SEND)
    assert barred(ready, DEAD) == ["hard_bounce"]
    assert [barred(ready, one) for one in (UNWANTED, FULL, GONE_DOMAIN, WELL)] == [[]] * 4
    picky[0].answers.clear()

    assert next_edition(ready) == Exit.DONE

    assert picky[0].asked == {DEAD: 1, UNWANTED: 2, FULL: 2, GONE_DOMAIN: 2, WELL: 2}


def test_twenty_runs_count_a_refusal_once(ready: Folder) -> None:
    ready("run", "morning", now=AT_SEND)
    once = counted(ready)

    for _ in range(20):
        unheard(ready)
        ready("run", "morning", now=AT_SEND)

    assert counted(ready) == once
    assert [kind for _, kind in once] == ["hard bounce", "bounced", "bounced"]
    assert barred(ready, DEAD) == ["hard_bounce"]


def test_refusals_that_a_crash_left_untold_are_told_before_the_next_freeze(
    ready: Folder, picky: tuple[PickySink, int]
) -> None:
    ready("run", "morning", now=AT_SEND)
    untold(ready)
    assert barred(ready, DEAD) == []

    next_edition(ready)

    assert picky[0].asked[DEAD] == 1
    assert barred(ready, DEAD) == ["hard_bounce"]


def test_the_feedback_command_takes_refusals_in_without_a_run(ready: Folder) -> None:
    ready("run", "morning", now=AT_SEND)
    untold(ready)

    # There is no bounce box here, which it says.
    assert ready("feedback", now=NEXT_DAY).code == Exit.CONFIGURATION

    assert barred(ready, DEAD) == ["hard_bounce"]


def test_what_an_operator_lifted_is_not_suppressed_by_the_same_refusal_again(
    ready: Folder, both: tuple[Database, SubscriberDatabase]
) -> None:
    ready("run", "morning", now=AT_SEND)
    assert suppression.lift(both[1], DEAD, SuppressionKind.HARD_BOUNCE)
    unheard(ready)

    assert refusals.hear(*both, now=NOW).new == 0

    assert barred(ready, DEAD) == []


def test_an_edition_that_was_taken_in_is_not_read_again(
    ready: Folder, both: tuple[Database, SubscriberDatabase]
) -> None:
    ready("run", "morning", now=AT_SEND)

    assert both[0].refusals.unheard() == ()


def test_a_server_that_calls_everybody_dead_is_not_believed(
    folder: Folder, picky: tuple[PickySink, int]
) -> None:
    folder.ready(readers=25, transport=by_smtp(picky[1]))
    picky[0].answers = {f"reader{number}@list.example": ANSWERS[DEAD] for number in range(25)}

    said = folder("run", "morning", now=AT_SEND)

    assert said.code == Exit.UNAVAILABLE
    assert "User unknown" in said.err
    assert "lost its table of mailboxes" in said.err
    assert folder("audit", "morning", "--json").values["tally"]["planned"] == 25
    assert counted(folder) == []
    assert barred(folder, DEAD) == []


def test_what_a_server_called_dead_is_taken_in_after_a_look(
    folder: Folder, picky: tuple[PickySink, int]
) -> None:
    folder.ready(readers=100, transport=by_smtp(picky[1]))
    picky[0].answers = {f"reader{number}@list.example": ANSWERS[DEAD] for number in range(0, 100, 4)}
    folder("run", "morning", now=AT_SEND)
    assert barred(folder, DEAD) == []

    said = folder("feedback", "--believe", "morning/2026-11-23", "--json", now=NEXT_DAY)

    assert said.values["new"] == 25
    assert barred(folder, DEAD) == ["hard_bounce"]
    assert barred(folder, "reader99@list.example") == []


def test_refusals_that_are_not_the_readers_fault_are_told(
    folder: Folder, picky: tuple[PickySink, int]
) -> None:
    folder.ready(readers=5, transport=by_smtp(picky[1]))

    said = folder("run", "morning", now=AT_SEND)

    assert "1 refusals are not the readers' fault (policy), such as: 550 5.7.1" in said.err
    assert "reader1@" not in said.err
