from __future__ import annotations

import email
import html
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP, compat32, default
from email.utils import format_datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digest.errors import BadData
from digest.model import Delivery, EditionKey, Letterhead, Mailbox, RenderedEdition, Variant
from digest.transports.headers import Unsendable, folded, tidy
from digest.transports.mime import build
from digest.transports.reports import echoing

EDITION = EditionKey("morning", date(2026, 11, 23))
LETTERHEAD = Letterhead(
    sender=Mailbox("Harbour Daily", "morning@harbour.example"),
    list_id="morning.harbour.example",
    sent_at=datetime(2026, 11, 23, 3, 30, tzinfo=UTC),
    domain="harbour.example",
    reply_to=Mailbox("", "desk@harbour.example"),
    archive_url="https://harbour.example/archive/" + "x" * 90,
    help_url="https://harbour.example/help",
)
VALUES = {
    "name": "Zoë <b>",
    "unsubscribe_url": "https://harbour.example/u/" + "a1-_." * 20 + "?a=1&b=2",
    "preferences_url": "https://harbour.example/p/x",
    "view_url": "https://harbour.example/v/x",
}


def rendered(
    html_body: str = "<p>Hello %%name%%</p>",
    text: str = "Hello %%name%%\n",
    subject: str = "Ships",
    headers: Mapping[str, str] | None = None,
) -> RenderedEdition:
    return RenderedEdition(Variant(), subject, html_body, text, "0" * 64, headers=headers or {})


def delivery(name: str = "Ann", address: str = "ann@readers.example") -> Delivery:
    return Delivery(EDITION, "s-1", address, name, Variant(), 1, "ref-1")


def whole(mail: RenderedEdition, to: Delivery, values: Mapping[str, str]) -> EmailMessage:
    """Build one recipient's mail the slow way: the oracle."""

    def fill(body: str, *, is_html: bool) -> str:
        return re.sub(
            "%%([a-z_]+)%%",
            lambda found: html.escape(tidy(values[found[1]])) if is_html else tidy(values[found[1]]),
            body,
        )

    message = EmailMessage(policy=SMTP)
    message["Subject"] = folded(fill(mail.subject, is_html=False))
    message["Date"] = format_datetime(LETTERHEAD.sent_at)
    message.set_content(fill(mail.text, is_html=False), cte="quoted-printable")
    message.add_alternative(fill(mail.html, is_html=True), subtype="html", cte="quoted-printable")
    return message


