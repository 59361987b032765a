"""SMTP into Postfix's smtp-sink: our transport against smtplib with EmailMessage, and against smtp-source.

Run: `python -m benchmarks.sending_smtp [ROUNDS]`; needs Postfix (`apt-get install postfix`). One sink takes
all; no TLS, since smtp-source has none. smtplib keeps its connection open; smtp-source sends one constant
message of our size over as many connections as we do, our transport a different one to each reader, in the
claims that ship. Wall time; our own processor time is told beside it. Exit code 1 under a target.
"""

from __future__ import annotations

import resource
import smtplib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.harness.laps import Lap, race, report
from benchmarks.harness.mails import batches, edition
from benchmarks.harness.smtp_sink import SENDER, sink, source
from benchmarks.message_build import email_message
from digest.model import Batch, Outcome
from digest.transports.smtp.transport import SmtpTransport

OURS, STOCK, SOURCE = "our transport", "smtplib + EmailMessage", "Postfix's smtp-source"
TARGETS = [(OURS, STOCK, 20.0), (OURS, SOURCE, 1.0)]
_CONNECTIONS = 4
_READERS, _STOCK_READERS = 4000, 60


def ours(port: int, work: list[Batch]) -> tuple[SmtpTransport, Lap]:
    """Return our transport, which the caller closes, and a lap of it."""
    transport = SmtpTransport("127.0.0.1", port, tls="none", connections=_CONNECTIONS)

    def lap() -> int:
        return sum(receipt.outcome is Outcome.SENT for batch in work for receipt in transport.send(batch))

    return transport, lap


def stock(port: int, batch: Batch) -> Lap:
    """Return a lap of the standard library: a message built whole for each reader, one connection."""

    def lap() -> int:
        with smtplib.SMTP("127.0.0.1", port) as client:
            for delivery, values in zip(batch.deliveries, batch.values, strict=True):
                client.send_message(
                    email_message(batch, delivery, values), from_addr=SENDER, to_addrs=[delivery.address]
                )
        return len(batch.deliveries)

    return lap


def constant(port: int, message: Path) -> Lap:
    """Return a lap of Postfix's own load generator."""
    words = source(port, message, mails=_READERS, connections=_CONNECTIONS)

    def lap() -> int:
        subprocess.run(words, check=True)
        return _READERS

    return lap


def main() -> int:
    """Race and report."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    work = batches(_READERS, SmtpTransport.max_batch, edition())
    (few,) = batches(_STOCK_READERS, _STOCK_READERS, edition())
    with tempfile.TemporaryDirectory() as folder, sink() as server:
        message = Path(folder) / "message"
        built = email_message(few, few.deliveries[0], few.values[0]).as_bytes()
        message.write_bytes(built.replace(b"\r\n", b"\n"))  # smtp-source makes CRLF of it
        transport, lap = ours(server.port, work)
        try:
            results = race(
                {OURS: lap, STOCK: stock(server.port, few), SOURCE: constant(server.port, message)},
                rounds=rounds,
            )
            before = time.process_time()
            mails = lap()
            cpu = (time.process_time() - before) / mails * 1e6
        finally:
            transport.close()
        theirs = resource.getrusage(resource.RUSAGE_CHILDREN)
    is_met = report(f"SMTP, mails of {len(built):,} bytes", results, TARGETS)
    source_cpu = (theirs.ru_utime + theirs.ru_stime) / (_READERS * (rounds + 1)) * 1e6
    print(f"  processor time a mail: ours {cpu:.0f} µs, smtp-source {source_cpu:.0f} µs")
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())
