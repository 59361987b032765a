"""Who wrote it: a server's own word is believed, an answer that quotes one is not."""

from __future__ import annotations

import pytest

from digest.model import Problem
from tests.transports.bounces import layouts
from tests.transports.bounces.layouts import READER, REFERENCE, VERP
from tests.transports.bounces.reading import event_of, found

RESPONSE = f"""\
I am away until Monday.

> Hi. This is the qmail-send program at mx.relay.example.
> <{READER}>:
> 550 5.1.1 user unknown

Hi. This is the qmail-send program at mx.relay.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{READER}>:
550 5.1.1 user unknown
"""


def answer(
    headers: str, body: str = RESPONSE, *, envelope: str = f"<{READER}>", sender: str = f"Ann <{READER}>"
) -> str:
    first = f"Return-Path: {envelope}\n" if envelope else ""
    return f"{first}From: {sender}\nTo: {VERP.sender(REFERENCE)}\n{headers}\n{body}"


AUTO = "Subject: Re: Ships\nAuto-Submitted: auto-replied\n"


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(answer(AUTO), id="RFC 3834"),
        pytest.param(answer(AUTO, envelope=""), id="RFC 3834, envelope not kept"),
        pytest.param(answer(AUTO, envelope="<>"), id="RFC 3834, null sender"),
        pytest.param(
            answer("Subject: Automatic reply: Ships\nX-Auto-Response-Suppress: All\n"), id="Exchange"
        ),
        pytest.param(
            answer("Subject: Re: Ships\nPrecedence: auto_reply\n", envelope="<>"), id="precedence"
        ),
        pytest.param(answer("Subject: Out of office\n", envelope="<>"), id="out of office"),
        pytest.param(answer("Subject: Abwesenheitsnotiz: Ships\n", envelope="<>"), id="in German"),
        pytest.param(
            answer("Subject: =?utf-8?q?R=C3=A9ponse_automatique?=\n", envelope="<>"), id="in French"
        ),
        pytest.param(answer("Subject: Ships\nX-Autoreply: yes\n", envelope="<>"), id="header of its own"),
        pytest.param(
            answer("Subject: Undelivered\nAuto-Submitted: auto-replied (vacation)\n", envelope="<>"),
            id="vacation",
        ),
        pytest.param(answer("Subject: Re: Mail delivery failed\n"), id="a person quotes it"),
        pytest.param(answer("Subject: Fwd: failure notice\n", envelope=""), id="a person forwards it"),
    ],
)
def test_an_answer_that_quotes_a_bounce_is_none(raw: str) -> None:
    assert isinstance(found(raw), Problem)


@pytest.mark.parametrize("envelope", [f"<{READER}>", ""])
def test_an_automatic_answer_in_the_shape_of_a_report_is_no_bounce(envelope: str) -> None:
    whole = layouts.postfix("550 5.1.1 user unknown")
    headers, _, body = whole.partition("\n\n")
    kept = "\n".join(
        line for line in headers.split("\n") if not line.startswith(("Return-Path", "From", "To"))
    )

    raw = answer(kept + "\n", body, envelope=envelope)

    assert "Auto-Submitted: auto-replied" in raw
    assert isinstance(found(raw), Problem)


def test_a_server_that_calls_its_bounce_an_automatic_reply_is_believed() -> None:
    for raw in (layouts.postfix("550 5.1.1 user unknown"), layouts.exim("550 5.1.1 user unknown")):
        assert event_of(raw).is_permanent
        assert event_of(raw.replace("Return-Path: <>\n", "")).is_permanent
