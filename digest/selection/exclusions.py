"""What a newsletter keeps out: kinds of pieces, tags, words and addresses, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable

from digest.model import Article, ExclusionOf, Exclusions, LeftOut
from digest.selection.kinds.telling import kinds_of
from digest.selection.sections import is_under, says
from digest.selection.tokenizing import fold, phrase


def why_left_out(article: Article, left_out: Iterable[LeftOut]) -> str:
    """Return why editors leave an article out, a sentence; empty where they do not."""
    for one in left_out:
        if found := _fits(article, one):
            return f"{found}, at the desk by {one.who}, {one.at:%Y-%m-%d}."
    return ""


def _fits(article: Article, one: LeftOut) -> str:
    if one.what is ExclusionOf.KIND:
        shown = next((how for kind, how in kinds_of(article).items() if kind == one.value), "")
        return f"The kind “{one.value}” is left out ({shown})" if shown else ""
    if one.what is ExclusionOf.TAG:
        tag = next((tag for tag in article.tags if fold(tag) == fold(one.value)), "")
        return f"Its tag “{tag}” is left out" if tag else ""
    if one.what is ExclusionOf.WORD:
        return f"Its word “{one.value}” is left out" if _has_word(article, one.value) else ""
    if one.what is ExclusionOf.URL:
        return f"Its address under {one.value} is left out" if is_under(article.url, one.value) else ""
    return f"Its source {article.source} is left out" if article.source == one.value else ""


def why_excluded(article: Article, exclusions: Exclusions) -> str:
    """Return why an article stays out, a sentence; empty where nothing keeps it out."""
    if exclusions.kinds:
        kinds = kinds_of(article)
        for kind in exclusions.kinds:
            if kind in kinds:
                return f"It is of the kind “{kind}”, which is kept out: {kinds[kind]}."
    unwanted = {fold(tag) for tag in exclusions.tags}
    for tag in article.tags if unwanted else ():
        if fold(tag) in unwanted:
            return f"Its tag “{tag}” is kept out."
    for word in exclusions.words:
        if _has_word(article, word):
            return f"Its word “{word}” is kept out."
    for start in exclusions.urls:
        if is_under(article.url, start):
            return f"Its address under {start} is kept out."
    return ""


def _has_word(article: Article, word: str) -> bool:
    line = phrase(word)
    said = " | ".join(phrase(part) for part in (article.title, article.summary, *article.tags))
    return bool(line) and says(said, line)
