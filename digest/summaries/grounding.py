"""A gate: what a blurb names, counts, dates or quotes must stand in its sources.

High precision, low recall: a blurb that passes may still be wrong, one that fails is not to be sent
without an editor's word. Extractive blurbs pass by construction, for each sentence is a source's own.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from digest.model import Article, Blurb
from digest.summaries.language.abbreviations import periods
from digest.summaries.language.dependence import is_balanced
from digest.summaries.language.furniture import mend_quotes
from digest.summaries.language.numerals import numbers, parts
from digest.summaries.language.quoting import read_quotations
from digest.summaries.language.sentences import split
from digest.summaries.language.speaking import attributes
from digest.summaries.language.words import content_words, fold, words

OVERLAP_FLOOR = 0.5
"""The share of a sentence's content words that its sources must have."""
_TOLD = 0.8
_FEWEST_TERMS = 2

_QUOTED = re.compile(
    r"“([^”]+)”|\"([^\"]+)\"|«\s*([^»]+?)\s*»|„([^“”]+)[“”]|「([^」]+)」|(?<!\w)‘([^’]+)’(?!\w)"
    r"|『([^』]+)』|»([^«»]+)[«»]|‚([^‘]+)‘|”([^“”]+)”|(?<!\w)'([^']+)'(?!\w)"
)
_LETTERS = re.compile(r"\w+")
_NAME = re.compile(r"[^\W\d_a-zß-öø-ÿ]\w*(?:['’-]\w+)*")
_MONTHS = {
    name.casefold()[:3]: frozenset({name.casefold(), name.casefold()[:3], name.casefold()[:4]})
    for name in calendar.month_name[1:]
}
_TITLE_WORDS = """
mr mrs ms dr prof professor sir president minister senator governor judge captain general king queen
monsieur madame herr frau señor señora senhor signor mheshimiwa bwana rais waziri
"""
_TITLES = frozenset(_TITLE_WORDS.split())


class DoubtKind(StrEnum):
    """What a blurb says that its sources do not."""

    NUMBER = "number"
    NAME = "name"
    QUOTATION = "quotation"
    WORDING = "wording"
    SPEECH = "speech"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing in a blurb that its sources do not show."""

    kind: DoubtKind
    what: str

    def __str__(self) -> str:
        """Return one sentence for an editor."""
        if self.kind is DoubtKind.WORDING:
            return f"Too little of this sentence stands in the source: {self.what}"
        if self.kind is DoubtKind.SPEECH:
            return f"These are somebody's words, and it is not said whose: {self.what}"
        return f"This {self.kind.value} is not in the source: {self.what}"


def doubts(blurb: Blurb, sources: Sequence[Article]) -> tuple[Doubt, ...]:
    """Return what the sources do not show; nothing where the blurb is grounded.

    Numbers compare by value (`1,000`, `one thousand`), names without titles and endings, quotations
    without marks, case and spacing. Sentences are judged one by one against all sources.
    """
    language = next((article.language for article in sources if article.language), "en")
    ground = _Ground.of(sources, language)
    found = [doubt for sentence in blurb.sentences for doubt in ground.doubts(sentence.text)]
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class _Ground:
    """The sources, made ready to be asked."""

    language: str
    numbers: frozenset[float]
    words: frozenset[str]
    terms: frozenset[str]
    folded: str
    own: tuple[frozenset[str], ...]
    spoken: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, sources: Sequence[Article], language: str) -> _Ground:
        text = "\n".join(part for article in sources for part in _texts(article))
        plain = _plain(text)
        return cls(
            language,
            frozenset(parts(text, language)),
            frozenset(fold(word) for word in words(plain))
            | frozenset(_LETTERS.findall(plain))
            | frozenset(name for article in sources for name in _calendar(article)),
            frozenset(content_words(text, language)),
            "".join(_LETTERS.findall(plain)),
            *_voices(sources, language),
        )

    def doubts(self, sentence: str) -> Iterable[Doubt]:
        """Yield the doubts of one sentence."""
        for value in sorted(_figures_of(sentence, self.language) - self.numbers):
            yield Doubt(DoubtKind.NUMBER, f"{value:g}")
        for name in _names(sentence, self.language):
            if not self._has_word(name):
                yield Doubt(DoubtKind.NAME, name)
        for quotation in _quotations(sentence):
            if "".join(_LETTERS.findall(_plain(quotation))) not in self.folded:
                yield Doubt(DoubtKind.QUOTATION, quotation)
        terms = content_words(sentence, self.language)
        if terms and len(terms & self.terms) / len(terms) < OVERLAP_FLOOR:
            yield Doubt(DoubtKind.WORDING, sentence)
        if self._is_unattributed(sentence):
            yield Doubt(DoubtKind.SPEECH, sentence)

    def _is_unattributed(self, sentence: str) -> bool:
        """Tell whether a sentence is a quotation alone, or says as the paper's own what only others say."""
        quoted = read_quotations([sentence])[0]
        if quoted.told(sentence, 0, len(sentence)) is None:
            return True
        own = quoted.own(0, len(sentence))
        terms = content_words(own, self.language)
        if len(terms) < _FEWEST_TERMS or attributes(own):
            return False
        return _is_told(terms, self.spoken) and not _is_told(terms, self.own)

    def _has_word(self, name: str) -> bool:
        month = _MONTHS.get(name.casefold()[:3], frozenset())
        if name.casefold() in month and self.words & month:
            return True
        pieces = [fold(piece) for piece in words(_plain(name))]
        return all(
            piece in self.words or "".join(_LETTERS.findall(piece)) in self.folded for piece in pieces
        )


