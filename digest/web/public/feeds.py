"""The archive's feeds: every edition whole, as HTML that any reader shows."""

from __future__ import annotations

from xml.sax.saxutils import escape as xml

import orjson
from starlette.responses import Response

from digest.model import Newsletter
from digest.rendering.phrases import phrases
from digest.rendering.prose import clean
from digest.web.public.places import Place, newest, newsletter_of, stamp
from digest.web.public.visit import Visit

IN_FEED = 20
_LONGEST = 4_000
_IN_ATTRIBUTE = {chr(34): "&quot;"}


def atom(visit: Visit) -> Response:
    """Give the archive as Atom (RFC 4287)."""
    told = newsletter_of(visit)
    site, home = visit.desk.newsroom.site, _home(visit, told)
    places = newest(visit, told.key, IN_FEED)
    updated = stamp(max(one.changed_at for one in places)) if places else "1970-01-01T00:00:00Z"
    body = (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"'
        f' xml:lang="{xml(told.language, _IN_ATTRIBUTE)}">'
        f"<title>{_line(told.title)}</title><id>{xml(home)}</id><updated>{updated}</updated>"
        f"<author><name>{_line(site.name)}</name></author>"
        f'<link rel="self" href="{xml(home)}/feed.xml"/><link href="{xml(home)}"/>'
        f"{''.join(_entry(visit, told, one) for one in places)}</feed>"
    )
    return Response(body.encode(), media_type="application/atom+xml")


def json_feed(visit: Visit) -> Response:
    """Give the archive as JSON Feed 1.1."""
    told = newsletter_of(visit)
    site, home = visit.desk.newsroom.site, _home(visit, told)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": told.title,
        "home_page_url": home,
        "feed_url": f"{home}/feed.json",
        "language": told.language,
        "items": [
            {
                "id": site.url + one.path,
                "url": site.url + one.path,
                "title": clean(one.edition.subject, _LONGEST),
                "summary": clean(one.summary, _LONGEST),
                "content_html": _content(visit, told, one),
                "content_text": one.text,
                "language": one.edition.language or told.language,
                "date_published": stamp(one.edition.window.end),
                "date_modified": stamp(one.changed_at),
            }
            for one in newest(visit, told.key, IN_FEED)
        ],
    }
    return Response(orjson.dumps(feed), media_type="application/feed+json")


def _home(visit: Visit, newsletter: Newsletter) -> str:
    return f"{visit.desk.newsroom.site.url}/archive/{newsletter.key}"


def _entry(visit: Visit, newsletter: Newsletter, place: Place) -> str:
    url = visit.desk.newsroom.site.url + place.path
    language = xml(place.edition.language or newsletter.language, _IN_ATTRIBUTE)
    return (
        f'<entry xml:lang="{language}"><title>{_line(place.edition.subject)}</title><id>{xml(url)}</id>'
        f'<link href="{xml(url, _IN_ATTRIBUTE)}"/>'
        f"<published>{stamp(place.edition.window.end)}</published><updated>{stamp(place.changed_at)}</updated>"
        f"<summary>{_line(place.summary)}</summary>"
        f'<content type="html">{xml(_content(visit, newsletter, place))}</content></entry>'
    )


def _content(visit: Visit, newsletter: Newsletter, place: Place) -> str:
    """Return an edition's stories as plain HTML."""
    mail, _ = visit.desk.newsroom.renderer.on_page(place.edition, newsletter, counted=False)
    return visit.text("feed_entry.html", mail=mail, phrases=phrases(mail.language))


def _line(text: str) -> str:
    """Return other people's text as XML takes it: no control characters."""
    return xml(clean(text, _LONGEST))
