"""The outbox: a Maildir folder that a mail program can open."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from threading import get_ident
from typing import Final

from digest.errors import TransportUnavailable
from digest.model import Batch, Delivery, Outcome, Receipt
from digest.transports.building import Doubts, before_the_first_byte
from digest.transports.mime import MessageTemplates

log = logging.getLogger(__name__)

_GROUP: Final = 64
"""Receipts wait for one sync of the folder; so many share it."""


class OutboxTransport:
    """Writes one .eml for each delivery, named by it: a repeat overwrites and adds nothing.

    A file is written in `tmp`, synced and renamed into `new`, so that no half mail is ever seen; the
    folder is synced before the receipt is given. A mail that a reader moved to `cur` is overwritten
    there.
    """

    name = "outbox"
    max_batch = 200
    repeats_are_safe = True

    def __init__(self, path: Path) -> None:
        """Take the folder; it is made at the first send."""
        self._path = path
        self._templates = MessageTemplates()

    def send(self, batch: Batch) -> Iterator[Receipt]:
        """Write the batch; see `digest.ports.Transport`."""
        if not batch.deliveries:
            return
        with before_the_first_byte():
            template = self._templates.of(batch)
        doubts = Doubts(template.proof)
        try:
            read = self._prepare()
        except OSError as error:
            raise TransportUnavailable(self.name, f"{self._path}: {error.strerror or error}") from error
        written: list[Receipt] = []
        for delivery, values in zip(batch.deliveries, batch.values, strict=True):
            try:
                mail = template.join(delivery, values)
            except Exception as error:  # noqa: BLE001  # whose fault it is shows when the batch is through
                receipt = doubts.receipt(delivery.reference, error)
                if receipt is not None:
                    yield receipt
                continue
            try:
                self._write(delivery, mail, read)
            except OSError as error:
                log.warning("outbox %s: %s", self._path, error.strerror or error)
                yield Receipt(delivery.reference, Outcome.AGAIN, f"can't write: {error.strerror or error}")
            else:
                written.append(Receipt(delivery.reference, Outcome.SENT, provider_id=delivery.message_key))
            if len(written) >= _GROUP:
                yield from self._settled(written)
                written = []
        yield from self._settled(written)
        yield from doubts.judged()

    def close(self) -> None:
        """Nothing is held open."""

    def _prepare(self) -> dict[str, Path]:
        """Make the folder and return the mails a reader has opened, by delivery."""
        for name in ("tmp", "new", "cur"):
            (self._path / name).mkdir(parents=True, exist_ok=True)
        return {path.name.partition(".")[0]: path for path in (self._path / "cur").iterdir()}

    def _write(self, delivery: Delivery, mail: bytes, read: dict[str, Path]) -> None:
        key = delivery.message_key
        # Two workers on one delivery, one of them a zombie, must not write into one file.
        passing = self._path / "tmp" / f"{key}.{delivery.attempt}.{os.getpid()}.{get_ident()}"
        try:
            with passing.open("wb") as file:
                file.write(mail)
                file.flush()
                os.fsync(file.fileno())
            passing.replace(read.get(key, self._path / "new" / f"{key}.eml"))
        except OSError:
            passing.unlink(missing_ok=True)
            raise

    def _settled(self, written: list[Receipt]) -> list[Receipt]:
        """Return the receipts once the new names are on the disk."""
        try:
            for name in ("new", "cur"):
                folder = os.open(self._path / name, os.O_RDONLY | os.O_DIRECTORY)
                try:
                    os.fsync(folder)
                finally:
                    os.close(folder)
        except OSError as error:
            reason = f"can't sync: {error.strerror or error}"
            return [Receipt(receipt.reference, Outcome.UNCERTAIN, reason) for receipt in written]
        return written
