"""The words of real receivers, and what each says of a mailbox; addresses and hosts are invented."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Verdict
from digest.transports.judging.judge import MAX_WORDS, heard, judged, parsed

TABLE = Path(__file__).with_name("refusals.tsv")
ELSEWHERE = Path(__file__).with_name("elsewhere.tsv")
"""Of receivers that no rule was written for at first; docs/measurements.md has how they were judged."""


def real_refusals(table: Path = TABLE) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize(
    ("reply", "domain", "expected"),
    [
        pytest.param(
            row["reply"], row["domain"], row["verdict"], id=f"{row['receiver']}: {row['reply'][:60]}"
        )
        for row in real_refusals()
    ],
)
def test_every_receiver_is_understood(reply: str, domain: str, expected: str) -> None:
    assert judged(reply, domain=domain) == expected


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        pytest.param(row["reply"], row["verdict"], id=f"{row['receiver']}: {row['reply'][:60]}")
        for row in real_refusals(ELSEWHERE)
    ],
)
def test_receivers_elsewhere_are_understood(reply: str, expected: str) -> None:
    assert judged(reply) == expected


def test_no_text_elsewhere_is_one_of_the_first_table() -> None:
    assert not {row["reply"] for row in real_refusals(ELSEWHERE)} & {
        row["reply"] for row in real_refusals()
    }


def test_the_table_holds_many_of_each_verdict() -> None:
    held = Counter(row["verdict"] for row in real_refusals())

    assert held["dead"] >= 200
    assert min(held[verdict] for verdict in Verdict) >= 10


@pytest.mark.parametrize(
    "words",
    [
        "no such user",
        "<ann@list.example>: Recipient address rejected: User unknown in virtual mailbox table",
        "The email account that you tried to reach does not exist.",
        "Requested action not taken: mailbox unavailable",
        "delivery error: dd This user doesn't have a yahoo.example account",
    ],
)
@pytest.mark.parametrize("number", ["450 4.1.1", "451", "450 5.1.1", "550 4.1.1", "421 4.2.1"])
def test_a_refusal_for_now_never_proves_a_mailbox_dead(number: str, words: str) -> None:
    assert not judged(f"{number} {words}", domain="gmx.de").counts


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(
            "550 5.1.1 unverified address: host mx said: 451 4.7.1 try that: user unknown", id="inner 4xx"
        ),
        pytest.param("Message expired -> 450 4.1.1 user unknown", id="a 4xx that ran out"),
        pytest.param("550 5.1.1 <a@b.example>: unverified address: connect: timed out", id="callout"),
        pytest.param("550 5.1.1 Sender verify failed: no such user", id="the sender is unknown"),
        pytest.param("550 user unknown (in reply to MAIL FROM command)", id="said to MAIL"),
        pytest.param("550 user unknown (in reply to EHLO command)", id="said to EHLO"),
        pytest.param("550 5.1.1 user unknown, blocked by policy", id="policy wins"),
        pytest.param("550 5.1.1 no such user: mailbox full", id="full wins"),
        pytest.param("550 mailbox is not disabled", id="negation"),
        pytest.param("550 the account may not exist", id="a guess"),
        pytest.param("535 5.7.8 account unknown", id="our own login"),
        pytest.param("550 5.1.1", id="a number without words"),
        pytest.param("5.1.1", id="a status alone"),
        pytest.param("550", id="a code alone"),
        pytest.param("", id="nothing"),
        pytest.param("550 5.1.1 <ann@list.example>", id="an address is no word"),
        pytest.param("550 5.0.0 failed", id="says nothing"),
        pytest.param(
            "550 Requested action not taken: mailbox unavailable", id="RFC 5321 words, no receiver"
        ),
    ],
)
def test_what_is_not_unmistakable_is_not_dead(reply: str) -> None:
    assert judged(reply) is not Verdict.DEAD


@pytest.mark.parametrize(
    "name",
    [
        "spam.list.example",
        "mx.policy.example",
        "full.example",
        "blocked.unknown.example",
        "quota.mail.example",
    ],
)
def test_the_names_of_hosts_and_mailboxes_are_no_words(name: str) -> None:
    assert judged(f"550 5.1.1 <spam.full@{name}>: Recipient address rejected: User unknown") is Verdict.DEAD
    assert judged(f"host mx.{name} said: 550 no such user https://{name}/spam/policy/full") is Verdict.DEAD
    assert judged(f"550 5.7.1 <nosuchuser@{name}>: turned away by user.unknown.{name}") is Verdict.POLICY


def test_an_address_that_was_hidden_reads_like_any_other() -> None:
    for shown in (
        "<ann@list.example>",
        "<address>",
        "<<address>>",
        "(ann@list.example)",
        "ann@list.example",
    ):
        assert judged(f"550 User {shown} unknown") is Verdict.DEAD


def test_what_is_not_known_at_all_is_told_apart_from_what_is_unsure() -> None:
    assert heard("550 zyx wvu") is None
    assert judged("550 zyx wvu") is Verdict.UNKNOWN
    assert heard("450 greylisted") is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("text", "code", "status"),
    [
        ("550 5.1.1 gone", "550", "5.1.1"),
        ("550-5.1.1 gone", "550", "5.1.1"),
        ("550 #5.1.1 gone", "550", "5.1.1"),
        ("550 gone (#5.1.1)", "550", "5.1.1"),
        ("5.1.1 gone", "", "5.1.1"),
        ("gone", "", ""),
        ("550 from 5.1.1.7", "550", ""),
        ("5500 gone", "", ""),
    ],
)
def test_a_reply_is_taken_apart(text: str, code: str, status: str) -> None:
    assert parsed(text)[:2] == (code, status)


@settings(deadline=None, max_examples=200, derandomize=True)
@given(st.text(max_size=200), st.sampled_from(["", "550 ", "550 5.1.1 ", "450 ", "550-"]))
def test_no_text_crashes_the_judge(text: str, start: str) -> None:
    found = judged(start + text)

    assert start != "450 " or not found.counts or found is Verdict.FULL


@pytest.mark.parametrize(
    "piece", ["user ", "user: ", "a@", "mailbox is the ", "<", "5.1.1 ", "no such ", "ящик "]
)
def test_what_stands_behind_the_bound_is_not_read(piece: str) -> None:
    text = f"550 {piece * MAX_WORDS}"

    assert judged(text + " user unknown") is judged(text)
