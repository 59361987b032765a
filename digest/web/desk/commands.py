"""What the page asks for, as changes of an edition: one meaning for mouse, touch, keyboard and buttons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from digest.day.parts import DayParts
from digest.editions import touching
from digest.editions.assembly import item_of
from digest.editions.display_width import one_line
from digest.editions.revisions import (
    Drop,
    Move,
    Pin,
    Place,
    Reorder,
    Restore,
    Retitle,
    Revision,
    RewriteBlurb,
    SetPreheader,
    SetSubject,
    SetSubjectB,
    editor_blurb,
)
from digest.errors import BadData
from digest.model import (
    Article,
    ArticleId,
    Blurb,
    Edition,
    EditionKey,
    Item,
    Newsletter,
    Section,
    Story,
    StoryLabel,
)
from digest.model.desk import Change
from digest.summaries.grounding import doubts
from digest.web.desk import deeds
from digest.web.desk.changes import Dropped, generated, tray
from digest.words.speaking import in_quotes, say

LONGEST_LINE, LONGEST_BLURB = 300, 2_000
FINAL_RULES = frozenset({"already-sent", "gone"})
"""What no editor can overrule: readers had it, or its page is not there."""


@dataclass(frozen=True, slots=True)
class Command:
    """A change, told in words.

    Attributes:
        topic: changes of one topic by one person in one go are one step to undo; empty for no topic.
        about: the story whose place a new order is about.
    """

    revision: Revision
    said: str
    topic: str = ""
    about: ArticleId | None = None

    @property
    def clashes(self) -> frozenset[str]:
        """Return what nobody else may have altered since."""
        return touching.clashing(self.revision, self.about)

    @property
    def touches(self) -> frozenset[str]:
        """Return what it alters."""
        found = touching.touched(self.revision)
        return found | {touching.place(self.about)} if self.about else found


@dataclass(frozen=True, slots=True)
class Subject:
    """What a command is about: the edition as stored, its history, and the parts of its day."""

    edition: Edition
    changes: tuple[Change, ...]
    parts: DayParts

    @property
    def newsletter(self) -> Newsletter:
        """Return the newsletter."""
        return self.parts.newsletter


def read(sent: Mapping[str, Any], subject: Subject) -> Command:
    """Return the change that the page asks for.

    Raises:
        BadData: it asks for nothing that can be done; says why.
    """
    kind = sent.get("kind")
    make = _COMMANDS.get(kind) if isinstance(kind, str) else None
    if make is None:
        raise BadData(say("The change"), say("it is of no known kind"), say("Load the page again."))
    return make(sent, subject)


def _move(sent: Mapping[str, Any], subject: Subject) -> Command:
    edition, item = subject.edition, _item(sent, subject)
    key, at = _text(sent, "section"), _number(sent, "at")
    here = next(one for one in edition.sections if item in one.items)
    at = _beside(sent, edition, key, item.article, at)
    if item.is_pinned:
        raise BadData(
            say("The move"),
            say("“%(headline)s” is pinned to its place", headline=item.headline),
            say("Unpin it first."),
        )
    if key == here.key:
        order = reordered(here, item.article, at)
        said = deeds.MOVED_WITHIN % {
            "story": item.headline,
            "place": order.index(item.article) + 1,
            "section": here.title,
        }
        return Command(Reorder(here.key, order), said, about=item.article)
    place_there = place_in(subject, key, at)
    there = next((one for one in edition.sections if one.key == key), None)
    orders = [(here.key, around_pins(here.items, [one for one in here.items if one != item]))]
    if there is not None:
        wanted = list(there.items)
        wanted.insert(place_there.at, item)
        orders.append((key, around_pins(there.items, wanted)))
    kept = tuple((name, order) for name, order in orders if order)
    return Command(
        Move(item.article, place_there, kept),
        deeds.MOVED % {"story": item.headline, "section": place_there.title},
    )


def _beside(sent: Mapping[str, Any], edition: Edition, key: str, article: ArticleId, at: int) -> int:
    """Return the place meant: behind the story that stood there, wherever others have put that since."""
    behind = sent.get("behind")
    names = [one.article for part in edition.sections if part.key == key for one in part.items]
    loose = [name for name in names if name != article]
    return loose.index(ArticleId(behind)) + 1 if isinstance(behind, str) and behind in loose else at


def around_pins(before: Sequence[Item], wanted: Sequence[Item]) -> tuple[ArticleId, ...]:
    """Return the order wanted, but with every pin at the place it had; as near as the length allows."""
    pins = {place: item.article for place, item in enumerate(before) if item.is_pinned}
    loose = iter([item.article for item in wanted if item.article not in pins.values()])
    slots: list[ArticleId | None] = [None] * len(wanted)
    for place, name in sorted(pins.items(), reverse=True):
        free = [at for at, taken in enumerate(slots) if taken is None and at <= place]
        slots[free[-1]] = name
    return tuple(name if name is not None else next(loose) for name in slots)


def reordered(section: Section, article: ArticleId, at: int) -> tuple[ArticleId, ...]:
    """Return the section's order with the article at place `at`; what is pinned keeps its place."""
    names = [item.article for item in section.items]
    pinned = {place for place, item in enumerate(section.items) if item.is_pinned}
    free = [place for place in range(len(names)) if place not in pinned]
    start, at = names.index(article), max(0, min(at, len(names) - 1))
    if at in pinned:
        # The place is taken: go on in the direction of the move, else stop before it.
        beyond = [p for p in free if p > at] if at > start else [p for p in reversed(free) if p < at]
        nearest = [p for p in reversed(free) if p < at] if at > start else [p for p in free if p > at]
        at = (beyond or nearest)[0]
    loose = [names[place] for place in free if names[place] != article]
    loose.insert(free.index(at), article)
    filled = iter(loose)
    return tuple(name if place in pinned else next(filled) for place, name in enumerate(names))


