"""What a command takes from start to end: time, processor time, memory."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_LOOKS_EACH_S = 0.02


@dataclass(frozen=True, slots=True)
class Spent:
    """What one run took.

    Attributes:
        cpu_s: of the command and of whatever it waited for.
        peak_mib: of the command; 0 where this machine tells it of nobody.
        server_s: processor time of the database's server, where it is one of this machine.
    """

    wall_s: float
    cpu_s: float
    peak_mib: float
    server_s: float = 0.0


def run(words: Sequence[str], *, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Spent:
    """Run a command and return what it took.

    The peak is read while it runs: what the system tells afterwards holds ours as well, from before the
    command was loaded.

    Raises:
        SystemExit: it failed.
    """
    began = time.perf_counter()
    process = subprocess.Popen(words, cwd=cwd, env=env, stdout=subprocess.DEVNULL)
    peak_kib = 0
    while True:
        pid, status, used = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        peak_kib = max(peak_kib, _peak_kib(process.pid))
        time.sleep(_LOOKS_EACH_S)
    wall_s = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(words[:6])} … ends with {process.returncode}")
    return Spent(wall_s, used.ru_utime + used.ru_stime, peak_kib / 1024)


def cpu_s_of(pid: int) -> float:
    """Return the processor time that a running process has used by now."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def cpu_s_of_family(pid: int) -> float:
    """Return the processor time of a running process and of all it ever started and still knows of."""
    ticks = 0
    for entry in Path("/proc").iterdir():
        with suppress(OSError):
            if entry.name.isdigit():
                fields = (
                    (entry / "stat")
                    .read_text(encoding="ascii", errors="replace")
                    .rpartition(")")[2]
                    .split()
                )
                if int(entry.name) == pid:
                    ticks += sum(map(int, fields[11:15]))
                elif int(fields[1]) == pid:
                    ticks += sum(map(int, fields[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def parent_of(pid: int) -> int:
    """Return the process that started another; 0 where this machine has no such process."""
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[1])
    return 0


def _peak_kib(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return 0
