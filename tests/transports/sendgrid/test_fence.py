from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from digest.model import Outcome
from digest.testing import a_batch, a_delivery
from digest.transports.sendgrid.fence import note_of, read_note
from digest.transports.sendgrid.request import Fence
from tests.transports.sendgrid import mock as sendgrid_mock
from tests.transports.sendgrid.mock import Mock
from tests.transports.sendgrid.test_transport import NOW, outcomes, send, transport


@pytest.fixture
def mock() -> Iterator[Mock]:
    with sendgrid_mock.running(Mock()) as running:
        yield running


@dataclass
class Notes:
    """A ledger's side: who is still sending, and what was noted beside them."""

    mock: Mock
    taken_over: set[str] = field(default_factory=set)
    kept: dict[str, str] = field(default_factory=dict)
    mails_then: list[int] = field(default_factory=list)

    def note(self, references: Sequence[str], note: str) -> int:
        ours = [one for one in references if one not in self.taken_over]
        self.kept.update(dict.fromkeys(ours, note))
        self.mails_then.append(self.mock.calls.count("/v3/mail/send"))
        return len(ours)


def test_a_lost_answer_behind_a_fence_is_called_back(mock: Mock) -> None:
    mock.script.append(sendgrid_mock.ACCEPT_THEN_DROP)

    receipts = send(mock, a_batch(count=3), fence_ahead_s=900)
    mock.release()

    assert outcomes(receipts) == {Outcome.AGAIN: 3}
    assert mock.mails == []


def test_a_fenced_request_goes_out_at_its_time(mock: Mock) -> None:
    receipts = send(mock, a_batch(count=3), fence_ahead_s=900)

    assert outcomes(receipts) == {Outcome.SENT: 3}
    assert mock.requests[0]["send_at"] == int(NOW.timestamp()) + 900
    mock.release()
    assert len(mock.mails) == 3


def test_a_fence_that_can_not_be_closed_leaves_uncertainty(mock: Mock) -> None:
    mock.script.append(sendgrid_mock.ACCEPT_THEN_DROP)
    mock.can_cancel = False

    receipts = send(mock, a_batch(count=2), fence_ahead_s=900)

    assert outcomes(receipts) == {Outcome.UNCERTAIN: 2}
    assert {receipt.provider_id for receipt in receipts.values()} == {
        f"fence:{int(NOW.timestamp()) + 900}:batch-1"
    }


def test_no_more_than_ten_cancellations_wait(mock: Mock) -> None:
    sender = transport(mock, fence_ahead_s=900)
    found: Counter[Outcome] = Counter()

    for number in range(12):
        mock.script.append(sendgrid_mock.ACCEPT_THEN_DROP)
        found.update(receipt.outcome for receipt in sender.send(a_batch(a_delivery(number))))
    sender.close()

    assert found == {Outcome.AGAIN: 10, Outcome.UNCERTAIN: 2}


def test_the_batch_id_is_noted_before_the_call(mock: Mock) -> None:
    notes = Notes(mock)

    receipts = send(mock, a_batch(count=3), fence_ahead_s=900, notes=notes)

    assert notes.mails_then == [0]
    assert set(notes.kept) == {receipt.reference for receipt in receipts.values()}
    assert set(notes.kept.values()) == {receipt.provider_id for receipt in receipts.values()}
    assert [read_note(note) for note in set(notes.kept.values())] == [
        Fence(mock.requests[0]["batch_id"], mock.requests[0]["send_at"])
    ]


def test_each_request_has_a_batch_of_its_own(mock: Mock) -> None:
    """Canceling the second may not cancel the first, which was accepted."""
    notes = Notes(mock)
    mock.bad = {"reader2@readers.example"}

    send(mock, a_batch(count=4), fence_ahead_s=900, notes=notes)

    assert len({request["batch_id"] for request in mock.requests}) == len(mock.requests) == 2


def test_what_others_have_taken_over_is_not_sent(mock: Mock) -> None:
    batch = a_batch(count=3)
    notes = Notes(mock, taken_over={batch.deliveries[1].reference})

    receipts = send(mock, batch, fence_ahead_s=900, notes=notes)

    assert outcomes(receipts) == {Outcome.AGAIN: 3}
    assert "/v3/mail/send" not in mock.calls


KILLED = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from digest.testing import a_batch
from digest.transports.sendgrid.transport import SendGridTransport
from tests.transports.sendgrid.mock import KEY

class Notes:
    def note(self, references, note):
        Path(sys.argv[2]).write_text(note)
        return len(references)

sender = SendGridTransport(KEY, api_url=sys.argv[1], fence_ahead_s=900, notes=Notes())
list(sender.send(a_batch(count=3)))
"""


def test_the_successor_of_a_killed_process_calls_its_request_back(mock: Mock, tmp_path: Path) -> None:
    mock.script.append(sendgrid_mock.ACCEPT_THEN_WAIT)
    mock.slow_s = 1.0
    noted = tmp_path / "note"
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, mock.url, str(noted)], cwd=Path(__file__).parents[3]
    )
    while not mock.scheduled and process.poll() is None:
        time.sleep(0.01)
    process.kill()
    process.wait()
    assert sum(map(len, mock.scheduled.values())) == 3
    successor = transport(mock, fence_ahead_s=900)

    is_back = successor.call_back(noted.read_text())

    is_still_back = successor.call_back(noted.read_text())
    successor.close()
    mock.release()
    assert (is_back, is_still_back, mock.mails) == (True, True, [])


def test_a_lost_answer_to_the_cancellation_is_looked_up(mock: Mock) -> None:
    mock.canceled.add("batch-7")
    sender = transport(mock, fence_ahead_s=900)

    assert sender.call_back(note_of(Fence("batch-7", int(NOW.timestamp()) + 900)))

    sender.close()
    assert mock.calls == ["GET /v3/user/scheduled_sends"]


def test_cancellations_of_other_processes_count(mock: Mock) -> None:
    mock.canceled.update(f"batch-{number}" for number in range(10))
    sender = transport(mock, fence_ahead_s=900)

    assert not sender.call_back(note_of(Fence("one-more", int(NOW.timestamp()) + 900)))

    sender.close()
    assert "/v3/user/scheduled_sends" not in mock.calls


@pytest.mark.parametrize("ahead_s", [-5, 0, 599, 600])
def test_what_goes_out_soon_is_not_called_back(mock: Mock, ahead_s: int) -> None:
    sender = transport(mock, fence_ahead_s=900)
    at = int((NOW + timedelta(seconds=ahead_s)).timestamp())

    assert not sender.call_back(note_of(Fence("batch-1", at)))

    sender.close()
    assert mock.calls == []


@pytest.mark.parametrize(
    "note", ["", "message-1", "fence:", "fence:12", "fence::b", "fence:²:b", "fence:12:"]
)
def test_what_is_no_note_calls_nothing_back(mock: Mock, note: str) -> None:
    sender = transport(mock, fence_ahead_s=900)

    assert not sender.call_back(note)

    sender.close()
    assert mock.calls == []


def test_a_note_is_read_as_it_was_written() -> None:
    fence = Fence("QzZm:YzL_TVW-IwY", 1_800_000_000)

    assert read_note(note_of(fence)) == fence
