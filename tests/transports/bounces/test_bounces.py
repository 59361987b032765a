"""Bounces by mail: judged by the words of whoever refused, and by nothing they quote."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import EventKind, MailEvent, Problem, Verdict
from tests.transports.bounces import layouts
from tests.transports.bounces.layouts import LAYOUTS, READER, REFERENCE, Layout, mail, report
from tests.transports.bounces.reading import event_of, found
from tests.transports.bounces.smaller_servers import SMALLER

REPLIES = {
    "550 5.1.1 no such user here": Verdict.DEAD,
    "550 No such user here": Verdict.DEAD,
    f"550 5.1.1 <{READER}>: Recipient address rejected: User unknown in virtual mailbox "
    f"table": Verdict.DEAD,
    "554 delivery error: dd This user doesn't have a yahoo.example account": Verdict.DEAD,
    "550 5.2.1 The email account that you tried to reach is disabled.": Verdict.DEAD,
    "550-5.1.1 The email account that you tried to reach does not exist. 550 5.1.1 Look for "
    "typos.": Verdict.DEAD,
    "552 5.2.2 Mailbox full": Verdict.FULL,
    "552 5.2.3 over quota": Verdict.FULL,
    "552 5.1.1 Boite du destinataire pleine. Recipient overquota. OFR_417": Verdict.FULL,
    "550 5.7.1 blocked by policy: no such user": Verdict.POLICY,
    "550 5.7.26 Unauthenticated email from harbour.example is not accepted due to DMARC "
    "policy": Verdict.POLICY,
    "552 5.3.4 Message too big": Verdict.POLICY,
    "554 5.7.1 Relay access denied": Verdict.OURS,
    "554 5.4.0 Error: too many hops": Verdict.OURS,
    "451 4.7.1 Greylisted: retry timeout exceeded": Verdict.OURS,
    "550 5.1.1 unverified address: connect to mx: Connection timed out": Verdict.OURS,
    "450 4.1.1 User unknown": Verdict.UNKNOWN,
    "550 5.0.0 Access denied": Verdict.UNKNOWN,
    "550 5.1.2 Host unknown (Name server: host not found)": Verdict.UNREACHABLE,
}


@pytest.mark.parametrize("layout", [*LAYOUTS, *SMALLER], ids=lambda layout: layout.__name__)
@pytest.mark.parametrize(("reply", "verdict"), REPLIES.items(), ids=list(REPLIES))
def test_every_server_is_judged_by_the_words_it_was_told(
    layout: Layout, reply: str, verdict: Verdict
) -> None:
    event = event_of(layout(reply))

    assert event.verdict is verdict, event.reason
    assert event.is_permanent is (verdict is Verdict.DEAD)
    assert (event.address, event.reference) == (READER, REFERENCE)
    assert "@" not in event.reason


def own_words(*lines: str, subject: str = "Mail delivery failed") -> str:
    return mail(f"Subject: {subject}\n", "\n".join(lines))


QMAIL = (
    "Hi. This is the qmail-send program at mx.relay.example.",
    "I'm afraid I wasn't able to deliver your message to the following addresses.",
    "This is a permanent error; I've given up. Sorry it didn't work out.",
    "",
)
EXIM = (
    "A message that you sent could not be delivered to one or more of its",
    "recipients. This is a permanent error. The following address(es) failed:",
    "",
)


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        pytest.param(
            (*QMAIL, f"<{READER}>:", "Sorry, no mailbox here by that name. (#5.1.1)"),
            "dead",
            id="qmail: nobody",
        ),
        pytest.param(
            (
                *QMAIL,
                f"<{READER}>:",
                "This message is looping: it already has my Delivered-To line. (#5.4.6)",
            ),
            "ours",
            id="qmail: loop",
        ),
        pytest.param(
            (
                *QMAIL,
                f"<{READER}>:",
                "192.0.2.9 does not like recipient.",
                "Remote host said: 450 user unknown",
                "Giving up on 192.0.2.9.",
                "I'm not going to try again; this message has been in the queue too long.",
            ),
            "ours",
            id="qmail: run out",
        ),
        pytest.param(
            (
                *QMAIL,
                f"<{READER}>:",
                "Connected to 192.0.2.9 but sender was rejected.",
                "Remote host said: 550 5.1.1 user unknown",
            ),
            "policy",
            id="qmail: MAIL refused",
        ),
        pytest.param(
            (*QMAIL, f"<{READER}>:", "Sorry, I couldn't find any host named readers.example. (#5.1.2)"),
            "unreachable",
            id="qmail: no host",
        ),
        pytest.param((*EXIM, f"  {READER}", "    Unrouteable address"), "unreachable", id="Exim: no route"),
        pytest.param(
            (*EXIM, f"  {READER}", '    unknown local-part "ann" in domain "readers.example"'),
            "dead",
            id="Exim: local part",
        ),
        pytest.param((*EXIM, f"  {READER}", "    retry timeout exceeded"), "ours", id="Exim: run out"),
        pytest.param(
            (*EXIM, f"  {READER}", "    mailbox is full: retry timeout exceeded"),
            "full",
            id="Exim: full until its time ran out",
        ),
        pytest.param(
            (
                "Your message did not reach the following recipient(s):",
                "",
                f"{READER} on Mon, 23 Nov 2026 06:30:00 +0000",
                "    The e-mail account does not exist at the organization this message was sent to.",
                "    <x.example #5.1.1>",
            ),
            "dead",
            id="Exchange: a weekday behind the address",
        ),
        pytest.param((*EXIM, f"  {READER}"), "unknown", id="Exim: an address and no words"),
        pytest.param(
            (*EXIM, f"  {READER}", "    host mx.readers.example [192.0.2.9]: Connection refused"),
            "ours",
            id="Exim: refused connection",
        ),
        pytest.param(
            (
                *EXIM,
                f"  {READER}",
                "    SMTP error from remote mail server after MAIL FROM:<x@harbour.example>:",
                "    550 5.1.1 user unknown",
            ),
            "policy",
            id="Exim: MAIL refused",
        ),
        pytest.param(
            (
                "was not delivered to:",
                f"  {READER}",
                "because:",
                f"  User ann ({READER}) not listed in Domino Directory",
            ),
            "dead",
            id="Domino: nobody",
        ),
        pytest.param(
            (
                "was not delivered to:",
                f"  {READER}",
                "because:",
                "  Several matches found in Domino Directory",
            ),
            "unknown",
            id="Domino: several",
        ),
        pytest.param(
            (f"Your message to <{READER}> couldn't be delivered because the mailbox is full.",),
            "full",
            id="a sentence",
        ),
        pytest.param(
            (f"Your mail could not be delivered to {READER}: nobody knows why.",),
            "unknown",
            id="no words we know",
        ),
    ],
)
def test_a_bounce_without_a_part_for_machines_is_judged_by_its_prose(
    lines: tuple[str, ...], verdict: str
) -> None:
    quoted = f"\n\n--- Below this line is a copy of the message.\n\n{layouts.QUOTED}"

    event = event_of(own_words(*lines) + quoted)

    assert (event.kind, event.verdict) == (EventKind.BOUNCED, verdict), event.reason


def blocks(*of: tuple[str, str, str]) -> str:
    told = (
        f"Final-Recipient: rfc822; {address}\nAction: {action}\nStatus: 5.0.0\n"
        + (f"Diagnostic-Code: {said}\n" if said else "")
        for address, action, said in of
    )
    return "Reporting-MTA: dns; mx.relay.example\n\n" + "\n".join(told)


OTHER = "other@elsewhere.example"


@pytest.mark.parametrize(
    ("of", "verdict"),
    [
        pytest.param(
            [
                (READER, "failed", "smtp; 552 mailbox full"),
                (OTHER, "failed", "smtp; 550 5.1.1 user unknown"),
            ],
            "full",
            id="another is dead",
        ),
        pytest.param(
            [
                (OTHER, "failed", "smtp; 550 5.1.1 user unknown"),
                (READER, "failed", "smtp; 552 mailbox full"),
            ],
            "full",
            id="another comes first",
        ),
        pytest.param(
            [
                (READER, "failed", "smtp; 550 5.1.1 user unknown"),
                (OTHER, "failed", "smtp; 552 mailbox full"),
            ],
            "dead",
            id="the reader is dead",
        ),
        pytest.param(
            [(READER, "failed", ""), (OTHER, "failed", "smtp; 550 5.1.1 user unknown")],
            "unknown",
            id="no words for the reader",
        ),
        pytest.param(
            [
                ("a@x.example", "failed", "smtp; 550 user unknown"),
                (OTHER, "failed", "smtp; 550 blocked as spam"),
            ],
            "policy",
            id="neither is the reader",
        ),
        pytest.param(
            [
                ("a@x.example", "failed", "smtp; 550 user unknown"),
                (OTHER, "failed", "smtp; 550 no such user"),
            ],
            "dead",
            id="all are dead",
        ),
    ],
)
def test_each_recipient_is_judged_by_its_own_words(of: list[tuple[str, str, str]], verdict: str) -> None:
    assert event_of(report("It could not be delivered.", blocks(*of))).verdict == verdict


def test_of_two_in_the_prose_each_is_judged_by_its_own_words() -> None:
    lines = (
        *QMAIL,
        f"<{OTHER}>:",
        "Remote host said: 550 user unknown",
        "",
        f"<{READER}>:",
        "Remote host said: 552 mailbox full",
        "",
    )
    quoted = f"\n--- Below this line is a copy of the message.\n\n{layouts.QUOTED}"

    assert event_of(own_words(*lines) + quoted).verdict is Verdict.FULL


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("delayed", EventKind.DEFERRED),
        ("Delayed (still trying)", EventKind.DEFERRED),
        ("failed", EventKind.BOUNCED),
    ],
)
def test_a_delay_is_no_bounce_whatever_it_says(action: str, kind: EventKind) -> None:
    event = event_of(report("Not yet.", blocks((READER, action, "smtp; 550 5.1.1 user unknown"))))

    assert event.kind is kind
    assert event.is_permanent is (kind is EventKind.BOUNCED)


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded"])
def test_what_went_on_is_no_bounce(action: str) -> None:
    assert isinstance(found(report("All is well.", blocks((READER, action, "smtp; 250 ok")))), Problem)


@pytest.mark.parametrize(
    "words",
    [
        "This is a warning message only. You do not need to resend your message.",
        "Your message has not yet been delivered; we will keep trying.",
        "The message is delayed and will be retried for 3 days.",
    ],
)
def test_a_warning_in_prose_is_a_delay(words: str) -> None:
    raw = own_words(
        words, "", f"<{READER}>:", "450 4.1.1 user unknown", subject="Warning: message delayed 24 hours"
    )

    assert event_of(raw).kind is EventKind.DEFERRED


@pytest.mark.parametrize("status", ["5.1.1", "5.0.0", "5.2.1"])
def test_a_report_without_words_is_no_hard_bounce(status: str) -> None:
    for said in (
        "",
        "Diagnostic-Code: smtp; 550\n",
        f"Diagnostic-Code: smtp; 550 {status}\n",
        f"Diagnostic-Code: X-Unix; {status}\n",
    ):
        text = blocks((READER, "failed", "")).replace("Status: 5.0.0\n", f"Status: {status}\n{said}")

        assert event_of(report("I'm sorry.", text)).is_permanent is False


@settings(deadline=None, max_examples=150, derandomize=True)
@given(data=st.data())
def test_no_damage_to_a_bounce_crashes_the_reading(data: st.DataObject) -> None:
    raw = bytearray(data.draw(st.sampled_from(LAYOUTS))("550 5.1.1 no such user").encode())
    for _ in range(data.draw(st.integers(0, 10))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 60))] = data.draw(st.binary(max_size=12))

    found(bytes(raw))


@pytest.mark.parametrize(
    "piece", ["<a@b>:\n", "x@y ", "a@", "said: ", "550 ", "\n \n", "reason: a\n", "<p>", "(reason: ", "- "]
)
def test_a_long_mail_is_read_as_fast_as_a_short_one(piece: str) -> None:
    """Ten times the text must not take a hundred times the time; a pattern that hangs never ends here."""
    event = found(own_words(*QMAIL, piece * 100_000))

    assert isinstance(event, MailEvent | Problem)


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        pytest.param(
            "This is about a message with these header fields:\n\n  Message-id: <x@harbour.example>\n\n"
            f"It cannot be delivered to:\n\n  Recipient address: {READER}\n"
            "  Reason: The server did not take the address.\n"
            "  Diagnostic code: smtp;550 5.1.1 unknown or illegal alias\n",
            "dead",
            id="header fields in the notice",
        ),
        pytest.param(
            "|---------------- Message log follows: ----------------|\n no valid recipients were found\n"
            f"|---------------- Failed addresses follow: ------------|\n <{READER}> ... unknown user\n"
            f"|---------------- Message text follows: ---------------|\n{layouts.QUOTED}",
            "dead",
            id="a log with dots",
        ),
        pytest.param(
            f"It was undeliverable to the following:\n\t{READER} (user not found)\n\n"
            f"Possibly truncated original message follows:\n{layouts.QUOTED}",
            "dead",
            id="words in brackets",
        ),
    ],
)
def test_less_common_forms_are_read_too(body: str, verdict: str) -> None:
    assert event_of(own_words(body)).verdict == verdict
