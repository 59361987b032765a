"""The week's best: an edition made of the stories that the week's editions told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from digest.editions.corrections import original_of
from digest.editions.subjects import propose
from digest.errors import NothingToSend
from digest.model import (
    ArticleId,
    Decision,
    Edition,
    EditionKey,
    Identity,
    Item,
    Newsletter,
    Section,
    StoryLabel,
    Window,
)
from digest.model.editions import WEEKLY

WEEK = timedelta(days=7)

LONGEST = timedelta(days=14)
"""How far back a week's best reaches where the one before did not go out."""


@dataclass(frozen=True, slots=True)
class _Told:
    """One story as an edition of the week told it."""

    item: Item
    section: Section
    day: date


def weekly_key(newsletter: str, day: date) -> EditionKey:
    """Return the key of the week's best that goes out on `day`."""
    return EditionKey(newsletter, day, WEEKLY)


def days_of(key: EditionKey, last: date | None) -> tuple[date, date]:
    """Return the first and the last day whose editions a week's best is made of.

    The last is the day before its own, the first the day of the week's best before, or a week ago.

    Args:
        last: when the latest week's best before this one went out; None for never.
    """
    first = key.day - WEEK
    if last is not None and key.day - LONGEST <= last < key.day:
        first = last
    return first, key.day - timedelta(days=1)


def best(
    newsletter: Newsletter, key: EditionKey, editions: Iterable[Edition], *, most: int
) -> tuple[Edition, tuple[Decision, ...]]:
    """Return the draft of a week's best, and why each story of the week is in it or not.

    First come all days' first stories, then their second ones, and so on; among equals the one that
    more publishers told, then the newer. A story told again counts once, with its latest text. One that
    was corrected stays out: its text in the edition was wrong. Sections stand as in the newsletter.

    Args:
        editions: of the week, as they were sent; their corrections among them.
        most: stories at most.

    Raises:
        NothingToSend: fewer stories than the newsletter's minimum, or than `most` where that is less.
    """
    newest = sorted(editions, key=lambda edition: edition.key, reverse=True)
    week = [edition for edition in newest if original_of(edition.key) is None]
    wrong = {
        item.article for edition in newest if original_of(edition.key) is not None for item in edition.items
    }
    told = sorted(_once(week), key=_goodness)
    chosen = [one for one in told if one.item.article not in wrong][:most]
    minimum = max(1, min(newsletter.minimum_items, most))
    if len(chosen) < minimum:
        raise NothingToSend(str(key), len(chosen), minimum)
    sections = _sections(newsletter, chosen)
    first = propose(sections, title=newsletter.title, day=key.day, language=newsletter.language)[0]
    edition = Edition(
        key=key,
        title=newsletter.title,
        subject=first.subject,
        preheader=first.preheader,
        language=newsletter.language,
        window=Window(min(one.window.start for one in week), max(one.window.end for one in week)),
        sections=sections,
    )
    return edition, tuple(_decision(one, place, chosen, wrong) for place, one in enumerate(told, start=1))


def _once(week: Sequence[Edition]) -> list[_Told]:
    """Return each story of the editions, newest first, once."""
    seen: set[Identity] = set()
    found = []
    for edition in week:
        # All of an edition before its identities count: they are different stories.
        fresh = [
            _Told(item, section, edition.key.day)
            for section in edition.sections
            for item in section.items
            if not seen.intersection(item.identities)
        ]
        found += fresh
        seen.update(identity for one in fresh for identity in one.item.identities)
    return found


def _goodness(told: _Told) -> tuple[int, int, int, ArticleId]:
    item = told.item
    return item.rank, -len(item.articles), -told.day.toordinal(), item.article


def _sections(newsletter: Newsletter, chosen: Sequence[_Told]) -> tuple[Section, ...]:
    """Return the chosen stories under their headings, ranked as they were chosen."""
    order = [rule.key for rule in newsletter.sections]
    titles = {rule.key: rule.title for rule in newsletter.sections}
    by_section: dict[str, list[Item]] = {}
    for rank, one in enumerate(chosen):
        titles.setdefault(one.section.key, one.section.title)
        # A reader of the week's best knows no earlier version: nothing is an update.
        item = replace(one.item, rank=rank, label=StoryLabel.NONE, is_pinned=False)
        by_section.setdefault(one.section.key, []).append(item)
    order += [key for key in by_section if key not in order]
    return tuple(Section(key, titles[key], tuple(by_section[key])) for key in order if key in by_section)


def _decision(told: _Told, place: int, chosen: Collection[_Told], wrong: Collection[ArticleId]) -> Decision:
    item, is_in = told.item, told in chosen
    reason = f"the week's number {place}: number {item.rank + 1} of {told.day}"
    if item.article in wrong:
        reason = f"it was corrected after {told.day}"
    elif not is_in:
        reason += f"; the best {len(chosen)} are told"
    return Decision(
        article=item.article,
        url=item.url,
        title=item.headline,
        is_in=is_in,
        rule="weekly" if item.article not in wrong else "corrected",
        reason=reason,
        numbers=(("rank", float(item.rank)), ("articles", float(len(item.articles)))),
        section=told.section.key,
    )
