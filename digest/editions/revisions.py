"""What an editor does to a draft, one change as one value, each with the change that undoes it.

`apply` never alters its edition and raises nothing but `EditionConflict`. Ranks stay a permutation:
a dropped item's place closes up, a restored one opens it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from digest.editions.block_changes import BlockChange
from digest.editions.display_width import one_line, paragraphs
from digest.errors import EditionConflict
from digest.model import ArticleId, Blurb, BlurbSentence, Decision, Edition, EditionState, Item, Section


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in an edition; the section is made, at `section_at`, where the edition has none.

    Attributes:
        at: index among the section's items; beyond the end means last.
    """

    section: str
    at: int = 0
    title: str = ""
    section_at: int = 1_000


@dataclass(frozen=True, slots=True)
class Reorder:
    """Put a section's items in this order.

    Attributes:
        ranks: one for each item of the order; empty to deal the section's ranks out anew, best first.
    """

    section: str
    order: tuple[ArticleId, ...]
    ranks: tuple[int, ...] = ()

    def change(self, edition: Edition) -> Edition:
        """Return the edition with the change made, its revision number as it was."""
        return _reordered(self, edition)

    def inverse(self, edition: Edition) -> Reorder:
        """Return the change that undoes this one."""
        items = _section(edition, self.section).items
        return Reorder(self.section, tuple(i.article for i in items), tuple(i.rank for i in items))


@dataclass(frozen=True, slots=True)
class Pin:
    """Mark an item as the editor's own choice, or take the mark away.

    Attributes:
        rank: where it goes among all items; None for where it is, so that the lead stays the lead.
    """

    article: ArticleId
    is_pinned: bool = True
    rank: int | None = None

    def change(self, edition: Edition) -> Edition:
        """Return the edition with the change made, its revision number as it was."""
        return _pinned(self, edition)

    def inverse(self, edition: Edition) -> Pin:
        """Return the change that undoes this one."""
        item = _item(edition, self.article)
        return Pin(self.article, item.is_pinned, item.rank)


@dataclass(frozen=True, slots=True)
class Drop:
    """Take an item out; a section left empty goes with it."""

    article: ArticleId

    def change(self, edition: Edition) -> Edition:
        """Return the edition with the change made, its revision number as it was."""
        return _dropped(edition, self.article)

    def inverse(self, edition: Edition) -> Restore:
        """Return the change that undoes this one."""
        return Restore(_item(edition, self.article), _place(edition, self.article))


@dataclass(frozen=True, slots=True)
class Restore:
    """Put an item in, at its own rank."""

    item: Item
    place: Place

    def change(self, edition: Edition) -> Edition:
        """Return the edition with the change made, its revision number as it was."""
        return _restored(edition, self.item, self.place)

    def inverse(self, _edition: Edition) -> Drop:
        """Return the change that undoes this one."""
        return Drop(self.item.article)


@dataclass(frozen=True, slots=True)
class Move:
    """Carry an item to another place or section; its rank stays.

    Attributes:
        orders: how sections that it leaves or comes to stand afterwards, so that pins stay where they
            are; as they come where not named.
    """

    article: ArticleId
    place: Place
    orders: tuple[tuple[str, tuple[ArticleId, ...]], ...] = ()

    def change(self, edition: Edition) -> Edition:
        """Return the edition with the change made, its revision number as it was."""
        item = _item(edition, self.article)
        moved = _with(_without(edition, self.article), item, self.place)
        for key, order in self.orders:
            moved = _arranged(moved, key, order)
        return moved

    def inverse(self, edition: Edition) -> Move:
        """Return the change that undoes this one."""
        touched = {_place(edition, self.article).section, self.place.section}
        before = tuple(
            (section.key, tuple(item.article for item in section.items))
            for section in edition.sections
            if section.key in touched
        )
        return Move(self.article, _place(edition, self.article), before if self.orders else ())


@dataclass(frozen=True, slots=True)
class Retitle:
    """Give an item another headline."""

    article: ArticleId
    headline: str

    def change(self, edition: Edition) -> Edition:
        """Return the edition with the change made, its revision number as it was."""
        text = _needed(edition, "headline", self.headline)
        return _with_item(edition, self.article, lambda item: replace(item, headline=text))

    def inverse(self, edition: Edition) -> Retitle:
        """Return the change that undoes this one."""
        return Retitle(self.article, _item(edition, self.article).headline)


