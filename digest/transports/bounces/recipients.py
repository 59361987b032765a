"""What a bounce says of one recipient."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    """What became of the mail. DONE: it went on; that is no bounce."""

    FAILED = "failed"
    DELAYED = "delayed"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Recipient:
    """One recipient of a bounce.

    Attributes:
        address: where the mail could not go.
        original: where it was sent first, if the bounce says so.
        status: the report's own; Exim and OpenSMTPD write 5.0.0 whatever the reason.
        reply: the words to judge, with their number; empty where there are none.
        server: the name of the server that said them, if it is told.
    """

    address: str
    action: Action = Action.FAILED
    original: str = ""
    status: str = ""
    reply: str = ""
    server: str = ""
