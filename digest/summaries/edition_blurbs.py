"""An edition's blurbs, one story after the other."""

from __future__ import annotations

from digest.model import ArticleId, Blurb, BlurbBudget, EditionKey, Selection
from digest.ports import EditionSummarizer, Progress, Summarizer


def write_blurbs(
    summarizer: Summarizer, selection: Selection, budget: BlurbBudget, key: EditionKey, progress: Progress
) -> dict[ArticleId, Blurb]:
    """Return the blurb of each story, by its leading article."""
    writer = summarizer.for_edition(key) if isinstance(summarizer, EditionSummarizer) else summarizer
    stories = [story for section in selection.sections for story in section.stories]
    blurbs: dict[ArticleId, Blurb] = {}
    for done, story in enumerate(stories, start=1):
        blurbs[story.lead.id] = writer.summarize(story, budget)
        progress.step("summarize", done, len(stories))
    return blurbs
