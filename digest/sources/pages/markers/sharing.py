"""Rows of what a page offers to share itself with."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from digest.sources.pages.markers import EVERY
from digest.sources.text.blocks import words


def is_share_row(key: str) -> bool:
    """Tell whether the line is made of sharing words only, two at least, one of them not common."""
    plain = [word for word in key.split() if not word.isdigit()]
    return len(plain) >= 1 and all(word in _share_words() for word in plain) and _has_share_verb(plain)


def _has_share_verb(plain: Sequence[str]) -> bool:
    strong = _STRONG_SHARES & set(plain)
    return len(strong) >= 2 or (len(strong) == 1 and len(plain) <= 3) or plain[0] in _SHARE_VERBS


_STRONG_SHARES = words(
    "facebook twitter whatsapp linkedin telegram pinterest reddit tumblr messenger flipboard tweet email "
    "فيسبوك تويتر واتساب تلغرام تيليجرام"
)
_SHARE_VERBS = words(
    "share shares tweet partager partagez teilen compartir comparte compartilhar compartilhe partilhar "
    "partilhe shiriki sambaza شارك مشاركة"
)


@functools.cache
def _share_words() -> frozenset[str]:
    return frozenset(word for markers in EVERY for word in markers.shares)
