"""A request is accepted by the headers of its answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from digest.model import Outcome
from digest.testing import a_batch
from tests.transports.sendgrid import mock as sendgrid_mock
from tests.transports.sendgrid.mock import Mock
from tests.transports.sendgrid.test_transport import send


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
