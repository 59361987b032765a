"""Bounces in the shapes of real mail servers, in our own words, about any reply to any reader.

Source: the servers' own code and manuals; sisimai's and flufl.bounce's lists of what they write.
"""

from __future__ import annotations

from collections.abc import Callable

from digest.transports.verp import Verp

VERP = Verp("secret", "harbour.example")
REFERENCE = "1-2-1-abc"
READER = "ann.reader@readers.example"

Layout = Callable[[str], str]

QUOTED = f"""\
Return-Path: <{VERP.sender(REFERENCE)}>
Received: from mail.harbour.example by mx.relay.example; Mon, 23 Nov 2026 04:00:00 +0000
To: "Ann" <{READER}>
From: Harbour Daily <morning@harbour.example>
Subject: No such user, says full mailbox policy
X-Digest-Reference: {REFERENCE}

550 5.1.1 user unknown, mailbox full, blocked by policy, try again later.
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 user unknown
"""


def mail(
    headers: str, body: str, *, sender: str = "Mail Delivery System <MAILER-DAEMON@mx.relay.example>"
) -> str:
    """Return a mail to the bounce box, its lines ending as in a Maildir."""
    return (
        f"Return-Path: <>\nFrom: {sender}\nTo: {VERP.sender(REFERENCE)}\n"
        f"Date: Mon, 23 Nov 2026 04:00:00 +0000\nMessage-ID: <b1@mx.relay.example>\n{headers}\n{body}"
    )


def report(
    notice: str,
    status: str,
    *,
    headers: str = "",
    kind: str = "multipart/report; report-type=delivery-status",
) -> str:
    """Return a report of three parts: for people, for machines, and the mail itself."""
    return mail(
        f'{headers}MIME-Version: 1.0\nContent-Type: {kind};\n\tboundary="=_b"\n',
        f"--=_b\nContent-Type: text/plain; charset=utf-8\n\n{notice}\n"
        f"--=_b\nContent-Type: message/delivery-status\n\n{status}\n"
        f"--=_b\nContent-Type: message/rfc822\n\n{QUOTED}\n--=_b--\n",
    )


def folded(reply: str, indent: str, first: str = "") -> str:
    """Return a long reply on several lines, as servers wrap it."""
    lines = [first]
    for word in reply.split(" "):
        if len(lines[-1]) + len(word) > 70:
            lines.append(indent)
        lines[-1] += word if not lines[-1] or lines[-1].endswith(" ") else f" {word}"
    return "\n".join(lines)


def exim(reply: str) -> str:
    return report(
        "This message was created automatically by mail delivery software.\n\n"
        "A message that you sent could not be delivered to one or more of its\n"
        "recipients. This is a permanent error. The following address(es) failed:\n\n"
        f"  {READER}\n    host mx.readers.example [192.0.2.9]\n"
        f"    SMTP error from remote mail server after RCPT "
        f"TO:<{READER}>:\n{folded(reply, '    ', '    ')}\n",
        "Reporting-MTA: dns; mx.relay.example\n\nAction: failed\n"
        f"Final-Recipient: rfc822;{READER}\nStatus: 5.0.0\nRemote-MTA: dns; mx.readers.example\n"
        f"Diagnostic-Code: smtp; {reply}\n",
        headers=f"X-Failed-Recipients: {READER}\nAuto-Submitted: auto-replied\n"
        "Subject: Mail delivery failed: returning message to sender\n",
    )


def old_exim(reply: str) -> str:
    return mail(
        f"X-Failed-Recipients: {READER}\nAuto-Submitted: auto-generated\n"
        "Subject: Mail delivery failed: returning message to sender\n",
        "This message was created automatically by mail delivery software (Exim).\n\n"
        "A message that you sent could not be delivered to one or more of its\n"
        "recipients. This is a permanent error. The following address(es) failed:\n\n"
        f"  {READER}\n    SMTP error from remote mail server after RCPT TO:<{READER}>:\n"
        f"{folded(reply, '    ', '    host mx.readers.example [192.0.2.9]: ')}\n\n"
        f"------ This is a copy of the message, including all the headers. ------\n\n{QUOTED}",
    )


