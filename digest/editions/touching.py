"""Which parts of an edition a change touches: two that share none can both be made, in either order."""

from __future__ import annotations

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
from digest.model import ArticleId

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
        case SetSubject() | SetSubjectB() | SetPreheader():
            return frozenset({_LINES[type(revision)]})


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
            return frozenset(name(one) for name in (headline, blurb, pin, place, story))
        case Move(one, _, _):
            return frozenset({place(one), pin(one), story(one)})
        case Restore(item, _):
            return frozenset({story(item.article)})
        case Reorder():
            return (
                frozenset(name(article) for name in (place, pin, story)) if article else frozenset({ORDER})
            )
        case _:
            return touched(revision)
