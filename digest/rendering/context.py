"""What the templates and the text part are told: an edition in a reader's words, cleaned and bounded.

Every string here is fit to print: whitespace folded, no control characters, no tokens in other people's
text, and none so long that one item could fill the mail. Addresses are `Href`, empty where unsafe.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from digest.model import (
    AlsoReported,
    Edition,
    EditionKey,
    Item,
    Newsletter,
    Section,
    Site,
    Variant,
    join_sentences,
)
from digest.rendering.environment import Layout
from digest.rendering.letter.blocks import NO_BLOCKS, PlacedBlocks, StoryLink, placed_blocks
from digest.rendering.letter.richtext import rich
from digest.rendering.phrases import Phrases, direction, phrases
from digest.rendering.pictures import PictureContext, picture
from digest.rendering.prose import Href, clean, count_words, href, isolated, minutes, reading_direction
from digest.rendering.theme import Theme
from digest.rendering.tokens import token

Written = dict[tuple[object, ...], "StoryContext"]
"""Stories of one edition for one newsletter, by what beside them they follow from."""

WIDTH = 640
"""The mail's widest, in CSS pixels."""

EDITOR = "editor"
"""Who wrote the blurbs that have marks."""

_LEAST_FULL_PER_SECTION = 2
_SECONDS_FROM = 4
"""With fewer stories beside the lead all of them are alike."""
_LIMITS = {"title": 240, "blurb": 1600, "name": 120, "intro": 600, "preheader": 300, "address": 400}


@dataclass(frozen=True, slots=True)
class LinkContext:
    """Another article of a story; `url` may be empty, then only the name is shown."""

    title: str
    url: Href
    publisher: str


@dataclass(frozen=True, slots=True)
class StoryContext:
    """One item as readers see it; two that are equal are written alike, wherever they stand.

    Attributes:
        number: its place in reading order, the lead 0; what the budget knows it by.
        rank: the edition's; the worst give way first.
        kicker: the line above the headline: "Update", or the lead's section; may be empty.
        is_labelled: the kicker says that the story comes back.
        meta: publisher where it is another than the site, byline, time, reading time: what is known.
        weekday: of the day on which it was published; empty where nobody knows.
        is_brief: headline and meta line only.
        is_second: one of the best after the lead, told larger.
        opens: the first story of its section.
        language, direction: each set only where it differs from the mail's.
    """

    number: int = field(compare=False)
    rank: int = field(compare=False)
    headline: str
    url: Href
    blurb: str
    kicker: str
    is_labelled: bool
    meta: tuple[str, ...]
    weekday: str
    picture: PictureContext | None
    also: tuple[LinkContext, ...]
    is_brief: bool
    is_second: bool
    opens: bool
    language: str
    direction: str
    words: int


@dataclass(frozen=True, slots=True)
class SectionContext:
    """A headed group of stories; never empty."""

    number: int
    key: str
    title: str
    intro: str
    stories: tuple[StoryContext, ...]


@dataclass(frozen=True, slots=True)
class MailContext:
    """One variant of an edition, as the templates see it.

    Attributes:
        lead: the edition's best story, shown above the sections and not again in its own.
        reason: why the reader gets this mail.
        has_contents: it is long enough to begin with what is in it.
        links: where the reader may go: `unsubscribe`, `preferences`, `view` (tokens), `forward`
            (the public copy), `archive`, `site`.
        blocks: what editors put between the stories.
    """

    language: str
    direction: str
    site: str
    postal_address: str
    title: str
    subject: str
    preheader: str
    date: str
    reason: str
    footer: str
    lead: StoryContext | None
    sections: tuple[SectionContext, ...]
    has_contents: bool
    links: Mapping[str, Href]
    phrases: Phrases
    blocks: PlacedBlocks = NO_BLOCKS

    @property
    def stories(self) -> tuple[StoryContext, ...]:
        """Return every story in reading order, the lead first."""
        lead = (self.lead,) if self.lead else ()
        return (*lead, *(story for section in self.sections for story in section.stories))


def public_url(site: Site, key: EditionKey) -> str:
    """Return where anybody may read an edition: the address to pass on, with nobody's token in it."""
    number = str(key).partition("/")[2].replace("/", "~")
    return f"{site.archive_url(key.newsletter)}/{number}"


