"""The name a process claims under, and the proof that such a process is gone.

A lease tells only that nobody was heard of; a process that is gone on this very machine can be looked
up. So a run after a crash need not wait for the leases of the one before.
"""

from __future__ import annotations

import os
import platform
from pathlib import Path

_PROC = Path("/proc")


def this_process() -> str:
    """Return a name that no other process, here or elsewhere, now or later, has."""
    return f"{_machine()}/{os.getpid()}/{_started(os.getpid()) or 'unknown'}"


def is_gone(owner: str) -> bool:
    """Tell whether the process of that name surely runs no more; False where it can't be known.

    A worker's name may follow after `#`.
    """
    machine, _, process = owner.partition("#")[0].rpartition("/")[0].rpartition("/")
    started = owner.partition("#")[0].rpartition("/")[2]
    here = _machine()
    if not here.partition(":")[2] or machine != here or not process.isdecimal() or not started.isdecimal():
        return False
    return _started(int(process)) != started


def _machine() -> str:
    """Return host, boot and process namespace: within them a process number means one thing."""
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()[:8]
        namespace = str((_PROC / "self/ns/pid").readlink()).strip("pid:[]")
    except OSError:
        return platform.node()
    return f"{platform.node()}:{boot}:{namespace}"


def _started(process: int) -> str:
    """Return when the process began, in ticks since the boot; empty where there is none that lives."""
    try:
        fields = (_PROC / str(process) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    state, started = fields[0], fields[19]
    return "" if state in {"Z", "X"} else started
