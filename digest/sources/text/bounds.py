"""How much text an article may have: what costs time by its length is bounded before it is worked on."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import replace

from digest.sources.text.blocks import Block

MAX_TEXT = 300_000
"""In characters: longer than any article, shorter than what keeps a crawl busy."""
MAX_BLOCKS = 5_000
MAX_PARAGRAPH = 4_000
"""In characters: a longer one is several, parted between words."""


def bounded(blocks: Iterable[Block]) -> tuple[tuple[Block, ...], bool]:
    """Return the blocks that are read, none too long, and whether some were left out."""
    kept: list[Block] = []
    room = MAX_TEXT
    for block in blocks:
        if room <= 0 or len(kept) >= MAX_BLOCKS:
            return tuple(kept), True
        text = block.text[:room]
        room -= len(block.text)
        if len(text) <= MAX_PARAGRAPH:
            kept.append(block if text == block.text else replace(block, text=text))
        else:
            kept.extend(replace(block, text=piece) for piece in textwrap.wrap(text, MAX_PARAGRAPH))
    return tuple(kept), room < 0
