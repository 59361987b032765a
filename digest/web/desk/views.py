"""What the edition page shows, as its templates need it, and its parts rendered again after a change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from digest.editions.display_width import displayed
from digest.editions.subjects import MAX_PREHEADER, MAX_SUBJECT, MIN_PREHEADER, Proposal, propose
from digest.model import (
    Article,
    ArticleId,
    Edition,
    EditionKey,
    EditionState,
    Item,
    Newsletter,
    Provenance,
    Section,
    SeenArticle,
)
from digest.model.desk import Change, ChangeState, Comment, Role
from digest.web.desk.changes import Generated, generated, tray
from digest.web.desk.letter.blocks import NAMES
from digest.web.desk.letter.stories import Around, pieces
from digest.web.desk.letter.views import spots
from digest.web.serving.request import Ask
from digest.words.speaking import say

ROOM_BYTES = 80_000
"""From here on the renderer lets the last stories give way."""

CLIPPED_BYTES = 102_000
"""From here on Gmail cuts a mail off."""

_CONTEXT = 240


@dataclass(frozen=True, slots=True)
class SourceSentence:
    """The place a blurb's sentence was taken from: the paragraph around it, the sentence itself marked."""

    text: str
    before: str = ""
    sentence: str = ""
    after: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item as the page shows it.

    Attributes:
        place, last: counted from 1, in its section.
        was: what it said before an editor's first word.
    """

    item: Item
    place: int
    last: int
    was: Generated
    sources: tuple[SourceSentence, ...]
    is_gone: bool


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section of the newsletter, the empty ones too: something may be carried there."""

    key: str
    title: str
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True)
class Meter:
    """How long a line is, in characters as displayed, against what inboxes show."""

    length: int
    least: int
    most: int

    @property
    def said(self) -> str:
        """Return the verdict in words."""
        if self.length > self.most:
            return say("%(length)s of %(most)s · inboxes cut it", length=self.length, most=self.most)
        if self.length < self.least:
            return say(
                "%(length)s · short: the inbox fills up with the mail’s first words", length=self.length
            )
        return say("%(length)s of %(most)s", length=self.length, most=self.most)

    @property
    def is_bad(self) -> bool:
        """Tell whether it wants another look."""
        return not self.least <= self.length <= self.most


def context(ask: Ask, edition: Edition, shown: frozenset[str] = frozenset()) -> dict[str, object]:
    """Return all that the templates of the edition page need.

    Args:
        shown: the names of stories that the page shows as they are (`letter/stories.py`).
    """
    changes = ask.desk.history.changes(edition.key)
    values = _lines(ask, edition, changes)
    told = sections(ask, edition, ask.desk.newsletters[edition.key.newsletter], changes)
    keys = tuple((one.key, one.title) for one in told)
    places = spots(edition, keys)
    talks = _talks(ask, edition)
    held = {str(item.article) for item in edition.items}
    lead = min(edition.items, key=lambda item: item.rank) if edition.items else None
    around = Around(
        sections=keys,
        spots=places,
        talks=talks,
        lead=lead.rank if lead else None,
        can_edit=bool(values["can_edit"]),
        zone=ask.desk.newsletters[edition.key.newsletter].schedule.zone,
        address=address(edition),
        csrf=ask.session.csrf if ask.session else "",
        shown=shown,
    )
    return {
        **values,
        **pieces(ask.desk.pages, around),
        "zone": around.zone,
        "sections": told,
        "spots": places,
        "block_kinds": NAMES,
        "lead": lead,
        "heard": ",".join(map(str, heard(said for talk in talks.values() for said in talk))),
        "talks_elsewhere": {about: said for about, said in talks.items() if about not in held},
        "csrf": around.csrf,
        "tray": tray(changes, edition),
    }


def _lines(ask: Ask, edition: Edition, changes: Sequence[Change]) -> dict[str, object]:
    """Return what the parts need that tell no story: the bar, the lines of the inbox, the weight."""
    newsletter = ask.desk.newsletters[edition.key.newsletter]
    standing = [change for change in changes if change.state is ChangeState.DONE]
    undone = [change for change in changes if change.state is ChangeState.UNDONE]
    can_change = edition.state in {EditionState.DRAFT, EditionState.APPROVED}
    return {
        "edition": edition,
        "newsletter": newsletter,
        "address": address(edition),
        "can_edit": can_change and ask.user.may(Role.EDITOR),
        "is_open": can_change,
        "proposals": proposals(edition),
        "subject_meter": Meter(displayed(edition.subject), 1, MAX_SUBJECT),
        "subject_b_meter": Meter(displayed(edition.subject_b), 1, MAX_SUBJECT),
        "preheader_meter": Meter(displayed(edition.preheader), MIN_PREHEADER, MAX_PREHEADER),
        "undo": standing[-1] if standing else None,
        "redo": undone[0] if undone else None,
        "changes": tuple(reversed(standing)),
        "size": len(ask.desk.rendered(edition).html.encode()),
        "budget": ROOM_BYTES,
        "clipped": CLIPPED_BYTES,
        "minutes": ask.desk.minutes(edition),
        "sender_name": newsletter.sender.name or newsletter.sender.address,
        "user": ask.user,
    }


def heard(comments: Iterable[Comment]) -> list[int]:
    """Return the comments by number, the resolved ones below zero: what tells that one more was said."""
    return sorted(one.number if one.is_open else -one.number for one in comments)


