"""The JSON bodies of SendGrid requests for 1,000 readers each: ours against the package's own helpers.

Run: `python -m benchmarks.sendgrid.body [ROUNDS]`. A lap is an edition of 20,000 readers; every contestant
writes the same requests, and what they write is parsed and compared before the race. Processor time, one
thread. Exit code 1 under 15 times.
"""

from __future__ import annotations

import html
import json
import sys
import time

from sendgrid.helpers.mail import (
    Category,
    ClickTracking,
    CustomArg,
    From,
    Header,
    Mail,
    OpenTracking,
    Personalization,
    ReplyTo,
    SubscriptionTracking,
    Substitution,
    To,
    TrackingSettings,
)

from benchmarks.harness.laps import race, report
from benchmarks.harness.mails import KEY, LETTERHEAD, batches, edition
from digest.model import Batch
from digest.transports.headers import value_of
from digest.transports.mime import list_lines
from digest.transports.sendgrid.columns import Columns
from digest.transports.sendgrid.request import Options, RequestTemplate, build

TARGET = 15.0
ROWS, REQUESTS = 1000, 20
_TOKENS = ("name", "unsubscribe_url", "preferences_url", "view_url")


def our_body(template: RequestTemplate, batch: Batch) -> list[bytes]:
    """Return the request in the blocks that our transport sends, from a variant's template."""
    pieces = template.rows.pieces(Columns.of(batch.deliveries, batch.values))
    assert pieces is not None, "these readers need no care"
    return template.body(pieces)


def helper_mail(batch: Batch) -> Mail:
    """Return the same mail as a user of the package's `Mail` helper makes it."""
    page = batch.rendered.html.replace("%%name%%", "%%name:html%%")
    mail = Mail(
        from_email=From("morning@harbour.example", "Harbour Daily"),
        subject=batch.rendered.subject,
        plain_text_content=batch.rendered.text,
        html_content=page,
    )
    mail.reply_to = ReplyTo("desk@harbour.example")
    mail.add_category(Category("morning"))
    for name, line in list_lines(LETTERHEAD, batch.rendered, KEY).items():
        mail.add_header(Header(name, value_of(name, line)))
    tracking = TrackingSettings()
    tracking.click_tracking = ClickTracking(enable=False, enable_text=False)
    tracking.open_tracking = OpenTracking(enable=False)
    tracking.subscription_tracking = SubscriptionTracking(enable=False)
    mail.tracking_settings = tracking
    for delivery, values in reversed(list(zip(batch.deliveries, batch.values, strict=True))):
        row = Personalization()
        row.add_to(To(delivery.address, delivery.name))
        row.add_header(Header("List-Unsubscribe", f"<{values['unsubscribe_url']}>"))
        row.add_header(Header("Message-ID", f"<{delivery.message_key}@harbour.example>"))
        for token in _TOKENS:
            row.add_substitution(Substitution(f"%%{token}%%", values[token]))
        row.add_substitution(Substitution("%%name:html%%", html.escape(values["name"])))
        row.add_custom_arg(CustomArg("digest_reference", delivery.reference))
        mail.add_personalization(row)
    return mail


def helper_body(batch: Batch) -> bytes:
    """Return the bytes that the stock client sends of that mail."""
    return json.dumps(helper_mail(batch).get()).encode()


def main() -> int:
    """Race and report."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    work = batches(ROWS * REQUESTS, ROWS, edition())
    first = work[0]
    same = Columns.of(first.deliveries, first.values).same_in_html
    template = build(first.letterhead, first.rendered, KEY, Options(), same_in_html=same)
    for batch in work:
        if json.loads(b"".join(our_body(template, batch))) != json.loads(helper_body(batch)):
            raise SystemExit("the two bodies do not say the same")

    def ours() -> int:
        for batch in work:
            our_body(template, batch)
        return ROWS * REQUESTS

    def helpers() -> int:
        for batch in work:
            helper_body(batch)
        return ROWS * REQUESTS

    results = race(
        {"our rows": ours, "sendgrid's Mail helper": helpers}, rounds=rounds, timer=time.process_time
    )
    is_met = report(
        f"SendGrid bodies, {REQUESTS} of {ROWS} readers",
        results,
        [("our rows", "sendgrid's Mail helper", TARGET)],
    )
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())
