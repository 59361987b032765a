#!/bin/sh
# flufl.bounce calls every report with `Action: failed` a permanent failure, whatever its status says.
#
# One would guess: `all_failures` returns (temporary, permanent), so a full mailbox (5.2.2), a policy (5.7.1),
# a name that the DNS does not know (5.4.4), a time that ran out (4.4.7, a status of class 4, "persistent
# transient failure" by RFC 3463) or Exim's 5.0.0 around a 451 would stand apart from 5.1.1, no such user.
# What happens: all six are permanent. The status and the Diagnostic-Code are never read; only the Action is.
# A list that suppresses whoever is permanent loses living readers, most of all behind Exim, whose reports
# say `failed` and `5.0.0` for a server that was down for days.
#
# flufl.bounce 6.0.0, Python 3.11, 1 December 2026. Docs: "addresses that are permanent or temporary
# failures". The product reads address and reference by it, and judges the words itself
# (digest/transports/bounces/, digest/transports/judging/).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check 'flufl.bounce==6.0.0'
cat > "$folder/ask.py" <<'PYTHON'
from email import message_from_string

from flufl.bounce import all_failures

REPORT = """\
From: MAILER-DAEMON@mx.example
To: bounces@news.example
Subject: Undelivered mail
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

The mail could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; reader@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {words}

--b--
"""
for action, status, words in (
    ("failed", "5.1.1", "550 5.1.1 no such user"),
    ("failed", "5.2.2", "552 5.2.2 mailbox full"),
    ("failed", "5.7.1", "550 5.7.1 refused by policy"),
    ("failed", "5.4.4", "host not found"),
    ("failed", "5.0.0", "451 try again later"),
    ("failed", "4.4.7", "delivery time expired"),
    ("delayed", "4.4.7", "delivery time expired"),
):
    temporary, permanent = all_failures(
        message_from_string(REPORT.format(action=action, status=status, words=words))
    )
    print(action, status, words, "->", "permanent" if permanent else "temporary" if temporary else "none")
PYTHON
cat > "$folder/expected" <<'TEXT'
failed 5.1.1 550 5.1.1 no such user -> permanent
failed 5.2.2 552 5.2.2 mailbox full -> permanent
failed 5.7.1 550 5.7.1 refused by policy -> permanent
failed 5.4.4 host not found -> permanent
failed 5.0.0 451 try again later -> permanent
failed 4.4.7 delivery time expired -> permanent
delayed 4.4.7 delivery time expired -> temporary
TEXT
"$folder/venv/bin/python" "$folder/ask.py" | tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
