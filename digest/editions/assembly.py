"""From the day's stories and their blurbs to a draft edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from digest.editions.display_width import one_line
from digest.editions.subjects import propose
from digest.errors import NothingToSend
from digest.model import (
    AlsoReported,
    Article,
    ArticleId,
    Blurb,
    Edition,
    EditionKey,
    Item,
    Newsletter,
    Section,
    SelectedSection,
    Selection,
    Story,
)

PIN_RULES = frozenset({"pin", "pinned"})
"""The decision rules by which selection says that an editor wanted an article."""


def assemble(
    newsletter: Newsletter, key: EditionKey, selection: Selection, blurbs: Mapping[ArticleId, Blurb]
) -> Edition:
    """Return the draft: items ranked, subject and preheader proposed, a second subject where one is tested.

    Sections and items keep the selection's order; an article without a blurb gets an empty one.
    Pins rank first, then each section's first item, then the rest by score: when the mail grows too
    large, whole sections outlive the tails of others.

    Raises:
        NothingToSend: fewer items than the newsletter's minimum, or none at all.
    """
    selected = [section for section in selection.sections if section.stories]
    found = sum(len(section.stories) for section in selected)
    minimum = max(1, newsletter.minimum_items)
    if found < minimum:
        raise NothingToSend(str(key), found, minimum)
    pinned = {decision.article for decision in selection.decisions if decision.rule in PIN_RULES}
    ranks = _ranks(selected, pinned)
    sections = tuple(
        Section(
            section.key,
            section.title,
            tuple(
                replace(
                    item_of(story, blurbs.get(story.lead.id, Blurb())),
                    rank=ranks[story.lead.id],
                    is_pinned=story.lead.id in pinned,
                )
                for story in section.stories
            ),
        )
        for section in selected
    )
    title, language = newsletter.title, newsletter.language
    first, second, _third = propose(sections, title=title, day=key.day, language=language)
    return Edition(
        key=key,
        title=newsletter.title,
        subject=first.subject,
        preheader=first.preheader,
        language=newsletter.language,
        window=selection.window,
        sections=sections,
        subject_b=second.subject if newsletter.is_subject_tested and found > 1 else "",
    )


def item_of(story: Story, blurb: Blurb) -> Item:
    """Return the story as a template needs it, not ranked yet."""
    lead = story.lead
    identities = dict.fromkeys(name for article in story.articles for name in article.identities)
    return Item(
        article=lead.id,
        headline=headline(lead),
        url=lead.address,
        blurb=blurb,
        articles=tuple(dict.fromkeys(article.id for article in story.articles)),
        identities=tuple(identities),
        publisher=lead.publisher,
        byline=lead.byline,
        published=lead.published,
        language=lead.language,
        image=lead.image,
        label=story.label,
        also=_also_reported(story),
        words=sum(len(paragraph.split()) for paragraph in lead.paragraphs),
    )


def headline(article: Article) -> str:
    """Return the title on one line, without the publisher's name that sites append to it."""
    title = one_line(article.title)
    for mark in (" | ", " - ", " – ", " — "):
        head, found, tail = title.rpartition(mark)
        if found and head and tail.casefold() == article.publisher.casefold():
            return head
    return title


def _also_reported(story: Story) -> tuple[AlsoReported, ...]:
    """Return one other article for each other publisher, best first."""
    return tuple(AlsoReported(headline(one), one.address, one.voice) for one in story.named)


def _ranks(sections: list[SelectedSection], pinned: set[ArticleId]) -> dict[ArticleId, int]:
    """Return each leading article's place in the edition, 0 for the best."""
    places = [
        (story.lead.id not in pinned, at > 0, -story.score, section_at, at, story.lead.id)
        for section_at, section in enumerate(sections)
        for at, story in enumerate(section.stories)
    ]
    return {place[-1]: rank for rank, place in enumerate(sorted(places))}
