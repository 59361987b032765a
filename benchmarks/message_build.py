"""One reader's whole mail as bytes: joining ready pieces against building an `EmailMessage`.

Run: `python -m benchmarks.message_build [ROUNDS]`. Both mails are parsed and compared before the race.
Processor time, one thread. Exit code 1 under 300 times.
"""

from __future__ import annotations

import html
import sys
import time
from collections.abc import Mapping
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import format_datetime

from benchmarks.harness.laps import race, report
from benchmarks.harness.mails import KEY, LETTERHEAD, batches, edition
from digest.model import Batch, Delivery, TokenText
from digest.transports.headers import value_of
from digest.transports.mime import build, list_lines

TARGET = 300.0
_JOINED, _BUILT = 1000, 4


def email_message(batch: Batch, delivery: Delivery, values: Mapping[str, str]) -> EmailMessage:
    """Return the mail as the standard library makes it."""
    message = EmailMessage(policy=SMTP)
    message["From"] = str(LETTERHEAD.sender)
    message["Reply-To"] = str(LETTERHEAD.reply_to)
    message["To"] = f'"{delivery.name}" <{delivery.address}>'
    message["Subject"] = batch.rendered.subject
    message["Date"] = format_datetime(LETTERHEAD.sent_at)
    message["Message-ID"] = f"<{delivery.message_key}@{LETTERHEAD.domain}>"
    message["List-Unsubscribe"] = f"<{values['unsubscribe_url']}>"
    for name, line in list_lines(LETTERHEAD, batch.rendered, KEY).items():
        message[name] = value_of(name, line)
    escaped = {name: html.escape(value) for name, value in values.items()}
    text = TokenText.split(batch.rendered.text).join(values)
    page = TokenText.split(batch.rendered.html).join(escaped)
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(page, subtype="html", cte="quoted-printable")
    return message


def _said(mail: bytes) -> tuple[object, ...]:
    message = message_from_bytes(mail, policy=default)
    assert isinstance(message, EmailMessage)
    parts = [
        "" if part is None else part.get_content().replace("\r\n", "\n").rstrip("\n")
        for part in (message.get_body(("plain",)), message.get_body(("html",)))
    ]
    return (*parts, *(str(message[name]) for name in ("From", "To", "Subject", "Date", "Message-ID")))


def main() -> int:
    """Race and report."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    (batch,) = batches(_JOINED, _JOINED, edition())
    template = build(LETTERHEAD, batch.rendered, KEY)
    pairs = list(zip(batch.deliveries, batch.values, strict=True))
    for delivery, values in pairs[:20]:
        if _said(template.join(delivery, values)) != _said(
            email_message(batch, delivery, values).as_bytes()
        ):
            raise SystemExit("the two mails do not say the same")

    def join() -> int:
        for delivery, values in pairs:
            template.join(delivery, values)
        return len(pairs)

    def whole() -> int:
        for delivery, values in pairs[:_BUILT]:
            email_message(batch, delivery, values).as_bytes()
        return _BUILT

    results = race({"joined": join, "EmailMessage": whole}, rounds=rounds, timer=time.process_time)
    size = len(template.join(*pairs[0]))
    is_met = report(f"One mail of {size:,} bytes", results, [("joined", "EmailMessage", TARGET)])
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())
