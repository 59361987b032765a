"""Memory of a process that sends by SendGrid, however long the list.

Run: `python -m benchmarks.sendgrid.memory [READERS]`. Batches are made as a claim makes them, sent over TLS
to the sink and forgotten; no ledger (see benchmarks.ledger). Exit code 1 where the peak grows by more than
8 MiB after the first twentieth of the list.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
from pathlib import Path

from benchmarks.harness.mails import batches_of, edition
from benchmarks.harness.sendgrid_sink import running
from digest.model import Outcome
from digest.transports.sendgrid.transport import SendGridTransport

TARGET_MIB = 8
_LINES = 20


def peak_mib() -> int:
    """Return the most memory that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> int:
    """Send and report."""
    readers = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    sent, peaks = 0, list[int]()
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as sink:
        os.environ["SSL_CERT_FILE"] = str(sink.ca)
        transport = SendGridTransport("SG.benchmark", api_url=sink.url)
        for batch in batches_of(readers, 1000, edition()):
            sent += sum(receipt.outcome is Outcome.SENT for receipt in transport.send(batch))
            if sent * _LINES >= readers * (len(peaks) + 1):
                peaks.append(peak_mib())
        transport.close()
        assert sink.rows == sent == readers, f"the sink got {sink.rows}, {sent} were sent, of {readers}"
    growth = peaks[-1] - peaks[0]
    verdict = "met" if growth <= TARGET_MIB else "MISSED"
    print(
        f"SendGrid, {readers:,} readers: peak {peaks[-1]} MiB, {growth} MiB of it after the first twentieth"
    )
    print(f"  target {TARGET_MIB} MiB of growth: {verdict}")
    return 0 if growth <= TARGET_MIB else 1


if __name__ == "__main__":
    sys.exit(main())
