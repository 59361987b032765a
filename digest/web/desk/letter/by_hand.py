"""A story that an editor writes by hand: an item as all others, of no source."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from digest.editions.display_width import one_line
from digest.editions.revisions import Restore, editor_blurb
from digest.errors import BadData
from digest.model import ArticleId, Item, SourceKey, article_id
from digest.rendering.prose import holds_login
from digest.web.desk import deeds
from digest.web.desk.commands import LONGEST_BLURB, LONGEST_LINE, Command, Subject, place_in
from digest.words.speaking import later, say

SOURCE = SourceKey("by-hand")
_NAMES = {
    "headline": later("The headline"),
    "text": later("The text"),
    "url": later("The address"),
    "section": later("The section"),
}


def read(sent: Mapping[str, Any], subject: Subject) -> Command:
    """Return the change that puts a hand-written story into a section, last.

    Raises:
        BadData: it has no headline, is too long, its address is none, or there is no such section.
    """
    headline = one_line(_text(sent, "headline", LONGEST_LINE))
    text, url = _text(sent, "text", LONGEST_BLURB), _text(sent, "url", 2_000).strip()
    if not headline:
        raise BadData(say("The headline"), say("it is empty"), say("Write one."))
    if url and not url.startswith(("https://", "http://")):
        raise BadData(say("The address"), say("it does not begin with https://"))
    if holds_login(url):
        raise BadData(
            say("The address"), say("it holds a user name or a password, which every reader would have")
        )
    place = place_in(subject, _text(sent, "section", 100), 1_000)
    item = Item(
        article=_name(subject),
        headline=headline,
        url=url,
        blurb=editor_blurb(text),
        language=subject.edition.language,
        rank=len(subject.edition.items),
    )
    return Command(Restore(item, place), deeds.WROTE_BY_HAND % {"story": headline, "section": place.title})


def _name(subject: Subject) -> ArticleId:
    return article_id(SOURCE, f"{subject.edition.key} {secrets.token_hex(8)}")


def _text(sent: Mapping[str, Any], name: str, most: int) -> str:
    value = sent.get(name, "")
    if not isinstance(value, str):
        raise BadData(say("The story"), say("%(name)s is no text", name=name), say("Load the page again."))
    if len(value) > most:
        raise BadData(
            say(_NAMES[name]),
            say("it has %(count)s characters, %(most)s at most", count=len(value), most=most),
            say("Shorten it."),
        )
    return value
