"""Articles in ten languages, written for these tests, in tongues.jsonl.

`blurb` is what an editor would print of the paragraphs, `not_news` what no blurb of them may have.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from digest.model import Article, CanonicalUrl, Passage, SourceKey


@dataclass(frozen=True)
class Text:
    """One article, and what must and must not become of it."""

    language: str
    title: str
    paragraphs: tuple[str, ...]
    blurb: tuple[str, ...]
    not_news: tuple[str, ...]

    @property
    def article(self) -> Article:
        return Article(
            SourceKey("tongues"),
            CanonicalUrl(f"https://harbour.example/{self.language}"),
            self.title,
            passages=(Passage(self.paragraphs),),
            language=self.language,
        )


def _read(line: str) -> Text:
    row = json.loads(line)
    lists = {name: tuple(row[name]) for name in ("paragraphs", "blurb", "not_news")}
    return Text(language=row["language"], title=row["title"], **lists)


_LINES = Path(__file__).with_name("tongues.jsonl").read_text("utf-8").splitlines()
TEXTS = tuple(map(_read, _LINES))
