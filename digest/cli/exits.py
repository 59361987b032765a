"""Exit codes, one meaning each: README.md lists them (64 and up as in sysexits.h)."""

from __future__ import annotations

from enum import IntEnum

from digest import errors
from digest.model import Ending
from subscribers import errors as people


class Exit(IntEnum):
    """What a command's exit says to cron."""

    DONE = 0
    WAITING_FOR_APPROVAL = 10
    NOTHING_TO_SEND = 11
    CLOSED_WITH_FAULTS = 12
    USAGE = 64
    BAD_DATA = 65
    UNAVAILABLE = 69
    CANT_WRITE = 73
    UNFINISHED = 75
    CONFIGURATION = 78


OF_ENDING = {
    Ending.DONE: Exit.DONE,
    Ending.ALREADY_SENT: Exit.DONE,
    Ending.NOT_TODAY: Exit.DONE,
    Ending.WAITING_FOR_APPROVAL: Exit.WAITING_FOR_APPROVAL,
    Ending.NOTHING_TO_SEND: Exit.NOTHING_TO_SEND,
    Ending.CLOSED_WITH_FAULTS: Exit.CLOSED_WITH_FAULTS,
    Ending.CANCELED: Exit.DONE,
    Ending.STOPPED: Exit.UNFINISHED,
    Ending.UNFINISHED: Exit.UNFINISHED,
}

OF_ERROR: tuple[tuple[type[Exception], Exit], ...] = (
    (errors.ConfigurationError, Exit.CONFIGURATION),
    (errors.NothingToSend, Exit.NOTHING_TO_SEND),
    (errors.EditionConflict, Exit.UNFINISHED),
    (errors.TemplateFault, Exit.CONFIGURATION),
    (errors.TransportUnavailable, Exit.UNAVAILABLE),
    (errors.OutputUnwritable, Exit.CANT_WRITE),
    (errors.DatabaseUnavailable, Exit.UNFINISHED),
    (errors.SchemaOutdated, Exit.CONFIGURATION),
    (errors.MissingExtra, Exit.CONFIGURATION),
    (people.DatabaseUnavailable, Exit.UNFINISHED),
    (people.SchemaOutdated, Exit.CONFIGURATION),
)


def of_error(error: errors.DigestError | people.SubscribersError) -> Exit:
    """Return the exit code for a deliberate error; bad data where none fits better."""
    return next((code for kind, code in OF_ERROR if isinstance(error, kind)), Exit.BAD_DATA)
