"""An edition's blocks as the templates see them, each at the spot where a variant shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from digest.model import ArticleId, Block, BlockKind, Blurb, Edition, Item, Newsletter, Spot
from digest.model.blocks import PICTURED, TEXTS, link_name
from digest.rendering.letter.richtext import rich
from digest.rendering.phrases import Phrases, direction
from digest.rendering.pictures import PictureContext, picture
from digest.rendering.prose import Href, clean, href, is_visible, isolated, reading_direction

StoryLink = Callable[[Edition, Item, str], str]
"""Gives the address that leads to a story of an edition, in mails of a subject's arm; ours, and safe."""

LIMITS = {"title": 240, "text": 4_000, "source": 200, "label": 80, "answer": 160}
"""Of each text, in characters that are read."""


@dataclass(frozen=True, slots=True)
class AnswerContext:
    """One answer to a question; `url` may be empty, then only the words are shown."""

    words: str
    url: Href


@dataclass(frozen=True, slots=True)
class BlockContext:
    """One block as readers see it.

    Attributes:
        kind: `note`, `quotation`, `number`, `announcement`, `sponsor` or `poll`.
        kicker: what names its kind in the mail's words; a sponsor's always has one.
        language, direction: each set only where it differs from the mail's.
    """

    kind: str
    kicker: str
    headline: str
    text: str
    source: str
    url: Href
    label: str
    answers: tuple[AnswerContext, ...]
    picture: PictureContext | None
    language: str
    direction: str

    @property
    def is_told(self) -> bool:
        """Tell whether anything of it can be read or seen: of invisible signs nothing is left."""
        texts = (self.headline, self.text, *(one.words for one in self.answers))
        return self.picture is not None or any(map(is_visible, texts))


@dataclass(frozen=True, slots=True)
class PlacedBlocks:
    """The blocks of a mail by where they stand.

    Attributes:
        sections: those after a section, by the section's number.
    """

    top: tuple[BlockContext, ...] = ()
    lead: tuple[BlockContext, ...] = ()
    sections: Mapping[int, tuple[BlockContext, ...]] = field(default_factory=dict)
    end: tuple[BlockContext, ...] = ()

    def after(self, section: int) -> tuple[BlockContext, ...]:
        """Return the blocks after the section of this number."""
        return self.sections.get(section, ())


NO_BLOCKS = PlacedBlocks()


def placed_blocks(
    edition: Edition,
    newsletter: Newsletter,
    said: Phrases,
    shown: Mapping[str, int],
    *,
    link: StoryLink | None = None,
    arm: str = "",
) -> PlacedBlocks:
    """Return the blocks of an edition that say something, at the spots where a mail shows them.

    Args:
        shown: the numbers of the sections that this mail shows, by key, in its order.
    """
    if not edition.blocks:
        return NO_BLOCKS
    order = tuple(rule.key for rule in newsletter.sections)
    order = order or tuple(section.key for section in edition.sections)
    return _BlockWriter(edition, said, order, link, arm).placed(shown)


