"""A story's link in a mail where clicks are counted: to the story at once, and one more in a count.

The one GET of ours that has an effect: it adds to a count. It changes nothing of any reader's choices.
"""

from __future__ import annotations

import logging
from datetime import date, datetime

from starlette.responses import RedirectResponse, Response

from digest.errors import DigestError
from digest.model import EditionKey, EventKind, MailEvent
from digest.model.blocks import links
from digest.model.clicks import TOO_SOON, is_program
from digest.upkeep import feedback
from digest.web.public.click_tally import Click
from digest.web.public.reading import SENT
from digest.web.public.visit import Visit, gate_of
from digest.web.serving.request import household_of
from digest.web.serving.state import Desk
from subscribers.errors import SubscribersError, TokenRejected
from subscribers.signed_links import Claim, Purpose

log = logging.getLogger(__name__)

_AHEAD = ("purpose", "sec-purpose", "x-purpose", "x-moz")


def follow(visit: Visit) -> Response:
    """Lead to the story that the signed link is good for, and count the click where a person made it."""
    try:
        claim = visit.desk.newsroom.signer.read_link(visit.token, lambda one: _target(visit, one))
    except TokenRejected:
        return visit.not_ours()
    if visit.desk.loaded.settings.clicks.count:
        _count(visit, claim)
    return RedirectResponse(claim.target, 302, {"x-robots-tag": "noindex"})


def settle(desk: Desk, now: datetime, *, is_end: bool = False) -> None:
    """Write what was clicked; whoever looks after the desk calls this now and then.

    Counts that can't be written are lost: no mail and no reader's choice hangs on them.
    """
    try:
        gate_of(desk).clicks.settle(desk.newsroom.database.clicks.add, now, is_end=is_end)
    except (DigestError, SubscribersError) as error:
        log.warning("some clicks are not counted: %s", error)


def _target(visit: Visit, claim: Claim) -> str:
    """Return where the link led when its mail was made; empty where nobody knows."""
    key = _key(claim.edition)
    if key is None:
        return ""

    def find() -> dict[str, str]:
        try:
            edition = visit.desk.edition(key)
        except (DigestError, LookupError):
            return {}
        if edition.state not in SENT:
            return {}
        found = {str(item.article): item.url for item in edition.items}
        return found | {name: url for block in edition.blocks for name, url in links(block).items()}

    found = visit.gate.clicks.targets(key, find) or find()
    return found.get(claim.name, "")


def _count(visit: Visit, claim: Claim) -> None:
    key = _key(claim.edition)
    if key is None or visit.request.method != "GET":
        return
    tally, headers = visit.gate.clicks, visit.request.headers
    agent = headers.get("user-agent", "")
    is_ahead = any("pre" in headers.get(name, "").lower() for name in _AHEAD)
    by = _reader(visit)
    if is_program(agent) or is_ahead or (by and by.at is not None and visit.now - by.at < TOO_SOON):
        tally.leave_out(key)
    elif by is not None:
        reference = f"click:{by.reference}:{claim.name}"
        event = MailEvent(reference, EventKind.CLICKED, by.reference, visit.now, url=claim.target)
        newsroom, now = visit.desk.newsroom, visit.now
        tally.do_later(lambda: feedback.take_in(newsroom, [event], now=now))
    else:
        who = tally.visitor(household_of(visit.request), agent)
        tally.note(Click(key, claim.target, claim.arm, who, visit.now))


def _reader(visit: Visit) -> Claim | None:
    """Return whose mail it was, where links say so and that is switched on."""
    told = visit.request.query_params.get("r", "")
    if not told or not visit.desk.loaded.settings.clicks.by_reader:
        return None
    try:
        return visit.desk.newsroom.signer.read(told, Purpose.CLICK, now=visit.now)
    except TokenRejected:
        return None


def _key(text: str) -> EditionKey | None:
    newsletter, _, rest = text.partition("/")
    day, _, slot = rest.partition("/")
    try:
        return EditionKey(newsletter, date.fromisoformat(day), slot)
    except ValueError:
        return None
