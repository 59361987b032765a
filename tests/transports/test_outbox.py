from __future__ import annotations

import mailbox
from dataclasses import replace
from pathlib import Path

import pytest

from digest.errors import TransportUnavailable
from digest.model import Batch, Outcome
from digest.testing import a_batch, a_delivery
from digest.transports.outbox import OutboxTransport


def repeated(batch: Batch) -> Batch:
    again = tuple(d._replace(attempt=2, reference=f"again-{d.subscriber}") for d in batch.deliveries)
    return replace(batch, deliveries=again)


def test_a_mail_program_can_open_it(tmp_path: Path) -> None:
    batch = a_batch(count=3)

    list(OutboxTransport(tmp_path / "box").send(batch))

    box = mailbox.Maildir(tmp_path / "box", create=False)
    assert sorted(str(mail["To"]) for mail in box) == [
        f'"Ann" <reader{number}@readers.example>' for number in (1, 2, 3)
    ]
    box.close()


def test_a_repeat_overwrites(tmp_path: Path) -> None:
    outbox, batch = OutboxTransport(tmp_path), a_batch(count=3)
    list(outbox.send(batch))
    before = {path.name: path.read_bytes() for path in (tmp_path / "new").iterdir()}

    list(outbox.send(repeated(batch)))

    assert {path.name: path.read_bytes() for path in (tmp_path / "new").iterdir()} == before
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_repeat_overwrites_a_mail_that_was_opened(tmp_path: Path) -> None:
    outbox, batch = OutboxTransport(tmp_path), a_batch(count=1)
    list(outbox.send(batch))
    (mail,) = (tmp_path / "new").iterdir()
    mail.rename(tmp_path / "cur" / f"{mail.name}:2,S")

    receipts = list(outbox.send(repeated(batch)))

    assert [receipt.outcome for receipt in receipts] == [Outcome.SENT]
    assert [path.parent.name for path in tmp_path.rglob("*.eml*")] == ["cur"]


def test_a_folder_that_can_not_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(TransportUnavailable, match="Not a directory"):
        list(OutboxTransport(tmp_path / "file" / "box").send(a_batch()))


def test_a_mail_that_can_not_be_written_may_be_tried_again(tmp_path: Path) -> None:
    outbox = OutboxTransport(tmp_path)
    first, second = a_delivery(1), a_delivery(2)
    # A folder in the place of the file: rename can't replace it.
    (tmp_path / "new" / f"{first.message_key}.eml").mkdir(parents=True)

    outcomes = {receipt.reference: receipt.outcome for receipt in outbox.send(a_batch(first, second))}

    assert outcomes == {first.reference: Outcome.AGAIN, second.reference: Outcome.SENT}
    assert list((tmp_path / "tmp").iterdir()) == []
