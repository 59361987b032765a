"""What a newsletter leaves out, whatever else its articles are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ArticleKind(StrEnum):
    """Kinds of pieces that are no story, as `exclude.kinds` names them."""

    AD = "ad"
    LIVE = "live"
    WEATHER = "weather"
    HOROSCOPE = "horoscope"
    JOB = "job"
    OBITUARIES = "obituaries"
    AUDIO = "audio"
    VIDEO = "video"
    GALLERY = "gallery"
    NEWSLETTER = "newsletter"
    QUIZ = "quiz"
    DEAL = "deal"
    PAYWALL = "paywall"


@dataclass(frozen=True, slots=True)
class Exclusions:
    """What stays out.

    Attributes:
        tags: the source's own categories; case does not matter.
        words: whole words of title, summary and tags.
        urls: beginnings of the article's path on its site.
    """

    kinds: tuple[ArticleKind, ...] = (ArticleKind.AD,)
    tags: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()


ADS_ONLY = Exclusions()