@dataclass(frozen=True, slots=True)
class _BlockWriter:
    """Writes the blocks of one edition for one variant.

    Attributes:
        order: the keys of the newsletter's sections: what says where a block stands whose section is not
            in this mail.
    """

    edition: Edition
    phrases: Phrases
    order: tuple[str, ...]
    link: StoryLink | None = None
    arm: str = ""

    def placed(self, shown: Mapping[str, int]) -> PlacedBlocks:
        written = [block for block in self.edition.blocks if not block.is_empty]
        told = {block.id: self._written(block) for block in written}
        blocks = [block for block in written if told[block.id].is_told]
        spots: dict[Spot | int, list[BlockContext]] = {}
        # A block whose section gave way stands after the one before it, ahead of that one's own followers
        # of later sections: sorting by the section it was meant for keeps the letter's order.
        for block in sorted(blocks, key=self._rank):
            spots.setdefault(self._spot(block, shown), []).append(told[block.id])
        return PlacedBlocks(
            top=tuple(spots.get(Spot.TOP, ())),
            lead=tuple(spots.get(Spot.LEAD, ())),
            sections={number: tuple(found) for number, found in spots.items() if isinstance(number, int)},
            end=tuple(spots.get(Spot.END, ())),
        )

    def _rank(self, block: Block) -> int:
        if block.spot is not Spot.SECTION:
            return -1 if block.spot is not Spot.END else len(self.order) + 1
        return self.order.index(block.section) if block.section in self.order else len(self.order)

    def _spot(self, block: Block, shown: Mapping[str, int]) -> Spot | int:
        if block.spot is not Spot.SECTION:
            return block.spot
        if block.section in shown:
            return shown[block.section]
        if block.section not in self.order:
            return Spot.END
        ahead = self.order[: self.order.index(block.section)]
        return next((shown[key] for key in reversed(ahead) if key in shown), Spot.LEAD)

    def _written(self, block: Block) -> BlockContext:
        texts = TEXTS[block.kind]
        headline = clean(block.title, LIMITS["title"])
        text = rich(block.text, LIMITS["text"])
        language = self.edition.language or self.phrases.language
        reads = reading_direction(headline or text, direction(language))
        url = self._href(block.url, link_name(block)) if "url" in texts else Href()
        source = clean(block.source, LIMITS["source"]) if "source" in texts else ""
        label = clean(block.label, LIMITS["label"]) if "label" in texts else ""
        pictured = picture(block.picture, headline) if block.kind in PICTURED else None
        leads = (headline or pictured) if block.kind in PICTURED else source
        if url and not label and not leads:
            label = _host(block.url)
        side = self.phrases.direction
        return BlockContext(
            kind=block.kind.value,
            kicker=self._kicker(block),
            headline=headline,
            text=text,
            source=isolated(source, side),
            url=url,
            label=label,
            answers=self._answers(block) if "answers" in texts else (),
            picture=pictured,
            language=language if language != self.phrases.language else "",
            direction=reads if reads != side else "",
        )

    def _answers(self, block: Block) -> tuple[AnswerContext, ...]:
        written = (
            AnswerContext(clean(one.words, LIMITS["answer"]), self._href(one.url, link_name(block, place)))
            for place, one in enumerate(block.choices)
        )
        return tuple(one for one in written if is_visible(one.words))

    def _kicker(self, block: Block) -> str:
        _ = self.phrases.gettext
        if block.kind is BlockKind.SPONSOR:
            return _("Advertisement")
        if block.kind is BlockKind.NUMBER:
            return _("Number of the day")
        if block.kind is BlockKind.ANNOUNCEMENT:
            return _("Announcement")
        return _("Question of the day") if block.kind is BlockKind.POLL else ""

    def _href(self, address: str, name: str) -> Href:
        url = href(address)
        if self.link is None or not url.startswith("http"):
            return url
        return Href(self.link(self.edition, Item(ArticleId(name), "", address.strip(), Blurb()), self.arm))


def _host(address: str) -> str:
    """Return where an address leads, for readers: the words of a link that nothing else would carry."""
    try:
        return clean((urlsplit(address.strip()).hostname or "").removeprefix("www."), LIMITS["label"])
    except ValueError:
        return ""


def weight(blocks: tuple[Block, ...]) -> int:
    """Return about how many bytes the blocks take of a mail's HTML, never much less than they do."""
    return sum(_weight(block) for block in blocks)


_EACH, _EACH_LINK, _EACH_PICTURE = 900, 350, 900
_EACH_MARK = 120
"""What styles add to a link within a text."""


def _weight(block: Block) -> int:
    told = rich(block.text, LIMITS["text"])
    html = str(getattr(told, "markup", told))
    words = "".join((block.title, block.source, block.url, block.label, block.answers))
    return (
        _EACH
        + len(html.encode())
        + html.count("<a ") * _EACH_MARK
        + 2 * len(words.encode())
        + len(block.choices) * _EACH_LINK
        + (_EACH_PICTURE if block.picture else 0)
    )
