"""What pages say around an article, by language: data for `cleaning`.

A new language is one more module and one more line here. All languages are read for every article:
publishers mix them, and many pages name no language.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from digest.sources.markers.arabic import ARABIC
from digest.sources.markers.english import ENGLISH
from digest.sources.markers.french import FRENCH
from digest.sources.markers.german import GERMAN
from digest.sources.markers.kinds import Markers
from digest.sources.markers.portuguese import PORTUGUESE
from digest.sources.markers.spanish import SPANISH
from digest.sources.markers.swahili import SWAHILI

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

__all__ = ["BY_LANGUAGE", "Markers"]
