from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from digest.dispatch.brake import Brake, check_brake
from digest.model import Dispatch, EventKind, Feedback, MailEvent, Outcome, Receipt
from digest.storage.database import Database
from tests.storage.samples import KEY, NOW, frozen, people


@pytest.mark.parametrize(
    ("feedback", "expected"),
    [
        pytest.param(Feedback(), "", id="nothing out"),
        pytest.param(Feedback(out=999, complained=999), "", id="too few to judge"),
        pytest.param(Feedback(out=1000, complained=2), "", id="under the bound"),
        pytest.param(Feedback(out=1000, complained=3), "3 of 1000 mails complained", id="at the bound"),
        pytest.param(Feedback(out=1000, bounced=80), "80 of 1000 mails bounced", id="bounces"),
        pytest.param(Feedback(out=1000, refused=200), "200 of 1000 mails were refused", id="refusals"),
    ],
)
def test_an_edition_stops_at_its_bounds(feedback: Feedback, expected: str) -> None:
    verdict = Brake().verdict(feedback, minimum=1000)

    assert verdict.startswith(expected) if expected else not verdict


@pytest.mark.parametrize(
    ("dispatch", "expected"),
    [
        pytest.param(None, None, id="not frozen"),
        pytest.param(Dispatch(KEY, 9, NOW), None, id="no canary"),
        pytest.param(Dispatch(KEY, 9, NOW, canary=3, is_canary_passed=False), None, id="not out yet"),
        pytest.param(
            Dispatch(KEY, 9, NOW, canary=3, is_canary_passed=False, canary_out_at=NOW), 540.0, id="out"
        ),
        pytest.param(
            Dispatch(KEY, 9, NOW, canary=3, is_canary_passed=False, canary_out_at=NOW, stopped="no"),
            None,
            id="stopped",
        ),
    ],
)
def test_the_verdict_on_a_canary_waits(dispatch: Dispatch | None, expected: float | None) -> None:
    assert Brake().canary_wait_left_s(dispatch, NOW + timedelta(minutes=1)) == expected


def test_some_complaints_are_a_warning_and_more_a_stop(
    database: Database, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    frozen(database, database_url, people(10))
    claimed = database.ledger.claim(KEY, "me", limit=10, lease_s=60)
    database.ledger.settle(KEY, "me", [Receipt(one.reference, Outcome.SENT) for one in claimed])
    brake = Brake(minimum=10, complaints_warn=0.1, complaints_stop=0.2)

    def complain(number: int) -> None:
        reference = claimed[number].reference
        database.ledger.record_events([MailEvent(f"e{number}", EventKind.COMPLAINED, reference, NOW)])
        check_brake(KEY, ledger=database.ledger, brake=brake)

    def stopped() -> str:
        dispatch = database.ledger.dispatch(KEY)
        assert dispatch is not None
        return dispatch.stopped

    with caplog.at_level(logging.WARNING):
        complain(0)
    assert "1 of 10 readers complained" in caplog.text
    assert stopped() == ""

    complain(1)
    assert stopped() == "2 of 10 mails complained, the bound is 20.0%"
