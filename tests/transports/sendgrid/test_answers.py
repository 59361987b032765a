"""What an answer proves: accepted by its headers alone, or refused for now and nobody blamed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime

import pytest

from digest.model import Blame, Outcome
from digest.testing import a_batch
from tests.transports.sendgrid import mock as sendgrid_mock
from tests.transports.sendgrid.mock import Mock
from tests.transports.sendgrid.test_transport import NOW, send


@pytest.fixture
def mock() -> Iterator[Mock]:
    with sendgrid_mock.running(Mock()) as running_mock:
        yield running_mock


@pytest.mark.parametrize(
    "todo",
    [
        sendgrid_mock.ACCEPT_HALF_BODY,
        sendgrid_mock.ACCEPT_NO_GZIP,
        sendgrid_mock.ACCEPT_HALF_CHUNK,
    ],
)
def test_what_is_accepted_by_its_headers_is_accepted_whatever_becomes_of_the_body(
    mock: Mock, todo: str
) -> None:
    mock.script.append(todo)

    receipts = send(mock, a_batch(count=3))

    assert {(r.outcome, r.provider_id) for r in receipts.values()} == {(Outcome.SENT, "message-1")}
    assert len(mock.mails) == 3


@pytest.mark.parametrize(
    ("todo", "retry_after", "wait"),
    [
        pytest.param(sendgrid_mock.STORM_429, "7", 7.0, id="429 in seconds"),
        pytest.param(sendgrid_mock.STORM_503, "9", 9.0, id="503 with a time"),
        pytest.param(
            sendgrid_mock.STORM_429,
            format_datetime(NOW + timedelta(seconds=30), usegmt=True),
            30.0,
            id="429 as a date",
        ),
        pytest.param(sendgrid_mock.STORM_429, "999999", 3600.0, id="not believed"),
        pytest.param(sendgrid_mock.STORM_429, "soon", 30.0, id="no time"),
        pytest.param(sendgrid_mock.STORM_429, "0", 1.0, id="429 at once"),
        pytest.param(sendgrid_mock.STORM_503, "0", 1.0, id="503 at once"),
        pytest.param(
            sendgrid_mock.STORM_429,
            format_datetime(NOW - timedelta(hours=1), usegmt=True),
            1.0,
            id="a moment that is past",
        ),
        pytest.param(sendgrid_mock.TIMED_OUT, "", 1.0, id="408"),
    ],
)
def test_a_throttled_request_may_go_again_after_the_given_time(
    mock: Mock, todo: str, retry_after: str, wait: float
) -> None:
    mock.script.append(todo)
    mock.retry_after = retry_after

    receipts = send(mock, a_batch(count=3))

    assert {(r.outcome, r.retry_after_s) for r in receipts.values()} == {(Outcome.AGAIN, wait)}
    assert {r.blame for r in receipts.values()} == {Blame.TROUBLE}
    assert mock.mails == []