def _voices(
    sources: Sequence[Article], language: str
) -> tuple[tuple[frozenset[str], ...], tuple[frozenset[str], ...]]:
    """Return the content words of each sentence that are the paper's own, and those that it quotes."""
    own, spoken = list[frozenset[str]](), list[frozenset[str]]()
    for article in sources:
        body = [mend_quotes(text) for text in article.paragraphs]
        for texts in ([article.title], [article.summary], body):
            for text, quoted in zip(texts, read_quotations(texts), strict=True):
                for span in split(text, language):
                    own.append(frozenset(content_words(quoted.own(span.start, span.end), language)))
                    spoken.append(frozenset(content_words(quoted.spoken(span.start, span.end), language)))
    return tuple(filter(None, own)), tuple(filter(None, spoken))


def _is_told(terms: set[str], voices: Iterable[frozenset[str]]) -> bool:
    return any(len(terms & voice) >= _TOLD * len(terms) for voice in voices)


def _calendar(article: Article) -> Iterable[str]:
    """Yield the English names of the day the article appeared: a blurb may say Monday for "today"."""
    day = article.published or article.published_on
    if day:
        yield f"{calendar.day_name[day.weekday()]}".casefold()
        yield f"{calendar.month_name[day.month]}".casefold()


def _texts(article: Article) -> Iterable[str]:
    yield from (article.title, article.summary, article.byline, article.publisher)
    for passage in article.passages:
        yield passage.heading
        yield from passage.paragraphs


def _plain(text: str) -> str:
    """Return the text case folded, without accents and typographic quotes."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("’", "'")


def _figures_of(sentence: str, language: str) -> set[float]:
    """Return the numbers a reader would check: all but the small ones that words often are (one, first)."""
    found = numbers(sentence, language)
    written = numbers(" ".join(re.findall(r"\S*\d\S*", sentence)), language)
    return {value for value in found if value > 3 or value in written}


def _names(sentence: str, language: str) -> list[str]:
    """Return the capitalized words, a sentence's first word left out where it is an ordinary opening."""
    starters = periods(language).starters
    found: list[str] = []
    for span in split(sentence, language):
        text = span.of(sentence)
        for match in _NAME.finditer(text):
            word = match[0]
            is_opening = not re.search(r"\w", text[: match.start()])
            if is_opening and (word.casefold() in starters or not _is_name_like(text[match.end() :])):
                continue
            if word != "I" and word.casefold() not in _TITLES:
                found.append(word)
    return found


def _is_name_like(rest: str) -> bool:
    """Tell whether what follows a sentence's first word shows that it is part of a name."""
    return bool(re.match(r"\s+[A-ZÀ-ÞА-Я]|['’]s\b", rest))


def _quotations(sentence: str) -> list[str]:
    """Return the quoted stretches; an unbalanced sentence counts as quoting nothing it can't close."""
    if not is_balanced(sentence) and sentence.count('"') % 2:
        sentence = sentence.replace('"', "")
    return [next(filter(None, match.groups())) for match in _QUOTED.finditer(sentence)]
