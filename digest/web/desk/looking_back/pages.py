"""All editions of a newsletter and the articles of any day, by their words; and a mail as it was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from digest.errors import UnknownEdition
from digest.model import Edition, EditionKey, EditionState, Item, Newsletter, SourceKey, Tally, Variant
from digest.model.desk import Role
from digest.selection.sections import Sectioning, sections_of
from digest.storage.desk.looking_back import FoundArticle
from digest.storage.searching.words import LONGEST_SEARCH, sought
from digest.web.desk.preview import PICTURES, as_light, with_pictures
from digest.web.desk.views import address, address_of
from digest.web.serving.copies import anybodys
from digest.web.serving.headers import MAIL_POLICY
from digest.web.serving.request import Ask

PAGE = 30
MOST_LOOKED_AT = 600
"""Articles that one page of a section looks at; the next page goes on behind them."""

_LEFT = frozenset({EditionState.DISPATCHING, EditionState.CLOSED})


@dataclass(frozen=True, slots=True)
class Past:
    """An edition in the list.

    Attributes:
        place: where its own page of looking back is.
        found: the stories that say what was sought.
    """

    edition: Edition
    place: str
    tally: Tally | None
    found: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """An article in the list.

    Attributes:
        told: editions that hold it, with where their pages are.
        section: the title of the section it belongs to.
    """

    found: FoundArticle
    section: str
    told: tuple[tuple[EditionKey, str], ...]


def start(ask: Ask) -> Response:
    """Go to the first newsletter's editions."""
    first = next(iter(ask.newsletters.values()), None)
    if first is None:
        raise HTTPException(404)
    return RedirectResponse(f"/desk/look-back/{first.key}", 303)


def editions(ask: Ask) -> Response:
    """List a newsletter's editions, the newest first, or those that say what is sought."""
    newsletter = _newsletter(ask)
    wanted = ask.query.get("q", "")[:LONGEST_SEARCH].strip()
    what = sought(wanted)
    found = (
        ask.desk.newsroom.database.looking_back.editions(
            newsletter.key, what, limit=PAGE + 1, after=_edition_after(ask, newsletter)
        )
        if what or not wanted
        else ()
    )
    shown = tuple(
        Past(
            one.edition,
            _place(one.edition.key),
            ask.desk.ledger.tally(one.edition.key) if one.edition.state in _LEFT else None,
            tuple(item for item in one.edition.items if item.article in one.stories),
        )
        for one in found[:PAGE]
    )
    after = str(shown[-1].edition.key).partition("/")[2] if len(found) > PAGE else ""
    return ask.page(
        "looking_back/editions.html",
        _about(ask, newsletter, wanted),
        shown=shown,
        problem=ask.query.get("problem", "")[:300],
        further=_further(ask, after),
    )


def articles(ask: Ask) -> Response:
    """List the articles of a newsletter's sources of any day."""
    newsletter = _newsletter(ask)
    wanted = ask.query.get("q", "")[:LONGEST_SEARCH].strip()
    source, section = ask.query.get("source", ""), ask.query.get("section", "")
    lines, last = _lines(ask, newsletter, wanted, source, section)
    known = [str(one) for one in newsletter.sources]
    return ask.page(
        "looking_back/articles.html",
        _about(ask, newsletter, wanted),
        lines=lines,
        sources=known,
        rules=sections_of(newsletter),
        source=source,
        section=section,
        since=ask.query.get("since", ""),
        until=ask.query.get("until", ""),
        further=_further(ask, _mark(last) if last else ""),
    )


def edition(ask: Ask) -> Response:
    """Show one edition: its mail as it was sent, how it did, and its stories to take up again."""
    found = ask.desk.edition(ask.key)
    newsletter = _newsletter(ask)
    is_sent = found.state in _LEFT and ask.desk.ledger.dispatch(found.key) is not None
    return ask.page(
        "looking_back/edition.html",
        _about(ask, newsletter, ""),
        edition=found,
        address=address(found),
        place=_place(found.key),
        is_sent=is_sent,
        tally=ask.desk.ledger.tally(found.key) if is_sent else None,
        feedback=ask.desk.ledger.feedback(found.key) if is_sent else None,
        clicks=ask.desk.newsroom.database.clicks.of(found.key).by_url if is_sent else {},
        corrections=ask.desk.history.corrections(found.key),
    )


