"""What the kill tests run in processes of their own; light to import, for they are many."""

from __future__ import annotations

import os
import resource
import signal
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from digest.dispatch import crashpoints, owners
from digest.dispatch.retries import Backoff
from digest.dispatch.sending import SendingRules, Settling, drain
from digest.errors import DatabaseUnavailable
from digest.model import EditionKey
from digest.ports import Ledger, Transport
from digest.storage.database import open_database
from digest.transports.sendgrid.transport import SendGridTransport
from digest.transports.smtp.transport import SmtpTransport
from tests.dispatch.fakes import LETTERHEAD, Letters, Names, Wire
from tests.processes.forking import forked
from tests.storage.samples import NOW

RULES = SendingRules(
    batch=4,
    lease_s=300.0,
    settling=Settling(group=3, group_s=60.0, max_attempts=1000, backoff=Backoff(first_s=0.0)),
)
"""Nobody is given up for having been on the way at six kills in a row, which chance does."""


def transport(kind: str, path: Path, pause_s: float = 0.0) -> Letters | Wire:
    return Letters(path, pause_s) if kind == "letters" else Wire(path, pause_s)


def real_transport(kind: str, ledger: Ledger) -> Transport:
    """Return the transport that `smtp:PORT`, `sendgrid:URL` or `fenced:URL` names."""
    name, _, where = kind.partition(":")
    if name == "smtp":
        return SmtpTransport("127.0.0.1", int(where), tls="none")
    ahead_s = 900.0 if name == "fenced" else 0.0
    return SendGridTransport(
        "SG.secret-of-the-mock.0123456789", api_url=where, fence_ahead_s=ahead_s, notes=ledger
    )


def send(url: str, key: EditionKey, kind: str, path: Path, pause_s: float, crash_at: int) -> None:
    """Drain one edition in this process."""
    crashpoints.POINTS.at = crash_at
    database = open_database(url, steps=crashpoints.POINTS.reached)
    freeze = database.ledger.dispatch(key)
    if freeze is None:  # another process has just taken it back
        database.close()
        return
    drain(
        key,
        ledger=database.ledger,
        transport=real_transport(kind, database.ledger) if ":" in kind else transport(kind, path, pause_s),
        personalizer=Names(),
        letterhead=LETTERHEAD,
        owner=owners.this_process(),
        clock=lambda: NOW,
        rules=RULES,
        freeze=freeze,
    )
    database.close()


def send_on_a_full_disk(url: str, key: EditionKey, kind: str, path: Path, max_bytes: int) -> None:
    """Drain one edition while no file may grow beyond `max_bytes`."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (max_bytes, max_bytes))
    try:
        send(url, key, kind, path, 0.0, 0)
    except DatabaseUnavailable:
        os._exit(75)


def start(
    url: str, key: EditionKey, kind: str, path: Path, *, pause_s: float = 0.0, crash_at: int = 0
) -> ForkServerProcess:
    return forked(send, url, key, kind, path, pause_s, crash_at)


def kill(process: ForkServerProcess) -> bool:
    """Kill as hard as can be; tell whether there was still something to kill."""
    process.kill()
    process.join()
    return process.exitcode == -signal.SIGKILL
