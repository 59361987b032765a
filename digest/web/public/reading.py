"""A reader's own copy of an edition: the mail itself, as a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from starlette.responses import HTMLResponse, Response

from digest.editions.corrections import set_right
from digest.errors import UnknownEdition
from digest.model import EditionKey, EditionState, RenderedEdition, TokenText, Variant
from digest.web.public.places import key_of
from digest.web.public.visit import Visit
from digest.web.serving.copies import frozen
from subscribers import people
from subscribers.errors import UnknownSubscriber
from subscribers.signed_links import Purpose

COPY_POLICY = "; ".join(
    (
        "sandbox allow-popups allow-popups-to-escape-sandbox allow-same-origin",
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src https:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
"""For a mail shown as a page: its styles are inline, its pictures the publishers'; it runs nothing."""

SENT = frozenset({EditionState.DISPATCHING, EditionState.CLOSED})
_HEAD = re.compile(r"</head>", re.IGNORECASE)


def own_copy(visit: Visit) -> Response:
    """Show a reader the very bytes of their mail, with their own links; what was wrong is set right."""
    claim = visit.claim(Purpose.VIEW)
    if claim is None:
        return visit.not_ours()
    key = key_of(claim.edition)
    try:
        person = people.get(visit.desk.newsroom.people, claim.subscriber)
        delivery = visit.desk.newsroom.reader(key, person.address)
        values = visit.desk.parts(key.newsletter).sending.personalizer.values(delivery)
        sent = visit.desk.results.variant_of(key, person.id, person.canonical)
        return _shown(_frozen(visit, key, sent or delivery.variant), values)
    except (UnknownSubscriber, UnknownEdition):
        return visit.not_ours()


def _frozen(visit: Visit, key: EditionKey, variant: Variant) -> RenderedEdition:
    """Return the bytes that were sent; of a variant that nobody got, the default's.

    An edition with corrections is rendered anew, as set right: the web does not repeat what was wrong.

    Raises:
        UnknownEdition: nothing of it was sent.
    """
    edition, found = visit.desk.edition(key), frozen(visit.desk, key, variant)
    corrections = visit.desk.history.corrections(key)
    if not corrections:
        return found
    return visit.desk.rendered(set_right(edition, corrections), found.variant)


def _shown(rendered: RenderedEdition, values: Mapping[str, str]) -> Response:
    escaped = {name: escape(value) for name, value in values.items()}
    page = TokenText.split(rendered.html).join(escaped)
    # Links leave the page's own sandboxed frame; search engines are asked to stay away.
    page = _HEAD.sub('<base target="_blank"><meta name="robots" content="noindex"></head>', page, count=1)
    return HTMLResponse(page, headers={"content-security-policy": COPY_POLICY})
