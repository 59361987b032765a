"""What pages tell machines of themselves: schema.org as JSON-LD, in a block that no browser runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import orjson
from markupsafe import Markup

from digest.model import Newsletter, Site
from digest.rendering.context import MailContext
from digest.rendering.prose import Href
from digest.web.public.places import Place, stamp

Facts = Mapping[str, object]

_SCHEMA = "https://schema.org"
_IN_A_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""What could end a script block, written as JSON may write it."""


def block(facts: Facts) -> Markup:
    """Return facts as JSON that may stand in a script block; what is empty is left out."""
    known = {name: value for name, value in facts.items() if value not in ("", [])}
    said = orjson.dumps({"@context": _SCHEMA, **known}).decode()
    for sign, written in _IN_A_SCRIPT.items():
        said = said.replace(sign, written)
    # Holds no sign any more that HTML would read.
    return Markup(said)  # noqa: S704


def of_edition(place: Place, mail: MailContext, newsletter: Newsletter, site: Site, *, logo: str) -> Facts:
    """Return an edition as an article whose parts are its stories."""
    url = site.url + place.path
    stories = [(f"{url}#story-{one.number}", one.headline) for one in mail.stories]
    return {
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "headline": mail.subject,
        "description": mail.preheader,
        "inLanguage": mail.language,
        "isAccessibleForFree": True,
        "datePublished": stamp(place.edition.window.end),
        "dateModified": stamp(place.changed_at),
        "author": _publisher(site, logo),
        "publisher": _publisher(site, logo),
        "isPartOf": {
            "@type": "Periodical",
            "name": newsletter.title,
            "url": f"{site.url}/archive/{newsletter.key}",
        },
        "image": _pictures(mail),
        "hasPart": _list(stories),
    }


def of_archive(places: Sequence[Place], newsletter: Newsletter, site: Site, *, logo: str) -> Facts:
    """Return an archive as a page with a list of editions."""
    url = f"{site.url}/archive/{newsletter.key}"
    return {
        "@type": "CollectionPage",
        "@id": url,
        "url": url,
        "name": newsletter.title,
        "inLanguage": newsletter.language,
        "publisher": _publisher(site, logo),
        "mainEntity": _list([(site.url + one.path, one.edition.subject) for one in places]),
    }


def _publisher(site: Site, logo: str) -> Facts:
    told = {"@type": "Organization", "name": site.name, "url": site.url}
    return {**told, "logo": {"@type": "ImageObject", "url": str(logo)}} if logo else told


def _pictures(mail: MailContext) -> list[Href]:
    return [one.picture.url for one in mail.stories if one.picture]


def _list(entries: Sequence[tuple[str, str]]) -> Facts:
    return {
        "@type": "ItemList",
        "numberOfItems": len(entries),
        "itemListElement": [
            {"@type": "ListItem", "position": number, "url": url, "name": name}
            for number, (url, name) in enumerate(entries, start=1)
        ],
    }