def _talks(ask: Ask, edition: Edition) -> dict[str, list[Comment]]:
    """Return what was said of each story, those that are out too."""
    found: dict[str, list[Comment]] = {}
    for one in ask.desk.newsroom.database.talks.comments(edition.key):
        found.setdefault(one.about, []).append(one)
    return found


def address(edition: Edition) -> str:
    """Return where the edition's page is."""
    return address_of(edition.key)


def address_of(key: EditionKey) -> str:
    """Return where the page of the edition with this key is."""
    return f"/desk/editions/{key.newsletter}/{key.day.isoformat()}" + (f"~{key.slot}" if key.slot else "")


def parts(ask: Ask, edition: Edition, shown: frozenset[str] = frozenset()) -> dict[str, str]:
    """Return every part of the page that can change, by the id it stands in.

    Args:
        shown: the names of stories that the page shows as they are; of those only a mark is given.
    """
    values = context(ask, edition, shown)
    names = ("bar", "standing", "head", "sections", "tray", "weight", "arms")
    return {name: ask.desk.pages.render(f"edition/{name}.html", values) for name in names}


def text_parts(ask: Ask, edition: Edition, sent: Mapping[str, Any]) -> dict[str, str]:
    """Return the parts that a change of one text touches; never the field that is typed in."""
    changes = ask.desk.history.changes(edition.key)
    values = _lines(ask, edition, changes)
    pages = ask.desk.pages
    found = {
        name: pages.render(f"edition/{name}.html", values)
        for name in ("bar", "standing", "inbox", "proposals", "weight", "arms")
    }
    for item in edition.items:
        if item.article == sent.get("article"):
            view = _item(item, 1, 1, generated(changes), _seen(ask, edition.key.newsletter, [item]))
            found[f"notes-{item.article}"] = pages.render("edition/notes.html", values | {"view": view})
    return found


def proposals(edition: Edition) -> tuple[Proposal, ...]:
    """Return three ways to announce the edition as it stands."""
    return _proposals(edition.sections, edition.title, edition.key.day, edition.language)


@lru_cache(maxsize=64)
def _proposals(parts: tuple[Section, ...], title: str, day: date, language: str) -> tuple[Proposal, ...]:
    """Remember what was proposed: typing a subject changes none of it, and must not wait for it."""
    return propose(parts, title=title, day=day, language=language)


def sections(
    ask: Ask, edition: Edition, newsletter: Newsletter, changes: Sequence[Change]
) -> tuple[SectionView, ...]:
    """Return the sections in the mail's order; those the mail lacks stand where they would."""
    seen = _seen(ask, newsletter.key, edition.items)
    was = generated(changes)
    made = {
        section.key: SectionView(
            section.key,
            section.title,
            tuple(
                _item(item, place, len(section.items), was, seen)
                for place, item in enumerate(section.items, start=1)
            ),
        )
        for section in edition.sections
    }
    if edition.key.slot:
        return tuple(made.values())
    titles = {rule.key: rule.title for rule in newsletter.sections}
    order = list(made)
    for at, key in enumerate(titles):
        if key not in made:
            made[key] = SectionView(key, titles[key], ())
            ahead = [order.index(one) for one in list(titles)[:at] if one in order]
            order.insert(max(ahead, default=-1) + 1, key)
    return tuple(made[key] for key in order)


def _seen(ask: Ask, newsletter: str, items: Sequence[Item]) -> dict[ArticleId, SeenArticle]:
    """Return the articles that stories and the sentences of their blurbs are from."""
    wanted = [item.article for item in items]
    wanted += [told.source.article for item in items for told in item.blurb.sentences if told.source]
    found = ask.desk.parts(newsletter).reading.articles.load(list(dict.fromkeys(wanted)))
    return {one.article.id: one for one in found}


def _item(
    item: Item,
    place: int,
    last: int,
    was: Mapping[ArticleId, Generated],
    seen: Mapping[ArticleId, SeenArticle],
) -> ItemView:
    found = seen.get(item.article)
    return ItemView(
        item=item,
        place=place,
        last=last,
        was=_differs(was.get(item.article, Generated()), item),
        sources=tuple(_sentence(sentence.text, sentence.source, seen) for sentence in item.blurb.sentences),
        is_gone=found is not None and found.gone_at is not None,
    )


def _differs(was: Generated, item: Item) -> Generated:
    headline = was.headline if was.headline != item.headline else None
    blurb = was.blurb if was.blurb is not None and was.blurb.text != item.blurb.text else None
    return Generated(headline, blurb)


def _sentence(
    text: str, source: Provenance | None, seen: Mapping[ArticleId, SeenArticle]
) -> SourceSentence:
    found = seen.get(source.article) if source else None
    if source is None or found is None:
        return SourceSentence(text)
    paragraph = _paragraph(found.article, source)
    before, after = paragraph[: source.start], paragraph[source.end :]
    return SourceSentence(
        text=text,
        before=("…" if len(before) > _CONTEXT else "") + before[-_CONTEXT:],
        sentence=paragraph[source.start : source.end],
        after=after[:_CONTEXT] + ("…" if len(after) > _CONTEXT else ""),
        where=f"{found.article.publisher or found.article.source}: {found.article.title}",
    )


def _paragraph(article: Article, source: Provenance) -> str:
    """Return the paragraph a sentence was taken from; empty where the article has changed since."""
    if source.passage < 0:
        return article.summary
    passages = article.passages
    if source.passage >= len(passages) or source.paragraph >= len(passages[source.passage].paragraphs):
        return ""
    return passages[source.passage].paragraphs[source.paragraph]
