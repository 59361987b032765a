"""What goes wrong before a byte of a mail leaves: it is a reader's own, or it is everybody's and ours.

Nobody is uncertain, and nobody is written off, because our own code, a template or a setting fails. A
reader fails alone only where the address is none, or where another reader's mail of the same variant could
be built.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from digest.errors import DigestError, TransportUnavailable, UnbuiltMail
from digest.model import Outcome, Receipt
from digest.transports.headers import BadAddress, Unsendable, scrubbed


@contextmanager
def before_the_first_byte() -> Iterator[None]:
    """Run what builds mails; whatever it raises proves that nothing of them has left.

    Raises:
        UnbuiltMail: in place of anything but TransportUnavailable.
    """
    try:
        yield
    except (TransportUnavailable, UnbuiltMail):
        raise
    except Exception as error:
        raise UnbuiltMail(fault_of(error)) from error


def fault_of(error: Exception) -> str:
    """Return what an error says, its kind in front where it is none of ours; no address in it."""
    said = scrubbed(str(error)).rstrip(".")
    return said if isinstance(error, DigestError) else f"{type(error).__name__}: {said}"


@dataclass(slots=True)
class Proof:
    """Whether a mail of a template was ever built; kept with the template, since batches come and go."""

    is_given: bool = False


class Doubts:
    """Mails of one batch that could not be built, until it is known whose fault it is."""

    def __init__(self, proof: Proof) -> None:
        """Take the proof that the template is good, which may come later."""
        self._proof = proof
        self._open: list[Receipt] = []

    def receipt(self, reference: str, error: Exception) -> Receipt | None:
        """Return the receipt of a reader whose address is none; else keep the doubt."""
        reason = error.reason if isinstance(error, Unsendable) else fault_of(error)
        receipt = Receipt(reference, Outcome.FAILED, reason)
        if isinstance(error, BadAddress):
            return receipt
        self._open.append(receipt)
        return None

    def judged(self) -> list[Receipt]:
        """Return the receipts of the readers in doubt, once the batch is through.

        Raises:
            UnbuiltMail: no mail of the template could be built, ever: the fault is not theirs.
        """
        if self._open and not self._proof.is_given:
            raise UnbuiltMail(self._open[0].reason)
        judged, self._open = self._open, []
        return judged
