"""Feed cases in the layout of feedparser's test suite: how many essential expectations hold with us.

    python benchmarks/feed_cases.py FOLDER [--json] [--failures]

Every .xml file names in a comment what it expects of its first entry (`Expect: entries[0]['title'] ==
'…'`). Counted are the comparisons of title, link, id, text, author, tag and date with the article that a
crawl makes of the entry; markup is compared as the plain text that we keep. No file may raise.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from digest.model import Article, SourceKey
from digest.sources.entries import Profile, read_entry
from digest.sources.feed import parse_feed
from digest.sources.text.fields import clean_byline
from digest.sources.text.markup import plain
from digest.sources.web.fetching import Fetched
from digest.sources.web.urls import absolute, canonical

BASE = "http://127.0.0.1:8097/"
STAND_IN = "A case without a title"
PROFILE = Profile(SourceKey("cases"), ZoneInfo("UTC"))
KINDS: dict[tuple[str, ...], str] = {
    ("title",): "title",
    ("title_detail", "value"): "title",
    ("id",): "id",
    ("guid",): "id",
    ("description",): "text",
    ("summary",): "text",
    ("summary_detail", "value"): "text",
    ("content", "0", "value"): "text",
    ("author",): "author",
    ("author_detail", "name"): "author",
    ("published_parsed",): "date",
    ("updated_parsed",): "date",
    ("created_parsed",): "date",
    ("link",): "link",
    ("tags", "0", "term"): "tag",
}


@dataclass(frozen=True, slots=True)
class Expected:
    """One comparison of an `Expect` line."""

    kind: str
    field: str
    value: object


def expectations(content: bytes) -> Iterator[Expected]:
    """Yield what a file expects of its first entry in the essential fields."""
    match = re.search(rb"Expect:\s*(.*?)\n", content)
    try:
        tree = ast.parse(match.group(1).decode("utf-8", "replace").strip() if match else "0", mode="eval")
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], ast.Eq)):
            continue
        names = _names(node.left)
        kind = KINDS.get(names[2:]) if names[:2] == ("entries", "0") else None
        value = node.comparators[0]
        if kind and isinstance(value, (ast.Constant, ast.Tuple)):
            yield Expected(kind, names[2], ast.literal_eval(value))


def first_article(content: bytes, name: str) -> Article | None:
    """Return the article that a crawl makes of a file's first entry.

    Most files give one field only, and without address or title nothing is an article: they get the
    file's address, and STAND_IN for a title.
    """
    entries = parse_feed(Fetched(BASE + name, 200, content), name).entries
    if not entries:
        return None
    first = entries[0]
    whole = replace(first, url=first.url.strip() or BASE + name, title=first.title.strip() or STAND_IN)
    return read_entry(whole, PROFILE, now=datetime.now(UTC)).article


def holds(article: Article | None, expected: Expected) -> bool:
    """Tell whether the article says what is expected, as we keep it."""
    if article is None:
        return False
    wanted = str(expected.value)
    match expected.kind:
        case "title":
            return _bare(article.title.replace(STAND_IN, "")) == _bare(wanted)
        case "link":
            return article.url == canonical(wanted, BASE)
        case "id":
            return wanted in {article.guid, absolute(BASE, article.guid)}
        case "author":
            return article.byline == clean_byline(wanted)
        case "tag":
            return wanted in article.tags
        case "date":
            return _same_moment(article, expected)
        case _:
            return _bare(wanted) in {_bare(text) for text in (article.summary, article.text)}


def _same_moment(article: Article, expected: Expected) -> bool:
    is_update = expected.field == "updated_parsed" and article.updated
    at = article.updated if is_update else article.published
    wanted = expected.value if isinstance(expected.value, tuple) else ()
    if at:
        return at.timetuple()[:6] == wanted[:6]
    return article.published_on is not None and article.published_on == date(*wanted[:3])


def _names(node: ast.expr) -> tuple[str, ...]:
    names: list[str] = []
    while isinstance(node, (ast.Subscript, ast.Attribute)):
        if isinstance(node, ast.Attribute):
            names.append(node.attr)
        else:
            names.append(str(node.slice.value) if isinstance(node.slice, ast.Constant) else "?")
        node = node.value
    return (node.id, *reversed(names)) if isinstance(node, ast.Name) else ()


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", plain(text)).casefold()


def main() -> None:
    """Print how many expectations of the folder named on the command line hold."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--failures", action="store_true", help="list what does not hold")
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    for path in sorted(options.folder.rglob("*.xml")):
        content = path.read_bytes()
        article = first_article(content, path.name)
        for expected in expectations(content):
            is_held = holds(article, expected)
            counts["cases"] += 1
            counts["held"] += is_held
            if options.failures and not is_held:
                print(f"{path.relative_to(options.folder)}: {expected.field} == {expected.value!r}")
    print(json.dumps(counts) if options.json else f"{counts['held']} of {counts['cases']} hold")


if __name__ == "__main__":
    main()
