"""What is examined, and whom one asks about the world around it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from digest.rendering.checks import records
from digest.rendering.checks.findings import Finding
from digest.settings.loading import Loaded
from digest.sources.web.fetching import Fetcher, FetchFailed
from digest.upkeep.alarms.of_the_machine import Real
from digest.wiring.newsroom import Newsroom

TIMEOUT_S = 10.0
LED_ON = 302
"""A host that led us on to another, which did not answer, is there itself."""


class World(Protocol):
    """What is asked of the machine and the net."""

    def clock_is_kept(self) -> bool | None:
        """Tell whether something keeps the machine's clock right; None where nobody knows."""
        ...

    def disk(self, path: Path) -> tuple[int, int]:
        """Return the used and the free bytes of the disk that holds `path`."""
        ...

    def inodes(self, path: Path) -> tuple[int, int]:
        """Return how many files the disk of `path` holds, and how many more; zeros where it counts none."""
        ...

    def file_system(self, path: Path) -> str:
        """Return what kind of file system holds `path`, by the kernel's name; empty where nobody knows."""
        ...

    def user(self) -> int:
        """Return whose rights we have."""
        ...

    def certificate_ends(self, host: str, port: int) -> datetime | str | None:
        """Return when a server's certificate ends, why it is none, or None where nobody answered."""
        ...

    def umask(self) -> int | None:
        """Return which rights new files are made without; None where nobody knows."""
        ...

    def pointers(self, address: str) -> tuple[str, ...]:
        """Return the names of an IP address in the reverse DNS.

        Raises:
            MissingExtra: nothing is installed that asks for them.
            RecordsUnavailable: there was no answer now.
        """
        ...

    def answer(self, url: str) -> int | str:
        """Return the status that a GET of `url` is answered with, or why there is none."""
        ...

    def addresses(self, host: str) -> tuple[str, ...]:
        """Return what a host name resolves to; nothing where it does not."""
        ...

    def host_name(self) -> str:
        """Return this machine's own name."""
        ...


class RealWorld:
    """The machine and the net as they are."""

    def clock_is_kept(self) -> bool | None:
        """Ask systemd's timedatectl."""
        program = shutil.which("timedatectl")
        if program is None:
            return None
        done = subprocess.run(  # noqa: S603 - fixed words
            [program, "show", "--property=NTPSynchronized", "--value"],
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
            check=False,
        )
        return {"yes": True, "no": False}.get(done.stdout.strip())

    def disk(self, path: Path) -> tuple[int, int]:
        """Ask as the alarms do."""
        return Real().disk(path)

    def inodes(self, path: Path) -> tuple[int, int]:
        """Ask as the alarms do."""
        return Real().inodes(path)

    def file_system(self, path: Path) -> str:
        """Ask the kernel's table of mounts for the one that `path` lies below."""
        try:
            lines = Path("/proc/self/mounts").read_text().splitlines()
        except (OSError, ValueError):
            return ""
        whole = path.absolute()
        mounts = [(Path(parts[1]), parts[2]) for line in lines if len(parts := line.split(" ")) > 2]
        holding = [(len(one.parts), kind) for one, kind in mounts if whole.is_relative_to(one)]
        # Of two mounts at one place the later lies on top.
        return max(reversed(holding), key=lambda one: one[0], default=(0, ""))[1]

    def user(self) -> int:
        """Ask the kernel."""
        return os.geteuid()

    def certificate_ends(self, host: str, port: int) -> datetime | str | None:
        """Ask as the alarms do."""
        return Real().certificate_ends(host, port)

    def umask(self) -> int | None:
        """Ask the kernel: Python tells it only by changing it."""
        try:
            lines = Path("/proc/self/status").read_text().splitlines()
        except OSError:
            return None
        found = next((line.split()[1] for line in lines if line.startswith("Umask:")), None)
        return None if found is None else int(found, 8)

    def pointers(self, address: str) -> tuple[str, ...]:
        """Ask the system's resolver."""
        return records.DnsResolver().ptr(address)

    def answer(self, url: str) -> int | str:
        """Ask by the guarded fetcher; the host that was named may be private, those it leads to may not."""
        host = urlsplit(url).hostname or ""
        agent = "newsroom-digest doctor"
        with closing(Fetcher(user_agent=agent, allowed_hosts=(host,), deadline_s=TIMEOUT_S)) as fetcher:
            try:
                return fetcher.get(url).status
            except FetchFailed as failed:
                is_led_on = (urlsplit(failed.url).hostname or host) != host
                return LED_ON if is_led_on else failed.status or failed.problem

    def addresses(self, host: str) -> tuple[str, ...]:
        """Ask the system's resolver."""
        try:
            found = socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)
        except OSError:
            return ()
        return tuple(dict.fromkeys(str(one[4][0]) for one in found))

    def host_name(self) -> str:
        """Ask the resolver for the whole name."""
        return socket.getfqdn()


@dataclass(frozen=True, slots=True)
class Patient:
    """A newsroom on its machine.

    Attributes:
        newsroom: opened; None where its database can't be.
        problem: why it is not, where that was tried.
    """

    loaded: Loaded
    world: World
    now: datetime
    newsroom: Newsroom | None = None
    problem: Exception | None = None


@dataclass(frozen=True, slots=True)
class Examined:
    """What one examination came to.

    Attributes:
        name: of what was looked at: `disk`, `time zones`.
        well: what is well with it, a clause, for where nothing is found.
    """

    name: str
    well: str
    found: tuple[Finding, ...] = ()


Examination = Callable[[Patient], Examined]