def parse(mail: bytes) -> EmailMessage:
    parsed = email.message_from_bytes(mail, policy=default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def bodies(message: EmailMessage) -> tuple[str, str]:
    text, page = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert page is not None
    return text.get_content(), page.get_content()


def said(mail: bytes, name: str) -> str:
    """Decode a header by RFC 2047 alone: policy.default keeps the space between encoded words of a name."""
    raw = email.message_from_bytes(mail, policy=compat32)[name]
    return folded(str(make_header(decode_header(raw.replace("\r\n", "")))))


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
LONG = st.lists(
    st.one_of(
        WORDS,
        st.sampled_from(
            ["%%name%%", "%%unsubscribe_url%%", "\n", "\n.", ".", " ", "=", "a" * 75, "é" * 40]
        ),
    ),
    max_size=20,
).map("".join)


@settings(deadline=None, max_examples=100, derandomize=True)
@given(text=LONG, page=LONG, subject=WORDS, name=WORDS)
@example(text="%%name%%", page="%%name%%%%name%%", subject="%%name%%", name="")
@example(text="a" * 76 + "%%name%%", page=" %%name%%\n", subject="é" * 70, name="x" * 200)
@example(text=".\n%%name%%\n.\n", page="%%name%%", subject="=?utf-8?q?x?=", name=".")
def test_joined_bytes_parse_to_what_an_email_message_built_whole_holds(
    text: str, page: str, subject: str, name: str
) -> None:
    mail = rendered(page, text, subject)
    values = {**VALUES, "name": name}
    to = delivery(name)
    slow = whole(mail, to, values)

    joined = build(LETTERHEAD, mail, EDITION).join(to, values)

    fast = parse(joined)
    assert bodies(fast) == bodies(parse(slow.as_bytes()))
    assert said(joined, "Subject") == folded(subject.replace("%%name%%", tidy(name)))
    assert fast["Date"] == slow["Date"]
    assert said(joined, "To").rpartition("<")[0].strip(' "') == folded(name).strip(' "')
    assert not fast.defects


@settings(deadline=None, max_examples=100, derandomize=True)
@given(text=LONG, page=LONG, subject=WORDS, name=WORDS)
def test_every_line_keeps_to_its_length(text: str, page: str, subject: str, name: str) -> None:
    joined = build(LETTERHEAD, rendered(page, text, subject), EDITION).join(
        delivery(name), {**VALUES, "name": name}
    )

    head, _, body = joined.partition(b"\r\n\r\n")
    assert joined.isascii()
    assert b"\n" not in joined.replace(b"\r\n", b"")
    assert b"\r" not in joined.replace(b"\r\n", b"")
    assert max(map(len, head.split(b"\r\n"))) <= 998
    assert max(map(len, body.split(b"\r\n"))) <= 76
    words = re.findall(rb"=\?\S+\?=", head)
    assert all(len(word) <= 75 for word in words)


@pytest.mark.parametrize(
    "name",
    [
        "Ann\r\nBcc: victim@example.org",
        "Ann\n\nbody",
        "=?utf-8?q?=0aBcc:_victim?=",
        '"<evil@example.org>" ,',
        "Ann\u2028Bcc: x",
        "Ann\x00\x1b[0m",
    ],
)
def test_a_name_can_add_no_header_and_no_recipient(name: str) -> None:
    mail = rendered(subject="For %%name%%", headers={"X-For": "%%name%%"})
    plain = parse(build(LETTERHEAD, mail, EDITION).join(delivery(), VALUES))

    message = parse(build(LETTERHEAD, mail, EDITION).join(delivery(name), {**VALUES, "name": name}))

    assert message.keys() == plain.keys()
    assert [address.addr_spec for address in message["To"].addresses] == ["ann@readers.example"]
    assert "\n" not in message["Subject"]


def test_one_click_headers_are_there_and_the_url_is_on_one_line() -> None:
    joined = build(LETTERHEAD, rendered(), EDITION).join(delivery(), VALUES)

    assert f"\r\nList-Unsubscribe: <{VALUES['unsubscribe_url']}>\r\n".encode() in joined
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in joined
    assert f"\r\nList-Archive: <{LETTERHEAD.archive_url}>\r\n".encode() in joined


def test_the_headers_of_bulk_mail_are_there() -> None:
    message = parse(build(LETTERHEAD, rendered(), EDITION).join(delivery(), VALUES))

    assert message["From"] == "Harbour Daily <morning@harbour.example>"
    assert message["Reply-To"] == "desk@harbour.example"
    assert message["List-Id"] == "<morning.harbour.example>"
    assert message["List-Help"] == "<https://harbour.example/help>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Precedence"] == "bulk"
    assert message["Feedback-ID"].startswith("2026-11-23:morning:edition:")
    assert message["Message-ID"] == f"<{delivery().message_key}@harbour.example>"
    assert message["MIME-Version"] == "1.0"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert [part.get_content_charset() for part in message.iter_parts()] == ["utf-8", "utf-8"]


def test_a_second_attempt_gives_the_same_bytes() -> None:
    template = build(LETTERHEAD, rendered(), EDITION)
    again = Delivery(EDITION, "s-1", "ann@readers.example", "Ann", Variant(), 2, "ref-2")

    assert template.join(delivery(), VALUES) == template.join(again, VALUES)


def test_a_reference_is_carried_where_asked() -> None:
    template = build(LETTERHEAD, rendered(), EDITION, carries_reference=True)

    assert parse(template.join(delivery(), VALUES))["X-Digest-Reference"] == "ref-1"


