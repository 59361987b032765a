"""A story added by its address: known from the crawls, or read from its page."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from digest.editions.revisions import Restore
from digest.errors import BadData
from digest.model import Article, CanonicalUrl, SourceKey
from digest.ports import Collected
from digest.settings.unpacking import user_agent_of
from digest.sources.pages.extraction import extract
from digest.sources.web.fetching import Fetcher, FetchFailed
from digest.sources.web.urls import canonical, shown_link
from digest.web.desk.commands import Command, Subject, adding
from digest.web.serving.state import Desk
from digest.words.speaking import in_quotes, later, say

SOURCE = SourceKey("desk")
"""The source of articles that editors brought by hand."""

LOOKED_BACK = timedelta(days=60)

LONGEST_ADDRESS, SHORT = 2_000, 400
"""Characters: of an address, and of a text beside a password's field that is no article."""

_BY_HAND = later("Write the story by hand.")
_LATER = later("Try again later, or write the story by hand.")
_WEB = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)
_BARE = re.compile(r"[^\s/:?#@]+\.[^\s/:?#@.]+(?::\d{1,5})?(?:[/?#]|$)")
_PASSWORD = re.compile(rb"type\s{0,3}=\s{0,3}[\"']?password", re.IGNORECASE)


def read_page(url: str, subject: Subject, desk: Desk, *, now: datetime, section: str = "") -> Command:
    """Return the change that adds the article at `url`.

    Args:
        section: its key; where it is none of the newsletter's, the one for all the rest.

    Raises:
        BadData: no address, nothing to read there, or the edition holds it.
    """
    url = _whole(url)
    if not url or len(url) > LONGEST_ADDRESS:
        raise BadData(say("The address"), say("it does not begin with https://"))
    try:
        address, link = canonical(url), shown_link(url)
    except BadData as error:
        raise BadData(say("The address"), say("it does not begin with https://")) from error
    article = _known(address, subject, now) or _fetched(address, link, desk, subject, now)
    command = adding(article, subject, section)
    _check_unsent(command, article, subject)
    return command


def _whole(typed: str) -> str:
    """Return the address that somebody means who leaves out its scheme; empty for none of the web."""
    typed = typed.strip()
    if _WEB.match(typed):
        return typed
    return f"https://{typed}" if _BARE.match(typed) else ""


def _check_unsent(command: Command, article: Article, subject: Subject) -> None:
    """Pass where no other edition tells the article: readers had it, or will have it.

    Raises:
        BadData: one does; says which.
    """
    assert isinstance(command.revision, Restore)
    edition = subject.edition
    sent = subject.parts.editions.already_sent(
        edition.key.newsletter, before=edition.key, since=edition.window.start - LOOKED_BACK
    )
    held = next(
        (sent.identities[one] for one in command.revision.item.identities if one in sent.identities), None
    )
    if held is not None:
        raise BadData(
            in_quotes(article.title), say("%(edition)s holds it already.", edition=held).rstrip(".")
        )


def _why(error: FetchFailed) -> tuple[str, str]:
    """Return why a page was not had, and what to do, in the language of who asks.

    Where an address lies that operators may allow, the fetcher says best; that is told again.
    """
    status = error.status
    if status in {404, 410}:
        return say("nothing is there (%(status)s)", status=status), say("Check the address.")
    if status in {401, 402, 403, 451}:
        return say("its server does not let us read it (%(status)s)", status=status), say(_BY_HAND)
    if status:
        return say("its server can’t give it now (%(status)s)", status=status), say(_LATER)
    if error.problem.startswith("redirects "):
        return say("it leads on and on, and to no page"), say("Check the address.")
    if error.problem.startswith("gave no full answer"):
        return say("it took too long to answer"), say(_LATER)
    if error.problem.startswith(("can't be reached", "failed at the TLS", "broke off")):
        return say("its server can’t be reached"), say(_LATER)
    return error.problem, ""


def _known(address: CanonicalUrl, subject: Subject, now: datetime) -> Article | None:
    sources = (*subject.newsletter.sources, SOURCE)
    seen = subject.parts.reading.articles.seen(
        sources, since=now - LOOKED_BACK, until=now + timedelta(seconds=1)
    )
    return next((one.article for one in seen if one.article.url == address and one.gone_at is None), None)


def _fetched(address: CanonicalUrl, link: str, desk: Desk, subject: Subject, now: datetime) -> Article:
    settings = desk.loaded.settings
    fetcher = Fetcher(
        user_agent=user_agent_of(settings), allowed_hosts=settings.fetching.allowed_hosts, deadline_s=10.0
    )
    try:
        page = fetcher.get(address)
    except FetchFailed as error:
        raise BadData(say("The page"), *_why(error)) from error
    finally:
        fetcher.close()
    address, place = canonical(page.url), link.partition("#")[2]
    link = shown_link(page.url)
    if place and "#" not in link:
        # As in a browser: a redirect that names no place leads to the one asked for (RFC 9110, 10.2.2).
        link = f"{link}#{place}"
    if known := _known(address, subject, now):
        return known
    schedule = subject.newsletter.schedule
    found = extract(page.body, url=address, charset=page.charset, zone=schedule.zone, now=now)
    length = sum(len(told) for passage in found.passages for told in passage.paragraphs)
    if length < SHORT and _PASSWORD.search(page.body):
        raise BadData(say("The page"), say("it asks for a log-in"), say(_BY_HAND))
    if not found.title or not found.passages:
        raise BadData(say("The page"), say("it has no article that can be read"), say("Check the address."))
    article = Article(
        source=SOURCE,
        url=address,
        title=found.title,
        byline=found.byline,
        published=found.published.at,
        published_on=found.published.on,
        summary=found.summary,
        passages=found.passages,
        language=found.language,
        tags=found.tags,
        image=found.image,
        publisher=found.publisher,
        link=link if link != address else "",
    )
    collected = Collected(articles=(article,))
    subject.parts.reading.articles.record(SOURCE, collected, undated_count_from_first_seen=True, now=now)
    return article
