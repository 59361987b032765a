"""Paragraphs that ask for money or an account, and pages that stop at one."""

from __future__ import annotations

from collections.abc import Sequence

from digest.sources.pages.markers.inlines import points_elsewhere
from digest.sources.pages.markers.stubs import OFFERS
from digest.sources.text.blocks import Block, count_words, sameness_key

MOST_OF_OFFER = 60
FEWEST_ABOVE = 5
LONG_BEFORE_OFFER_WORDS = 200
"""So much text above an offer is an article whose page ends with one."""
MOST_BELOW = 150
"""Perks and prices are shorter than an article that goes on."""


def is_offer(text: str) -> bool:
    """Tell whether a paragraph asks for money or an account before the rest may be read."""
    if points_elsewhere(text):  # "Keep reading: another title"
        return False
    return count_words(text) <= MOST_OF_OFFER and bool(OFFERS.search(sameness_key(text)))


def stops_at_offer(blocks: Sequence[Block], kept: Sequence[Block]) -> bool:
    """Tell whether a page's short text stops at an offer that cleaning took for furniture."""
    texts = {block.text for block in kept}
    counts = [count_words(block.text) if block.text in texts else 0 for block in blocks]
    above, total = 0, sum(counts)
    for block, count in zip(blocks, counts, strict=True):
        is_short = FEWEST_ABOVE <= above < LONG_BEFORE_OFFER_WORDS and total - above < MOST_BELOW
        if is_short and block.text not in texts and is_offer(block.text):
            return True
        above += count
    return False
