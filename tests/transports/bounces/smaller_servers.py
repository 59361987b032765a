"""Bounces of servers that fewer people run, in their shapes and our own words, about any reply."""

from __future__ import annotations

from tests.transports.bounces.layouts import QUOTED, READER, Layout, mail, report

PLAIN = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
POSTMASTER = "Postmaster <postmaster@mx.relay.example>"


def mailenable(reply: str) -> str:
    return mail(
        f"Subject: Message Delivery Failure\n{PLAIN}",
        "Message could not be delivered to some recipients.\nThe following recipient(s) could not be "
        f"reached:\n\n\tRecipient: [SMTP:{READER}]\n\tReason: Remote SMTP Server Returned: {reply}\n\n\n"
        f"Message headers follow:\n{QUOTED}",
        sender=POSTMASTER,
    )


def hmailserver(reply: str) -> str:
    return mail(
        f"Subject: Message undeliverable: Harbour Daily\n{PLAIN}",
        "Your message did not reach some or all of the intended recipients.\n\n   Subject: Harbour\n\n"
        f"The following recipient(s) could not be reached:\n\n{READER}\n   Error Type: SMTP\n"
        f"   Remote server (192.0.2.9) issued an error.\n   hMailServer sent: RCPT TO:<{READER}>\n"
        f"   Remote server replied: {reply}\n\nhMailServer\n",
        sender="mailer-daemon@mx.relay.example",
    )


def mdaemon(reply: str) -> str:
    return mail(
        f"Subject: Permanent Delivery Failure\n{PLAIN}",
        "The attached message had PERMANENT fatal delivery errors!\n\nAfter one or more unsuccessful "
        "delivery attempts the attached message has\nbeen removed from the mail queue.\n\n"
        f"Failed address: {READER}\n\n--- Session Transcript ---\n"
        f" Mon 2026-11-23 04:00:00: [1:2] --> RCPT To:<{READER}>\n"
        f" Mon 2026-11-23 04:00:01: [1:2] <-- {reply}\n--- End Transcript ---\n",
        sender="MDaemon <MDaemon@mx.relay.example>",
    )


def smartermail(reply: str) -> str:
    return mail(
        f"Subject: Delivery Failure\n{PLAIN}",
        f"Could not deliver message to the following recipient(s):\n\nFailed Recipient: {READER}\n"
        f"Reason: Remote host said: {reply}\n\n   -- The header and top 20 lines follow --\n\n"
        f"{QUOTED}",
        sender="System Administrator <postmaster@mx.relay.example>",
    )


def communigate(reply: str) -> str:
    return report(
        f"Message delivery to '{READER}' failed.\nSMTP module(domain readers.example) reports:\n"
        f" host mx.readers.example says:\n {reply}\n",
        f"Reporting-MTA: dns; mx.relay.example\n\nFinal-Recipient: rfc822;<{READER}>\nAction: failed\n"
        "Status: 5.0.0\n",
        headers="Subject: Undeliverable mail\n",
    )


def groupwise(reply: str) -> str:
    return mail(
        f"Subject: Message status - undeliverable\n{PLAIN}",
        f"The message that you sent was undeliverable to the following:\n\t{READER} ({reply})\n\n"
        f"Possibly truncated original message follows:\n\n{QUOTED}",
        sender="Mailer-Daemon@mx.relay.example",
    )


def zoho(reply: str) -> str:
    return mail(
        f"Subject: Undelivered Mail Returned to Sender\n{PLAIN}",
        "This message was created automatically by mail delivery software.\nA message that you sent could "
        "not be delivered to one or more of its recipients. This is a permanent error.\n\n"
        f"{READER} Invalid Address, ERROR_CODE :{reply[:3]}, ERROR_CODE :{reply[4:]}\n",
    )


def mailmarshal(reply: str) -> str:
    return mail(
        f"Subject: Undeliverable Mail: Harbour Daily\n{PLAIN}",
        f"Your message:\n   Subject: Harbour Daily\n\nCould not be delivered because of\n\n{reply}\n\n"
        f"The following recipients were affected:\n    {READER}\n\nAdditional Information\n"
        "======================\n",
        sender=POSTMASTER,
    )


def kerio(reply: str) -> str:
    return report(
        f"Your message could not be delivered.\n\n  Recipient: <{READER}>\n  Reason: {reply}\n",
        f"Reporting-MTA: dns; mx.relay.example\n\nFinal-Recipient: rfc822; {READER}\nAction: failed\n"
        "Status: 5.0.0\n",
        headers="Subject: Undeliverable: Harbour Daily\n",
    )


def haraka(reply: str) -> str:
    return report(
        "This is the Haraka Mailer program at mx.relay.example.\n\nI'm afraid I wasn't able to deliver "
        f"your message to the following addresses.\n\nIntended Recipients: <{READER}>\n"
        f"Failure Reason: Error: {reply}\n",
        f"Reporting-MTA: dns;mx.relay.example\n\nFinal-Recipient: rfc822;{READER}\nAction: failed\n"
        f"Status: 5.0.0\nDiagnostic-Code: smtp;{reply}\n",
        headers="Subject: Failure Notice\n",
    )


def gmail_in_spanish(reply: str) -> str:
    return report(
        f"** No se ha encontrado la dirección **\n\nTu mensaje no se ha entregado a {READER}.\n\n"
        f"La respuesta del servidor remoto es:\n\n{reply}\n",
        f"Reporting-MTA: dns; mx.relay.example\n\nFinal-Recipient: rfc822; {READER}\nAction: failed\n"
        "Status: 5.0.0\n",
        headers="Subject: Delivery Status Notification (Failure)\n",
    )


def icewarp(reply: str) -> str:
    return mail(
        f"Subject: Delivery failed\n{PLAIN}",
        "The mail system could not deliver your message to the following recipients:\n\n"
        f"<{READER}>; {reply}\n",
    )


SMALLER: tuple[Layout, ...] = (
    mailenable,
    hmailserver,
    mdaemon,
    smartermail,
    communigate,
    groupwise,
    zoho,
    mailmarshal,
    kerio,
    haraka,
    gmail_in_spanish,
    icewarp,
)