def kundenserver(reply: str) -> str:
    return mail(
        "Subject: Mail delivery failed: returning message to sender\n",
        "This message was created automatically by mail delivery software.\n\n"
        "A message that you sent could not be delivered to one or more of\n"
        "its recipients. This is a permanent error.\n\nThe following address failed:\n\n"
        f"{READER}:\nSMTP error from remote server for RCPT TO command, host: mx.readers.example "
        f"(192.0.2.9)"
        f" reason: {reply}\n\n\n--- The header of the original message is following. ---\n\n{QUOTED}",
    )


def postfix(reply: str) -> str:
    status = next((word for word in reply.replace("-", " ").split() if word.count(".") == 2), "5.0.0")
    return report(
        "This is the mail system at host mx.relay.example.\n\nI'm sorry to have to inform you that "
        "your message "
        "could not\nbe delivered to one or more recipients. It's attached below.\n\n"
        "For further assistance, please send mail to postmaster.\n\n                   The mail "
        "system\n\n"
        f"{folded(reply, '    ', f'<{READER}>: host mx.readers.example[192.0.2.9] said: ')} (in reply "
        f"to\n"
        "    RCPT TO command)\n",
        f"Reporting-MTA: dns; mx.relay.example\nX-Postfix-Queue-ID: 0CBEC\n\nFinal-Recipient: rfc822; "
        f"{READER}\n"
        f"Original-Recipient: rfc822;{READER}\nAction: failed\nStatus: {status}\n"
        f"Remote-MTA: dns; mx.readers.example\n{folded(reply, '    ', 'Diagnostic-Code: smtp; ')}\n",
        headers="Subject: Undelivered Mail Returned to Sender\nAuto-Submitted: auto-replied\n",
    )


def postfix_prose_only(reply: str) -> str:
    """Return what is left where a gateway took the part for machines away."""
    return mail(
        "Subject: Undelivered Mail Returned to Sender\n",
        "This is the mail system at host mx.relay.example.\n\nI'm sorry to have to inform you that "
        "your message "
        "could not\nbe delivered to one or more recipients.\n\n                   The mail system\n\n"
        f"{folded(reply, '    ', f'<{READER}>: host mx.readers.example[192.0.2.9] said: ')} (in reply "
        f"to\n"
        f"    RCPT TO command)\n\n----- Original message -----\n{QUOTED}",
    )


def opensmtpd(reply: str) -> str:
    glued = reply.replace(" 550-", "")
    return report(
        "    Hi!\n\n    This is the MAILER-DAEMON, please DO NOT REPLY to this email.\n\n"
        "    An error has occurred while attempting to deliver a message for\n"
        f"    the following list of recipients:\n\n{READER}: {glued}\n\n"
        "    Below is a copy of the original message:\n",
        f"Reporting-MTA: dns; mx.relay.example\n\nFinal-Recipient: rfc822; {READER}\nAction: "
        f"failed\nStatus: 5.0.0\n",
        headers="Subject: Delivery status notification: failed\n",
        kind="multipart/mixed",
    )


def qmail(reply: str) -> str:
    return mail(
        "Subject: failure notice\n",
        "Hi. This is the qmail-send program at mx.relay.example.\n"
        "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
        "This is a permanent error; I've given up. Sorry it didn't work out.\n\n"
        f"<{READER}>:\n192.0.2.9 does not like recipient.\nRemote host said: {reply}\nGiving up on "
        f"192.0.2.9.\n\n"
        f"--- Below this line is a copy of the message.\n\n{QUOTED}",
    )


def sendmail(reply: str) -> str:
    return report(
        "The original message was received at Mon, 23 Nov 2026 04:00:00 GMT\nfrom localhost "
        "[127.0.0.1]\n\n"
        "   ----- The following addresses had permanent fatal errors -----\n"
        f"<{READER}>\n    (reason: {reply})\n\n   ----- Transcript of session follows -----\n"
        f"... while talking to mx.readers.example.:\n>>> DATA\n<<< {reply}\n"
        f"550 5.1.1 <{READER}>... User unknown\n<<< 503 5.0.0 Need RCPT (recipient)\n",
        f"Reporting-MTA: dns; mx.relay.example\n\nFinal-Recipient: RFC822; {READER}\nAction: "
        f"failed\nStatus: 5.1.1\n"
        f"Remote-MTA: DNS; mx.readers.example\nDiagnostic-Code: SMTP; {reply}\n",
        headers="Subject: Returned mail: see transcript for details\n"
        "Auto-Submitted: auto-generated (failure)\n",
    )


