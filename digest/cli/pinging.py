"""A run between its pings: however it ends, whoever waits for it hears the exit code."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from digest.cli.exits import OF_ENDING, Exit, of_error
from digest.cli.printing.report_lines import report_lines
from digest.day import rounds
from digest.errors import DigestError
from digest.model import DayReport
from digest.upkeep.pings import Ping
from subscribers.errors import SubscribersError

_BROKEN = 1
"""What the interpreter ends with after an error that nobody foresaw."""


def told(
    ping: Ping,
    act: Callable[[], Sequence[DayReport]],
    answer: Callable[[Sequence[DayReport]], int],
) -> int:
    """Do the work between two pings, answer, and return the exit code.

    An edition that waits for its approval is no failure of the run: its monitor hears 0, with the words,
    and an alert tells in time where nobody approves.
    """
    ping.start()
    try:
        reports = act()
        code = OF_ENDING[rounds.worst(reports).ending]
        heard = Exit.DONE if code is Exit.WAITING_FOR_APPROVAL else code
        ping.end(heard, "\n".join(line for one in reports for line in report_lines(one)))
        return answer(reports)
    except (DigestError, SubscribersError) as error:
        ping.end(of_error(error), str(error))
        raise
    except KeyboardInterrupt:
        ping.end(Exit.UNFINISHED, "interrupted")
        raise
    except BaseException as error:
        ping.end(_BROKEN, f"broke off: {type(error).__name__}")
        raise
