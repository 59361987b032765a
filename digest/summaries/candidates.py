"""An article's sentences as a blurb could use them, each with the place it was taken from."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from digest.model import Article, BlurbSentence, Provenance
from digest.summaries.corrections import corrects, is_correction
from digest.summaries.language.dependence import is_weak, leans_back
from digest.summaries.language.detecting import language_of
from digest.summaries.language.furniture import dateline_end, is_cut_off, is_furniture, mend_quotes, repeats
from digest.summaries.language.quoting import read_quotations
from digest.summaries.language.references.needing import Needs, Told
from digest.summaries.language.sentences import walk
from digest.summaries.language.talk.interviewing import interviewed
from digest.summaries.language.words import content_words, count_words
from digest.summaries.listing import listed, without_lead_in
from digest.summaries.trimming import trim

_ADDS_AT_LEAST = 2
_SPACE = re.compile(r"\s+")
_WIDE_SPACE = "\u3000"
_LOOSE = re.compile(r"(?<=\w) (?=[,.](?:\s|$))")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that a blurb may take.

    Attributes:
        text: cleaned and trimmed.
        position: 0 for the article's first clean sentence; those of unnamed speakers count.
        terms: its content words.
        is_weak: a question, a fragment, or a mere echo of the headline.
        leans: it needs the candidate before it.
        needs: where earlier sentences tell whole what is short in it (`Mutua`, `NCWSC`, `the man`).
        publisher: named with the sentence where that is not the publisher of the story's lead.
    """

    text: str
    words: int
    position: int
    terms: frozenset[str]
    source: Provenance
    is_weak: bool = False
    leans: bool = False
    needs: Needs = ()
    publisher: str = ""

    def stands_among(self, positions: Collection[int], names: Collection[str] = ()) -> bool:
        """Tell whether all that it needs is printed before it.

        Args:
            positions: those of the same article that are printed.
            names: what others that stand before it tell whole.
        """
        if self.leans and self.position - 1 not in positions:
            return False
        return all(one.name in names or not one.positions.isdisjoint(positions) for one in self.needs)

    @property
    def sentence(self) -> BlurbSentence:
        """Return it as a part of a blurb."""
        return BlurbSentence(self.text, self.source, self.publisher)


def candidates(article: Article, limit: int | None = None) -> list[Candidate]:
    """Return the article's clean sentences in order, at most `limit` of them.

    Taken from the body; from the summary where the body gives none. Headings, repeats of the title,
    datelines, bylines, credits, invitations, doubled sentences and quotations without their speaker are
    left out.
    """
    language = language_of(article.paragraphs or (article.summary,), article.language)
    told = replace(article, language=language) if language != article.language else article
    found = _collect(told, _body(told), limit)
    return found or _not_in_body(told, _collect(told, [(-1, 0, told.summary)], limit))


def _not_in_body(article: Article, found: list[Candidate]) -> list[Candidate]:
    """Return what the summary alone tells: a body that was left out stays so where it is said again."""
    body = _tidied(" ".join(article.paragraphs)).casefold()
    taken = (_tidied(article.summary[one.source.start : one.source.end]).casefold() for one in found)
    return [one for one, text in zip(found, taken, strict=True) if not body or text not in body]


def _body(article: Article) -> list[tuple[int, int, str]]:
    return [
        (passage_at, paragraph_at, text)
        for passage_at, passage in enumerate(article.passages)
        for paragraph_at, text in enumerate(passage.paragraphs)
    ]


def _collect(article: Article, places: list[tuple[int, int, str]], limit: int | None) -> list[Candidate]:
    found: list[Candidate] = []
    told: set[str] = set()
    context = Told(article.title, article.language)
    whole = {(passage, paragraph): text for passage, paragraph, text in places}
    title = frozenset(content_words(article.title, article.language))
    rest = " ".join(text for _, _, text in places)
    position = -1
    for text, source in _clean_sentences(article, places):
        if text in told:
            continue
        # What somebody says alone is passed over, yet counts: the next sentence may lean on it.
        position += 1
        needs = context.needs(text or whole[source.passage, source.paragraph][source.start : source.end])
        if text is None:
            continue
        told.add(text)
        short = trim(text, rest)
        terms = frozenset(content_words(short, article.language))
        echoes = bool(title) and len(terms - title) < _ADDS_AT_LEAST
        found.append(
            Candidate(
                text=short,
                words=count_words(short),
                position=position,
                terms=terms,
                source=source,
                is_weak=echoes or is_weak(short, article.language),
                leans=leans_back(text, article.language),
                needs=needs,
            )
        )
        if len(found) == limit:
            break
    return found


def _clean_sentences(
    article: Article, places: list[tuple[int, int, str]]
) -> Iterator[tuple[str | None, Provenance]]:
    """Yield the sentences that are news, and places; None for one that lacks its speaker, or its list."""
    headings = [passage.heading for passage in article.passages if passage.heading]
    begins = [
        dateline_end(paragraph, is_first=(passage_at, paragraph_at) in {(0, 0), (-1, 0)})
        for passage_at, paragraph_at, paragraph in places
    ]
    bodies = [mend_quotes(place[2][begin:]) for place, begin in zip(places, begins, strict=True)]
    quotations = read_quotations(bodies, [text for _, _, text in places])
    no_news = listed(bodies) | _answers(article, places)
    for at, ((passage_at, paragraph_at, whole), begin, body, quoted) in enumerate(
        zip(places, begins, bodies, quotations, strict=True)
    ):
        if at in no_news:
            yield None, Provenance(article.id, passage_at, paragraph_at, begin, begin + len(body))
            continue
        heading = article.passages[passage_at].heading if passage_at >= 0 else ""
        is_corrected = is_correction(heading) or is_correction(whole)
        for span in walk(without_lead_in(body), article.language):
            is_corrected = is_corrected or corrects(span.of(body))
            source = Provenance(article.id, passage_at, paragraph_at, begin + span.start, begin + span.end)
            text = None if is_corrected else quoted.told(_tidied(span.of(body)), span.start, span.end)
            if text is None:
                yield None, source
            elif not (is_furniture(text) or is_cut_off(text) or repeats(text, article.title, *headings)):
                yield text, source


def _answers(article: Article, places: list[tuple[int, int, str]]) -> frozenset[int]:
    """Return which paragraphs answer questions of an interview that stand as headings, or among them."""
    lines: list[tuple[int, str]] = []
    for at, (passage, paragraph, text) in enumerate(places):
        heading = article.passages[passage].heading if passage >= 0 and paragraph == 0 else ""
        lines += [(-1, heading)] if heading else []
        lines.append((at, text))
    return frozenset(lines[line][0] for line in interviewed([text for _, text in lines]))


def _tidied(sentence: str) -> str:
    """Fold white space; take away that before commas and periods, which links leave behind."""
    if _WIDE_SPACE not in sentence:
        return _LOOSE.sub("", " ".join(sentence.split()))
    return _LOOSE.sub("", _SPACE.sub(_one_space, sentence.strip()))


def _one_space(found: re.Match[str]) -> str:
    return _WIDE_SPACE if _WIDE_SPACE in found[0] else " "
