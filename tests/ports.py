"""Ports of loopback for servers that must be told one."""

from __future__ import annotations

import errno
import random
import socket
from pathlib import Path

LOWEST = 15_000
_RANGE = Path("/proc/sys/net/ipv4/ip_local_port_range")


def free_port() -> int:
    """Return a port on which nothing listens, and that the kernel gives to nobody who asks for any."""
    highest = int(_RANGE.read_text().split()[0]) if _RANGE.exists() else 32_768
    while True:
        port = random.SystemRandom().randrange(LOWEST, max(highest, LOWEST + 1_000))
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as problem:
                if problem.errno not in {errno.EADDRINUSE, errno.EACCES}:
                    raise
            else:
                return port
