"""Which parts of an edition a change touches: two that share none can both be made, in either order."""

from __future__ import annotations

from digest.editions.block_changes import (
    AddBlock,
    DropBlock,
    MoveBlock,
    SetBlockPicture,
    SetPicture,
    WriteBlock,
)
from digest.editions.revisions import (
    Drop,
    Move,
    Pin,
    Reorder,
    Restore,
    Retitle,
    Revision,
    RewriteBlurb,
    SetPreheader,
    SetSubject,
    SetSubjectB,
)
from digest.model import ArticleId, BlockId

ORDER = "order"
"""What places and ranks share: undoing one of them needs all the others as they were."""


def headline(article: ArticleId) -> str:
    """Return the name of a story's headline."""
    return f"headline {article}"


def blurb(article: ArticleId) -> str:
    """Return the name of a story's blurb."""
    return f"blurb {article}"


def pin(article: ArticleId) -> str:
    """Return the name of a story's pin."""
    return f"pin {article}"


def place(article: ArticleId) -> str:
    """Return the name of where a story stands."""
    return f"place {article}"


def story(article: ArticleId) -> str:
    """Return the name of whether a story is in the edition at all."""
    return f"story {article}"


def picture(article: ArticleId) -> str:
    """Return the name of a story's picture."""
    return f"picture {article}"


def block(name: BlockId) -> str:
    """Return the name of whether a block is in the edition at all."""
    return f"block {name}"


def block_part(part: str, name: BlockId) -> str:
    """Return the name of one part of a block: a text, its picture, its place."""
    return f"block-{part} {name}"


BLOCK_ORDER = "blocks"
"""What the places of blocks share."""


def touched(revision: Revision) -> frozenset[str]:
    """Return what a change alters, by name."""
    match revision:
        case Retitle(article, _):
            return frozenset({headline(article)})
        case RewriteBlurb(article, _):
            return frozenset({blurb(article)})
        case Pin(article, _, rank):
            return frozenset({pin(article)} | ({ORDER} if rank is not None else set()))
        case Move(article, _, _):
            return frozenset({place(article), ORDER})
        case Drop(article):
            return frozenset({story(article), place(article), ORDER})
        case Restore(item, _):
            return frozenset({story(item.article), place(item.article), ORDER})
        case Reorder():
            return frozenset({ORDER})
        case _:
            line = _LINES.get(type(revision))
            return frozenset({line}) if line else _touched_of_blocks(revision)


def _touched_of_blocks(revision: Revision) -> frozenset[str]:
    match revision:
        case AddBlock(one, _):
            return frozenset({block(one.id), block_part("place", one.id), BLOCK_ORDER})
        case DropBlock(name):
            return frozenset({block(name), block_part("place", name), BLOCK_ORDER})
        case MoveBlock(name, _, _, _):
            return frozenset({block_part("place", name), BLOCK_ORDER})
        case WriteBlock(name, part, _):
            return frozenset({block_part(part, name)})
        case SetBlockPicture(name, _):
            return frozenset({block_part("picture", name)})
        case SetPicture(article, _):
            return frozenset({picture(article)})
    return frozenset()


_LINES: dict[type, str] = {SetSubject: "subject", SetSubjectB: "subject_b", SetPreheader: "preheader"}


def clashing(revision: Revision, article: ArticleId | None = None) -> frozenset[str]:
    """Return what nobody else may have altered since, for the change to be made unasked.

    Args:
        article: the story that a `Reorder` is about.
    """
    match revision:
        case Retitle(one, _) | RewriteBlurb(one, _) | Pin(one, _, _):
            return (touched(revision) - {ORDER}) | {story(one)}
        case Drop(one):
            return frozenset(name(one) for name in (headline, blurb, picture, pin, place, story))
        case Move(one, _, _):
            return frozenset({place(one), pin(one), story(one)})
        case Restore(item, _):
            return frozenset({story(item.article)})
        case Reorder():
            return (
                frozenset(name(article) for name in (place, pin, story)) if article else frozenset({ORDER})
            )
        case SetPicture(one, _):
            return frozenset({picture(one), story(one)})
        case AddBlock() | DropBlock() | MoveBlock() | WriteBlock() | SetBlockPicture():
            return _clashing_of_blocks(revision)
        case _:
            return touched(revision)


_BLOCK_PARTS = ("title", "text", "source", "url", "label", "answers", "picture", "place")


def _clashing_of_blocks(
    revision: AddBlock | DropBlock | MoveBlock | WriteBlock | SetBlockPicture,
) -> frozenset[str]:
    match revision:
        case AddBlock(one, _):
            return frozenset({block(one.id)})
        case DropBlock(name):
            return frozenset({block(name), *(block_part(part, name) for part in _BLOCK_PARTS)})
        case _:
            return (touched(revision) - {BLOCK_ORDER}) | {block(revision.block)}
