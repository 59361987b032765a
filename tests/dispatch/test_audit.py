from __future__ import annotations

from dataclasses import replace

import pytest

from digest.dispatch.audit import masked, report, standing
from digest.model import DeliveryRecord, DeliveryState, Dispatch, Ending, Tally
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


CLOSED = Dispatch(KEY, 10, NOW)


@pytest.mark.parametrize(
    ("tally", "ending"),
    [
        pytest.param(Tally(frozen=10, sent=10), Ending.DONE, id="all"),
        pytest.param(Tally(frozen=10, skipped=10), Ending.DONE, id="nobody chose a topic of the day"),
        pytest.param(Tally(frozen=10, sent=9, skipped=1, gone=1), Ending.DONE, id="one left"),
        pytest.param(Tally(frozen=2, skipped=2, gone=2), Ending.MISSED, id="all left"),
        pytest.param(Tally(frozen=10, sent=9, skipped=1, late=1), Ending.LATE_FOR_SOME, id="one late"),
        pytest.param(Tally(frozen=10, sent=5, skipped=5, late=5), Ending.LATE_FOR_SOME, id="half late"),
        pytest.param(Tally(frozen=10, sent=4, skipped=6, late=6), Ending.MISSED, id="most late"),
        pytest.param(
            Tally(frozen=10, sent=2, skipped=8, late=3), Ending.MISSED, id="most of those who were due"
        ),
        pytest.param(Tally(frozen=10, failed=6, skipped=4, late=4), Ending.MISSED, id="nobody, two ways"),
        pytest.param(
            Tally(frozen=10, sent=5, failed=1, skipped=4, late=4), Ending.CLOSED_WITH_FAULTS, id="both"
        ),
        pytest.param(Tally(frozen=10, failed=10), Ending.CLOSED_WITH_FAULTS, id="all failed"),
        pytest.param(Tally(frozen=10, held=10), Ending.CLOSED_WITH_FAULTS, id="all held"),
        pytest.param(Tally(), Ending.DONE, id="a correction that nobody is left for"),
        pytest.param(Tally(frozen=10, planned=10, waiting=10), Ending.NOT_YET, id="in the hold"),
        pytest.param(Tally(frozen=10, sent=4, planned=6, waiting=6), Ending.NOT_YET, id="a wave to come"),
        pytest.param(Tally(frozen=10, planned=10, waiting=9), Ending.UNFINISHED, id="one was deferred"),
        pytest.param(Tally(frozen=10, sending=1, sent=9), Ending.UNFINISHED, id="on its way"),
    ],
)
def test_an_edition_stands_by_what_became_of_whom(tally: Tally, ending: Ending) -> None:
    assert standing(KEY, tally, CLOSED)[0] is ending


def test_a_stopped_edition_waits_for_somebody_and_a_canceled_one_for_nobody() -> None:
    stopped, canceled = replace(CLOSED, stopped="3 complained"), replace(CLOSED, canceled="canceled by ada")

    assert standing(KEY, Tally(frozen=2, planned=2, waiting=2), stopped)[0] is Ending.STOPPED
    assert standing(KEY, Tally(frozen=2, sent=2), stopped)[0] is Ending.DONE
    assert standing(KEY, Tally(frozen=2, skipped=2), canceled)[0] is Ending.CANCELED


def test_a_stopped_edition_says_why() -> None:
    dispatch = Dispatch(KEY, 1, NOW, stopped="3 of 5 mails complained", canceled="by ada")

    audit = report(Tally(frozen=1, planned=1), edition=KEY, dispatch=dispatch)

    assert audit.summary()[1:] == ["Stopped: 3 of 5 mails complained", "Canceled: by ada"]
