"""Which replies can be an answer to which of our words at all.

Source: RFC 5321, 4.3.2.
"""

from __future__ import annotations

from typing import Final

from digest.transports.envelopes import Reply
from digest.transports.smtp.wire import OutOfStep

DATA: Final = b"DATA\r\n"
GO_AHEAD: Final = 354
_NO_PROOF: Final = frozenset({211, 214, 220, 221, 235, 252})
"""Good news that is none of a mail: help, greeting, goodbye, login, a doubt."""


def check_answer(reply: Reply) -> None:
    """Look whether a reply can be an answer to a mail at all.

    Raises:
        OutOfStep: it can't.
    """
    if 300 <= reply.code < 400 or reply.code in _NO_PROOF:
        raise OutOfStep(f"the server answers {reply.code} to a mail")


def check_step(command: bytes, reply: Reply) -> None:
    """Look whether a reply can be an answer to MAIL, RCPT or DATA at all.

    Raises:
        OutOfStep: it can't.
    """
    is_yes = reply.code == GO_AHEAD if command == DATA else reply.code < 300
    if reply.code < 400 and not is_yes:
        raise OutOfStep(f"the server answers {reply.code} to {command[:4].decode()}")
