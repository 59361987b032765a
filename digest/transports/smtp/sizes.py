"""How large a mail a server takes, and telling it before the first byte.

Source: RFC 1870.
"""

from __future__ import annotations

from dataclasses import dataclass

import aiosmtplib

from digest.model import Blame, Outcome, Receipt
from digest.transports.envelopes import Envelope


@dataclass(frozen=True, slots=True)
class SizeLimit:
    """What the server says of sizes when it is greeted.

    Attributes:
        is_offered: it wants to be told.
        max_bytes: 0 where it names none.
    """

    is_offered: bool = False
    max_bytes: int = 0

    @classmethod
    def of(cls, smtp: aiosmtplib.SMTP) -> SizeLimit:
        """Return what a connection that is past EHLO was told; nonsense is no limit."""
        if not smtp.supports_extension("size"):
            return cls()
        text = str(smtp.esmtp_extensions.get("size", "")).strip()
        return cls(is_offered=True, max_bytes=int(text) if text.isascii() and text.isdigit() else 0)

    def told(self, mail: bytes) -> str:
        """Return the parameter of MAIL, a space before it; empty where the server wants none.

        Dots that were doubled count as sent: RFC 1870 allows an estimate, and more is safer than less.
        """
        return f" SIZE={len(mail)}" if self.is_offered else ""

    def stops(self, envelope: Envelope) -> bool:
        """Tell whether the mail is too big; then it is reported, and nobody else of the batch is asked."""
        mail, work = envelope.mail, envelope.work
        if not self.max_bytes or len(mail) <= self.max_bytes:
            return False
        reason = f"the mail has {len(mail):,} bytes, the server takes {self.max_bytes:,} (SIZE)"
        receipt = Receipt(envelope.delivery.reference, Outcome.AGAIN, reason, blame=Blame.SIZE)
        work.report(receipt)
        work.halt(reason, Blame.SIZE)
        return True
