"""What an editor does to an edition's blocks and pictures, one change as one value, with its undoing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from digest.errors import EditionConflict
from digest.model import ArticleId, Block, BlockId, Edition, Image, Spot
from digest.model.blocks import MOST_BLOCKS


@dataclass(frozen=True, slots=True)
class AddBlock:
    """Put a block into the edition.

    Attributes:
        at: index among all its blocks; beyond the end means last.
    """

    block: Block
    at: int = 1_000

    def change(self, edition: Edition) -> Edition:
        """Return the edition with the change made, its revision number as it was."""
        if any(one.id == self.block.id for one in edition.blocks):
            raise EditionConflict(str(edition.key), "it holds this block already")
        if len(edition.blocks) >= MOST_BLOCKS:
            raise EditionConflict(str(edition.key), f"it has {MOST_BLOCKS} blocks, and no more find room")
        blocks = list(edition.blocks)
        blocks.insert(self.at, self.block)
        return replace(edition, blocks=tuple(blocks))

    def inverse(self, _edition: Edition) -> DropBlock:
        """Return the change that undoes this one."""
        return DropBlock(self.block.id)


@dataclass(frozen=True, slots=True)
class DropBlock:
    """Take a block out of the edition."""

    block: BlockId

    def change(self, edition: Edition) -> Edition:
        """Return the edition with the change made, its revision number as it was."""
        found = block_of(edition, self.block)
        return replace(edition, blocks=tuple(one for one in edition.blocks if one is not found))

    def inverse(self, edition: Edition) -> AddBlock:
        """Return the change that undoes this one."""
        found = block_of(edition, self.block)
        return AddBlock(found, edition.blocks.index(found))


@dataclass(frozen=True, slots=True)
class MoveBlock:
    """Put a block at another spot.

    Attributes:
        at: index among all the edition's blocks, the block itself left out.
    """

    block: BlockId
    spot: Spot
    section: str = ""
    at: int = 1_000

    def change(self, edition: Edition) -> Edition:
        """Return the edition with the change made, its revision number as it was."""
        found = block_of(edition, self.block)
        blocks = [one for one in edition.blocks if one is not found]
        blocks.insert(self.at, replace(found, spot=self.spot, section=self.section))
        return replace(edition, blocks=tuple(blocks))

    def inverse(self, edition: Edition) -> MoveBlock:
        """Return the change that undoes this one."""
        found = block_of(edition, self.block)
        return MoveBlock(self.block, found.spot, found.section, edition.blocks.index(found))


@dataclass(frozen=True, slots=True)
class WriteBlock:
    """Give one text of a block other words.

    Attributes:
        name: of the block's field: `title`, `text`, `source`, `url`, `label` or `answers`.
    """

    block: BlockId
    name: str
    text: str

    def change(self, edition: Edition) -> Edition:
        """Return the edition with the change made, its revision number as it was."""
        return _with_block(edition, self.block, lambda one: with_text(one, self.name, self.text))

    def inverse(self, edition: Edition) -> WriteBlock:
        """Return the change that undoes this one."""
        return WriteBlock(self.block, self.name, text_of(block_of(edition, self.block), self.name))


@dataclass(frozen=True, slots=True)
class SetBlockPicture:
    """Give a block another picture, or none."""

    block: BlockId
    picture: Image | None

    def change(self, edition: Edition) -> Edition:
        """Return the edition with the change made, its revision number as it was."""
        return _with_block(edition, self.block, lambda one: replace(one, picture=self.picture))

    def inverse(self, edition: Edition) -> SetBlockPicture:
        """Return the change that undoes this one."""
        return SetBlockPicture(self.block, block_of(edition, self.block).picture)


@dataclass(frozen=True, slots=True)
class SetPicture:
    """Give a story another picture, or none."""

    article: ArticleId
    picture: Image | None

    def change(self, edition: Edition) -> Edition:
        """Return the edition with the change made, its revision number as it was."""
        if not any(item.article == self.article for item in edition.items):
            raise EditionConflict(str(edition.key), f"it holds no article {self.article}")
        sections = (
            replace(
                section,
                items=tuple(
                    replace(item, image=self.picture) if item.article == self.article else item
                    for item in section.items
                ),
            )
            for section in edition.sections
        )
        return replace(edition, sections=tuple(sections))

    def inverse(self, edition: Edition) -> SetPicture:
        """Return the change that undoes this one."""
        shown = next((item.image for item in edition.items if item.article == self.article), None)
        return SetPicture(self.article, shown)


BlockChange = AddBlock | DropBlock | MoveBlock | WriteBlock | SetBlockPicture | SetPicture


def block_of(edition: Edition, block: BlockId) -> Block:
    """Return a block of the edition.

    Raises:
        EditionConflict: it holds none of that name.
    """
    for one in edition.blocks:
        if one.id == block:
            return one
    raise EditionConflict(str(edition.key), f"it holds no block {block}")


def text_of(block: Block, name: str) -> str:
    """Return one text of a block; empty for a name that none has."""
    texts = {
        "title": block.title,
        "text": block.text,
        "source": block.source,
        "url": block.url,
        "label": block.label,
        "answers": block.answers,
    }
    return texts.get(name, "")


def with_text(block: Block, name: str, text: str) -> Block:
    """Return the block with one text of its other; as it is for a name that none has."""
    match name:
        case "title":
            return replace(block, title=text)
        case "text":
            return replace(block, text=text)
        case "source":
            return replace(block, source=text)
        case "url":
            return replace(block, url=text)
        case "label":
            return replace(block, label=text)
        case "answers":
            return replace(block, answers=text)
    return block


def _with_block(edition: Edition, block: BlockId, change: Callable[[Block], Block]) -> Edition:
    block_of(edition, block)
    found: Iterable[Block] = (change(one) if one.id == block else one for one in edition.blocks)
    return replace(edition, blocks=tuple(found))
