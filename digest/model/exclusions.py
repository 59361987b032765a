"""What a newsletter leaves out, whatever else its articles are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
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
    LISTING = "listing"
    NOTICE = "notice"


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


class ExclusionOf(StrEnum):
    """What editors and operators leave out from now on, beside what the settings keep out."""

    KIND = "kind"
    TAG = "tag"
    SOURCE = "source"
    WORD = "word"
    URL = "url"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What an editor leaves out of a newsletter from now on.

    Attributes:
        value: the kind, tag, source, word, or beginning of an address.
        number: what it is stored under; 0 before.
    """

    what: ExclusionOf
    value: str
    who: str
    at: datetime
    number: int = 0


ADS_ONLY = Exclusions()
