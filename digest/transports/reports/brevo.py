"""Brevo's webhooks for transactional mail, one event a post or several of them.

Brevo signs nothing: its calls bear a token, or the name and password that the webhook's address has.

Source: "Transactional webhooks" and "Secure webhook calls", Brevo's developer documentation.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from digest.errors import BadData
from digest.model import EventKind, MailEvent, Problem, Verdict
from digest.transports.judging.providers import weighed
from digest.transports.reports.posts import Object, Read, event_of, moment, parsed, text, word

NAME: Final = "Brevo"
_PROVIDER: Final = "brevo"
_CUSTOM: Final = "x-mailin-custom"

_KINDS: Final = {
    "request": EventKind.ACCEPTED,
    "sent": EventKind.ACCEPTED,
    "delivered": EventKind.DELIVERED,
    "deferred": EventKind.DEFERRED,
    "softbounce": EventKind.BOUNCED,
    "hardbounce": EventKind.BOUNCED,
    "invalid": EventKind.REJECTED,
    "invalidemail": EventKind.REJECTED,
    "blocked": EventKind.REJECTED,
    "error": EventKind.REJECTED,
    "spam": EventKind.COMPLAINED,
    "complaint": EventKind.COMPLAINED,
    "unsubscribed": EventKind.UNSUBSCRIBED,
    "unsubscribe": EventKind.UNSUBSCRIBED,
    "click": EventKind.CLICKED,
    "clicked": EventKind.CLICKED,
}
_CLASSES: Final = {
    "hardbounce": Verdict.DEAD,
    "invalid": Verdict.DEAD,
    "invalidemail": Verdict.DEAD,
    "error": Verdict.OURS,
}


def read_events(body: bytes, *, now: datetime) -> Read:
    """Return the events of a proved post, and what in it could not be read.

    Events about mails that are not ours are left out, and so are opens.

    Raises:
        BadData: it is neither a JSON object nor a list.
    """
    posted = parsed(body, NAME)
    listed = posted if isinstance(posted, list) else [posted]
    if not isinstance(posted, list | dict):
        raise BadData(f"{NAME}'s webhook", "it is neither an event nor a list of them")
    events: dict[str, MailEvent] = {}
    problems = []
    for number, said in enumerate(listed, start=1):
        if not isinstance(said, dict):
            problems.append(Problem(f"{NAME} event {number}", "it is no object"))
            continue
        reference = next((text(said, name) for name in said if name.lower() == _CUSTOM), "")
        name = word(said, "event")
        if reference and "open" not in name:
            event = _event(said, name, reference, now)
            events.setdefault(event.event_id, event)
    return tuple(events.values()), tuple(problems)


def _event(said: Object, name: str, reference: str, now: datetime) -> MailEvent:
    kind = _KINDS.get(name, EventKind.UNKNOWN)
    # "date" and "ts" are on the account's clock, wherever that is.
    when = text(said, "ts_epoch", "ts_event")
    address, reason, link = text(said, "email"), text(said, "reason"), text(said, "link")
    return event_of(
        _PROVIDER,
        kind,
        reference,
        at=moment(when, now),
        # "id" is that of the webhook, the same in every post.
        about=(name, text(said, "message-id"), text(said, "ts_event", "ts_epoch"), address, link),
        address=address,
        reason=reason or name,
        verdict=_verdict(name, reason, address)
        if kind in (EventKind.BOUNCED, EventKind.REJECTED)
        else None,
        said_no=_said_no(reason) if name == "blocked" else None,
        url=link if kind is EventKind.CLICKED else "",
        raw={key: value for key, value in said.items() if key not in ("subject", "mirror_link")},
    )


def _verdict(name: str, reason: str, address: str) -> Verdict:
    if name in ("blocked", "error"):
        # Brevo did not even try, whatever an earlier day's server said.
        return _CLASSES.get(name, Verdict.UNKNOWN)
    found = weighed(reason, domain=address.rpartition("@")[2], of_class=_CLASSES.get(name))
    return Verdict.UNKNOWN if name == "softbounce" and found is Verdict.DEAD else found


def _said_no(reason: str) -> EventKind | None:
    """Return what the reader had told Brevo on an earlier day; None for no such word."""
    words = reason.lower()
    if "unsubscri" in words:
        return EventKind.UNSUBSCRIBED
    return EventKind.COMPLAINED if "complain" in words or "spam report" in words else None
