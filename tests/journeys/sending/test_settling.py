"""A way back for whoever failed: by reason, by reader or all; never for whoever was taken."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from digest.cli.exits import Exit
from tests.journeys.desk import AT_SEND, Folder, Said
from tests.journeys.sending.mail_server import Refusing, by_smtp, serving
from tests.journeys.sending.test_pausing import counts

READERS = 8
FULL, POLICY = {0, 1, 2}, {3, 4}
EVERYBODY = {f"reader{number}@list.example": 1 for number in range(READERS)}


def number_of(address: str) -> int:
    return int(address.removeprefix("reader").partition("@")[0])


def picky(address: str) -> str:
    if number_of(address) in FULL:
        return f"552 5.2.2 <{address}>: mailbox full ({number_of(address)} of 9 MB)"
    return "550 5.7.1 our policy refuses this" if number_of(address) in POLICY else ""


@pytest.fixture
def server() -> Iterator[Refusing]:
    with serving(Refusing(on_rcpt=picky)) as started:
        yield started


@pytest.fixture
def failed(folder: Folder, server: Refusing) -> Folder:
    """A day that closed with five readers failed."""
    folder.ready(
        readers=READERS, transport=by_smtp(server.port, "connections = 1"), newsletter='deadline = "10:00"'
    )
    assert folder("run", "morning", now=AT_SEND).code == Exit.CLOSED_WITH_FAULTS
    assert counts(folder) == {"sent": 3, "failed": 5}
    server.mend()
    return folder


def settle(folder: Folder, *options: str, now: str = AT_SEND) -> Said:
    return folder("dispatch", "morning", "--settle", "failed", "--by", "amina", "--json", *options, now=now)


def test_all_who_failed_are_sent_anew_and_nobody_twice(failed: Folder, server: Refusing) -> None:
    said = settle(failed)

    assert said.code == Exit.DONE
    assert said.values["settled"] == 5
    assert said.values["state"] == "closed"
    assert server.got == EVERYBODY
    assert settle(failed).code == Exit.BAD_DATA
    assert server.got == EVERYBODY


def test_failures_are_grouped_by_reason_with_a_remedy_and_the_way_back(failed: Folder) -> None:
    values = failed("audit", "morning", "--json", now=AT_SEND).values
    text = failed("audit", "morning", now=AT_SEND).out

    assert [(one["count"], one["reason"]) for one in values["reasons"]] == [
        (3, "552 5.2.2 …: mailbox full …"),
        (2, "550 5.7.1 our policy refuses this"),
    ]
    full = values["reasons"][0]
    assert full["example"] == "552 5.2.2 <<address>>: mailbox full (0 of 9 MB)"
    assert full["remedy"]
    assert full["way_back"] == (
        "digest dispatch morning --date 2026-11-23 --settle failed --reason '552 5.2.2 …: mailbox full …'"
    )
    assert "3 failed: 552 5.2.2 …: mailbox full …" in text
    assert full["way_back"] in text


@pytest.mark.parametrize(
    "reason", ["mailbox full", "MAILBOX FULL", "552 5.2.2 …: mailbox full …"], ids=["part", "case", "group"]
)
def test_only_those_who_failed_for_a_reason_are_sent_anew(
    failed: Folder, server: Refusing, reason: str
) -> None:
    said = settle(failed, "--reason", reason)

    assert said.code == Exit.CLOSED_WITH_FAULTS
    assert said.values["settled"] == len(FULL)
    assert {number_of(one) for one in server.got} == set(range(READERS)) - POLICY
    assert counts(failed) == {"sent": 6, "failed": 2}


def test_only_the_named_readers_are_sent_anew(failed: Folder, server: Refusing) -> None:
    lines = failed("audit", "morning", "--json", now=AT_SEND).values["deliveries"]
    chosen = next(line["subscriber"] for line in lines if "policy" in line["reason"])

    said = settle(failed, "--subscriber", chosen)

    assert said.values["settled"] == 1
    assert counts(failed) == {"sent": 4, "failed": 4}
    assert max(server.got.values()) == 1


def test_whoever_left_or_is_suppressed_since_stays_failed(failed: Folder, server: Refusing) -> None:
    failed("subscribers", "suppress", "reader0@list.example", "--kind", "manual", now=AT_SEND)

    settle(failed)

    assert "reader0@list.example" not in server.got
    assert counts(failed) == {"sent": 7, "failed": 1}


@pytest.mark.parametrize("options", [(), ("--reason", "full")], ids=["all", "by reason"])
def test_past_the_deadline_nobody_is_sent_anew(
    failed: Folder, server: Refusing, options: tuple[str, ...]
) -> None:
    said = settle(failed, *options, now="2026-11-23T10:00:00+03:00")

    assert said.code == Exit.BAD_DATA
    assert "deadline, 2026-11-23 10:00 EAT, has passed" in said.err
    assert counts(failed) == {"sent": 3, "failed": 5}


def test_a_reason_that_nobody_failed_for_is_named_as_a_fault(failed: Folder, server: Refusing) -> None:
    said = settle(failed, "--reason", "no such words")

    assert said.code == Exit.BAD_DATA
    assert counts(failed) == {"sent": 3, "failed": 5}


def test_a_server_that_still_refuses_leaves_the_edition_open_for_later(
    failed: Folder, server: Refusing
) -> None:
    server.on_mail = lambda _: "550 5.7.1 not you"

    refused = settle(failed)

    assert refused.code == Exit.UNAVAILABLE
    assert counts(failed) == {"sent": 3, "planned": 5}
    server.mend()
    assert failed("run", "morning", now="2026-11-23T07:00:00+03:00").code == Exit.DONE
    assert server.got == EVERYBODY


def test_wrong_pairs_of_options_are_refused(folder: Folder) -> None:
    folder.ready()

    assert folder("dispatch", "morning", "--settle", "failed", "--resume").code == Exit.USAGE
    assert folder("dispatch", "morning", "--settle", "failed", "--settle-held", "sent").code == Exit.USAGE
    assert folder("dispatch", "morning", "--reason", "x").code == Exit.USAGE
    assert folder("dispatch", "morning", "--settle", "sent").code == Exit.USAGE
