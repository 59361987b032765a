"""The JSON of one Mail Send request: a constant envelope once, a row for each recipient.

Source: docs.sendgrid.com, "Mail Send"; limits as measured and documented in the constants.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Final

from digest.model import EditionKey, Letterhead, Mailbox, RenderedEdition, TokenText
from digest.model.tokens import TOKEN
from digest.transports import headers
from digest.transports.mime import list_lines, own_headers
from digest.transports.sendgrid.package import mail as parts
from digest.transports.sendgrid.rows import RowWriter, header_value

MAX_ROWS: Final = 1000
"""Personalizations in one request."""

MAX_BYTES: Final = 29_000_000
"""Of one request; the limit is 30 MB, the headers need their room."""

_BLOCK: Final = 12000
"""So many pieces of text, some twenty a reader, are one block of a body."""

_UNTRACKED: Final = re.compile(r"(<a\b)(?=[^>]*?\bhref=[\"']?%%)", re.IGNORECASE)
"""Links that are a reader's own: a rewritten unsubscribe link is a broken one.

Source: docs.sendgrid.com, "Disable tracking for individual links".
"""

_MAX_CATEGORIES: Final = 10
_MAX_CATEGORY: Final = 255


@dataclass(frozen=True, slots=True)
class Options:
    """What an operator may choose of SendGrid.

    Attributes:
        asm_group: SendGrid's unsubscribe group; 0 for none: our own links do it.
        sandbox: requests are checked and answered, nothing is sent.
        click_tracking: SendGrid rewrites links to count clicks; never those that are a reader's own.
    """

    asm_group: int = 0
    sandbox: bool = False
    click_tracking: bool = False
    open_tracking: bool = False
    ip_pool: str = ""
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fence:
    """A scheduled batch that can be called back while it waits.

    Attributes:
        send_at: seconds since the epoch; at least 10 minutes ahead, at most 72 hours.
    """

    batch_id: str
    send_at: int


@dataclass(frozen=True, slots=True)
class RequestTemplate:
    """The request of one variant: all that is the same for every recipient, serialized.

    Attributes:
        envelope: the JSON object's members, without its opening brace.
        rows: writes the rest.
    """

    envelope: str
    rows: RowWriter

    def body(self, pieces: list[str], fence: Fence | None = None) -> list[bytes]:
        """Return the whole request in blocks; rows keep their order, which the stock package turns round.

        Blocks, because memory for text and bytes of a megabyte each goes back to the system after every
        request: getting it anew costs up to half as much as writing the rows, in page faults. More than a
        few cost more in TLS and httpcore than they save.

        Args:
            pieces: the rows' text with commas between them (`RowWriter.pieces`, `separated`); the list
                is used up.
            fence: schedules the request.
        """
        pieces[0] = f'{{"personalizations":[{pieces[0]}'
        pieces.append("],")
        if fence is not None:
            pieces.append(json.dumps({"batch_id": fence.batch_id, "send_at": fence.send_at})[1:-1] + ",")
        pieces.append(self.envelope)
        return ["".join(pieces[at : at + _BLOCK]).encode() for at in range(0, len(pieces), _BLOCK)]


def separated(rows: Sequence[str]) -> list[str]:
    """Return rows as the pieces of a body."""
    return list(chain.from_iterable(zip(rows, repeat(","))))[:-1]


def build(
    letterhead: Letterhead,
    rendered: RenderedEdition,
    edition: EditionKey,
    options: Options,
    *,
    same_in_html: frozenset[str] = frozenset(),
) -> RequestTemplate:
    """Build the constant part with the package's own helpers.

    A substitution goes into both parts and the subject, so a token in the HTML gets a name of its own:
    its values are HTML-escaped, those of the text are not.

    Args:
        same_in_html: tokens for which no value of the request needs escaping: one name does for both.
    """
    html = (
        _UNTRACKED.sub(r'\1 clicktracking="off"', rendered.html)
        if options.click_tracking
        else rendered.html
    )
    page = TOKEN.sub(lambda found: found[0] if found[1] in same_in_html else f"%%{found[1]}:html%%", html)
    mail = parts.Mail(from_email=parts.From(*_parts(letterhead.sender)), subject=rendered.subject)
    mail.add_content(parts.Content("text/plain", rendered.text))
    mail.add_content(parts.Content("text/html", page))
    if letterhead.reply_to:
        mail.reply_to = parts.ReplyTo(*_parts(letterhead.reply_to))
    varying: list[tuple[str, TokenText]] = []
    brought = dict(own_headers(rendered))
    if letterhead.list_id and "list-unsubscribe" not in {name.lower() for name in brought}:
        brought["List-Unsubscribe"] = "<%%unsubscribe_url%%>"
    for name, line in list_lines(letterhead, rendered, edition).items():
        mail.add_header(parts.Header(name, headers.value_of(name, line)))
    for name, value in brought.items():
        split = TokenText.split(value)
        if split.names:
            varying.append((name, split))
        else:
            mail.add_header(parts.Header(name, header_value(name, value)))
    labels = dict.fromkeys((*letterhead.categories, *options.categories))
    for category in reversed([label[:_MAX_CATEGORY] for label in labels][:_MAX_CATEGORIES]):
        mail.add_category(parts.Category(category))  # puts each before the last
    _apply(mail, options)
    fields = [(f"%%{name}%%", name, False) for name in _names(rendered.subject + " " + rendered.text)]
    for name in _names(rendered.html):
        field = (f"%%{name}%%", name, False) if name in same_in_html else (f"%%{name}:html%%", name, True)
        if field not in fields:
            fields.append(field)
    return RequestTemplate(
        json.dumps(mail.get(), separators=(",", ":"))[1:],
        RowWriter.of(tuple(fields), tuple(varying), letterhead.domain),
    )


def _names(text: str) -> Sequence[str]:
    """Return the tokens in a text, each once."""
    return tuple(dict.fromkeys(TokenText.split(text).names))


def _apply(mail: parts.Mail, options: Options) -> None:
    """Set what an account's defaults must not decide: a rewritten unsubscribe link is a broken one."""
    tracking = parts.TrackingSettings()
    tracking.click_tracking = parts.ClickTracking(enable=options.click_tracking, enable_text=False)
    tracking.open_tracking = parts.OpenTracking(options.open_tracking)
    tracking.subscription_tracking = parts.SubscriptionTracking(enable=False)
    mail.tracking_settings = tracking
    if options.sandbox:
        settings = parts.MailSettings()
        settings.sandbox_mode = parts.SandBoxMode(enable=True)
        mail.mail_settings = settings
    if options.asm_group:
        mail.asm = parts.Asm(parts.GroupId(options.asm_group))
    if options.ip_pool:
        mail.ip_pool_name = parts.IpPoolName(options.ip_pool)


def _parts(mailbox: Mailbox) -> tuple[str, str | None]:
    return headers.wire_address(mailbox.address).address, headers.folded(mailbox.name) or None
