"""What becomes of an edition when articles it holds are withdrawn by their publishers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from digest.editions.revisions import Drop
from digest.editions.stored_changes import dumped
from digest.editions.subjects import preheader, propose
from digest.model import ArticleId, Edition, Item, SeenArticle
from digest.model.desk import Change

WITHDRAWER = "digest"
"""Who drops withdrawn stories, as the history names it."""


def held(edition: Edition) -> tuple[ArticleId, ...]:
    """Return every article the edition tells of or links to, each once."""
    ids = (one for item in edition.items for one in (item.article, *item.articles))
    return tuple(dict.fromkeys(ids))


def without_gone(edition: Edition, seen: Iterable[SeenArticle]) -> Edition:
    """Return the edition without the articles among `seen` that are gone; the same where none is.

    A story whose leading article is gone goes whole, for its blurb is that article's text; of another
    one only the link goes. The subject stays where the story it tells stays; an A/B test ends, for its
    other subject may tell what is gone.
    """
    gone = {one.article.id: one.article for one in seen if one.gone_at is not None}
    if not gone.keys() & set(held(edition)):
        return edition
    ranked = sorted(edition.items, key=lambda item: item.rank)
    kept = [item for item in ranked if item.article not in gone]
    ranks = {item.article: rank for rank, item in enumerate(kept)}
    urls = {url for one in gone.values() for url in (one.url, one.address)}

    def left(item: Item) -> Item:
        return replace(
            item,
            rank=ranks[item.article],
            articles=tuple(one for one in item.articles if one not in gone),
            also=tuple(one for one in item.also if one.url not in urls),
        )

    sections = tuple(
        replace(one, items=tuple(left(item) for item in one.items if item.article in ranks))
        for one in edition.sections
    )
    left_over = replace(edition, sections=tuple(one for one in sections if one.items))
    if not kept or len(kept) == len(ranked):
        return left_over
    dropped = [item for item in ranked if item.article in gone]
    is_told = ranked[0] in dropped or any(item.headline in edition.subject for item in dropped)
    return _announced_anew(left_over, is_told=is_told)


def told(before: Edition, after: Edition, *, now: datetime) -> tuple[Change, ...]:
    """Return what the edition's history says of the stories that went, each with what would undo it."""
    left = {item.article for item in after.items}
    found = []
    for item in before.items:
        if item.article not in left:
            drop = Drop(item.article)
            said = f"dropped “{item.headline}”: its publisher has withdrawn it"
            backward = dumped(drop.inverse(before))
            found.append(Change(before.revision, WITHDRAWER, now, said, dumped(drop), backward))
            before = drop.change(before)
    return tuple(found)


def _announced_anew(edition: Edition, *, is_told: bool) -> Edition:
    """Return the edition with a preheader, and a subject where the old one told what is gone."""
    title, language = edition.title, edition.language
    if is_told:
        first = propose(edition.sections, title=title, day=edition.key.day, language=language)[0]
        return replace(edition, subject=first.subject, preheader=first.preheader, subject_b="")
    ranked = sorted(edition.items, key=lambda item: item.rank)
    line = preheader(edition.subject, ranked, fallback=title, language=language)
    return replace(edition, preheader=line, subject_b="")
