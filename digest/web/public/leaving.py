"""Unsubscribing: one click from the mail program, a page with one button, and a way back."""

from __future__ import annotations

from starlette.responses import PlainTextResponse, RedirectResponse, Response

from digest.web.public.visit import Visit, title_of
from digest.web.serving.request import address_of
from digest.wiring.links import leaving
from subscribers import people, preferences
from subscribers.errors import NotAllowed, UnknownSubscriber
from subscribers.model import Evidence
from subscribers.signed_links import Claim, Purpose

ONE_CLICK = ("List-Unsubscribe", "One-Click")
"""The body by which a mail program says that its reader clicked (RFC 8058, section 3.1)."""


def goodbye(visit: Visit) -> Response:
    """Show what the button will do; scanners follow links, so that nothing happens yet."""
    claim = visit.claim(Purpose.UNSUBSCRIBE)
    if claim is None:
        return visit.not_ours()
    preferences_token = visit.desk.newsroom.signer.preferences(claim.subscriber)
    return visit.page(
        "unsubscribe.html",
        language=_language(visit, claim),
        title=_title(visit, claim),
        preferences=visit.below(f"/p/{preferences_token}"),
    )


def unsubscribe(visit: Visit) -> Response:
    """End the newsletter, by whichever list it came; a second time, or for somebody erased, it is done."""
    claim = visit.claim(Purpose.UNSUBSCRIBE)
    if claim is None:
        return visit.not_ours()
    lists = leaving(visit.desk.newsletters.values(), claim).lists
    preferences.leave(visit.desk.newsroom.people, claim.subscriber, lists, now=visit.now)
    if ONE_CLICK in visit.choices:
        return PlainTextResponse("Unsubscribed.")
    return RedirectResponse(f"{visit.path}/done", 303)


def done(visit: Visit) -> Response:
    """Say that it is done, with a button that takes it back."""
    claim = visit.claim(Purpose.UNSUBSCRIBE)
    if claim is None:
        return visit.not_ours()
    return visit.page(
        "unsubscribed.html",
        language=_language(visit, claim),
        title=_title(visit, claim),
        token=visit.token,
    )


def undo(visit: Visit) -> Response:
    """Take the unsubscribe back, within the hour and by the reader's own link."""
    claim = visit.claim(Purpose.UNSUBSCRIBE)
    if claim is None:
        return visit.not_ours()
    evidence = Evidence(words="undo", source="/u/", ip=address_of(visit.request))
    try:
        lists = leaving(visit.desk.newsletters.values(), claim).lists
        preferences.undo_leave(visit.desk.newsroom.people, claim.subscriber, lists, evidence, now=visit.now)
    except (NotAllowed, UnknownSubscriber):
        return visit.page("too_late.html", language=_language(visit, claim), code=409)
    return visit.page("back_again.html", language=_language(visit, claim), title=_title(visit, claim))


def _title(visit: Visit, claim: Claim) -> str:
    """Return what the reader leaves: the newsletter, or its one list under the list's own title."""
    found = leaving(visit.desk.newsletters.values(), claim)
    if len(found.lists) == 1 or not found.newsletters:
        return title_of(visit.desk, claim.mailing_list)
    return ", ".join(dict.fromkeys(one.title for one in found.newsletters))


def _language(visit: Visit, claim: Claim) -> str:
    try:
        return people.get(visit.desk.newsroom.people, claim.subscriber).language
    except UnknownSubscriber:
        return ""
