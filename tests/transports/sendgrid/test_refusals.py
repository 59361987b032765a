"""SendGrid's word on a refusal: class, type and reply together, the gentler half where they differ."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from digest.model import EventKind, Verdict
from digest.transports.sendgrid.refusals import said_no, verdict
from tests.transports import judging

UNKNOWN_USER = "550 5.1.1 The email account that you tried to reach does not exist."
FULL = "552 5.2.2 The email account that you tried to reach is over quota."
POLICY = "550 5.7.1 blocked by policy"
RFC_5321 = "550 Requested action not taken: mailbox unavailable"


def bounce(
    reason: str = UNKNOWN_USER, kind: str | None = "bounce", of_class: str = "", **more: Any
) -> dict[str, Any]:
    said = {"event": "bounce", "email": "ann@list.example", "reason": reason, **more}
    if kind is not None:
        said["type"] = kind
    if of_class:
        said["bounce_classification"] = of_class
    return said


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param(bounce(status="5.1.1"), "dead", id="nobody, by the reply"),
        pytest.param(bounce(of_class="Invalid Address"), "dead", id="nobody, by both"),
        pytest.param(
            bounce("550 xyz", of_class="Invalid Address"), "dead", id="by the class, the reply says nothing"
        ),
        pytest.param(
            bounce("550 5.5.1 zzz", of_class="invalid address", status="5.5.1"),
            "dead",
            id="class in any case",
        ),
        pytest.param(bounce("", of_class="Invalid Address"), "dead", id="by the class alone"),
        pytest.param(
            bounce("550 unknown", status="5.1.1"), "dead", id="the status stands beside the reply"
        ),
        pytest.param(
            bounce("554 delivery error: dd This user doesn't have an account", status="5.0.0"),
            "dead",
            id="Yahoo",
        ),
        pytest.param(bounce(RFC_5321, email="ann@gmx.de"), "dead", id="GMX, by the reader's domain"),
        pytest.param(bounce(kind=None), "dead", id="no type"),
        pytest.param(
            bounce(
                "550 5.4.1 Recipient address rejected: Access denied. [A1.prod.protection.outlook.com]",
                status="5.0.0",
            ),
            "dead",
            id="the reply's own status before SendGrid's",
        ),
        pytest.param({**bounce(), "event": "Bounce"}, "dead", id="an event in another case"),
        pytest.param(bounce(POLICY, of_class="Invalid Address"), "policy", id="class dead, words policy"),
        pytest.param(bounce(FULL, of_class="Invalid Address"), "full", id="class dead, words full"),
        pytest.param(
            bounce("550 5.1.1 unverified address: timed out", of_class="Invalid Address"),
            "ours",
            id="class dead, words a callout",
        ),
        pytest.param(
            bounce("550 greylisted, try later", of_class="Invalid Address"),
            "unknown",
            id="class dead, words unsure",
        ),
        pytest.param(bounce(of_class="Reputation"), "policy", id="words dead, class reputation"),
        pytest.param(bounce(of_class="Content"), "policy", id="words dead, class content"),
        pytest.param(
            bounce(of_class="Technical Failure"), "ours", id="words dead, class technical failure"
        ),
        pytest.param(bounce(of_class="Technical"), "ours", id="words dead, class technical"),
        pytest.param(
            bounce(of_class="Frequency or Volume Too High"), "policy", id="words dead, class volume"
        ),
        pytest.param(bounce(FULL, of_class="Reputation"), "policy", id="words full, class reputation"),
        pytest.param(bounce(of_class="Mailbox Unavailable"), "dead", id="unavailable: the words say"),
        pytest.param(bounce(FULL, of_class="Mailbox Unavailable"), "full", id="unavailable: full"),
        pytest.param(bounce(RFC_5321, of_class="Mailbox Unavailable"), "unknown", id="unavailable twice"),
        pytest.param(
            bounce("550 5.0.0 failed", of_class="Mailbox Unavailable"),
            "unknown",
            id="unavailable, no words",
        ),
        pytest.param(bounce(of_class="Unclassified"), "dead", id="unclassified: the words say"),
        pytest.param(bounce("", of_class="Unclassified", status="5.1.1"), "unknown", id="a status alone"),
        pytest.param(bounce("", status="5.1.1"), "unknown", id="a status alone, no class"),
        pytest.param(bounce("550 5.1.1", status="5.1.1"), "unknown", id="numbers alone"),
        pytest.param(bounce(status="4.1.1"), "unknown", id="for now, by the status"),
        pytest.param(
            bounce("450 4.1.1 user unknown", of_class="Invalid Address"),
            "unknown",
            id="for now, by the reply",
        ),
        pytest.param(bounce(POLICY), "policy", id="policy under bounce"),
        pytest.param(bounce("552 5.3.4 message too big"), "policy", id="too big under bounce"),
        pytest.param(bounce(FULL), "full", id="full under bounce"),
        pytest.param(bounce(kind="expired"), "ours", id="expired"),
        pytest.param(
            bounce("unable to get mx info: lookup failed", kind="expired"), "ours", id="expired, no route"
        ),
        pytest.param(bounce(kind="blocked"), "unknown", id="blocked, words dead"),
        pytest.param(
            bounce(kind="blocked", of_class="Invalid Address"), "unknown", id="blocked, class dead"
        ),
        pytest.param(bounce(FULL, kind="blocked"), "unknown", id="blocked, full: no count"),
        pytest.param(
            bounce("550 5.1.2 host unknown", kind="blocked"), "unknown", id="blocked, no domain: no count"
        ),
        pytest.param(bounce(POLICY, kind="blocked"), "policy", id="blocked, policy"),
        pytest.param(
            bounce("unable to get mx info: lookup", kind="blocked", of_class="Unclassified"),
            "ours",
            id="blocked, DNS",
        ),
        pytest.param({**bounce(), "event": "blocked"}, "unknown", id="an event of that name"),
        pytest.param({"event": "bounce"}, "unknown", id="nothing but the event"),
        pytest.param(
            {"event": "bounce", "reason": None, "status": 5.1, "type": 7, "bounce_classification": ["x"]},
            "unknown",
            id="nonsense",
        ),
    ],
)
def test_class_type_and_words_are_judged_together(said: dict[str, Any], expected: str) -> None:
    assert verdict(said) == expected


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("Invalid", "dead"),
        ("Bounced Address", "unknown"),
        ("Unsubscribed Address", "ours"),
        ("Spam Reporting Address", "ours"),
        ("Spam Content", "ours"),
        ("Invalid SMTPAPI header", "ours"),
        ("Recipient List over Package Quota", "ours"),
        ("user unknown", "unknown"),
        ("", "unknown"),
    ],
)
def test_what_was_never_sent_is_judged_by_its_reason(reason: str, expected: str) -> None:
    assert verdict({"event": "dropped", "reason": reason, "status": "5.0.0"}) == expected


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("Unsubscribed Address", EventKind.UNSUBSCRIBED),
        ("unsubscribed address.", EventKind.UNSUBSCRIBED),
        ("Group Unsubscribe", EventKind.UNSUBSCRIBED),
        ("Spam Reporting Address", EventKind.COMPLAINED),
        ("Spam Content", None),
        ("Bounced Address", None),
        ("Invalid", None),
        ("", None),
        (None, None),
        (7, None),
    ],
)
def test_who_told_sendgrid_no_is_known_by_the_mail_it_dropped(
    reason: object, expected: EventKind | None
) -> None:
    assert said_no({"event": "dropped", "reason": reason}) is expected
    assert said_no({"event": "bounce", "reason": reason}) is None


def real_refusals() -> list[dict[str, str]]:
    with Path(judging.__file__).with_name("refusals.tsv").open(encoding="utf-8", newline="") as file:
        return [
            row
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            if row["reply"].startswith("55")
        ]


@pytest.mark.parametrize("kind", ["bounce", "blocked"])
def test_real_refusals_are_judged_as_at_the_door(kind: str) -> None:
    for row in real_refusals():
        found = verdict(bounce(row["reply"], kind, email=f"ann@{row['domain'] or 'list.example'}"))

        if kind == "bounce":
            assert found == row["verdict"], row
        else:
            assert not found.counts, row
    assert len(real_refusals()) > 300


def test_no_class_makes_a_refusal_worse_than_its_words() -> None:
    classes = ["", "Invalid Address", "Mailbox Unavailable", "Reputation", "Content", "Technical", "?"]
    for reply, worst in (
        (POLICY, Verdict.POLICY),
        ("550 relay denied", Verdict.OURS),
        (FULL, Verdict.FULL),
    ):
        for one in classes:
            found = verdict(bounce(reply, of_class=one))

            assert found is worst or not found.counts