def mail(ask: Ask) -> Response:
    """Give the bytes that were sent, for a frame: nobody's name in them, pictures fetched through us."""
    key = ask.key
    _newsletter(ask)
    if ask.desk.ledger.dispatch(key) is None:
        raise UnknownEdition(str(key))
    sent = ask.desk.ledger.rendered(key, Variant())
    page = anybodys(sent.html, f"{ask.desk.newsroom.site.url}/archive/{key.newsletter}", is_html=True)
    shown = with_pictures(as_light(page), PICTURES, are_shown=True)
    return HTMLResponse(shown, headers={"content-security-policy": MAIL_POLICY})


def _newsletter(ask: Ask) -> Newsletter:
    try:
        return ask.newsletters[ask.request.path_params["newsletter"]]
    except KeyError as error:
        raise HTTPException(404) from error


def _about(ask: Ask, newsletter: Newsletter, wanted: str) -> dict[str, object]:
    """Return what all pages of looking back show: and the draft that a story can be put in today."""
    latest = ask.desk.editions.latest(newsletter.key)
    is_open = latest is not None and latest.state in {EditionState.DRAFT, EditionState.APPROVED}
    return {
        "newsletter": newsletter,
        "newsletters": ask.newsletters,
        "wanted": wanted,
        "is_no_search": bool(wanted) and not sought(wanted),
        "zone": newsletter.schedule.zone,
        "home": f"/desk/look-back/{newsletter.key}",
        "draft": latest if is_open else None,
        "draft_address": address(latest) if latest is not None and is_open else "",
        "may_add": is_open and ask.user.may(Role.EDITOR),
    }


def _lines(
    ask: Ask, newsletter: Newsletter, wanted: str, source: str, section: str
) -> tuple[list[Line], FoundArticle | None]:
    """Return a page of articles, and the last one looked at where there may be more behind it."""
    sources = [one for one in newsletter.sources if not source or one == source]
    sectioning = Sectioning(sections_of(newsletter), newsletter.source_sections)
    zone = newsletter.schedule.zone
    since, until = _day(ask.query.get("since", "")), _day(ask.query.get("until", ""))
    after = _article_after(ask)
    lines: list[Line] = []
    last: FoundArticle | None = None
    what = sought(wanted)
    if wanted and not what:
        return lines, last
    for _ in range(MOST_LOOKED_AT // PAGE):
        found = ask.desk.newsroom.database.looking_back.articles(
            [SourceKey(one) for one in sources],
            what,
            limit=PAGE + 1,
            newsletter=newsletter.key,
            since=datetime.combine(since, time(), zone) if since else None,
            until=datetime.combine(until + timedelta(days=1), time(), zone) if until else None,
            after=after,
        )
        for one in found[:PAGE]:
            placed = sectioning.place(one.seen.article)
            if not section or (placed is not None and placed.section.key == section):
                told = tuple((key, _place(key)) for key in one.told_in)
                lines.append(Line(one, placed.section.title if placed else "", told))
            last = one
            if len(lines) == PAGE:
                break
        is_more = len(found) > PAGE or (last is not None and found and last is not found[-1])
        if not is_more:
            return lines, None
        if len(lines) == PAGE or last is None:
            return lines, last
        after = last.at, last.seen.article.id
    return lines, last


def _place(key: EditionKey) -> str:
    return address_of(key).replace("/desk/editions/", "/desk/look-back/", 1)


def _further(ask: Ask, after: str) -> str:
    """Return the address of the next page; empty where this is the last."""
    if not after:
        return ""
    query: Mapping[str, str] = {**ask.query, "after": after}
    return f"{ask.request.url.path}?{urlencode(query)}"


def _edition_after(ask: Ask, newsletter: Newsletter) -> EditionKey | None:
    day, _, slot = ask.query.get("after", "").partition("/")
    found = _day(day)
    return EditionKey(newsletter.key, found, slot) if found else None


def _article_after(ask: Ask) -> tuple[datetime, str] | None:
    at, _, name = ask.query.get("after", "").partition("/")
    try:
        moment = datetime.fromisoformat(at).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return (moment, name[:16]) if name else None


def _mark(one: FoundArticle) -> str:
    return f"{one.at.astimezone(UTC).isoformat()}/{one.seen.article.id}"


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return found if found and 1 < found.year < 9_999 else None
