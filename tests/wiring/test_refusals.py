"""Refusals at our own call, as the ledger keeps them: addresses hidden, and cut."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

from digest.model import EventKind, MailEvent, Verdict
from digest.testing.builders import NOW
from digest.transports.headers import scrubbed
from digest.wiring.refusals import Counted, counts, verdict_of, with_verdict
from tests.transports import judging


def real_refusals() -> list[dict[str, str]]:
    with Path(judging.__file__).with_name("refusals.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def refusal(reason: str, domain: str = "list.example") -> MailEvent:
    return MailEvent("e1", EventKind.BOUNCED, "1-2-1-abc", NOW, f"ann@{domain}", reason)


def test_what_the_ledger_keeps_is_judged_like_what_the_server_said() -> None:
    for row in real_refusals():
        found = with_verdict(refusal(scrubbed(row["reply"]), row["domain"] or "list.example"))

        assert found.verdict == row["verdict"], row
        assert found.is_permanent is (row["verdict"] == "dead")


def test_a_report_that_was_not_judged_is_taken_at_its_word_or_by_its_words() -> None:
    assert verdict_of(replace(refusal(""), is_permanent=True)) is Verdict.DEAD
    assert verdict_of(refusal("552 mailbox full")) is Verdict.FULL
    assert not counts(refusal("550 blocked by policy"))
    assert verdict_of(MailEvent("e1", EventKind.DELIVERED, "1-2-1-abc", NOW)) is None


def test_refusals_are_counted_by_verdict_with_the_first_as_the_example() -> None:
    counted, more = Counted(), Counted()
    for reason in ("550 no such user", "550 user unknown"):
        counted.add(with_verdict(refusal(reason)))
    more.add(with_verdict(refusal("550 blocked as spam")))

    counted.take_over(more)

    assert counted.counts == {Verdict.DEAD: 2, Verdict.POLICY: 1}
    assert counted.examples[Verdict.DEAD] == "550 no such user"
