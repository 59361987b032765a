"""SendGrid end to end over TLS on loopback: our transport against the package's own client.

Run: `python -m benchmarks.sendgrid.sending [ROUNDS]`. The sink is a process of its own. The rivals are
`SendGridAPIClient(key).send(Mail)` as its users write it: once with 1,000 personalizations a request, once
with a mail for each reader. Wall time, one sending thread; processor time beside it, which a busy machine
disturbs less. Ours runs twice: the transport alone, as the rivals, and as a run sends: claims of 1,000 from
a ledger on SQLite with a real list, the last look at each of them, signed links, receipts settled.
Exit code 1 under a target of wall time.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from sendgrid import SendGridAPIClient
from sendgrid.helpers.mail import CustomArg, From, Header, Mail, To

from benchmarks.harness.laps import Lap, race, report
from benchmarks.harness.mails import LETTERHEAD, batches, edition
from benchmarks.harness.readers import MAILING_LIST, SUPPRESSED_EACH
from benchmarks.harness.sendgrid_sink import Sink, running
from benchmarks.ledger import KEY, NOW, freeze, prepare
from benchmarks.sendgrid.body import helper_mail
from digest.dispatch import owners
from digest.dispatch.sending import SendingRules, Settling, drain
from digest.model import Batch, Outcome
from digest.storage.database import open_database
from digest.transports.sendgrid.transport import SendGridTransport
from digest.wiring.links import SignedLinks
from digest.wiring.newsroom import last_look
from subscribers.signed_links import Signer

TARGET = 8.0
TARGET_A_SECOND = 60_000
OURS, LEDGER = "our transport", "our transport, as a run sends"
STOCK, STOCK_SINGLE = "stock client, 1,000 a request", "stock client, a mail each"
_KEY = "SG.benchmark"
_READERS, _SINGLES = 20_000, 100
_CLAIMS = 1000


def ours(sink: Sink, work: list[Batch]) -> tuple[SendGridTransport, Lap]:
    """Return our transport, which the caller closes, and a lap of it."""
    transport = SendGridTransport(_KEY, api_url=sink.url)

    def lap() -> int:
        sent = 0
        for batch in work:
            sent += sum(receipt.outcome is Outcome.SENT for receipt in transport.send(batch))
        return sent

    return transport, lap


def through_the_ledger(transport: SendGridTransport, folder: Path, *, laps: int) -> Lap:
    """Return a lap of a drain; each takes a frozen edition of its own, made now."""
    first = folder / "digest.db"
    prepare(f"sqlite:///{first}", _READERS)
    freeze(f"sqlite:///{first}")
    fresh = iter([shutil.copy(first, folder / f"lap-{number}.db") for number in range(laps)])
    rules = SendingRules(batch=_CLAIMS, settling=Settling(group=_CLAIMS))

    def lap() -> int:
        with closing(open_database(f"sqlite:///{next(fresh)}")) as database:
            return drain(
                KEY,
                ledger=database.ledger,
                transport=transport,
                personalizer=SignedLinks(Signer("a secret of the benchmark"), "https://harbour.example"),
                letterhead=LETTERHEAD,
                owner=owners.this_process(),
                suppressed=last_look([MAILING_LIST]),
                clock=lambda: NOW,
                rules=rules,
            ).sent

    return lap


def stock(sink: Sink, work: list[Batch]) -> Lap:
    """Return a lap of the stock client with as many personalizations as a request takes."""
    client = SendGridAPIClient(_KEY, host=sink.url)

    def lap() -> int:
        for batch in work:
            assert client.send(helper_mail(batch)).status_code == 202
        return sum(len(batch.deliveries) for batch in work)

    return lap


def stock_singles(sink: Sink, batch: Batch) -> Lap:
    """Return a lap of the stock client as its README shows it: a mail, a call."""
    client = SendGridAPIClient(_KEY, host=sink.url)

    def lap() -> int:
        for delivery, values in zip(batch.deliveries, batch.values, strict=True):
            page, text = batch.rendered.html, batch.rendered.text
            for token, value in values.items():
                page, text = page.replace(f"%%{token}%%", value), text.replace(f"%%{token}%%", value)
            mail = Mail(
                from_email=From("morning@harbour.example", "Harbour Daily"),
                to_emails=To(delivery.address, delivery.name),
                subject=batch.rendered.subject,
                plain_text_content=text,
                html_content=page,
            )
            mail.add_header(Header("List-Unsubscribe", f"<{values['unsubscribe_url']}>"))
            mail.add_custom_arg(CustomArg("digest_reference", delivery.reference))
            assert client.send(mail).status_code == 202
        return len(batch.deliveries)

    return lap


def main() -> int:
    """Race and report."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    work = batches(_READERS, 1000, edition())
    (few,) = batches(_SINGLES, _SINGLES, edition())
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as sink:
        os.environ["SSL_CERT_FILE"] = str(sink.ca)
        transport, lap = ours(sink, work)
        contestants = {
            OURS: lap,
            LEDGER: through_the_ledger(transport, Path(folder), laps=2 * (rounds + 1)),
            STOCK: stock(sink, work[:4]),
            STOCK_SINGLE: stock_singles(sink, few),
        }
        of_cpu = {name: contestants[name] for name in (OURS, LEDGER, STOCK)}
        try:
            results = race(contestants, rounds=rounds)
            spent = race(of_cpu, rounds=rounds, timer=time.process_time)
        finally:
            transport.close()
        left_out = 2 * (_READERS // SUPPRESSED_EACH)
        expected = (rounds + 1) * (2 * (2 * _READERS - left_out + 4000) + _SINGLES)
        assert sink.rows == expected, f"the sink got {sink.rows} of {expected}"
    targets = [(OURS, STOCK, TARGET), (OURS, STOCK_SINGLE, TARGET), (LEDGER, STOCK, 0.0)]
    is_met = report("SendGrid end to end, TLS", results, targets)
    report("The sender's processor time", spent, [(OURS, STOCK, TARGET), (LEDGER, STOCK, 0.0)])
    a_second = 1e6 / results[OURS].best
    print(f"  best lap {a_second:,.0f} recipients/s, target {TARGET_A_SECOND:,}")
    return 0 if is_met and a_second >= TARGET_A_SECOND else 1


if __name__ == "__main__":
    sys.exit(main())