def build(
    edition: Edition,
    newsletter: Newsletter,
    site: Site,
    variant: Variant,
    *,
    theme: Theme,
    layout: Layout,
    link: StoryLink | None = None,
    written: Written | None = None,
) -> MailContext:
    """Return what the templates are told of this variant.

    Args:
        written: stories of this very edition that other variants had written already; it grows.
    """
    language = variant.language or edition.language or newsletter.language
    said = phrases(language)
    title = clean(edition.title or newsletter.title, _LIMITS["name"])
    site_name = isolated(clean(site.name, _LIMITS["name"]), said.direction)
    known = {} if written is None else written
    writer = _StoryWriter(edition, newsletter, said, site.name, layout, link, variant.arm, known)
    subject = edition.subject_b if variant.arm and edition.subject_b else edition.subject
    lead, sections = writer.write(_chosen(edition, variant))
    return MailContext(
        language=said.language,
        direction=said.direction,
        site=site_name,
        postal_address=isolated(clean(site.postal_address, _LIMITS["address"]), said.direction),
        title=title,
        subject=clean(subject, _LIMITS["title"]),
        preheader=clean(edition.preheader, _LIMITS["preheader"]),
        date=(said.week if edition.key.is_weekly else said.day)(edition.key.day),
        reason=said.reason(isolated(title, said.direction), site_name),
        footer=theme.footer,
        lead=lead,
        sections=sections,
        has_contents=_has_contents(layout, sections),
        links={
            "unsubscribe": Href(token("unsubscribe_url")),
            "preferences": Href(token("preferences_url")),
            "view": Href(token("view_url")),
            "forward": href(public_url(site, edition.key)),
            "archive": href(site.archive_url(newsletter.key)),
            "site": href(site.url),
        },
        phrases=said,
        blocks=placed_blocks(
            edition,
            newsletter,
            said,
            {section.key: section.number for section in sections},
            link=link,
            arm=variant.arm,
        ),
    )


def _has_contents(layout: Layout, sections: tuple[SectionContext, ...]) -> bool:
    count = sum(len(section.stories) for section in sections) + 1
    return bool(layout.contents_from) and count >= layout.contents_from and len(sections) > 1


def contents_line(context: MailContext, stories: Iterable[StoryContext]) -> str:
    """Return "9 stories, 4 minutes" for those stories: the time to read the mail, not the articles."""
    shown = list(stories)
    return context.phrases.contents(len(shown), minutes(sum(story.words for story in shown)))


def _chosen(edition: Edition, variant: Variant) -> tuple[Section, ...]:
    if not variant.topics:
        return edition.sections
    return tuple(section for section in edition.sections if section.key in variant.topics)


