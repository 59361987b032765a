"""No fault of who sends costs a reader, in whatever language and class it is told."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from digest.model import Verdict
from digest.transports.judging.judge import judged
from digest.transports.judging.providers import weighed
from digest.transports.sendgrid import refusals

TABLE = Path(__file__).with_name("faults_of_ours.tsv")
"""Policy, blocking, content, rate, lists, authentication; those held out came after the rules."""


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize(
    "reply", [pytest.param(row["reply"], id=f"{row['kind']}: {row['reply'][:50]}") for row in rows()]
)
def test_a_fault_of_ours_costs_no_reader(reply: str) -> None:
    sendgrid = {"event": "bounce", "type": "bounce", "reason": reply, "status": "5.0.0"}

    assert not judged(reply).counts
    assert not weighed(f"smtp; {reply}", of_class=Verdict.DEAD).counts
    for named in ("Unclassified", "Invalid Address", "Mailbox Unavailable"):
        assert not refusals.verdict({**sendgrid, "bounce_classification": named}).counts


def test_the_table_holds_sixty_of_each_kind() -> None:
    assert min(Counter(row["kind"] for row in rows()).values()) >= 58


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("554 zyx wvu", Verdict.UNKNOWN),
        ("554 5.1.1 zyx wvu", Verdict.DEAD),
        ("550 zyx wvu", Verdict.DEAD),
        ("zyx wvu", Verdict.DEAD),
        ("", Verdict.DEAD),
    ],
)
def test_a_class_is_not_believed_of_a_reply_that_names_no_mailbox(reply: str, expected: Verdict) -> None:
    event = {
        "event": "bounce",
        "type": "bounce",
        "reason": reply,
        "bounce_classification": "Invalid Address",
    }

    assert weighed(reply, of_class=Verdict.DEAD) is expected
    assert refusals.verdict(event) is expected


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param("550 5.1.1 المرسل إليه غير موجود: المستخدم غير موجود", id="whom it was sent to"),
        pytest.param("550 Gönderilen adres bulunamadı", id="the address it was sent to"),
        pytest.param("550 Uživatel neexistuje", id="a missing user"),
        pytest.param("550 Bruger findes ikke", id="another"),
        pytest.param("550 5.1.1 user not listed in directory", id="not listed"),
        pytest.param("550 用户不存在", id="in Chinese"),
    ],
)
def test_a_missing_mailbox_is_still_one(reply: str) -> None:
    assert judged(reply) is Verdict.DEAD
