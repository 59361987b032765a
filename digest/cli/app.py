"""The top of the command line: the group, logging, and errors as exit codes."""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Sequence

import click

from digest.cli import exits
from digest.cli.commands import Commands
from digest.cli.exits import Exit
from digest.errors import DigestError
from digest.upkeep import logs, time_zones
from digest.wiring.away import as_ours
from subscribers.errors import SubscribersError

log = logging.getLogger(__name__)

LOGGERS = logs.LOGGERS

OBJECTS_UNTIL_A_LOOK = 10_000
"""So many more objects, and Python looks for those that hold each other alone; of itself after 700.

Loading the code, and reading a day's articles, makes hundreds of thousands that all stay: the looks took a
tenth of the time and found nothing.
"""

BROKEN = 1
"""Python's own code for what nobody foresaw."""

PRIVATE = 0o077
"""What others may do with the files that a command makes: nothing."""


@click.group(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="newsroom-digest", message="digest %(version)s")
@click.option("-v", "--verbose", is_flag=True, help="Log more.")
@click.option("-q", "--quiet", is_flag=True, help="Log warnings only.")
def digest(*, verbose: bool, quiet: bool) -> None:
    """Send a newsroom's day as one mail: never twice, never half, never lost.

    Start with `digest demo`, then `digest init`.
    """
    # Databases, mails, previews and backups hold readers' addresses and the secret that signs their links.
    before = os.umask(PRIVATE)
    os.umask(before | PRIVATE)
    click.get_current_context().call_on_close(lambda: os.umask(before))
    _log_to_stderr(logging.DEBUG if verbose else logging.WARNING if quiet else logging.INFO)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit with its code; errors are one sentence on stderr, never a traceback."""
    gc.set_threshold(OBJECTS_UNTIL_A_LOOK)
    # pydantic looks for plug-ins in every installed package, and knows none that we would want.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    time_zones.take_the_newer()
    try:
        code = digest.main(arguments, prog_name="digest", standalone_mode=False)
        # A reader that went away (`digest audit | head`) shows only when the buffer is flushed.
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = Exit.CANT_WRITE if isinstance(error, click.FileError) else Exit.USAGE
    except (click.Abort, KeyboardInterrupt):
        _say("interrupted; run it again to go on")
        code = Exit.UNFINISHED
    except (DigestError, SubscribersError) as error:
        ours = as_ours(error)
        _say(str(ours))
        code = exits.of_error(ours)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = Exit.DONE
    except Exception:
        if not logs.is_json():
            raise
        log.critical("a fault of ours broke it off", exc_info=True)
        code = BROKEN
    return int(code) if isinstance(code, int) else Exit.DONE


def _say(problem: str) -> None:
    """Tell why nothing more is done; where a collector reads stderr, as a line of the log."""
    if logs.is_json():
        log.error("%s", problem)
    else:
        click.echo(f"digest: {problem}", err=True)


def _log_to_stderr(level: int) -> None:
    """Log our own loggers: colored on a terminal, plain lines with the time elsewhere."""
    handler: logging.Handler
    if sys.stderr.isatty():
        # Imported here: most calls are cron's, which has no terminal.
        from digest.cli.printing.terminal import ScreenLines, errors

        handler = ScreenLines(errors)
    else:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logs.TextLines())
    for name in LOGGERS:
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(level)
        logger.propagate = False
