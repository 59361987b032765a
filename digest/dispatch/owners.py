"""The name a process claims under, and the proof that such a process is gone.

A lease tells only that nobody was heard of; a process that is gone on this very machine can be looked
up. So a run after a crash need not wait for the leases of the one before. What is not shown may live on.
"""

from __future__ import annotations

import os
import platform
from functools import cache
from pathlib import Path
from secrets import token_hex

_PROC = Path("/proc")


def this_process() -> str:
    """Return a name that no other process, here or elsewhere, now or later, has."""
    machine, process = _machine(), os.getpid()
    started = _started(process)
    if started and machine.partition(":")[2]:
        return f"{machine}/{process}/{started}"
    # Containers may share name and number, and where the kernel does not tell them apart chance does.
    return f"{machine}/{process}/unknown-{_mark_of(process)}"


@cache
def _mark_of(process: int) -> str:  # noqa: ARG001 - a fork's child is another one
    return token_hex(6)


def is_gone(owner: str, *, proc: Path = _PROC) -> bool:
    """Tell whether the process of that name surely runs no more; False where it can't be known.

    A worker's name may follow after `#`. Where `/proc` hides other users' processes (hidepid, systemd's
    ProtectProc), only the kernel's own word that there is none counts.

    Args:
        proc: where processes are shown.
    """
    machine, _, process = owner.partition("#")[0].rpartition("/")[0].rpartition("/")
    started = owner.partition("#")[0].rpartition("/")[2]
    here = _machine()
    if not here.partition(":")[2] or machine != here or not process.isdecimal() or not started.isdecimal():
        return False
    shown = _started(int(process), proc)
    return _is_none(int(process)) if shown is None else shown != started


def _machine() -> str:
    """Return host, boot and process namespace: within them a process number means one thing."""
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()[:8]
        namespace = str((_PROC / "self/ns/pid").readlink()).strip("pid:[]")
    except OSError:
        return platform.node()
    return f"{platform.node()}:{boot}:{namespace}"


def _started(process: int, proc: Path = _PROC) -> str | None:
    """Return when it began, in ticks since the boot; empty for a dead one, None where none is shown."""
    try:
        fields = (proc / str(process) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    state, started = fields[0], fields[19]
    return "" if state in {"Z", "X"} else started


def _is_none(process: int) -> bool:
    """Tell whether there is surely no process of that number, whoever's it would be."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False
