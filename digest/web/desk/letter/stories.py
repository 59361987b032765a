"""The draft's stories and blocks as pieces of the page: each rendered once for what goes into it.

Sixty stories are most of what a change's answer says, and one change touches two of them. A page that
tells which pieces it shows (`pieces`) gets a bare mark for those that are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from markupsafe import Markup

from digest.model import Item
from digest.model.desk import Comment
from digest.web.desk.letter.blocks import NAMES
from digest.web.desk.letter.views import SpotView
from digest.web.serving.pages import Pages

MOST_SHOWN = 300
"""Pieces that a page may say it shows."""

_KINDS = tuple(NAMES.items())
_SAME = Markup('<li id="item-{}" data-piece="{}" data-same></li>')


class StoryView(Hashable, Protocol):
    """A story as the page shows it, with all that is said of it there."""

    @property
    def item(self) -> Item:
        """Return the story itself."""


class SectionView(Protocol):
    """A section as the page shows it."""

    @property
    def key(self) -> str:
        """Return the name by which it is carried to."""

    @property
    def title(self) -> str:
        """Return what it is called."""


@dataclass(frozen=True, slots=True)
class Around:
    """What stories and blocks are told besides what they are.

    Attributes:
        sections: key and title of each.
        lead: the rank of the story that leads; None where there is none.
        shown: the names of pieces that the page has already.
    """

    sections: tuple[tuple[str, str], ...]
    spots: Mapping[str, SpotView]
    talks: Mapping[str, Sequence[Comment]]
    lead: int | None
    can_edit: bool
    zone: ZoneInfo
    address: str
    csrf: str
    shown: frozenset[str] = frozenset()


def pieces(pages: Pages, around: Around) -> dict[str, Callable[..., Markup]]:
    """Return what the template of the sections calls for each story and for each spot of blocks."""
    places = tuple((one.id, one.spot, one.section, one.said) for one in around.spots.values())

    def story(section: SectionView, view: StoryView) -> Markup:
        made = pages.kept(
            "edition/item.html",
            view=view,
            elsewhere=tuple(one for one in around.sections if one[0] != section.key),
            is_lead=view.item.rank == around.lead,
            talk=tuple(around.talks.get(view.item.article, ())),
            can_edit=around.can_edit,
            zone=around.zone,
            address=around.address,
            csrf=around.csrf,
        )
        name = blake2b(made.encode(), digest_size=6).hexdigest()
        if name in around.shown:
            return _SAME.format(view.item.article, name)
        first, rest = made.split("<li ", 1)
        return Markup('{}<li data-piece="{}" {}').format(first, name, rest)

    def blocks_at(spot: str) -> Markup:
        return pages.kept(
            "edition/letter/blocks.html",
            spot=around.spots[spot],
            elsewhere=tuple(one for one in places if one[0] != spot),
            block_kinds=_KINDS,
            can_edit=around.can_edit,
        )

    return {"story": story, "blocks_at": blocks_at}


def shown_by(sent: Mapping[str, Any]) -> frozenset[str]:
    """Return the names of the pieces that a page says it shows; none of what is no list of names."""
    names = sent.get("pieces")
    if not isinstance(names, list):
        return frozenset()
    return frozenset(name for name in names[:MOST_SHOWN] if isinstance(name, str))
