"""Exit codes, one meaning each: the table that the README, the docs and `digest run --help` print.

64 and up are those of sysexits.h; what only an edition's day can come to has numbers below.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Self

from digest import errors
from digest.model import Ending
from subscribers import errors as people


class Exit(IntEnum):
    """What a command's exit says to cron, with the words that say so.

    Attributes:
        meaning: a line of the table, without a full stop.
    """

    meaning: str

    DONE = 0, "done, already done, or not yet time: nobody need hear of it"
    WAITING_FOR_APPROVAL = 10, "waits for somebody's approval, a draft that a cancel brought back too"
    NOTHING_TO_SEND = 11, "nothing to send: too few stories"
    CLOSED_WITH_FAULTS = 12, "closed; some deliveries failed, are held, or were too late: `digest audit`"
    STOPPED = (
        13,
        "stopped by its canary, complaints, a last look or a restored database: somebody must decide",
    )
    MISSED = 14, "closed, and it reached nobody, or was too late for most"
    ALERTED = 15, "something is wrong: `digest alerts` says what, and what to do"
    USAGE = 64, "wrong usage"
    BAD_DATA = 65, "bad data"
    SOURCES_DOWN = 66, "no source could be read, so there is no edition"
    NO_READERS = 67, "nobody to send to: its lists, or its segment, hold no reader"
    UNAVAILABLE = 69, "the transport is unavailable; nothing is lost"
    PORT_TAKEN = 71, "the desk can't listen there: its port is taken, or it may not"
    CANT_WRITE = 73, "a file can't be written"
    UNFINISHED = 75, "unfinished, something failed for now: run again"
    CONFIGURATION = 78, "configuration: every fault is listed"

    def __new__(cls, code: int, meaning: str) -> Self:
        """Make a member of its number and its words."""
        made = int.__new__(cls, code)
        made._value_ = code
        made.meaning = meaning
        return made


def markdown() -> str:
    """Return the table as pages show it."""
    rows = "\n".join(f"| {code.value} | {code.meaning} |" for code in Exit)
    return f"| exit code | meaning |\n|---|---|\n{rows}\n"


def help_text() -> str:
    """Return the table as `--help` shows it, for click, which keeps the lines after a backspace."""
    rows = "\n".join(f"  {code.value:>2}  {code.meaning.replace('`', '')}" for code in Exit)
    return f"\b\nExit codes:\n{rows}"


OF_ENDING = {
    Ending.DONE: Exit.DONE,
    Ending.ALREADY_SENT: Exit.DONE,
    Ending.NOT_TODAY: Exit.DONE,
    Ending.NOT_YET: Exit.DONE,
    Ending.CANCELED: Exit.DONE,
    Ending.DRAFT_AGAIN: Exit.DONE,
    Ending.WAITING_FOR_APPROVAL: Exit.WAITING_FOR_APPROVAL,
    Ending.NOTHING_TO_SEND: Exit.NOTHING_TO_SEND,
    Ending.CLOSED_WITH_FAULTS: Exit.CLOSED_WITH_FAULTS,
    Ending.LATE_FOR_SOME: Exit.CLOSED_WITH_FAULTS,
    Ending.STOPPED: Exit.STOPPED,
    Ending.MISSED: Exit.MISSED,
    Ending.SOURCES_DOWN: Exit.SOURCES_DOWN,
    Ending.NO_READERS: Exit.NO_READERS,
    Ending.UNFINISHED: Exit.UNFINISHED,
}

OF_ERROR: tuple[tuple[type[Exception], Exit], ...] = (
    (errors.ConfigurationError, Exit.CONFIGURATION),
    (errors.NothingToSend, Exit.NOTHING_TO_SEND),
    (errors.EditionConflict, Exit.UNFINISHED),
    (errors.TemplateFault, Exit.CONFIGURATION),
    (errors.TransportUnavailable, Exit.UNAVAILABLE),
    (errors.PortTaken, Exit.PORT_TAKEN),
    (errors.OutputUnwritable, Exit.CANT_WRITE),
    (errors.DatabaseRefused, Exit.CONFIGURATION),
    (errors.DatabaseUnavailable, Exit.UNFINISHED),
    (errors.SchemaOutdated, Exit.CONFIGURATION),
    (errors.MissingExtra, Exit.CONFIGURATION),
    (people.DatabaseUnavailable, Exit.UNFINISHED),
    (people.SchemaOutdated, Exit.CONFIGURATION),
)


def of_error(error: errors.DigestError | people.SubscribersError) -> Exit:
    """Return the exit code for a deliberate error; bad data where none fits better."""
    return next((code for kind, code in OF_ERROR if isinstance(error, kind)), Exit.BAD_DATA)
