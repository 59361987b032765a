"""What pages say around an article, by language: data for `cleaning`.

A new language is one more module and one more line here. All languages are read for every article:
publishers mix them, and many pages name no language.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from digest.sources.pages.markers.arabic import ARABIC
from digest.sources.pages.markers.elsewhere import ELSEWHERE, INLINE
from digest.sources.pages.markers.english import ENGLISH
from digest.sources.pages.markers.everywhere import EVERYWHERE
from digest.sources.pages.markers.french import FRENCH
from digest.sources.pages.markers.german import GERMAN
from digest.sources.pages.markers.interruptions import INTERRUPTIONS
from digest.sources.pages.markers.kinds import Markers
from digest.sources.pages.markers.portuguese import PORTUGUESE
from digest.sources.pages.markers.spanish import SPANISH
from digest.sources.pages.markers.swahili import SWAHILI

BY_LANGUAGE: Mapping[str, Markers] = MappingProxyType(
    {
        "en": ENGLISH,
        "fr": FRENCH,
        "de": GERMAN,
        "es": SPANISH,
        "pt": PORTUGUESE,
        "sw": SWAHILI,
        "ar": ARABIC,
    }
)

EVERY = (*BY_LANGUAGE.values(), *ELSEWHERE.values(), EVERYWHERE, INTERRUPTIONS, Markers(lines=INLINE.lines))
"""With the languages of which only comments and related articles are known."""

LEADING = (*EVERY, INLINE)
"""With what stands between paragraphs before another article's title."""

__all__ = ["BY_LANGUAGE", "ELSEWHERE", "EVERY", "LEADING", "Markers"]
