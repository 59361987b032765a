"""Articles with what editors made of them: the data that blurbs are measured and trained on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from digest.errors import BadData
from digest.model import Article, CanonicalUrl, Passage, Problem, SourceKey, Story
from digest.ports import ArticleStore, EditionStore

EDITOR = "editor"
"""What `Blurb.written_by` says of a blurb that a person wrote or changed."""

_PARAGRAPHS = re.compile(r"\n\s*\n")
_EDITIONS = 400


@dataclass(frozen=True, slots=True)
class Sample:
    """The articles of a story, and what editors made of them.

    Attributes:
        references: one or several editors' blurbs; the closest counts.
    """

    name: str
    articles: tuple[Article, ...]
    references: tuple[str, ...]

    @property
    def story(self) -> Story:
        """Return the articles as one story, in the file's order."""
        return Story(self.articles[0], self.articles[1:])


def read_samples(path: Path) -> tuple[list[Sample], list[Problem]]:
    """Return the samples of a JSONL file of {id, title, text, reference}, and what was wrong by line.

    `text` is one article, or a list of several of one story; paragraphs are apart by a blank line.
    `reference` may be a list of several editors' blurbs; `language` is a BCP 47 tag, `en` if missing.

    Raises:
        BadData: the file can't be read.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as failure:
        raise BadData(str(path), f"can't be read ({failure})", "Give a UTF-8 JSONL file.") from failure
    samples: list[Sample] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        found = _sample(line, number)
        if found is None:
            problems.append(
                Problem(f"{path.name}, line {number}", "no JSON object with text and reference")
            )
        else:
            samples.append(found)
    return samples, problems


def edited_blurbs(
    editions: EditionStore, articles: ArticleStore, newsletter: str | None = None
) -> Iterator[Sample]:
    """Yield the desk's own work: each stored article whose blurb an editor wrote, newest editions first.

    Args:
        newsletter: only this one's; every newsletter's where None.
    """
    told: set[tuple[str, str]] = set()
    for edition in editions.listed(newsletter, limit=_EDITIONS):
        written = {item.article: item.blurb.text for item in edition.items if item.blurb.sentences
                   and item.blurb.written_by == EDITOR}  # fmt: skip
        for seen in articles.load(list(written)) if written else ():
            text = written[seen.article.id]
            if (seen.article.id, text) not in told:
                told.add((seen.article.id, text))
                yield Sample(f"{edition.key}/{seen.article.id}", (seen.article,), (text,))


def _sample(line: str, number: int) -> Sample | None:
    try:
        row = json.loads(line)
    except ValueError:
        return None
    if not isinstance(row, dict):
        return None
    wanted = row.get("reference")
    references = tuple(wanted) if isinstance(wanted, list) else (wanted,)
    if not references or not all(isinstance(text, str) and text.strip() for text in references):
        return None
    given = row.get("text")
    texts = given if isinstance(given, list) else [given]
    if not texts or not all(isinstance(text, str) and text.strip() for text in texts):
        return None
    name, title = str(row.get("id") or number), str(row.get("title") or "")
    language = str(row.get("language") or "en")
    articles = tuple(_article(f"{name}-{at}", title, text, language) for at, text in enumerate(texts))
    return Sample(name, articles, references)


def _article(name: str, title: str, text: str, language: str) -> Article:
    paragraphs = tuple(" ".join(part.split()) for part in _PARAGRAPHS.split(text) if part.strip())
    url = CanonicalUrl(f"https://evaluation.invalid/{name}")
    return Article(SourceKey("evaluation"), url, title, passages=(Passage(paragraphs),), language=language)