@dataclass(frozen=True, slots=True)
class _StoryWriter:
    edition: Edition
    newsletter: Newsletter
    phrases: Phrases
    site: str
    layout: Layout
    link: StoryLink | None
    arm: str
    known: Written

    def write(
        self, sections: tuple[Section, ...]
    ) -> tuple[StoryContext | None, tuple[SectionContext, ...]]:
        placed = [(section, item) for section in sections for item in section.items]
        if not placed:
            return None, ()
        best_section, best = min(placed, key=lambda pair: pair[1].rank)
        lead = self._story(best, number=0)
        if not lead.is_labelled:
            lead = replace(lead, kicker=clean(best_section.title, _LIMITS["name"]))
        others = [[item for item in section.items if item is not best] for section in sections]
        limit = full_in_each(self.layout.full_stories, [len(rest) for rest in others])
        seconds = self._seconds(others, limit)
        written: list[SectionContext] = []
        number = 1
        for section, rest in zip(sections, others, strict=True):
            stories = tuple(
                self._known(item, number + place, place, place >= limit, item.rank in seconds)
                for place, item in enumerate(rest)
            )
            number += len(stories)
            if stories:
                written.append(self._section(section, len(written), stories))
        return lead, tuple(written)

    def _seconds(self, others: list[list[Item]], limit: int) -> frozenset[int]:
        """Return the ranks of the best stories after the lead, as many as the template tells larger."""
        ranks = sorted(item.rank for rest in others for item in rest[:limit])
        is_alike = sum(map(len, others)) < _SECONDS_FROM
        return frozenset() if is_alike else frozenset(ranks[: self.layout.second_stories])

    def _known(self, item: Item, number: int, place: int, is_brief: bool, is_second: bool) -> StoryContext:
        key = (id(item), self.phrases.language, self.arm, self.layout, place == 0, is_brief, is_second)
        found = self.known.get(key)
        if found is None:
            found = self._story(item, number=number, place=place, is_brief=is_brief, is_second=is_second)
            self.known[key] = found
        return found if found.number == number else replace(found, number=number)

    def _section(self, section: Section, number: int, stories: tuple[StoryContext, ...]) -> SectionContext:
        return SectionContext(
            number=number,
            key=section.key,
            title=clean(section.title, _LIMITS["name"]),
            intro=clean(section.intro, _LIMITS["intro"]),
            stories=stories,
        )

    def _story(
        self, item: Item, *, number: int, place: int = 0, is_brief: bool = False, is_second: bool = False
    ) -> StoryContext:
        language = item.language or self.edition.language
        headline = clean(item.headline, _LIMITS["title"])
        blurb = "" if is_brief else self._blurb(item)
        label = self.phrases.label(item.label)
        reads = reading_direction(headline, direction(language))
        is_pictured = not is_brief and (not place or is_second or self.layout.thumbnails > 0)
        return StoryContext(
            number=number,
            rank=item.rank,
            headline=headline,
            url=self._href(item),
            blurb=blurb,
            kicker=label,
            is_labelled=bool(label),
            meta=tuple(part for part in self._meta(item, is_brief=is_brief or self._is_compact) if part),
            weekday=self._weekday(item.published),
            picture=picture(item.image, item.headline) if is_pictured else None,
            also=tuple(_link(also, self.phrases.direction) for also in item.also),
            is_brief=is_brief,
            is_second=is_second,
            opens=place == 0,
            language=language if language != self.phrases.language else "",
            direction=reads if reads != self.phrases.direction else "",
            words=count_words(headline) + count_words(blurb),
        )

    def _href(self, item: Item) -> Href:
        url = href(item.url)
        if self.link is None or not url.startswith("http"):
            return url
        return Href(self.link(self.edition, item, self.arm))

    @property
    def _is_compact(self) -> bool:
        return self.layout.blurb_sentences > 0

    def _blurb(self, item: Item) -> str:
        """Return the blurb fit for a mail; an editor's with its marks."""
        if item.blurb.written_by == EDITOR:
            return rich(item.blurb.text, _LIMITS["blurb"])
        return clean(self._told(item), _LIMITS["blurb"])

    def _told(self, item: Item) -> str:
        most = self.layout.blurb_sentences
        if not most:
            return item.blurb.text
        return join_sentences([sentence.told for sentence in item.blurb.sentences[:most]])

    def _meta(self, item: Item, *, is_brief: bool) -> tuple[str, ...]:
        publisher = "" if item.publisher == self.site else clean(item.publisher, _LIMITS["name"])
        byline = "" if is_brief else clean(item.byline, _LIMITS["name"])
        reading = self.phrases.reading_time(minutes(item.words)) if item.words and not is_brief else ""
        side = self.phrases.direction
        return (isolated(publisher, side), isolated(byline, side), self._moment(item.published), reading)

    def _weekday(self, published: datetime | None) -> str:
        if published is None:
            return ""
        return self.phrases.weekday(published.astimezone(self.newsletter.schedule.zone).date())

    def _moment(self, published: datetime | None) -> str:
        if published is None:
            return ""
        local = published.astimezone(self.newsletter.schedule.zone)
        return self.phrases.moment(local, self.edition.key.day)


def full_in_each(full: int, lengths: Sequence[int]) -> int:
    """Return how many stories of each section have a blurb; where any has, two at least.

    What short sections leave of their share goes to the long ones.

    Args:
        full: how many of all stories have one.
        lengths: how many stories each section has.
    """
    shares = range(_LEAST_FULL_PER_SECTION + 1, max(lengths, default=0) + 1)
    fitting = (share for share in shares if sum(min(share, length) for length in lengths) <= full)
    return max(fitting, default=_LEAST_FULL_PER_SECTION) if full else 0


def _link(also: AlsoReported, side: str) -> LinkContext:
    title, publisher = clean(also.title, _LIMITS["title"]), clean(also.publisher, _LIMITS["name"])
    return LinkContext(title=title, url=href(also.url), publisher=isolated(publisher or title, side))
