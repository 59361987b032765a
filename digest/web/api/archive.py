"""The archive: what was sent, as it was sent, nothing personal in it."""

from __future__ import annotations

from digest.errors import UnknownEdition
from digest.model import Variant
from digest.web.api.calls import Call
from digest.web.api.editions import items_of, line_of, number_of
from digest.web.api.schemas import CorrectionOut, EditionPage, SentOut
from digest.web.serving.copies import anybodys, frozen


def listed(call: Call) -> EditionPage:
    """Return the editions that readers may have by now, the newest first."""
    newsletter, limit = call.path("newsletter"), call.limit()
    if newsletter not in call.desk.newsletters:
        raise UnknownEdition(newsletter)
    found = call.desk.history.published(newsletter, now=call.now, limit=limit + 1, after=call.after())
    some = found[:limit]
    is_more = len(found) > limit
    return EditionPage(
        items=[line_of(one) for one in some], next=number_of(some[-1].key) if is_more else ""
    )


def show(call: Call) -> SentOut:
    """Return one edition's stories and bytes as they were frozen, and what was set right since."""
    key, desk = call.key(), call.desk
    edition, sent = desk.edition(key), frozen(desk, key, Variant())
    list_page = f"{desk.newsroom.site.url}/archive/{key.newsletter}"
    told = {**line_of(edition).model_dump(), "subject": anybodys(sent.subject, list_page, is_html=False)}
    return SentOut(
        **told,
        preheader=edition.preheader,
        content_hash=edition.approved_hash,
        frozen_at=desk.ledger.frozen_at(key),
        language=sent.language,
        items=items_of(edition),
        html=anybodys(sent.html, list_page, is_html=True),
        text=anybodys(sent.text, list_page, is_html=False),
        corrections=[
            CorrectionOut(headline=one.headline, text=one.text, at=one.at)
            for one in desk.history.corrections(key)
        ],
    )
