"""What a refusal says of the mailbox it is about."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What a server's words prove of a mailbox; one vocabulary for every way they reach us.

    DEAD: it does not exist, or was closed: a hard bounce. FULL: it takes nothing for now: a soft one.
    UNREACHABLE: its domain can't be found, today at least: a soft one. POLICY: this mail, its sender or
    their name is not wanted. OURS: something on our side or on the way is to be mended: DNS, TLS, a
    loop, relaying, time run out. UNKNOWN: nothing that could be relied on.
    """

    DEAD = "dead"
    FULL = "full"
    UNREACHABLE = "unreachable"
    POLICY = "policy"
    OURS = "ours"
    UNKNOWN = "unknown"

    @property
    def counts_softly(self) -> bool:
        """Tell whether it counts against the address, though once proves nothing."""
        return self in (Verdict.FULL, Verdict.UNREACHABLE)

    @property
    def counts(self) -> bool:
        """Tell whether it counts against the address at all; what does not suppresses nobody, ever."""
        return self is Verdict.DEAD or self.counts_softly