@dataclass(frozen=True, slots=True)
class RewriteBlurb:
    """Give an item another blurb; `editor_blurb` makes one of typed text."""

    article: ArticleId
    blurb: Blurb

    def change(self, edition: Edition) -> Edition:
        """Return the edition with the change made, its revision number as it was."""
        return _with_item(edition, self.article, lambda item: replace(item, blurb=self.blurb))

    def inverse(self, edition: Edition) -> RewriteBlurb:
        """Return the change that undoes this one."""
        return RewriteBlurb(self.article, _item(edition, self.article).blurb)


@dataclass(frozen=True, slots=True)
class SetSubject:
    """Give the edition another subject."""

    subject: str

    def change(self, edition: Edition) -> Edition:
        """Return the edition with the change made, its revision number as it was."""
        subject = _needed(edition, "subject", self.subject)
        return _with_subjects(edition, subject, edition.subject_b)

    def inverse(self, edition: Edition) -> SetSubject:
        """Return the change that undoes this one."""
        return SetSubject(edition.subject)


@dataclass(frozen=True, slots=True)
class SetSubjectB:
    """Give the edition a second subject to test against the first; an empty one ends the test."""

    subject_b: str

    def change(self, edition: Edition) -> Edition:
        """Return the edition with the change made, its revision number as it was."""
        return _with_subjects(edition, edition.subject, one_line(self.subject_b))

    def inverse(self, edition: Edition) -> SetSubjectB:
        """Return the change that undoes this one."""
        return SetSubjectB(edition.subject_b)


@dataclass(frozen=True, slots=True)
class SetPreheader:
    """Give the edition another preheader."""

    preheader: str

    def change(self, edition: Edition) -> Edition:
        """Return the edition with the change made, its revision number as it was."""
        return replace(edition, preheader=one_line(self.preheader))

    def inverse(self, edition: Edition) -> SetPreheader:
        """Return the change that undoes this one."""
        return SetPreheader(edition.preheader)


Revision = (
    Reorder
    | Pin
    | Drop
    | Restore
    | Move
    | Retitle
    | RewriteBlurb
    | SetSubject
    | SetSubjectB
    | SetPreheader
    | BlockChange
)
"""One editor change."""


def apply(revision: Revision, edition: Edition) -> Edition:
    """Return the edition with the change made and its revision number one higher.

    Raises:
        EditionConflict: it is past draft, or the change speaks of what it does not hold.
    """
    if edition.state is not EditionState.DRAFT:
        raise EditionConflict(str(edition.key), f"it is {edition.state.value}, only a draft can be changed")
    return replace(revision.change(edition), revision=edition.revision + 1)


def invert(revision: Revision, edition: Edition) -> Revision:
    """Return the change that undoes `revision` on `apply(revision, edition)`.

    Raises:
        EditionConflict: the change speaks of what the edition does not hold.
    """
    return revision.inverse(edition)


def wishes(
    edition: Edition, decisions: Sequence[Decision]
) -> tuple[tuple[ArticleId, ...], tuple[ArticleId, ...]]:
    """Return what an editor pinned, best first, and took out: the selection chose it and it isn't there.

    Args:
        decisions: of the selection that the edition was made of.
    """
    pins = tuple(item.article for item in _ranked(edition) if item.is_pinned)
    there = {article for item in edition.items for article in (item.article, *item.articles)}
    return pins, tuple(one.article for one in decisions if one.is_in and one.article not in there)


def editor_blurb(text: str) -> Blurb:
    """Return the blurb an editor typed, as one sentence without provenance; empty for no text.

    Its paragraphs stay, and what marks words bold, italic or a link.
    """
    told = paragraphs(text)
    return Blurb((BlurbSentence(told),) if told else (), written_by="editor")


def _needed(edition: Edition, name: str, text: str) -> str:
    line = one_line(text)
    if not line:
        raise EditionConflict(str(edition.key), f"an empty {name} was given")
    return line


def _with_subjects(edition: Edition, subject: str, subject_b: str) -> Edition:
    if subject == subject_b:
        raise EditionConflict(str(edition.key), "both subjects of its test would say the same")
    return replace(edition, subject=subject, subject_b=subject_b)


def _item(edition: Edition, article: ArticleId) -> Item:
    for item in edition.items:
        if item.article == article:
            return item
    raise EditionConflict(str(edition.key), f"it holds no article {article}")