def place_in(subject: Subject, key: str, at: int) -> Place:
    """Return a place in a section of the newsletter, one that the edition lacks included.

    Raises:
        BadData: the newsletter has no such section.
    """
    rules = [rule.key for rule in subject.newsletter.sections]
    titles = {rule.key: rule.title for rule in subject.newsletter.sections}
    titles |= {section.key: section.title for section in subject.edition.sections}
    if key not in titles:
        raise BadData(
            say("The move"), say("there is no section %(key)s", key=repr(key)), say("Load the page again.")
        )
    ahead = set(rules[: rules.index(key)]) if key in rules else set()
    section_at = sum(section.key in ahead for section in subject.edition.sections)
    return Place(key, max(0, at), titles[key], section_at)


def _pin(sent: Mapping[str, Any], subject: Subject) -> Command:
    item, is_pinned = _item(sent, subject), bool(sent.get("is_pinned", True))
    deed = deeds.PINNED if is_pinned else deeds.UNPINNED
    return Command(Pin(item.article, is_pinned), deed % {"story": item.headline})


def _drop(sent: Mapping[str, Any], subject: Subject) -> Command:
    item = _item(sent, subject)
    return Command(Drop(item.article), deeds.DROPPED % {"story": item.headline})


def _restore(sent: Mapping[str, Any], subject: Subject) -> Command:
    name = _text(sent, "article")
    found: Dropped | None = next(
        (one for one in tray(subject.changes, subject.edition) if one.item.article == name), None
    )
    if found is None:
        raise BadData(say("The story"), say("it is not in the tray any more"), say("Load the page again."))
    return Command(Restore(found.item, found.place), deeds.TOOK_BACK % {"story": found.item.headline})


def _headline(sent: Mapping[str, Any], subject: Subject) -> Command:
    item, text = _item(sent, subject), _line(sent, "headline")
    return Command(
        Retitle(item.article, text), deeds.REWROTE_HEADLINE % {"story": text}, f"headline {item.article}"
    )


def _blurb(sent: Mapping[str, Any], subject: Subject) -> Command:
    item, text = _item(sent, subject), _text(sent, "text", most=LONGEST_BLURB)
    blurb = checked_blurb(editor_blurb(text), item, subject.parts)
    said = deeds.REWROTE_BLURB % {"story": item.headline}
    return Command(RewriteBlurb(item.article, blurb), said, f"blurb {item.article}")


def checked_blurb(blurb: Blurb, item: Item, parts: DayParts) -> Blurb:
    """Return an editor's blurb with what its sources do not show."""
    sources = [seen.article for seen in parts.reading.articles.load(item.articles or (item.article,))]
    if not sources:
        return blurb
    return replace(blurb, warnings=tuple(str(doubt) for doubt in doubts(blurb, sources)))


def _revert(sent: Mapping[str, Any], subject: Subject) -> Command:
    item = _item(sent, subject)
    before = generated(subject.changes).get(item.article)
    if sent.get("field") == "headline" and before is not None and before.headline is not None:
        return Command(
            Retitle(item.article, before.headline), deeds.TOOK_HEADLINE_BACK % {"story": before.headline}
        )
    if sent.get("field") == "blurb" and before is not None and before.blurb is not None:
        said = deeds.TOOK_BLURB_BACK % {"story": item.headline}
        return Command(RewriteBlurb(item.article, before.blurb), said)
    raise BadData(say("The text"), say("it is the generated one already"))


def _subject(sent: Mapping[str, Any], _subject: Subject) -> Command:
    text = _line(sent, "subject")
    return Command(SetSubject(text), deeds.SET_SUBJECT % {"text": text}, "subject")


def _subject_b(sent: Mapping[str, Any], _subject: Subject) -> Command:
    text = one_line(_text(sent, "text", most=LONGEST_LINE))
    said = deeds.SET_SECOND_SUBJECT % {"text": text} if text else deeds.TOOK_SECOND_SUBJECT_AWAY
    return Command(SetSubjectB(text), said, "subject_b")


