"""The public archive: its list, its search, and each edition as a page that anybody may pass on."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from starlette.responses import Response

from digest.errors import UnknownEdition
from digest.rendering.phrases import direction, page_phrases, phrases
from digest.rendering.theme import Palette, Theme
from digest.storage.searching.words import LONGEST_SEARCH
from digest.web.public import structured
from digest.web.public.places import (
    month_of,
    months,
    newest,
    newsletter_of,
    of_month,
    place_at,
    searched,
    stamp,
)
from digest.web.public.visit import Visit
from digest.web.serving.limits import refused
from digest.web.serving.request import household_of

LISTED = 60

PICTURED_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' https:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""For our own pages with publishers' pictures: nothing runs; a block of data never does."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to pass a page on: a plain link, which tells nobody anything until it is pressed."""

    name: str
    url: str


def archive(visit: Visit) -> Response:
    """List a newsletter's editions, newest first: the newest, those of a month, or those a search finds."""
    told = newsletter_of(visit)
    theme = visit.desk.newsroom.renderer.theme(told)
    wanted = visit.request.query_params.get("q", "")[:LONGEST_SEARCH].strip()
    month = month_of(visit.request.query_params.get("month", ""))
    if wanted:
        _refuse_too_many(visit)
        places = searched(visit, told.key, wanted)
    else:
        places = of_month(visit, told.key, month) if month else newest(visit, told.key, LISTED)
    facts = structured.of_archive(places, told, visit.desk.newsroom.site, logo=theme.logo)
    return _pictured(
        visit.page(
            "archive.html",
            language=told.language,
            newsletter=told,
            theme=theme,
            places=places,
            wanted=wanted,
            month=None if wanted else month,
            months=months(visit, told.key),
            facts=structured.block(facts),
            tongue=_tongue(told.language),
        )
    )


def edition(visit: Visit) -> Response:
    """Show an edition as anybody may read it: a page of its own, with no reader's name or link."""
    told = newsletter_of(visit)
    try:
        place = place_at(visit, told)
    except UnknownEdition:
        return visit.not_ours()
    site = visit.desk.newsroom.site
    mail, theme = visit.desk.newsroom.renderer.on_page(place.edition, told, counted=True)
    url = site.url + place.path
    facts = structured.of_edition(place, mail, told, site, logo=theme.logo)
    return _pictured(
        visit.page(
            "edition.html",
            language=mail.language,
            newsletter=told,
            theme=theme,
            mail=mail,
            phrases=phrases(mail.language),
            url=url,
            published=stamp(place.edition.window.end),
            changed=stamp(place.changed_at),
            ways=ways(url, mail.subject),
            facts=structured.block(facts),
            tongue=_tongue(mail.language),
        )
    )


def look(visit: Visit) -> Response:
    """Give the newsletter's colors and font as a sheet for its pages."""
    theme = visit.desk.newsroom.renderer.theme(newsletter_of(visit))
    return Response(sheet(theme), media_type="text/css")


def sheet(theme: Theme) -> str:
    """Return the rules that put a newsletter's looks over the usual ones; a theme holds checked values."""
    return (
        f":root {{ {_colors(theme.light)} --plate: {theme.light.plate}; "
        f"--on-plate: {theme.light.on_plate}; }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {_colors(theme.dark)} }} }}\n"
        f"body {{ font-family: {theme.font}; }}\n"
    )


def ways(url: str, subject: str) -> tuple[Way, ...]:
    """Return where a page may be passed on to; the first by mail, without a name."""
    where, what = quote(url, safe=""), quote(subject, safe="")
    both = f"{what}%20{where}"
    return (
        Way("", f"mailto:?subject={what}&body={where}"),
        Way("WhatsApp", f"https://wa.me/?text={both}"),
        Way("Telegram", f"https://t.me/share/url?url={where}&text={what}"),
        Way("Bluesky", f"https://bsky.app/intent/compose?text={both}"),
        Way("Facebook", f"https://www.facebook.com/sharer/sharer.php?u={where}"),
    )


def _colors(palette: Palette) -> str:
    return (
        f"--paper: {palette.paper}; --ink: {palette.ink}; --quiet: {palette.muted}; --line: {palette.rule};"
        f" --accent: {palette.accent}; --on-accent: {palette.paper};"
    )


def _tongue(language: str) -> tuple[str, str]:
    """Return language and direction of what a newsroom wrote, where the page's own words are in another."""
    if page_phrases(language).language == language:
        return ("", "")
    return (language, direction(language))


def _pictured(page: Response) -> Response:
    page.headers["content-security-policy"] = PICTURED_POLICY
    return page


def _refuse_too_many(visit: Visit) -> None:
    """Count a search of this network.

    Raises:
        HTTPException: it has searched too often.
    """
    who = household_of(visit.request)
    if not visit.gate.searches.take(who, now=visit.now):
        raise refused("Too many searches.", visit.gate.searches.wait(who, now=visit.now))
