"""The edition: one dated number of a newsletter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from digest.locales.seams import ends_wide, seam
from digest.model.articles import ArticleId, Identity, Image, SeenArticle, Story, StoryLabel
from digest.model.blocks import Block

WEEKLY = "weekly"
"""The slot of the edition that tells a week's best to readers who chose one mail a week."""


@dataclass(frozen=True, slots=True, order=True)
class EditionKey:
    """What makes an edition the only one of its kind: newsletter, local date, slot of the day."""

    newsletter: str
    day: date
    slot: str = ""

    def __str__(self) -> str:
        """Return the name used on the command line and in files: `morning/2026-11-23`."""
        return f"{self.newsletter}/{self.day.isoformat()}" + (f"/{self.slot}" if self.slot else "")

    @property
    def is_weekly(self) -> bool:
        """Tell whether it is a week's best."""
        return self.slot == WEEKLY


class EditionState(StrEnum):
    """Where an edition is on its way.

    It goes back in three cases only: from approved to draft when the approval is taken back, from
    dispatching to draft when it is canceled before anything has left, and from closed to dispatching when
    an operator has held deliveries sent again.
    """

    DRAFT = "draft"
    APPROVED = "approved"
    DISPATCHING = "dispatching"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Window:
    """The half-open span [start, end) of an edition, in UTC."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a blurb sentence was taken from.

    Attributes:
        passage: index into the article's passages; -1 for its summary.
        paragraph: index into that passage's paragraphs; 0 for the summary.
        start, end: code point offsets of the source sentence in that paragraph.
    """

    article: ArticleId
    passage: int
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class BlurbSentence:
    """One sentence of a blurb with the source sentence it came from.

    Attributes:
        publisher: whose words they are, where that is not the publisher named beside the headline.
    """

    text: str
    source: Provenance | None = None
    publisher: str = ""

    @property
    def told(self) -> str:
        """Return the sentence as readers see it: another publisher's with its name."""
        if not self.publisher:
            return self.text
        opened, closed = ("（", "）") if ends_wide(self.text) else (" (", ")")
        return f"{self.text}{opened}{self.publisher}{closed}"


@dataclass(frozen=True, slots=True)
class Blurb:
    """The short text under a headline.

    Attributes:
        written_by: `extractive`, `llm`, `editor`, or a plug-in's name.
        warnings: what an editor should know (a fall-back, a grounding doubt).
    """

    sentences: tuple[BlurbSentence, ...] = ()
    written_by: str = "extractive"
    warnings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Return the sentences as one paragraph."""
        return join_sentences([sentence.told for sentence in self.sentences])


def join_sentences(texts: Sequence[str]) -> str:
    """Return the sentences as one paragraph: no space where Chinese or Japanese stands beside the seam.

    Korean puts spaces between sentences, as Latin scripts do.
    """
    return "".join(
        text if at == 0 else f"{seam(texts[at - 1], text)}{text}" for at, text in enumerate(texts)
    )


@dataclass(frozen=True, slots=True)
class AlsoReported:
    """Another article of the same story, as a reader sees it."""

    title: str
    url: str
    publisher: str


@dataclass(frozen=True, slots=True)
class Item:
    """A story's place in a section, with all that a template needs of it.

    Attributes:
        article: the leading article.
        articles: every article of the story, the leading one first.
        identities: of every article of the story: what no later edition may hold again.
        words: of the leading article's body, for the reading time.
        rank: 0 for the edition's best; when the mail grows too large, the worst give way first.
    """

    article: ArticleId
    headline: str
    url: str
    blurb: Blurb
    articles: tuple[ArticleId, ...] = ()
    identities: tuple[Identity, ...] = ()
    publisher: str = ""
    byline: str = ""
    published: datetime | None = None
    language: str = ""
    image: Image | None = None
    label: StoryLabel = StoryLabel.NONE
    also: tuple[AlsoReported, ...] = ()
    words: int = 0
    rank: int = 0
    is_pinned: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A headed group of items, in the order readers see them."""

    key: str
    title: str
    items: tuple[Item, ...]
    intro: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """One dated number of a newsletter, before it is rendered.

    Attributes:
        sections: none empty, in the newsletter's order.
        revision: 1 for the first draft, one more with every change.
        approved_hash: `content_hash` at approval; empty in a draft.
        is_edited: an editor has changed it; the job leaves such a draft alone.
        subject_b: the other subject of an A/B test; empty where there is none.
        canceled: who canceled it before anything of it had left, as words; it came back as a draft, and
            from then on only a person approves it. Empty where nobody did.
        blocks: what stands between the stories, in the order readers see those of one spot.
    """

    key: EditionKey
    title: str
    subject: str
    preheader: str
    language: str
    window: Window
    sections: tuple[Section, ...]
    state: EditionState = EditionState.DRAFT
    revision: int = 1
    approved_hash: str = ""
    is_edited: bool = False
    subject_b: str = ""
    canceled: str = ""
    blocks: tuple[Block, ...] = ()

    @property
    def is_kept(self) -> bool:
        """Tell whether the job leaves the draft alone: edited, or brought back by a cancel."""
        return self.is_edited or bool(self.canceled)

    @property
    def items(self) -> tuple[Item, ...]:
        """Return every item in reading order."""
        return tuple(item for section in self.sections for item in section.items)


@dataclass(frozen=True, slots=True)
class SentArticle:
    """An article that an earlier edition of the newsletter holds."""

    seen: SeenArticle
    edition: EditionKey
    content_hash: str


@dataclass(frozen=True, slots=True)
class AlreadySent:
    """The edition ledger, as selection needs it.

    Attributes:
        identities: every identity that an earlier edition holds, with that edition.
        recent: the articles of recent editions, to know their near-duplicates and follow-ups by.
        last_cutoff: the end of the last edition's window; None before the first.
        considered: articles that recent editions weighed and left out (their stored decisions, but
            those of the rule `after-cutoff`, which wait for their time).
    """

    identities: dict[Identity, EditionKey]
    recent: tuple[SentArticle, ...] = ()
    last_cutoff: datetime | None = None
    considered: frozenset[ArticleId] = frozenset()


@dataclass(frozen=True, slots=True)
class Decision:
    """Why one article is in the edition, or out of it.

    Attributes:
        reason: one sentence an editor can read.
        rule: the name of the rule that decided (`window`, `already-sent`, `near-duplicate`, …).
        numbers: what the reason rests on, by name.
        section: where it stands, or would have stood.
    """

    article: ArticleId
    url: str
    title: str
    is_in: bool
    rule: str
    reason: str
    numbers: tuple[tuple[str, float], ...] = ()
    section: str = ""


@dataclass(frozen=True, slots=True)
class SelectedSection:
    """A section's stories, best first."""

    key: str
    title: str
    stories: tuple[Story, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """What the day is: the stories by section, and a decision for every candidate."""

    window: Window
    sections: tuple[SelectedSection, ...]
    decisions: tuple[Decision, ...]
