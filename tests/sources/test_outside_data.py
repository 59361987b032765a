"""Real pages and feeds that stay outside the project: skipped where they are not at hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from digest.model import Article, SourceKey
from digest.sources.entries import Profile, read_entry
from digest.sources.feed import parse_feed
from digest.sources.pages.cleaning import clean
from digest.sources.pages.extraction import extract
from digest.sources.text.blocks import fold, read_plain
from digest.sources.web.fetching import Fetched
from tests.outside_data import only_with, outside
from tests.sources.feeds import NAIROBI, NOW

TEXTS = sorted(outside("seeds").glob("*.txt"))
FEEDS = sorted(outside("data/feeds").glob("*"))
CASES = sorted(outside("data/feed-cases").rglob("*.xml"))


class WrittenPage:
    """A page kept as text: its blocks, sorted by what they are."""

    def __init__(self, path: Path) -> None:
        chunks = [
            fold(chunk) for chunk in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")) if chunk.strip()
        ]
        self.title, self.about = chunks[0], chunks[-1]
        self.inner = chunks[1:]
        box = next(
            index for index, chunk in enumerate(chunks) if "comment" in chunk.lower() and len(chunk) < 40
        )
        body = [chunk for chunk in chunks[:box] if chunk != self.title]
        self.headings = list(dict.fromkeys(chunk for chunk in body if len(chunk) < 80))
        self.paragraphs = [chunk for chunk in body if len(chunk) >= 80]

    def dressed(self, heading: str, text: str, joint: str = "") -> str:
        return joint.join(
            (text if len(chunk) >= 80 and chunk != self.title else heading).format(chunk)
            for chunk in self.inner
        )


SHAPES = {
    "semantic": "<main><article><h1>{title}</h1>{0}</article></main>|<h2>{{}}</h2>|<p>{{}}</p>|",
    "plain divs": "<div><div>{title}</div>{0}</div>|<div>{{}}</div>|<div>{{}}</div>|",
    "tables": "<table><tr><td>{title}</td></tr>{0}</table>|<tr><th>{{}}</th></tr>|<tr><td>{{}}</td></tr>|",
    "two breaks": "<div>{title}<br><br>{0}</div>|{{}}|{{}}|<br><br>",
    "one break": "<div>{title}<br>{0}</div>|{{}}|{{}}|<br>\n",
    "bold": "<h1>{title}</h1>{0}|<p><b>{{}}</b></p>|<p>{{}}</p>|",
    "sections": "<h1>{title}</h1>{0}|<section><h3>{{}}</h3></section>|<section><p>{{}}</p></section>|",
    "preformatted": "<pre>{title}\n\n{0}</pre>|{{}}|{{}}|\n\n",
}


def written() -> WrittenPage:
    return WrittenPage(TEXTS[0])


@only_with("seeds")
@pytest.mark.parametrize("shape", SHAPES)
def test_a_page_in_any_markup_gives_its_article_and_nothing_else(shape: str) -> None:
    page = written()
    frame, heading, text, joint = SHAPES[shape].replace("{{}}", "{}").split("|")
    body = frame.replace("{title}", page.title).replace("{0}", page.dressed(heading, text, joint))

    found = extract(
        f"<html><head><title>{page.title}</title></head><body>{body}</body></html>", zone=NAIROBI, now=NOW
    )

    assert found.title == page.title
    assert len(page.paragraphs) == 9
    assert [text for passage in found.passages for text in passage.paragraphs] == page.paragraphs
    assert [passage.heading for passage in found.passages if passage.heading] == page.headings


@only_with("seeds")
def test_a_page_as_text_gives_its_article_and_nothing_else() -> None:
    page = written()

    blocks = clean(read_plain(TEXTS[0].read_text(encoding="utf-8")), title=page.title)

    assert [block.text for block in blocks if not block.is_heading] == page.paragraphs
    assert [block.text for block in blocks if block.is_heading] == page.headings


def articles(body: bytes) -> tuple[int, list[Article]]:
    found = parse_feed(Fetched("https://x.example/feed.xml", 200, body), "feed.xml")
    profile = Profile(SourceKey("x"), NAIROBI)
    read = [read_entry(entry, profile, now=NOW) for entry in found.entries]
    return len(found.entries), [each.article for each in read if each.article]


@only_with("data/feeds")
def test_every_entry_of_the_real_feeds_becomes_an_article() -> None:
    counts = [(entries, len(made)) for entries, made in (articles(path.read_bytes()) for path in FEEDS)]

    assert all(entries and entries == made for entries, made in counts)


@only_with("data/feed-cases")
def test_no_feed_case_raises() -> None:
    for path in CASES:
        articles(path.read_bytes())