def old_sendmail(reply: str) -> str:
    return mail(
        "Subject: Returned mail: User unknown\n",
        f"   ----- Transcript of session follows -----\n>>> RCPT To:<{READER}>\n<<< {reply}\n"
        f"550 5.1.1 <{READER}>... User unknown\n\n   ----- Unsent message follows -----\n{QUOTED}",
        sender="Mail Delivery Subsystem <MAILER-DAEMON@mx.relay.example>",
    )


def exchange(reply: str) -> str:
    return report(
        f"Delivery has failed to these recipients or groups:\n\n{READER}<mailto:{READER}>\n"
        "Your message couldn't be delivered. Please check what is said below.\n\n"
        "Diagnostic information for administrators:\n\nGenerating server: mx.relay.example\n\n"
        f"{READER}\nRemote Server returned '{reply}'\n\nOriginal message headers:\n\n",
        f"Reporting-MTA: dns;mx.relay.example\n\nFinal-Recipient: rfc822;{READER}\nAction: "
        f"failed\nStatus: 5.0.0\n"
        f"Diagnostic-Code: smtp;{reply}\nRemote-MTA: dns;mx.readers.example\nX-Display-Name: Ann\n",
        headers="Subject: Undeliverable: Ships\n",
    )


def exchange_html(reply: str) -> str:
    return mail(
        "Subject: Undeliverable: Ships\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n",
        "<html><head><style>p { color: red }</style></head><body><p>Delivery has failed to these "
        "recipients or "
        f"groups:</p><p><a href='mailto:{READER}'>{READER}</a><br>Your message couldn't be delivered.</p>"
        f"<p>Diagnostic information for administrators:</p><p>{READER}<br>Remote Server returned &#39;"
        f"{reply.replace('<', '&lt;').replace('>', '&gt;')}&#39;</p><p>Original message "
        f"headers:</p></body></html>\n",
        sender="Microsoft Outlook <postmaster@mx.relay.example>",
    )


def old_exchange(reply: str) -> str:
    return mail(
        "Subject: Undeliverable: Ships\n",
        "Your message did not reach some or all of the intended recipients.\n\n"
        "      Subject:  Ships\n      Sent:     11/23/2026 4:00 AM\n\n"
        f"The following recipient(s) could not be reached:\n\n      {READER} on 11/23/2026 4:00 AM\n"
        f"            The message was returned by the next server.\n            <mx.readers.example "
        f"#5.5.0 smtp;{reply}>\n",
        sender="System Administrator <postmaster@mx.relay.example>",
    )


def domino(reply: str) -> str:
    return mail(
        f"Subject: DELIVERY FAILURE: {reply}\n",
        f"Your message\n\n  Subject: Ships\n\nwas not delivered to:\n\n  {READER}\n\nbecause:\n\n  "
        f"{reply}\n\n"
        f"--- Original message follows. ---\n{QUOTED}",
        sender="postmaster@mx.relay.example",
    )


def old_google(reply: str) -> str:
    return mail(
        f"X-Failed-Recipients: {READER}\nSubject: Delivery Status Notification (Failure)\n",
        f"Delivery to the following recipient failed permanently:\n\n     {READER}\n\n"
        "Technical details of permanent failure:\nWe tried to deliver your message, but the server "
        "for the domain\n"
        f"readers.example by mx.readers.example. [192.0.2.9] did not take it.\n\n"
        f"The error that the other server returned was:\n{reply}\n\n\n----- Original message "
        f"-----\n\n{QUOTED}",
        sender="Mail Delivery Subsystem <mailer-daemon@mx.relay.example>",
    )