def _preheader(sent: Mapping[str, Any], _subject: Subject) -> Command:
    text = one_line(_text(sent, "text", most=LONGEST_LINE))
    return Command(SetPreheader(text), deeds.SET_PREHEADER % {"text": text}, "preheader")


def _add(sent: Mapping[str, Any], subject: Subject) -> Command:
    name = ArticleId(_text(sent, "article"))
    decision = next(
        (one for one in subject.parts.editions.decisions(subject.edition.key) if one.article == name), None
    )
    if decision is not None and decision.rule.rpartition(":")[2] in FINAL_RULES:
        raise BadData(in_quotes(decision.title), decision.reason.rstrip("."))
    found = subject.parts.reading.articles.load([name])
    if not found:
        raise BadData(say("The article"), say("no source has brought it"), say("Add it by its address."))
    return adding(found[0].article, subject, decision.section if decision else "")


def _reuse(sent: Mapping[str, Any], subject: Subject) -> Command:
    """Put a story in as an earlier edition told it, its headline and its text."""
    day, _, slot = _text(sent, "edition").partition("/")[2].partition("/")
    try:
        key = EditionKey(subject.edition.key.newsletter, date.fromisoformat(day), slot)
    except ValueError as error:
        raise BadData(say("The story"), say("it is of no edition of this newsletter")) from error
    earlier, name = subject.parts.editions.load(key), _text(sent, "article")
    found = next((item for item in earlier.items if item.article == name), None) if earlier else None
    if earlier is None or found is None:
        raise BadData(say("The story"), say("that edition does not hold it"))
    if any(name in (item.article, *item.articles) for item in subject.edition.items):
        raise BadData(in_quotes(found.headline), say("the edition holds it already"))
    seen = subject.parts.reading.articles.load([found.article])
    if seen and seen[0].gone_at is not None:
        raise BadData(in_quotes(found.headline), say("its page is gone"))
    section = next(one.key for one in earlier.sections if found in one.items)
    item = replace(found, rank=len(subject.edition.items), is_pinned=False, label=StoryLabel.NONE)
    place = place_in(subject, _own(section, subject), 1_000)
    return Command(
        Restore(item, place), deeds.TOOK_UP_AGAIN % {"story": item.headline, "section": place.title}
    )


def _own(section: str, subject: Subject) -> str:
    """Return this section where the newsletter has it, else the one that takes everything."""
    rules = subject.newsletter.sections
    if section in {rule.key for rule in rules}:
        return section
    if not rules:
        return subject.edition.sections[0].key if subject.edition.sections else section
    return next((rule.key for rule in reversed(rules) if rule.is_catch_all), rules[0].key)


def adding(article: Article, subject: Subject, section: str = "") -> Command:
    """Return the change that puts an article into the edition, last in its section."""
    if any(article.id in (item.article, *item.articles) for item in subject.edition.items):
        raise BadData(in_quotes(article.title), say("the edition holds it already"))
    story = Story(article)
    blurb = subject.parts.reading.summarizer.summarize(story, subject.newsletter.blurbs)
    item = replace(item_of(story, blurb), rank=len(subject.edition.items))
    place = place_in(subject, _own(section, subject), 1_000)
    return Command(Restore(item, place), deeds.ADDED % {"story": item.headline, "section": place.title})


def _item(sent: Mapping[str, Any], subject: Subject) -> Item:
    name = _text(sent, "article")
    for item in subject.edition.items:
        if item.article == name:
            return item
    raise BadData(say("The story"), say("it is not in the edition any more"), say("Load the page again."))


def _line(sent: Mapping[str, Any], name: str) -> str:
    line = one_line(_text(sent, "text", most=LONGEST_LINE))
    if not line:
        what = say("The headline") if name == "headline" else say("The subject")
        raise BadData(what, say("it is empty"), say("Write something, or undo."))
    return line


def _text(sent: Mapping[str, Any], name: str, *, most: int = 300) -> str:
    value = sent.get(name)
    if not isinstance(value, str):
        raise BadData(say("The change"), say("%(name)s is missing", name=name), say("Load the page again."))
    if len(value) > most:
        raise BadData(
            say("The text"),
            say("it has %(count)s characters, %(most)s at most", count=len(value), most=most),
            say("Shorten it."),
        )
    return value


def _number(sent: Mapping[str, Any], name: str) -> int:
    value = sent.get(name)
    if not isinstance(value, int):
        raise BadData(
            say("The change"), say("%(name)s is no number", name=name), say("Load the page again.")
        )
    return value


_COMMANDS: dict[str, Callable[[Mapping[str, Any], Subject], Command]] = {
    "move": _move,
    "pin": _pin,
    "drop": _drop,
    "restore": _restore,
    "headline": _headline,
    "blurb": _blurb,
    "revert": _revert,
    "subject": _subject,
    "subject_b": _subject_b,
    "preheader": _preheader,
    "add": _add,
    "reuse": _reuse,
}