def _section(edition: Edition, key: str) -> Section:
    for section in edition.sections:
        if section.key == key:
            return section
    raise EditionConflict(str(edition.key), f"it has no section {key!r}")


def _place(edition: Edition, article: ArticleId) -> Place:
    for section_at, section in enumerate(edition.sections):
        for at, item in enumerate(section.items):
            if item.article == article:
                return Place(section.key, at, section.title, section_at)
    raise EditionConflict(str(edition.key), f"it holds no article {article}")


def _arranged(edition: Edition, key: str, order: Sequence[ArticleId]) -> Edition:
    """Return the edition with one section's items in this order, ranks as they were."""
    items = {item.article: item for item in _section(edition, key).items}
    if set(order) != items.keys() or len(order) != len(items):
        raise EditionConflict(
            str(edition.key), f"section {key!r} holds other articles than the order names"
        )
    arranged = tuple(items[article] for article in order)
    sections = tuple(replace(one, items=arranged) if one.key == key else one for one in edition.sections)
    return replace(edition, sections=sections)


def _with_item(edition: Edition, article: ArticleId, change: Callable[[Item], Item]) -> Edition:
    _item(edition, article)
    return _mapped(edition, lambda item: change(item) if item.article == article else item)


def _mapped(edition: Edition, change: Callable[[Item], Item]) -> Edition:
    sections = (replace(one, items=tuple(map(change, one.items))) for one in edition.sections)
    return replace(edition, sections=tuple(sections))


def _pinned(revision: Pin, edition: Edition) -> Edition:
    item = _item(edition, revision.article)
    marked = _with_item(edition, item.article, lambda one: replace(one, is_pinned=revision.is_pinned))
    if revision.rank is None:
        return marked
    order = [one for one in _ranked(edition) if one.article != item.article]
    order.insert(revision.rank, item)
    return _reranked(marked, order)


def _reordered(revision: Reorder, edition: Edition) -> Edition:
    items = {item.article: item for item in _section(edition, revision.section).items}
    if sorted(items) != sorted(revision.order):
        raise EditionConflict(str(edition.key), f"section {revision.section!r} holds other items")
    ranks = revision.ranks or tuple(sorted(item.rank for item in items.values()))
    if sorted(ranks) != sorted(item.rank for item in items.values()):
        raise EditionConflict(str(edition.key), f"section {revision.section!r} holds other ranks")
    ordered = tuple(
        replace(items[article], rank=rank) for article, rank in zip(revision.order, ranks, strict=True)
    )
    sections = (
        replace(one, items=ordered) if one.key == revision.section else one for one in edition.sections
    )
    return replace(edition, sections=tuple(sections))


def _dropped(edition: Edition, article: ArticleId) -> Edition:
    if len(edition.items) == 1:
        raise EditionConflict(str(edition.key), "its last item can't be dropped")
    order = [item for item in _ranked(edition) if item.article != _item(edition, article).article]
    return _reranked(_without(edition, article), order)


def _restored(edition: Edition, item: Item, place: Place) -> Edition:
    if any(one.article == item.article for one in edition.items):
        raise EditionConflict(str(edition.key), f"it already holds article {item.article}")
    order = list(_ranked(edition))
    order.insert(item.rank, item)
    return _reranked(_with(edition, item, place), order)


def _without(edition: Edition, article: ArticleId) -> Edition:
    sections = (
        replace(one, items=tuple(item for item in one.items if item.article != article))
        for one in edition.sections
    )
    return replace(edition, sections=tuple(one for one in sections if one.items))


def _with(edition: Edition, item: Item, place: Place) -> Edition:
    sections = list(edition.sections)
    for at, section in enumerate(sections):
        if section.key == place.section:
            items = list(section.items)
            items.insert(place.at, item)
            sections[at] = replace(section, items=tuple(items))
            return replace(edition, sections=tuple(sections))
    sections.insert(place.section_at, Section(place.section, place.title or place.section, (item,)))
    return replace(edition, sections=tuple(sections))


def _ranked(edition: Edition) -> list[Item]:
    return sorted(edition.items, key=lambda item: item.rank)


def _reranked(edition: Edition, order: Iterable[Item]) -> Edition:
    ranks = {item.article: rank for rank, item in enumerate(order)}
    return _mapped(edition, lambda item: replace(item, rank=ranks[item.article]))
