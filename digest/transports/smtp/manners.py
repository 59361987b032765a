"""What a run learns of its server, shared by all connections to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from digest.transports.envelopes import Reply

Pipelining = Literal["auto"] | bool

EXIMS_MAILS: Final = 10
"""Exim takes more mails of one connection, but lets them wait for its next queue run."""

_MAILS: Final = 100
"""OpenSMTPD takes so many in one session."""

_MAX_FAULTS: Final = 3
_FORGIVEN_AFTER: Final = 100
"""So many mails that went well make up for one fault."""

_OUT_OF_SEQUENCE: Final = 503
_PIPELINING: Final = re.compile(
    r"pipelin|synchroni[sz]ation|out of (?:sequence|order|sync)|bad sequence|nested mail", re.IGNORECASE
)


@dataclass(slots=True)
class Manners:
    """How to speak to one server.

    Attributes:
        pipelining: "auto" uses it where it is offered until it is shown not to work; true tries it anew
            with each connection; false never does.
        mails: so many go over one connection; None for what suits the server.
    """

    pipelining: Pipelining = "auto"
    mails: int | None = None
    _is_without: bool = False
    _faults: int = 0
    _why: str = ""
    _well: int = 0

    @property
    def may_pipeline(self) -> bool:
        """Tell whether a server that offers PIPELINING is to be taken at its word."""
        return self.pipelining is True or (self.pipelining == "auto" and not self._is_without)

    @property
    def problem(self) -> str:
        """Return why nothing more may be sent by this server now; empty where it may."""
        return f"its answers can't be trusted: {self._why}" if self._faults >= _MAX_FAULTS else ""

    def mails_for(self, greeting: str) -> int:
        """Return how many mails may go over one connection to the server that greets so."""
        if self.mails is not None:
            return self.mails
        return EXIMS_MAILS if re.search(r"\bExim\b", greeting, re.IGNORECASE) else _MAILS

    def forgo_pipelining(self) -> None:
        """Remember that the server can't do what it offers."""
        self._is_without = True

    def fall_out_of_step(self, why: str) -> None:
        """Count a connection whose answers could not be told apart."""
        self._faults += 1
        self._why = why
        self.forgo_pipelining()

    def go_well(self) -> None:
        """Count a mail that was taken."""
        self._well += 1
        if self._well >= _FORGIVEN_AFTER:
            self._well = 0
            self._faults = max(0, self._faults - 1)


def is_about_pipelining(reply: Reply) -> bool:
    """Tell whether a refusal means that a command came too early, whoever it was for."""
    return reply.code == _OUT_OF_SEQUENCE or (reply.code >= 400 and bool(_PIPELINING.search(reply.text)))
