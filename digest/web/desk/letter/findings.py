"""What stands in the way of an edition's blocks: nothing in them, a link that leads nowhere, no name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from digest.model import Block, BlockKind, Edition
from digest.model.blocks import PICTURED, TEXTS
from digest.rendering.pictures import is_out_of_bounds, why_unshown
from digest.rendering.prose import href
from digest.web.desk.letter.blocks import said


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at.

    Attributes:
        field: the id of the page's element where it can be mended; empty where there is none.
    """

    text: str
    is_error: bool
    field: str = ""


def findings(edition: Edition) -> Iterator[Finding]:
    """Yield what an editor should see of the blocks before somebody approves them."""
    for block in edition.blocks:
        name = said(block)
        if block.is_empty:
            text = f"{name}: nothing is written in it, and no mail shows it. Write it, or take it out."
            yield Finding(text, is_error=False, field=_field(block, TEXTS[block.kind][0]))
            continue
        yield from _links(block, name)
        if block.kind is BlockKind.SPONSOR and not block.source.strip():
            text = f"{name}: it does not say who pays for it. Name them."
            yield Finding(text, is_error=False, field=_field(block, "source"))
        if block.kind is BlockKind.POLL and len(block.choices) < 2:
            text = f"{name}: it has fewer than two answers. Write one on each line, with its address."
            yield Finding(text, is_error=False, field=_field(block, "answers"))
        if block.kind in PICTURED and block.picture is not None:
            yield from _picture(block, name)


def _links(block: Block, name: str) -> Iterator[Finding]:
    if "url" in TEXTS[block.kind]:
        if block.url and not href(block.url):
            text = f"{name}: its address leads nowhere. It must begin with https://."
            yield Finding(text, is_error=True, field=_field(block, "url"))
        elif not block.url and block.kind is BlockKind.SPONSOR:
            text = f"{name}: it leads nowhere. Give it an address."
            yield Finding(text, is_error=False, field=_field(block, "url"))
        elif block.label and not block.url:
            text = f"{name}: the words of its link have no address, and are not shown. Give it one."
            yield Finding(text, is_error=False, field=_field(block, "url"))
    for answer in block.choices if block.kind is BlockKind.POLL else ():
        if answer.url and not href(answer.url):
            text = f"{name}: the answer “{answer.words}” leads nowhere. Mend its address."
            yield Finding(text, is_error=True, field=_field(block, "answers"))


def _picture(block: Block, name: str) -> Iterator[Finding]:
    assert block.picture is not None
    why = why_unshown(block.picture.url)
    if why or is_out_of_bounds(block.picture):
        text = f"{name}: its picture {why or 'is too small or too large for a mail'}. Choose another."
        yield Finding(text, is_error=False, field=f"block-{block.id}")


def _field(block: Block, name: str) -> str:
    return f"block-{name}-{block.id}"
