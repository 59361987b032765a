"""What is done when the process of the tests is gone, however it went: by its end, SIGTERM, or kill -9."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Sequence


class LastWords:
    """A command that runs once this process has ended, or `say` is called.

    A shell waits on a pipe that only this process holds: it is closed by the kernel, whatever ended us.
    """

    def __init__(self, *commands: Sequence[str]) -> None:
        """Keep the commands; each runs, whatever became of the one before."""
        script = "\n".join(["read -r _", *(shlex.join(command) for command in commands), ""])
        # A session of its own: what ends the tests by their group must not end this.
        self._shell = subprocess.Popen(
            ["sh", "-c", script],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            cwd="/",
        )

    def say(self) -> None:
        """Run the commands now, and return when they have ended."""
        self._shell.communicate()
