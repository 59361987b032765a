"""A mail that asks whether a sign-up was meant, and bounces: whom it means, and whom it can't mean."""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from digest.model import EventKind, MailEvent
from digest.upkeep.feedback import take_in
from digest.web.public.visit import gate_of
from subscribers import people, suppression
from subscribers.model import SuppressionKind
from tests.journeys.desk import Folder
from tests.journeys.operating.test_feedback import BOUNCES, a_bounce
from tests.journeys.sending.test_killed import CountingSink, sink
from tests.web.newsroom import Open, at_work

__all__ = ["sink"]

NEW, OTHER = "new@list.example", "reader0@list.example"


@pytest.fixture
def opened(
    tmp_path: Path, sink: tuple[CountingSink, int], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Open]:
    _, port = sink
    monkeypatch.chdir(tmp_path)
    transport = f'kind = "smtp"\nhost = "127.0.0.1"\nport = {port}\ntls = "none"\n\n{BOUNCES}'
    folder = Folder(tmp_path).ready(readers=1, transport=transport)
    mailbox.Maildir(tmp_path / "bounces", create=True).close()
    with at_work(folder) as desk:
        yield desk


def asked(opened: Open) -> None:
    httpx.post(f"{opened.url}/signup/morning", data={"email": NEW})
    gate_of(opened.desk).mailer.settle()


def confirmed(opened: Open) -> int:
    """Use the link that went out, wherever the mail ended."""
    found = people.show(opened.desk.newsroom.people, NEW)
    assert found.subscriber
    (waiting,) = found.subscriptions
    assert waiting.requested_at
    token = opened.desk.newsroom.signer.confirm(
        found.subscriber.id, "morning", requested_at=waiting.requested_at, now=opened.clock()
    )
    return httpx.post(f"{opened.url}/c/{token}").status_code


def barred(opened: Open, address: str) -> list[SuppressionKind]:
    return [one.kind for one in suppression.suppressions_of(opened.desk.newsroom.people, address)]


def bounced(opened: Open, to: str, reader: str) -> None:
    box = mailbox.Maildir(opened.folder.root / "bounces")
    box.add(a_bounce(to, reader))
    box.close()
    assert opened.folder("feedback", now=opened.clock().isoformat()).code == 0


def test_a_confirmation_that_bounces_ends_the_sign_up(opened: Open, sink: tuple[CountingSink, int]) -> None:
    asked(opened)

    bounced(opened, sink[0].senders[NEW], NEW)

    assert barred(opened, NEW) == [SuppressionKind.HARD_BOUNCE]
    assert confirmed(opened) == 404
    asked(opened)
    assert sink[0].accepted == {NEW: 1}


def test_a_bounce_by_mail_means_whom_its_reference_names_whatever_it_says(
    opened: Open, sink: tuple[CountingSink, int]
) -> None:
    """Whoever got a mail of ours could write such a bounce, with anybody's address in it."""
    asked(opened)

    bounced(opened, sink[0].senders[NEW], OTHER)

    assert barred(opened, OTHER) == []
    assert barred(opened, NEW) == [SuppressionKind.HARD_BOUNCE]


def test_a_providers_signed_report_ends_the_sign_up_too(
    opened: Open, sink: tuple[CountingSink, int]
) -> None:
    asked(opened)
    reference = sink[0].senders[NEW].partition("+")[2].rpartition("-")[0]
    event = MailEvent("e1", EventKind.BOUNCED, reference, opened.clock(), is_permanent=True)

    for _ in range(2):
        take_in(opened.desk.newsroom, [event], now=opened.clock())

    assert barred(opened, NEW) == [SuppressionKind.HARD_BOUNCE]
    assert confirmed(opened) == 404


@pytest.mark.parametrize("reference", ["signup-", "signup-x-12345678", "signup-0000-1", "", "12-1-1-x"])
def test_a_reference_that_names_nobody_means_nobody(opened: Open, reference: str) -> None:
    event = MailEvent("e1", EventKind.BOUNCED, reference, opened.clock(), address=OTHER, is_permanent=True)

    take_in(opened.desk.newsroom, [event], now=opened.clock(), is_signed=False)

    assert barred(opened, OTHER) == []


@pytest.mark.parametrize(
    ("answer", "code"),
    [("550 5.1.1 user unknown", 404), ("550 5.7.1 not from you", 200), ("552 5.2.2 full", 200)],
)
def test_a_refused_confirmation_ends_the_sign_up_where_the_mailbox_is_dead(
    opened: Open, sink: tuple[CountingSink, int], answer: str, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_given: object) -> str:
        return answer

    monkeypatch.setattr(sink[0], "handle_RCPT", refuse, raising=False)

    asked(opened)

    assert sink[0].accepted == {}
    assert barred(opened, NEW) == ([SuppressionKind.HARD_BOUNCE] if code == 404 else [])
    assert confirmed(opened) == code


def test_a_confirmation_of_a_soft_bounce_may_still_be_used(
    opened: Open, sink: tuple[CountingSink, int]
) -> None:
    asked(opened)
    reference = sink[0].senders[NEW].partition("+")[2].rpartition("-")[0]
    take_in(
        opened.desk.newsroom,
        [MailEvent("e1", EventKind.BOUNCED, reference, opened.clock(), is_permanent=False)],
        now=opened.clock(),
    )

    assert confirmed(opened) == 200
