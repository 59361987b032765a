from __future__ import annotations

import pytest

from digest.dispatch.audit import masked, report
from digest.model import DeliveryRecord, DeliveryState, Dispatch, Tally
from tests.storage.samples import KEY, NOW


def record(number: int, state: DeliveryState, reason: str = "") -> DeliveryRecord:
    return DeliveryRecord(f"r{number}", f"ada{number}@example.org", state, reason, 1, f"1-{number}-1-x")


def test_an_account_that_adds_up_says_so_in_one_line() -> None:
    audit = report(Tally(frozen=10, sent=6, failed=1, skipped=1, held=2), edition=KEY)

    assert audit.adds_up
    assert audit.is_settled
    assert audit.summary() == ["morning/2026-11-23: frozen 10 = sent 6 + failed 1 + skipped 1 + held 2"]


def test_what_is_still_on_its_way_is_in_the_sum() -> None:
    audit = report(Tally(frozen=6, sent=1, planned=2, sending=2, uncertain=1), edition=KEY)

    assert audit.adds_up
    assert not audit.is_settled
    assert audit.summary()[0].endswith("+ planned 2 + sending 2 + uncertain 1")


def test_an_account_that_does_not_add_up_is_told() -> None:
    audit = report(Tally(frozen=10, sent=9), edition=KEY)

    assert not audit.adds_up
    assert not audit.is_settled
    assert "10 were frozen, 9 are in the ledger" in audit.summary()[1]


def test_held_deliveries_come_first_and_sent_ones_not_at_all() -> None:
    records = [
        record(1, DeliveryState.SKIPPED, "too late"),
        record(2, DeliveryState.SENT),
        record(3, DeliveryState.HELD, "timeout"),
        record(4, DeliveryState.FAILED),
    ]

    audit = report(Tally(frozen=4, sent=1, failed=1, skipped=1, held=1), records, edition=KEY)

    assert [line.subscriber for line in audit.lines] == ["r3", "r4", "r1"]
    assert audit.details() == [
        "held      a***@example.org  timeout (subscriber r3, attempt 1)",
        "failed    a***@example.org  no reason given (subscriber r4, attempt 1)",
        "skipped   a***@example.org  too late (subscriber r1, attempt 1)",
    ]


def test_no_full_address_is_in_an_audit() -> None:
    audit = report(Tally(frozen=1, held=1), [record(1, DeliveryState.HELD)], edition=KEY)

    assert "ada1" not in repr(audit) + "".join(audit.details())


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("ada@example.org", "a***@example.org"),
        ("é@example.org", "é***@example.org"),
        ('"a@b"@example.org', '"***@example.org'),
        ("nonsense", "***"),
        ("", "***"),
    ],
)
def test_a_masked_address_keeps_its_first_letter_and_its_domain(address: str, expected: str) -> None:
    assert masked(address) == expected


def test_a_stopped_edition_says_why() -> None:
    dispatch = Dispatch(KEY, 1, NOW, stopped="3 of 5 mails complained", canceled="by ada")

    audit = report(Tally(frozen=1, planned=1), edition=KEY, dispatch=dispatch)

    assert audit.summary()[1:] == ["Stopped: 3 of 5 mails complained", "Canceled: by ada"]
