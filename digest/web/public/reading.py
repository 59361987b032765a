"""Editions on the web: a reader's own copy, and the public archive with its feeds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import escape
from xml.sax.saxutils import escape as xml

import orjson
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from digest.editions.corrections import set_right
from digest.errors import UnknownEdition
from digest.model import Edition, EditionKey, EditionState, RenderedEdition, StoryLabel, TokenText, Variant
from digest.model.desk import Correction
from digest.rendering.phrases import phrases
from digest.web.public.visit import Visit
from digest.web.serving.copies import anybodys, frozen
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
LISTED = 60
IN_FEED = 20
_HEAD = re.compile(r"</head>", re.IGNORECASE)
_BODY = re.compile(r"<body[^>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """An edition as the archive shows it, what was wrong in it set right.

    Attributes:
        corrections: of this edition, the oldest first.
    """

    edition: Edition
    path: str
    corrections: tuple[Correction, ...] = ()

    @property
    def summary(self) -> str:
        """Return its preheader, and what is right in place of what was not."""
        word = phrases(self.edition.language).label(StoryLabel.CORRECTION)
        told = (f"{word}: {one.headline}: {one.text}" for one in self.corrections)
        return " ".join([self.edition.preheader, *told]).strip()

    @property
    def text(self) -> str:
        """Return its headlines, those of corrected stories with what is right."""
        word = phrases(self.edition.language).label(StoryLabel.CORRECTION)
        return "\n".join(
            f"{item.headline} ({word}: {item.blurb.text})"
            if item.article in {one.article for one in self.corrections}
            else item.headline
            for item in self.edition.items
        )

    @property
    def changed_at(self) -> datetime:
        """Return when it last said something else than before."""
        return max([self.edition.window.end, *(one.at for one in self.corrections)])


def own_copy(visit: Visit) -> Response:
    """Show a reader the very bytes of their mail, with their own links; what was wrong is set right."""
    claim = visit.claim(Purpose.VIEW)
    if claim is None:
        return visit.not_ours()
    key = _key(claim.edition)
    try:
        person = people.get(visit.desk.newsroom.people, claim.subscriber)
        delivery = visit.desk.newsroom.reader(key, person.address)
        values = visit.desk.parts(key.newsletter).sending.personalizer.values(delivery)
        sent = visit.desk.results.variant_of(key, person.id, person.canonical)
        escaped = {name: escape(value) for name, value in values.items()}
        found = _frozen(visit, key, sent or delivery.variant)
        return _shown(TokenText.split(found.html).join(escaped))
    except (UnknownSubscriber, UnknownEdition):
        return visit.not_ours()


def archive(visit: Visit) -> Response:
    """List a newsletter's editions, newest first."""
    newsletter = str(visit.request.path_params["newsletter"])
    if newsletter not in visit.desk.newsletters:
        return visit.not_ours()
    told = visit.desk.newsletters[newsletter]
    return visit.page(
        "archive.html", language=told.language, newsletter=told, places=_places(visit, newsletter, LISTED)
    )


def from_archive(visit: Visit) -> Response:
    """Show an edition as anybody may see it: no name, no personal link."""
    newsletter = str(visit.request.path_params["newsletter"])
    key = _key(f"{newsletter}/{visit.request.path_params['number'].replace('~', '/')}")
    try:
        rendered = _frozen(visit, key, Variant())
    except UnknownEdition:
        return visit.not_ours()
    list_page = f"{visit.desk.newsroom.site.url}/archive/{newsletter}"
    page = anybodys(rendered.html, list_page, is_html=True)
    return _shown(page, above=_invitation(visit, newsletter, rendered.language))


def atom(visit: Visit) -> Response:
    """Give the archive as Atom (RFC 4287)."""
    newsletter = _known(visit)
    site, told = visit.desk.newsroom.site, visit.desk.newsletters[newsletter]
    places = _places(visit, newsletter, IN_FEED)
    home = f"{site.url}/archive/{newsletter}"
    entries = "".join(
        f"<entry><title>{xml(one.edition.subject)}</title><id>{xml(site.url + one.path)}</id>"
        f'<link href="{xml(site.url + one.path, {chr(34): "&quot;"})}"/>'
        f"<published>{_stamp(one.edition.window.end)}</published><updated>{_stamp(one.changed_at)}</updated>"
        f"<summary>{xml(one.summary)}</summary></entry>"
        for one in places
    )
    updated = _stamp(max(one.changed_at for one in places)) if places else "1970-01-01T00:00:00Z"
    body = (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{xml(told.title)}</title><id>{xml(home)}</id><updated>{updated}</updated>"
        f"<author><name>{xml(site.name)}</name></author>"
        f'<link rel="self" href="{xml(home)}/feed.xml"/><link href="{xml(home)}"/>{entries}</feed>'
    )
    return Response(body.encode(), media_type="application/atom+xml")


def json_feed(visit: Visit) -> Response:
    """Give the archive as JSON Feed 1.1."""
    newsletter = _known(visit)
    site, told = visit.desk.newsroom.site, visit.desk.newsletters[newsletter]
    home = f"{site.url}/archive/{newsletter}"
    items = [
        {
            "id": site.url + one.path,
            "url": site.url + one.path,
            "title": one.edition.subject,
            "summary": one.summary,
            "content_text": one.text,
            "date_published": _stamp(one.edition.window.end),
            "date_modified": _stamp(one.changed_at),
        }
        for one in _places(visit, newsletter, IN_FEED)
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": told.title,
        "home_page_url": home,
        "feed_url": f"{home}/feed.json",
        "language": told.language,
        "items": items,
    }
    return Response(orjson.dumps(feed), media_type="application/feed+json")


def _known(visit: Visit) -> str:
    newsletter = str(visit.request.path_params["newsletter"])
    if newsletter not in visit.desk.newsletters:
        raise HTTPException(404)
    return newsletter


def _places(visit: Visit, newsletter: str, most: int) -> list[Place]:
    wrong = visit.desk.history.corrected(newsletter)
    return [
        Place(
            set_right(one, wrong.get(one.key, ())),
            f"/archive/{newsletter}/{str(one.key).split('/', 1)[1].replace('/', '~')}",
            wrong.get(one.key, ()),
        )
        for one in visit.desk.history.published(newsletter, now=visit.now, limit=most)
    ]


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


def _invitation(visit: Visit, newsletter: str, language: str) -> str:
    """Return what stands above a public copy: that it may be passed on, and how to get the next one."""
    told = visit.desk.newsletters[newsletter]
    return visit.snippet(
        "invitation.html",
        language=language,
        newsletter=told,
        url=f"{visit.desk.newsroom.site.url}/signup/{told.lists[0]}",
    )


def _shown(page: str, *, above: str = "") -> Response:
    # Links leave the page's own sandboxed frame; search engines are asked to stay away.
    page = _HEAD.sub('<base target="_blank"><meta name="robots" content="noindex"></head>', page, count=1)
    page = _BODY.sub(lambda body: body[0] + above, page, count=1)
    return HTMLResponse(page, headers={"content-security-policy": COPY_POLICY})


def _key(text: str) -> EditionKey:
    newsletter, _, rest = text.partition("/")
    day, _, slot = rest.partition("/")
    try:
        return EditionKey(newsletter, date.fromisoformat(day), slot)
    except ValueError as error:
        raise HTTPException(404) from error


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
