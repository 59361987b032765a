"""The default summarizer: the article's own first sentences, cleaned, never cut."""

from __future__ import annotations

from collections.abc import Iterator

from digest.model import Article, Blurb, BlurbBudget, BlurbSentence, Provenance, Story
from digest.summaries.sentences import walk
from digest.summaries.words import count_words


class ExtractiveSummarizer:
    """Writes blurbs from an article's own sentences."""

    def summarize(self, story: Story, budget: BlurbBudget) -> Blurb:
        """Return the lead within the budget; empty where no whole sentence fits."""
        chosen: list[BlurbSentence] = []
        left = budget.max_words
        for sentence in _sentences(story.lead):
            words = count_words(sentence.text)
            if len(chosen) == budget.max_sentences or words > left:
                break
            chosen.append(sentence)
            left -= words
        return Blurb(tuple(chosen))


def _sentences(article: Article) -> Iterator[BlurbSentence]:
    places = [
        (passage_at, paragraph_at, text)
        for passage_at, passage in enumerate(article.passages)
        for paragraph_at, text in enumerate(passage.paragraphs)
    ] or [(-1, 0, article.summary)]
    for passage_at, paragraph_at, text in places:
        for span in walk(text, article.language):
            source = Provenance(article.id, passage_at, paragraph_at, span.start, span.end)
            yield BlurbSentence(" ".join(span.of(text).split()), source)
