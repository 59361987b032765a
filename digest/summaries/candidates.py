"""An article's sentences as a blurb could use them, each with the place it was taken from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from digest.model import Article, BlurbSentence, Provenance
from digest.summaries.language.dependence import is_weak, leans_back
from digest.summaries.language.furniture import dateline_end, is_cut_off, is_furniture, mend_quotes, repeats
from digest.summaries.language.quoting import Quotations
from digest.summaries.language.sentences import walk
from digest.summaries.language.words import content_words, count_words
from digest.summaries.trimming import trim

_ADDS_AT_LEAST = 2
_LOOSE = re.compile(r"(?<=\w) (?=[,.](?:\s|$))")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that a blurb may take.

    Attributes:
        text: cleaned and trimmed.
        position: 0 for the article's first clean sentence.
        terms: its content words.
        is_weak: a question, a fragment, a quotation nobody speaks, or a mere echo of the headline.
        leans: it needs the candidate before it.
    """

    text: str
    words: int
    position: int
    terms: frozenset[str]
    source: Provenance
    is_weak: bool = False
    leans: bool = False

    @property
    def sentence(self) -> BlurbSentence:
        """Return it as a part of a blurb."""
        return BlurbSentence(self.text, self.source)


def candidates(article: Article, limit: int | None = None) -> list[Candidate]:
    """Return the article's clean sentences in order, at most `limit` of them.

    Taken from the body; from the summary where the body gives none. Headings, repeats of the title,
    datelines, bylines, credits, invitations and doubled sentences are left out.
    """
    found = _collect(article, _body(article), limit)
    return found or _collect(article, [(-1, 0, article.summary)], limit)


def _body(article: Article) -> list[tuple[int, int, str]]:
    return [
        (passage_at, paragraph_at, text)
        for passage_at, passage in enumerate(article.passages)
        for paragraph_at, text in enumerate(passage.paragraphs)
    ]


def _collect(article: Article, places: list[tuple[int, int, str]], limit: int | None) -> list[Candidate]:
    found: list[Candidate] = []
    told: set[str] = set()
    title = frozenset(content_words(article.title, article.language))
    for text, source, is_spoken in _clean_sentences(article, places):
        if text in told:
            continue
        told.add(text)
        short = trim(text)
        terms = frozenset(content_words(short, article.language))
        echoes = bool(title) and len(terms - title) < _ADDS_AT_LEAST
        found.append(
            Candidate(
                text=short,
                words=count_words(short),
                position=len(found),
                terms=terms,
                source=source,
                is_weak=echoes or is_spoken or is_weak(short),
                leans=leans_back(text, article.language),
            )
        )
        if len(found) == limit:
            break
    return found


def _clean_sentences(
    article: Article, places: list[tuple[int, int, str]]
) -> Iterator[tuple[str, Provenance, bool]]:
    """Yield the source's sentences that are news, with their places, and whether they are all quotation."""
    headings = [passage.heading for passage in article.passages if passage.heading]
    for passage_at, paragraph_at, paragraph in places:
        begin = dateline_end(paragraph, is_first=(passage_at, paragraph_at) in {(0, 0), (-1, 0)})
        body = mend_quotes(paragraph[begin:])
        quoted = Quotations(body)
        for span in walk(body, article.language):
            text = quoted.completed(_tidied(span.of(body)), span.start, span.end)
            if is_furniture(text) or is_cut_off(text):
                continue
            if repeats(text, article.title, *headings):
                continue
            source = Provenance(article.id, passage_at, paragraph_at, begin + span.start, begin + span.end)
            yield text, source, quoted.is_spoken(span.start, span.end)


def _tidied(sentence: str) -> str:
    """Fold white space; take away that before commas and periods, which links leave behind."""
    return _LOOSE.sub("", " ".join(sentence.split()).removeprefix('" '))