def google(reply: str) -> str:
    return mail(
        f"X-Failed-Recipients: {READER}\nSubject: Delivery Status Notification "
        f"(Failure)\nMIME-Version: 1.0\n"
        'Content-Type: multipart/mixed; boundary="=_o"\n',
        '--=_o\nContent-Type: multipart/alternative; boundary="=_i"\n\n'
        f"--=_i\nContent-Type: text/plain; charset=utf-8\n\n\n** It did not go **\n\nYour message "
        f"wasn't delivered to {READER}."
        f"\n\nThe response from the remote server was:\n{reply}\n\n--=_i\nContent-Type: "
        f"text/html\n\n<p>It did not go</p>\n--=_i--\n"
        f"--=_o\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; "
        f"googlemail.com\n\nFinal-Recipient: rfc822; {READER}\n"
        f"Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; {reply}\n"
        f"--=_o\nContent-Type: message/rfc822\n\n{QUOTED}\n--=_o--\n",
        sender="Mail Delivery Subsystem <mailer-daemon@mx.relay.example>",
    )


def yahoo(reply: str) -> str:
    return mail(
        "Subject: Failure Notice\n",
        "Sorry, we were unable to deliver your message to the following address.\n\n"
        f"<{READER}>:\n{reply}\n\n--- Below this line is a copy of the message.\n\n{QUOTED}",
    )


def courier(reply: str) -> str:
    return mail(
        "Subject: NOTICE: mail delivery status.\n",
        "This is a delivery status notification from mx.relay.example,\nrunning the Courier mail "
        "server, version 1.\n\n"
        "                           UNDELIVERABLE MAIL\n\nYour message to the following recipients "
        "cannot be delivered:\n\n"
        f"<{READER}>:\n    mx.readers.example [192.0.2.9]:\n<<< {reply}\n\n"
        f"---------------------------------------------------------------------------\n\n{QUOTED}",
    )


def dovecot(reply: str) -> str:
    return mail(
        "Subject: Rejected: Ships\nAuto-Submitted: auto-replied (rejected)\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=disposition-notification; boundary="=_b"\n',
        f"--=_b\nContent-Type: text/plain\n\nYour message to <{READER}> was automatically "
        f"rejected:\n{reply}\n\n"
        "--=_b\nContent-Type: message/disposition-notification\n\n"
        f"Final-Recipient: rfc822; {READER}\nDisposition: automatic-action/MDN-sent-automatically; "
        f"deleted\n\n"
        f"--=_b\nContent-Type: message/rfc822\n\n{QUOTED}\n--=_b--\n",
        sender="Postmaster <postmaster@mx.relay.example>",
    )


def ironport(reply: str) -> str:
    code, _, words = reply.partition(" ")
    return report(
        f"The following message to <{READER}> was undeliverable.\nThe reason for the problem:\n"
        f"5.1.0 - Unknown address error {code}-'{words}'\n",
        f"Reporting-MTA: dns; mx.relay.example\n\nFinal-Recipient: rfc822;{READER}\nAction: "
        f"failed\nStatus: 5.0.0\n"
        f"Remote-MTA: dns; [192.0.2.9]\nDiagnostic-Code: smtp; 5.1.0 - Unknown address error "
        f"{code}-'{words}'"
        " (delivery attempts: 0)\n",
        headers="Subject: Delivery Status Notification (Failure)\n",
    )


def encoded(reply: str) -> str:
    """Return a report whose part for machines is written in quoted-printable, of the type of RFC 6533."""
    return mail(
        'Subject: Undeliverable\nMIME-Version: 1.0\nContent-Type: multipart/report; boundary="=_b"\n',
        "--=_b\nContent-Type: text/plain\n\nIt could not be delivered.\n"
        "--=_b\nContent-Type: message/global-delivery-status\nContent-Transfer-Encoding: "
        "quoted-printable\n\n"
        f"Reporting-MTA: dns; mx.relay.example\n\nFinal-Recipient: utf-8; {READER}\nAction: "
        f"failed\nStatus: 5.0.0\n"
        f"Diagnostic-Code: smtp;=20{reply.replace('=', '=3D')}\n--=_b--\n",
    )


LAYOUTS: tuple[Layout, ...] = (
    exim,
    old_exim,
    kundenserver,
    postfix,
    postfix_prose_only,
    opensmtpd,
    qmail,
    sendmail,
    old_sendmail,
    exchange,
    exchange_html,
    old_exchange,
    domino,
    old_google,
    google,
    yahoo,
    courier,
    dovecot,
    ironport,
    encoded,
)
