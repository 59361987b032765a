"""Amazon SES's notifications and published events, as Amazon SNS brings them.

Source: "Amazon SNS notification contents for Amazon SES" and "Contents of event data that Amazon SES
publishes to Amazon SNS", Amazon SES Developer Guide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

import orjson

from digest.model import EventKind, MailEvent, Problem, Verdict
from digest.transports.judging.providers import weighed
from digest.transports.mime import REFERENCE_HEADER
from digest.transports.reports import sns
from digest.transports.reports.posts import Object, Read, event_of, inner, moment, text, word

NAME: Final = "Amazon SES"
_PROVIDER: Final = "ses"

_KINDS: Final = {
    "send": EventKind.ACCEPTED,
    "delivery": EventKind.DELIVERED,
    "deliverydelay": EventKind.DEFERRED,
    "bounce": EventKind.BOUNCED,
    "complaint": EventKind.COMPLAINED,
    "reject": EventKind.REJECTED,
    "renderingfailure": EventKind.REJECTED,
    "click": EventKind.CLICKED,
    "subscription": EventKind.UNKNOWN,
}
_PARTS: Final = {"deliverydelay": "deliveryDelay", "renderingfailure": "failure"}
"""What lies under another name than its type."""

_RECIPIENTS: Final = {
    "bounce": "bouncedRecipients",
    "complaint": "complainedRecipients",
    "delivery": "recipients",
    "deliverydelay": "delayedRecipients",
}
_CLASSES: Final = {
    "noemail": Verdict.DEAD,
    "mailboxfull": Verdict.FULL,
    "messagetoolarge": Verdict.POLICY,
    "contentrejected": Verdict.POLICY,
    "attachmentrejected": Verdict.POLICY,
    "customtimeoutexceeded": Verdict.OURS,
}
"""By subtype of a bounce. "General" and "Undetermined" say nothing that the server's reply does not."""

_LISTED: Final = frozenset({"suppressed", "onaccountsuppressionlist", "unsubscribedrecipient"})
"""SES did not even try: an earlier day's bounce or complaint, ours or another customer's."""

_NO_COMPLAINTS: Final = frozenset({"notspam", "authfailure"})
_LOOKED_AT: Final = 200
"""So many recipients of one report are read; our mails have one each."""


def read_events(body: bytes, *, now: datetime) -> Read:
    """Return the events of a proved post, and what in it could not be read.

    Events about mails that are not ours are left out, and so are opens. Where a notification brings no
    headers at all, whose mail it is can't be told: that is a problem, which says what to switch on.

    Raises:
        BadData: it is no notification.
    """
    message, number = sns.message_of(body)
    where = f"{NAME}, notification {number[:60]}"
    try:
        said = orjson.loads(message)
    except orjson.JSONDecodeError:
        # The word by which SES tries a topic, or somebody else's.
        return (), ()
    if not isinstance(said, dict):
        return (), ()
    kind = word(said, "eventType", "notificationType")
    mail = inner(said, "mail")
    if not mail or kind in ("open", "received"):
        return (), ()
    headers = mail.get("headers")
    if not isinstance(headers, list):
        problem = 'brings no headers, so that nobody knows whose mail it was: switch on "original headers"'
        return (), (Problem(where, problem),)
    reference = _reference(headers)
    if not reference:
        return (), ()
    return tuple(_events(said, kind, mail, reference, now)), ()


def _reference(headers: Sequence[object]) -> str:
    for header in headers:
        if isinstance(header, dict) and text(header, "name").lower() == REFERENCE_HEADER.lower():
            return text(header, "value")
    return ""


def _events(said: Object, kind: str, mail: Object, reference: str, now: datetime) -> Iterator[MailEvent]:
    part = inner(said, _PARTS.get(kind, kind))
    at = moment(part.get("timestamp") or mail.get("timestamp"), now)
    once = text(part, "feedbackId") or f"{text(mail, 'messageId')} {text(part, 'timestamp')}"
    for told in _recipients(part, kind, mail):
        address = text(told, "emailAddress")
        found, verdict, said_no = _judged(kind, part, told, address)
        yield event_of(
            _PROVIDER,
            found,
            reference,
            at=at,
            about=(kind, once, address, text(part, "link")),
            address=address,
            reason=_reason(part, told),
            verdict=verdict,
            said_no=said_no,
            url=text(part, "link") if found is EventKind.CLICKED else "",
            raw={"type": kind, "message": text(mail, "messageId"), "part": dict(part)},
        )


def _recipients(part: Object, kind: str, mail: Object) -> list[Object]:
    """Return whom a report is about; whom the mail went to where it does not say."""
    listed = part.get(_RECIPIENTS.get(kind, ""))
    listed = listed if isinstance(listed, list) and listed else mail.get("destination")
    found: list[Object] = []
    for one in listed[:_LOOKED_AT] if isinstance(listed, list) else ():
        if isinstance(one, dict):
            found.append(one)
        elif isinstance(one, str):
            found.append({"emailAddress": one})
    return found or [{}]


def _judged(
    kind: str, part: Object, told: Object, address: str
) -> tuple[EventKind, Verdict | None, EventKind | None]:
    """Return what an event is, what it says of the mailbox, and what the reader had said before."""
    found = _KINDS.get(kind, EventKind.UNKNOWN)
    match kind:
        case "bounce":
            return _bounce(part, told, address)
        case "complaint" if word(part, "complaintSubType") in _LISTED:
            return EventKind.REJECTED, Verdict.UNKNOWN, EventKind.COMPLAINED
        case "complaint" if word(part, "complaintFeedbackType") in _NO_COMPLAINTS:
            return EventKind.UNKNOWN, None, None
        case "reject" | "renderingfailure":
            return found, Verdict.OURS, None
        case "subscription" if inner(part, "newTopicPreferences").get("unsubscribeAll") is True:
            return EventKind.UNSUBSCRIBED, None, None
    return found, None, None


def _bounce(part: Object, told: Object, address: str) -> tuple[EventKind, Verdict | None, EventKind | None]:
    subtype = word(part, "bounceSubType")
    if subtype in _LISTED:
        is_wish = subtype == "unsubscribedrecipient"
        return EventKind.REJECTED, Verdict.UNKNOWN, EventKind.UNSUBSCRIBED if is_wish else None
    verdict = weighed(
        _words(told),
        domain=address.rpartition("@")[2],
        of_class=_CLASSES.get(subtype),
        is_for_now=word(part, "bounceType") != "permanent",
    )
    return EventKind.BOUNCED, verdict, None


def _words(told: Mapping[str, object]) -> str:
    """Return the server's reply; its status where it shows no reply."""
    return text(told, "diagnosticCode") or text(told, "status")


def _reason(part: Object, told: Object) -> str:
    named = (text(part, name) for name in ("bounceType", "bounceSubType", "complaintFeedbackType"))
    more = (_words(told), text(part, "reason", "errorMessage", "delayType"))
    return " ".join(filter(None, (*named, *more)))