def test_a_reference_is_carried_as_providers_repeat_it() -> None:
    echoes = (echoing.POSTMARK, echoing.MAILGUN, echoing.BREVO)
    template = build(LETTERHEAD, rendered(), EDITION, carries_reference=True, echoes=echoes)

    mail = parse(template.join(delivery(), VALUES))

    assert mail["X-PM-Metadata-digest-reference"] == "ref-1"
    assert json.loads(mail["X-Mailgun-Variables"]) == {"digest-reference": "ref-1"}
    assert mail["X-Mailin-custom"] == "ref-1"


def test_a_token_without_a_value_is_unsendable() -> None:
    template = build(LETTERHEAD, rendered(text="%%city%%"), EDITION)

    with pytest.raises(Unsendable, match="city"):
        template.join(delivery(), VALUES)


def test_a_template_may_not_set_the_sender() -> None:
    with pytest.raises(BadData, match="From"):
        build(LETTERHEAD, rendered(headers={"From": "x@example.org"}), EDITION)


def test_a_header_of_the_rendering_takes_the_place_of_ours() -> None:
    mail = rendered(headers={"List-Unsubscribe": "<%%unsubscribe_url%%>", "Precedence": "list"})

    message = parse(build(LETTERHEAD, mail, EDITION).join(delivery(), VALUES))

    assert message.get_all("Precedence") == ["list"]
    assert message.get_all("List-Unsubscribe") == [f"<{VALUES['unsubscribe_url']}>"]


@pytest.mark.parametrize(
    ("address", "wire"),
    [
        pytest.param("ann@bücher.example", "ann@xn--bcher-kva.example", id="international domain"),
        pytest.param("o'neil+news@readers.example", "o'neil+news@readers.example", id="odd but legal"),
    ],
)
def test_an_address_goes_on_the_wire_in_ascii(address: str, wire: str) -> None:
    message = parse(build(LETTERHEAD, rendered(), EDITION).join(delivery(address=address), VALUES))

    assert message["To"].addresses[0].addr_spec == wire


@pytest.mark.parametrize(
    "address", ["", "ann", "a@b\r\nRCPT TO:<x@y.example>", "a b@c.example", "<a@b.example>"]
)
def test_an_address_that_fits_no_envelope_is_unsendable(address: str) -> None:
    with pytest.raises(Unsendable, match="not valid"):
        build(LETTERHEAD, rendered(), EDITION).join(delivery(address=address), VALUES)


def test_long_ascii_headers_are_folded_and_never_encoded() -> None:
    letterhead = replace(LETTERHEAD, list_id="morning." + "long-name." * 9 + "harbour.example")
    subject = "Ferry back in service, market hall opens, rain expected on the coast until Thursday evening"

    joined = build(letterhead, rendered(subject=subject), EDITION).join(delivery(), VALUES)

    assert f"\r\nList-Id: <{letterhead.list_id}>\r\n".encode() in joined
    assert b"=?" not in joined.partition(b"\r\n\r\n")[0]
    assert b"\r\nSubject: Ferry back in service, market hall opens," in joined
    assert parse(joined)["Subject"] == subject


@settings(deadline=None, max_examples=100, derandomize=True)
@given(
    text=st.lists(
        st.sampled_from([".", "..", ".a", "a", "é" * 40, "z" * 90, "%%name%%", "%%name%%."]), max_size=8
    ),
    name=st.one_of(st.sampled_from([".", "..", ". a", "." * 200, "é." * 60]), st.text(max_size=80)),
)
def test_a_stuffed_mail_is_the_mail_with_its_dots_doubled(text: list[str], name: str) -> None:
    mail = rendered("<p>%%name%%</p>\n.%%name%%\n", "\n".join(text))
    values = {**VALUES, "name": name}

    stuffed = build(LETTERHEAD, mail, EDITION, is_stuffed=True).join(delivery(), values)

    plain = build(LETTERHEAD, mail, EDITION).join(delivery(), values)
    assert stuffed == plain.replace(b"\r\n.", b"\r\n..")
